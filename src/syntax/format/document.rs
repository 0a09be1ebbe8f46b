//! A YAML text as its author laid it out: every scalar, list and mapping in the order of the text, with the comments and
//! blank lines around them. The compact tree of `yaml` forgets those on purpose; only the formatter needs them.

use std::ops::Range;

use granit_parser::{Event, Parser, ScalarStyle, Span as ParserSpan, StructureStyle};

use super::super::Limits;
use super::folded::folded;
use super::trivia::{Trivia, attach};

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

/// A collection that is not closed yet.
#[derive(Debug)]
struct Open {
    node: Node,
    key: Option<Node>,
}

#[derive(Debug)]
struct Build<'s> {
    source: &'s str,
    open: Vec<Open>,
    /// The latest scalar: an anchor may still follow.
    latest: Option<Node>,
    root: Option<Node>,
    comments: Vec<Range<usize>>,
    has_aliases: bool,
    documents: usize,
    /// The end of the last visible thing.
    end: usize,
}

impl<'s> Build<'s> {
    const fn new(source: &'s str) -> Self {
        Self {
            source,
            open: Vec::new(),
            latest: None,
            root: None,
            comments: Vec::new(),
            has_aliases: false,
            documents: 0,
            end: 0,
        }
    }

    fn take(&mut self, event: Event<'_>, span: &ParserSpan) -> Result<(), Unreadable> {
        let range = span.byte_range().ok_or(Unreadable::Syntax)?;
        let tag = span.tag_span().and_then(|tag| tag.byte_range());
        match event {
            Event::Comment(..) => {
                self.comments.push(range);
                return Ok(());
            }
            Event::Anchor(..) => {
                self.property(range);
                return Ok(());
            }
            _ => self.flush()?,
        }
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Unreadable::Unusual);
                }
            }
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, &range),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.has_aliases = true;
                let name = self
                    .source
                    .get(range.clone())
                    .unwrap_or_default()
                    .to_owned();
                self.latest = Some(Node::new(range.start, range.end, Content::Alias(name)));
            }
            Event::SequenceStart(style, ..) => {
                let form = if style == StructureStyle::Flow {
                    Form::Flow
                } else {
                    Form::Block
                };
                self.begin(range.start, form, Content::List);
            }
            Event::MappingStart(style, ..) => {
                let braced = self
                    .source
                    .get(range.start..)
                    .is_some_and(|rest| rest.starts_with('{'));
                let form = match style {
                    StructureStyle::Block => Form::Block,
                    StructureStyle::Flow if braced => Form::Flow,
                    StructureStyle::Flow => Form::Pair,
                };
                self.begin(range.start, form, Content::Map);
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&range)?,
            _ => {}
        }
        if let Some(tag) = tag {
            self.property(tag);
        }
        Ok(())
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, range: &Range<usize>) {
        let source = self.source.get(range.clone()).unwrap_or_default();
        let visible = range.start..range.start + source.trim_end().len();
        let content = match style {
            ScalarStyle::Plain if range.is_empty() => Content::Empty,
            ScalarStyle::Plain | ScalarStyle::Folded => {
                let style = folded(self.source, &visible).map_or(Style::Plain, Style::Folded);
                Content::Text(text, style)
            }
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                Content::Text(text, Style::Quoted)
            }
            ScalarStyle::Literal => Content::Text(text, Style::Literal),
        };
        self.latest = Some(Node::new(visible.start, visible.end, content));
    }

    fn begin(&mut self, start: usize, form: Form, content: fn(Collection) -> Content) {
        let collection = Collection {
            entries: Vec::new(),
            form,
            foot: Vec::new(),
        };
        self.open.push(Open {
            node: Node::new(start, start, content(collection)),
            key: None,
        });
    }

    /// Notes an anchor or a tag of the latest node, wherever it stands.
    fn property(&mut self, range: Range<usize>) {
        let text = self.source.get(range.clone()).unwrap_or_default();
        let node = self
            .latest
            .as_mut()
            .or(self.open.last_mut().map(|open| &mut open.node));
        let Some(node) = node else { return };
        let before = range.start < node.start && !node.properties.is_empty();
        node.start = node.start.min(range.start);
        node.properties = if before {
            format!("{text} {}", node.properties)
        } else {
            format!("{}{text} ", node.properties)
        };
    }

    /// Closes the innermost collection.
    fn close(&mut self, end: &Range<usize>) -> Result<(), Unreadable> {
        let Some(Open { mut node, key }) = self.open.pop() else {
            return Ok(());
        };
        if key.is_some() {
            return Err(Unreadable::Syntax);
        }
        let closed = node
            .collection()
            .is_some_and(|collection| collection.form == Form::Flow);
        if closed {
            self.end = self.end.max(end.end);
        }
        node.end = self.end.max(node.start);
        self.place(node)
    }

    /// Puts the latest scalar where it belongs.
    fn flush(&mut self) -> Result<(), Unreadable> {
        match self.latest.take() {
            Some(node) => {
                self.end = self.end.max(node.end);
                self.place(node)
            }
            None => Ok(()),
        }
    }

    /// Makes a whole node the root, an item, a key, or the value of the key before it.
    fn place(&mut self, node: Node) -> Result<(), Unreadable> {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return Ok(());
        };
        let (collection, key) = match &mut open.node.content {
            Content::List(collection) => (collection, None),
            Content::Map(collection) => match open.key.take() {
                Some(key) => (collection, Some(key)),
                None if matches!(node.content, Content::Text(..)) => {
                    open.key = Some(node);
                    return Ok(());
                }
                None => return Err(Unreadable::Unusual),
            },
            Content::Empty | Content::Text(..) | Content::Alias(_) => {
                return Err(Unreadable::Unusual);
            }
        };
        let start = key.as_ref().map_or(node.start, |key| key.start);
        let (leading, header, trailing) = (Vec::new(), None, None);
        collection.entries.push(Entry {
            leading,
            key,
            header,
            value: node,
            trailing,
            start,
        });
        Ok(())
    }
}
