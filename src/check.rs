//! Floor 4: what can be proved of a compiled tree, one file a check. A check reads a [`Subject`] and reports; it never
//! changes a tree, and never enumerates paths.
//!
//! [`on_scripts`], [`on_graphs`] and [`on_library`] depend on nothing of each other and may run at the same time.

mod adjacency;
mod already_answered;
mod always_true;
mod answers;
mod compound_question;
mod decided;
mod duplicate_label;
mod endless_retry;
mod fact_may_be_unset;
mod flow;
mod hard_to_read;
mod listed;
mod long_walk;
mod missing_alt;
mod never_taken;
mod never_true;
mod no_way_out;
mod node_set;
mod not_for_audience;
mod nothing_for_customers;
mod numbers;
mod on_script;
mod order;
mod outcome;
mod overlapping_answers;
mod parts;
mod per_tree;
mod prose;
mod reading;
mod review_overdue;
mod same_target;
mod silent_loop;
mod study;
mod subject;
mod unreachable_step;
mod unused_fact;
mod uses;
mod vague_answer;
mod vague_escalation;
mod written;

pub use listed::listed;
pub use subject::{Places, Subject};

use std::collections::HashSet;

use crate::condition::FactRef;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::syntax::LibraryScript;
use crate::tree::Library;

use decided::Decided;
use flow::{Flow, Follow, Summary};
use order::callees_first;
use outcome::Outcome;
use per_tree::PerTree;
use study::Study;
use written::Written;

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

/// Checks over the flow of facts through a tree, of what some walk comes to; only ways that are clear count.
const ON_CLEAR_WAYS: &[fn(&Flow<'_>, &mut Vec<Diagnostic>)] = &[
    fact_may_be_unset::check,
    not_for_audience::check,
    nothing_for_customers::check,
];

/// A check over the conditions of a tree that the flow of facts decides.
type OnConditions = fn(&[Decided<'_>], &mut Vec<Diagnostic>);

const ON_CONDITIONS: &[OnConditions] = &[always_true::check, never_true::check];

/// Runs the checks that need the scripts of trees alone.
pub fn on_scripts(subjects: &[Subject<'_>]) -> Vec<Diagnostic> {
    subjects.iter().flat_map(on_script::run).collect()
}

/// Runs the checks that need the graphs of trees. Of trees that call each other all have to be given: what comes of a
/// tree that is not among them is taken as unknown.
pub fn on_graphs(subjects: &[Subject<'_>]) -> Vec<Diagnostic> {
    let order = callees_first(subjects);
    let trees = subjects.iter().map(|subject| subject.library.trees.len());
    let trees = trees.max().unwrap_or_default();
    let (outcomes, summaries) = (PerTree::new(trees), PerTree::new(trees));
    let mut studies = Vec::with_capacity(subjects.len());
    for subject in order.trees.iter().filter_map(|at| subjects.get(*at)) {
        let study = Study::new(subject, &outcomes);
        if order.called.contains(&subject.id) && !study.is_partial() {
            outcomes.set(
                subject.id,
                Outcome::of(subject, &study.graph, &outcomes, false),
            );
        }
        studies.push(study);
    }
    let followed: HashSet<FactRef> = studies.iter().flat_map(Study::followed).collect();
    let mut found = Vec::new();
    for study in &studies {
        check_graph(study, &followed, &summaries, &mut found);
    }
    unused_fact::check(subjects, &studies, &mut found);
    found
}

/// Checks one tree, those that it calls having been looked at.
fn check_graph(
    study: &Study<'_>,
    followed: &HashSet<FactRef>,
    summaries: &PerTree<Summary>,
    found: &mut Vec<Diagnostic>,
) {
    for check in ON_GRAPHS {
        check(study, found);
    }
    let unclear = study.subject.places.has_unclear_ways();
    let flow = Flow::of(study, followed, summaries, Follow::All);
    let clear = unclear
        .then(|| Flow::of(study, followed, summaries, Follow::Clear))
        .flatten();
    if let Some(flow) = clear.as_ref().or(flow.as_ref()) {
        for check in ON_CLEAR_WAYS {
            check(flow, found);
        }
    }
    if let Some(flow) = &flow {
        already_answered::check(flow, found);
        if flow.is_complete() {
            let decided = Decided::all(flow);
            for check in ON_CONDITIONS {
                check(&decided, found);
            }
        }
    }
    if let Some(outcome) = study.outcomes.get(study.subject.id) {
        match &flow {
            _ if unclear => {}
            None => summaries.set(study.subject.id, Summary::of_no_facts(outcome)),
            Some(flow) if flow.is_complete() => summaries.set(study.subject.id, flow.summary()),
            Some(_) => {}
        }
    }
}

/// Runs every check over the library file.
pub fn on_library(sources: &Sources, script: &LibraryScript, library: &Library) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let written = Written::new(sources, script.file);
    for check in ON_LIBRARIES {
        check(script, written, &mut found);
    }
    hard_to_read::check_library(script, library, written, &mut found);
    found
}
