//! What is recorded of an event, beside the event itself, for counting: it outlives what people said.

use std::sync::Arc;

use crate::condition::Value;
use crate::session::{Event, Happening, Reply, Session};

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

/// What is recorded of one event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// What kind.
    pub kind: Kind,
    /// The prompt at which it happened; none for the start.
    pub place: Option<Place>,
    /// Of a reply: `yes`, `no`, an answer's key, `many`, `value` (of what is typed nothing is recorded), or its kind.
    pub reply: Option<Arc<str>>,
    /// The prompt that stood after it.
    pub stands: Place,
    /// The steps that were passed silently on the way there.
    pub passed: Vec<Place>,
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

impl Recorded {
    /// What is recorded of the event that a session has applied last; `mark` is where it stood before.
    pub fn of(session: &Session, event: &Event, mark: &mut Mark) -> Self {
        let kind = Kind::of(&event.what);
        let stands = Place::of(session);
        let passed = match kind {
            Kind::Started | Kind::Answered | Kind::Left => passed(session, mark.trail),
            _ => Vec::new(),
        };
        let place = mark.stands.replace(stands.clone());
        mark.trail = session.passages().len();
        Self {
            kind,
            place,
            reply: reply(&event.what),
            stands,
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

fn reply(what: &Happening) -> Option<Arc<str>> {
    let Happening::Answered { reply, .. } = what else {
        return None;
    };
    Some(match reply {
        Reply::Answer(Value::YesNo(true)) => "yes".into(),
        Reply::Answer(Value::YesNo(false)) => "no".into(),
        Reply::Answer(Value::Choice(key)) => Arc::clone(key),
        Reply::Answer(Value::Many(_)) => "many".into(),
        Reply::Answer(_) => "value".into(),
        other => other.name().into(),
    })
}
