//! Where a fact comes from at a place, and where it does not: a search back from there, up to what gives the fact a
//! value or takes it away. It answers for the facts that the flow does not follow, and finds what to show an author for
//! those that it does.

use std::collections::{BTreeSet, VecDeque};

use crate::condition::FactRef;
use crate::tree::{Arm, StepId, StepKind};

use super::super::adjacency::Adjacency;
use super::super::node_set::NodeSet;
use super::Flow;
use super::ways::{Link, Spot};

/// So many places are looked at before a search that goes forward once for all uses of the fact is cheaper.
const NEAR: usize = 256;

/// What a way does to a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It is known behind it.
    Gives,
    /// It is not known behind it.
    Unsets,
    /// It is what it was, or can be.
    Keeps,
}

/// How a fact can be unset at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// The question whose "unsure" took it away; none where the walk began without it.
    pub unsure: Option<StepId>,
    /// The steps from there to the place, both included, in the order of a walk.
    pub way: Vec<StepId>,
}

/// The ways of a flow the other way round.
#[derive(Debug)]
pub struct Origins<'f, 'a> {
    flow: &'f Flow<'a>,
    /// To each place, the numbers of the ways that lead there and that can be taken, and where they come from.
    incoming: Incoming,
    /// The places at which the fact of the last far search may be unset.
    far: Option<(FactRef, NodeSet)>,
}

impl<'f, 'a> Origins<'f, 'a> {
    /// Turns the ways of a flow round.
    pub fn of(flow: &'f Flow<'a>) -> Self {
        Self {
            flow,
            incoming: Incoming::of(flow),
            far: None,
        }
    }

    /// Whether a fact of the tree's own is known at every walk to a step. Uses of one fact are best asked for one after
    /// the other.
    pub fn is_sure(&mut self, fact: FactRef, step: StepId) -> bool {
        let spot = step.index() as u32;
        match self.search(fact, spot, NEAR) {
            Search::Sure => true,
            Search::Unset(_) => false,
            Search::TooFar => {
                if !matches!(&self.far, Some((last, _)) if *last == fact) {
                    self.far = Some((fact, self.flow.unset_at(fact)));
                }
                let far = self.far.as_ref();
                far.is_some_and(|(_, unset)| !unset.contains(spot))
            }
        }
    }

    /// A shortest way on which a fact is not known at a step; none where it is known, or nothing was found.
    pub fn witness(&self, fact: FactRef, step: StepId) -> Option<Witness> {
        match self.search(fact, step.index() as u32, usize::MAX) {
            Search::Unset(witness) => Some(witness),
            _ => None,
        }
    }

    /// The steps that may have given a fact the value that it has at a step, in the order of the file.
    pub fn givers(&self, fact: FactRef, step: StepId) -> BTreeSet<StepId> {
        let mut givers = BTreeSet::new();
        let mut seen = NodeSet::new(self.flow.ways.graph.len());
        let mut open = vec![step.index() as u32];
        while let Some(spot) = open.pop() {
            for (from, edge) in self.incoming.of_spot(spot) {
                match (
                    self.flow.effect(from, edge, fact),
                    self.flow.ways.spot(from),
                ) {
                    (Effect::Gives, Spot::Step(giver)) => {
                        givers.insert(giver);
                    }
                    (Effect::Keeps, _) if seen.insert(from) => open.push(from),
                    _ => {}
                }
            }
        }
        givers
    }

    fn search(&self, fact: FactRef, spot: u32, most: usize) -> Search {
        let start = self.flow.study.subject.tree.start().index() as u32;
        let mut seen = Seen::new(spot);
        while let Some(spot) = seen.next() {
            if spot == start {
                return Search::Unset(self.told(&seen, spot, None));
            }
            if seen.count() > most {
                return Search::TooFar;
            }
            for (from, edge) in self.incoming.of_spot(spot) {
                match self.flow.effect(from, edge, fact) {
                    Effect::Gives => {}
                    Effect::Keeps => seen.add(from, spot),
                    Effect::Unsets => return Search::Unset(self.told(&seen, spot, Some(from))),
                }
            }
        }
        Search::Sure
    }

    /// The way from a place to where the search began.
    fn told(&self, seen: &Seen, spot: u32, unsure: Option<u32>) -> Witness {
        let step = |spot: u32| match self.flow.ways.spot(spot) {
            Spot::Step(step) => Some(step),
            _ => None,
        };
        let unsure = unsure.and_then(step);
        let mut way: Vec<StepId> = unsure.into_iter().collect();
        way.extend(seen.way_back(spot).filter_map(step));
        Witness { unsure, way }
    }
}

/// What came of a search.
enum Search {
    Sure,
    Unset(Witness),
    TooFar,
}

/// The places of a search, nearest first, each with the one that it was come to from.
struct Seen {
    from: std::collections::HashMap<u32, u32>,
    open: VecDeque<u32>,
}

impl Seen {
    fn new(spot: u32) -> Self {
        Self {
            from: [(spot, spot)].into(),
            open: [spot].into(),
        }
    }

    fn next(&mut self) -> Option<u32> {
        self.open.pop_front()
    }

    fn count(&self) -> usize {
        self.from.len()
    }

    fn add(&mut self, spot: u32, from: u32) {
        if let std::collections::hash_map::Entry::Vacant(slot) = self.from.entry(spot) {
            slot.insert(from);
            self.open.push_back(spot);
        }
    }

    fn way_back(&self, spot: u32) -> impl Iterator<Item = u32> {
        std::iter::successors(Some(spot), |spot| {
            let next = self.from.get(spot)?;
            (next != spot).then_some(*next)
        })
    }
}

/// The ways into each place.
#[derive(Debug)]
struct Incoming {
    graph: Adjacency,
    edges: Vec<u32>,
}

impl Incoming {
    fn of(flow: &Flow<'_>) -> Self {
        let graph = &flow.ways.graph;
        let sources = (0..graph.len() as u32)
            .flat_map(|from| graph.edges(from).map(move |edge| (from, edge)));
        let taken = sources.filter(|(_, edge)| flow.taken.contains(*edge as u32));
        let mut ways: Vec<(u32, u32, u32)> = taken
            .map(|(from, edge)| (graph.target(edge), from, edge as u32))
            .collect();
        ways.sort_unstable();
        Self {
            graph: Adjacency::new(graph.len(), ways.iter().map(|(to, from, _)| (*to, *from))),
            edges: ways.iter().map(|(.., edge)| *edge).collect(),
        }
    }

    /// Where the ways to a place come from, with their numbers.
    fn of_spot(&self, spot: u32) -> impl Iterator<Item = (u32, usize)> {
        let edges = self.graph.edges(spot);
        edges.filter_map(|at| Some((self.graph.target(at), *self.edges.get(at)? as usize)))
    }
}

impl Flow<'_> {
    /// The places at which a fact of the tree's own may be unset.
    fn unset_at(&self, fact: FactRef) -> NodeSet {
        let graph = &self.ways.graph;
        let mut unset = NodeSet::new(graph.len());
        let mut open = vec![self.study.subject.tree.start().index() as u32];
        for (spot, at) in self.ways.spots() {
            if matches!((at, fact), (Spot::Step(step), FactRef::Step(fact)) if step.index() as u32 == fact)
            {
                let taken = graph
                    .edges(spot)
                    .filter(|edge| self.taken.contains(*edge as u32));
                let unsets = taken.filter(|edge| self.effect(spot, *edge, fact) == Effect::Unsets);
                open.extend(unsets.map(|edge| graph.target(edge)));
            }
        }
        open.retain(|spot| unset.insert(*spot));
        while let Some(spot) = open.pop() {
            for edge in graph.edges(spot) {
                let kept = self.taken.contains(edge as u32)
                    && self.effect(spot, edge, fact) == Effect::Keeps;
                if kept && unset.insert(graph.target(edge)) {
                    open.push(graph.target(edge));
                }
            }
        }
        unset
    }

    /// What a way out of a place does to a fact.
    fn effect(&self, spot: u32, edge: usize, fact: FactRef) -> Effect {
        match (self.ways.spot(spot), self.ways.link(edge)) {
            (Spot::Gate(remedy), Link::Show) => self.effect_of_gate(remedy, fact),
            (Spot::Step(step) | Spot::After(step), Link::Edge(id)) => {
                self.edge(id).map_or(Effect::Keeps, |edge| {
                    let words = edge.words.iter().flat_map(|words| &words.set);
                    if words
                        .into_iter()
                        .any(|(set, _)| FactRef::Shared(*set) == fact)
                    {
                        return Effect::Gives;
                    }
                    self.effect_of_arm(step, &edge.arm, fact)
                })
            }
            _ => Effect::Keeps,
        }
    }

    fn effect_of_gate(&self, remedy: StepId, fact: FactRef) -> Effect {
        match &self.study.subject.tree.step(remedy).kind {
            StepKind::Remedy(about) => match &about.when {
                Some(when) if when.known_after(true).contains(&fact) => Effect::Gives,
                _ => Effect::Keeps,
            },
            _ => Effect::Keeps,
        }
    }

    fn effect_of_arm(&self, id: StepId, arm: &Arm, fact: FactRef) -> Effect {
        if matches!(arm, Arm::Next(_)) && self.is_known_by_next(id, arm, fact) {
            return Effect::Gives;
        }
        let tree = self.study.subject.tree;
        let step = tree.step(id);
        match (&step.kind, arm) {
            (StepKind::Question(question), arm) if question.fact == fact => match arm {
                Arm::Unsure => Effect::Unsets,
                Arm::Tried | Arm::Cannot | Arm::Limit => Effect::Keeps,
                Arm::Next(_) if self.can_be_skipped(id) => Effect::Keeps,
                _ => Effect::Gives,
            },
            (StepKind::Call(call), arm) => {
                let Some(summary) = self.summaries.get(call.tree) else {
                    return Effect::Gives;
                };
                if summary.gives(call, arm, fact) {
                    Effect::Gives
                } else {
                    Effect::Keeps
                }
            }
            _ => Effect::Keeps,
        }
    }

    /// Whether the conditions of a list make sure that a fact is known where one of its edges is taken.
    fn is_known_by_next(&self, id: StepId, arm: &Arm, fact: FactRef) -> bool {
        for (_, edge, _) in self.study.subject.tree.edges(id) {
            let Arm::Next(condition) = &edge.arm else {
                continue;
            };
            let here = std::ptr::eq(&edge.arm, arm);
            match condition {
                Some(condition) if condition.known_after(here).contains(&fact) => return true,
                _ if here => return false,
                _ => {}
            }
        }
        false
    }
}
