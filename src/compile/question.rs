//! Questions: what is asked for, by the step's own keys or by the declaration of its fact, and whether every answer
//! has an edge. What the edges lead to is not looked at here.

use std::collections::HashMap;
use std::sync::Arc;

use crate::condition::FactRef;
use crate::diagnostic::Code;
use crate::source::Span;
use crate::syntax::{AnswerNode, Kind, QuestionNode, StepNode};
use crate::tree::{Arm, Choice, Question, QuestionKind, StepId, StepKind};

use super::link::Linker;

impl<'a> Linker<'_, 'a> {
    /// What a question asks for; its edges are those of its ways.
    pub fn question(&mut self, id: StepId, step: &'a StepNode, question: &'a QuestionNode) {
        let (fact, kind) = match &question.fact {
            // `fact:` is there, but what it names could not be read.
            None if matches!(question.kind, Kind::Declared) => {
                self.places.reads_unknown = true;
                return self.question_of_unknown_fact(id, step, question);
            }
            None => {
                let kind = self.own_kind(id, step, question);
                (FactRef::Step(id.index() as u32), kind)
            }
            Some(name) => match self.shared_fact(name) {
                Some((at, declaration)) => {
                    self.words_of(id, step, declaration);
                    let kind = self.declared_kind(id, step, question, declaration);
                    (FactRef::Shared(at), kind)
                }
                None => return self.question_of_unknown_fact(id, step, question),
            },
        };
        let probe = question.probe.as_ref().and_then(|probe| self.probe(probe));
        self.set_kind(
            id,
            StepKind::Question(Box::new(Question { fact, kind, probe })),
        );
    }

    /// What a question without `fact:` asks for.
    fn own_kind(
        &mut self,
        id: StepId,
        step: &'a StepNode,
        question: &'a QuestionNode,
    ) -> QuestionKind {
        match &question.kind {
            Kind::YesNo | Kind::Declared => {
                self.yes_and_no(id, step, question);
                QuestionKind::YesNo
            }
            Kind::Choice => {
                self.every_answer_leads_on(id, question);
                QuestionKind::Choice(self.choices(&question.answers, &[]))
            }
            Kind::Many => QuestionKind::Many(self.choices(&question.answers, &[])),
            Kind::Number(spec) => self.number(id, question, spec, None),
            Kind::Text(spec) => QuestionKind::Text(Arc::clone(spec)),
            Kind::Date(spec) => QuestionKind::Date(*spec),
        }
    }

    /// A yes/no question has both arms, or `next:`.
    pub fn yes_and_no(&mut self, id: StepId, step: &StepNode, question: &QuestionNode) {
        if question.next.is_some() || !question.answers.is_empty() {
            return;
        }
        match (&question.yes, &question.no) {
            (None, None) => self.missing_arms(id, step.name.span),
            (None, Some(_)) => self.missing_arm(id, Arm::Yes, step.name.span, "yes"),
            (Some(_), None) => self.missing_arm(id, Arm::No, step.name.span, "no"),
            (Some(_), Some(_)) => {}
        }
    }

    /// Neither arm is there: one thing was forgotten, not two.
    fn missing_arms(&mut self, id: StepId, span: Span) {
        let message = "nothing says where `yes` and `no` lead";
        let finding = self
            .finding(Code::MissingAnswer, span, message)
            .label("has no `yes:` and no `no:`")
            .help("add `yes:` and `no:`, each with a step's name or `stuck`; or `answers:`, if it is no yes/no question");
        self.report_missing(finding);
        self.lost_edge(id, Arm::Yes, span);
        self.lost_edge(id, Arm::No, span);
    }

    fn missing_arm(&mut self, id: StepId, arm: Arm, span: Span, answer: &str) {
        let finding = self
            .finding(
                Code::MissingAnswer,
                span,
                format!("nothing says where `{answer}` leads"),
            )
            .label(format!("has no `{answer}:`"))
            .help(format!(
                "add `{answer}:` with a step's name, or `{answer}: stuck`"
            ));
        self.report_missing(finding);
        self.lost_edge(id, arm, span);
    }

    /// Each answer has an edge, where there is no `next:`.
    pub fn every_answer_leads_on(&mut self, id: StepId, question: &QuestionNode) {
        if question.next.is_some() {
            return;
        }
        for (at, answer) in question.answers.iter().enumerate() {
            if answer.edge.is_none() {
                let key = &answer.key;
                self.missing_arm(id, Arm::Answer(at as u32), key.span, &key.value);
            }
        }
    }

    /// The choices of a question, labels from the edges, else from the declaration.
    pub fn choices(&mut self, answers: &'a [AnswerNode], declared: &[Choice]) -> Box<[Choice]> {
        let declared: HashMap<&str, &Choice> = declared
            .iter()
            .map(|choice| (&*choice.key, choice))
            .collect();
        let choice = |answer: &'a AnswerNode| {
            let key = &answer.key.value;
            let extras = answer.edge.as_ref().and_then(|edge| edge.extras.as_ref());
            let written = extras
                .and_then(|extras| extras.label.as_ref())
                .or(answer.label.as_ref());
            let label = self.public(written).or_else(|| {
                let declared = declared.get(&**key)?;
                declared.label.clone()
            });
            Choice {
                key: Arc::clone(key),
                label,
                help: self.public(extras.and_then(|extras| extras.help.as_ref())),
            }
        };
        answers.iter().map(choice).collect()
    }
}
