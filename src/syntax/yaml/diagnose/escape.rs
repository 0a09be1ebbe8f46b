//! Backslashes in double quotes that mean nothing there, mostly of a Windows path.

use crate::source::Span;

use super::super::mend::Mend;
use super::{Case, Diagnosis};

/// A backslash that YAML does not know, in the text that begins at the place of the error.
pub(super) fn unknown(case: &Case<'_>) -> Option<Diagnosis> {
    let rest = case.rest();
    let inside = rest.strip_prefix('"')?;
    let length = closing(inside)?;
    let inner = inside.get(..length)?;
    let whole = Span::new(case.at, case.at + length as u32 + 2);
    let bad = bad_escape(inner)?;
    let at = case.at + 1 + bad.0 as u32;
    let span = Span::new(at, at + bad.1 as u32);
    let text = inner.replace("\\\"", "\"");
    let single = format!("'{}'", text.replace('\'', "''"));
    let diagnosis = Diagnosis::new(
        span,
        format!("`{}` means nothing in double quotes", case.slice(span)),
        Mend::text(whole, &text),
    )
    .label("a backslash begins a sign of YAML's own");
    if text.contains('\n') {
        return Some(diagnosis.help("write the text in block form, below a `|`"));
    }
    Some(
        diagnosis
            .help(format!("put the text in single quotes: `{single}`"))
            .replace("put the text in single quotes", whole, single),
    )
}

/// The length of what stands before the closing quote.
fn closing(inside: &str) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in inside.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(at),
            _ => {}
        }
    }
    None
}

/// Place and length of the first backslash with a sign that YAML does not take.
fn bad_escape(inner: &str) -> Option<(usize, usize)> {
    let mut rest = inner.char_indices();
    while let Some((at, character)) = rest.next() {
        if character != '\\' {
            continue;
        }
        let (_, sign) = rest.next()?;
        let digits = match sign {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            '0' | 'a' | 'b' | 't' | '\t' | 'n' | 'v' | 'f' | 'r' | 'e' | ' ' | '"' | '/' | '\\'
            | 'N' | '_' | 'L' | 'P' | '\n' | '\r' => continue,
            _ => return Some((at, 1 + sign.len_utf8())),
        };
        let behind = inner.get(at + 2..)?;
        let good = behind
            .get(..digits)
            .is_some_and(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let value = behind
            .get(..digits)
            .and_then(|code| u32::from_str_radix(code, 16).ok());
        if !good || value.is_none_or(|value| char::from_u32(value).is_none()) {
            return Some((at, 2));
        }
    }
    None
}
