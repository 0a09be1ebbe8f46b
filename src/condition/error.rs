//! What is wrong with a condition or a text, in bytes of that condition or text: whoever knows the file makes a
//! diagnostic of it.

use std::ops::Range;

/// What kind of problem it is; the compiler gives each kind its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The condition does not parse, or compares what cannot be compared.
    BadCondition,
    /// A `${…}` does not parse, or shows what must not be shown.
    BadTemplate,
    /// No fact of that name can be read here.
    UnknownFact {
        /// The name as written.
        name: String,
    },
    /// The fact has no such answer.
    UnknownAnswer {
        /// The answer as written, without quotes.
        value: String,
        /// The fact.
        fact: Box<str>,
    },
    /// A value of another type than the fact's.
    Misfit {
        /// The fact.
        fact: Box<str>,
    },
}

/// One problem of a condition or a text. The message is in the style of a diagnostic's: one line, lower case, names
/// in backticks, no full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConditionError {
    /// Where, in bytes of the condition or text.
    pub range: Range<u32>,
    /// Which kind.
    pub problem: Problem,
    /// The problem in one line.
    pub message: String,
    /// What to type instead.
    pub help: Option<String>,
    /// What should stand in place of `range`, where one thing is surely meant.
    pub replace: Option<String>,
}

impl ConditionError {
    /// A problem of the given kind.
    pub(super) fn new(range: Range<u32>, problem: Problem, message: impl Into<String>) -> Self {
        Self {
            range,
            problem,
            message: message.into(),
            help: None,
            replace: None,
        }
    }

    /// A condition that does not parse or compares what cannot be compared.
    pub(super) fn bad(range: Range<u32>, message: impl Into<String>) -> Self {
        Self::new(range, Problem::BadCondition, message)
    }

    /// Adds what to type.
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds the text that mends it, with a help that shows the same where there is none yet.
    pub(super) fn replace(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        self.help.get_or_insert_with(|| format!("write `{text}`"));
        self.replace = Some(text);
        self
    }
}
