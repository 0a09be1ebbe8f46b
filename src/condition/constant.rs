//! A value written out in a condition, as a value of the type of the fact that it is compared with.

use std::sync::Arc;

use super::date::parse_date;
use super::parsed::{Literal, LiteralKind, yes_no};
use super::phrase::{example, kind_name, listed};
use super::resolve::Found;
use super::token::quote;
use super::{ConditionError, FactType, Number, Problem, Value};
use crate::diagnostic::nearest;

/// The value, or why the fact can never have it.
pub(super) fn constant(found: &Found<'_>, literal: &Literal) -> Result<Value, ConditionError> {
    match (&found.kind, &literal.kind) {
        (FactType::YesNo, LiteralKind::YesNo(value)) => Ok(Value::YesNo(*value)),
        (FactType::Choice(keys) | FactType::Many(keys), _) => key(found, keys, literal),
        (FactType::Number(..), LiteralKind::Number(number)) => Ok(Value::Number(*number)),
        (FactType::Number(_, words), LiteralKind::Text(text)) => word(found, words, literal, text),
        (FactType::Text(_), LiteralKind::Text(text)) => Ok(Value::Text(text.trim().into())),
        (FactType::Date(_), LiteralKind::Text(text)) => match parse_date(text) {
            Some(date) => Ok(Value::Date(date)),
            None => Err(misfit(found, literal)),
        },
        _ => Err(misfit(found, literal)),
    }
}

/// One of the keys of a choice.
fn key(
    found: &Found<'_>,
    keys: &Arc<[Arc<str>]>,
    literal: &Literal,
) -> Result<Value, ConditionError> {
    let text = match &literal.kind {
        LiteralKind::Text(text) => text.trim().to_owned(),
        LiteralKind::Number(number) => number.to_string(),
        LiteralKind::YesNo(value) => yes_no(*value).to_owned(),
    };
    let key = keys.iter().find(|key| ***key == *text);
    match (key, &literal.kind) {
        (Some(key), LiteralKind::Text(_)) => Ok(Value::Choice(key.clone())),
        (Some(key), _) => {
            let message = format!("the answer {} stands without quotes", quote(key));
            Err(ConditionError::bad(literal.range.clone(), message).replace(quote(key)))
        }
        (None, LiteralKind::Text(_)) => Err(unknown_answer(found, keys, literal, text)),
        (None, _) => Err(misfit(found, literal)),
    }
}

/// One of a number question's words for what is no number.
fn word(
    found: &Found<'_>,
    words: &Arc<[Arc<str>]>,
    literal: &Literal,
    text: &str,
) -> Result<Value, ConditionError> {
    if let Some(word) = words.iter().find(|word| ***word == *text.trim()) {
        return Ok(Value::Choice(word.clone()));
    }
    if let Some(number) = Number::parse(text) {
        let message = format!("the number {number} stands in quotes");
        return Err(ConditionError::bad(literal.range.clone(), message).replace(number.to_string()));
    }
    if words.is_empty() {
        return Err(misfit(found, literal));
    }
    Err(unknown_answer(
        found,
        words,
        literal,
        text.trim().to_owned(),
    ))
}

fn unknown_answer(
    found: &Found<'_>,
    keys: &Arc<[Arc<str>]>,
    literal: &Literal,
    value: String,
) -> ConditionError {
    let message = format!("`{}` has no answer {}", found.name, quote(&value));
    let near = nearest(&value, keys.iter().map(|key| &**key)).map(quote);
    let problem = Problem::UnknownAnswer {
        value,
        fact: found.name.into(),
    };
    let error = ConditionError::new(literal.range.clone(), problem, message);
    match near {
        Some(near) => error.help(format!("did you mean {near}?")).replace(near),
        None => error.help(format!("its answers are {}", listed(keys))),
    }
}

/// A value of another type than the fact's.
fn misfit(found: &Found<'_>, literal: &Literal) -> ConditionError {
    let message = format!(
        "`{}` is {} and cannot be compared with {literal}",
        found.name,
        kind_name(&found.kind)
    );
    let problem = Problem::Misfit {
        fact: found.name.into(),
    };
    let error = ConditionError::new(literal.range.clone(), problem, message);
    match (&found.kind, &literal.kind) {
        (FactType::YesNo, LiteralKind::Text(text)) if matches!(text.as_str(), "yes" | "no") => {
            error
                .help("write `yes` and `no` without quotes")
                .replace(text.as_str())
        }
        (FactType::Text(_), LiteralKind::Number(_)) => error.replace(quote(&literal.to_string())),
        _ => error.help(format!("write for example `{}`", example(found))),
    }
}
