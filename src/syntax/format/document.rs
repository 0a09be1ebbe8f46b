//! A YAML text as its author laid it out: every scalar, list and mapping in the order of the text, with the comments and
//! blank lines around them. The compact tree of `yaml` forgets those on purpose; only the formatter needs them.

mod build;

use granit_parser::Parser;

use super::super::Limits;
use super::trivia::{Trivia, attach};
use build::Build;

/// How a scalar is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Style {
    /// Without quotes.
    Plain,
    /// In quotes of either kind.
    Quoted,
    /// `|`.
    Literal,
    /// Without quotes or as `>`, on several lines that are read as one: these.
    Folded(Vec<String>),
}

/// What a node holds.
#[derive(Debug)]
pub(super) enum Content {
    /// Nothing stands there.
    Empty,
    /// A text.
    Text(String, Style),
    /// `*name`, as written.
    Alias(String),
    /// A list.
    List(Collection),
    /// A mapping.
    Map(Collection),
}

/// The entries of a list or a mapping.
#[derive(Debug)]
pub(super) struct Collection {
    /// In the author's order.
    pub(super) entries: Vec<Entry>,
    /// How it is written.
    pub(super) form: Form,
    /// Comments and blank lines behind the last entry.
    pub(super) foot: Vec<Trivia>,
}

/// How a collection is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// On lines of its own.
    Block,
    /// In brackets or braces.
    Flow,
    /// A single pair in a list in brackets: `[step: reply]`.
    Pair,
}

/// One item of a list or one pair of a mapping.
#[derive(Debug)]
pub(super) struct Entry {
    /// Comments and blank lines before it.
    pub(super) leading: Vec<Trivia>,
    /// The key; none in a list.
    pub(super) key: Option<Node>,
    /// A comment on the line of the key (or the dash) with the value on further lines.
    pub(super) header: Option<Comment>,
    /// The value.
    pub(super) value: Node,
    /// A comment behind the value, on its line.
    pub(super) trailing: Option<Comment>,
    /// Where its key or its dash begins.
    pub(super) start: usize,
}

/// A comment with its `#`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comment {
    /// From the `#` to the last visible character.
    pub(super) text: String,
    /// Column of the `#` in characters, from 0.
    pub(super) column: usize,
    /// Blanks before the `#`.
    pub(super) gap: usize,
}

/// A node and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    /// First byte, that of an anchor or a tag before it included.
    pub(super) start: usize,
    /// One past the last visible byte.
    pub(super) end: usize,
    /// Anchor and tag as written, with a space behind each.
    pub(super) properties: String,
    /// What it holds.
    pub(super) content: Content,
}

/// The document.
#[derive(Debug)]
pub(super) struct Document {
    /// What stands in it; an empty node where there are but comments.
    pub(super) root: Node,
    /// Comments at the top that a blank line parts from all else, or after which nothing else stands.
    pub(super) head: Vec<Trivia>,
    /// Whether anything refers to anything, so that the order of keys matters.
    pub(super) has_aliases: bool,
}

/// Why a text has no layout of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// It is no YAML, or too deeply nested.
    Syntax,
    /// A list, a mapping or an alias is used as a key, or there are several documents.
    Unusual,
}

impl Document {
    /// Reads a text.
    pub(super) fn read(source: &str, limits: &Limits) -> Result<Self, Unreadable> {
        let mut build = Build::new(source);
        let options = granit_parser::options! {
            emit_comments: true,
            emit_anchor_events: true,
            flow_nesting_limit: limits.depth.saturating_add(1),
            block_nesting_limit: limits.depth.saturating_add(1),
        };
        for event in Parser::new_from_str_with_options(source, options) {
            let (event, span) = event.map_err(|_| Unreadable::Syntax)?;
            build.take(event, &span)?;
        }
        build.flush()?;
        let (root, comments, has_aliases) = (build.root, build.comments, build.has_aliases);
        let mut document = Self {
            root: root.unwrap_or_else(|| Node::new(0, 0, Content::Empty)),
            head: Vec::new(),
            has_aliases,
        };
        attach(source, &comments, &mut document);
        Ok(document)
    }
}

impl Node {
    const fn new(start: usize, end: usize, content: Content) -> Self {
        Self {
            start,
            end,
            properties: String::new(),
            content,
        }
    }

    /// The first entry of a list or a mapping.
    pub(super) fn first_entry(&mut self) -> Option<&mut Entry> {
        match &mut self.content {
            Content::List(collection) | Content::Map(collection) => collection.entries.first_mut(),
            Content::Empty | Content::Text(..) | Content::Alias(_) => None,
        }
    }

    /// The entries of a list or a mapping.
    pub(super) fn collection(&self) -> Option<&Collection> {
        match &self.content {
            Content::List(collection) | Content::Map(collection) => Some(collection),
            Content::Empty | Content::Text(..) | Content::Alias(_) => None,
        }
    }
}
