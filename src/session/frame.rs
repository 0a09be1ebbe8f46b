//! An open tree: what is known and what was passed since it was entered.

use std::collections::BTreeMap;

use crate::tree::{StepId, TreeId};

use super::known::Slot;

/// An open tree on the stack. It holds what the walk did in it, nothing of the tree's own size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// Which tree.
    pub(super) tree: TreeId,
    /// The `call` in the tree below; none at the bottom.
    pub(super) site: Option<StepId>,
    /// How long the trail was when it was entered.
    pub(super) entered: u32,
    pub(super) facts: BTreeMap<u32, Slot>,
    pub(super) marks: BTreeMap<u32, Mark>,
}

/// What is remembered of a step since its tree was entered. Only steps for which it matters have one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Mark {
    /// How often the walk arrived there (steps with a `limit`).
    pub(super) arrivals: u32,
    /// Whether it was passed silently or answered (questions with a shared fact; remedies of a `try`).
    pub(super) answered: bool,
}

impl Frame {
    pub(super) const fn new(tree: TreeId, site: Option<StepId>, entered: usize) -> Self {
        Self {
            tree,
            site,
            entered: entered as u32,
            facts: BTreeMap::new(),
            marks: BTreeMap::new(),
        }
    }

    /// The step fact of that step.
    pub(super) fn fact(&self, step: u32) -> Option<&Slot> {
        self.facts.get(&step)
    }

    /// What is remembered of a step.
    pub(super) fn mark(&self, step: StepId) -> Mark {
        self.marks
            .get(&(step.index() as u32))
            .copied()
            .unwrap_or_default()
    }
}
