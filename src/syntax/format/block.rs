//! When and how a text is written as a block: `|` or `>`.

use super::scalar::is_printable;

/// Whether a text can be written as a block.
pub(super) fn fits_block(text: &str) -> bool {
    let visible = text.lines().any(|line| !line.trim().is_empty());
    visible
        && text
            .chars()
            .all(|character| matches!(character, '\n' | '\t') || is_printable(character))
}

/// The header of a block: its sign, an indicator where the text begins with a space, and how it ends: `-` without a line
/// break, `+` with several.
pub(super) fn block_header(sign: char, text: &str) -> String {
    let first = text.lines().find(|line| !line.is_empty());
    let indicator = if first.is_some_and(|line| line.starts_with([' ', '\t'])) {
        "2"
    } else {
        ""
    };
    let breaks = text.len() - text.trim_end_matches('\n').len();
    let chomp = ["-", "", "+"].get(breaks.min(2)).unwrap_or(&"");
    format!("{sign}{indicator}{chomp}")
}
