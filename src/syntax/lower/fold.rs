//! Texts over several lines that YAML joins, line by line as written.

use crate::source::Span;

use super::super::yaml::Style;

/// The lines of a scalar as written, without indentation, quotes and `>`: where each begins in it, and its text.
pub(super) fn lines(written: &str, style: Style) -> Vec<(usize, &str)> {
    let mut lines = Vec::new();
    let mut begin = 0;
    for line in written.split_inclusive('\n') {
        let text = line.trim();
        lines.push((begin + (line.len() - line.trim_start().len()), text));
        begin += line.len();
    }
    let quoted = matches!(style, Style::Single | Style::Double);
    if style == Style::Folded && !lines.is_empty() {
        lines.remove(0);
    }
    if quoted && let Some((at, first)) = lines.first_mut() {
        *at += 1;
        *first = first.get(1..).unwrap_or_default();
    }
    if quoted && let Some((_, last)) = lines.last_mut() {
        *last = last.get(..last.len().saturating_sub(1)).unwrap_or_default();
    }
    lines
}

/// Where the first line that looks like an entry of a list or a row of a table begins, and how many there are.
pub(super) fn list_lines(lines: &[(usize, &str)]) -> Option<(usize, usize)> {
    let mut entries = lines.iter().filter(|(_, line)| is_entry(line));
    let first = entries.next()?.0;
    Some((first, 1 + entries.count()))
}

/// `- `, `* `, `+ `, `1. `, `1) `; `| … |`.
fn is_entry(line: &str) -> bool {
    if line.len() > 1 && line.starts_with('|') && line.ends_with('|') {
        return true;
    }
    let digits = line.trim_start_matches(|character: char| character.is_ascii_digit());
    let rest = if digits.len() < line.len() {
        digits.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+'])
    };
    rest.is_some_and(|rest| rest.starts_with([' ', '\t']))
}

/// The edit that keeps the lines: what to replace, and by what.
pub(super) fn kept(
    source: &str,
    span: Span,
    lines: &[(usize, &str)],
    style: Style,
) -> (Span, String) {
    if style == Style::Folded {
        return (Span::new(span.start, span.start + 1), "|".to_owned());
    }
    let before = source.get(..span.start as usize).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let own_line = line.trim().is_empty();
    let indent = if own_line {
        line.len()
    } else {
        let content = line.trim_start_matches([' ', '-']);
        line.len() - content.len() + 2
    };
    let mut text = String::from(if own_line { " |" } else { "|" });
    for (_, line) in lines {
        text.push('\n');
        if !line.is_empty() {
            text.push_str(&" ".repeat(indent));
            text.push_str(line);
        }
    }
    let above = before.trim_end();
    let start = if own_line && above.ends_with([':', '-']) {
        above.len() as u32
    } else {
        span.start
    };
    let text = if start == span.start {
        text.trim_start().to_owned()
    } else {
        text
    };
    (Span::new(start, span.end), text)
}
