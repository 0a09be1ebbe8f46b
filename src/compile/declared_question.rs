//! Questions with `fact:`: they ask for what the library file declares, and give an edge for every answer of it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::condition::{FactRef, FactType, Text};
use crate::diagnostic::{Code, nearest};
use crate::syntax::{Kind, QuestionNode, StepNode};
use crate::tree::{
    Arm, Choice, FactDeclaration, PublicText, Question, QuestionKind, StepId, StepKind,
};

use super::calls::listed;
use super::edges::suggest;
use super::link::Linker;
use super::misdeclared_fact::Blamed;

/// An answer that a fact cannot have.
struct Unknown<'k> {
    /// Its place in `answers:`.
    at: usize,
    /// The answer that it is near to.
    near: Option<&'k Arc<str>>,
}

impl<'a> Linker<'_, 'a> {
    /// A question whose fact is not known may have any answers: it is taken as if it had no `fact:`.
    pub fn question_of_unknown_fact(
        &mut self,
        id: StepId,
        step: &'a StepNode,
        question: &'a QuestionNode,
    ) {
        // Something is asked, whatever it is.
        let name = question.fact.as_ref().unwrap_or(&step.name);
        let ask = PublicText(Text::literal(Arc::clone(&name.value)));
        self.change(id, |node| node.ask = node.ask.take().or(Some(ask)));
        let kind = match (&question.kind, question.answers.is_empty()) {
            (Kind::Declared | Kind::Choice, false) => {
                QuestionKind::Choice(self.choices(&question.answers, &[]))
            }
            _ => QuestionKind::YesNo,
        };
        let kind = Question {
            fact: FactRef::Step(id.index() as u32),
            kind,
            probe: None,
        };
        self.set_kind(id, StepKind::Question(Box::new(kind)));
        self.lost_edge(id, Arm::Next(None), step.name.span);
    }

    /// What a question with `fact:` asks for: what the declaration says.
    pub fn declared_kind(
        &mut self,
        id: StepId,
        step: &'a StepNode,
        question: &'a QuestionNode,
        declaration: &FactDeclaration,
    ) -> QuestionKind {
        let name = &*declaration.name;
        match &declaration.kind {
            FactType::YesNo => {
                self.no_answers(question, name, "a yes/no fact: write `yes:` and `no:`");
                self.yes_and_no(id, step, question);
                QuestionKind::YesNo
            }
            FactType::Choice(keys) => {
                self.no_yes_and_no(question, name, keys);
                let unknown = self.declared_answers(id, question, name, keys);
                QuestionKind::Choice(self.declared_choices(question, declaration, &unknown))
            }
            FactType::Many(keys) => {
                self.no_yes_and_no(question, name, keys);
                let unknown = self.unknown_answers(question, name, keys);
                self.needs_next(id, step, question);
                QuestionKind::Many(self.declared_choices(question, declaration, &unknown))
            }
            FactType::Number(spec, _) => {
                self.no_yes_and_no(question, name, &[]);
                if question.answers.is_empty() {
                    self.needs_next(id, step, question);
                }
                self.number(id, question, spec, Some(name))
            }
            FactType::Text(spec) => {
                self.no_yes_and_no(question, name, &[]);
                if !self.no_answers(question, name, "a text: write `next:`") {
                    self.needs_next(id, step, question);
                }
                QuestionKind::Text(Arc::clone(spec))
            }
            FactType::Date(spec) => {
                self.no_yes_and_no(question, name, &[]);
                if !self.no_answers(question, name, "a date: write `next:`") {
                    self.needs_next(id, step, question);
                }
                QuestionKind::Date(*spec)
            }
        }
    }

    /// A question with `fact:` asks with the declaration's words where it has none of its own.
    pub fn words_of(&mut self, id: StepId, step: &StepNode, declaration: &FactDeclaration) {
        if step.ask.is_none() && declaration.ask.is_none() && !self.shared.facts_are_unread() {
            let name = &declaration.name;
            let finding = self
                .finding(
                    Code::MissingKey,
                    step.name.span,
                    format!("nothing says how `{name}` is asked for"),
                )
                .help("add `ask:` here, or to the fact in the library file");
            self.blame(name, &finding, Blamed::Ask);
            self.report_missing(finding);
        }
        // Where that is missing, something will be asked all the same.
        let name = || PublicText(Text::literal(Arc::clone(&declaration.name)));
        let Some(filled) = self.builder.step_mut(id) else {
            return;
        };
        if filled.ask.is_none() {
            filled.ask = declaration.ask.clone().or_else(|| Some(name()));
        }
        if let Some(help) = &declaration.help {
            let shown = filled.shown.get_or_insert_default();
            shown.help.get_or_insert_with(|| help.clone());
        }
    }

    /// The choices of a question with `fact:`: its own, in its own order, or all that are declared. Unknown ones are
    /// taken for the nearest.
    fn declared_choices(
        &mut self,
        question: &'a QuestionNode,
        declaration: &FactDeclaration,
        unknown: &[Unknown<'_>],
    ) -> Box<[Choice]> {
        if question.answers.is_empty() {
            return declaration.choices.clone();
        }
        let mut choices = self.choices(&question.answers, &declaration.choices);
        for unknown in unknown {
            let taken = |key: &Arc<str>| choices.iter().any(|choice| choice.key == *key);
            let near = unknown.near.filter(|near| !taken(near));
            if let (Some(choice), Some(near)) = (choices.get_mut(unknown.at), near) {
                choice.key = Arc::clone(near);
            }
        }
        choices
    }

    /// The answers of a question with `fact:` are those that are declared, all of them. Returns those that are not.
    fn declared_answers<'k>(
        &mut self,
        id: StepId,
        question: &QuestionNode,
        name: &str,
        keys: &'k [Arc<str>],
    ) -> Vec<Unknown<'k>> {
        let unknown = self.unknown_answers(question, name, keys);
        self.every_answer_leads_on(id, question);
        let arms = question.yes.is_some() || question.no.is_some();
        if !unknown.is_empty() || arms || question.next.is_some() {
            return unknown;
        }
        let named: HashSet<&str> = question
            .answers
            .iter()
            .map(|answer| &*answer.key.value)
            .collect();
        let span = question.answers_span.unwrap_or(question.kind_span);
        for key in keys.iter().filter(|key| !named.contains(&***key)) {
            let finding = self
                .finding(
                    Code::MissingAnswer,
                    span,
                    format!("`{name}` can also be `{key}`, which leads nowhere"),
                )
                .help(format!(
                    "add an edge for `{key}`, or use one `next:` for all"
                ));
            self.report_missing(finding);
            self.lost_edge(id, Arm::Next(None), span);
        }
        unknown
    }

    /// Reports the answers that a fact cannot have, and returns them.
    fn unknown_answers<'k>(
        &mut self,
        question: &QuestionNode,
        name: &str,
        keys: &'k [Arc<str>],
    ) -> Vec<Unknown<'k>> {
        let mut unknown = Vec::new();
        let known: HashSet<&str> = keys.iter().map(|key| &**key).collect();
        for (at, answer) in question.answers.iter().enumerate() {
            let (word, span) = (&*answer.key.value, answer.key.span);
            if known.contains(word) {
                continue;
            }
            let near = self.guess(keys.len());
            let near = near.and_then(|()| nearest(word, keys.iter().map(|key| &**key)));
            unknown.push(Unknown {
                at,
                near: near.and_then(|near| keys.iter().find(|key| ***key == *near)),
            });
            let finding = self.finding(
                Code::UnknownAnswer,
                span,
                format!("the fact `{name}` has no answer `{word}`"),
            );
            let finding = match near {
                None => finding.help(format!("its answers are {}", listed(keys))),
                near => suggest(finding, span, near),
            };
            self.blame(name, &finding, Blamed::Answer(word.into()));
            self.report(finding);
        }
        unknown
    }

    /// Reports `answers:` beside a fact that has none; whether they are there.
    fn no_answers(&mut self, question: &QuestionNode, name: &str, what: &str) -> bool {
        if question.answers.is_empty() {
            return false;
        }
        let span = question.answers_span.unwrap_or(question.kind_span);
        let finding = self
            .finding(
                Code::ConflictingKeys,
                span,
                "`answers` does not go with this fact",
            )
            .help(format!("`{name}` is declared as {what}"));
        self.blame(name, &finding, Blamed::Kind);
        self.report(finding);
        true
    }

    /// `yes:` and `no:` beside a fact that is neither.
    fn no_yes_and_no(&mut self, question: &QuestionNode, name: &str, keys: &[Arc<str>]) {
        let Some(edge) = question.yes.as_ref().or(question.no.as_ref()) else {
            return;
        };
        let finding = self.finding(
            Code::ConflictingKeys,
            edge.span,
            format!("`{name}` is not a yes/no fact"),
        );
        let finding = match keys {
            [] => finding.help("use `next:` instead of `yes:` and `no:`"),
            keys => finding.help(format!(
                "use `answers:` instead, with an edge for {}",
                listed(keys)
            )),
        };
        self.report(finding);
    }

    /// A question whose answer does not decide needs `next:`.
    fn needs_next(&mut self, id: StepId, step: &StepNode, question: &QuestionNode) {
        if question.next.is_some() || question.yes.is_some() || question.no.is_some() {
            return;
        }
        let span = step.name.span;
        let finding = self
            .finding(
                Code::MissingKey,
                span,
                "nothing says where this question leads",
            )
            .help("add `next:` with a step's name");
        self.report_missing(finding);
        self.lost_edge(id, Arm::Next(None), span);
    }
}
