//! What a walk can begin with: nothing known; then, for branches that no such walk takes, one fact known beforehand; then
//! as many as it takes to decide a condition.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::condition::{FactRef, Value};
use crate::session::Started;
use crate::tree::{Audience, Channel, Library, StepKind, Tree};

use super::super::stage::Stage;
use super::candidates::{Candidates, values};
use super::conditions::{Assignment, List};

/// A walk for an agent on the phone, with nothing known.
pub(super) fn plain(stage: &Stage<'_>) -> Started {
    Started::new(
        Arc::clone(&stage.tree.name),
        Audience::Agent,
        Channel::Phone,
    )
}

/// Starts with facts that decide a condition, each arm of each list once.
pub(super) fn deciding(stage: &Stage<'_>, candidates: &Candidates<'_>) -> Vec<Started> {
    let mut starts = Vec::new();
    for (list, assignments) in candidates.lists.iter().zip(&candidates.assignments) {
        for (arm, assignment) in assignments {
            let start = with(stage, &needed(list, assignment, *arm));
            if !starts.contains(&start) && start != plain(stage) {
                starts.push(start);
            }
        }
    }
    starts
}

/// Of an assignment what it takes to decide for an arm. All of it where it does not: each fact was looked at alone, and
/// some may still be asked.
fn needed(list: &List<'_>, assignment: &Assignment, arm: usize) -> Assignment {
    let mut needed = assignment.clone();
    if !list.decides(assignment, arm) {
        return needed;
    }
    for fact in assignment.keys() {
        let value = needed.remove(fact);
        if !list.decides(&needed, arm)
            && let Some(value) = value
        {
            needed.insert(*fact, value);
        }
    }
    needed
}

/// Starts with one shared fact known, of those that the tree looks at; or with another audience or channel.
pub(super) fn single(stage: &Stage<'_>, candidates: &Candidates<'_>, today: Date) -> Vec<Started> {
    let mut starts = Vec::new();
    for fact in looked_at(stage.alone(), candidates) {
        for value in known_values(stage.library(), candidates, fact, today) {
            let start = with(stage, &BTreeMap::from([(fact, value)]));
            if !starts.contains(&start) {
                starts.push(start);
            }
        }
    }
    starts
}

fn known_values(
    library: &Library,
    candidates: &Candidates<'_>,
    fact: FactRef,
    today: Date,
) -> Vec<Value> {
    let word = |word: &str| Value::Choice(word.into());
    match fact {
        FactRef::Audience => vec![word(Audience::Customer.name())],
        FactRef::Channel => Channel::NAMES.iter().map(|name| word(name)).collect(),
        FactRef::Shared(at) => {
            let mut all: Vec<Value> = candidates.deciding(fact).cloned().collect();
            all.extend(values(&library.fact(at).kind, today));
            all
        }
        FactRef::Step(_) | FactRef::Exit | FactRef::Output => Vec::new(),
    }
}

/// The facts that conditions read and that questions ask for.
fn looked_at(tree: &Tree, candidates: &Candidates<'_>) -> Vec<FactRef> {
    let asked = tree.steps().filter_map(|(_, step)| match &step.kind {
        StepKind::Question(question) => Some(question.fact),
        _ => None,
    });
    let mut facts: Vec<FactRef> = candidates.read().chain(asked).collect();
    facts.sort();
    facts.dedup();
    facts
}

/// A start with these values, as far as they can be known beforehand.
fn with(stage: &Stage<'_>, assignment: &Assignment) -> Started {
    let mut start = plain(stage);
    let mut channel = None;
    for (fact, value) in assignment {
        match (fact, value) {
            (FactRef::Shared(at), value) if *value != Value::Secret => {
                let name = &stage.library().fact(*at).name;
                start.facts.insert(Arc::clone(name), value.clone());
            }
            (FactRef::Audience, Value::Choice(word)) if **word == *Audience::Customer.name() => {
                start.audience = Audience::Customer;
            }
            (FactRef::Channel, Value::Choice(word)) => channel = Channel::from_name(word),
            _ => {}
        }
    }
    start.channel = channel.unwrap_or(match start.audience {
        Audience::Agent => Channel::Phone,
        Audience::Customer => Channel::SelfService,
    });
    start
}
