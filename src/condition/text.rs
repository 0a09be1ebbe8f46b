//! A Markdown text with `${fact}` in it, parsed once and filled in at the walk.

use std::ops::Range;
use std::sync::Arc;

use super::FactRef;

/// What stands in a text where something else is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hole {
    /// The bytes of the source that it takes, `${` and `}` included.
    pub range: Range<u32>,
    /// The fact shown there; `None` for `$${`, which shows `${`.
    pub fact: Option<FactRef>,
}

/// A Markdown text as the author wrote it, with its `${fact}` places resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    pub(super) source: Arc<str>,
    pub(super) holes: Box<[Hole]>,
}

impl Text {
    /// A text in which nothing is filled in.
    pub fn literal(source: impl Into<Arc<str>>) -> Self {
        Self {
            source: source.into(),
            holes: Box::default(),
        }
    }

    /// The text as in the file, `${…}` unfilled.
    pub const fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// The facts that it shows, in order, repeated ones included.
    pub fn reads(&self) -> impl Iterator<Item = FactRef> {
        self.holes.iter().filter_map(|hole| hole.fact)
    }
}
