//! A busy desk, made up: cases of ten events each through trees that look like real ones, the same on every run.

/// Events of a case.
pub const EVENTS: usize = 10;
pub const TREES: usize = 40;
/// Steps of a tree, ends included.
pub const STEPS: usize = 30;

/// Steps from here on are ends.
const ENDS: usize = 24;
const START: i64 = 1_790_000_000_000;

/// A case as its rows.
pub struct Case {
    pub id: String,
    pub tree: String,
    pub status: &'static str,
    pub outcome: Option<&'static str>,
    pub confirmed: Option<i64>,
    pub team: Option<&'static str>,
    pub started_at: i64,
    pub events: Vec<Row>,
}

/// An event as its row.
#[derive(Clone)]
pub struct Row {
    pub at: i64,
    pub kind: i64,
    pub place: Option<i64>,
    pub reply: Option<String>,
    pub stands: i64,
    pub shown: i64,
    pub passed: Option<String>,
    pub body: String,
}

/// Tree and step of each place, in the order of their numbers from 1.
pub fn places() -> impl Iterator<Item = (String, String)> {
    (0..TREES).flat_map(|tree| (0..STEPS).map(move |step| (tree_name(tree), step_name(step))))
}

fn tree_name(tree: usize) -> String {
    format!("area{}/trouble_{tree}", tree % 8)
}

fn step_name(step: usize) -> String {
    if step < ENDS {
        format!("look_at_{step}")
    } else {
        format!("look_at_{}.yes", step - ENDS)
    }
}

/// Makes cases, one after the other.
pub struct Desk {
    seed: u64,
}

impl Desk {
    pub fn new() -> Self {
        Self { seed: 42 }
    }

    fn roll(&mut self, below: u64) -> u64 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % below
    }

    pub fn case(&mut self, no: i64) -> Case {
        let tree = self.roll(TREES as u64) as usize;
        let name = tree_name(tree);
        let place = |step: usize| (tree * STEPS + step) as i64 + 1;
        let started_at = START + no * 20_000;
        let mut at = started_at;
        let mut here = 0;
        let mut events = vec![Row {
            at,
            kind: 1,
            place: None,
            reply: None,
            stands: place(0),
            shown: 1,
            passed: None,
            body: format!(
                "{{\"started\":{{\"library\":\"{:064x}\",\"tree\":\"{name}\",\"audience\":\"agent\",\"channel\":\"phone\",\"facts\":{{}},\"by\":\"agent 7\",\"ticket\":\"T-{no}\"}}}}",
                self.roll(1 << 30)
            ),
        }];
        let escalated = self.roll(100) < 30;
        while events.len() < EVENTS - 1 {
            at += 2_000 + self.roll(60_000) as i64;
            let is_last = events.len() == EVENTS - 2;
            let next = if is_last {
                ENDS + self.roll((STEPS - ENDS) as u64) as usize
            } else {
                (here + 1 + self.roll(3) as usize).min(ENDS - 1)
            };
            let passed = (self.roll(3) == 0).then(|| place((here + 1).min(ENDS - 1)).to_string());
            let reply = match self.roll(20) {
                0 => "unsure",
                1 => "tried",
                _ if is_last => "=yes",
                roll if roll < 12 => "=no",
                _ => "=every device",
            };
            let shown = match (is_last, escalated) {
                (true, true) => 8,
                (true, false) => 6,
                (false, _) => 1 + 2 * (next as i64 % 2),
            };
            events.push(Row {
                at,
                kind: 2,
                place: Some(place(here)),
                reply: Some(reply.to_owned()),
                stands: place(next),
                shown,
                passed,
                body: format!(
                    "{{\"answered\":{{\"tree\":\"{name}\",\"step\":\"{}\",\"reply\":{{\"answer\":\"{reply}\"}},\"source\":\"asked\"}}}}",
                    step_name(here)
                ),
            });
            here = next;
        }
        at += 5_000;
        let (kind, reply, body) = if escalated {
            (9, "network", "{\"handed_over\":{\"to\":\"network\"}}")
        } else {
            (
                11,
                "resolved",
                "{\"closed\":{\"outcome\":\"resolved\",\"confirmed\":true}}",
            )
        };
        events.push(Row {
            at,
            kind,
            place: Some(place(here)),
            reply: Some(reply.to_owned()),
            stands: place(here),
            shown: if escalated { 8 } else { 6 },
            passed: None,
            body: body.to_owned(),
        });
        Case {
            id: format!("{:012x}", no),
            tree: name,
            status: if escalated { "handed_over" } else { "closed" },
            outcome: Some(if escalated { "escalated" } else { "resolved" }),
            confirmed: Some(i64::from(!escalated)),
            team: escalated.then_some("network"),
            started_at,
            events,
        }
    }
}
