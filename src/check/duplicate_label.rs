//! `duplicate-label`: two answers of a question that read the same.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{LibraryScript, StepNode};

use super::Subject;
use super::answers::Shown;
use super::written::Written;

/// Up to so many answers each is compared with each; that needs no memory.
const FEW: usize = 16;

/// Judges the answers of a question.
pub fn check(
    subject: &Subject<'_>,
    _: &StepNode,
    shown: &[Shown<'_>],
    found: &mut Vec<Diagnostic>,
) {
    judge(subject.written(), shown, found);
}

/// Judges the choices of the declared facts.
pub fn check_library(script: &LibraryScript, written: Written<'_>, found: &mut Vec<Diagnostic>) {
    for fact in script.facts.iter().flatten() {
        let choices = fact.choices.iter();
        let shown: Vec<_> = choices
            .map(|choice| Shown::one(choice, None, false))
            .collect();
        judge(written, &shown, found);
    }
}

fn judge(written: Written<'_>, shown: &[Shown<'_>], found: &mut Vec<Diagnostic>) {
    if shown.len() > FEW {
        let mut first: HashMap<String, &Shown<'_>> = HashMap::new();
        for answer in shown {
            let earlier = *first.entry(answer.plain().to_lowercase()).or_insert(answer);
            if !std::ptr::eq(earlier, answer) {
                found.extend(report(written, earlier, answer));
            }
        }
        return;
    }
    for (at, answer) in shown.iter().enumerate() {
        let earlier = shown
            .iter()
            .take(at)
            .find(|earlier| reads_like(earlier, answer));
        found.extend(earlier.and_then(|earlier| report(written, earlier, answer)));
    }
}

fn reads_like(one: &Shown<'_>, other: &Shown<'_>) -> bool {
    let one = one.plain().chars().flat_map(char::to_lowercase);
    one.eq(other.plain().chars().flat_map(char::to_lowercase))
}

/// Nothing where both stand in the declaration: it is judged by itself.
fn report(written: Written<'_>, earlier: &Shown<'_>, answer: &Shown<'_>) -> Option<Diagnostic> {
    if !earlier.written && !answer.written {
        return None;
    }
    let words = answer.plain();
    let place = written.place(answer.span);
    let message = format!("two answers read `{words}`");
    Some(
        Diagnostic::new(Code::DuplicateLabel, place, message)
            .label("reads like the answer above")
            .also(written.place(earlier.span), "the first one")
            .help("write labels that tell the two answers apart"),
    )
}
