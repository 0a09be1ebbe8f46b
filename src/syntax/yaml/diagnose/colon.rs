//! Colons where no key can stand: within a text, or on a line whose place is wrong.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::{Mend, Patch};
use super::{Case, Diagnosis, indent, needs_quotes};

/// A colon that cannot stand where it stands.
pub(super) fn misplaced(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    let in_value = case.at >= parts.value.start && parts.value.start < parts.value.end;
    if in_value && (parts.key.is_some() || parts.dash.is_some()) {
        let colon = Span::new(case.at, case.at + 1);
        let message = "a colon and a space stand in the middle of a text";
        return Some(
            needs_quotes(case, colon, parts.value, message)
                .label("YAML takes what stands before it for a key"),
        );
    }
    let above = case.line.above(case.text)?;
    missing_blank(case.text, above)
        .or_else(|| missing_colon(case, above))
        .or_else(|| indent::too_deep(case))
}

/// A key with its value right behind the colon.
pub(super) fn missing_blank(text: &str, line: Line<'_>) -> Option<Diagnosis> {
    let parts = line.parts();
    if parts.key.is_some() {
        return None;
    }
    let content = text.get(parts.value.start as usize..parts.value.end as usize)?;
    let (key, value) = content.split_once(':')?;
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
    if key.is_empty() || !key.bytes().all(is_word) || value.is_empty() || value.starts_with("//") {
        return None;
    }
    let colon = parts.value.start + key.len() as u32;
    let behind = Span::new(colon + 1, parts.value.end);
    Some(
        Diagnosis::new(
            Span::new(parts.value.start, colon + 1),
            format!("a space is missing behind `{key}:`"),
            Mend::Text(Patch {
                span: behind,
                text: value.trim().into(),
                sure: true,
            }),
        )
        .label("without it this is a text, no key")
        .help(format!("write `{key}: {value}`"))
        .replace("add the space", Span::new(colon + 1, colon + 1), " "),
    )
}

/// A word on a line of its own that should be a key.
fn missing_colon(case: &Case<'_>, above: Line<'_>) -> Option<Diagnosis> {
    let parts = above.parts();
    let lone = parts.key.is_none() && parts.dash.is_none() && above.depth() == case.line.depth();
    lone.then(|| neither_key_nor_text(above, case.text))
}

/// A line that is no key, and not indented as the rest of a text.
pub(super) fn neither_key_nor_text(line: Line<'_>, text: &str) -> Diagnosis {
    let content = line.content();
    let word = text
        .get(content.start as usize..content.end as usize)
        .unwrap_or_default();
    let diagnosis = Diagnosis::new(
        content,
        "a line is neither a key nor the rest of a text",
        Mend::Blank(content),
    )
    .label("no colon");
    if word
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    {
        return diagnosis.help(format!(
            "write `{word}: ` and its value; a text that goes on is indented deeper"
        ));
    }
    diagnosis.help("indent it deeper if it belongs to the text above; a key is followed by a colon")
}
