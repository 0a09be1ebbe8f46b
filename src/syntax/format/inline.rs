//! Values on one line: which of them may stand so, and how they look. It writes nothing itself.

use super::super::schema::Takes;
use super::block::fits_block;
use super::document::{Collection, Content, Entry, Form, Node, Style};
use super::folded::fits_folded;
use super::order::{Inside, inside, is_prose, ordered};
use super::scalar::{Context, is_plain, looks_typed, on_one_line, quoted};
use super::trivia::{Trivia, has_comment};

/// Longest line, in characters, on which a list or mapping stands in brackets or braces.
const WIDTH: usize = 120;

/// What stands behind a key or a dash on its line; `None` where it has to stand on lines of its own. `used` are the
/// characters of the line before it.
pub(super) fn on_line(
    node: &Node,
    takes: Option<&'static Takes>,
    used: usize,
    keep_order: bool,
) -> Option<String> {
    match &node.content {
        Content::Empty => Some(String::new()),
        Content::Alias(name) => Some(name.clone()),
        Content::Text(text, _) if text.contains('\n') => (!fits_block(text)).then(|| quoted(text)),
        Content::Text(text, style) => {
            let block = !is_plain(text, Context::Block)
                && fits_block(text)
                && is_prose(takes)
                && (*style == Style::Literal || needs_escapes(text));
            let stays_folded = folded_lines(node, used).is_some();
            (!block && !stays_folded).then(|| one_line(text, style, Context::Block))
        }
        Content::List(list) if is_bare(list) => Some("[]".to_owned()),
        Content::Map(map) if is_bare(map) => Some("{}".to_owned()),
        Content::List(_) | Content::Map(_) => {
            let line = collection(node, takes, keep_order)?;
            let width = used + node.properties.chars().count() + line.chars().count();
            (width <= WIDTH).then_some(line)
        }
    }
}

/// The lines in which an author has broken a text that is too long for one line.
pub(super) fn folded_lines(node: &Node, used: usize) -> Option<&[String]> {
    let Content::Text(text, Style::Folded(lines)) = &node.content else {
        return None;
    };
    let is_long = used + text.trim_end().chars().count() > WIDTH;
    (is_long && fits_block(text) && fits_folded(text, lines)).then_some(lines)
}

/// A key with its colon.
pub(super) fn key(entry: &Entry) -> String {
    let Some(key) = &entry.key else {
        return String::new();
    };
    let name = match &key.content {
        Content::Text(text, style) => one_line(text, style, Context::Block),
        Content::Alias(_) | Content::Empty | Content::List(_) | Content::Map(_) => String::new(),
    };
    format!("{}{name}:", key.properties)
}

/// A list or mapping in brackets or braces; nothing where something in it has a comment, or is better written on a line
/// of its own.
fn collection(node: &Node, takes: Option<&'static Takes>, keep_order: bool) -> Option<String> {
    let within = inside(takes, node);
    let collection = node.collection()?;
    if within.is_spread() || collection.form == Form::Block || has_comment(&collection.foot) {
        return None;
    }
    let parts: Option<Vec<String>> = ordered(collection, within, keep_order)
        .into_iter()
        .map(|entry| pair(entry, within, keep_order))
        .collect();
    let inner = parts?.join(", ");
    Some(match (&node.content, collection.form) {
        (Content::List(_), _) => format!("[{inner}]"),
        (_, Form::Pair) => inner,
        _ => format!("{{{inner}}}"),
    })
}

fn pair(entry: &Entry, within: Inside, keep_order: bool) -> Option<String> {
    if has_comment(&entry.leading) || entry.header.is_some() || entry.trailing.is_some() {
        return None;
    }
    let value = part(&entry.value, within.behind(entry), keep_order)?;
    let Some(key) = &entry.key else {
        return Some(value);
    };
    let key = part(key, None, keep_order)?;
    Some(if value.is_empty() {
        key
    } else {
        format!("{key}: {value}")
    })
}

/// A value within brackets or braces.
fn part(node: &Node, takes: Option<&'static Takes>, keep_order: bool) -> Option<String> {
    let text = match &node.content {
        Content::Empty => String::new(),
        Content::Alias(name) => name.clone(),
        Content::Text(text, _) if text.contains('\n') => return None,
        Content::Text(text, _) if is_prose(takes) && !is_plain(text, Context::Flow) => return None,
        Content::Text(text, style) => one_line(text, style, Context::Flow),
        Content::List(list) if is_bare(list) => "[]".to_owned(),
        Content::Map(map) if is_bare(map) => "{}".to_owned(),
        Content::List(_) | Content::Map(_) => collection(node, takes, keep_order)?,
    };
    Some(format!("{}{text}", node.properties).trim_end().to_owned())
}

/// A text on one line; quotes that an author wrote stay where other readers of YAML would need them.
fn one_line(text: &str, style: &Style, context: Context) -> String {
    if *style == Style::Quoted && looks_typed(text) {
        quoted(text)
    } else {
        on_one_line(text, context)
    }
}

/// Whether a text has signs that quotes would have to mask: people do not read those well.
fn needs_escapes(text: &str) -> bool {
    let quoted = quoted(text);
    quoted.starts_with('"') && quoted.contains('\\')
}

fn is_bare(collection: &Collection) -> bool {
    let comments = collection.foot.iter();
    collection.entries.is_empty() && comments.filter(|line| **line != Trivia::Blank).count() == 0
}
