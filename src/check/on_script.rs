//! The checks that need the script alone, run in one pass over its steps: each step is looked at by all of them while
//! it is at hand.

use crate::diagnostic::Diagnostic;
use crate::syntax::{Form, StepNode};

use super::answers::Shown;
use super::hard_to_read::Reader;
use super::{
    Subject, compound_question, duplicate_label, missing_alt, never_taken, overlapping_answers,
    review_overdue, vague_answer, vague_escalation,
};

/// Checks over the head of a tree.
const ON_TREES: &[fn(&Subject<'_>, &mut Vec<Diagnostic>)] = &[
    missing_alt::check_tree,
    review_overdue::check,
    vague_escalation::check_tree,
];

/// Checks over one step.
const ON_STEPS: &[fn(&Subject<'_>, &StepNode, &mut Vec<Diagnostic>)] = &[
    compound_question::check,
    missing_alt::check,
    never_taken::check,
    overlapping_answers::check,
    vague_escalation::check,
];

/// A check over the answers of a question.
type OnAnswers = fn(&Subject<'_>, &StepNode, &[Shown<'_>], &mut Vec<Diagnostic>);

const ON_ANSWERS: &[OnAnswers] = &[duplicate_label::check, vague_answer::check];

/// Runs them over a tree.
pub fn run(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for check in ON_TREES {
        check(subject, &mut found);
    }
    let mut reader = Reader::of(subject);
    let mut shown = Vec::new();
    for step in &subject.script.steps {
        for check in ON_STEPS {
            check(subject, step, &mut found);
        }
        if let Form::Question(question) = &step.form {
            Shown::all(question, subject.library_script, &mut shown);
            for check in ON_ANSWERS {
                check(subject, step, &shown, &mut found);
            }
        }
        if let Some(reader) = &mut reader {
            reader.read_step(step);
        }
    }
    found.extend(reader.into_iter().flat_map(Reader::found));
    found
}
