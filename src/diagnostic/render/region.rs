//! Where something stands, in the lines and columns that people and tools count in.

use crate::source::{FileId, Place, Position, Sources, Span};

/// A range of a file. Lines and columns count from 1, columns in characters; the end is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Region<'s> {
    pub path: &'s str,
    pub start: Position,
    pub end: Position,
}

impl<'s> Region<'s> {
    pub(super) fn new(sources: &'s Sources, place: Place) -> Self {
        let file = sources.file(place.file);
        let start = file.position(place.span.start);
        let end = file.position(place.span.end.max(place.span.start));
        Self {
            path: file.path(),
            start,
            end,
        }
    }

    /// The range of an edit, which lies in a file given elsewhere.
    pub(super) fn of_edit(sources: &'s Sources, file: FileId, span: Span) -> Self {
        Self::new(sources, Place { file, span })
    }
}
