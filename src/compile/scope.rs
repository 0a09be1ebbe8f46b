//! Which facts can be read in a tree, under which names, and what they can be.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::condition::{FactRef, FactType, NumberSpec, TextSpec};
use crate::syntax::{AnswerNode, Form, Kind, QuestionNode, Script};
use crate::tree::{Builder, NumberTest};

use super::misnamed_step::misnamed_step;
use super::misspelled_step::{MisspelledSteps, misspelled_steps};
use super::outline::Node;
use super::ranges;
use super::shared::Shared;

/// The facts that conditions and texts of one tree can name.
pub(super) struct Scope<'s, 'a> {
    pub shared: &'s Shared<'a>,
    pub script: &'a Script,
    /// Steps that everything calls otherwise than they are named.
    pub misspelled: &'s OnceCell<MisspelledSteps<'a>>,
    pub nodes: &'s [Node<'a>],
    pub builder: &'s Builder,
    /// Types of step facts that were looked up before.
    pub step_types: &'s mut HashMap<u32, FactType>,
    /// Whether `exit` and `output` can be read: in the condition of a probe, and nothing else then.
    pub probe: bool,
}

impl Scope<'_, '_> {
    /// What a name means.
    pub fn look_up(&mut self, name: &str) -> Option<(FactRef, FactType)> {
        if self.probe {
            return probe_fact(name);
        }
        match name {
            "audience" => return Some((FactRef::Audience, self.shared.audiences.clone())),
            "channel" => return Some((FactRef::Channel, self.shared.channels.clone())),
            _ => {}
        }
        let shared = self.shared.fact(name);
        let shared = shared.map(|(at, fact)| (FactRef::Shared(at), fact.kind.clone()));
        // A fact that nobody declares is not meant where the tree has a step of that name.
        if shared.is_some() && self.shared.facts_are_declared() {
            return shared;
        }
        self.step(name).or(shared)
    }

    fn misnamed_step(&self, name: &str) -> Option<usize> {
        let step = misnamed_step(self.script, name)?;
        Some(self.builder.find(&step.name.value)?.index())
    }

    fn misspelled_step(&self, name: &str) -> Option<usize> {
        let steps = self
            .misspelled
            .get_or_init(|| misspelled_steps(self.script, self.nodes, self.builder, self.shared));
        steps.get(name).map(|step| step.id.index())
    }

    /// The answer to a question without `fact:`.
    fn step(&mut self, name: &str) -> Option<(FactRef, FactType)> {
        let step = match self.builder.find(name) {
            Some(step) => step.index(),
            None => self
                .misnamed_step(name)
                .or_else(|| self.misspelled_step(name))?,
        };
        let question = question(self.nodes.get(step)?)?;
        if question.fact.is_some() || matches!(question.kind, Kind::Declared) {
            return None;
        }
        let step = step as u32;
        let kind = self
            .step_types
            .entry(step)
            .or_insert_with(|| fact_type(&question.kind, &question.answers));
        Some((FactRef::Step(step), kind.clone()))
    }
}

/// The question that an entry of `steps:` asks.
pub(super) fn question<'a>(node: &Node<'a>) -> Option<&'a QuestionNode> {
    match node {
        Node::Step(step) => match &step.form {
            Form::Question(question) => Some(question),
            _ => None,
        },
        _ => None,
    }
}

/// What the answers of a question or a declaration are.
pub(super) fn fact_type(kind: &Kind, answers: &[AnswerNode]) -> FactType {
    let keys = || answers.iter().map(|answer| Arc::clone(&answer.key.value));
    match kind {
        Kind::YesNo | Kind::Declared => FactType::YesNo,
        Kind::Choice => FactType::Choice(keys().collect()),
        Kind::Many => FactType::Many(keys().collect()),
        Kind::Number(spec) => {
            let word = |key: &Arc<str>| matches!(ranges::read(key, spec), Ok(NumberTest::Word));
            FactType::Number(spec.clone(), keys().filter(word).collect())
        }
        Kind::Text(spec) => FactType::Text(Arc::clone(spec)),
        Kind::Date(spec) => FactType::Date(*spec),
    }
}

/// `exit` and `output` of a probe.
fn probe_fact(name: &str) -> Option<(FactRef, FactType)> {
    match name {
        "exit" => {
            let whole = NumberSpec {
                decimals: Some(0),
                ..NumberSpec::default()
            };
            Some((FactRef::Exit, FactType::Number(whole, Arc::default())))
        }
        "output" => Some((
            FactRef::Output,
            FactType::Text(Arc::new(TextSpec::default())),
        )),
        _ => None,
    }
}
