//! From the parser's events to nodes. Comments are only noted here: to what they belong is seen when all is there.

use std::ops::Range;

use granit_parser::{Event, ScalarStyle, Span as ParserSpan, StructureStyle};

use super::super::folded::folded;
use super::{Collection, Content, Entry, Form, Node, Style, Unreadable};

/// A collection that is not closed yet.
#[derive(Debug)]
struct Open {
    node: Node,
    key: Option<Node>,
}

/// What has been read so far.
#[derive(Debug)]
pub(super) struct Build<'s> {
    source: &'s str,
    open: Vec<Open>,
    /// The latest scalar: an anchor may still follow.
    latest: Option<Node>,
    pub(super) root: Option<Node>,
    /// Where comments stand.
    pub(super) comments: Vec<Range<usize>>,
    pub(super) has_aliases: bool,
    /// Whether there was a document.
    begun: bool,
    /// The end of the last visible thing.
    end: usize,
}

impl<'s> Build<'s> {
    pub(super) const fn new(source: &'s str) -> Self {
        Self {
            source,
            open: Vec::new(),
            latest: None,
            root: None,
            comments: Vec::new(),
            has_aliases: false,
            begun: false,
            end: 0,
        }
    }

    /// Takes one event in.
    pub(super) fn take(&mut self, event: Event<'_>, span: &ParserSpan) -> Result<(), Unreadable> {
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
            Event::DocumentStart(..) if self.begun => return Err(Unreadable::Unusual),
            Event::DocumentStart(..) => self.begun = true,
            Event::Scalar(text, style, ..) => self.scalar(text.into_owned(), style, &range),
            Event::Alias(_) | Event::UnresolvedAlias(_) => self.alias(range),
            Event::SequenceStart(style, ..) => {
                let form = match style {
                    StructureStyle::Block => Form::Block,
                    StructureStyle::Flow => Form::Flow,
                };
                self.begin(range.start, form, Content::List);
            }
            Event::MappingStart(style, ..) => {
                let form = self.form_of_map(style, range.start);
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

    fn alias(&mut self, range: Range<usize>) {
        self.has_aliases = true;
        let name = self.source.get(range.clone()).unwrap_or_default();
        let content = Content::Alias(name.to_owned());
        self.latest = Some(Node::new(range.start, range.end, content));
    }

    /// How a mapping is written that begins there: a single pair in a list has no braces.
    fn form_of_map(&self, style: StructureStyle, start: usize) -> Form {
        let rest = self.source.get(start..).unwrap_or_default();
        match style {
            StructureStyle::Block => Form::Block,
            StructureStyle::Flow if rest.starts_with('{') => Form::Flow,
            StructureStyle::Flow => Form::Pair,
        }
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
    pub(super) fn flush(&mut self) -> Result<(), Unreadable> {
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
