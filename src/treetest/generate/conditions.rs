//! The conditions of a tree, and values of facts that decide them one way and the other.

use std::collections::BTreeMap;

use crate::condition::domain::branch;
use crate::condition::{Condition, Domain, FactRef, FactType, Facts, Value};
use crate::tree::{Arm, Audience, Channel, Library, StepId, StepKind, Tree};

/// Conditions of which the first that holds is taken.
#[derive(Debug)]
pub(super) struct List<'t> {
    /// Those of a list of `next`, or the one `when` of a remedy.
    pub(super) arms: Vec<&'t Condition>,
}

/// Values of facts under which one arm of a list is taken.
pub(super) type Assignment = BTreeMap<FactRef, Value>;

/// All lists of conditions of a tree.
pub(super) fn lists(tree: &Tree) -> Vec<List<'_>> {
    let mut lists = Vec::new();
    for (at, step) in tree.steps() {
        let next = tree.edges(at).filter_map(|(_, edge, _)| match &edge.arm {
            Arm::Next(Some(condition)) => Some(&**condition),
            _ => None,
        });
        let arms: Vec<_> = next.collect();
        if !arms.is_empty() {
            lists.push(List { arms });
        }
        if let StepKind::Remedy(remedy) = &step.kind
            && let Some(when) = &remedy.when
        {
            let arms = vec![when];
            lists.push(List { arms });
        }
    }
    lists
}

/// What values a fact takes; `None` for one that no tree has.
pub(super) fn fact_type(library: &Library, tree: &Tree, fact: FactRef) -> Option<FactType> {
    let words = |words: &[&'static str]| words.iter().map(|word| (*word).into()).collect();
    match fact {
        FactRef::Shared(at) => Some(library.fact(at).kind.clone()),
        FactRef::Step(at) => match &tree.step(StepId::new(at as usize)).kind {
            StepKind::Question(question) => Some(question.kind.fact_type()),
            _ => None,
        },
        FactRef::Audience => Some(FactType::Choice(words(&Audience::NAMES))),
        FactRef::Channel => Some(FactType::Choice(words(&Channel::NAMES))),
        FactRef::Exit | FactRef::Output => None,
    }
}

impl List<'_> {
    /// For each arm that can be taken, by its place (the last one for none of them), values of the facts that are read:
    /// those that decide for it as far as each fact can be looked at alone. Nothing where there are too many combinations
    /// to tell.
    pub(super) fn assignments(&self, library: &Library, tree: &Tree) -> Vec<(usize, Assignment)> {
        let domain = |fact| match fact_type(library, tree, fact) {
            Some(kind) => Domain::of(&kind),
            None => Domain::unknown(),
        };
        let Some(branches) = branch(&self.arms, &domain) else {
            return Vec::new();
        };
        let arms = branches.arms.into_iter().chain([branches.rest]).enumerate();
        let taken = arms.filter(|(_, arm)| arm.taken);
        taken
            .map(|(place, arm)| {
                let facts = arm.domains.into_iter();
                let known = facts.filter_map(|(fact, domain)| Some((fact, domain.example()?)));
                (place, known.collect())
            })
            .collect()
    }

    /// Whether these values decide for the arm of that place (the last one for none of them).
    pub(super) fn decides(&self, assignment: &Assignment, arm: usize) -> bool {
        let facts = Known(assignment);
        let first = self
            .arms
            .iter()
            .position(|condition| condition.holds(&facts));
        first.unwrap_or(self.arms.len()) == arm
    }
}

struct Known<'a>(&'a Assignment);

impl Facts for Known<'_> {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        self.0.get(&fact)
    }
}
