//! How strict a compilation is, and what day it is. No clock: whoever calls says the day.

use jiff::civil::Date;

use crate::diagnostic::Code;

/// What may differ from one compilation of the same text to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The day that `review_by` is held against.
    pub today: Date,
    /// Whether warnings count as errors.
    pub strict: bool,
    /// Warnings silenced for all files (`--allow`).
    pub allow: Vec<Code>,
}

impl Options {
    /// Nothing silenced, warnings are warnings.
    pub const fn new(today: Date) -> Self {
        Self {
            today,
            strict: false,
            allow: Vec::new(),
        }
    }
}
