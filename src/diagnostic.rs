//! Floor 1: what the compiler has to say to an author, as plain data, and how it is rendered.
//! It lists every code, but knows no check and no YAML.

mod code;
mod suggestion;

pub mod render;

pub use code::Code;
pub use suggestion::nearest;

use crate::source::{Place, Span};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth mending; the tree is walked all the same.
    Warning,
    /// A tree with an error is never walked.
    Error,
}

/// A place that helps to understand a finding, with a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub place: Place,
    /// What to see there; lower case, no full stop.
    pub text: String,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty for an insertion.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A mend that an editor can apply: all edits lie in the file of the primary label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What the mend does, as an order: "quote the text".
    pub title: String,
    /// The edits, in no particular order, not overlapping.
    pub edits: Vec<Edit>,
}

/// One finding. The message stands alone on one line, lower case, names in backticks, no full stop; the primary
/// label says why here; the help says what to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which problem.
    pub code: Code,
    /// Its weight after `--strict`.
    pub severity: Severity,
    /// The problem in one line.
    pub message: String,
    /// Exactly where, and why there.
    pub primary: Label,
    /// Further places.
    pub secondary: Vec<Label>,
    /// What to type instead.
    pub help: Option<String>,
    /// An edit that mends it, where there is one that is surely meant.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A finding of the code's own severity at a place, with an empty label.
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity(),
            message: message.into(),
            primary: Label {
                place,
                text: String::new(),
            },
            secondary: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// Says why here.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Self {
        self.primary.text = text.into();
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn also(mut self, place: Place, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            place,
            text: text.into(),
        });
        self
    }

    /// Says what to type instead.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }

    /// Adds a mend of several edits.
    #[must_use]
    pub fn fix(mut self, title: impl Into<String>, edits: Vec<Edit>) -> Self {
        self.fix = Some(Fix {
            title: title.into(),
            edits,
        });
        self
    }

    /// Adds a mend that replaces one span of the primary file.
    #[must_use]
    pub fn replace(self, title: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        self.fix(
            title,
            vec![Edit {
                span,
                text: text.into(),
            }],
        )
    }
}
