//! What was counted, put on a sketch: how many came to each step, stayed there, went back, were unsure and were helped. It counts nothing and
//! judges nothing; colour is never the only sign, for every number stands there as text.

use std::collections::HashMap;

use super::{Shape, Sketch};

/// What was counted of a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heat {
    /// Which cases, in words.
    pub caption: String,
    /// By step.
    pub steps: HashMap<String, StepHeat>,
    /// Cases that went from one step straight to another.
    pub ways: HashMap<(String, String), u64>,
}

/// What was counted of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepHeat {
    /// Cases that came here.
    pub reached: u64,
    /// Cases that are unfinished and stand here.
    pub left: u64,
    /// Cases in which somebody went back from here.
    pub went_back: u64,
    /// Cases in which somebody was not sure.
    pub unsure: u64,
    /// Of a remedy: cases that it helped.
    pub helped: Option<u64>,
    /// The odds that it helps those who get there, in words.
    pub odds: Option<String>,
}

/// A step with its heat, ready to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warmth {
    /// What was counted.
    pub counted: StepHeat,
    /// 0 where nobody came, then 1 to 4.
    pub level: usize,
    /// The counts, as lines.
    pub words: Vec<String>,
}

/// Up to these shares of the warmest step, in percent, reach the levels 1 to 3.
const LEVELS: [u64; 3] = [5, 20, 50];

impl Sketch {
    /// The sketch with what was counted on it.
    #[must_use]
    pub fn warmed(mut self, heat: &Heat) -> Self {
        let most = heat
            .steps
            .values()
            .map(|step| step.reached)
            .max()
            .unwrap_or_default();
        for line in &mut self.lines {
            let ends = self.signs.get(line.from).zip(self.signs.get(line.to));
            let Some((from, to)) = ends else { continue };
            // What a tree returns after a call is no step, so nobody counted who came there.
            if matches!((from.shape, to.shape), (Shape::Call, Shape::Return)) {
                continue;
            }
            let to = target(&from.name, &to.name);
            let cases = heat.ways.get(&(from.name.clone(), to.to_owned()));
            let cases = cases.copied().unwrap_or_default();
            line.cases = Some(cases);
            line.level = level(cases, most);
        }
        let nothing = StepHeat::default();
        for sign in &mut self.signs {
            let stuck = sign
                .name
                .strip_suffix(".stuck")
                .filter(|_| !heat.steps.contains_key(&sign.name));
            let counted = match stuck {
                // One that stands beside a step is for those who came from there.
                Some(from) => StepHeat {
                    reached: heat
                        .ways
                        .get(&(from.to_owned(), "stuck".to_owned()))
                        .copied()
                        .unwrap_or_default(),
                    ..StepHeat::default()
                },
                None => heat.steps.get(&sign.name).unwrap_or(&nothing).clone(),
            };
            sign.heat = Some(Warmth {
                level: level(counted.reached, most),
                words: words(sign.shape, &counted),
                counted,
            });
        }
        self.caption = Some(heat.caption.clone());
        self
    }
}

/// `stuck` is drawn beside each step that leads there.
fn target<'n>(from: &str, to: &'n str) -> &'n str {
    if to.strip_suffix(".stuck") == Some(from) {
        "stuck"
    } else {
        to
    }
}

fn level(cases: u64, most: u64) -> usize {
    if cases == 0 {
        return 0;
    }
    let reached = LEVELS.iter().filter(|share| cases * 100 > most * **share);
    reached.count() + 1
}

fn words(shape: Shape, counted: &StepHeat) -> Vec<String> {
    if shape == Shape::Tick {
        return Vec::new();
    }
    let cases = match counted.reached {
        0 => return vec!["nobody came here".to_owned()],
        1 => "1 case".to_owned(),
        reached => format!("{reached} cases"),
    };
    let mut lines = vec![match counted.left {
        0 => cases,
        left => format!("{cases}, {left} left here"),
    }];
    let doubts = [
        (counted.went_back, "went back"),
        (counted.unsure, "not sure"),
    ];
    let doubts = doubts.into_iter().filter(|(times, _)| *times > 0);
    let doubts: Vec<String> = doubts
        .map(|(times, words)| format!("{times} {words}"))
        .collect();
    if !doubts.is_empty() {
        lines.push(doubts.join(", "));
    }
    if let Some(helped) = counted.helped {
        lines.push(match &counted.odds {
            Some(odds) => format!("helped {helped}: {odds}"),
            None => format!("helped {helped}"),
        });
    }
    lines
}
