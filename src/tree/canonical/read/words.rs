//! The meaning of names, texts and conditions while a library is read.

use std::collections::HashMap;
use std::sync::Arc;

use crate::condition::{self, Condition, FactRef, FactType, Hole, NumberSpec, Text};
use crate::tree::{AgentText, Audience, Channel, Choice, PublicText, StepId};

use super::super::Damaged;
use super::super::form::{ChoiceForm, StepForm, StepKindForm, TextForm};
use super::kind::step_type;
use super::{Shared, damaged};

/// Gives the meaning of names in texts and conditions.
#[derive(Clone, Copy)]
pub(super) struct Words<'s> {
    pub(super) shared: &'s Shared,
    pub(super) steps: Option<&'s Steps>,
}

/// The steps of a tree by name, with the types of their facts.
pub(super) struct Steps {
    ids: HashMap<Arc<str>, u32>,
    types: Vec<Option<FactType>>,
}

impl Steps {
    pub(super) fn of(forms: &[StepForm]) -> Result<Self, Damaged> {
        let mut ids = HashMap::with_capacity(forms.len());
        let mut types = Vec::with_capacity(forms.len());
        for (at, form) in forms.iter().enumerate() {
            if ids.insert(Arc::clone(&form.name), at as u32).is_some() {
                return damaged(format!("two steps are named `{}`", form.name));
            }
            types.push(match &form.kind {
                StepKindForm::Question {
                    fact: None, kind, ..
                } => step_type(kind)?,
                _ => None,
            });
        }
        Ok(Self { ids, types })
    }

    pub(super) fn find(&self, name: &str) -> Result<StepId, Damaged> {
        match self.ids.get(name) {
            Some(at) => Ok(StepId::new(*at as usize)),
            None => damaged(format!("there is no step `{name}`")),
        }
    }
}

impl Words<'_> {
    fn steps(&self) -> Result<&Steps, Damaged> {
        self.steps
            .ok_or_else(|| Damaged("a step is named where none can be".into()))
    }

    pub(super) fn step(self, name: &str) -> Result<StepId, Damaged> {
        self.steps()?.find(name)
    }

    pub(super) fn maybe_step(self, name: Option<Arc<str>>) -> Result<Option<StepId>, Damaged> {
        name.map(|name| self.step(&name)).transpose()
    }

    fn look_up(self, name: &str) -> Option<FactRef> {
        match name {
            "audience" => return Some(FactRef::Audience),
            "channel" => return Some(FactRef::Channel),
            _ => {}
        }
        if let Some(fact) = self.shared.find_fact(name) {
            return Some(FactRef::Shared(fact));
        }
        self.steps?.ids.get(name).map(|at| FactRef::Step(*at))
    }

    fn type_of(self, fact: FactRef) -> Option<FactType> {
        match fact {
            FactRef::Shared(at) => Some(self.shared.facts.get(at as usize)?.kind.clone()),
            FactRef::Step(at) => self.steps?.types.get(at as usize)?.clone(),
            FactRef::Audience => Some(FactType::Choice(
                Audience::NAMES.into_iter().map(Arc::from).collect(),
            )),
            FactRef::Channel => Some(FactType::Choice(
                Channel::NAMES.into_iter().map(Arc::from).collect(),
            )),
            FactRef::Exit => Some(FactType::Number(NumberSpec::default(), Arc::default())),
            FactRef::Output => Some(FactType::Text(Arc::default())),
        }
    }

    pub(super) fn condition(self, source: &str) -> Result<Condition, Damaged> {
        self.condition_over(source, |name| self.look_up(name))
    }

    /// The condition of a probe, which reads nothing but how the command went.
    pub(super) fn probe_condition(self, source: &str) -> Result<Condition, Damaged> {
        self.condition_over(source, |name| match name {
            "exit" => Some(FactRef::Exit),
            "output" => Some(FactRef::Output),
            _ => None,
        })
    }

    fn condition_over(
        self,
        source: &str,
        look_up: impl Fn(&str) -> Option<FactRef>,
    ) -> Result<Condition, Damaged> {
        let mut lookup = |name: &str| {
            let fact = look_up(name)?;
            Some((fact, self.type_of(fact)?))
        };
        condition::parse(source)
            .and_then(|parsed| parsed.resolve(&mut lookup))
            .map_err(|_| Damaged(format!("the condition `{source}` cannot be read")))
    }

    pub(super) fn text(self, form: TextForm) -> Result<Text, Damaged> {
        let (text, facts) = match form {
            TextForm::Plain(text) => return Ok(Text::literal(text)),
            TextForm::Filled { text, facts } => (text, facts),
        };
        let hole = |(start, end, name): (u32, u32, Option<Arc<str>>)| {
            let known = name.map(|name| {
                self.look_up(&name)
                    .ok_or_else(|| Damaged(format!("there is no fact `{name}`")))
            });
            Ok(Hole {
                range: start..end,
                fact: known.transpose()?,
            })
        };
        let holes = facts
            .into_iter()
            .map(hole)
            .collect::<Result<_, Damaged>>()?;
        Text::with_holes(text, holes)
            .ok_or_else(|| Damaged("a text has its facts at wrong places".into()))
    }

    pub(super) fn public(self, form: TextForm) -> Result<PublicText, Damaged> {
        self.text(form).map(PublicText)
    }

    pub(super) fn maybe(self, form: Option<TextForm>) -> Result<Option<PublicText>, Damaged> {
        form.map(|form| self.public(form)).transpose()
    }

    pub(super) fn agent(self, form: Option<TextForm>) -> Result<Option<AgentText>, Damaged> {
        form.map(|form| self.text(form).map(AgentText::new))
            .transpose()
    }

    pub(super) fn choices(self, forms: Vec<ChoiceForm>) -> Result<Box<[Choice]>, Damaged> {
        let choice = |ChoiceForm { key, label, help }| {
            Ok(Choice {
                key,
                label: self.maybe(label)?,
                help: self.maybe(help)?,
            })
        };
        forms.into_iter().map(choice).collect()
    }
}
