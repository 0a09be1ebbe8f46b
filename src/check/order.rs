//! In which order trees are judged: those that are called before those that call them, for what a call does is known
//! from the called tree alone.

use std::collections::{HashMap, HashSet};

use crate::tree::{StepKind, TreeId};

use super::Subject;

/// An order of trees.
#[derive(Debug)]
pub struct Order {
    /// Places in the list of subjects, each once; in a ring of calls one of the calls points forward.
    pub trees: Vec<usize>,
    /// The trees that some tree calls.
    pub called: HashSet<TreeId>,
}

/// Puts called trees before their callers, and otherwise keeps the order.
pub fn callees_first(subjects: &[Subject<'_>]) -> Order {
    let places: HashMap<TreeId, usize> =
        subjects.iter().map(|subject| subject.id).zip(0..).collect();
    let calls: Vec<Vec<TreeId>> = subjects.iter().map(calls).collect();
    let mut trees = Vec::with_capacity(subjects.len());
    let mut seen = HashSet::new();
    for root in 0..subjects.len() {
        let mut path = Vec::new();
        if seen.insert(root) {
            path.push((root, 0));
        }
        while let Some((at, next)) = path.last_mut() {
            let called = calls.get(*at).and_then(|calls| calls.get(*next));
            *next += 1;
            match called.map(|called| places.get(called)) {
                None => {
                    trees.push(*at);
                    path.pop();
                }
                Some(Some(place)) if seen.insert(*place) => path.push((*place, 0)),
                Some(_) => {}
            }
        }
    }
    Order {
        trees,
        called: calls.into_iter().flatten().collect(),
    }
}

/// The trees that a tree calls, in order.
fn calls(subject: &Subject<'_>) -> Vec<TreeId> {
    let steps = subject.tree.steps();
    let calls = steps.filter_map(|(_, step)| match &step.kind {
        StepKind::Call(call) => Some(call.tree),
        _ => None,
    });
    calls.collect()
}
