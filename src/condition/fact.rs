//! What kinds of facts there are and how conditions name them once names are resolved.

use std::sync::Arc;

use jiff::civil::Date;
use regex::Regex;

use super::{Number, Value};

/// A resolved name. Indices are of the process: they never appear in files, events or reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FactRef {
    /// A shared fact, by its place in the library's declarations.
    Shared(u32),
    /// A step fact, by the index of the step that asks.
    Step(u32),
    /// Who reads: `agent` or `customer`.
    Audience,
    /// How one talks: `phone`, `chat`, `email`, `in_person`, `self_service`.
    Channel,
    /// A probe's exit status (in a probe's own condition only).
    Exit,
    /// A probe's output (in a probe's own condition only).
    Output,
}

/// Where conditions and texts get their values from.
pub trait Facts {
    /// The value, or `None` while it is not known.
    fn value(&self, fact: FactRef) -> Option<&Value>;
}

/// What values a fact takes.
#[derive(Debug, Clone)]
pub enum FactType {
    /// `yes` or `no`.
    YesNo,
    /// One of these keys.
    Choice(Arc<[Arc<str>]>),
    /// Any of these keys.
    Many(Arc<[Arc<str>]>),
    /// A number, or one of the question's words for what is no number (held as [`Value::Choice`]).
    Number(NumberSpec, Arc<[Arc<str>]>),
    /// A line of text; a secret where the spec says so.
    Text(Arc<TextSpec>),
    /// A day.
    Date(DateSpec),
}

/// Limits of a number.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NumberSpec {
    /// Smallest accepted value.
    pub min: Option<Number>,
    /// Largest accepted value.
    pub max: Option<Number>,
    /// Shown after the number: `Mbit/s`.
    pub unit: Option<Arc<str>>,
    /// Digits accepted behind the point; any number of them without it.
    pub decimals: Option<u8>,
}

/// Limits of a line of text.
#[derive(Debug, Clone, Default)]
pub struct TextSpec {
    /// The whole (trimmed) text must match; already anchored.
    pub pattern: Option<Regex>,
    /// The pattern as the author wrote it.
    pub pattern_source: Option<Arc<str>>,
    /// What a good answer looks like.
    pub example: Option<Arc<str>>,
    /// Longest accepted text, in characters.
    pub max: Option<u32>,
    /// The answer is only known or not known, and kept nowhere.
    pub secret: bool,
}

/// A day written by an author: fixed, or the day on which the question is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Day {
    /// `2026-01-31`.
    On(Date),
    /// `today`.
    Today,
}

/// Limits of a date, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DateSpec {
    /// First accepted day.
    pub min: Option<Day>,
    /// Last accepted day.
    pub max: Option<Day>,
}
