//! Whether two texts say the same: the guard before anything is written.

use crate::diagnostic::Code;
use crate::source::{FileId, SourceFile};

use super::super::schema::{Mapping, Takes};
use super::super::{FileKind, Limits, parse_library, parse_script};
use super::NotFormatted;
use super::document::{Collection, Content, Document, Node};
use super::order::{Inside, inside, ordered};
use super::trivia::Trivia;

/// Whether two documents hold the same values and names, and the same comments at each; the order of the language's own keys does not count.
pub(super) fn same_document(left: &Document, right: &Document, file: Mapping) -> bool {
    let takes: &'static Takes = match file {
        Mapping::Library => &Takes::In(Mapping::Library),
        _ => &Takes::In(Mapping::Tree),
    };
    let keep = left.has_aliases;
    keep == right.has_aliases
        && same_node(&left.root, &right.root, Some(takes), keep)
        && comments(left) == comments(right)
}

/// A comment's place (the keys that lead to what it stands at) and text.
type Remark<'d> = (String, &'d str);

/// All comments, those of one place in their order.
fn comments(document: &Document) -> Vec<Remark<'_>> {
    let mut all = Vec::new();
    remark("", &document.head, &mut all);
    collect(&document.root, "", &mut all);
    all.sort_by(|(left, _), (right, _)| left.cmp(right));
    all
}

fn same_node(left: &Node, right: &Node, takes: Option<&'static Takes>, keep: bool) -> bool {
    left.properties == right.properties
        && match (&left.content, &right.content) {
            (Content::Empty, Content::Empty) => true,
            (Content::Text(left, _), Content::Text(right, _)) => left == right,
            (Content::Alias(left), Content::Alias(right)) => left == right,
            (Content::List(one), Content::List(other))
            | (Content::Map(one), Content::Map(other)) => {
                same_entries(one, other, inside(takes, left), keep)
            }
            _ => false,
        }
}

fn same_entries(left: &Collection, right: &Collection, within: Inside, keep: bool) -> bool {
    let (left, right) = (ordered(left, within, keep), ordered(right, within, keep));
    left.len() == right.len()
        && left.iter().zip(&right).all(|(left, right)| {
            let keys = match (&left.key, &right.key) {
                (Some(left), Some(right)) => same_node(left, right, None, keep),
                (None, None) => true,
                _ => false,
            };
            keys && same_node(&left.value, &right.value, within.behind(left), keep)
        })
}

fn collect<'d>(node: &'d Node, path: &str, all: &mut Vec<Remark<'d>>) {
    let Some(collection) = node.collection() else {
        return;
    };
    for (at, entry) in collection.entries.iter().enumerate() {
        let path = match entry.key.as_ref().map(|key| &key.content) {
            Some(Content::Text(key, _)) => format!("{path}\n{key}"),
            _ => format!("{path}\n{at}"),
        };
        remark(&path, &entry.leading, all);
        let header = entry.header.iter();
        all.extend(header.map(|comment| (path.clone(), &*comment.text)));
        collect(&entry.value, &path, all);
        let trailing = entry.trailing.iter();
        all.extend(trailing.map(|comment| (path.clone(), &*comment.text)));
    }
    remark(path, &collection.foot, all);
}

fn remark<'d>(path: &str, trivia: &'d [Trivia], all: &mut Vec<Remark<'d>>) {
    all.extend(trivia.iter().filter_map(|line| match line {
        Trivia::Comment(text) => Some((path.to_owned(), &**text)),
        Trivia::Blank => None,
    }));
}

/// Holds what two texts are read as against one another: the same script, and the same findings.
///
/// # Errors
/// They differ: in findings that would no longer be seen, or in anything else.
pub(super) fn same_script(
    before: &str,
    after: &str,
    kind: FileKind,
    limits: &Limits,
) -> Result<(), NotFormatted> {
    let (before, after) = (read(before, kind, limits), read(after, kind, limits));
    let hidden = without(&before.codes, &after.codes);
    if !hidden.is_empty() {
        return Err(NotFormatted::Mistaken(hidden));
    }
    if without(&after.codes, &before.codes).is_empty() && before.script == after.script {
        Ok(())
    } else {
        Err(NotFormatted::Changed)
    }
}

/// The codes of which there are more than on the other side.
fn without(codes: &[Code], other: &[Code]) -> Vec<Code> {
    let count = |codes: &[Code], code: Code| codes.iter().filter(|known| **known == code).count();
    let mut kinds = codes.to_vec();
    kinds.sort();
    kinds.dedup();
    kinds.retain(|code| count(codes, *code) > count(other, *code));
    kinds
}

/// What a text is read as.
struct Read {
    /// The script without its places.
    script: String,
    /// What there is to say about it.
    codes: Vec<Code>,
}

fn read(text: &str, kind: FileKind, limits: &Limits) -> Read {
    let source = SourceFile::new("", text);
    let mut findings = Vec::new();
    let script = match kind {
        FileKind::Tree => {
            let name = "tree".into();
            let script = parse_script(FileId(0), name, &source, limits, &mut findings);
            format!("{script:?}")
        }
        FileKind::Library => {
            let library = parse_library(FileId(0), &source, limits, &mut findings);
            format!("{library:?}")
        }
    };
    Read {
        script: without_spans(&script),
        codes: findings.iter().map(|finding| finding.code).collect(),
    }
}

/// The debug form of a script with its spans taken out.
fn without_spans(debug: &str) -> String {
    const SPAN: &str = "Span { start: ";
    let mut parts = debug.split(SPAN);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push_str("Span");
        text.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
    }
    text
}
