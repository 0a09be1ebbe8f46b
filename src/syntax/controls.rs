//! Signs that no text can hold: they cannot be seen, and YAML reads nothing with them.

use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::source::{FileId, Place, Span};

use super::yaml::Edits;

/// The edits that take such signs out of a text, with the one finding about all of them.
pub(super) fn without_controls(file: FileId, text: &str) -> (Edits, Option<Diagnostic>) {
    let signs = text.char_indices().filter(|(_, sign)| is_control(*sign));
    let edits: Vec<Edit> = signs
        .map(|(at, sign)| Edit {
            span: Span::new(at as u32, (at + sign.len_utf8()) as u32),
            text: String::new(),
        })
        .collect();
    let Some(span) = edits.first().map(|edit| edit.span) else {
        return (Edits::default(), None);
    };
    let sign = text
        .get(span.start as usize..)
        .and_then(|rest| rest.chars().next());
    let number = sign.map_or(0, u32::from);
    let finding = Diagnostic::new(
        Code::YamlSyntax,
        Place { file, span },
        format!("a sign that nobody can see stands here, U+{number:04X}"),
    )
    .label("no text can hold it")
    .help("take it away; it comes along when text is copied from elsewhere")
    .fix("take it away", edits.clone());
    let without = Edits::default().with(&edits).unwrap_or_default();
    (without, Some(finding))
}

/// Whether YAML takes no text with that sign in it.
const fn is_control(sign: char) -> bool {
    sign.is_ascii_control() && !matches!(sign, '\t' | '\n' | '\r')
}
