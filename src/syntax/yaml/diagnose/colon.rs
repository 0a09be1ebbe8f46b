//! Colons where no key can stand: within a text, or on a line whose place is wrong.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::{Mend, Patch};
use super::{Case, Diagnosis, indent, needs_quotes, sign, with_what_is_below};

/// A colon that cannot stand where it stands.
pub(super) fn misplaced(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    let in_value = case.at >= parts.value.start && parts.value.start < parts.value.end;
    if let Some(diagnosis) = missing_line_break(case) {
        return Some(diagnosis);
    }
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

/// A key on the line of the key that it belongs to.
fn missing_line_break(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    parts.key?;
    let before = Span::new(parts.value.start, case.at.max(parts.value.start));
    let key = case.slice(before).trim_end();
    let below = case.line.below(case.text)?;
    if !indent::is_word(key) || below.depth() <= case.line.depth() || below.parts().key.is_none() {
        return None;
    }
    let key_span = Span::new(before.start, before.start + key.len() as u32);
    Some(
        Diagnosis::new(
            key_span,
            format!("a line break is missing before `{key}`"),
            Mend::Blank(parts.value),
        )
        .label("a key on the line of another")
        .help("write each key on a line of its own")
        .replace(
            "add the line break",
            Span::new(key_span.start, key_span.start),
            format!("\n{}", below.indent()),
        ),
    )
}

/// A key with its value right behind the colon.
pub(super) fn missing_blank(text: &str, line: Line<'_>) -> Option<Diagnosis> {
    let parts = line.parts();
    if parts.key.is_some() {
        return None;
    }
    let content = text.get(parts.value.start as usize..parts.value.end as usize)?;
    let (key, value) = content.split_once(':')?;
    if !indent::is_word(key) || value.is_empty() || value.starts_with("//") {
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
                sure: sign::message(value.chars().next().unwrap_or(' ')).is_none(),
            }),
        )
        .label("without it this is a text, no key")
        .help(format!("write `{key}: {value}`"))
        .replace("add the space", Span::new(colon + 1, colon + 1), " "),
    )
}

/// A line above that should be a key, with or without something below it.
fn missing_colon(case: &Case<'_>, above: Line<'_>) -> Option<Diagnosis> {
    let fits = above.depth() <= case.line.depth() && is_lone(case, above);
    fits.then(|| neither_key_nor_text(case, above))
}

/// Whether a line has no colon and does not go on with a text above.
pub(super) fn is_lone(case: &Case<'_>, line: Line<'_>) -> bool {
    let parts = line.parts();
    let owner = line
        .all_above(case.text)
        .find(|above| above.depth() < line.depth());
    let goes_on = owner.is_some_and(|owner| !owner.parts().value.is_empty());
    parts.key.is_none() && parts.dash.is_none() && !goes_on
}

/// A line that is no key, and not indented as the rest of a text.
pub(super) fn neither_key_nor_text(case: &Case<'_>, line: Line<'_>) -> Diagnosis {
    let content = line.content();
    let word = case.slice(content);
    let below = with_what_is_below(line, case.text);
    if below != content && !word.contains([':', '"', '\'', '{', '}', '[', ']', '#']) {
        return Diagnosis::new(
            content,
            format!("a colon is missing behind `{word}`"),
            Mend::Blank(below),
        )
        .label("what stands below belongs to it")
        .help(format!("write `{word}:`"))
        .replace("add the colon", Span::new(content.end, content.end), ":");
    }
    let diagnosis = Diagnosis::new(
        content,
        "a line is neither a key nor the rest of a text",
        Mend::Stray(below),
    )
    .label("no colon");
    if indent::is_word(word) {
        return diagnosis.help(format!(
            "write `{word}: ` and its value; a text that goes on is indented deeper"
        ));
    }
    diagnosis.help("indent it deeper if it belongs to the text above; a key is followed by a colon")
}
