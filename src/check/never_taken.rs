//! `never-true` for the answers of a number question: one that no number is left for, by the question's limits or by the
//! answers before it. Ranges that share several numbers are `overlapping-answers`, and nothing more is said of them.

use std::sync::Arc;

use crate::condition::{Domain, FactType, NumberSpec};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{QuestionNode, StepNode};
use crate::tree::{NumberAnswer, NumberTest};

use super::Subject;
use super::numbers::{between, ranged};
use super::overlapping_answers::{overlap, span};

/// Judges a question for a number that has answers.
pub fn check(subject: &Subject<'_>, step: &StepNode, found: &mut Vec<Diagnostic>) {
    if let Some((asked, spec, answers)) = ranged(subject, step) {
        judge(subject, asked, spec, answers, found);
    }
}

fn judge(
    subject: &Subject<'_>,
    asked: &QuestionNode,
    spec: &NumberSpec,
    answers: &[NumberAnswer],
    found: &mut Vec<Diagnostic>,
) {
    let kind = FactType::Number(spec.clone(), Arc::default());
    let all = between(&kind, &NumberTest::Otherwise);
    if is_nothing(&all, spec) {
        return;
    }
    let mut left = all;
    let (others, ranges): (Vec<_>, Vec<_>) = answers
        .iter()
        .enumerate()
        .filter(|(_, answer)| answer.test != NumberTest::Word)
        .partition(|(_, answer)| answer.test == NumberTest::Otherwise);
    for (at, answer) in ranges {
        let own = between(&kind, &answer.test);
        let label = if is_nothing(&own, spec) {
            format!("the question takes {}", accepted(spec))
        } else if is_nothing(&left.meet(&own), spec) && !overlaps(spec, answers, at) {
            "the answers before it take all of its numbers".to_owned()
        } else {
            left = left.minus(&own);
            continue;
        };
        let help = "take it out, or change its numbers";
        found.push(report(subject, asked, answer, label).help(help));
    }
    for (_, answer) in others.iter().filter(|_| is_nothing(&left, spec)) {
        let label = "the other answers take every number".to_owned();
        found.push(report(subject, asked, answer, label).help("take it out"));
    }
}

/// Whether no number can be answered that is in it.
fn is_nothing(domain: &Domain, spec: &NumberSpec) -> bool {
    domain.is_empty() || spec.decimals.is_some() && domain.example().is_none()
}

/// Whether it shares several numbers with an answer before it, which is reported.
fn overlaps(spec: &NumberSpec, answers: &[NumberAnswer], at: usize) -> bool {
    let answer = answers.get(at);
    let mut earlier = answers.iter().take(at);
    answer.is_some_and(|answer| earlier.any(|other| overlap(spec, other, answer).is_some()))
}

/// What numbers a question takes.
fn accepted(spec: &NumberSpec) -> String {
    let numbers = match (spec.min, spec.max) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("{min} and more"),
        (None, Some(max)) => format!("{max} and less"),
        (None, None) => "numbers".to_owned(),
    };
    match spec.decimals {
        Some(0) => format!("{numbers}, whole numbers only"),
        Some(decimals) => format!("{numbers}, with {decimals} decimals"),
        None => numbers,
    }
}

fn report(
    subject: &Subject<'_>,
    asked: &QuestionNode,
    answer: &NumberAnswer,
    label: String,
) -> Diagnostic {
    let key = &answer.key;
    Diagnostic::new(
        Code::NeverTrue,
        subject.place(span(asked, key)),
        format!("no number is left for `{key}`"),
    )
    .label(label)
}
