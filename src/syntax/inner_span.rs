//! From a place within a text to the place in the file where it is written: through quotes, escapes, indentation and
//! lines that YAML joined.

use std::ops::Range;

use crate::source::{SourceFile, Span};

use super::Word;

/// The span of the file that a range of bytes of a word's text stands at. The whole word, where the text is not what
/// the file holds there (it was put together after a fault).
pub fn inner_span(source: &SourceFile, word: &Word, range: Range<u32>) -> Span {
    let written = source.slice(word.span);
    find(written, &word.value, &range).map_or(word.span, |found| {
        Span::new(word.span.start + found.start, word.span.start + found.end)
    })
}

/// How the text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// Follows the text and what is written side by side.
fn find(written: &str, text: &str, range: &Range<u32>) -> Option<Range<u32>> {
    let (style, mut at) = match written.chars().next()? {
        '"' => (Style::Double, 1),
        '\'' => (Style::Single, 1),
        // Behind the header's line.
        '|' | '>' => (Style::Plain, written.find('\n')? + 1),
        _ => (Style::Plain, 0),
    };
    let (start, end) = (range.start as usize, range.end as usize);
    let mut found_start = None;
    let mut found_end = None;
    for (offset, character) in text.char_indices() {
        let (from, to) = step(written, at, character, style)?;
        if found_start.is_none() && offset >= start {
            found_start = Some(from);
        }
        at = to;
        if offset < end {
            found_end = Some(to);
        } else {
            break;
        }
    }
    let from = found_start.unwrap_or(at);
    let to = found_end.unwrap_or(from).max(from);
    Some(from as u32..to as u32)
}

/// Where the next character of the text is written, from `at` on: its first byte and the one behind it.
fn step(written: &str, at: usize, wanted: char, style: Style) -> Option<(usize, usize)> {
    let rest = written.get(at..)?;
    if wanted.is_whitespace() {
        return Some(blank(written, at, wanted, style));
    }
    // Indentation, and the blanks around a line break that was joined.
    let skipped = match style {
        Style::Double => rest.len() - skip_joined_lines(rest).len(),
        _ => rest.len() - rest.trim_start().len(),
    };
    let from = at + skipped;
    let here = rest.get(skipped..)?;
    let length = match style {
        Style::Double if here.starts_with('\\') => escape_length(here),
        Style::Single if here.starts_with("''") && wanted == '\'' => 2,
        _ if here.starts_with(wanted) => wanted.len_utf8(),
        _ => return None,
    };
    Some((from, from + length))
}

/// What follows blanks, and line breaks that a backslash takes out.
fn skip_joined_lines(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(next) = rest.strip_prefix("\\\n").or(rest.strip_prefix("\\\r\n")) {
        rest = next.trim_start();
    }
    rest
}

/// A blank or line break: as it is, an escape, or a line break that was joined with what is around it.
fn blank(written: &str, at: usize, wanted: char, style: Style) -> (usize, usize) {
    let rest = written.get(at..).unwrap_or_default();
    if rest.starts_with(wanted) {
        return (at, at + wanted.len_utf8());
    }
    if style == Style::Double && rest.starts_with('\\') {
        return (at, at + escape_length(rest));
    }
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t', '\r']).len();
    let line_break = rest
        .get(blanks..)
        .is_some_and(|behind| behind.starts_with('\n'));
    if line_break {
        (at, at + blanks + 1)
    } else {
        (at, at)
    }
}

/// The length of the escape at the beginning of a text.
fn escape_length(text: &str) -> usize {
    let sign = text.chars().nth(1);
    let length = match sign {
        Some('x') => 4,
        Some('u') => surrogate_length(text),
        Some('U') => 10,
        Some(sign) => 1 + sign.len_utf8(),
        None => 1,
    };
    // Never into the middle of a character, whatever is written.
    (0..=length.min(text.len()))
        .rev()
        .find(|end| text.is_char_boundary(*end))
        .unwrap_or(0)
}

/// `\uD83D\uDCE1` is one character.
fn surrogate_length(text: &str) -> usize {
    let high = text
        .get(2..6)
        .and_then(|code| u32::from_str_radix(code, 16).ok())
        .is_some_and(|code| (0xD800..0xDC00).contains(&code));
    if high && text.get(6..8) == Some("\\u") {
        12
    } else {
        6
    }
}
