//! What comes of a tree for whoever calls it: how it can end, what it can return, and after how many prompts at
//! least. Conditions are not looked at: every edge counts as if it could be taken.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};
use std::sync::Arc;

use crate::tree::{Arm, Call, Edge, End, StepId, StepKind, Tree};

use super::Subject;
use super::adjacency::Adjacency;
use super::node_set::NodeSet;
use super::per_tree::PerTree;

/// What comes of a tree.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What it can return.
    pub returns: Vec<Returned>,
    /// Fewest prompts to an end that is no `return`; none where there is no way to one.
    pub prompts_to_end: Option<u32>,
    /// Whether it can end by anything but `fix` and `return`.
    pub unsolved: bool,
}

/// One value that a tree can return.
#[derive(Debug)]
pub struct Returned {
    /// The value.
    pub value: Arc<str>,
    /// Fewest prompts on the way to it.
    pub prompts: u32,
    /// Whether there is a way to it on which no step can stop.
    pub silent: bool,
}

/// The outcomes of a library's trees.
pub type Outcomes = PerTree<Outcome>;

impl Outcomes {
    /// Fewest prompts that a call makes before this edge of it is taken; none where the tree never returns so.
    fn prompts_of(&self, call: &Call, arm: &Arm) -> Option<u32> {
        let Some(outcome) = self.get(call.tree) else {
            return Some(0);
        };
        let fits = |returned: &&Returned| call.takes(arm, &returned.value);
        let returns = outcome.returns.iter().filter(fits);
        returns.map(|returned| returned.prompts).min()
    }

    /// Whether the call can come to this edge without a stop.
    pub fn is_silent(&self, call: &Call, arm: &Arm) -> bool {
        self.get(call.tree).is_some_and(|outcome| {
            let fits = |returned: &Returned| returned.silent && call.takes(arm, &returned.value);
            outcome.returns.iter().any(fits)
        })
    }
}

impl Outcome {
    /// Works a tree's outcome out, those of the trees that it calls being known. With `nearest`, only the nearest end
    /// or return is looked for.
    pub fn of(
        subject: &Subject<'_>,
        graph: &Adjacency,
        outcomes: &Outcomes,
        nearest: bool,
    ) -> Self {
        let mut outcome = Self::default();
        let mut seen = NodeSet::new(graph.len());
        let start = subject.tree.start();
        let mut open = BinaryHeap::from([Reverse((0, start.index() as u32))]);
        while let Some(Reverse((prompts, node))) = open.pop() {
            if !seen.insert(node) {
                continue;
            }
            let step = StepId::new(node as usize);
            outcome.arrive(subject, outcomes, step, prompts);
            if nearest && outcome.prompts().is_some_and(|least| least <= prompts) {
                break;
            }
            for (_, edge, target) in subject.tree.edges(step) {
                if let Some(more) = prompts_at(subject.tree, outcomes, step, edge) {
                    open.push(Reverse((prompts + more, target.index() as u32)));
                }
            }
        }
        if !outcome.returns.is_empty() {
            outcome.find_silent_returns(subject.tree, outcomes);
        }
        outcome
    }

    /// Fewest prompts to any end or return.
    pub fn prompts(&self) -> Option<u32> {
        let returns = self.returns.iter().map(|returned| returned.prompts);
        returns.chain(self.prompts_to_end).min()
    }

    /// Notes what a step means for the outcome.
    fn arrive(&mut self, subject: &Subject<'_>, outcomes: &Outcomes, step: StepId, prompts: u32) {
        let here = match &subject.tree.step(step).kind {
            StepKind::End(end) => match &**end {
                End::Return { value } => {
                    self.add_return(value, prompts);
                    return;
                }
                End::Fix { .. } => Some((prompts, false)),
                _ => Some((prompts, true)),
            },
            StepKind::Leave(_) => Some((prompts, true)),
            StepKind::Call(call) => match outcomes.get(call.tree) {
                None => Some((prompts, true)),
                Some(called) => called
                    .prompts_to_end
                    .map(|more| (prompts + more, called.unsolved)),
            },
            _ if subject.places.unresolved == Some(step) => Some((prompts, true)),
            _ => None,
        };
        if let Some((prompts, unsolved)) = here {
            let least = self.prompts_to_end.get_or_insert(prompts);
            *least = prompts.min(*least);
            self.unsolved |= unsolved;
        }
    }

    /// Steps come in the order of prompts, so the first way to a value is the shortest.
    fn add_return(&mut self, value: &Arc<str>, prompts: u32) {
        if self.returns.iter().all(|returned| returned.value != *value) {
            self.returns.push(Returned {
                value: Arc::clone(value),
                prompts,
                silent: false,
            });
        }
    }

    /// Follows the branches and silent calls from the start. A `try` stops here, for none of its remedies was seen.
    fn find_silent_returns(&mut self, tree: &Tree, outcomes: &Outcomes) {
        let mut open = vec![tree.start()];
        let mut seen = HashSet::new();
        while let Some(step) = open.pop() {
            if !seen.insert(step) {
                continue;
            }
            let silent = |edge: &Edge| match &tree.step(step).kind {
                StepKind::Branch => true,
                StepKind::Call(call) => outcomes.is_silent(call, &edge.arm),
                _ => false,
            };
            let edges = tree.edges(step).filter(|(_, edge, _)| silent(edge));
            open.extend(edges.map(|(_, _, target)| target));
            if let StepKind::End(end) = &tree.step(step).kind
                && let End::Return { value } = &**end
            {
                let same = |returned: &&mut Returned| returned.value == *value;
                for returned in self.returns.iter_mut().filter(same) {
                    returned.silent = true;
                }
            }
        }
    }
}

/// Fewest prompts between arriving at a step and taking one of its edges; none where it is never taken.
fn prompts_at(tree: &Tree, outcomes: &Outcomes, step: StepId, edge: &Edge) -> Option<u32> {
    match &tree.step(step).kind {
        StepKind::Call(call) => outcomes.prompts_of(call, &edge.arm),
        StepKind::Branch => Some(0),
        // The remedy that it leads to counts for the whole `try`.
        StepKind::Try(_) => Some(u32::from(!matches!(edge.arm, Arm::Skip))),
        _ => Some(1),
    }
}

impl Call {
    /// Whether this edge of the call is the one for a value.
    fn takes(&self, arm: &Arm, value: &str) -> bool {
        match arm {
            Arm::Return(at) => self
                .returns
                .get(*at as usize)
                .is_some_and(|name| **name == *value),
            Arm::Next(_) => true,
            _ => false,
        }
    }
}
