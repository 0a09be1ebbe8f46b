//! Questions for a number: ranges, words for what is no number, and the numbers that no answer takes.

use std::sync::Arc;

use crate::condition::NumberSpec;
use crate::diagnostic::Code;
use crate::syntax::{AnswerNode, QuestionNode};
use crate::tree::{Arm, NumberAnswer, NumberTest, QuestionKind, StepId};

use super::gaps::gaps;
use super::link::Linker;
use super::ranges;

impl Linker<'_, '_> {
    /// The ranges and words of a number question; `fact` is the shared fact that it asks for.
    pub fn number(
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
                    None => finding.help(error.help.unwrap_or_default()),
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
        self.report_missing(finding);
        self.lost_edge(id, Arm::Next(None), span);
    }
}
