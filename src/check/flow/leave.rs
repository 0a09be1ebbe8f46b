//! What is known on each way out of a place, given what is known at the place.

use crate::condition::domain::branch;
use crate::condition::{Condition, Domain, FactRef};
use crate::tree::{Arm, Call, Edge, EdgeId, Question, Step, StepId, StepKind};

use super::answered;
use super::knowledge::Knowledge;
use super::states::StateId;
use super::tracked::agent;
use super::ways::{Link, Spot};
use super::{Flow, Follow};

/// The ways out of a place that can be taken, with what is then known.
pub type Leaving = Vec<(usize, StateId)>;

impl Flow<'_> {
    /// Looks at every way out of a place.
    pub(super) fn leave(&mut self, spot: u32, state: StateId, leaving: &mut Leaving) {
        leaving.clear();
        let edges = self.ways.graph.edges(spot);
        let next = match self.ways.spot(spot) {
            Spot::Step(id) => self.next(id, state, spot),
            _ => Vec::new(),
        };
        for at in edges {
            let unclear = self.is_unclear(self.ways.spot(spot), self.ways.link(at));
            if unclear && self.follow == Follow::Clear {
                continue;
            }
            let after = match (self.ways.spot(spot), self.ways.link(at)) {
                (Spot::Gate(remedy), link) => self.pass_gate(remedy, state, link),
                (Spot::Step(id), Link::Edge(edge)) => self.take(id, edge, state, &next),
                (Spot::After(_), Link::Edge(edge)) => self.set(edge, state),
                _ => Some(state),
            };
            let after = if unclear {
                after.map(|after| self.anything_set(after))
            } else {
                after
            };
            leaving.extend(after.map(|after| (at, after)));
        }
    }

    /// Whether it is not known when a way is taken, or what it sets.
    fn is_unclear(&self, spot: Spot, link: Link) -> bool {
        let places = self.study.subject.places;
        match (spot, link) {
            (Spot::Gate(remedy), _) => places.unclear_remedies.contains(&remedy),
            (_, Link::Edge(edge)) => places.unclear.contains(&edge),
            _ => false,
        }
    }

    /// The same, or any shared fact has been given any value.
    fn anything_set(&mut self, state: StateId) -> StateId {
        let set = self.give_all(state);
        self.either(Some(state), set).unwrap_or(state)
    }

    /// Every shared fact is given any value.
    fn give_all(&mut self, state: StateId) -> Option<StateId> {
        let facts = self.tracked.iter().enumerate();
        let shared = facts.filter(|(_, (fact, _))| matches!(fact, FactRef::Shared(_)));
        let given: Vec<_> = shared
            .filter_map(|(slot, (_, kind))| {
                let fact = self.states.fact(state, slot)?;
                Some((slot, fact.give(&Domain::of(kind))))
            })
            .collect();
        self.states.change(state, given)
    }

    /// Along an edge of the tree, what it sets included.
    fn take(
        &mut self,
        id: StepId,
        edge_id: EdgeId,
        state: StateId,
        next: &[(EdgeId, Option<StateId>)],
    ) -> Option<StateId> {
        let edge = self.edge(edge_id)?;
        let step = self.study.subject.tree.step(id);
        let after = match (&edge.arm, &step.kind) {
            (Arm::Limit, _) => Some(state),
            (Arm::Next(_), _) => next.iter().find(|(id, _)| *id == edge_id)?.1,
            (arm, StepKind::Question(question)) => self.answer(id, step, question, arm, state),
            (arm, StepKind::Call(call)) => self.come_back(call, arm, state),
            _ => Some(self.stop(state)),
        };
        self.set(edge_id, after?)
    }

    /// What each edge of a list of `next` finds.
    fn next(&mut self, id: StepId, state: StateId, spot: u32) -> Vec<(EdgeId, Option<StateId>)> {
        let tree = self.study.subject.tree;
        let edges = tree.edges(id).filter_map(|(id, edge, _)| match &edge.arm {
            Arm::Next(condition) => Some((id, condition.as_deref())),
            _ => None,
        });
        let edges: Vec<_> = edges.collect();
        if edges.is_empty() {
            return Vec::new();
        }
        let Some(list) = self.before_next(id, state) else {
            return edges.into_iter().map(|(id, _)| (id, None)).collect();
        };
        if edges.len() > 1 && spot == id.index() as u32 {
            self.lists.insert(id, list);
        }
        let conditions: Vec<&Condition> = edges.iter().map_while(|(_, when)| *when).collect();
        let states = self.branch(&conditions, list);
        let ids = edges.into_iter().map(|(id, _)| id);
        ids.zip(states.into_iter().chain(std::iter::repeat(None)))
            .collect()
    }

    /// What is known where a list of `next` is looked at, whatever came before it in the step.
    fn before_next(&mut self, id: StepId, state: StateId) -> Option<StateId> {
        let step = self.study.subject.tree.step(id);
        match &step.kind {
            StepKind::Branch => Some(state),
            StepKind::Question(question) => {
                let next = Arm::Next(None);
                let answered = self.answer(id, step, question, &next, state);
                let skipped = self.can_be_skipped(id).then(|| self.stop(state));
                self.either(answered, skipped)
            }
            StepKind::Call(call) => self.come_back(call, &Arm::Next(None), state),
            _ => Some(self.stop(state)),
        }
    }

    /// What is known where each of the conditions is the first to hold, and where none does.
    fn branch(&mut self, conditions: &[&Condition], list: StateId) -> Vec<Option<StateId>> {
        if conditions.is_empty() {
            return vec![Some(list)];
        }
        let found = branch(conditions, &|fact| self.domain(list, fact));
        let Some(found) = found else {
            return self.branch_one_by_one(conditions, list);
        };
        let arms = found.arms.iter().chain([&found.rest]);
        let states = arms.map(|arm| {
            if arm.taken {
                self.narrow(list, &arm.domains)
            } else {
                None
            }
        });
        states.collect()
    }

    /// The same where there are too many combinations to look at all conditions together.
    fn branch_one_by_one(
        &mut self,
        conditions: &[&Condition],
        list: StateId,
    ) -> Vec<Option<StateId>> {
        let mut rest = Some(list);
        let mut states = Vec::new();
        for condition in conditions {
            states.push(rest.and_then(|rest| self.hold(condition, rest, true)));
            rest = rest.and_then(|rest| self.hold(condition, rest, false));
        }
        states.push(rest);
        states
    }

    /// What is known where a condition holds, or does not.
    fn hold(&mut self, condition: &Condition, state: StateId, holds: bool) -> Option<StateId> {
        let domains = condition.narrow(&|fact| self.domain(state, fact), holds);
        self.narrow(state, &domains)
    }

    fn narrow(&mut self, state: StateId, domains: &[(FactRef, Domain)]) -> Option<StateId> {
        let narrowed: Vec<_> = domains
            .iter()
            .filter_map(|(fact, domain)| {
                let slot = self.tracked.slot(*fact)?;
                Some((slot, self.states.fact(state, slot)?.meet(domain)))
            })
            .collect();
        self.states.change(state, narrowed)
    }

    /// Through the gate before a remedy: shown where its `when` holds; left out where it does not, or where it has been
    /// answered before.
    fn pass_gate(&mut self, remedy: StepId, state: StateId, link: Link) -> Option<StateId> {
        let StepKind::Remedy(about) = &self.study.subject.tree.step(remedy).kind else {
            return Some(state);
        };
        let again = about
            .within
            .is_some_and(|within| self.study.is_in_loop(within.index() as u32));
        match (link, &about.when) {
            (Link::Show, Some(when)) => self.hold(when, state, true),
            (Link::Pass, Some(when)) if !again => self.hold(when, state, false),
            _ => Some(state),
        }
    }

    /// After an answer to a question: given by somebody, or passed silently because it is known.
    fn answer(
        &mut self,
        id: StepId,
        step: &Step,
        question: &Question,
        arm: &Arm,
        state: StateId,
    ) -> Option<StateId> {
        let slot = self.tracked.slot(question.fact);
        let known = slot.and_then(|slot| Some((slot, self.states.fact(state, slot)?.clone())));
        let Some((slot, known)) = known else {
            return Some(self.stop(state));
        };
        let kind = self.tracked.kind(slot)?.clone();
        let passed = matches!(question.fact, FactRef::Shared(_)) && !step.must_be_shown();
        let asked = if passed && !self.comes_again(id) {
            known.unknown()
        } else {
            known.clone()
        };
        let after = match arm {
            Arm::Tried | Arm::Cannot => known,
            Arm::Unsure => asked.give(&Domain::unset()),
            _ => {
                let value = answered::by(self.study.subject.tree, id, question, &kind, arm);
                let given = asked.give(&value);
                if passed {
                    given.join(&known.known().meet(&value))
                } else {
                    given
                }
            }
        };
        let stopped = if asked.is_empty() {
            state
        } else {
            self.stop(state)
        };
        self.states.change(stopped, [(slot, after)])
    }

    /// Back from a called tree by one of the call's edges. Of a tree of which nothing is known it is taken that it gave
    /// every fact a value and that only agents come back, so that nobody is blamed for what it may see to.
    fn come_back(&mut self, call: &Call, arm: &Arm, state: StateId) -> Option<StateId> {
        let Some(summary) = self.summaries.get(call.tree) else {
            let stopped = self.stop(state);
            let agents = self.only_agents(stopped)?;
            return self.give_all(agents);
        };
        let mut after = None;
        for facts in summary.by_edge(call, arm) {
            let changed = self.after_call(&summary.facts, facts, state);
            after = self.either(after, changed);
        }
        after
    }

    fn only_agents(&mut self, state: StateId) -> Option<StateId> {
        let Some(slot) = self.tracked.slot(FactRef::Audience) else {
            return Some(state);
        };
        let only = agent(self.tracked.kind(slot)?);
        let fact = self.states.fact(state, slot)?.give(&only);
        self.states.change(state, [(slot, fact)])
    }

    fn after_call(
        &mut self,
        facts: &[FactRef],
        known: &[Knowledge],
        state: StateId,
    ) -> Option<StateId> {
        let changed: Vec<_> = facts
            .iter()
            .zip(known)
            .filter_map(|(fact, known)| {
                let slot = self.tracked.slot(*fact)?;
                Some((slot, self.states.fact(state, slot)?.then(known)))
            })
            .collect();
        self.states.change(state, changed)
    }

    fn either(&mut self, one: Option<StateId>, other: Option<StateId>) -> Option<StateId> {
        match (one, other) {
            (Some(one), Some(other)) => Some(self.states.join(one, other)),
            (one, other) => one.or(other),
        }
    }

    /// After a step at which the walk stopped: an agent may have taken the case over, on another channel.
    fn stop(&mut self, state: StateId) -> StateId {
        if let Some(stopped) = self.stopped.get(&state) {
            return *stopped;
        }
        let changed: Vec<_> = [FactRef::Audience, FactRef::Channel]
            .into_iter()
            .filter_map(|fact| {
                let slot = self.tracked.slot(fact)?;
                let kind = self.tracked.kind(slot)?;
                let taken_over = match fact {
                    FactRef::Audience => agent(kind),
                    _ => Domain::of(kind),
                };
                let fact = self.states.fact(state, slot)?;
                Some((slot, fact.join(&fact.give(&taken_over))))
            })
            .collect();
        let stopped = self.states.change(state, changed).unwrap_or(state);
        self.stopped.insert(state, stopped);
        stopped
    }

    /// What an edge sets.
    fn set(&mut self, edge: EdgeId, state: StateId) -> Option<StateId> {
        let Some(words) = self.edge(edge).and_then(|edge| edge.words.as_ref()) else {
            return Some(state);
        };
        let set: Vec<_> = words
            .set
            .iter()
            .filter_map(|(fact, value)| {
                let slot = self.tracked.slot(FactRef::Shared(*fact))?;
                let value = Domain::only(self.tracked.kind(slot)?, value);
                Some((slot, self.states.fact(state, slot)?.give(&value)))
            })
            .collect();
        self.states.change(state, set)
    }
}

impl<'a> Flow<'a> {
    /// Whether who has already done what a question says to do goes on by `next` without an answer.
    pub(super) fn can_be_skipped(&self, question: StepId) -> bool {
        let tree = self.study.subject.tree;
        let tried = tree.edge(question, |arm| matches!(arm, Arm::Tried));
        tree.step(question).instruction.is_some() && tried.is_none()
    }

    pub(super) fn edge(&self, id: EdgeId) -> Option<&'a Edge> {
        self.study.subject.tree.graph().edge_weight(id)
    }
}
