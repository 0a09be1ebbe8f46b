//! Says in plain English what fits a fact.

use std::fmt::Write;
use std::sync::Arc;

use jiff::civil::Date;

use super::phrase::listed;
use super::{DateSpec, Day, FactType, NumberSpec, TextSpec};

/// The rest of "please give …": `a number from 0 to 1000 Mbit/s`.
pub(super) fn expected(kind: &FactType, today: Option<Date>) -> String {
    match kind {
        FactType::YesNo => "yes or no".to_owned(),
        FactType::Choice(keys) => format!("one of {}", listed(keys)),
        FactType::Many(keys) => format!("any of {}, with commas between them", listed(keys)),
        FactType::Number(spec, words) => expected_number(spec, words),
        FactType::Text(spec) => expected_text(spec),
        FactType::Date(spec) => expected_date(*spec, today),
    }
}

fn expected_number(spec: &NumberSpec, words: &[Arc<str>]) -> String {
    let mut text = if spec.decimals == Some(0) {
        "a whole number"
    } else {
        "a number"
    }
    .to_owned();
    let unit = spec
        .unit
        .as_ref()
        .map(|unit| format!(" {unit}"))
        .unwrap_or_default();
    text += &match (spec.min, spec.max) {
        (Some(min), Some(max)) => format!(" from {min} to {max}{unit}"),
        (Some(min), None) => format!(", {min}{unit} or more"),
        (None, Some(max)) => format!(", {max}{unit} or less"),
        (None, None) => unit.replacen(' ', " in ", 1),
    };
    match spec.decimals {
        None | Some(0) => {}
        Some(1) => text += ", with at most 1 digit behind the point",
        Some(decimals) => text += &format!(", with at most {decimals} digits behind the point"),
    }
    if !words.is_empty() {
        text += &format!(", or {}", listed(words));
    }
    text
}

fn expected_text(spec: &TextSpec) -> String {
    let mut text = "a line of text".to_owned();
    match (&spec.example, &spec.pattern_source) {
        (Some(example), _) => text += &format!(" like `{example}`"),
        (None, Some(pattern)) => text += &format!(" of the form `{pattern}`"),
        (None, None) => {}
    }
    if let Some(max) = spec.max {
        text += &format!(", at most {max} characters long");
    }
    text
}

fn expected_date(spec: DateSpec, today: Option<Date>) -> String {
    let day = |day: Day| match (day, today) {
        (Day::On(date), _) => date.to_string(),
        (Day::Today, Some(today)) => format!("today ({today})"),
        (Day::Today, None) => "today".to_owned(),
    };
    let mut text = "a date like 2026-01-31".to_owned();
    // Writing to a String does not fail.
    let _ = match (spec.min.map(day), spec.max.map(day)) {
        (Some(min), Some(max)) => write!(text, ", from {min} to {max}"),
        (Some(min), None) => write!(text, ", from {min} on"),
        (None, Some(max)) => write!(text, ", up to {max}"),
        (None, None) => Ok(()),
    };
    text
}
