//! `overlapping-answers`: ranges of a number that share more than a boundary.

use std::sync::Arc;

use crate::condition::domain::Cut;
use crate::condition::{Domain, FactType, Number, NumberSpec, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{QuestionNode, StepNode};
use crate::tree::{NumberAnswer, NumberTest};

use super::Subject;
use super::numbers::{bounds, ranged};

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
    for (at, answer) in answers.iter().enumerate() {
        let mut earlier = answers.iter().take(at);
        let Some((other, shared)) =
            earlier.find_map(|other| Some((other, overlap(spec, other, answer)?)))
        else {
            continue;
        };
        let (key, other_key) = (&answer.key, &other.key);
        let message = format!("`{key}` and `{other_key}` hold the same numbers");
        let place = subject.place(span(asked, key));
        found.push(
            Diagnostic::new(Code::OverlappingAnswers, place, message)
                .label(format!(
                    "{shared} is also in `{other_key}`, which takes it first"
                ))
                .also(subject.place(span(asked, other_key)), "stands first")
                .help("let each range begin where the one before it ends"),
        );
    }
}

/// The numbers that two ranges share, where there are more than one.
pub(super) fn overlap(
    spec: &NumberSpec,
    one: &NumberAnswer,
    other: &NumberAnswer,
) -> Option<String> {
    if matches!(one.test, NumberTest::Otherwise) || matches!(other.test, NumberTest::Otherwise) {
        return None;
    }
    let (low, high) = bounds(&one.test)?;
    let (other_low, other_high) = bounds(&other.test)?;
    let (low, high) = (low.max(other_low), high.min(other_high));
    if low >= high {
        return None;
    }
    let words: Arc<[Arc<str>]> = Arc::default();
    let shared = Domain::between(spec, &words, low, high);
    let example = shared.example()?;
    let kind = FactType::Number(spec.clone(), words);
    let others = shared.minus(&Domain::only(&kind, &example));
    let Some(Value::Number(_)) = others.example() else {
        return None;
    };
    let limit = |cut: Cut<Number>, limit: Option<Number>| match cut {
        Cut::Before(number) | Cut::After(number) => Some(number),
        _ => limit,
    };
    Some(match (limit(low, spec.min), limit(high, spec.max)) {
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("what is above {low}"),
        (None, Some(high)) => format!("what is below {high}"),
        (None, None) => "every number".to_owned(),
    })
}

/// Where the key of an answer stands.
pub(super) fn span(asked: &QuestionNode, key: &str) -> Span {
    let mut answers = asked.answers.iter();
    let answer = answers.find(|answer| *answer.key.value == *key);
    answer.map_or(asked.kind_span, |answer| answer.key.span)
}
