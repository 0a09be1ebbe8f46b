//! What a fact can be.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use jiff::civil::Date;

use super::{FactType, Number};

/// The value of a fact. Choices are the author's answer keys, never labels or positions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// The key of one of several answers; also a number question's word for what is no number (`OL`).
    Choice(Arc<str>),
    /// The keys of several answers, in the question's order; may be empty.
    Many(Arc<[Arc<str>]>),
    /// A number, without its unit.
    Number(Number),
    /// A line of text, trimmed.
    Text(Arc<str>),
    /// A day.
    Date(Date),
    /// A secret was given; what it was is nowhere.
    Secret,
}

impl fmt::Display for Value {
    /// As people read it: `yes`, a key, keys with commas, a number without its unit, an ISO date. A secret is masked.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::YesNo(true) => out.write_str("yes"),
            Self::YesNo(false) => out.write_str("no"),
            Self::Choice(text) | Self::Text(text) => out.write_str(text),
            Self::Many(keys) => out.write_str(&keys.join(", ")),
            Self::Number(number) => number.fmt(out),
            Self::Date(date) => date.fmt(out),
            Self::Secret => out.write_str("••••••"),
        }
    }
}

impl FactType {
    /// The value as people read it, a number with its unit. Labels of answers are the question's to put in.
    pub fn show<'v>(&self, value: &'v Value) -> Cow<'v, str> {
        match (self, value) {
            (Self::Number(spec, _), Value::Number(number)) => match &spec.unit {
                Some(unit) => format!("{number} {unit}").into(),
                None => number.to_string().into(),
            },
            (_, Value::Choice(text) | Value::Text(text)) => Cow::Borrowed(text),
            (_, value) => value.to_string().into(),
        }
    }
}
