//! Scalars: their style, their text, where it stands; and texts in `{…}` that a comma has split.

use granit_parser::ScalarStyle;

use crate::source::Span;

use super::super::mend::Patch;
use super::super::node::{Kind, RawKind, Style, VERBATIM};
use super::{Build, Problem};

impl<'p> Build<'_, 'p> {
    pub(super) fn scalar(&mut self, text: &str, style: ScalarStyle, anchor: usize, place: Span) {
        let place = self.behind_colon(place);
        let node = match self.patch(place) {
            Some(patch) => self.push_patch(patch),
            None if let Some(patch) = self.unpatched(place) => self.push_patch(&patch),
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

    /// What is known of the scalar that begins there: behind a tight colon it begins a little later than the patch.
    fn patch(&self, place: Span) -> Option<&'p Patch> {
        let behind = self
            .patches
            .partition_point(|patch| patch.span.start <= place.start);
        let patch = self.patches.get(behind.checked_sub(1)?)?;
        (place.start < patch.span.end).then_some(patch)
    }

    /// What the author wrote, where a scalar over several lines runs into a patch.
    fn unpatched(&self, place: Span) -> Option<Patch> {
        let behind = self
            .patches
            .partition_point(|patch| patch.span.start <= place.start);
        self.patches
            .get(behind)
            .filter(|patch| patch.span.start < place.end)?;
        let written = self
            .yaml
            .source
            .get(place.start as usize..place.end as usize)?;
        let words: Vec<&str> = written.split_whitespace().collect();
        Some(Patch {
            span: place,
            text: words.join(" ").into(),
            sure: false,
        })
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
    fn push_scalar(&mut self, text: &str, style: ScalarStyle, place: Span) -> Option<u32> {
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
        let quotes = u32::from(matches!(kind, Kind::Scalar(Style::Single | Style::Double)));
        let inner = (place.start + quotes) as usize..(place.end - quotes) as usize;
        let block = matches!(kind, Kind::Scalar(Style::Literal | Style::Folded));
        let verbatim = kind == Kind::Empty || !block && self.yaml.source.get(inner) == Some(text);
        let extra = if verbatim {
            VERBATIM
        } else {
            self.yaml.texts.push(Box::from(text));
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
        if count < 2 {
            return false;
        }
        let source = self.yaml.source.as_bytes();
        let colon = place.start > 0 && source.get(place.start as usize - 1) == Some(&b':');
        let last = count as u32 - 1;
        let anchored = self
            .yaml
            .properties
            .last()
            .is_some_and(|property| property.node == last);
        if !flow_map || colon || anchored || self.closed + 1 >= count {
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
