//! Exact places in one author's file.

use std::ops::Range;

use crate::source::{FileId, Place, SourceFile, Sources, Span};
use crate::syntax::{Word, inner_span};

/// One file as written.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a> {
    file: FileId,
    source: &'a SourceFile,
}

impl<'a> Written<'a> {
    /// The file of that name.
    pub fn new(sources: &'a Sources, file: FileId) -> Self {
        Self {
            file,
            source: sources.file(file),
        }
    }

    /// A span of it.
    pub const fn place(&self, span: Span) -> Place {
        Place {
            file: self.file,
            span,
        }
    }

    /// All of a text or name.
    pub const fn whole(&self, word: &Word) -> Place {
        self.place(word.span)
    }

    /// A part of a text, given as bytes of its value.
    pub fn inside(&self, word: &Word, range: Range<usize>) -> Place {
        let range = range.start as u32..range.end as u32;
        self.place(inner_span(self.source, word, range))
    }

    /// The key in front of a value; the value itself where it is not right in front of it.
    pub fn key(&self, key: &str, value: Span) -> Place {
        let before = self.source.slice(Span::new(0, value.start));
        let before = before.trim_end().trim_end_matches(':').trim_end();
        let before = before.trim_end_matches(['"', '\'']);
        if before.ends_with(key) {
            let end = before.len() as u32;
            return self.place(Span::new(end - key.len() as u32, end));
        }
        self.place(value)
    }
}
