//! `unused-fact`: a shared fact is set, and no tree of the library reads it.

use std::collections::HashMap;

use crate::condition::FactRef;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use crate::syntax::{Form, Script, StepNode};

use super::Subject;
use super::parts;
use super::study::Study;

/// Judges the facts that some tree sets, once all trees are known. Silent where a part of some tree could not be read.
pub fn check(subjects: &[Subject<'_>], studies: &[Study<'_>], found: &mut Vec<Diagnostic>) {
    let Some(library) = subjects.first().map(|subject| subject.library) else {
        return;
    };
    let complete = subjects.len() == library.trees.len();
    let unknown = |subject: &Subject<'_>| subject.script.broken || subject.places.reads_unknown;
    if !complete || subjects.iter().any(unknown) {
        return;
    }
    let set = places_of_set(subjects);
    for (at, declared) in library.facts.iter().enumerate() {
        let fact = FactRef::Shared(at as u32);
        let Some(places) = set.get(&*declared.name) else {
            continue;
        };
        let used = studies.iter().any(|study| study.uses_fact(fact))
            || subjects
                .iter()
                .any(|subject| mentions(subject.script, &declared.name));
        if !used {
            found.extend(report(&declared.name, places));
        }
    }
}

/// Where each fact is set, in the order of trees and lines.
fn places_of_set<'a>(subjects: &'a [Subject<'_>]) -> HashMap<&'a str, Vec<Place>> {
    let mut set: HashMap<&str, Vec<Place>> = HashMap::new();
    for subject in subjects {
        for step in &subject.script.steps {
            parts::edges(step, &mut |edge| {
                for (name, _) in edge.extras.iter().flat_map(|extras| &extras.set) {
                    let places = set.entry(&name.value).or_default();
                    places.push(subject.place(name.span));
                }
            });
        }
    }
    set
}

/// Whether a condition or text names it, read or not: what could not be parsed has been reported.
fn mentions(script: &Script, name: &str) -> bool {
    script.steps.iter().any(|step| {
        let mut found = false;
        parts::texts(step, &mut |_, text| found |= has_hole(&text.value, name));
        parts::edges(step, &mut |edge| {
            let when = edge.extras.as_ref().and_then(|extras| extras.when.as_ref());
            found |= when.is_some_and(|when| when.value.contains(name));
        });
        found || remedies_mention(step, name)
    })
}

fn remedies_mention(step: &StepNode, name: &str) -> bool {
    let Form::Try(tried) = &step.form else {
        return false;
    };
    let mut whens = tried
        .remedies
        .iter()
        .filter_map(|remedy| remedy.remedy.when.as_ref());
    whens.any(|when| when.value.contains(name))
}

fn has_hole(text: &str, name: &str) -> bool {
    text.contains("${") && text.contains(name)
}

fn report(name: &str, places: &[Place]) -> Option<Diagnostic> {
    let (first, others) = places.split_first()?;
    let mut finding = Diagnostic::new(
        Code::UnusedFact,
        *first,
        format!("`{name}` is set, and nothing reads it"),
    )
    .label("no condition, text, `needs` or `fact:` of any tree uses it")
    .help(format!(
        "use it, as in `when: known({name})` or `needs: [{name}]`, or take it out of `set`"
    ));
    for place in others.iter().take(3) {
        finding = finding.also(*place, "set here too");
    }
    Some(finding)
}
