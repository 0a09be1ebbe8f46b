//! Replies set aside by going back: suggested when their step comes up again, and given again by themselves when an
//! earlier answer was changed, as long as they fit.

use std::collections::{BTreeMap, VecDeque};

use crate::condition::{FactRef, Facts, Value};
use crate::tree::{StepId, TreeId};

use super::trail::Part;
use super::{Reply, Source};

/// A reply set aside.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SetAside {
    pub(super) reply: Reply,
    pub(super) source: Source,
    /// By which event it was given.
    pub(super) given: u64,
    /// By which event its prompt had come up.
    pub(super) shown: u64,
    /// The facts that the step's texts and conditions use, as they were.
    pub(super) uses: Vec<(FactRef, Option<Value>)>,
    /// Whether an earlier answer was changed, rather than gone back to: only then it is given again by itself.
    pub(super) by_change: bool,
}

impl SetAside {
    /// Whether none of the facts that the step uses has changed.
    pub(super) fn fits(&self, facts: &impl Facts) -> bool {
        self.uses
            .iter()
            .all(|(fact, was)| facts.value(*fact) == was.as_ref())
    }
}

type Place = (TreeId, StepId, Part);

/// All replies set aside, by their prompt, in the order of the walk.
#[derive(Debug, Clone, Default)]
pub(super) struct Aside {
    replies: BTreeMap<Place, VecDeque<SetAside>>,
}

impl Aside {
    /// The reply to suggest at a prompt.
    pub(super) fn first(&self, place: Place) -> Option<&SetAside> {
        self.replies.get(&place)?.front()
    }

    /// Takes the reply that was suggested at a prompt.
    pub(super) fn take(&mut self, place: Place) -> Option<SetAside> {
        if self.replies.is_empty() {
            return None;
        }
        let replies = self.replies.get_mut(&place)?;
        let first = replies.pop_front();
        if replies.is_empty() {
            self.replies.remove(&place);
        }
        first
    }

    /// Sets a reply aside before those that are there for the same prompt: it came earlier in the walk.
    pub(super) fn put(&mut self, place: Place, reply: SetAside) {
        self.replies.entry(place).or_default().push_front(reply);
    }
}
