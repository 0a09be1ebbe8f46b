//! Texts that an author has broken into lines which YAML joins again. Where such a text is too long for one line, those
//! lines stay.

use std::ops::Range;

/// The lines of a text on several lines, without what indents them; nothing where it stands on one.
pub(super) fn folded(source: &str, place: &Range<usize>) -> Option<Vec<String>> {
    let text = source.get(place.clone())?.trim();
    text.contains('\n')
        .then(|| text.lines().map(|line| line.trim().to_owned()).collect())
}

/// Whether a text that is read as this can be written as these lines below a `>`.
pub(super) fn fits_folded(text: &str, lines: &[String]) -> bool {
    let bare = text.strip_suffix('\n').unwrap_or(text);
    bare == lines.join(" ") && lines.iter().all(|line| !line.is_empty())
}
