//! What can be said of a test before it is walked: every name in it is one of the tree or of the library.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::condition::Value;
use crate::diagnostic::nearest;
use crate::session::Started;
use crate::syntax::{TestNode, ValueNode, Word};
use crate::tree::{Audience, Channel, StepKind};

use super::answer_words::{prefill, said};
use super::ending;
use super::failure::Failure;
use super::stage::Stage;

/// How tests name the question at an end that nobody has confirmed.
pub(super) const SOLVED: &str = "solved";

/// The start of the walk; else everything that the test names and that is not there.
pub(super) fn start(
    stage: &Stage<'_>,
    test: &TestNode,
    today: Date,
) -> Result<Started, Vec<Failure>> {
    let mut failures = Vec::new();
    let started = started(stage, test, today, &mut failures);
    for (step, _) in &test.answers {
        failures.extend(step_failure(stage, step));
    }
    failures.extend(end_failure(stage, &test.ends));
    if failures.is_empty() {
        Ok(started)
    } else {
        Err(failures)
    }
}

fn started(
    stage: &Stage<'_>,
    test: &TestNode,
    today: Date,
    failures: &mut Vec<Failure>,
) -> Started {
    let mut audience = Audience::Agent;
    let mut channel = None;
    let mut facts: BTreeMap<Arc<str>, Value> = BTreeMap::new();
    for (name, value) in &test.facts {
        match &*name.value {
            "audience" => match one_of(value, &Audience::NAMES) {
                Ok("customer") => audience = Audience::Customer,
                Ok(_) => audience = Audience::Agent,
                Err(wanted) => failures.push(no_value(name, value, &wanted)),
            },
            "channel" => match one_of(value, &Channel::NAMES) {
                Ok(word) => channel = Channel::from_name(word),
                Err(wanted) => failures.push(no_value(name, value, &wanted)),
            },
            _ => match fact(stage, name, value, today) {
                Ok(value) => {
                    facts.insert(Arc::clone(&name.value), value);
                }
                Err(failure) => failures.push(*failure),
            },
        }
    }
    let usual = match audience {
        Audience::Agent => Channel::Phone,
        Audience::Customer => Channel::SelfService,
    };
    let tree = Arc::clone(&stage.tree.name);
    Started {
        facts,
        ..Started::new(tree, audience, channel.unwrap_or(usual))
    }
}

fn one_of<'w>(value: &ValueNode, words: &[&'w str]) -> Result<&'w str, String> {
    let given = said(value);
    let found = words.iter().find(|word| **word == given);
    found
        .copied()
        .ok_or_else(|| format!("one of \"{}\"", words.join("\", \"")))
}

fn no_value(name: &Word, value: &ValueNode, wanted: &str) -> Failure {
    let span = match value {
        ValueNode::One(word) => word.span,
        ValueNode::List(_, span) => *span,
    };
    let message = format!("`{}` cannot be `{}`.", name.value, said(value));
    Failure::new(span, message).help(format!("It takes {wanted}."))
}

/// The value with which a shared fact begins.
fn fact(
    stage: &Stage<'_>,
    name: &Word,
    value: &ValueNode,
    today: Date,
) -> Result<Value, Box<Failure>> {
    let library = stage.library();
    let Some(at) = library.find_fact(&name.value) else {
        let message = format!("The library has no shared fact `{}`.", name.value);
        let known = library.facts.iter().map(|fact| &*fact.name);
        let near = nearest(&name.value, known.chain(["audience", "channel"]));
        let failure = Failure::new(name.span, message);
        let failure = match near {
            None => failure.help("`facts` gives values to facts of the library file; what a step asks goes under `answers`."),
            near => failure.near(near),
        };
        return Err(Box::new(failure));
    };
    let kind = &library.fact(at).kind;
    prefill(kind, value, today).map_err(|wanted| Box::new(no_value(name, value, &wanted)))
}

/// Why a name under `answers` is none of a step that can be answered.
fn step_failure(stage: &Stage<'_>, step: &Word) -> Option<Failure> {
    let name = &*step.value;
    if name == SOLVED {
        return None;
    }
    let Some(id) = stage.tree.find(name).or_else(|| of_solved(stage, name)) else {
        let message = format!("The tree has no step `{name}`.");
        let answered = stage
            .tree
            .steps()
            .filter(|(_, step)| is_answered(&step.kind));
        let names = answered.map(|(_, step)| &*step.name);
        let near = nearest(name, names.chain([SOLVED]));
        return Some(Failure::new(step.span, message).near(near));
    };
    let kind = match &stage.tree.step(id).kind {
        kind if is_answered(kind) => return None,
        StepKind::End(_) if name.ends_with(".solved") => return None,
        StepKind::Branch => "a branch",
        StepKind::Try(_) => {
            let message = format!("`{name}` is a `try`, which asks nothing itself.");
            let help = "Write its remedies by their names instead, as in `forget: no`.";
            return Some(Failure::new(step.span, message).help(help));
        }
        StepKind::End(_) | StepKind::Leave(_) => {
            let message = format!("`{name}` is an end, which asks nothing.");
            let help =
                "Leave it out here, and name it under `ends`. A `solved: no` goes on after a fix.";
            return Some(Failure::new(step.span, message).help(help));
        }
        _ => return None,
    };
    let message = format!("`{name}` is {kind}, which asks nothing.");
    Some(
        Failure::new(step.span, message)
            .help("Leave it out: what is passed silently is not listed."),
    )
}

/// The end of a name like `outage.solved`.
fn of_solved(stage: &Stage<'_>, name: &str) -> Option<crate::tree::StepId> {
    stage.tree.find(name.strip_suffix(".solved")?)
}

const fn is_answered(kind: &StepKind) -> bool {
    matches!(
        kind,
        StepKind::Question(_) | StepKind::Instruction | StepKind::Remedy(_) | StepKind::Call(_)
    )
}

/// Why `ends` names no end of the tree.
fn end_failure(stage: &Stage<'_>, ends: &Word) -> Option<Failure> {
    let wanted = ending::one_line(&ends.value);
    let all = stage.ends();
    if all.contains(&wanted) {
        return None;
    }
    if let Some(id) = stage.tree.find(&wanted) {
        let message = format!("`{wanted}` is a step, but no end.");
        let help = match stage.tree.step(id).kind {
            StepKind::Try(_) => "Name the remedy that helps.",
            _ => "Name the end to which the walk comes.",
        };
        return Some(Failure::new(ends.span, message).help(help));
    }
    let message = format!("The tree has no end `{wanted}`.");
    let near = nearest(&wanted, all.iter().map(String::as_str));
    let failure = Failure::new(ends.span, message);
    Some(match near {
        None => failure.help(
            "An end is named by its step or its remedy, by `stuck`, or, if it is written in place, by its text, team or value.",
        ),
        near => failure.near(near),
    })
}
