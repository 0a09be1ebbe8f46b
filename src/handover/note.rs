//! The hand-over note as data: plain text on single lines, the most important first. It is for agents.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::session::view::{CameView, EndView, EscalationView, NeedView, PassKind, TrailView};
use crate::session::{Event, Happening, Moment, Outcome, Prompt, Session, Source};
use crate::tree::{Audience, Channel, Library};

use super::came::{came, came_before, told, what, word};
use super::plain;
use super::times::Times;

/// A hand-over note.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Note {
    /// What it is about.
    pub problem: Problem,
    /// How it went so far.
    pub outcome: NoteOutcome,
    /// What the next team needs.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<Needed>,
    /// What is known.
    pub facts: Vec<Known>,
    /// Every step that was asked, shown or known, in order.
    pub steps: Vec<StepNote>,
    /// Remedies and instructions that were carried out before somebody went back.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done_before_going_back: Vec<StepNote>,
    /// Remedies and instructions that were carried out in the case before, which this one goes on with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub done_in_case_before: Vec<StepNote>,
    /// Remarks that were typed in, and what happened to the case itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub log: Vec<LogLine>,
    /// When.
    pub times: Times,
}

/// What a case is about.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = NoteProblem)]
pub struct Problem {
    /// The tree in which it began.
    pub tree: Arc<str>,
    /// Its title.
    pub title: String,
    /// The tree in which it stands, where that is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub now_in: Option<Arc<str>>,
    /// The case's name, where it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<String>,
    /// The name of the case that this one goes on with, as it was not solved after all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_before: Option<Arc<str>>,
    /// The ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
    /// The caller's own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
    /// Who walked at last.
    pub audience: Audience,
    /// How one talked at last.
    pub channel: Channel,
    /// Who began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// The version of the library, where the case is pinned to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub library: Option<Arc<str>>,
}

/// How a case went so far.
#[derive(Debug, Clone, PartialEq, Serialize, Default, ToSchema)]
pub struct NoteOutcome {
    /// How it went; none while it goes on.
    pub outcome: Option<Outcome>,
    /// Whether a person said that the problem is solved.
    pub confirmed: bool,
    /// `open`, `parked`, `handed_over` or `closed`.
    pub state: &'static str,
    /// What solved it, or what was told at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<String>,
    /// How to keep it from coming back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevent: Option<String>,
    /// To whom it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<Arc<str>>,
    /// How people call that team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_name: Option<String>,
    /// The team's tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// How it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// When it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<String>,
    /// Why it goes there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// 1 (first) to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<u8>,
    /// The prompt that stands, while the case goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stands_at: Option<String>,
    /// Until when it is parked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parked_until: Option<Moment>,
}

/// Something that the next team needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Needed {
    /// The fact's name.
    pub fact: Arc<str>,
    /// Its question.
    pub ask: String,
    /// What it is; none if it is missing.
    pub value: Option<String>,
    /// Where that came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// A fact that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Known {
    /// The fact's name.
    pub name: Arc<str>,
    /// The tree of a step's own fact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tree: Option<Arc<str>>,
    /// Its question.
    pub ask: String,
    /// What it is, as people read it; a secret is masked.
    pub value: String,
    /// Where it came from.
    pub source: Source,
}

/// A step and what came of it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StepNote {
    /// The tree.
    pub tree: Arc<str>,
    /// The tree's title.
    pub title: String,
    /// The prompt's name.
    pub step: String,
    /// What it was.
    pub kind: PassKind,
    /// What it asked or said to do.
    pub what: String,
    /// What came of it, in a few words.
    pub came: String,
    /// The kind of what came, as one word: `answered`, `done`, `tried` ….
    pub reply: &'static str,
    /// Where it came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// When.
    pub at: Moment,
}

/// A remark that was typed in, or something that happened to the case itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct LogLine {
    /// When.
    pub at: Moment,
    /// `remark`, `parked`, `resumed`, `handed_over`, `taken`, `left` or `closed`.
    pub kind: &'static str,
    /// What.
    pub text: String,
}

impl Note {
    /// The note of a case as it stands.
    pub fn of(session: &Session) -> Self {
        let (escalation, trail) = (session.escalation_view(), session.trail());
        let facts = facts(session);
        let needs = escalation.as_ref().map(|escalation| {
            let needs = escalation.needs.iter();
            needs.map(|need| needed(need, &facts)).collect()
        });
        Self {
            problem: problem(session),
            outcome: outcome(session, escalation.as_ref(), trail.last()),
            needs: needs.unwrap_or_default(),
            facts,
            steps: steps(session, &trail),
            done_before_going_back: session
                .done_before()
                .iter()
                .filter_map(StepNote::of)
                .collect(),
            done_in_case_before: session
                .done_in_case_before()
                .iter()
                .filter_map(|visit| Some(StepNote::with(visit, came_before(visit)?)))
                .collect(),
            log: log(session),
            times: Times::of(session.events()),
        }
    }

    /// What the next team needs and does not have.
    pub fn missing(&self) -> impl Iterator<Item = &Needed> {
        self.needs.iter().filter(|needed| needed.value.is_none())
    }
}

/// What was asked, shown or known, and the remedies that were left out in between.
fn steps(session: &Session, trail: &[TrailView]) -> Vec<StepNote> {
    let mut skipped = session.skipped().into_iter().peekable();
    let mut steps = Vec::with_capacity(trail.len());
    for (at, visit) in trail.iter().enumerate() {
        while let Some((_, remedy)) = skipped.next_if(|(place, _)| *place <= at) {
            steps.push(StepNote::skipped(&remedy));
        }
        steps.extend(StepNote::of(visit));
    }
    steps.extend(skipped.map(|(_, remedy)| StepNote::skipped(&remedy)));
    steps
}

fn problem(session: &Session) -> Problem {
    let started = session.started();
    let typed = |text: Option<&Arc<str>>| text.map(|text| plain::typed(text));
    let tree = started
        .map(|started| Arc::clone(&started.tree))
        .unwrap_or_default();
    let title = session
        .library()
        .find(&tree)
        .map(|tree| session.title(tree));
    let now = session.library().tree(session.tree()).name.clone();
    Problem {
        title: title
            .map(|title| plain::line(title.as_str()))
            .unwrap_or_default(),
        now_in: (now != tree).then_some(now),
        tree,
        case: None,
        case_before: started
            .and_then(|started| started.before.as_ref())
            .map(|before| Arc::clone(&before.case)),
        ticket: typed(started.and_then(|started| started.ticket.as_ref())),
        words: typed(started.and_then(|started| started.words.as_ref())),
        audience: session.audience(),
        channel: session.channel(),
        by: typed(started.and_then(|started| started.by.as_ref())),
        library: started.and_then(|started| started.library.clone()),
    }
}

fn outcome(
    session: &Session,
    escalation: Option<&EscalationView>,
    stands_at: Option<&TrailView>,
) -> NoteOutcome {
    let end = session.end_view();
    let mut note = match &end {
        Some(end) => ended(end),
        None => NoteOutcome {
            stands_at: stands_at.map(what),
            ..NoteOutcome::default()
        },
    };
    note.state = match session.prompt() {
        Prompt::Parked(until) => {
            note.parked_until = until;
            "parked"
        }
        Prompt::HandedOver(_) => "handed_over",
        Prompt::Closed(..) => "closed",
        _ => "open",
    };
    if let (Some(_), Some(escalation)) = (end, escalation) {
        let line = |text: &Option<crate::session::view::AgentMarkdown>| {
            text.as_ref().map(|text| plain::line(text.as_str()))
        };
        note.team = Some(Arc::clone(&escalation.team));
        note.team_name = escalation
            .name
            .as_ref()
            .map(|name| plain::line(name.as_str()));
        note.tier = line(&escalation.tier);
        note.contact = line(&escalation.contact);
        note.hours = line(&escalation.hours);
        note.reason = line(&escalation.reason);
        note.priority = Some(escalation.priority);
    }
    note
}

fn ended(end: &EndView) -> NoteOutcome {
    let line = |text: &Option<crate::session::view::PublicMarkdown>| {
        text.as_ref().map(|text| plain::line(text.as_str()))
    };
    NoteOutcome {
        outcome: end.outcome,
        confirmed: end.confirmed,
        text: line(&end.fix).or_else(|| line(&end.text)),
        cause: line(&end.cause),
        prevent: line(&end.prevent),
        ..NoteOutcome::default()
    }
}

fn needed(need: &NeedView, facts: &[Known]) -> Needed {
    let known = facts
        .iter()
        .find(|known| known.tree.is_none() && known.name == need.fact);
    Needed {
        source: known.map(|known| known.source),
        fact: Arc::clone(&need.fact),
        ask: need
            .ask
            .as_ref()
            .map_or_else(|| need.fact.to_string(), |ask| plain::line(ask.as_str())),
        value: need.value.as_deref().map(plain::typed),
    }
}

fn facts(session: &Session) -> Vec<Known> {
    let facts = session.facts().into_iter();
    facts
        .map(|fact| Known {
            ask: fact
                .ask
                .map_or_else(|| fact.name.to_string(), |ask| plain::line(ask.as_str())),
            name: fact.name,
            tree: fact.tree,
            value: plain::typed(&fact.shown),
            source: fact.source,
        })
        .collect()
}

impl StepNote {
    /// Of a visit; `None` for what is not worth a line.
    pub fn of(visit: &TrailView) -> Option<Self> {
        came(visit).map(|came| Self::with(visit, came))
    }

    /// Of a remedy that was left out.
    fn skipped(remedy: &TrailView) -> Self {
        Self {
            reply: "skipped",
            ..Self::with(remedy, "skipped, as it does not apply here".to_owned())
        }
    }

    fn with(visit: &TrailView, came: String) -> Self {
        Self {
            tree: Arc::clone(&visit.tree),
            title: plain::line(visit.title.as_str()),
            step: visit.step.clone(),
            kind: visit.kind,
            what: told(visit),
            came,
            reply: word(&visit.came),
            source: visit.source,
            at: visit.replied_at.unwrap_or(visit.shown_at),
        }
    }

    /// Whether it was passed silently, as the answer was known.
    pub fn was_known(&self) -> bool {
        self.reply
            == word(&CameView::Known {
                value: crate::condition::Value::Secret,
                shown: String::new(),
            })
    }
}

fn log(session: &Session) -> Vec<LogLine> {
    let line = |event: &Event| {
        let (kind, text) = log_text(session, &event.what)?;
        Some(LogLine {
            at: event.at,
            kind,
            text,
        })
    };
    session.events().iter().filter_map(line).collect()
}

fn log_text(session: &Session, what: &Happening) -> Option<(&'static str, String)> {
    let by = |by: &Option<Arc<str>>| {
        let by = by.as_ref().map(|by| format!(" by {}", plain::typed(by)));
        by.unwrap_or_default()
    };
    Some(match what {
        Happening::Noted { text } => ("remark", plain::typed(text)),
        Happening::Parked { until: None } => ("parked", "parked".to_owned()),
        Happening::Parked { until: Some(until) } => (
            "parked",
            format!("parked until {} {}", until.day(), until.clock()),
        ),
        Happening::Resumed { by: who } => ("resumed", format!("resumed{}", by(who))),
        Happening::HandedOver { to } => (
            "handed_over",
            format!("handed over to {}", team_name(session.library(), to)),
        ),
        Happening::Taken { by: who, .. } => ("taken", format!("taken{}", by(who))),
        Happening::Left { tree } => ("left", format!("left for {}", plain::typed(tree))),
        Happening::Closed { .. } => ("closed", "closed".to_owned()),
        Happening::Started(_)
        | Happening::Answered { .. }
        | Happening::WentBack { .. }
        | Happening::Changed { .. } => return None,
    })
}

/// How people call a team; its key where it has no name.
pub fn team_name(library: &Library, key: &str) -> String {
    let name = library.team(key).and_then(|team| team.name.as_ref());
    // Names of teams hold no facts.
    name.map_or_else(|| plain::typed(key), |name| plain::line(name.0.source()))
}
