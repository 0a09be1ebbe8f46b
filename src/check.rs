//! Floor 4: what can be proved of a compiled tree, one file a check. A check reads a [`Subject`] and reports; it never
//! changes a tree, and never enumerates paths.

mod adjacency;
mod answers;
mod compound_question;
mod duplicate_label;
mod endless_retry;
mod hard_to_read;
mod listed;
mod long_walk;
mod missing_alt;
mod no_way_out;
mod node_set;
mod order;
mod outcome;
mod overlapping_answers;
mod parts;
mod prose;
mod review_overdue;
mod same_target;
mod silent_loop;
mod study;
mod subject;
mod unreachable_step;
mod unused_fact;
#[allow(
    dead_code,
    reason = "the flow of facts, which lands next, reads all of it"
)]
mod uses;
mod vague_answer;
mod vague_escalation;
mod written;

pub use subject::{Places, Subject};

use std::collections::HashSet;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::syntax::LibraryScript;
use crate::tree::Library;

use order::callees_first;
use outcome::{Outcome, Outcomes};
use study::Study;
use written::Written;

/// Checks over the script of a tree.
const ON_SCRIPTS: &[fn(&Subject<'_>, &mut Vec<Diagnostic>)] = &[
    compound_question::check,
    duplicate_label::check,
    hard_to_read::check,
    missing_alt::check,
    overlapping_answers::check,
    review_overdue::check,
    vague_answer::check,
    vague_escalation::check,
];

/// Checks over the graph of a tree.
const ON_GRAPHS: &[fn(&Study<'_>, &mut Vec<Diagnostic>)] = &[
    endless_retry::check,
    long_walk::check,
    no_way_out::check,
    same_target::check,
    silent_loop::check,
    unreachable_step::check,
];

/// Checks over the library file.
const ON_LIBRARIES: &[fn(&LibraryScript, Written<'_>, &mut Vec<Diagnostic>)] = &[
    compound_question::check_library,
    duplicate_label::check_library,
    vague_answer::check_library,
    vague_escalation::check_library,
];

/// Runs every check over the trees of a library and returns what they found, tree by tree. Of trees that call each other
/// all have to be given: what comes of a tree that is not among them is taken as unknown.
pub fn run(subjects: &[Subject<'_>]) -> Vec<Diagnostic> {
    let mut found: Vec<Vec<Diagnostic>> = Vec::new();
    found.resize_with(subjects.len(), Vec::new);
    let mut outcomes = Outcomes::default();
    let mut read = HashSet::new();
    let order = callees_first(subjects);
    for at in order.trees {
        let (Some(subject), Some(found)) = (subjects.get(at), found.get_mut(at)) else {
            continue;
        };
        let study = Study::new(subject, &outcomes);
        for check in ON_SCRIPTS {
            check(subject, found);
        }
        for check in ON_GRAPHS {
            check(&study, found);
        }
        read.extend(study.read());
        if order.called.contains(&subject.id) && !study.is_partial() {
            let outcome = Outcome::of(subject, &study.graph, &outcomes, false);
            outcomes.set(subject.id, outcome);
        }
    }
    let mut found = found.concat();
    unused_fact::check(subjects, &read, &mut found);
    found
}

/// Runs every check over the library file.
pub fn run_library(
    sources: &Sources,
    script: &LibraryScript,
    library: &Library,
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let written = Written::new(sources, script.file);
    for check in ON_LIBRARIES {
        check(script, written, &mut found);
    }
    hard_to_read::check_library(script, library, written, &mut found);
    found
}
