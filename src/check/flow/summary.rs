//! What a called tree does to the facts, by the value that it returns.

use std::sync::Arc;

use crate::condition::FactRef;
use crate::tree::{Arm, Call};

use super::super::outcome::Outcome;
use super::super::per_tree::PerTree;

use super::knowledge::Knowledge;

/// What one tree does.
#[derive(Debug, Default)]
pub struct Summary {
    /// The facts that were followed in it; it does nothing to others that anything reads.
    pub facts: Vec<FactRef>,
    /// Each value that it can return, with what is then known of the facts, in their order.
    pub returns: Vec<(Arc<str>, Vec<Knowledge>)>,
}

impl Summary {
    /// What a tree does that does nothing to any fact.
    pub fn of_no_facts(outcome: &Outcome) -> Self {
        let returns = outcome.returns.iter();
        Self {
            facts: Vec::new(),
            returns: returns
                .map(|returned| (Arc::clone(&returned.value), Vec::new()))
                .collect(),
        }
    }

    /// Adds a way to return a value.
    pub fn add(&mut self, value: &Arc<str>, facts: Vec<Knowledge>) {
        let earlier = self.returns.iter_mut().find(|(known, _)| known == value);
        let Some((_, known)) = earlier else {
            self.returns.push((Arc::clone(value), facts));
            return;
        };
        for (known, fact) in known.iter_mut().zip(&facts) {
            *known = known.join(fact);
        }
    }
}

impl Summary {
    /// Whether a fact that was not known is known after the call comes back by an edge.
    pub fn gives(&self, call: &Call, arm: &Arm, fact: FactRef) -> bool {
        let Some(slot) = self.facts.iter().position(|followed| *followed == fact) else {
            return false;
        };
        self.by_edge(call, arm).all(|facts| {
            let known = facts.get(slot);
            known.is_some_and(|known| !known.fresh.unset)
        })
    }

    /// What is known, for each value with which the call comes back by an edge.
    pub fn by_edge<'s>(
        &'s self,
        call: &'s Call,
        arm: &'s Arm,
    ) -> impl Iterator<Item = &'s [Knowledge]> {
        let fits = move |value: &Arc<str>| {
            let named = call.returns.iter().position(|named| named == value);
            match arm {
                Arm::Return(at) => named == Some(*at as usize),
                _ => named.is_none(),
            }
        };
        let returns = self.returns.iter().filter(move |(value, _)| fits(value));
        returns.map(|(_, facts)| &**facts)
    }
}

/// What the trees of a library do.
pub type Summaries = PerTree<Summary>;
