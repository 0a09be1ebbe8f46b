//! A condition whose names are resolved.

use std::fmt;
use std::sync::Arc;

use super::{FactRef, Read, Value};

/// A comparison's operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Comparison {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// A fact's value.
    Fact(FactRef),
    /// A constant, already of the type of what it is compared with.
    Value(Value),
}

/// The tree of a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// `yes` or `no` written out.
    Constant(bool),
    /// `known(fact)`.
    Known(FactRef),
    /// A yes/no fact by its bare name.
    Is(FactRef),
    /// `speed < 5`.
    Compare(Operand, Comparison, Operand),
    /// `os in ["windows", "macos"]`.
    In(FactRef, Box<[Value]>),
    /// `apps has "vpn"`; `output has "bytes from"`.
    Has(FactRef, Value),
    /// `not …`.
    Not(Box<Expression>),
    /// Left side first.
    And(Box<Expression>, Box<Expression>),
    /// Left side first.
    Or(Box<Expression>, Box<Expression>),
}

/// A condition as written, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    pub(super) source: Arc<str>,
    pub(super) expression: Expression,
    pub(super) reads: Box<[Read]>,
}

impl Condition {
    /// As the author wrote it.
    pub const fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// What it means.
    pub const fn expression(&self) -> &Expression {
        &self.expression
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.source)
    }
}
