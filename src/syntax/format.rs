//! The house style: how trees and library files are laid out. Texts of several lines stand as literal blocks, and so do
//! those that quotes would make hard to read; nothing is broken anew; keys stand in the order of the language's own example;
//! braces are for names and short ends; steps stand apart. Comments keep their places. What is written says the same as
//! what was read, or it is not written.

mod block;
mod document;
mod folded;
mod inline;
mod order;
mod same;
mod scalar;
mod trivia;
mod writer;

use std::fmt;

use crate::diagnostic::Code;

use super::schema::Mapping;
use super::{FileKind, Limits};
use document::{Content, Document, Unreadable};
use scalar::Context;

/// Why a text is left as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotFormatted {
    /// It is no YAML, or over a limit: `check` says where.
    Syntax,
    /// It is YAML of a kind that the language does not have: several documents, lists as keys, no keys at all.
    Unusual,
    /// It has these mistakes, which would be hidden by another layout.
    Mistaken(Vec<Code>),
    /// It would not say the same: known only of a text that a comma has split, over two lines, and of an entry of a list
    /// that is read as a key, with several blanks behind its colon.
    Changed,
}

impl fmt::Display for NotFormatted {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Syntax => "it cannot be read",
            Self::Unusual => "it is YAML of a kind that trees do not have",
            Self::Mistaken(_) => "it has mistakes that another layout would hide",
            Self::Changed => "it would not say the same afterwards",
        })
    }
}

impl std::error::Error for NotFormatted {}

/// The text in the house style, with the line ends that it has, and with the byte-order mark if it has one.
///
/// # Errors
/// It cannot be read, or would not say the same.
pub fn format(text: &str, kind: FileKind, limits: &Limits) -> Result<String, NotFormatted> {
    let (mark, body) = match text.strip_prefix(MARK) {
        Some(body) => (MARK, body),
        None => ("", text),
    };
    if body.len() > limits.bytes {
        return Err(NotFormatted::Syntax);
    }
    let windows = body
        .split_once('\n')
        .is_some_and(|(line, _)| line.ends_with('\r'));
    let unix = body.replace("\r\n", "\n");
    let written = format_lines(&unix, kind, limits)?;
    Ok(match windows {
        true => format!("{mark}{}", written.replace('\n', "\r\n")),
        false => format!("{mark}{written}"),
    })
}

const MARK: &str = "\u{feff}";

/// The text in the house style, lines ending as on Unix.
fn format_lines(text: &str, kind: FileKind, limits: &Limits) -> Result<String, NotFormatted> {
    let file = match kind {
        FileKind::Tree => Mapping::Tree,
        FileKind::Library => Mapping::Library,
    };
    let before = read(text, limits)?;
    let is_file = matches!(before.root.content, Content::Map(_) | Content::Empty);
    if !is_file || !before.root.properties.is_empty() {
        return Err(NotFormatted::Unusual);
    }
    let written = writer::write(&before, file);
    same::same_script(text, &written, kind, limits)?;
    let after = read(&written, limits).map_err(|_| NotFormatted::Changed)?;
    if same::same_document(&before, &after, file) {
        Ok(written)
    } else {
        Err(NotFormatted::Changed)
    }
}

fn read(text: &str, limits: &Limits) -> Result<Document, NotFormatted> {
    Document::read(text, limits).map_err(|unreadable| match unreadable {
        Unreadable::Syntax => NotFormatted::Syntax,
        Unreadable::Unusual => NotFormatted::Unusual,
    })
}

/// A text on one line of YAML: plain where it can be, else in quotes; `within` brackets or braces more needs quotes.
pub fn inline_text(text: &str, within: bool) -> String {
    let context = if within {
        Context::Flow
    } else {
        Context::Block
    };
    scalar::on_one_line(text, context)
}

/// A list of texts in brackets.
pub fn inline_list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| inline_text(text, true)).collect();
    format!("[{}]", texts.join(", "))
}
