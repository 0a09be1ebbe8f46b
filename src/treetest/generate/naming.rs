//! A walk in the words of a test, with a name that a person can read: where it ends, and what led there.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::condition::Value;
use crate::session::{Reply, Started};
use crate::tree::{Audience, Channel, StepKind};

use super::super::ending;
use super::super::names::SOLVED;
use super::super::stage::Stage;
use super::cover::Whole;
use super::{GeneratedTest, Given, Said};

/// Longest name that is tried before a number makes it unique, in characters.
const LONGEST: usize = 100;

/// The walks as tests; no name is one of `used`.
pub(super) fn tests(
    stage: &Stage<'_>,
    walks: Vec<Whole>,
    mut used: HashSet<String>,
) -> Vec<GeneratedTest> {
    let today = stage.now().day();
    let mut tests = Vec::with_capacity(walks.len());
    for walk in walks {
        let prompt = walk.session.prompt();
        let Some(at) = prompt.at() else { continue };
        let names = ending::names(stage, at.id);
        let Some(ends) = names.into_iter().next() else {
            continue;
        };
        let name = unique(stage, &walk, &ends, &used);
        used.insert(name.clone());
        tests.push(GeneratedTest {
            name,
            facts: facts(&walk.start, today),
            answers: walk
                .replies
                .iter()
                .map(|given| answer(given, today))
                .collect(),
            ends,
        });
    }
    tests
}

pub(super) fn facts(start: &Started, today: Date) -> Vec<(String, Said)> {
    let mut facts: Vec<(String, Said)> = start
        .facts
        .iter()
        .map(|(name, value)| (name.to_string(), said(value, today)))
        .collect();
    let usual = match start.audience {
        Audience::Agent => Channel::Phone,
        Audience::Customer => {
            let word = Audience::Customer.name().to_owned();
            facts.push(("audience".to_owned(), Said::One(word)));
            Channel::SelfService
        }
    };
    if start.channel != usual {
        let word = start.channel.name().to_owned();
        facts.push(("channel".to_owned(), Said::One(word)));
    }
    facts
}

pub(super) fn answer(given: &Given, today: Date) -> (String, Said) {
    let step = match given.step.strip_suffix(".solved") {
        Some(_) => SOLVED.to_owned(),
        None => given.step.clone(),
    };
    let said = match &given.reply {
        Reply::Answer(value) => said(value, today),
        other => Said::One(other.name().to_owned()),
    };
    (step, said)
}

/// A value as a test writes it; the day of the walk as `today`, so that the test holds on any other day as well.
fn said(value: &Value, today: Date) -> Said {
    match value {
        Value::Date(date) if *date == today => Said::One("today".to_owned()),
        Value::Many(keys) => Said::Many(keys.iter().map(|key| key.to_string()).collect()),
        value => Said::One(value.to_string()),
    }
}

/// A name that no other test has: the last reply, and further ones before it until it is the only one.
fn unique(stage: &Stage<'_>, walk: &Whole, ends: &str, used: &HashSet<String>) -> String {
    let end = words(&ending::one_line(ends));
    let (mut name, replies) = match walk.replies.split_last() {
        Some((last, before)) if *last.step == *ends && last.reply == Reply::yes(true) => {
            (format!("{end} helps"), before)
        }
        _ => (end, &*walk.replies),
    };
    let whole = replies.len() == walk.replies.len() && !replies.is_empty();
    if !whole && !used.contains(&name) {
        return name;
    }
    let base = name.clone();
    let mut reasons: Vec<String> = Vec::new();
    for given in replies.iter().rev() {
        reasons.insert(0, reason(stage, given));
        let longer = format!("{base} {}", reasons.join(", "));
        if longer.chars().count() > LONGEST && reasons.len() > 1 {
            break;
        }
        name = longer;
        if !used.contains(&name) {
            return name;
        }
    }
    let numbered = (2..).map(|number| format!("{name} {number}"));
    let mut free = numbered.filter(|name| !used.contains(name));
    free.next().unwrap_or(name)
}

/// What a reply contributes: `when line is down`, `after restart`.
fn reason(stage: &Stage<'_>, given: &Given) -> String {
    let step = words(given.step.strip_suffix(".if").unwrap_or(&given.step));
    let kind = stage
        .tree
        .find(&given.step)
        .map(|id| &stage.alone().step(id).kind);
    let remedy = matches!(kind, Some(StepKind::Remedy(_)));
    if given.step.ends_with(".solved") {
        return "as it did not hold".to_owned();
    }
    match &given.reply {
        Reply::Answer(Value::YesNo(true)) if remedy => format!("as {step} helped"),
        Reply::Answer(Value::YesNo(false)) if remedy => format!("as {step} did not help"),
        Reply::Answer(value) if stage.called(&given.step).is_some() => {
            format!("as {step} came back with {value}")
        }
        Reply::Answer(value) => format!("when {step} is {}", one_value(value)),
        Reply::Done => format!("after {step}"),
        Reply::Tried => format!("when {step} was tried before"),
        Reply::Cannot => format!("when {step} cannot be done"),
        Reply::Unsure => format!("when {step} is unsure"),
        Reply::None => format!("when {step} is none of these"),
        Reply::Person => format!("with a person at {step}"),
    }
}

fn one_value(value: &Value) -> String {
    match value {
        Value::Many(keys) if keys.is_empty() => "nothing".to_owned(),
        value => words(&value.to_string()),
    }
}

/// A step's name as words.
fn words(name: &str) -> String {
    name.replace('_', " ")
}
