//! Why a test failed, in words for somebody who knows the tree and not the program.

use crate::source::Span;

/// A failed test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The line of the test that is to blame.
    pub span: Span,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What to do about it, as a sentence.
    pub help: Option<String>,
    /// The replies given up to there, `step: reply`.
    pub walked: Vec<String>,
    /// The question or instruction at which the walk stands, where it stands at one.
    pub stands: Option<Stands>,
    /// Where the walk really ended, where it ended at another place than it should.
    pub ended: Option<Ended>,
}

/// Where the walk stood when the test failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// The step's name.
    pub step: String,
    /// What it asks, or says to do, as in the file.
    pub text: String,
    /// Where it stands in the tree's file.
    pub span: Span,
}

/// Where a walk ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// What `ends:` would have to say.
    pub name: String,
    /// Where that end stands in the tree's file; none for the `stuck` of the library.
    pub span: Option<Span>,
}

impl Failure {
    /// A failure before the first step.
    pub(super) fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            span,
            message: message.into(),
            help: None,
            walked: Vec::new(),
            stands: None,
            ended: None,
        }
    }

    /// Says what to do about it.
    #[must_use]
    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// "Did you mean …?", where something is near.
    #[must_use]
    pub(super) fn near(self, near: Option<&str>) -> Self {
        match near {
            Some(near) => self.help(format!("Did you mean `{near}`?")),
            None => self,
        }
    }
}
