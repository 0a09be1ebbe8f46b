//! `vague-answer`: an answer that says too little to choose it. Only English words are known.

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{LibraryScript, StepNode};

use super::Subject;
use super::answers::Shown;
use super::written::Written;

/// Judges the answers of a question that has no help.
pub fn check(
    subject: &Subject<'_>,
    step: &StepNode,
    shown: &[Shown<'_>],
    found: &mut Vec<Diagnostic>,
) {
    let helped = step.shown.as_ref();
    if helped.is_none_or(|shown| shown.help.is_none()) {
        judge(subject.written(), shown, found);
    }
}

/// Judges the choices of the declared facts.
pub fn check_library(script: &LibraryScript, written: Written<'_>, found: &mut Vec<Diagnostic>) {
    for fact in script
        .facts
        .iter()
        .flatten()
        .filter(|fact| fact.help.is_none())
    {
        let choices = fact.choices.iter();
        let shown: Vec<_> = choices
            .map(|choice| Shown::one(choice, None, false))
            .collect();
        judge(written, &shown, found);
    }
}

fn judge(written: Written<'_>, shown: &[Shown<'_>], found: &mut Vec<Diagnostic>) {
    let vague = |answer: &&Shown<'_>| answer.written && !answer.helped && is_vague(answer.plain());
    for answer in shown.iter().filter(vague) {
        let words = answer.plain();
        let help = if is_unsure(words) {
            "leave it out: every question takes \"unsure\"; write `unsure:` if it leads somewhere else than `stuck`"
        } else {
            "say what the caller sees, or explain the word: `help: …`"
        };
        found.push(
            Diagnostic::new(
                Code::VagueAnswer,
                written.place(answer.span),
                format!("the answer `{words}` can mean anything"),
            )
            .label("what one caller calls so is something else to another")
            .help(help),
        );
    }
}

/// The longest word of the list, in bytes.
const LONGEST: usize = 14;

/// Whether words say too little; in lower case without an allocation, for every answer comes by.
fn is_vague(words: &str) -> bool {
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..words.len()) else {
        return false;
    };
    lower.copy_from_slice(words.as_bytes());
    lower.make_ascii_lowercase();
    let words = std::str::from_utf8(lower).unwrap_or_default();
    is_unsure(words)
        || matches!(
            words,
            "ok" | "okay"
                | "fine"
                | "good"
                | "bad"
                | "normal"
                | "not normal"
                | "other"
                | "others"
                | "else"
                | "something else"
                | "anything else"
                | "misc"
                | "various"
                | "maybe"
                | "perhaps"
                | "possibly"
                | "probably"
                | "sometimes"
                | "a bit"
                | "kind of"
                | "sort of"
                | "not really"
                | "more or less"
                | "it depends"
                | "depends"
                | "n/a"
        )
}

fn is_unsure(words: &str) -> bool {
    ["don't know", "not sure", "unsure", "unknown"]
        .iter()
        .any(|unsure| unsure.eq_ignore_ascii_case(words))
}
