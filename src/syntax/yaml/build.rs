//! From the parser's events to the tree of nodes. One pass, no recursion; stops at the first syntax error, for the
//! parser does.

mod alias;
mod scalar;

use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScanError, Span as ParserSpan, StructureStyle};

use crate::source::Span;

use super::super::Limits;
use super::mend::Patch;
use super::node::{Kind, PropertyKind, Raw, RawKind, VERBATIM, Yaml};
use alias::Target;

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

/// Bytes of text in which there is at most one node, mostly.
const BYTES_A_NODE: usize = 8;

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
            // Few files have a node in fewer bytes; what is reserved and not used costs nothing.
            nodes: Vec::with_capacity(source.len() / BYTES_A_NODE),
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

impl Build<'_, '_> {
    /// Takes one event in; `false` where reading cannot go on.
    fn take(&mut self, event: Result<(Event<'_>, ParserSpan), ScanError>) -> bool {
        let (event, span) = match event {
            Ok((event, place)) => (event, place),
            Err(error) => {
                let at = error.marker().byte_offset().unwrap_or(0);
                let at = self.yaml.source.floor_char_boundary(at) as u32;
                return self.stop(Problem::Syntax(error.kind().clone()), Span::new(at, at));
            }
        };
        let tag = span.tag_span().map(|tag| range(self.yaml.source, &tag));
        let place = range(self.yaml.source, &span);
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

    /// Closes what a syntax error left open, so that every collection knows its end.
    fn close_all(&mut self) {
        while !self.open.is_empty() {
            self.finish(Span::default());
        }
    }
}

/// The bytes of a place. In a text that is hardly YAML the parser gives places past the end or within a character:
/// they count as where that character begins.
fn range(source: &str, span: &ParserSpan) -> Span {
    let begin = |at: usize| source.floor_char_boundary(at) as u32;
    span.byte_range().map_or_else(Span::default, |range| {
        Span::new(begin(range.start), begin(range.end))
    })
}
