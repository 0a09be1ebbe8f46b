//! The lines of a file that a finding shows, made harmless for a terminal. Offsets of the file are turned into offsets
//! of the window, on character boundaries whatever they were: annotate-snippets panics on others, and scans all that
//! it is given.

use std::ops::Range;

use crate::source::{SourceFile, Span, neutral_character};

/// Largest window, in bytes; a finding on longer lines is shown without them.
const MAX_BYTES: usize = 32 * 1024;

/// Lines between two places that are shown in one window all the same; what lies between is folded.
pub(super) const MAX_GAP: u32 = 40;

/// A place over more lines than these is shown by its first line.
const MAX_LINES: u32 = 12;

/// Some lines of a file.
pub(super) struct Window {
    /// The lines, neutralised, each character by one.
    pub text: String,
    /// The number of the first line, from 1.
    pub first_line: u32,
    /// Of each character the byte in the file and the byte in the window, and the ends of both.
    offsets: Vec<(u32, usize)>,
}

impl Window {
    /// The window over these lines (from 1, the last included); `None` where they are too long to be shown.
    pub(super) fn new(file: &SourceFile, first_line: u32, last_line: u32) -> Option<Self> {
        let start = file.line_start(first_line);
        let span = Span::new(start, file.line_span(last_line).end.max(start));
        let original = file.slice(span);
        if original.len() > MAX_BYTES {
            return None;
        }
        let mut text = String::with_capacity(original.len());
        let mut offsets = Vec::with_capacity(original.len() + 1);
        for (at, character) in original.char_indices() {
            offsets.push((start + at as u32, text.len()));
            let breaks_line = character == '\r' && original.as_bytes().get(at + 1) == Some(&b'\n');
            if !breaks_line {
                text.push(neutral_character(character));
            }
        }
        offsets.push((start + original.len() as u32, text.len()));
        Some(Self {
            text,
            first_line,
            offsets,
        })
    }

    /// The bytes of the window under a span of the file, as far as it lies in the window.
    pub(super) fn range(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    /// An offset inside a character is taken for its start.
    fn offset(&self, offset: u32) -> usize {
        let after = self
            .offsets
            .partition_point(|(original, _)| *original <= offset);
        self.offsets
            .get(after.saturating_sub(1))
            .map_or(0, |(_, shown)| *shown)
    }
}

/// The part of a span that is shown: within the file, and of a long one its first line.
pub(super) fn shown(file: &SourceFile, span: Span) -> Span {
    let length = file.text().len() as u32;
    let start = span.start.min(length);
    let end = span.end.clamp(start, length);
    let line = file.line_of(start);
    if file.line_of(end) - line < MAX_LINES {
        return Span::new(start, end);
    }
    Span::new(start, file.line_span(line).end.max(start))
}
