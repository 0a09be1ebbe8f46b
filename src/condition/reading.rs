//! What somebody types → a [`Value`] of the fact's type, within its limits; and whether a ready value fits. The one
//! place for prefills, `set:`, tests, the plain runner and the API. It asks no clock: who knows the day passes it in.

use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::date::parse_date;
use super::expected::expected;
use super::{DateSpec, Day, FactType, Number, NumberSpec, TextSpec, Value};

/// Longest line of text where the question sets no `max`, in characters.
const MAX_TEXT: usize = 2_000;

/// An answer that does not fit, with what would. It never repeats what was typed: that may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    expected: String,
}

impl Misfit {
    /// What fits, as the rest of "please give …": `a number from 0 to 1000 Mbit/s`.
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for Misfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "expected {}", self.expected)
    }
}

impl std::error::Error for Misfit {}

impl FactType {
    /// Reads what somebody typed. `yes`, `no`, `true` and `false` in any case; an answer by its exact key; several
    /// answers by keys between commas, or as a JSON list; a number with a point or a comma and with or without the
    /// unit; a date as `2026-01-31`, or as `today` where the day is given. Spaces around never count.
    ///
    /// # Errors
    /// What would fit. A date's limit of `today` is not checked where the day is not given.
    pub fn read(&self, text: &str, today: Option<Date>) -> Result<Value, Misfit> {
        let text = text.trim();
        let value = match self {
            Self::YesNo => yes_or_no(text).map(Value::YesNo),
            Self::Choice(keys) => key(keys, text).map(Value::Choice),
            Self::Many(keys) => split_keys(keys, text).and_then(|picked| pick(keys, &picked)),
            Self::Number(spec, words) => match key(words, text) {
                Some(word) => Some(Value::Choice(word)),
                None => number(spec, text).map(Value::Number),
            },
            Self::Text(spec) => line(spec, text),
            Self::Date(spec) => date(spec, text, today).map(Value::Date),
        };
        value.ok_or_else(|| self.misfit(today))
    }

    /// Reads several answers given one by one; the order does not count, and one given twice counts once.
    ///
    /// # Errors
    /// What would fit, also where the fact does not take several answers.
    pub fn read_many(&self, picked: &[&str]) -> Result<Value, Misfit> {
        match self {
            Self::Many(keys) => pick(keys, picked).ok_or_else(|| self.misfit(None)),
            _ => Err(self.misfit(None)),
        }
    }

    /// Whether a ready value is one that this fact can have: of its type, of its keys (several of them in the
    /// question's order and each once), within its limits. Of a secret, only that it was given.
    ///
    /// # Errors
    /// What would fit. A date's limit of `today` is not checked where the day is not given.
    pub fn accepts(&self, value: &Value, today: Option<Date>) -> Result<(), Misfit> {
        let fits = match (self, value) {
            (Self::YesNo, Value::YesNo(_)) => true,
            (Self::Choice(keys) | Self::Number(_, keys), Value::Choice(key)) => keys.contains(key),
            (Self::Many(keys), Value::Many(picked)) => is_subsequence(keys, picked),
            (Self::Number(spec, _), Value::Number(number)) => spec.allows(*number),
            (Self::Text(spec), Value::Text(text)) => !spec.secret && spec.allows(text),
            (Self::Text(spec), Value::Secret) => spec.secret,
            (Self::Date(spec), Value::Date(date)) => spec.allows(*date, today),
            _ => false,
        };
        if fits {
            Ok(())
        } else {
            Err(self.misfit(today))
        }
    }

    /// What fits this fact, as the rest of "please give …".
    pub fn expected(&self, today: Option<Date>) -> String {
        expected(self, today)
    }

    pub(super) fn misfit(&self, today: Option<Date>) -> Misfit {
        Misfit {
            expected: expected(self, today),
        }
    }
}

impl NumberSpec {
    /// Whether the number lies within the limits and has no more digits behind the point than accepted.
    pub fn allows(&self, number: Number) -> bool {
        self.min.is_none_or(|min| min <= number)
            && self.max.is_none_or(|max| number <= max)
            && self
                .decimals
                .is_none_or(|decimals| number.decimals() <= usize::from(decimals))
    }
}

impl TextSpec {
    /// Whether the text is one trimmed, not empty line within the limits. A secret is judged by the same rules.
    pub fn allows(&self, text: &str) -> bool {
        let max = self.max.map_or(MAX_TEXT, |max| max as usize);
        !text.is_empty()
            && text.trim().len() == text.len()
            && !text.contains(|c: char| c.is_control() && c != '\t')
            && text.chars().nth(max).is_none()
            && self
                .pattern
                .as_ref()
                .is_none_or(|pattern| pattern.is_match(text))
    }
}

impl DateSpec {
    /// Whether the day lies within the limits; a limit of `today` holds where the day is not given.
    pub fn allows(&self, date: Date, today: Option<Date>) -> bool {
        let fixed = |day: Option<Day>| match day {
            Some(Day::On(date)) => Some(date),
            Some(Day::Today) => today,
            None => None,
        };
        fixed(self.min).is_none_or(|min| min <= date)
            && fixed(self.max).is_none_or(|max| date <= max)
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("yes") || is("true") {
        Some(true)
    } else if is("no") || is("false") {
        Some(false)
    } else {
        None
    }
}

fn key(keys: &[Arc<str>], text: &str) -> Option<Arc<str>> {
    keys.iter().find(|key| ***key == *text).cloned()
}

/// The number, with its unit taken off if it was typed.
fn number(spec: &NumberSpec, text: &str) -> Option<Number> {
    let bare = spec
        .unit
        .as_ref()
        .and_then(|unit| strip_unit(text, unit))
        .unwrap_or(text);
    Number::parse(bare).filter(|number| spec.allows(*number))
}

fn strip_unit<'t>(text: &'t str, unit: &str) -> Option<&'t str> {
    let at = text.len().checked_sub(unit.len())?;
    let (number, end) = text.split_at_checked(at)?;
    end.eq_ignore_ascii_case(unit).then(|| number.trim_end())
}

fn line(spec: &TextSpec, text: &str) -> Option<Value> {
    if !spec.allows(text) {
        return None;
    }
    Some(if spec.secret {
        Value::Secret
    } else {
        Value::Text(text.into())
    })
}

fn date(spec: &DateSpec, text: &str, today: Option<Date>) -> Option<Date> {
    let date = if text.eq_ignore_ascii_case("today") {
        today
    } else {
        parse_date(text)
    };
    date.filter(|date| spec.allows(*date, today))
}

/// The picked keys in the question's order; `None` where one of them is none of the keys.
fn pick(keys: &[Arc<str>], picked: &[impl AsRef<str>]) -> Option<Value> {
    let is_picked = |key: &Arc<str>| picked.iter().any(|picked| picked.as_ref().trim() == &**key);
    if !picked
        .iter()
        .all(|picked| keys.iter().any(|key| **key == *picked.as_ref().trim()))
    {
        return None;
    }
    let in_order = keys.iter().filter(|key| is_picked(key));
    Some(Value::Many(in_order.cloned().collect()))
}

/// Reads a JSON list, or keys between commas. A key may hold commas itself: the longest key that fits is taken.
fn split_keys(keys: &[Arc<str>], text: &str) -> Option<Vec<String>> {
    if let Ok(list) = serde_json::from_str(text) {
        return Some(list);
    }
    let mut picked = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let fitting = keys
            .iter()
            .filter_map(|key| Some((key, after_key(rest, key)?)));
        let (key, after) = fitting.max_by_key(|(key, _)| key.len())?;
        picked.push(key.to_string());
        rest = after;
    }
    Some(picked)
}

/// What follows a key and its comma at the start of a text; `None` where something else stands there.
fn after_key<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let after = text.strip_prefix(key)?.trim_start();
    if after.is_empty() {
        Some(after)
    } else {
        after.strip_prefix(',').map(str::trim_start)
    }
}

/// Whether the picked keys are all among the keys, in their order, each once.
fn is_subsequence(keys: &[Arc<str>], picked: &[Arc<str>]) -> bool {
    let mut rest = keys.iter();
    picked.iter().all(|picked| rest.any(|key| key == picked))
}

#[cfg(test)]
mod tests;
