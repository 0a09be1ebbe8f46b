//! `compound-question`: two questions in one `ask`.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{LibraryScript, StepNode, Word};

use super::Subject;
use super::prose::Prose;
use super::written::Written;

/// Question marks of the scripts that have one.
const MARKS: [char; 3] = ['?', '？', '؟'];

/// Judges the `ask` of a step.
pub fn check(subject: &Subject<'_>, step: &StepNode, found: &mut Vec<Diagnostic>) {
    let ask = step.ask.as_ref();
    found.extend(ask.and_then(|ask| report(subject.written(), ask)));
}

/// Judges every `ask` of the declared facts.
pub fn check_library(script: &LibraryScript, written: Written<'_>, found: &mut Vec<Diagnostic>) {
    let facts = script.facts.iter().flatten();
    let asked = facts.filter_map(|fact| fact.ask.as_ref());
    found.extend(asked.filter_map(|ask| report(written, ask)));
}

fn report(written: Written<'_>, ask: &Word) -> Option<Diagnostic> {
    let marks = ask.value.bytes().filter(|byte| *byte == b'?').count();
    if marks < 2 && ask.value.is_ascii() {
        return None;
    }
    let prose = Prose::of(&ask.value);
    let quoted = quoted(&ask.value);
    let mut questions = prose.sentences.iter().flat_map(|sentence| {
        let words = sentence.words.iter();
        let asked = words.filter(|word| {
            let marks = ask.value.get(word.range.clone()).unwrap_or_default();
            let at = marks
                .find(MARKS)
                .map_or(word.range.start, |at| word.range.start + at);
            !quoted.iter().any(|range| range.contains(&at))
        });
        let marks: usize = asked.map(|word| marks_in(&word.letters)).sum();
        std::iter::repeat_n(sentence.range.clone(), marks)
    });
    let first: Range<usize> = questions.next()?;
    let second = questions.next()?;
    Some(
        Diagnostic::new(
            Code::CompoundQuestion,
            written.inside(ask, second),
            "two questions in one",
        )
        .label("nobody knows which of the two was answered")
        .also(written.inside(ask, first), "the first question")
        .help("give each question its own step, or move what explains it into `help`"),
    )
}

/// What stands in quotation marks: the words of a screen or a message, not a question to the caller.
fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, &[char])> = None;
    for (at, letter) in text.char_indices() {
        match open {
            Some((start, closing)) if closing.contains(&letter) => {
                found.push(start..at);
                open = None;
            }
            Some(_) => {}
            None => open = closing(letter).map(|closing| (at, closing)),
        }
    }
    found
}

/// The marks that close what a mark opens. Single ones are left out: most of them are apostrophes.
const fn closing(mark: char) -> Option<&'static [char]> {
    Some(match mark {
        '"' => &['"'],
        '“' | '”' => &['”', '“'],
        '„' => &['“', '”', '"'],
        '«' => &['»'],
        '»' => &['«'],
        '「' => &['」'],
        _ => return None,
    })
}

/// How many question marks a word has, several in a row counted as one; those of an address not at all.
fn marks_in(word: &str) -> usize {
    if word.contains("://") {
        return 0;
    }
    let parts = word.split(|letter| !MARKS.contains(&letter));
    parts.filter(|part| !part.is_empty()).count()
}
