//! The trail: every place where the walk has been, with what came of it.

use crate::condition::Value;
use crate::tree::{EdgeId, StepId, TreeId};

use super::{Reply, Source};

/// Which of a step's prompts a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Part {
    /// The step itself, shown or passed.
    Step,
    /// A shared fact (by the place of its declaration) asked for before the case is handed over.
    Need(u32),
    /// "Is the problem solved?" at an unconfirmed fix, or a `return` that nobody called for.
    Solved,
    /// The end, shown.
    End,
}

/// One visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Visit {
    pub(super) tree: TreeId,
    pub(super) step: StepId,
    pub(super) part: Part,
    /// The event by which it came up. Prompts are named by it; no two prompts of a trail share one.
    pub(super) seq: u64,
    pub(super) came: Came,
    /// How long the undo log was when it came up.
    pub(super) undo: usize,
    /// The edge by which the walk went on, and the tree in which it lies (after a `return`, the calling one). None at
    /// the prompt that stands, and where no edge was taken: by default to `stuck`, on to the next remedy of a `try`.
    pub(super) left: Option<(TreeId, EdgeId)>,
}

/// What came of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Came {
    /// The prompt stands.
    Open,
    /// A prompt, replied to.
    Replied {
        /// With what.
        reply: Reply,
        /// By whom.
        source: Source,
        /// By which event.
        given: u64,
    },
    /// A prompt, left for another tree that a person picked.
    Abandoned,
    /// An end, shown.
    Ended {
        /// Whether a person said that the problem is solved.
        confirmed: bool,
    },
    /// A known question, passed silently.
    Known {
        /// The value.
        value: Value,
        /// Where it came from.
        source: Source,
    },
    /// A branch, `call`, `try`, `{tree: …}` or `return`, passed silently.
    Passed,
    /// Not shown, as its `limit` is used up.
    Limited,
}

impl Visit {
    /// Whether somebody was asked something here (or shown an end): what one can go back to.
    pub(super) const fn is_prompt(&self) -> bool {
        matches!(
            self.came,
            Came::Open | Came::Replied { .. } | Came::Abandoned | Came::Ended { .. }
        )
    }

    /// Whether two visits are the same but for their times.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let place = |visit: &Self| (visit.tree, visit.step, visit.part);
        place(self) == place(other)
            && match (&self.came, &other.came) {
                (
                    Came::Replied {
                        reply,
                        source,
                        given: _,
                    },
                    Came::Replied {
                        reply: other_reply,
                        source: other_source,
                        given: _,
                    },
                ) => reply == other_reply && source == other_source,
                (came, other_came) => came == other_came,
            }
    }
}
