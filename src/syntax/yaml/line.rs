//! A line of YAML text as people see it: indentation, dashes, key, value. Used where the parser gave up, to find out
//! what the author meant; it judges one line by itself and may be wrong about lines inside of longer texts.

use crate::source::Span;

/// One line.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Line<'t> {
    /// The byte at which it begins.
    pub(in crate::syntax) start: u32,
    /// Without its line break.
    pub(in crate::syntax) text: &'t str,
}

/// The parts of a line, as spans of the file.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Parts {
    /// The `-` of a list entry, the last one where there are several.
    pub(in crate::syntax) dash: Option<Span>,
    /// The key, quotes included.
    pub(in crate::syntax) key: Option<Span>,
    /// The value; without a comment behind it, empty where there is none.
    pub(in crate::syntax) value: Span,
}

impl<'t> Line<'t> {
    /// The line that holds a byte.
    pub(in crate::syntax) fn at(text: &'t str, offset: u32) -> Self {
        let offset = (offset as usize).min(text.len());
        let before = text.get(..offset).unwrap_or(text);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        Self::from_start(text, start)
    }

    fn from_start(text: &'t str, start: usize) -> Self {
        let rest = text.get(start..).unwrap_or_default();
        let line = rest.split('\n').next().unwrap_or_default();
        Self {
            start: start as u32,
            text: line.strip_suffix('\r').unwrap_or(line),
        }
    }

    /// The line before.
    pub(in crate::syntax) fn previous(self, text: &'t str) -> Option<Self> {
        Some(Self::at(text, self.start.checked_sub(1)?))
    }

    /// The line behind.
    pub(in crate::syntax) fn next(self, text: &'t str) -> Option<Self> {
        let from = self.start as usize;
        let line_break = text.get(from..)?.find('\n')?;
        Some(Self::from_start(text, from + line_break + 1))
    }

    /// The nearest line above with something on it that is no comment.
    pub(in crate::syntax) fn above(self, text: &'t str) -> Option<Self> {
        std::iter::successors(self.previous(text), |line| line.previous(text))
            .find(|line| !line.is_blank())
    }

    /// All such lines above, the nearest first.
    pub(in crate::syntax) fn all_above(self, text: &'t str) -> impl Iterator<Item = Self> {
        std::iter::successors(self.above(text), |line| line.above(text))
    }

    /// The nearest line below with something on it that is no comment.
    pub(in crate::syntax) fn below(self, text: &'t str) -> Option<Self> {
        std::iter::successors(self.next(text), |line| line.next(text)).find(|line| !line.is_blank())
    }

    /// The line with those below that belong to it: deeper ones, unless it has a value of its own that they cannot
    /// go on.
    pub(in crate::syntax) fn own_lines(self, text: &'t str) -> Vec<Self> {
        let parts = self.parts();
        let value = text
            .get(parts.value.start as usize..parts.value.end as usize)
            .unwrap_or_default();
        let open = value.is_empty() || value.starts_with(['|', '>']) || parts.dash.is_some();
        let mut lines = vec![self];
        let below = std::iter::successors(self.below(text), |line| line.below(text));
        lines.extend(below.take_while(|line| {
            let parts = line.parts();
            let goes_on = open || parts.key.is_none() && parts.dash.is_none();
            line.depth() > self.depth() && goes_on
        }));
        lines
    }

    /// The line with those below that stand wrong in the same way, each with what belongs to it, where they should
    /// stand as deep as `wanted`.
    pub(in crate::syntax) fn run(self, text: &'t str, wanted: usize) -> Vec<Self> {
        let mut lines = vec![self];
        let below = std::iter::successors(self.below(text), |line| line.below(text));
        let least = self.depth().max(wanted);
        lines.extend(below.take_while(|line| line.depth() == self.depth() || line.depth() > least));
        lines
    }

    /// Whether nothing stands on it but a comment.
    pub(in crate::syntax) fn is_blank(self) -> bool {
        let content = self.text.trim_start();
        content.is_empty() || content.starts_with('#')
    }

    /// Blanks and tabs before its first visible character.
    pub(in crate::syntax) fn indent(self) -> &'t str {
        let content = self.text.trim_start_matches([' ', '\t']);
        self.text
            .get(..self.text.len() - content.len())
            .unwrap_or_default()
    }

    /// How far it is indented, in bytes.
    pub(in crate::syntax) fn depth(self) -> usize {
        self.indent().len()
    }

    /// What stands between its indentation and its end.
    pub(in crate::syntax) fn content(self) -> Span {
        let start = self.start + self.depth() as u32;
        let end = self.start + self.text.trim_end().len() as u32;
        Span::new(start, end.max(start))
    }

    /// Its end without the line break.
    pub(in crate::syntax) const fn end(self) -> u32 {
        self.start + self.text.len() as u32
    }

    /// Its dashes, key and value.
    pub(in crate::syntax) fn parts(self) -> Parts {
        let mut at = self.depth();
        let mut dash = None;
        while let Some(rest) = self.text.get(at..)
            && (rest.starts_with("- ") || rest == "-")
        {
            dash = Some(self.span(at, at + 1));
            at += 1 + count_blanks(rest.get(1..).unwrap_or_default());
        }
        let rest = self.text.get(at..).unwrap_or_default();
        let Some((key, colon)) = key_length(rest) else {
            return Parts {
                dash,
                key: None,
                value: self.value(at),
            };
        };
        let behind = rest.get(colon + 1..).unwrap_or_default();
        Parts {
            dash,
            key: Some(self.span(at, at + key)),
            value: self.value(at + colon + 1 + count_blanks(behind)),
        }
    }

    /// What stands from there to the end, less a comment.
    fn value(self, from: usize) -> Span {
        let from = from.min(self.text.len());
        let rest = self.text.get(from..).unwrap_or_default();
        let kept = if rest.starts_with('#') {
            ""
        } else {
            rest.split_once(" # ").map_or(rest, |(kept, _)| kept)
        };
        self.span(from, from + kept.trim_end().len())
    }

    const fn span(self, from: usize, to: usize) -> Span {
        Span::new(self.start + from as u32, self.start + to as u32)
    }
}

fn count_blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\t']).len()
}

/// The length of the key at the beginning of a text, and where its colon stands.
fn key_length(text: &str) -> Option<(usize, usize)> {
    let first = text.chars().next()?;
    if let '"' | '\'' = first {
        let closing = text.get(1..)?.find(first)? + 2;
        let behind = text.get(closing..)?;
        let colon = closing + count_blanks(behind);
        return is_colon(text, colon).then_some((closing, colon));
    }
    if "[{*&!%@`|>#".contains(first) {
        return None;
    }
    let colon = (0..text.len()).find(|at| is_colon(text, *at))?;
    let key = text.get(..colon)?.trim_end();
    (!key.is_empty()).then_some((key.len(), colon))
}

/// Whether a colon with a blank or nothing behind it stands there.
fn is_colon(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    bytes.get(at) == Some(&b':') && matches!(bytes.get(at + 1), None | Some(b' ' | b'\t'))
}
