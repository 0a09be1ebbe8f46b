//! Words for facts in messages to authors.

use std::sync::Arc;

use super::resolve::Found;
use super::token::quote;
use super::{FactRef, FactType};

/// The keys or words that a fact can be.
pub(super) fn keys(kind: &FactType) -> Option<&Arc<[Arc<str>]>> {
    match kind {
        FactType::Choice(keys) | FactType::Many(keys) | FactType::Number(_, keys) => Some(keys),
        _ => None,
    }
}

/// What a fact of this type is, with its article.
pub(super) const fn kind_name(kind: &FactType) -> &'static str {
    match kind {
        FactType::YesNo => "a yes/no answer",
        FactType::Choice(_) => "one of several answers",
        FactType::Many(_) => "a pick of several answers",
        FactType::Number(..) => "a number",
        FactType::Text(_) => "a text",
        FactType::Date(_) => "a date",
    }
}

/// A right comparison with the fact.
pub(super) fn example(found: &Found<'_>) -> String {
    let name = found.name;
    let first = keys(&found.kind)
        .and_then(|keys| keys.first())
        .map_or_else(|| "\"…\"".to_owned(), |key| quote(key));
    match &found.kind {
        FactType::YesNo => format!("{name} == yes"),
        FactType::Choice(_) => format!("{name} == {first}"),
        FactType::Many(_) => format!("{name} has {first}"),
        FactType::Number(..) => format!("{name} < 5"),
        FactType::Text(_) if found.fact == FactRef::Output => format!("{name} has \"bytes from\""),
        FactType::Text(_) => format!("{name} == \"…\""),
        FactType::Date(_) => format!("{name} < \"2026-01-31\""),
    }
}

/// The first keys in quotes, for a message.
pub(super) fn listed(keys: &[Arc<str>]) -> String {
    let mut shown: Vec<_> = keys.iter().take(8).map(|key| quote(key)).collect();
    if keys.len() > shown.len() {
        shown.push(format!("and {} more", keys.len() - shown.len()));
    }
    shown.join(", ")
}
