//! Texts that begin with a sign to which YAML gives a meaning.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis, needs_quotes, without_line};

/// Signs with which no text without quotes can begin.
const SIGNS: &str = "*&!%@`,[]{}|>-?#";

/// A value that begins with such a sign at the place of the error.
pub(super) fn at_start(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    if parts.value.start != case.at {
        return None;
    }
    explain(case)
}

/// A value that begins with such a sign before the place of the error.
pub(super) fn within(case: &Case<'_>) -> Option<Diagnosis> {
    let value = case.line.parts().value;
    if case.at <= value.start || case.at > value.end {
        return None;
    }
    explain(case)
}

fn explain(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    let sign = case.slice(parts.value).chars().next()?;
    let at = case.sign(parts.value.start);
    message(sign)?;
    if parts.key.is_none() && parts.dash.is_none() {
        return Some(key_with_sign(case, at, sign));
    }
    let message = format!(
        "a text that begins with {} must stand in quotes",
        name(sign)
    );
    Some(needs_quotes(case, at, parts.value, message).label("has a meaning of its own to YAML"))
}

/// What is wrong with a text that begins with a sign, if anything is.
pub(super) fn message(sign: char) -> Option<String> {
    SIGNS.contains(sign).then(|| {
        format!(
            "a text that begins with {} must stand in quotes",
            name(sign)
        )
    })
}

/// A line that begins with a sign, so that nobody can tell key from text.
fn key_with_sign(case: &Case<'_>, at: Span, sign: char) -> Diagnosis {
    let message = format!("a line cannot begin with {}", name(sign));
    if let Some(diagnosis) = lost_sign(case, at, &message) {
        return diagnosis;
    }
    Diagnosis::new(at, message, without_line(case.line, case.text))
        .label("has a meaning of its own to YAML")
        .help("begin the line with a key, or put what stands before the colon in quotes")
}

/// A sign at the beginning of a line that belongs to nothing, with blanks behind it: without it the line is in order.
pub(super) fn lost_sign(case: &Case<'_>, at: Span, message: &str) -> Option<Diagnosis> {
    let line = Line::at(case.text, at.start);
    let behind = case.slice(Span::new(at.end, line.content().end));
    if line.content().start != at.start || !behind.starts_with([' ', '\t']) {
        return None;
    }
    Some(
        Diagnosis::new(at, message, Mend::Drop(at))
            .label("has a meaning of its own to YAML")
            .help("take the sign away; if it belongs to a text, put the text in quotes")
            .replace("take the sign away", at, " "),
    )
}

/// `*word` that nothing is named after: a text that begins with a star.
pub(super) fn unknown_alias(source: &str, span: Span) -> Diagnosis {
    let case = Case {
        source,
        text: source,
        at: span.start,
        line: Line::at(source, span.start),
    };
    let at = case.sign(span.start);
    needs_quotes(
        &case,
        at,
        span,
        "a text that begins with a star must stand in quotes",
    )
    .label("YAML looks for something of that name")
}

/// How people call a sign.
fn name(sign: char) -> String {
    match sign {
        '*' => "a star".to_owned(),
        '`' => "a backtick".to_owned(),
        '#' => "`#`".to_owned(),
        ',' => "a comma".to_owned(),
        '-' => "a dash and a space".to_owned(),
        '?' => "`?` and a space".to_owned(),
        '[' | ']' | '{' | '}' => format!("the bracket `{sign}`"),
        sign => format!("`{sign}`"),
    }
}
