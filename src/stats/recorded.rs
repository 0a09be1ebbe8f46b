//! What is recorded of an event, beside the event itself, for counting: it outlives what people said.

use std::collections::HashSet;
use std::sync::Arc;

use crate::condition::Value;
use crate::session::{Event, Happening, Outcome, Prompt, Reply, Session, Source};

/// A prompt's place: the author's names.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The tree.
    pub tree: Arc<str>,
    /// The step, or `END.needs.FACT`, `END.solved`.
    pub step: Arc<str>,
}

/// What kind of event; the numbers stand in stores and never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "as in `session::Happening`")]
pub enum Kind {
    Started = 1,
    Answered = 2,
    WentBack = 3,
    Changed = 4,
    Left = 5,
    Noted = 6,
    Parked = 7,
    Resumed = 8,
    HandedOver = 9,
    Taken = 10,
    Closed = 11,
}

/// What a prompt was, so that it can be counted when its tree has long been changed; the numbers stand in stores and never
/// change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shown {
    /// A question.
    Question = 1,
    /// Something to do.
    Instruction = 2,
    /// Something to do, then whether it solved the problem.
    Remedy = 3,
    /// A fact asked for before the case is handed over.
    Need = 4,
    /// "Is the problem solved?" before an end that nobody has confirmed.
    Solved = 5,
    /// An end at which the problem is solved, as a person said.
    Confirmed = 6,
    /// An end at which it should be solved, which nobody said.
    Claimed = 7,
    /// An end that hands over.
    Escalation = 8,
    /// An end that is neither.
    Information = 9,
}

/// What is recorded of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What kind.
    pub kind: Kind,
    /// The prompt at which it happened; none for the start.
    pub place: Option<Place>,
    /// Of an answer `=` and its key (`=yes`, `=every device`), `=` alone where that is typed or several are picked; of
    /// another reply its kind (`unsure`); of a hand-over the team; of the close its outcome. Of a case that goes on with one
    /// before it, `again` at its start, and of what was only repeated from there `before`, or `came_back` at the remedy that
    /// had seemed to help.
    pub reply: Option<Arc<str>>,
    /// The prompt that stood after it.
    pub stands: Place,
    /// What that was.
    pub shown: Shown,
    /// The steps that were passed silently on the way there; after a change, all on the way from the start.
    pub passed: Vec<Place>,
}

impl Shown {
    /// What has that number.
    pub const fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Question,
            2 => Self::Instruction,
            3 => Self::Remedy,
            4 => Self::Need,
            5 => Self::Solved,
            6 => Self::Confirmed,
            7 => Self::Claimed,
            8 => Self::Escalation,
            9 => Self::Information,
            _ => return None,
        })
    }

    fn of(session: &Session) -> Self {
        match session.standing_prompt() {
            Prompt::Question(..) => Self::Question,
            Prompt::Remedy(..) => Self::Remedy,
            Prompt::Need(..) => Self::Need,
            Prompt::Solved(..) => Self::Solved,
            Prompt::End(_, _, Outcome::Resolved, true) => Self::Confirmed,
            Prompt::End(_, _, Outcome::Resolved, false) => Self::Claimed,
            Prompt::End(_, _, Outcome::Escalated, _) => Self::Escalation,
            Prompt::End(_, _, Outcome::Ended, _) => Self::Information,
            // The prompt that stands is none of the last three.
            Prompt::Instruction(_)
            | Prompt::Parked(_)
            | Prompt::HandedOver(_)
            | Prompt::Closed(..) => Self::Instruction,
        }
    }
}

impl Kind {
    /// The kind with that number.
    pub const fn from_number(number: i64) -> Option<Self> {
        Some(match number {
            1 => Self::Started,
            2 => Self::Answered,
            3 => Self::WentBack,
            4 => Self::Changed,
            5 => Self::Left,
            6 => Self::Noted,
            7 => Self::Parked,
            8 => Self::Resumed,
            9 => Self::HandedOver,
            10 => Self::Taken,
            11 => Self::Closed,
            _ => return None,
        })
    }

    const fn of(what: &Happening) -> Self {
        match what {
            Happening::Started(_) => Self::Started,
            Happening::Answered { .. } => Self::Answered,
            Happening::WentBack { .. } => Self::WentBack,
            Happening::Changed { .. } => Self::Changed,
            Happening::Left { .. } => Self::Left,
            Happening::Noted { .. } => Self::Noted,
            Happening::Parked { .. } => Self::Parked,
            Happening::Resumed { .. } => Self::Resumed,
            Happening::HandedOver { .. } => Self::HandedOver,
            Happening::Taken { .. } => Self::Taken,
            Happening::Closed { .. } => Self::Closed,
        }
    }
}

/// How far a case was recorded: what the next event is compared with.
#[derive(Debug, Clone, Default)]
pub struct Mark {
    stands: Option<Place>,
    trail: usize,
}

impl Mark {
    /// Where a session stands now.
    pub fn of(session: &Session) -> Self {
        Self {
            stands: Some(Place::of(session)),
            trail: session.passages().len(),
        }
    }
}

impl Recorded {
    /// What is recorded of the event that a session has applied last; `mark` is where it stood before.
    pub fn of(session: &Session, event: &Event, mark: &mut Mark) -> Self {
        let kind = Kind::of(&event.what);
        let stands = Place::of(session);
        let passed = match kind {
            Kind::Started | Kind::Answered | Kind::Left => passed(session, mark.trail),
            Kind::Changed => passed_at_all(session),
            _ => Vec::new(),
        };
        let place = mark.stands.replace(stands.clone());
        mark.trail = session.passages().len();
        Self {
            kind,
            reply: repeated(session, event, place.as_ref()).or_else(|| reply(&event.what)),
            place,
            stands,
            shown: Shown::of(session),
            passed,
        }
    }
}

impl Place {
    /// The prompt at which a walk stands, parked, handed over and closed cases included.
    pub fn of(session: &Session) -> Self {
        let (tree, step) = session.standing();
        Self { tree, step }
    }
}

/// The steps passed silently from that place of the trail on, in order.
fn passed(session: &Session, since: usize) -> Vec<Place> {
    let silent = session
        .passages_since(since)
        .filter(|passage| !passage.is_prompt);
    silent
        .map(|passage| {
            let tree = session.library().tree(passage.tree);
            Place {
                tree: Arc::clone(&tree.name),
                step: Arc::clone(&tree.step(passage.step).name),
            }
        })
        .collect()
}

/// All steps passed silently since the start, each once.
fn passed_at_all(session: &Session) -> Vec<Place> {
    let mut seen = HashSet::new();
    let mut all = passed(session, 0);
    all.retain(|place| seen.insert(place.clone()));
    all
}

/// What is recorded where a case goes on with one before it, in place of the reply.
fn repeated(session: &Session, event: &Event, place: Option<&Place>) -> Option<Arc<str>> {
    let before = session.started()?.before.as_ref()?;
    match &event.what {
        Happening::Started(_) => Some("again".into()),
        Happening::Answered {
            source: Source::Before,
            ..
        } => {
            let came_back = before
                .solved_by
                .as_ref()
                .zip(place)
                .is_some_and(|(remedy, place)| {
                    (&remedy.tree, &remedy.step) == (&place.tree, &place.step)
                });
            Some(if came_back { "came_back" } else { "before" }.into())
        }
        _ => None,
    }
}

fn reply(what: &Happening) -> Option<Arc<str>> {
    Some(match what {
        Happening::Answered { reply, .. } => match reply {
            Reply::Answer(Value::YesNo(true)) => "=yes".into(),
            Reply::Answer(Value::YesNo(false)) => "=no".into(),
            Reply::Answer(Value::Choice(key)) => format!("={key}").into(),
            Reply::Answer(_) => "=".into(),
            other => other.name().into(),
        },
        Happening::HandedOver { to } => Arc::clone(to),
        Happening::Closed { outcome, .. } => match outcome {
            Outcome::Resolved => "resolved".into(),
            Outcome::Escalated => "escalated".into(),
            Outcome::Ended => "ended".into(),
        },
        _ => return None,
    })
}
