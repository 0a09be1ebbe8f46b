//! The nodes of a YAML document, one after the other in the order of the text, 16 bytes each.
//!
//! A collection is followed by all that is in it and knows the index behind it; a mapping holds key, value, key,
//! value … So the tree needs no pointers, and a subtree is a range.

use crate::source::Span;

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum Style {
    /// Without quotes.
    Plain,
    /// `'…'`.
    Single,
    /// `"…"`.
    Double,
    /// `|`.
    Literal,
    /// `>`.
    Folded,
}

/// What a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum Kind {
    /// Nothing stands there.
    Empty,
    /// A text.
    Scalar(Style),
    /// `- …` or, in flow style, `[…]`.
    List {
        /// Whether it is written with brackets.
        flow: bool,
    },
    /// `key: …` or, in flow style, `{…}`.
    Map {
        /// Whether it is written with braces.
        flow: bool,
    },
    /// Cannot be known; reported while the text was read.
    Broken,
}

/// A node as stored.
#[derive(Debug, Clone, Copy)]
pub(super) struct Raw {
    pub(super) start: u32,
    pub(super) end: u32,
    /// Of a collection: the index behind its last node. Of a scalar whose text is not the source's: its index in
    /// `texts`, else [`VERBATIM`]. Of an alias: its target.
    pub(super) extra: u32,
    pub(super) tag: RawKind,
}

/// What a stored node is: [`Kind`], or a reference to another node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RawKind {
    Node(Kind),
    Alias,
}

/// Marks a scalar whose text stands in the source as it is.
pub(super) const VERBATIM: u32 = u32::MAX;

/// What stands before a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum PropertyKind {
    /// `&name`.
    Anchor {
        /// Whether an alias refers to it.
        used: bool,
    },
    /// `!type`.
    Tag,
}

/// An anchor or a tag, with the node behind it.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Property {
    pub(super) node: u32,
    /// Where it stands.
    pub(in crate::syntax) span: Span,
    /// Which.
    pub(in crate::syntax) kind: PropertyKind,
}

/// One document.
#[derive(Debug, Default)]
pub(in crate::syntax) struct Yaml<'s> {
    pub(super) source: &'s str,
    pub(super) nodes: Vec<Raw>,
    pub(super) texts: Vec<Box<str>>,
    pub(super) properties: Vec<Property>,
    /// Texts that were put together after a fault, so that they can be no names; in order.
    pub(super) doubtful: Vec<u32>,
    /// What was taken out of the text because it could not be read, in order.
    pub(super) torn: Vec<Torn>,
    /// Whether the rest of the file was not read.
    pub(super) truncated: bool,
}

/// A part of the text that was taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Torn {
    /// Where it began.
    pub(super) start: u32,
    /// How far behind the beginning of its line, in bytes.
    pub(super) column: u32,
    /// Whether it stood at a wrong place, so that its column tells nothing.
    pub(super) stray: bool,
    /// Whether it may have been the name of something with all of it.
    pub(super) names: bool,
}

impl<'s> Yaml<'s> {
    /// The whole document; `None` where there is nothing but comments.
    pub(in crate::syntax) fn root(&self) -> Option<Node<'_>> {
        (!self.nodes.is_empty()).then(|| self.node(0))
    }

    /// The text it was read from.
    pub(in crate::syntax) const fn source(&self) -> &'s str {
        self.source
    }

    /// The anchors and tags of the document.
    pub(in crate::syntax) fn properties(&self) -> impl Iterator<Item = (Property, Node<'_>)> {
        self.properties
            .iter()
            .map(|property| (*property, self.node(property.node)))
    }

    /// The node of an index, an alias followed. Targets stand before their aliases and are never aliases themselves.
    pub(in crate::syntax) fn node(&self, id: u32) -> Node<'_> {
        let raw = self.raw(id);
        let id = if raw.tag == RawKind::Alias {
            raw.extra
        } else {
            id
        };
        Node { yaml: self, id }
    }

    #[allow(
        clippy::indexing_slicing,
        reason = "ids are only made while building, of nodes that are there"
    )]
    pub(super) fn raw(&self, id: u32) -> Raw {
        self.nodes[id as usize]
    }

    /// How far an offset is behind the beginning of its line, in bytes.
    pub(super) fn column(&self, offset: u32) -> u32 {
        let before = self.source.get(..offset as usize).unwrap_or_default();
        before
            .rfind('\n')
            .map_or(offset, |at| offset - at as u32 - 1)
    }

    /// The index behind a node and all that is in it.
    fn behind(&self, id: u32) -> u32 {
        let raw = self.raw(id);
        match raw.tag {
            RawKind::Node(Kind::List { .. } | Kind::Map { .. }) => raw.extra,
            _ => id + 1,
        }
    }
}

/// A node in its document.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Node<'y> {
    yaml: &'y Yaml<'y>,
    id: u32,
}

/// One key of a mapping, with its value.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Entry<'y> {
    /// The index of the key, from which [`Yaml::entry`] finds both again.
    pub(in crate::syntax) id: u32,
    /// The key.
    pub(in crate::syntax) key: Node<'y>,
    /// The value.
    pub(in crate::syntax) value: Node<'y>,
}

impl Entry<'_> {
    /// From the key to the end of the value.
    pub(in crate::syntax) fn span(&self) -> Span {
        let value = self.value.span();
        let key = self.key.span();
        // The value of an alias stands elsewhere.
        if value.start < key.end {
            key
        } else {
            key.to(value)
        }
    }
}

impl Yaml<'_> {
    /// The entry whose key has that index.
    pub(in crate::syntax) fn entry(&self, id: u32) -> Entry<'_> {
        Entry {
            id,
            key: self.node(id),
            value: self.node(self.behind(id)),
        }
    }
}

impl<'y> Node<'y> {
    fn raw(self) -> Raw {
        self.yaml.raw(self.id)
    }

    /// What it is.
    pub(in crate::syntax) fn kind(self) -> Kind {
        match self.raw().tag {
            RawKind::Node(kind) => kind,
            RawKind::Alias => Kind::Broken,
        }
    }

    /// Where it stands: a scalar with its quotes or its `|`, a collection to the end of its last part.
    pub(in crate::syntax) fn span(self) -> Span {
        let raw = self.raw();
        Span::new(raw.start, raw.end)
    }

    /// The text of a scalar.
    pub(in crate::syntax) fn text(self) -> Option<&'y str> {
        let raw = self.raw();
        let RawKind::Node(Kind::Scalar(style)) = raw.tag else {
            return None;
        };
        if raw.extra != VERBATIM {
            return self.yaml.texts.get(raw.extra as usize).map(|text| &**text);
        }
        let quote = u32::from(style != Style::Plain);
        self.yaml
            .source
            .get((raw.start + quote) as usize..(raw.end - quote) as usize)
    }

    /// Whether the text differs from what the file holds between the quotes.
    pub(in crate::syntax) fn is_decoded(self) -> bool {
        let raw = self.raw();
        matches!(raw.tag, RawKind::Node(Kind::Scalar(_))) && raw.extra != VERBATIM
    }

    /// Whether the text was put together after a fault, so that it can be no name.
    pub(in crate::syntax) fn is_doubtful(self) -> bool {
        self.yaml.doubtful.binary_search(&self.id).is_ok()
    }

    /// Whether nothing stands there.
    pub(in crate::syntax) fn is_empty(self) -> bool {
        self.kind() == Kind::Empty
    }

    /// The entries of a list; nothing for anything else.
    pub(in crate::syntax) fn items(self) -> impl Iterator<Item = Node<'y>> {
        let range = match self.kind() {
            Kind::List { .. } => self.id + 1..self.raw().extra,
            _ => 0..0,
        };
        Children {
            yaml: self.yaml,
            range,
        }
        .map(|id| self.yaml.node(id))
    }

    /// The entries of a mapping; nothing for anything else.
    pub(in crate::syntax) fn entries(self) -> impl Iterator<Item = Entry<'y>> {
        let range = match self.kind() {
            Kind::Map { .. } => self.id + 1..self.raw().extra,
            _ => 0..0,
        };
        let mut children = Children {
            yaml: self.yaml,
            range,
        };
        std::iter::from_fn(move || {
            let id = children.next()?;
            let value = children.next()?;
            Some(Entry {
                id,
                key: self.yaml.node(id),
                value: self.yaml.node(value),
            })
        })
    }

    /// Whether something within it could not be read and was taken out, so that it may lack something.
    pub(in crate::syntax) fn is_torn(self) -> bool {
        !self.yaml.torn.is_empty() && self.tears().next().is_some()
    }

    /// Whether an entry of this very collection could not be read: its key is not known.
    pub(in crate::syntax) fn lacks_entries(self) -> bool {
        let own = self.yaml.column(self.raw().start);
        !self.yaml.torn.is_empty()
            && (self.yaml.truncated
                || self
                    .tears()
                    .any(|torn| torn.names && (torn.stray || torn.column <= own)))
    }

    /// What was taken out between the node before this one and the next one, and stood further right than the key to
    /// which this one belongs.
    fn tears(self) -> impl Iterator<Item = &'y Torn> {
        let yaml = self.yaml;
        let raw = self.raw();
        let before = self.id.checked_sub(1).map(|id| yaml.raw(id));
        let key = before.filter(|before| {
            matches!(before.tag, RawKind::Node(Kind::Scalar(_)))
                && yaml
                    .source
                    .get(before.end as usize..raw.start as usize)
                    .is_some_and(|between| between.contains(':'))
        });
        let (start, least) = match (key, before) {
            (Some(key), _) => (key.end, yaml.column(key.start) + 1),
            (None, Some(_)) => (raw.start, yaml.column(raw.start)),
            (None, None) => (0, 0),
        };
        let end = match yaml.nodes.get(yaml.behind(self.id) as usize) {
            Some(next) => next.start,
            None => yaml.source.len() as u32,
        };
        let first = yaml.torn.partition_point(|torn| torn.start < start);
        yaml.torn
            .iter()
            .skip(first)
            .take_while(move |torn| torn.start <= end)
            .filter(move |torn| torn.stray || torn.column >= least)
    }
}

/// The indices of what stands directly in a collection.
struct Children<'y> {
    yaml: &'y Yaml<'y>,
    range: std::ops::Range<u32>,
}

impl Iterator for Children<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        if self.range.is_empty() {
            return None;
        }
        let id = self.range.start;
        self.range.start = self.yaml.behind(id);
        Some(id)
    }
}
