//! What a fact can be.

use std::sync::Arc;

use jiff::civil::Date;

use super::Number;

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
