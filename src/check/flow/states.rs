//! What is known of all tracked facts at a place, held once however many places share it: a state is a number, and
//! where nothing happens to a fact, going on costs the comparison of two numbers.

use std::collections::HashMap;
use std::hash::Hash;
use std::rc::Rc;

use crate::condition::Domain;

use super::knowledge::Knowledge;

/// Names a state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StateId(u32);

/// All states of one tree.
#[derive(Debug, Default)]
pub struct States {
    knowledge: Pool<Knowledge>,
    now: Vec<Domain>,
    states: Pool<Box<[u32]>>,
    joins: HashMap<(StateId, StateId), StateId>,
    fact_joins: HashMap<(u32, u32), u32>,
}

impl States {
    /// The state in which each fact is known so.
    pub fn add(&mut self, facts: impl IntoIterator<Item = Knowledge>) -> StateId {
        let facts = facts.into_iter().map(|fact| self.add_fact(fact));
        let state = facts.collect();
        StateId(self.states.add(state))
    }

    /// What is known of a fact.
    pub fn fact(&self, state: StateId, slot: usize) -> Option<&Knowledge> {
        self.knowledge.get(*self.states.get(state.0)?.get(slot)?)
    }

    /// What a fact can be.
    pub fn now(&self, state: StateId, slot: usize) -> Option<&Domain> {
        self.now.get(*self.states.get(state.0)?.get(slot)? as usize)
    }

    /// The same but for these facts; `None` where one of them cannot be anything, so that there is no way here.
    pub fn change(
        &mut self,
        state: StateId,
        facts: impl IntoIterator<Item = (usize, Knowledge)>,
    ) -> Option<StateId> {
        let mut changed = self.states.get(state.0)?.clone();
        for (slot, fact) in facts {
            if fact.is_empty() {
                return None;
            }
            let fact = self.add_fact(fact);
            if let Some(place) = changed.get_mut(slot) {
                *place = fact;
            }
        }
        Some(StateId(self.states.add(changed)))
    }

    /// What is possible here or there.
    pub fn join(&mut self, one: StateId, other: StateId) -> StateId {
        if one == other {
            return one;
        }
        let key = if one.0 < other.0 {
            (one, other)
        } else {
            (other, one)
        };
        if let Some(joined) = self.joins.get(&key) {
            return *joined;
        }
        let joined = self.join_facts(one, other);
        self.joins.insert(key, joined);
        joined
    }

    fn join_facts(&mut self, one: StateId, other: StateId) -> StateId {
        let (Some(left), Some(right)) = (self.states.get(one.0), self.states.get(other.0)) else {
            return one;
        };
        let pairs: Vec<_> = left.iter().copied().zip(right.iter().copied()).collect();
        let facts = pairs.into_iter();
        let facts = facts.map(|(left, right)| self.join_fact(left, right));
        let joined = facts.collect();
        StateId(self.states.add(joined))
    }

    fn join_fact(&mut self, left: u32, right: u32) -> u32 {
        if left == right {
            return left;
        }
        let key = (left.min(right), left.max(right));
        if let Some(joined) = self.fact_joins.get(&key) {
            return *joined;
        }
        let (Some(one), Some(other)) = (self.knowledge.get(left), self.knowledge.get(right)) else {
            return left;
        };
        let joined = one.join(other);
        let joined = self.add_fact(joined);
        self.fact_joins.insert(key, joined);
        joined
    }

    fn add_fact(&mut self, fact: Knowledge) -> u32 {
        let id = self.knowledge.add(fact);
        if let Some(fact) = self.knowledge.get(id)
            && self.now.len() <= id as usize
        {
            self.now.push(fact.now());
        }
        id
    }
}

/// Values by number, equal ones once.
#[derive(Debug)]
struct Pool<T> {
    values: Vec<Rc<T>>,
    numbers: HashMap<Rc<T>, u32>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            numbers: HashMap::new(),
        }
    }
}

impl<T: Hash + Eq> Pool<T> {
    fn add(&mut self, value: T) -> u32 {
        if let Some(number) = self.numbers.get(&value) {
            return *number;
        }
        let (number, value) = (self.values.len() as u32, Rc::new(value));
        self.values.push(Rc::clone(&value));
        self.numbers.insert(value, number);
        number
    }

    fn get(&self, number: u32) -> Option<&T> {
        self.values.get(number as usize).map(|value| &**value)
    }
}
