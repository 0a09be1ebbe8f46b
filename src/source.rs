//! Floor 0: source texts, byte spans in them, and the one place that turns bytes into lines and columns.
//! It reads no files (`load` does) and knows nothing of YAML.

mod neutral;

pub use neutral::{neutral_character, neutralise, neutralise_line};

use std::sync::Arc;

/// A range of bytes in one source file, `start..end`, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The smallest span that holds both.
    pub fn to(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Length in bytes.
    pub const fn len(self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds nothing.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }
}

/// A value and where it stands in its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Pairs a value with its place.
    pub const fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// Names one file of a [`Sources`]; never leaves the process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A span together with the file in which it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The range in it.
    pub span: Span,
}

/// A line and a column, both counted from 1; columns count characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// One source text with the path under which people know it.
#[derive(Debug, Clone)]
pub struct SourceFile {
    path: Arc<str>,
    text: Arc<str>,
    line_starts: Vec<u32>,
}

impl SourceFile {
    /// Takes a text in. A byte-order mark must have been taken off before.
    pub fn new(path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> Self {
        let text = text.into();
        let mut line_starts = vec![0];
        line_starts.extend(
            text.bytes()
                .enumerate()
                .filter(|(_, byte)| *byte == b'\n')
                .map(|(at, _)| at as u32 + 1),
        );
        Self {
            path: path.into(),
            text,
            line_starts,
        }
    }

    /// The path as shown to people.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text under a span; empty where the span does not lie in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// Number of lines, at least 1.
    pub fn line_count(&self) -> u32 {
        self.line_starts.len() as u32
    }

    /// The byte at which a line (from 1) begins; the text's length for a line past the end.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = line.saturating_sub(1) as usize;
        self.line_starts
            .get(index)
            .copied()
            .unwrap_or(self.text.len() as u32)
    }

    /// The span of a line (from 1) without its line break.
    pub fn line_span(&self, line: u32) -> Span {
        let start = self.line_start(line);
        let next = self.line_start(line.saturating_add(1));
        let kept = self
            .slice(Span::new(start, next))
            .trim_end_matches(['\n', '\r'])
            .len() as u32;
        Span::new(start, start + kept)
    }

    /// The line (from 1) that holds a byte offset.
    pub fn line_of(&self, offset: u32) -> u32 {
        self.line_starts
            .partition_point(|start| *start <= offset)
            .max(1) as u32
    }

    /// Line and column, in characters, of a byte offset; an offset inside a character counts as its start.
    pub fn position(&self, offset: u32) -> Position {
        let (line, before) = self.before(offset);
        Position {
            line,
            column: before.chars().count() as u32 + 1,
        }
    }

    /// Line and column from 0, the column in UTF-16 units, as editors count.
    pub fn position_utf16(&self, offset: u32) -> (u32, u32) {
        let (line, before) = self.before(offset);
        (line - 1, before.encode_utf16().count() as u32)
    }

    /// The byte offset of a line and a UTF-16 column, both from 0; clamped into the text.
    pub fn offset_utf16(&self, line: u32, column: u32) -> u32 {
        let span = self.line_span(line.saturating_add(1));
        let mut units = 0;
        let mut offset = span.start;
        for character in self.slice(span).chars() {
            if units >= column {
                break;
            }
            units += character.len_utf16() as u32;
            offset += character.len_utf8() as u32;
        }
        offset
    }

    /// The line of an offset and the text of that line up to it.
    fn before(&self, offset: u32) -> (u32, &str) {
        let mut offset = (offset as usize).min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_of(offset as u32);
        (
            line,
            self.slice(Span::new(self.line_start(line), offset as u32)),
        )
    }
}

/// All files of one compilation.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

impl Sources {
    /// Adds a file and names it.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        self.files.push(file);
        FileId(self.files.len() as u32 - 1)
    }

    /// The file of that name. Ids come from [`Sources::add`] alone, so there always is one.
    #[allow(
        clippy::indexing_slicing,
        reason = "a FileId is only made by `add`, and files are never removed"
    )]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every file with its id, in the order of adding.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(at, file)| (FileId(at as u32), file))
    }
}

#[cfg(test)]
mod tests {
    use super::{Position, SourceFile};

    #[test]
    fn columns_count_characters_whatever_their_bytes() {
        let file = SourceFile::new("t", "ä📡x\nüb");
        assert_eq!(file.position(6), Position { line: 1, column: 3 });
        assert_eq!(file.position_utf16(6), (0, 3));
        assert_eq!(file.offset_utf16(0, 3), 6);
        assert_eq!(file.position(10), Position { line: 2, column: 2 });
        assert_eq!(file.line_span(1).end, 7);
    }
}
