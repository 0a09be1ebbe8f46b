//! Fills the facts into texts and shows values as people read them: labels for keys, numbers with their unit.

use std::borrow::Cow;

use crate::condition::{FactRef, Facts, Value};
use crate::tree::{
    AgentText, Choice, Library, PublicText, QuestionKind, Remedy, StepId, StepKind, Tree,
};

use super::SOLVED;
use super::markdown::{AgentMarkdown, PublicMarkdown};
use crate::session::answer::Here;
use crate::session::trail::Part;

/// Everything that is needed to render the texts of one tree at one moment of a walk.
#[derive(Clone, Copy)]
pub(in crate::session) struct Words<'s> {
    pub(super) library: &'s Library,
    pub(super) tree: &'s Tree,
    pub(super) facts: &'s dyn Facts,
}

impl<'s> Words<'s> {
    pub(in crate::session) const fn new(
        library: &'s Library,
        tree: &'s Tree,
        facts: &'s dyn Facts,
    ) -> Self {
        Self {
            library,
            tree,
            facts,
        }
    }

    pub(in crate::session) fn public(self, text: &PublicText) -> PublicMarkdown {
        PublicMarkdown(text.0.fill(|fact| self.fact(fact), true).into_owned())
    }

    pub(super) fn maybe(self, text: &Option<PublicText>) -> Option<PublicMarkdown> {
        text.as_ref().map(|text| self.public(text))
    }

    pub(super) fn agent(self, text: &AgentText) -> AgentMarkdown {
        AgentMarkdown(
            text.for_agents()
                .fill(|fact| self.fact(fact), true)
                .into_owned(),
        )
    }

    /// A text that is not Markdown: an argument of a command.
    pub(super) fn plain(self, text: &crate::condition::Text) -> String {
        text.fill(|fact| self.fact(fact), false).into_owned()
    }

    /// A fact as people read it.
    fn fact(self, fact: FactRef) -> Option<Cow<'s, str>> {
        let value = self.facts.value(fact)?;
        Some(match fact {
            FactRef::Shared(at) => self.shared(at, value),
            FactRef::Step(at) => self.step(at, value),
            _ => value.to_string().into(),
        })
    }

    /// A shared fact's value as people read it.
    pub(super) fn shared(self, fact: u32, value: &'s Value) -> Cow<'s, str> {
        let declared = self.library.fact(fact);
        self.labelled(&declared.choices, value)
            .unwrap_or_else(|| declared.kind.show(value))
    }

    /// A step fact's value as people read it.
    pub(super) fn step(self, step: u32, value: &'s Value) -> Cow<'s, str> {
        let step = self.tree.graph().node_weight(StepId::new(step as usize));
        match step.map(|step| &step.kind) {
            Some(StepKind::Question(question)) => self.answer(&question.kind, value),
            _ => value.to_string().into(),
        }
    }

    /// An answer to a question as people read it.
    pub(super) fn answer(self, kind: &'s QuestionKind, value: &'s Value) -> Cow<'s, str> {
        match (kind, value) {
            (QuestionKind::Choice(choices) | QuestionKind::Many(choices), value) => self
                .labelled(choices, value)
                .unwrap_or_else(|| value.to_string().into()),
            (QuestionKind::Number(spec, _), Value::Number(number)) => match &spec.unit {
                Some(unit) => format!("{number} {unit}").into(),
                None => number.to_string().into(),
            },
            (_, value) => value.to_string().into(),
        }
    }

    /// Keys as their labels; `None` where the value is no key.
    fn labelled(self, choices: &'s [Choice], value: &'s Value) -> Option<Cow<'s, str>> {
        match value {
            Value::Choice(key) => choices
                .iter()
                .find(|choice| choice.key == *key)
                .map(|choice| self.label(choice)),
            Value::Many(keys) if !keys.is_empty() && !choices.is_empty() => {
                let picked = choices.iter().filter(|choice| keys.contains(&choice.key));
                let labels: Vec<Cow<'_, str>> = picked.map(|choice| self.label(choice)).collect();
                Some(labels.join(", ").into())
            }
            Value::Many(keys) if keys.is_empty() => Some("none".into()),
            _ => None,
        }
    }

    /// A choice's label. A label inside a label would never end: facts in it show their plain values.
    fn label(self, choice: &'s Choice) -> Cow<'s, str> {
        let plain = |fact| self.facts.value(fact).map(|value| value.to_string().into());
        match &choice.label {
            Some(label) => label.0.fill(plain, false),
            None => Cow::Borrowed(&choice.key),
        }
    }

    /// An answer to a prompt as people read it.
    pub(super) fn reply(self, here: Here<'s>, value: &'s Value) -> String {
        match (here.part, &here.step.kind) {
            (Part::Need(fact), _) => self.shared(fact, value).into_owned(),
            (Part::Step, StepKind::Question(question)) => {
                self.answer(&question.kind, value).into_owned()
            }
            _ => value.to_string(),
        }
    }

    /// How a shared fact is asked for where nothing else is said.
    pub(super) fn declared_ask(self, fact: u32) -> PublicMarkdown {
        let declared = self.library.fact(fact);
        self.maybe(&declared.ask)
            .unwrap_or_else(|| PublicMarkdown(declared.name.to_string()))
    }

    /// The question after a remedy: its own, else the tree's, else whether the problem is solved.
    pub(super) fn check(self, remedy: &Remedy) -> PublicMarkdown {
        let own = self.maybe(&remedy.check);
        let check = own.or_else(|| self.maybe(&self.tree.about.check));
        check.unwrap_or_else(|| PublicMarkdown(SOLVED.to_owned()))
    }
}
