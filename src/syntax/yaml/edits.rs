//! A text with some edits, and the way back: what is read in the edited text stands at its place in the one that the
//! author wrote. It does not know why something is edited.

use crate::diagnostic::{Diagnostic, Edit};
use crate::source::{FileId, Span};

use super::super::Limits;
use super::node::{Kind, Raw, RawKind, Style, VERBATIM, Yaml};
use super::read::read;

/// Edits of one text, in order, not overlapping.
#[derive(Debug, Clone, Default)]
pub(in crate::syntax) struct Edits {
    edits: Vec<Edit>,
}

impl Edits {
    /// Whether there are none.
    pub(in crate::syntax) const fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// With further edits; `None` where one of them meets one that is there.
    pub(in crate::syntax) fn with(&self, further: &[Edit]) -> Option<Self> {
        let mut edits: Vec<Edit> = self.edits.iter().chain(further).cloned().collect();
        edits.sort_by_key(|edit| edit.span);
        let apart = edits.iter().zip(edits.iter().skip(1));
        let mut apart = apart.map(|(left, right)| (left.span, right.span));
        apart
            .all(|(left, right)| left.end <= right.start && left != right)
            .then_some(Self { edits })
    }

    /// Whether an edit touches a span.
    fn touches(&self, span: Span) -> bool {
        let first = self
            .edits
            .partition_point(|edit| edit.span.end < span.start);
        self.edits
            .get(first)
            .is_some_and(|edit| edit.span.start <= span.end)
    }

    /// The edited text.
    fn apply(&self, text: &str) -> String {
        let mut edited = String::with_capacity(text.len());
        let mut at = 0;
        for edit in &self.edits {
            edited.push_str(text.get(at..edit.span.start as usize).unwrap_or_default());
            edited.push_str(&edit.text);
            at = edit.span.end as usize;
        }
        edited.push_str(text.get(at..).unwrap_or_default());
        edited
    }

    /// For each edit: where its text ends in the edited text, and what it stands for.
    fn places(&self) -> Vec<(Span, Span)> {
        let mut places = Vec::with_capacity(self.edits.len());
        let mut grown = 0_i64;
        for edit in &self.edits {
            let start = (i64::from(edit.span.start) + grown) as u32;
            let length = edit.text.len() as u32;
            places.push((Span::new(start, start + length), edit.span));
            grown += i64::from(length) - i64::from(edit.span.len());
        }
        places
    }
}

/// From places in the edited text to those in the text itself.
struct Back {
    places: Vec<(Span, Span)>,
}

impl Back {
    fn offset(&self, at: u32) -> u32 {
        let behind = self
            .places
            .partition_point(|(edited, _)| edited.start <= at);
        let Some((edited, original)) = behind.checked_sub(1).and_then(|at| self.places.get(at))
        else {
            return at;
        };
        match at.checked_sub(edited.end) {
            Some(beyond) => original.end + beyond,
            None => original.end.min(original.start + (at - edited.start)),
        }
    }

    fn span(&self, span: Span) -> Span {
        Span::new(self.offset(span.start), self.offset(span.end))
    }

    /// A finding at its place in the text itself; without its mend where that meets an edit.
    fn finding(&self, mut finding: Diagnostic, edits: &Edits) -> Diagnostic {
        finding.primary.place.span = self.span(finding.primary.place.span);
        for label in &mut finding.secondary {
            label.place.span = self.span(label.place.span);
        }
        if let Some(fix) = &mut finding.fix {
            for edit in &mut fix.edits {
                edit.span = self.span(edit.span);
            }
            if fix.edits.iter().any(|edit| edits.touches(edit.span)) {
                finding.fix = None;
            }
        }
        finding
    }
}

/// Reads a text as if some edits had been made; everything stands at its place in the text itself. `None`, and
/// reported, where it is over a limit; `None` where it has more than so many syntax errors.
pub(in crate::syntax) fn read_edited<'s>(
    file: FileId,
    source: &'s str,
    edits: &Edits,
    limits: &Limits,
    most_errors: usize,
    findings: &mut Vec<Diagnostic>,
) -> Option<Yaml<'s>> {
    if edits.is_empty() {
        return read(file, source, limits, most_errors, findings);
    }
    let text = edits.apply(source);
    let back = Back {
        places: edits.places(),
    };
    let mut found = Vec::new();
    let yaml = read(file, &text, limits, most_errors, &mut found);
    findings.extend(
        found
            .into_iter()
            .map(|finding| back.finding(finding, edits)),
    );
    Some(moved(yaml?, source, &back))
}

/// A document at its places in another text.
fn moved<'s>(yaml: Yaml<'_>, source: &'s str, back: &Back) -> Yaml<'s> {
    let edited = yaml.source;
    let mut texts = yaml.texts;
    let mut nodes = yaml.nodes;
    for raw in &mut nodes {
        let written = verbatim(raw, edited);
        let span = back.span(Span::new(raw.start, raw.end));
        (raw.start, raw.end) = (span.start, span.end);
        if let Some(written) = written
            && verbatim(raw, source) != Some(written)
        {
            raw.extra = texts.len() as u32;
            texts.push(written.into());
        }
    }
    let mut properties = yaml.properties;
    for property in &mut properties {
        property.span = back.span(property.span);
    }
    let mut torn = yaml.torn;
    for torn in &mut torn {
        torn.start = back.offset(torn.start);
    }
    Yaml {
        source,
        nodes,
        texts,
        properties,
        doubtful: yaml.doubtful,
        torn,
        truncated: yaml.truncated,
    }
}

/// The text of a scalar that stands in the source as it is.
fn verbatim<'t>(raw: &Raw, source: &'t str) -> Option<&'t str> {
    let RawKind::Node(Kind::Scalar(style)) = raw.tag else {
        return None;
    };
    if raw.extra != VERBATIM {
        return None;
    }
    let quote = u32::from(style != Style::Plain);
    source.get((raw.start + quote) as usize..raw.end.checked_sub(quote)? as usize)
}
