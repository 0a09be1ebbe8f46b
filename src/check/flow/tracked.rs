//! Which facts are worth following through a tree, and what values they take.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::condition::{Domain, FactRef, FactType};
use crate::tree::{Audience, Channel, NumberTest, Question, QuestionKind, StepId, StepKind};

use super::super::study::Study;
use super::super::uses::By;
use super::knowledge::Knowledge;
use super::summary::Summaries;

/// Step facts are only followed while this many numbers hold the states of a tree.
const MOST_NUMBERS: usize = 8_000_000;

/// The facts that are followed, in a fixed order.
#[derive(Debug, Default)]
pub struct Tracked {
    facts: Vec<(FactRef, FactType)>,
    slots: HashMap<FactRef, usize>,
}

impl Tracked {
    /// What has to be followed in this tree: shared facts that something in it or in a tree that it calls does anything
    /// to, if something in the library reads them (`read`); step facts that its conditions read; who walks and how one
    /// talks, if that matters.
    pub fn of(study: &Study<'_>, read: &HashSet<FactRef>, summaries: &Summaries) -> Self {
        let mut wanted = BTreeSet::new();
        let mut step_facts = BTreeSet::new();
        for used in &study.uses {
            match used.by {
                By::EndText(_) | By::Need(_) => {}
                By::Text(_) => wanted.extend(used.facts().filter(|fact| !is_step(*fact))),
                By::Next(..) | By::When(_) => {
                    let (own, others): (Vec<_>, Vec<_>) =
                        used.facts().partition(|fact| is_step(*fact));
                    step_facts.extend(own);
                    wanted.extend(others);
                }
            }
        }
        for (id, step) in study.subject.tree.steps() {
            match &step.kind {
                StepKind::Question(question) if !is_step(question.fact) => {
                    wanted.insert(question.fact);
                }
                StepKind::Call(call) => {
                    let summary = summaries.get(call.tree);
                    wanted.extend(
                        summary
                            .iter()
                            .flat_map(|summary| summary.facts.iter().copied()),
                    );
                }
                _ => {}
            }
            let edges = study.subject.tree.edges(id);
            let set = edges.flat_map(|(_, edge, _)| edge.words.iter().flat_map(|words| &words.set));
            wanted.extend(set.map(|(fact, _)| FactRef::Shared(*fact)));
        }
        wanted.retain(|fact| !matches!(fact, FactRef::Shared(_)) || read.contains(fact));
        if study.minds_audience() {
            wanted.insert(FactRef::Audience);
        }
        let room = MOST_NUMBERS / study.graph.len().max(1);
        wanted.extend(
            step_facts
                .into_iter()
                .take(room.saturating_sub(wanted.len())),
        );
        Self::new(study, wanted)
    }

    fn new(study: &Study<'_>, wanted: BTreeSet<FactRef>) -> Self {
        let typed = wanted
            .into_iter()
            .filter_map(|fact| Some((fact, kind(study, fact)?)));
        let facts: Vec<_> = typed.collect();
        let slots = facts.iter().map(|(fact, _)| *fact).zip(0..).collect();
        Self { facts, slots }
    }

    /// The place of a fact, if it is followed.
    pub fn slot(&self, fact: FactRef) -> Option<usize> {
        self.slots.get(&fact).copied()
    }

    /// All, with their types.
    pub fn iter(&self) -> impl Iterator<Item = &(FactRef, FactType)> {
        self.facts.iter()
    }

    /// The type of the fact at a place.
    pub fn kind(&self, slot: usize) -> Option<&FactType> {
        self.facts.get(slot).map(|(_, kind)| kind)
    }

    /// Whether nothing is followed.
    pub const fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }

    /// What is known when the tree is entered, whoever leads there: of shared facts nothing, of its own that there are
    /// none yet.
    pub fn at_start(&self, study: &Study<'_>) -> Vec<Knowledge> {
        let agents_only = study.subject.tree.about.audience == Some(Audience::Agent);
        let facts = self.facts.iter().map(|(fact, kind)| {
            let domain = match fact {
                FactRef::Shared(_) => Domain::anything(kind),
                FactRef::Audience if agents_only => agent(kind),
                FactRef::Audience | FactRef::Channel => Domain::of(kind),
                _ => Domain::unset(),
            };
            Knowledge::at_start(&domain)
        });
        facts.collect()
    }
}

/// The audience once an agent has taken a case over.
pub fn agent(kind: &FactType) -> Domain {
    let value = crate::condition::Value::Choice(Audience::Agent.name().into());
    Domain::only(kind, &value)
}

const fn is_step(fact: FactRef) -> bool {
    matches!(fact, FactRef::Step(_))
}

/// What values a fact takes; none where it is unknown.
pub fn kind(study: &Study<'_>, fact: FactRef) -> Option<FactType> {
    let subject = study.subject;
    let names = |names: &[&str]| -> FactType {
        FactType::Choice(names.iter().map(|name| Arc::from(*name)).collect())
    };
    match fact {
        FactRef::Shared(at) => {
            let declared = subject.library.facts.get(at as usize)?;
            Some(declared.kind.clone())
        }
        FactRef::Step(at) => {
            let inside = (at as usize) < subject.tree.len();
            let step = inside.then(|| subject.tree.step(StepId::new(at as usize)))?;
            match &step.kind {
                StepKind::Question(question) => Some(kind_of(question)),
                _ => None,
            }
        }
        FactRef::Audience => Some(names(&Audience::NAMES)),
        FactRef::Channel => Some(names(&Channel::NAMES)),
        FactRef::Exit | FactRef::Output => None,
    }
}

/// What values the answers of a question are.
fn kind_of(question: &Question) -> FactType {
    let keys = |choices: &[crate::tree::Choice]| -> Arc<[Arc<str>]> {
        choices
            .iter()
            .map(|choice| Arc::clone(&choice.key))
            .collect()
    };
    match &question.kind {
        QuestionKind::YesNo => FactType::YesNo,
        QuestionKind::Choice(choices) => FactType::Choice(keys(choices)),
        QuestionKind::Many(choices) => FactType::Many(keys(choices)),
        QuestionKind::Number(spec, answers) => {
            let words = answers
                .iter()
                .filter(|answer| answer.test == NumberTest::Word);
            FactType::Number(
                spec.clone(),
                words.map(|answer| Arc::clone(&answer.key)).collect(),
            )
        }
        QuestionKind::Text(spec) => FactType::Text(Arc::clone(spec)),
        QuestionKind::Date(spec) => FactType::Date(*spec),
    }
}
