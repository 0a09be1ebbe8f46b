//! Tallies by step, way and tree in which a case counts once, however often it comes by: beside each stands the last case
//! that was counted.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::tally::{Happened, StepTally};
use super::super::{NodeId, Nodes};

/// What was counted so far, and for which case it is being counted.
#[derive(Debug)]
pub(super) struct Once {
    nodes: Arc<Nodes>,
    steps: Vec<StepTally>,
    /// In how many cases the walk went from one step straight to another, and the last case counted.
    ways: HashMap<(NodeId, NodeId), (u64, u32)>,
    /// How many cases came through each tree, by its place in the nodes.
    visits: Vec<u64>,
    /// By step: the last case that was here, and its marks.
    seen: Vec<(u32, u16)>,
    /// By tree: the last case that was here.
    seen_trees: Vec<u32>,
    /// The case at hand: counts up from 1, for 0 is nobody's number.
    case: u32,
}

impl Once {
    /// Nothing counted yet.
    pub(super) fn new(nodes: Arc<Nodes>) -> Self {
        Self {
            steps: vec![StepTally::default(); nodes.len()],
            ways: HashMap::new(),
            visits: vec![0; nodes.trees().len()],
            seen: vec![(0, 0); nodes.len()],
            seen_trees: vec![0; nodes.trees().len()],
            case: 1,
            nodes,
        }
    }

    /// The steps that are counted.
    pub(super) const fn nodes(&self) -> &Arc<Nodes> {
        &self.nodes
    }

    /// What was counted of a step.
    pub(super) fn step(&self, node: NodeId) -> Option<&StepTally> {
        self.steps.get(node as usize)
    }

    /// In how many cases the walk went each way.
    pub(super) fn ways(&self) -> impl Iterator<Item = (NodeId, NodeId, u64)> {
        self.ways
            .iter()
            .map(|((from, to), (cases, _))| (*from, *to, *cases))
    }

    /// How many cases came through each tree.
    pub(super) fn visits(&self) -> impl Iterator<Item = (&Arc<str>, u64)> {
        self.nodes.trees().iter().zip(self.visits.iter().copied())
    }

    /// Adds what was counted over other cases and the same steps.
    pub(super) fn merge(&mut self, other: Self) {
        for (own, their) in self.steps.iter_mut().zip(&other.steps) {
            own.merge(their);
        }
        for (way, (cases, _)) in other.ways {
            self.ways.entry(way).or_default().0 += cases;
        }
        for (own, their) in self.visits.iter_mut().zip(other.visits) {
            *own += their;
        }
    }

    /// Numbers the next case. After four billion of them in one fold the marks begin anew.
    pub(super) fn next_case(&mut self) {
        self.case = self.case.wrapping_add(1);
        if self.case == 0 {
            self.seen.fill((0, 0));
            self.seen_trees.fill(0);
            self.ways.values_mut().for_each(|(_, last)| *last = 0);
            self.case = 1;
        }
    }

    /// Counts a mark, once a case.
    pub(super) fn mark(&mut self, node: NodeId, mark: Happened) {
        let (Some(seen), Some(step)) = (
            self.seen.get_mut(node as usize),
            self.steps.get_mut(node as usize),
        ) else {
            return;
        };
        if seen.0 != self.case {
            *seen = (self.case, 0);
            let tree = self.nodes.tree_of(node).unwrap_or(usize::MAX);
            if let (Some(last), Some(visits)) =
                (self.seen_trees.get_mut(tree), self.visits.get_mut(tree))
                && *last != self.case
            {
                *last = self.case;
                *visits += 1;
            }
        }
        if seen.1 & mark.bit() == 0 {
            seen.1 |= mark.bit();
            step.count(mark);
        }
    }

    /// Takes a mark of this case back.
    pub(super) fn unmark(&mut self, node: NodeId, mark: Happened) {
        if let (Some(seen), Some(step)) = (
            self.seen.get_mut(node as usize),
            self.steps.get_mut(node as usize),
        ) && seen.0 == self.case
            && seen.1 & mark.bit() != 0
        {
            seen.1 &= !mark.bit();
            step.uncount(mark);
        }
    }

    /// Counts a way, once a case.
    pub(super) fn way(&mut self, from: NodeId, to: NodeId) {
        let (cases, last) = self.ways.entry((from, to)).or_default();
        if *last != self.case {
            *last = self.case;
            *cases += 1;
        }
    }

    /// Adds how long it took to reply at a step, each time.
    pub(super) fn took(&mut self, node: NodeId, time: i64) {
        if let Some(step) = self.steps.get_mut(node as usize) {
            step.times.add(time);
        }
    }
}
