//! Lines that stand too far left or right.

use crate::source::Span;

use super::super::line::Line;
use super::super::mend::Mend;
use super::{Case, Diagnosis, block, colon, with_what_is_below, without_line};

/// A line that fits no line above.
pub(super) fn misplaced(case: &Case<'_>) -> Option<Diagnosis> {
    if case.line.content().is_empty() {
        return None;
    }
    if let Some(diagnosis) = colon::missing_blank(case.text, case.line) {
        return Some(diagnosis);
    }
    if let Some(diagnosis) = block::not_indented(case) {
        return Some(diagnosis);
    }
    if let Some(diagnosis) = block::further_left(case) {
        return Some(diagnosis);
    }
    let parts = case.line.parts();
    if parts.dash.is_some() {
        return Some(list_entry(case));
    }
    if parts.key.is_none() {
        return Some(colon::neither_key_nor_text(case.line, case.text));
    }
    first_key_indented(case).or_else(|| key(case))
}

/// A list entry where no list is.
fn list_entry(case: &Case<'_>) -> Diagnosis {
    let content = case.line.content();
    let dash = case.sign(content.start);
    let diagnosis = Diagnosis::new(
        dash,
        "a list entry stands where no list is",
        without_line(case.line, case.text),
    );
    let sibling = std::iter::successors(case.line.above(case.text), |line| line.above(case.text))
        .take_while(|line| line.depth() > case.line.depth())
        .last()
        .filter(|line| line.parts().dash.is_some());
    match sibling {
        Some(sibling) => diagnosis
            .label("further left than the entries above")
            .help("indent all entries of a list alike")
            .replace("indent it like the entry above", indent(case.line), sibling.indent()),
        None => diagnosis
            .label("the key above has a text or keys already")
            .help("a list stands below a key with nothing behind its colon; a text over several lines stands below a `|`"),
    }
}

/// The first key of the file stands further right than this one.
fn first_key_indented(case: &Case<'_>) -> Option<Diagnosis> {
    let top = std::iter::successors(case.line.above(case.text), |line| line.above(case.text));
    let first = top.last()?;
    if first.depth() == 0 || case.line.depth() >= first.depth() {
        return None;
    }
    if first.text.starts_with('%') {
        return None;
    }
    Some(
        Diagnosis::new(
            first.parts().key.unwrap_or(first.content()),
            "the first key of a file stands at the left edge",
            Mend::Blank(with_what_is_below(first, case.text)),
        )
        .label("indented")
        .help("take the spaces before it away")
        .replace("take the spaces away", indent(first), ""),
    )
}

/// A key whose indentation lies between those of the lines above.
fn key(case: &Case<'_>) -> Option<Diagnosis> {
    let parts = case.line.parts();
    let depth = case.line.depth();
    let above = case.line.above(case.text)?;
    let sibling = std::iter::successors(Some(above), |line| line.above(case.text))
        .take_while(|line| line.depth() > depth)
        .last();
    let key = case.slice(parts.key.unwrap_or_default());
    let diagnosis = Diagnosis::new(
        parts.key.unwrap_or_default(),
        format!("`{key}` fits no line above by its indentation"),
        without_line(case.line, case.text),
    );
    match sibling {
        Some(sibling) if sibling.parts().dash.is_some() => {
            Some(diagnosis.label("a key among the entries of a list").help(
                "indent it like the key that the list belongs to, or make it an entry with a dash",
            ))
        }
        Some(sibling) => Some(
            diagnosis
                .label(format!(
                    "{depth} spaces; the lines above have {}",
                    sibling.depth()
                ))
                .help("indent all keys of one thing alike")
                .replace(
                    "indent it like the line above",
                    indent(case.line),
                    sibling.indent(),
                ),
        ),
        None => Some(diagnosis.label("the lines above are a list").help(
            "a list and keys cannot stand side by side: indent the list under a key of its own",
        )),
    }
}

/// A key deeper than the line above, which has a text behind its colon already.
pub(super) fn too_deep(case: &Case<'_>) -> Option<Diagnosis> {
    if case.line.parts().dash.is_some() {
        return Some(list_entry(case));
    }
    let key_span = case.line.parts().key?;
    let key = case.slice(key_span);
    let owner = std::iter::successors(case.line.above(case.text), |line| line.above(case.text))
        .find(|line| line.depth() < case.line.depth())?;
    let parts = owner.parts();
    let owner_key = case.slice(parts.key?);
    let diagnosis = Diagnosis::new(
        key_span,
        format!("`{key}` stands deeper than `{owner_key}`, which has a text already"),
        without_line(case.line, case.text),
    )
    .label(format!("deeper than `{owner_key}`"));
    let is_word = key
        .bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    if !is_word {
        return Some(diagnosis.help(format!(
            "if it belongs to the text of `{owner_key}`, write that text in block form, below a `|`"
        )));
    }
    Some(
        diagnosis
            .help(format!(
                "indent it like `{owner_key}`; if it belongs to the text, write that in block form, below a `|`"
            ))
            .replace(format!("indent it like `{owner_key}`"), indent(case.line), owner.indent()),
    )
}

/// The indentation of a line.
fn indent(line: Line<'_>) -> Span {
    Span::new(line.start, line.start + line.depth() as u32)
}
