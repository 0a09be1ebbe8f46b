//! What can still matter for the rest of a walk: two walks that stand at the same step and differ in nothing that can
//! matter from there on are the same to the generator.

use std::collections::hash_map::DefaultHasher;
use std::collections::{BTreeSet, HashMap};
use std::hash::{Hash, Hasher};

use petgraph::algo::kosaraju_scc;

use crate::condition::{FactRef, Facts};
use crate::session::Session;
use crate::tree::{StepId, StepKind, Tree};

/// How many things are kept apart; what is beyond that is not.
const MOST: usize = 256;

type Bits = [u64; MOST / 64];

/// Something in which two walks can differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    /// The value of a fact.
    Fact(FactRef),
    /// How often the walk was at a step: limits, remedies left out, questions asked again.
    Visits(StepId),
}

/// What can matter from each step on.
#[derive(Debug)]
pub(super) struct Relevant {
    things: Vec<Thing>,
    /// By step.
    from: Vec<Bits>,
    /// The most visits of a step that can be told apart.
    caps: HashMap<StepId, u32>,
}

impl Relevant {
    /// Looks at a tree; `read` are the facts that its conditions read.
    pub(super) fn of(tree: &Tree, read: impl Iterator<Item = FactRef>) -> Self {
        let components = kosaraju_scc(tree.graph());
        let mut things: BTreeSet<Thing> = read.map(Thing::Fact).collect();
        let mut caps = HashMap::new();
        for steps in &components {
            let ring = steps.len() > 1;
            for id in steps {
                let step = tree.step(*id);
                if let StepKind::Question(question) = &step.kind
                    && matches!(question.fact, FactRef::Shared(_))
                {
                    things.insert(Thing::Fact(question.fact));
                }
                if ring && let Some(cap) = cap(tree, *id) {
                    things.insert(Thing::Visits(*id));
                    caps.insert(*id, cap);
                }
            }
        }
        let things: Vec<Thing> = things.into_iter().take(MOST).collect();
        let from = reach(tree, &components, &things);
        Self { things, from, caps }
    }

    /// The mark of a walk: the same for walks that go on in the same way.
    pub(super) fn mark(&self, session: &Session, at: StepId, part: &str) -> u64 {
        let mut hasher = DefaultHasher::new();
        at.index().hash(&mut hasher);
        part.hash(&mut hasher);
        let live = self.from.get(at.index()).copied().unwrap_or_default();
        let visits = self.visits(session);
        for (place, thing) in self.things.iter().enumerate() {
            if !has(&live, place) {
                continue;
            }
            match thing {
                Thing::Fact(fact) => session.value(*fact).hash(&mut hasher),
                Thing::Visits(step) => visits.get(step).hash(&mut hasher),
            }
        }
        hasher.finish()
    }

    /// How often the walk was at the steps where that matters.
    fn visits(&self, session: &Session) -> HashMap<StepId, u32> {
        let mut visits = HashMap::new();
        if self.caps.is_empty() {
            return visits;
        }
        for passage in session.passages() {
            if let Some(cap) = self.caps.get(&passage.step) {
                let count = visits.entry(passage.step).or_insert(0);
                *count = (*count + 1).min(*cap);
            }
        }
        visits
    }
}

/// The most visits of a step that make a difference; none where they make none.
fn cap(tree: &Tree, id: StepId) -> Option<u32> {
    let step = tree.step(id);
    let once = match &step.kind {
        StepKind::Remedy(remedy) => remedy.within.is_some(),
        StepKind::Question(question) => matches!(question.fact, FactRef::Shared(_)),
        _ => false,
    };
    match (step.limit, once) {
        (Some(limit), _) => Some(limit.saturating_add(1)),
        (None, true) => Some(1),
        (None, false) => None,
    }
}

/// For each step the things that it, or a step that can come after it, looks at.
fn reach(tree: &Tree, components: &[Vec<StepId>], things: &[Thing]) -> Vec<Bits> {
    let places: HashMap<FactRef, usize> = facts(things);
    let mut from = vec![Bits::default(); tree.len()];
    let visited: HashMap<StepId, usize> = visits(things);
    // Components come after those that they lead to.
    for steps in components {
        let mut bits = Bits::default();
        for id in steps {
            let own = looked_at(tree, *id).filter_map(|fact| places.get(&fact));
            own.chain(visited.get(id))
                .for_each(|place| add(&mut bits, *place));
            for (_, _, to) in tree.edges(*id) {
                let further = from.get(to.index()).copied().unwrap_or_default();
                join(&mut bits, &further);
            }
        }
        for id in steps {
            if let Some(place) = from.get_mut(id.index()) {
                *place = bits;
            }
        }
    }
    from
}

fn facts(things: &[Thing]) -> HashMap<FactRef, usize> {
    let all = things.iter().enumerate();
    all.filter_map(|(place, thing)| match thing {
        Thing::Fact(fact) => Some((*fact, place)),
        Thing::Visits(_) => None,
    })
    .collect()
}

fn visits(things: &[Thing]) -> HashMap<StepId, usize> {
    let all = things.iter().enumerate();
    all.filter_map(|(place, thing)| match thing {
        Thing::Visits(step) => Some((*step, place)),
        Thing::Fact(_) => None,
    })
    .collect()
}

/// The facts that decide where a step leads, or whether it is asked.
fn looked_at(tree: &Tree, id: StepId) -> impl Iterator<Item = FactRef> {
    let conditions = tree.edges(id).filter_map(|(_, edge, _)| match &edge.arm {
        crate::tree::Arm::Next(Some(condition)) => Some(&**condition),
        _ => None,
    });
    let (when, asked) = match &tree.step(id).kind {
        StepKind::Remedy(remedy) => (remedy.when.as_ref(), None),
        StepKind::Question(question) if matches!(question.fact, FactRef::Shared(_)) => {
            (None, Some(question.fact))
        }
        _ => (None, None),
    };
    // A `try` looks at the conditions of its remedies, which come after it.
    let read = conditions
        .chain(when)
        .flat_map(|condition| condition.reads());
    read.map(|read| read.fact).chain(asked)
}

fn has(bits: &Bits, place: usize) -> bool {
    bits.get(place / 64)
        .is_some_and(|word| word & (1 << (place % 64)) != 0)
}

fn add(bits: &mut Bits, place: usize) {
    if let Some(word) = bits.get_mut(place / 64) {
        *word |= 1 << (place % 64);
    }
}

fn join(bits: &mut Bits, other: &Bits) {
    for (word, other) in bits.iter_mut().zip(other) {
        *word |= other;
    }
}
