//! Questions: what is asked for, by the step's own keys or by the declaration of its fact, and whether every answer
//! has an edge. What the edges lead to is not looked at here.

use std::collections::HashSet;
use std::sync::Arc;

use crate::condition::{FactRef, FactType, NumberSpec};
use crate::diagnostic::{Code, nearest};
use crate::source::Span;
use crate::syntax::{AnswerNode, Kind, QuestionNode, StepNode};
use crate::tree::{
    Arm, Choice, FactDeclaration, NumberAnswer, NumberTest, Question, QuestionKind, StepId,
    StepKind,
};

use super::calls::listed;
use super::edges::suggest;
use super::gaps::gaps;
use super::link::Linker;
use super::ranges;

impl<'a> Linker<'_, 'a> {
    /// What a question asks for; its edges are those of its ways.
    pub fn question(&mut self, id: StepId, step: &'a StepNode, question: &'a QuestionNode) {
        let declared = match &question.fact {
            None => None,
            Some(name) => match self.shared_fact(name) {
                Some(at) => Some(at),
                None => return self.question_of_unknown_fact(id, step, question),
            },
        };
        let (fact, kind) = match declared {
            None => (
                FactRef::Step(id.index() as u32),
                self.own_kind(id, step, question),
            ),
            Some(at) => {
                let shared = self.shared;
                #[allow(
                    clippy::indexing_slicing,
                    reason = "`shared_fact` gives places of this list"
                )]
                let declaration = &shared.facts[at as usize];
                self.words_of(id, step, declaration);
                (
                    FactRef::Shared(at),
                    self.declared_kind(id, step, question, declaration),
                )
            }
        };
        let probe = question.probe.as_ref().and_then(|probe| self.probe(probe));
        self.set_kind(
            id,
            StepKind::Question(Box::new(Question { fact, kind, probe })),
        );
    }

    /// A question whose fact is not known may have any answers: it is taken as if it had no `fact:`.
    fn question_of_unknown_fact(
        &mut self,
        id: StepId,
        step: &'a StepNode,
        question: &'a QuestionNode,
    ) {
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

    /// What a question with `fact:` asks for: what the declaration says.
    fn declared_kind(
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
                self.declared_answers(id, question, name, keys);
                QuestionKind::Choice(self.declared_choices(question, declaration))
            }
            FactType::Many(keys) => {
                self.no_yes_and_no(question, name, keys);
                self.unknown_answers(question, name, keys);
                self.needs_next(id, step, question);
                QuestionKind::Many(self.declared_choices(question, declaration))
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
    fn words_of(&mut self, id: StepId, step: &StepNode, declaration: &FactDeclaration) {
        if step.ask.is_none() && declaration.ask.is_none() {
            let name = &declaration.name;
            let finding = self
                .finding(
                    Code::MissingKey,
                    step.name.span,
                    format!("nothing says how `{name}` is asked for"),
                )
                .help("add `ask:` here, or to the fact in the library file");
            self.report(finding);
        }
        let Some(filled) = self.builder.step_mut(id) else {
            return;
        };
        if filled.ask.is_none() {
            filled.ask.clone_from(&declaration.ask);
        }
        if let Some(help) = &declaration.help {
            let shown = filled.shown.get_or_insert_default();
            shown.help.get_or_insert_with(|| help.clone());
        }
    }

    /// A yes/no question has both arms, or `next:`.
    fn yes_and_no(&mut self, id: StepId, step: &StepNode, question: &QuestionNode) {
        if question.next.is_some() || !question.answers.is_empty() {
            return;
        }
        if question.yes.is_none() {
            self.missing_arm(id, Arm::Yes, step.name.span, "yes");
        }
        if question.no.is_none() {
            self.missing_arm(id, Arm::No, step.name.span, "no");
        }
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
        self.report(finding);
        self.lost_edge(id, arm, span);
    }

    /// Each answer has an edge, where there is no `next:`.
    fn every_answer_leads_on(&mut self, id: StepId, question: &QuestionNode) {
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
    fn choices(&mut self, answers: &'a [AnswerNode], declared: &[Choice]) -> Box<[Choice]> {
        let choice = |answer: &'a AnswerNode| {
            let key = &answer.key.value;
            let extras = answer.edge.as_ref().and_then(|edge| edge.extras.as_ref());
            let written = extras
                .and_then(|extras| extras.label.as_ref())
                .or(answer.label.as_ref());
            let label = self.public(written).or_else(|| {
                let declared = declared.iter().find(|choice| choice.key == *key)?;
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

    /// The choices of a question with `fact:`: its own, in its own order, or all that are declared.
    fn declared_choices(
        &mut self,
        question: &'a QuestionNode,
        declaration: &FactDeclaration,
    ) -> Box<[Choice]> {
        if question.answers.is_empty() {
            return declaration.choices.clone();
        }
        self.choices(&question.answers, &declaration.choices)
    }

    /// The answers of a question with `fact:` are those that are declared, all of them.
    fn declared_answers(
        &mut self,
        id: StepId,
        question: &QuestionNode,
        name: &str,
        keys: &[Arc<str>],
    ) {
        let unknown = self.unknown_answers(question, name, keys);
        self.every_answer_leads_on(id, question);
        let arms = question.yes.is_some() || question.no.is_some();
        if unknown || arms || question.next.is_some() {
            return;
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
            self.report(finding);
            self.lost_edge(id, Arm::Next(None), span);
        }
    }

    /// Reports the answers that a fact cannot have; whether there were any.
    fn unknown_answers(&mut self, question: &QuestionNode, name: &str, keys: &[Arc<str>]) -> bool {
        let mut unknown = false;
        for answer in &question.answers {
            let (word, span) = (&*answer.key.value, answer.key.span);
            if keys.iter().any(|key| **key == *word) {
                continue;
            }
            unknown = true;
            let finding = self.finding(
                Code::UnknownAnswer,
                span,
                format!("the fact `{name}` has no answer `{word}`"),
            );
            let finding = match nearest(word, keys.iter().map(|key| &**key)) {
                None => finding.help(format!("its answers are {}", listed(keys))),
                near => suggest(finding, span, near),
            };
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
        self.report(finding);
        self.lost_edge(id, Arm::Next(None), span);
    }

    /// The ranges and words of a number question; `fact` is the shared fact that it asks for.
    fn number(
        &mut self,
        id: StepId,
        question: &QuestionNode,
        spec: &NumberSpec,
        fact: Option<&str>,
    ) -> QuestionKind {
        let mut answers = Vec::with_capacity(question.answers.len());
        let mut clear = true;
        for answer in &question.answers {
            let test = self.range(answer, spec, fact).unwrap_or_else(|| {
                clear = false;
                NumberTest::Word
            });
            answers.push(NumberAnswer {
                key: Arc::clone(&answer.key.value),
                test,
            });
        }
        self.every_answer_leads_on(id, question);
        if clear && !answers.is_empty() && question.next.is_none() {
            self.no_gaps(id, question, &answers, spec);
        }
        QuestionKind::Number(spec.clone(), answers.into())
    }

    /// Reads one answer of a number question; `None` where it is none, which is reported.
    fn range(
        &mut self,
        answer: &AnswerNode,
        spec: &NumberSpec,
        fact: Option<&str>,
    ) -> Option<NumberTest> {
        let (word, span) = (&*answer.key.value, answer.key.span);
        match (ranges::read(word, spec), fact) {
            (Ok(NumberTest::Word), Some(fact)) => {
                let finding = self
                    .finding(
                        Code::UnknownAnswer,
                        span,
                        format!("the fact `{fact}` is a number and cannot be `{word}`"),
                    )
                    .help("write a range, such as `below 5`, or `otherwise`");
                self.report(finding);
                None
            }
            (Ok(test), _) => Some(test),
            (Err(error), _) => {
                let finding = self.finding(Code::BadValue, span, format!("`{word}` {}", error.why));
                let finding = match error.meant {
                    Some(meant) => finding.help(format!("write `{meant}`")).replace(
                        format!("write `{meant}`"),
                        span,
                        meant,
                    ),
                    None => {
                        finding.help("write `below 5`, `5 to 20`, `above 20`, `5`, or `otherwise`")
                    }
                };
                self.report(finding);
                None
            }
        }
    }

    /// Every number that the question accepts is taken by an answer.
    fn no_gaps(
        &mut self,
        id: StepId,
        question: &QuestionNode,
        answers: &[NumberAnswer],
        spec: &NumberSpec,
    ) {
        let gaps = gaps(answers.iter().map(|answer| &answer.test), spec);
        let Some(first) = gaps.first() else {
            return;
        };
        let span = question.answers_span.unwrap_or(question.kind_span);
        let shown: Vec<&str> = gaps.iter().take(3).map(|gap| &*gap.numbers).collect();
        let more = if gaps.len() > 3 { " and more" } else { "" };
        let finding = self
            .finding(
                Code::MissingDefault,
                span,
                format!("no answer takes {}{more}", shown.join(", ")),
            )
            .label("some number falls through")
            .help(format!(
                "add an answer such as `{}`, or `otherwise`",
                first.key
            ));
        self.report(finding);
        self.lost_edge(id, Arm::Next(None), span);
    }
}
