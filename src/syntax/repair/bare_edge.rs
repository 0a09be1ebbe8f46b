//! An edge without its braces: `yes: end: Fine`.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::quoting::quoted;
use super::super::yaml::Line;
use super::{Page, Repair};

/// The keys with which an edge in braces begins.
const FIRST: [&str; 6] = ["goto", "tree", "fix", "escalate", "end", "return"];

/// Braces around a value that begins with such a key: as it stands, and with its text in quotes.
pub(super) fn bare_edges(page: Page<'_>, line: Line<'_>) -> Vec<Repair> {
    let parts = line.parts();
    let value = page.slice(parts.value);
    let Some((key, text)) = value.split_once(": ") else {
        return Vec::new();
    };
    if parts.key.is_none() || !FIRST.contains(&key) || value.ends_with('}') {
        return Vec::new();
    }
    let span = Span::new(parts.value.start, parts.value.start + key.len() as u32 + 1);
    let repair = |written: String| {
        let edit = Edit {
            span: parts.value,
            text: written.clone(),
        };
        let finding = page
            .finding(
                Code::YamlSyntax,
                span,
                format!("the braces around `{key}: …` are missing"),
            )
            .label("a key on the line of another")
            .help(format!("write `{written}`"))
            .fix(format!("write `{written}`"), vec![edit.clone()]);
        Repair::sign(finding, vec![edit]).likely()
    };
    let in_quotes = format!("{{{key}: {}}}", quoted(text));
    vec![repair(format!("{{{value}}}")), repair(in_quotes)]
}
