//! The flow of facts: what each fact that something reads can be at each step, by forward data flow over the tree with
//! joins, through conditions, answers, `set` and calls. Each tree is looked at as if started alone.
//!
//! A place's state only grows, and it has a limited number of values, so that the work list empties; places are taken
//! in reverse postorder, so that nearly all of them are looked at once. No path is ever followed on its own.

mod answered;
mod knowledge;
mod leave;
mod origin;
mod states;
mod summary;
mod tracked;
mod ways;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::condition::{Domain, FactRef};
use crate::tree::{End, StepId, StepKind};

use super::adjacency::Adjacency;
use super::node_set::NodeSet;
use super::study::Study;

use leave::Leaving;
pub use origin::{Origins, Witness};
use states::{StateId, States};
pub use summary::{Summaries, Summary};
use tracked::Tracked;
use ways::Ways;

/// After so many rounds, every question in a loop is taken to be come to again.
const MOST_ROUNDS: u32 = 8;

/// Which ways are followed where it is not known when one is taken, or what it sets; that has been reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Follow {
    /// All: what is known then holds on every walk, whatever is meant.
    All,
    /// Only those that are clear: what can happen then can happen whatever is meant.
    Clear,
}

/// What the facts can be in one tree.
#[derive(Debug)]
pub struct Flow<'a> {
    /// The tree.
    pub study: &'a Study<'a>,
    summaries: &'a Summaries,
    follow: Follow,
    tracked: Tracked,
    ways: Ways,
    states: States,
    at: Vec<Option<StateId>>,
    taken: NodeSet,
    /// What is known where a step's list of `next` is looked at.
    lists: HashMap<StepId, StateId>,
    /// The questions with a fact that a walk can come to again, so that they are asked although it is known. It is taken
    /// that there are none, until the ways taken show some.
    again: HashSet<StepId>,
    /// What is known after a stop in a state.
    stopped: HashMap<StateId, StateId>,
}

impl<'a> Flow<'a> {
    /// Follows the facts through a tree; `read` is what something in the library reads, `summaries` what the trees do
    /// that this one calls, `follow` which ways are gone. None where there is nothing to follow and no use of a fact to judge.
    pub fn of(
        study: &'a Study<'a>,
        read: &HashSet<FactRef>,
        summaries: &'a Summaries,
        follow: Follow,
    ) -> Option<Self> {
        let tracked = Tracked::of(study, read, summaries);
        if tracked.is_empty() && study.uses.is_empty() {
            return None;
        }
        let ways = Ways::of(study);
        let mut flow = Self {
            study,
            summaries,
            follow,
            tracked,
            at: vec![None; ways.graph.len()],
            taken: NodeSet::new(ways.graph.edge_count()),
            ways,
            states: States::default(),
            lists: HashMap::new(),
            again: HashSet::new(),
            stopped: HashMap::new(),
        };
        flow.run();
        Some(flow)
    }

    fn run(&mut self) {
        let start = self.study.subject.tree.start().index() as u32;
        let state = self.tracked.at_start(self.study);
        let state = self.states.add(state);
        let order = self.ways.graph.reverse_postorder(start);
        let mut open = BinaryHeap::new();
        self.arrive(start, state, &order, &mut open);
        let mut unmarked = self.passable_in_loops();
        for round in 1.. {
            self.follow(&order, &mut open);
            for question in self.come_again(&mut unmarked, round >= MOST_ROUNDS) {
                self.again.insert(question);
                let spot = question.index() as u32;
                let place = order.get(spot as usize).copied().unwrap_or_default();
                open.push(Reverse((place, spot)));
            }
            if open.is_empty() {
                return;
            }
        }
    }

    /// Empties the work list.
    fn follow(&mut self, order: &[u32], open: &mut BinaryHeap<Reverse<(u32, u32)>>) {
        let mut leaving = Leaving::new();
        while let Some(Reverse((_, spot))) = open.pop() {
            let Some(state) = self.state(spot) else {
                continue;
            };
            self.leave(spot, state, &mut leaving);
            for (edge, state) in &leaving {
                self.taken.insert(*edge as u32);
                let target = self.ways.graph.target(*edge);
                self.arrive(target, *state, order, open);
            }
        }
    }

    /// The questions that are passed where their fact is known, unless the walk has come to them before; those in loops.
    fn passable_in_loops(&self) -> Vec<StepId> {
        let steps = self.study.subject.tree.steps();
        let passable = steps.filter(|(id, step)| match &step.kind {
            StepKind::Question(question) => {
                matches!(question.fact, FactRef::Shared(_))
                    && !step.must_be_shown()
                    && self.study.is_in_loop(id.index() as u32)
            }
            _ => false,
        });
        passable.map(|(id, _)| id).collect()
    }

    /// Takes those questions out of the list that can be come to again by the ways taken so far; with `all`, all in loops.
    fn come_again(&self, questions: &mut Vec<StepId>, all: bool) -> Vec<StepId> {
        if questions.is_empty() {
            return Vec::new();
        }
        let graph = &self.ways.graph;
        let taken = (0..graph.len() as u32).flat_map(|from| {
            let edges = graph
                .edges(from)
                .filter(|edge| self.taken.contains(*edge as u32));
            edges.map(move |edge| (from, graph.target(edge)))
        });
        let taken = Adjacency::new(graph.len(), taken);
        let components = taken.components();
        let looping = components.loops(&taken);
        let again = |id: &mut StepId| {
            let component = components.of(id.index() as u32) as usize;
            all || looping.get(component) == Some(&true)
        };
        questions.extract_if(.., again).collect()
    }

    /// Adds what is known on one way to a place; if that is news, the place is looked at again.
    fn arrive(
        &mut self,
        spot: u32,
        state: StateId,
        order: &[u32],
        open: &mut BinaryHeap<Reverse<(u32, u32)>>,
    ) {
        let Some(slot) = self.at.get_mut(spot as usize) else {
            return;
        };
        let joined = slot.map_or(state, |before| self.states.join(before, state));
        if slot.replace(joined) != Some(joined) {
            let place = order.get(spot as usize).copied().unwrap_or_default();
            open.push(Reverse((place, spot)));
        }
    }

    fn state(&self, spot: u32) -> Option<StateId> {
        self.at.get(spot as usize).copied().flatten()
    }

    /// Whether a question with a fact may be asked although the fact is known, because the walk has been there before.
    pub fn comes_again(&self, question: StepId) -> bool {
        self.again.contains(&question)
    }

    /// Whether a walk can come to a step, as far as conditions and answers tell.
    pub fn reaches(&self, step: StepId) -> bool {
        self.state(step.index() as u32).is_some()
    }

    /// What a fact can be when a walk comes to a step.
    pub fn at(&self, step: StepId, fact: FactRef) -> Domain {
        match self.state(step.index() as u32) {
            Some(state) => self.domain(state, fact),
            None => Domain::nothing(),
        }
    }

    /// What facts can be where a step's list of `next` is looked at, if a walk comes there.
    pub fn at_list(&self, step: StepId) -> Option<impl Fn(FactRef) -> Domain + '_> {
        let state = self.lists.get(&step).copied()?;
        Some(move |fact| self.domain(state, fact))
    }

    /// What facts can be where the `when` of a remedy is looked at, if a walk comes there.
    pub fn at_gate(&self, remedy: StepId) -> Option<impl Fn(FactRef) -> Domain + '_> {
        let state = self.state(self.ways.gate(remedy)?)?;
        Some(move |fact| self.domain(state, fact))
    }

    /// Whether a fact is followed; of others [`Origins`] tells whether they are known.
    pub fn follows(&self, fact: FactRef) -> bool {
        self.tracked.slot(fact).is_some()
    }

    /// Whether all walks are known: no part of this tree or of one that it calls is unknown. Only then can something be
    /// said of every walk.
    pub fn is_complete(&self) -> bool {
        let mut steps = self.study.subject.tree.steps();
        !self.study.is_partial()
            && steps.all(|(_, step)| match &step.kind {
                StepKind::Call(call) => self.summaries.get(call.tree).is_some(),
                _ => true,
            })
    }

    /// What a fact can be in a state. Of what is not followed nothing is known.
    fn domain(&self, state: StateId, fact: FactRef) -> Domain {
        let slot = self.tracked.slot(fact);
        let followed = slot.and_then(|slot| self.states.now(state, slot));
        followed.cloned().unwrap_or_else(|| {
            let kind = tracked::kind(self.study, fact);
            match (fact, kind) {
                (_, None) => Domain::unknown(),
                (FactRef::Audience | FactRef::Channel, Some(kind)) => Domain::of(&kind),
                (_, Some(kind)) => Domain::anything(&kind),
            }
        })
    }

    /// What the tree does for a tree that calls it.
    pub fn summary(&self) -> Summary {
        let shared = |fact: &FactRef| !matches!(fact, FactRef::Step(_));
        let slots: Vec<usize> = self
            .tracked
            .iter()
            .enumerate()
            .filter(|(_, (fact, _))| shared(fact))
            .map(|(slot, _)| slot)
            .collect();
        let mut summary = Summary {
            facts: self
                .tracked
                .iter()
                .map(|(fact, _)| *fact)
                .filter(shared)
                .collect(),
            returns: Vec::new(),
        };
        for (id, step) in self.study.subject.tree.steps() {
            if let StepKind::End(end) = &step.kind
                && let End::Return { value } = &**end
                && let Some(state) = self.state(id.index() as u32)
            {
                let facts = slots
                    .iter()
                    .filter_map(|slot| self.states.fact(state, *slot));
                summary.add(value, facts.cloned().collect());
            }
        }
        summary
    }
}
