//! The graph along which facts flow: that of the tree, with what the tree leaves to the session put in.
//!
//! - Before each remedy of a `try` stands a gate, where it is decided whether the remedy is shown or left out.
//! - The edge of a used-up `limit` is not taken before its step was shown: it leaves from a copy of the loop that is
//!   entered by the step's other edges, so that what only the loop makes known is known there.

use std::collections::HashMap;

use crate::tree::{Arm, EdgeId, StepId, StepKind, Tree, Try};

use super::super::adjacency::Adjacency;
use super::super::study::Study;

/// Where a walk can be. The first places are the steps, by their numbers.
#[derive(Debug, Clone, Copy)]
pub enum Spot {
    /// At a step.
    Step(StepId),
    /// Before a remedy of a `try`.
    Gate(StepId),
    /// After the last remedy of a `try`.
    After(StepId),
}

/// How a walk gets from one place to the next.
#[derive(Debug, Clone, Copy)]
pub enum Link {
    /// By an edge of the tree.
    Edge(EdgeId),
    /// The remedy behind the gate is shown.
    Show,
    /// The remedy behind the gate is left out.
    Pass,
    /// Straight on.
    On,
}

/// The graph along which facts flow.
#[derive(Debug)]
pub struct Ways {
    spots: Vec<Spot>,
    /// From spot to spot.
    pub graph: Adjacency,
    links: Vec<Link>,
    gates: HashMap<StepId, u32>,
}

impl Ways {
    /// The graph of a tree.
    pub fn of(study: &Study<'_>) -> Self {
        let tree = study.subject.tree;
        let mut maker = Maker::new(tree);
        for (id, step) in tree.steps() {
            if let StepKind::Try(tried) = &step.kind {
                maker.add_try(study, id, tried);
            }
        }
        for (id, step) in tree.steps() {
            if !matches!(step.kind, StepKind::Try(_)) {
                maker.add_edges(id);
            }
        }
        if tree.steps().any(|(_, step)| step.limit.is_some()) {
            maker.unroll_limits();
        }
        maker.edges.sort_by_key(|(from, ..)| *from);
        Self {
            graph: graph(&maker.spots, &maker.edges),
            links: maker.edges.iter().map(|(.., link)| *link).collect(),
            spots: maker.spots,
            gates: maker.gates,
        }
    }

    /// The place before a remedy of a `try`.
    pub fn gate(&self, remedy: StepId) -> Option<u32> {
        self.gates.get(&remedy).copied()
    }

    /// What a place is.
    #[allow(clippy::indexing_slicing, reason = "a place is a number of this graph")]
    pub fn spot(&self, at: u32) -> Spot {
        self.spots[at as usize]
    }

    /// How an edge is taken.
    #[allow(clippy::indexing_slicing, reason = "an edge is a number of this graph")]
    pub fn link(&self, edge: usize) -> Link {
        self.links[edge]
    }

    /// Every place with its number.
    pub fn spots(&self) -> impl Iterator<Item = (u32, Spot)> {
        (0..).zip(self.spots.iter().copied())
    }
}

/// Puts the graph together.
struct Maker<'t> {
    tree: &'t Tree,
    spots: Vec<Spot>,
    edges: Vec<(u32, u32, Link)>,
    /// Where the "no" of a remedy, and of the question before it, leads: to the next gate.
    next_gate: HashMap<StepId, u32>,
    gates: HashMap<StepId, u32>,
}

impl<'t> Maker<'t> {
    fn new(tree: &'t Tree) -> Self {
        Self {
            tree,
            spots: tree.steps().map(|(id, _)| Spot::Step(id)).collect(),
            edges: Vec::with_capacity(tree.graph().edge_count()),
            next_gate: HashMap::new(),
            gates: HashMap::new(),
        }
    }

    fn add_try(&mut self, study: &Study<'_>, id: StepId, tried: &Try) {
        let from = id.index() as u32;
        let again = study.is_in_loop(from);
        self.edges.push((from, self.next_spot(), Link::On));
        for remedy in &tried.remedies {
            let StepKind::Remedy(about) = &self.tree.step(*remedy).kind else {
                continue;
            };
            let gate = self.next_spot();
            self.spots.push(Spot::Gate(*remedy));
            self.gates.insert(*remedy, gate);
            let first = about.condition.unwrap_or(*remedy);
            self.edges.push((gate, first.index() as u32, Link::Show));
            if again || about.when.is_some() {
                self.edges.push((gate, gate + 1, Link::Pass));
            }
            self.next_gate.insert(*remedy, gate + 1);
            self.next_gate.insert(first, gate + 1);
        }
        let after = self.next_spot();
        self.spots.push(Spot::After(id));
        for (edge_id, edge, to) in self.tree.edges(id) {
            let from = match edge.arm {
                Arm::No => after,
                Arm::Limit => from,
                _ => continue,
            };
            self.edges
                .push((from, to.index() as u32, Link::Edge(edge_id)));
        }
    }

    fn next_spot(&self) -> u32 {
        self.spots.len() as u32
    }

    fn add_edges(&mut self, id: StepId) {
        for (edge_id, edge, target) in self.tree.edges(id) {
            let gate = self
                .next_gate
                .get(&id)
                .filter(|_| matches!(edge.arm, Arm::No));
            let to = gate.copied().unwrap_or(target.index() as u32);
            self.edges
                .push((id.index() as u32, to, Link::Edge(edge_id)));
        }
    }

    fn is_limit(&self, link: Link) -> bool {
        let Link::Edge(id) = link else {
            return false;
        };
        let edge = self.tree.graph().edge_weight(id);
        edge.is_some_and(|edge| matches!(edge.arm, Arm::Limit))
    }

    /// Lets the edges of limits leave from copies of the loops that they bound. A limit without a loop is never used
    /// up. Where the copies would be much larger than the tree, the edges stay: then they count as if they could be
    /// taken at once.
    fn unroll_limits(&mut self) {
        self.edges.sort_by_key(|(from, ..)| *from);
        let graph = graph(&self.spots, &self.edges);
        let components = graph.components();
        let looping = components.loops(&graph);
        let groups = components.groups(&looping);
        let groups: HashMap<u32, &Vec<u32>> = groups
            .iter()
            .filter_map(|group| Some((components.of(*group.first()?), group)))
            .collect();
        let mut room = 2 * graph.len() + 1_000;
        let mut edges = std::mem::take(&mut self.edges);
        let mut moved = Vec::new();
        for (at, (from, _, link)) in edges.iter().enumerate() {
            if !self.is_limit(*link) {
                continue;
            }
            match groups.get(&components.of(*from)) {
                None => moved.push(at),
                Some(group) if group.len() <= room => {
                    room -= group.len();
                    moved.push(at);
                    self.copy_loop(*from, group, &graph, &edges);
                }
                Some(_) => {}
            }
        }
        let mut at = 0..;
        edges.retain(|_| {
            at.next()
                .is_some_and(|at| moved.binary_search(&at).is_err())
        });
        self.edges.append(&mut edges);
    }

    /// Adds the copy of a loop in which a step has been shown, to be left by that step's limit.
    fn copy_loop(
        &mut self,
        limited: u32,
        group: &[u32],
        graph: &Adjacency,
        edges: &[(u32, u32, Link)],
    ) {
        let first = self.next_spot();
        let copy = |node: u32| Some(first + group.binary_search(&node).ok()? as u32);
        for (place, node) in (first..).zip(group) {
            let spot = self.spots.get(*node as usize).copied();
            self.spots.extend(spot);
            for (_, to, link) in edges.get(graph.edges(*node)).unwrap_or_default() {
                if *node != limited {
                    self.edges.extend(copy(*to).map(|to| (place, to, *link)));
                } else if self.is_limit(*link) {
                    self.edges.push((place, *to, *link));
                    self.edges.extend(copy(*to).map(|to| (place, to, *link)));
                } else {
                    self.edges.extend(copy(*to).map(|to| (limited, to, *link)));
                }
            }
        }
    }
}

fn graph(spots: &[Spot], edges: &[(u32, u32, Link)]) -> Adjacency {
    Adjacency::new(spots.len(), edges.iter().map(|(from, to, _)| (*from, *to)))
}
