//! The way so far as steps and edges of the graph, nothing rendered: for the coverage of tests and for counting. Ids
//! never leave the process.

use crate::condition::{FactRef, Facts, Value};
use crate::tree::{EdgeId, StepId, TreeId};

use super::answer::Here;
use super::trail::Came;
use super::{Reply, Session};

/// One visit of the trail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// The tree.
    pub tree: TreeId,
    /// The step.
    pub step: StepId,
    /// Whether somebody was asked something there, or shown an end; else it was passed silently.
    pub is_prompt: bool,
    /// The edge by which the walk went on and the tree in which it lies (after a `return`, the calling one). None at the
    /// prompt that stands, and where no edge was taken: by default to `stuck`, on to the next remedy of a `try`.
    pub edge: Option<(TreeId, EdgeId)>,
}

impl Session {
    /// Every visit in order; the last is the prompt that stands.
    pub fn passages(&self) -> impl ExactSizeIterator<Item = Passage> {
        self.passages_since(0)
    }

    /// The prompt's name at that place of the trail, and what was replied there; `None` where nobody was asked anything.
    pub fn replied(&self, place: usize) -> Option<(String, Option<&Reply>)> {
        let visit = self
            .state
            .trail
            .get(place)
            .filter(|visit| visit.is_prompt())?;
        let reply = match &visit.came {
            Came::Replied { reply, .. } => Some(reply),
            _ => None,
        };
        Some((Here::of(&self.library, visit).name(), reply))
    }

    /// The visits from that place of the trail on, without looking at those before it.
    pub fn passages_since(&self, place: usize) -> impl ExactSizeIterator<Item = Passage> {
        let visits = self.state.trail.get(place..).unwrap_or_default();
        visits.iter().map(|visit| Passage {
            tree: visit.tree,
            step: visit.step,
            is_prompt: visit.is_prompt(),
            edge: visit.left,
        })
    }
}

/// What is known where the walk stands: shared facts, and the step facts of the open tree.
impl Facts for Session {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        self.state.value(fact)
    }
}
