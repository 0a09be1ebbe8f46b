//! From the parser's events to the tree of nodes. One pass, no recursion; stops at the first syntax error, for the
//! parser does.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{
    ErrorKind, Event, Parser, ScalarStyle, ScanError, Span as ParserSpan, StructureStyle,
};

use crate::source::Span;

use super::super::Limits;
use super::mend::Patch;
use super::node::{Kind, Property, PropertyKind, Raw, RawKind, Style, VERBATIM, Yaml};

/// What is wrong with a text as YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::syntax) enum Problem {
    /// The parser could not go on.
    Syntax(ErrorKind),
    /// `*name` that nothing is named after.
    UnknownAlias,
    /// `*name` within what it refers to.
    AliasOfItself,
    /// `!type` or `&name` with nothing behind it.
    LostWord,
    /// A `---` in the middle.
    SecondDocument,
    /// A comma cut a text in two; the span is that of the whole text.
    SplitText,
    /// Nested deeper than the limits allow.
    TooDeep,
    /// The aliases stand for more values than the limits allow.
    TooManyAliases,
}

/// A problem and where it was noticed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::syntax) struct Fault {
    /// What.
    pub(in crate::syntax) problem: Problem,
    /// Where.
    pub(in crate::syntax) span: Span,
}

impl Problem {
    /// Whether the file is over a limit.
    pub(in crate::syntax) const fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::TooDeep | Self::TooManyAliases | Self::Syntax(ErrorKind::RecursionLimitExceeded)
        )
    }
}

/// An open list or mapping.
#[derive(Debug)]
struct Open {
    node: u32,
    anchor: usize,
    /// Values that aliases stood for when it began.
    aliased: usize,
    /// Levels below it so far.
    height: usize,
}

/// What an alias may refer to.
#[derive(Debug, Clone, Copy)]
struct Target {
    node: u32,
    /// Values in it, aliases written out; `None` while it is not closed.
    values: Option<usize>,
    height: usize,
    /// Its place among the properties.
    property: Option<usize>,
}

/// The tree being built.
#[derive(Debug)]
struct Build<'s, 'p> {
    yaml: Yaml<'s>,
    faults: Vec<Fault>,
    open: Vec<Open>,
    targets: HashMap<usize, Target>,
    aliased: usize,
    /// The end of the last thing that was written out.
    end: u32,
    /// How many nodes there were when the last collection was closed.
    closed: usize,
    /// Scalars whose text is known otherwise.
    patches: &'p [Patch],
    limits: Limits,
}

/// A document, as far as it could be read.
#[derive(Debug)]
pub(super) struct Built<'s> {
    pub(super) yaml: Yaml<'s>,
    /// What is wrong; the last one stopped the reading, where something did.
    pub(super) faults: Vec<Fault>,
    /// Whether reading stopped before the end.
    pub(super) stopped: bool,
}

/// Reads a text: `source`, some of whose bytes may have been changed in `text`, with the patches that say what they
/// stand for.
pub(super) fn build<'s>(
    source: &'s str,
    text: &str,
    patches: &[Patch],
    limits: &Limits,
) -> Built<'s> {
    let mut build = Build {
        yaml: Yaml {
            source,
            ..Yaml::default()
        },
        faults: Vec::new(),
        open: Vec::new(),
        targets: HashMap::new(),
        aliased: 0,
        end: 0,
        closed: 0,
        patches,
        limits: *limits,
    };
    let options = granit_parser::options! {
        emit_comments: false,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: limits.depth.saturating_add(1),
        block_nesting_limit: limits.depth.saturating_add(1),
    };
    let mut stopped = false;
    for event in Parser::new_from_str_with_options(text, options) {
        if !build.take(event) {
            stopped = true;
            break;
        }
    }
    build.close_all();
    Built {
        yaml: build.yaml,
        faults: build.faults,
        stopped,
    }
}

impl<'p> Build<'_, 'p> {
    /// Takes one event in; `false` where reading cannot go on.
    fn take(&mut self, event: Result<(Event<'_>, ParserSpan), ScanError>) -> bool {
        let (event, span) = match event {
            Ok((event, place)) => (event, place),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0) as u32;
                return self.stop(Problem::Syntax(error.kind().clone()), Span::new(at, at));
            }
        };
        let tag = span.tag_span().map(|tag| range(&tag));
        let place = range(&span);
        match event {
            Event::Scalar(text, style, anchor, _) => self.scalar(&text, style, anchor, place),
            Event::SequenceStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                return self.begin(Kind::List { flow }, anchor, place, tag);
            }
            Event::MappingStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                return self.begin(Kind::Map { flow }, anchor, place, tag);
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(place),
            Event::Alias(id) => return self.alias(id, place),
            Event::UnresolvedAlias(_) => {
                self.unknown_alias(place);
            }
            Event::Anchor(id, _) => self.anchor(id, place),
            Event::DocumentStart(..) if !self.yaml.nodes.is_empty() => {
                return self.stop(Problem::SecondDocument, place);
            }
            _ => {}
        }
        if let Some(tag) = tag {
            self.property(tag, PropertyKind::Tag);
        }
        true
    }

    fn fault(&mut self, problem: Problem, span: Span) {
        self.faults.push(Fault { problem, span });
    }

    fn stop(&mut self, problem: Problem, span: Span) -> bool {
        self.fault(problem, span);
        false
    }

    fn push(&mut self, place: Span, extra: u32, tag: RawKind) -> u32 {
        self.yaml.nodes.push(Raw {
            start: place.start,
            end: place.end,
            extra,
            tag,
        });
        self.yaml.nodes.len() as u32 - 1
    }

    /// Notes what stands before the latest node. Before nothing, it was meant as the text itself.
    fn property(&mut self, span: Span, kind: PropertyKind) {
        if let Some(raw) = self.yaml.nodes.last_mut()
            && raw.tag == RawKind::Node(Kind::Empty)
            && !span.is_empty()
        {
            (raw.start, raw.end) = (span.start, span.end);
            raw.tag = RawKind::Node(Kind::Scalar(Style::Plain));
            self.yaml.doubtful.push(self.yaml.nodes.len() as u32 - 1);
            self.fault(Problem::LostWord, span);
            return;
        }
        if let Some(node) = (self.yaml.nodes.len() as u32).checked_sub(1) {
            self.yaml.properties.push(Property { node, span, kind });
        }
    }

    fn scalar(&mut self, text: &Cow<'_, str>, style: ScalarStyle, anchor: usize, place: Span) {
        let place = self.behind_colon(place);
        let node = match self.patch(place) {
            Some(patch) => self.push_patch(patch),
            None => match self.push_scalar(text, style, place) {
                Some(node) => node,
                None => return,
            },
        };
        if anchor != 0 {
            self.name(anchor, node, Some(1));
        }
    }

    /// Where nothing stands behind a key, the parser gives the place of the colon: it is the one behind that is meant.
    fn behind_colon(&self, place: Span) -> Span {
        let source = self.yaml.source.as_bytes();
        if place.is_empty() && source.get(place.start as usize) == Some(&b':') {
            Span::new(place.start + 1, place.end + 1)
        } else {
            place
        }
    }

    /// What is known of the scalar that begins there.
    fn patch(&self, place: Span) -> Option<&'p Patch> {
        // Behind a tight colon the word begins one byte later.
        let first = self
            .patches
            .partition_point(|patch| patch.span.start + 1 < place.start);
        self.patches
            .get(first)
            .filter(|patch| patch.span.start <= place.start)
    }

    fn push_patch(&mut self, patch: &Patch) -> u32 {
        self.yaml.texts.push(patch.text.clone());
        let extra = self.yaml.texts.len() as u32 - 1;
        let node = self.push(patch.span, extra, RawKind::Node(Kind::Scalar(Style::Plain)));
        if !patch.sure {
            self.yaml.doubtful.push(node);
        }
        self.end = patch.span.end;
        node
    }

    /// Adds a scalar as it is; `None` where it was a piece of the text before it.
    fn push_scalar(&mut self, text: &Cow<'_, str>, style: ScalarStyle, place: Span) -> Option<u32> {
        let (kind, place) = match style {
            ScalarStyle::Plain if place.is_empty() => (Kind::Empty, place),
            ScalarStyle::Plain => (Kind::Scalar(Style::Plain), place),
            ScalarStyle::SingleQuoted => (Kind::Scalar(Style::Single), place),
            ScalarStyle::DoubleQuoted => (Kind::Scalar(Style::Double), place),
            ScalarStyle::Literal => (Kind::Scalar(Style::Literal), self.block(place)),
            ScalarStyle::Folded => (Kind::Scalar(Style::Folded), self.block(place)),
        };
        if kind == Kind::Empty && self.joins_split_text(place) {
            return None;
        }
        let quotes = match style {
            ScalarStyle::Plain => 0,
            _ => 2,
        };
        let verbatim = kind == Kind::Empty
            || matches!(text, Cow::Borrowed(text) if text.len() as u32 + quotes == place.len())
                && !matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let extra = if verbatim {
            VERBATIM
        } else {
            self.yaml.texts.push(Box::from(&**text));
            self.yaml.texts.len() as u32 - 1
        };
        let node = self.push(place, extra, RawKind::Node(kind));
        self.end = place.end;
        Some(node)
    }

    /// Joins a key of no value in `{…}` with the plain text before it: a comma has split them.
    fn joins_split_text(&mut self, place: Span) -> bool {
        let flow_map = self.open.last().is_some_and(|open| {
            matches!(
                self.yaml.raw(open.node).tag,
                RawKind::Node(Kind::Map { flow: true })
            )
        });
        let count = self.yaml.nodes.len();
        let source = self.yaml.source.as_bytes();
        let colon = place.start > 0 && source.get(place.start as usize - 1) == Some(&b':');
        if !flow_map || colon || self.closed + 1 >= count {
            return false;
        }
        let (Some(key), Some(text)) = (self.yaml.nodes.last(), self.yaml.nodes.get(count - 2))
        else {
            return false;
        };
        let plain = RawKind::Node(Kind::Scalar(Style::Plain));
        if key.tag != plain || text.tag != plain {
            return false;
        }
        let whole = Span::new(text.start, key.end);
        let slice = self
            .yaml
            .source
            .get(whole.start as usize..whole.end as usize)
            .unwrap_or_default();
        let extra = if slice.contains('\n') {
            let words: Vec<&str> = slice.split_whitespace().collect();
            self.yaml.texts.push(words.join(" ").into());
            self.yaml.texts.len() as u32 - 1
        } else {
            VERBATIM
        };
        self.yaml.nodes.pop();
        self.yaml
            .doubtful
            .pop_if(|node| *node as usize + 1 >= count);
        if let Some(text) = self.yaml.nodes.last_mut() {
            text.end = whole.end;
            text.extra = extra;
        }
        self.note_split(whole);
        true
    }

    /// Notes the fault once for each text, however many commas it has.
    fn note_split(&mut self, whole: Span) {
        let node = self.yaml.nodes.len() as u32 - 1;
        match self.faults.last_mut() {
            Some(fault)
                if fault.problem == Problem::SplitText && fault.span.start == whole.start =>
            {
                fault.span = whole;
            }
            _ => {
                self.fault(Problem::SplitText, whole);
                self.yaml.doubtful.push(node);
            }
        }
    }

    /// The span of a block scalar from its `|` or `>` to its last visible character.
    fn block(&self, content: Span) -> Span {
        let source = self.yaml.source;
        let text = source
            .get(content.start as usize..content.end as usize)
            .unwrap_or_default();
        let end = content.start + text.trim_end().len() as u32;
        let before = source
            .get(self.end as usize..content.start as usize)
            .unwrap_or_default();
        let start = header(before).map_or(content.start, |at| self.end + at);
        Span::new(start, end.max(start))
    }

    fn begin(&mut self, kind: Kind, anchor: usize, place: Span, tag: Option<Span>) -> bool {
        let node = self.push(place, VERBATIM, RawKind::Node(kind));
        if let Some(tag) = tag {
            self.property(tag, PropertyKind::Tag);
        }
        if self.open.len() >= self.limits.depth {
            return self.stop(Problem::TooDeep, Span::new(place.start, place.start));
        }
        if anchor != 0 {
            self.name(anchor, node, None);
        }
        self.open.push(Open {
            node,
            anchor,
            aliased: self.aliased,
            height: 0,
        });
        self.end = self.end.max(place.end);
        true
    }

    fn finish(&mut self, place: Span) {
        self.end = self.end.max(if place.is_empty() { 0 } else { place.end });
        let Some(open) = self.open.pop() else { return };
        let behind = self.yaml.nodes.len() as u32;
        self.closed = behind as usize;
        let end = self.end;
        if let Some(raw) = self.yaml.nodes.get_mut(open.node as usize) {
            raw.extra = behind;
            raw.end = end.max(raw.start);
        }
        let values = (behind - open.node) as usize + (self.aliased - open.aliased);
        if open.anchor != 0
            && let Some(target) = self.targets.get_mut(&open.anchor)
        {
            target.values = Some(values);
            target.height = open.height + 1;
        }
        self.reach(open.height + 1);
    }

    /// Notes that there are so many levels below the innermost open collection.
    fn reach(&mut self, height: usize) {
        if let Some(open) = self.open.last_mut() {
            open.height = open.height.max(height);
        }
    }

    fn name(&mut self, anchor: usize, node: u32, values: Option<usize>) {
        self.targets.insert(
            anchor,
            Target {
                node,
                values,
                height: 0,
                property: None,
            },
        );
    }

    fn anchor(&mut self, id: usize, place: Span) {
        let at = self.yaml.properties.len();
        self.property(place, PropertyKind::Anchor { used: false });
        if let Some(target) = self.targets.get_mut(&id) {
            target.property = Some(at);
        }
    }

    fn alias(&mut self, id: usize, place: Span) -> bool {
        self.end = place.end;
        let Some(target) = self.targets.get(&id).copied() else {
            self.unknown_alias(place);
            return true;
        };
        let property = target
            .property
            .and_then(|at| self.yaml.properties.get_mut(at));
        if let Some(property) = property {
            property.kind = PropertyKind::Anchor { used: true };
        }
        let Some(values) = target.values else {
            self.fault(Problem::AliasOfItself, place);
            self.push(place, VERBATIM, RawKind::Node(Kind::Broken));
            return true;
        };
        self.push(place, target.node, RawKind::Alias);
        self.aliased = self.aliased.saturating_add(values);
        self.reach(target.height);
        if self.aliased > self.limits.aliases {
            return self.stop(Problem::TooManyAliases, place);
        }
        if self.open.len() + target.height > self.limits.depth {
            return self.stop(Problem::TooDeep, place);
        }
        true
    }

    /// A text that begins with a star, most likely: it is read as one.
    fn unknown_alias(&mut self, place: Span) {
        self.fault(Problem::UnknownAlias, place);
        let node = self.push(place, VERBATIM, RawKind::Node(Kind::Scalar(Style::Plain)));
        self.yaml.doubtful.push(node);
        self.end = place.end;
    }

    /// Closes what a syntax error left open, so that every collection knows its end.
    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.finish(Span::default());
        }
    }
}

fn range(span: &ParserSpan) -> Span {
    span.byte_range().map_or_else(Span::default, |range| {
        Span::new(range.start as u32, range.end as u32)
    })
}

/// Where the `|` or `>` stands in what lies between a key and its block scalar's text: behind anchors, tags and
/// comments.
fn header(between: &str) -> Option<u32> {
    let mut comment = false;
    let mut previous = b' ';
    for (at, byte) in between.bytes().enumerate() {
        let free = matches!(previous, b' ' | b'\t' | b'\n' | b'\r');
        match byte {
            b'\n' => comment = false,
            b'#' if free => comment = true,
            b'|' | b'>' if free && !comment => return Some(at as u32),
            _ => {}
        }
        previous = byte;
    }
    None
}
