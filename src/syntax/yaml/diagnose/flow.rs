//! `{…}` and `[…]`: brackets that are not closed, and texts within them that need quotes.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis, IN_QUOTES, needs_quotes, sign};

/// Lines above the place of the error in which the bracket may have been opened.
const FAR: usize = 200;

/// An open bracket with what the parser is in the middle of.
#[derive(Debug, Clone, Copy)]
struct Open {
    at: usize,
    bracket: char,
    /// Where the current entry begins.
    entry: usize,
    /// Where the current value begins, or the key.
    piece: usize,
    /// Where the value of the entry before begins.
    before: Option<usize>,
}

/// A bracket that is open at the place of the error, on a line above or at the end of the file.
pub(super) fn unclosed(case: &Case<'_>) -> Option<Diagnosis> {
    let (at, bracket) = if case.rest().starts_with(['{', '[']) && is_value_start(case, case.at) {
        let upto = case.line.end() as usize;
        let open = open_brackets(case.text, case.at as usize, upto);
        if let Some(diagnosis) = within_text(case, &open) {
            return Some(diagnosis);
        }
        (case.at, case.rest().chars().next()?)
    } else {
        let open = stack(case)?;
        if let Some(diagnosis) = within_text(case, &open) {
            return Some(diagnosis);
        }
        let open = open.first().copied()?;
        (open.at as u32, open.bracket)
    };
    let line = Line::at(case.text, at);
    let at_end = case.at as usize >= case.text.trim_end().len();
    if line.start == case.line.start && at != case.at && !at_end {
        return None;
    }
    let closing = if bracket == '{' { '}' } else { ']' };
    let end = line.parts().value.end.max(at + 1);
    let below = if case.line.start > line.start {
        let upto = case.line.start.saturating_sub(1);
        let text = case.slice(Span::new(at, upto.max(end)));
        at + text.trim_end().len() as u32
    } else {
        end
    };
    let message = format!("the bracket `{bracket}` is not closed");
    if let Some(diagnosis) = sign::lost_sign(case, case.sign(at), &message) {
        return Some(diagnosis);
    }
    if let Some(diagnosis) = cut_by_comment(case, at, closing) {
        return Some(diagnosis);
    }
    Some(
        Diagnosis::new(
            Span::new(at, at + 1),
            message,
            Mend::Blank(Span::new(at, below.max(end))),
        )
        .label("opens here")
        .help(format!(
            "close it with `{closing}`; if it begins a text, put the text in quotes"
        ))
        .replace(
            format!("close it with `{closing}`"),
            Span::new(below.max(end), below.max(end)),
            closing.to_string(),
        ),
    )
}

/// A bracket in the middle of a text.
fn within_text(case: &Case<'_>, open: &[Open]) -> Option<Diagnosis> {
    let is_sign = |open: &&Open| {
        let before = case.text.get(..open.at).unwrap_or_default();
        !before.ends_with([' ', '\t', '\n', ',', ':', '[', '{'])
    };
    let at = open.iter().find(is_sign)?.at as u32;
    piece(&Case {
        at,
        line: Line::at(case.text, at),
        ..*case
    })
}

/// A comment that takes the closing bracket away.
fn cut_by_comment(case: &Case<'_>, open: u32, closing: char) -> Option<Diagnosis> {
    let line = Line::at(case.text, open);
    let rest = case.slice(Span::new(open, line.end()));
    let hash = open + rest.find(" #")? as u32 + 1;
    let comment = Span::new(hash, line.content().end);
    if !case.slice(comment).contains(closing) {
        return None;
    }
    Some(
        Diagnosis::new(
            comment,
            format!("a comment takes the closing `{closing}` away"),
            Mend::Blank(Span::new(open, line.content().end)),
        )
        .label("a space and a `#` begin a comment")
        .help("put the text with the `#` in quotes"),
    )
}

/// A bracket that is closed by one of the other kind.
pub(super) fn mismatched(case: &Case<'_>, close: char) -> Option<Diagnosis> {
    let open = case
        .rest()
        .chars()
        .next()
        .filter(|sign| "{[".contains(*sign))?;
    let wanted = if open == '{' { '}' } else { ']' };
    let at = case.at + mismatch(case.rest(), close)? as u32;
    let span = Span::new(at, at + 1);
    let behind = case.slice(Span::new(span.end, Line::at(case.text, at).end()));
    if behind.contains(wanted) {
        return Some(superfluous(case, span));
    }
    Some(
        Diagnosis::new(
            span,
            format!("the bracket `{open}` is closed by `{close}`"),
            Mend::Sign(at, wanted),
        )
        .label(format!("`{wanted}` is wanted here"))
        .help(format!("write `{wanted}`"))
        .replace(format!("write `{wanted}`"), span, wanted.to_string()),
    )
}

/// Where the bracket at the beginning of a text is closed by that sign.
fn mismatch(text: &str, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 1 => return (character == close).then_some(at),
            '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

/// A closing bracket that none opens.
pub(super) fn too_many(case: &Case<'_>) -> Option<Diagnosis> {
    Some(superfluous(case, case.sign(case.at)))
}

fn superfluous(case: &Case<'_>, span: Span) -> Diagnosis {
    let bracket = case.slice(span);
    Diagnosis::new(
        span,
        format!("there is one `{bracket}` too many"),
        Mend::Drop(span),
    )
    .label("closes nothing")
    .help("take it away; if it belongs to a text, put the text in quotes")
    .replace("take it away", span, "")
}

/// A text within brackets that needs quotes.
pub(super) fn piece(case: &Case<'_>) -> Option<Diagnosis> {
    let open = stack(case)?.last().copied()?;
    let is_colon = case.rest().starts_with(':');
    let whole_entry = is_colon && open.bracket == '[';
    // In braces, what has no key goes on with the text before its comma.
    let goes_on = open.bracket == '{' && open.entry == open.piece && !is_colon;
    let begun = if whole_entry { open.entry } else { open.piece } as u32;
    let end = end_of_piece(case.text, begun, case.line.content().end);
    if end <= begun || case.at > end {
        return None;
    }
    let start = open
        .before
        .filter(|_| goes_on)
        .map_or(begun, |at| at as u32);
    let value = Span::new(start, end);
    let (at, message) = what_is_wrong(case, value);
    let mut diagnosis =
        needs_quotes(case, at, value, message).label("has a meaning of its own to YAML");
    let wants_quotes = diagnosis.fix.as_ref().is_some_and(|fix| fix.0 == IN_QUOTES);
    if wants_quotes {
        diagnosis = diagnosis.help(format!(
            "put the text in quotes: `{}`; or write it on a line of its own, without `{}`",
            super::quoted(case.slice(value)),
            open.bracket
        ));
    }
    if whole_entry {
        diagnosis.fix = None;
        diagnosis.help = "put the text in quotes, or part two entries by a comma".to_owned();
    }
    Some(diagnosis)
}

/// Where exactly a text within brackets goes wrong, and how.
fn what_is_wrong(case: &Case<'_>, value: Span) -> (Span, String) {
    let first = case.slice(value).chars().next().unwrap_or(' ');
    let here = case.sign(case.at);
    if case.rest().starts_with(':') {
        let message = "a colon and a space stand in the middle of a text";
        (here, message.to_owned())
    } else if matches!(first, '"' | '\'') {
        let rest = Span::new(case.at, value.end);
        (rest, "a text goes on behind its closing quote".to_owned())
    } else if let Some(message) = sign::message(first) {
        (case.sign(value.start), message)
    } else {
        let message = format!(
            "`{}` stands in the middle of a text in brackets",
            case.slice(here)
        );
        (here, message)
    }
}

/// Whether a value begins there.
fn is_value_start(case: &Case<'_>, at: u32) -> bool {
    Line::at(case.text, at).parts().value.start == at
}

/// The brackets that are open at the place of the error, outermost first; `None` where there are none.
fn stack(case: &Case<'_>) -> Option<Vec<Open>> {
    let mut lines = std::iter::successors(Some(case.line), |line| line.previous(case.text));
    let begin = lines.by_ref().take(FAR).find_map(|line| {
        let value = line.parts().value;
        let begins = case.slice(value).starts_with(['{', '[']);
        (begins && value.start < case.at).then_some(value.start)
    })?;
    let open = open_brackets(case.text, begin as usize, case.at as usize);
    (!open.is_empty()).then_some(open)
}

/// The brackets between two places that are still open at the second.
fn open_brackets(text: &str, from: usize, to: usize) -> Vec<Open> {
    let mut open: Vec<Open> = Vec::new();
    let mut quote: Option<char> = None;
    // Whether a value may begin here.
    let mut starts = true;
    let mut previous = ' ';
    let mut characters = text
        .get(from..to)
        .unwrap_or_default()
        .char_indices()
        .peekable();
    while let Some((at, character)) = characters.next() {
        let at = from + at;
        let before = std::mem::replace(&mut previous, character);
        if let Some(sign) = quote {
            let doubled = sign == '\'' && characters.peek().is_some_and(|next| next.1 == sign);
            if character == '\\' && sign == '"' || character == sign && doubled {
                characters.next();
            } else if character == sign {
                quote = None;
            }
            continue;
        }
        match character {
            '#' if matches!(before, ' ' | '\t') => {
                while characters.next_if(|next| next.1 != '\n').is_some() {}
            }
            '"' | '\'' if starts => {
                quote = Some(character);
                starts = false;
            }
            '{' | '[' if starts || !open.is_empty() => open.push(Open {
                at,
                bracket: character,
                entry: at + 1,
                piece: at + 1,
                before: None,
            }),
            '}' | ']' => {
                open.pop();
                starts = false;
            }
            ',' => {
                begin_piece(&mut open, at + 1);
                starts = true;
            }
            ' ' if before == ':' => {
                if let Some(last) = open.last_mut() {
                    last.piece = at + 1;
                }
                starts = true;
            }
            ' ' | '\t' | '\n' | '\r' if starts => skip_blank(&mut open, at + 1),
            ' ' | '\t' | '\n' | '\r' => {}
            _ => starts = false,
        }
    }
    open
}

/// Moves the beginning of what has not begun yet.
fn skip_blank(open: &mut [Open], at: usize) {
    if let Some(last) = open.last_mut() {
        if last.entry == last.piece {
            last.entry = at;
        }
        last.piece = at;
    }
}

fn begin_piece(open: &mut [Open], at: usize) {
    if let Some(last) = open.last_mut() {
        if last.entry != last.piece {
            last.before = Some(last.piece);
        }
        last.entry = at;
        last.piece = at;
    }
}

/// Where a text within brackets ends: at a comma or a closing bracket, or at `upto`. Outside of brackets it is `upto`.
pub(super) fn end_of_piece(text: &str, start: u32, upto: u32) -> u32 {
    let line = Line::at(text, start);
    let value = line.parts().value;
    let in_brackets = text
        .get(value.start as usize..)
        .is_some_and(|value| value.starts_with(['{', '[']));
    if !in_brackets || value.start >= start {
        return upto;
    }
    let rest = text.get(start as usize..upto as usize).unwrap_or_default();
    // A bracket that is opened in the text and not closed there is a sign of the text.
    let end = end_at(rest, true).or_else(|| end_at(rest, false));
    let piece = end.and_then(|end| rest.get(..end)).unwrap_or(rest);
    start + piece.trim_end().len() as u32
}

/// Where a comma or closing bracket ends the text at the beginning; brackets within it are counted, or not.
fn end_at(rest: &str, counted: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut end = None;
    for (at, character) in rest.char_indices() {
        match character {
            '{' | '[' if counted => depth += 1,
            '}' | ']' if depth > 0 => depth -= 1,
            ',' | '}' | ']' if depth == 0 => {
                end = Some(at);
                break;
            }
            _ => {}
        }
    }
    end.filter(|_| depth == 0)
}
