//! For people: the lines with the mistake, what is wrong there, what to type, and a summary at the end.

use std::io::{self, Write};

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Patch, Renderer, Snippet,
};

use super::count;
use super::region::Region;
use super::window::{MAX_GAP, Window, shown};
use crate::diagnostic::{Diagnostic, Edit, Fix, Label, Severity};
use crate::source::{FileId, Place, Sources, Span, neutralise, neutralise_line};

pub(super) fn render(
    sources: &Sources,
    diagnostics: &[&Diagnostic],
    colour: bool,
    width: u16,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(usize::from(width));
    for diagnostic in diagnostics {
        writeln!(out, "{}\n", renderer.render(&report(sources, diagnostic)))?;
    }
    writeln!(out, "{}", summary(diagnostics))
}

fn report(sources: &Sources, diagnostic: &Diagnostic) -> Vec<Group<'static>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(line(&diagnostic.message))
        .id(diagnostic.code.name());
    let mut group = title.elements(snippets(sources, diagnostic));
    let patches = diagnostic
        .fix
        .as_ref()
        .map(|fix| patches(sources, diagnostic.primary.place.file, fix));
    let patches = patches.filter(|patches| !patches.is_empty());
    if let (Some(help), None) = (&diagnostic.help, &patches) {
        group = group.element(Level::HELP.message(neutralise(help).into_owned()));
    }
    let mut report = vec![group];
    if let (Some(patches), Some(fix)) = (patches, &diagnostic.fix) {
        let title =
            Level::HELP.secondary_title(line(diagnostic.help.as_ref().unwrap_or(&fix.title)));
        report.push(title.elements(patches));
    }
    report
}

fn line(text: &str) -> String {
    neutralise_line(text).into_owned()
}

/// A label, the part of its span that is shown, and the lines of that.
struct Mark<'d> {
    text: &'d str,
    is_primary: bool,
    file: FileId,
    span: Span,
    lines: (u32, u32),
}

impl<'d> Mark<'d> {
    fn new(sources: &Sources, label: &'d Label, is_primary: bool) -> Self {
        let Place { file, span } = label.place;
        let source = sources.file(file);
        let span = shown(source, span);
        Self {
            text: &label.text,
            is_primary,
            file,
            span,
            lines: (source.line_of(span.start), source.line_of(span.end)),
        }
    }

    fn annotation(&self, window: &Window) -> Annotation<'static> {
        let kind = if self.is_primary {
            AnnotationKind::Primary
        } else {
            AnnotationKind::Context
        };
        let annotation = kind.span(window.range(self.span));
        if self.text.is_empty() {
            annotation
        } else {
            annotation.label(line(self.text))
        }
    }
}

/// A snippet for each part of a file that holds labels, the one with the primary label first.
fn snippets(sources: &Sources, diagnostic: &Diagnostic) -> Vec<Element<'static>> {
    let secondary = diagnostic
        .secondary
        .iter()
        .map(|label| Mark::new(sources, label, false));
    let mut marks: Vec<_> = secondary
        .chain([Mark::new(sources, &diagnostic.primary, true)])
        .collect();
    marks.sort_by_key(|mark| (mark.file, mark.span));
    let mut parts: Vec<_> = marks
        .chunk_by(|one, next| one.file == next.file && next.lines.0 <= one.lines.1 + MAX_GAP)
        .collect();
    parts.sort_by_key(|part| !part.iter().any(|mark| mark.is_primary));
    parts
        .into_iter()
        .filter_map(|part| snippet(sources, part))
        .collect()
}

/// The lines from the first mark to the last; only the place of the first where those are too long to be shown.
fn snippet(sources: &Sources, marks: &[Mark<'_>]) -> Option<Element<'static>> {
    let first = marks.first()?;
    let file = sources.file(first.file);
    let last_line = marks
        .iter()
        .map(|mark| mark.lines.1)
        .max()
        .unwrap_or(first.lines.1);
    let path = line(file.path());
    match Window::new(file, first.lines.0, last_line) {
        Some(window) => {
            let annotations: Vec<_> = marks.iter().map(|mark| mark.annotation(&window)).collect();
            let snippet = Snippet::source(window.text)
                .line_start(window.first_line as usize)
                .path(path);
            Some(snippet.annotations(annotations).into())
        }
        None => {
            let mark = marks.iter().find(|mark| mark.is_primary).unwrap_or(first);
            let start = Region::new(
                sources,
                Place {
                    file: mark.file,
                    span: mark.span,
                },
            )
            .start;
            Some(
                Origin::path(path)
                    .line(start.line as usize)
                    .char_column(start.column as usize)
                    .into(),
            )
        }
    }
}

/// The edits of a mend as changed lines; none where they cannot be shown.
fn patches(sources: &Sources, file: FileId, fix: &Fix) -> Vec<Element<'static>> {
    let source = sources.file(file);
    let length = source.text().len() as u32;
    let mut edits: Vec<&Edit> = fix
        .edits
        .iter()
        .filter(|edit| edit.span.end <= length)
        .collect();
    edits.sort_by_key(|edit| edit.span);
    let overlap = edits
        .iter()
        .zip(edits.iter().skip(1))
        .any(|(one, next)| next.span.start < one.span.end);
    if overlap || edits.len() != fix.edits.len() {
        return Vec::new();
    }
    let lines = |edit: &Edit| {
        (
            source.line_of(edit.span.start),
            source.line_of(edit.span.end),
        )
    };
    let parts = edits.chunk_by(|one, next| lines(next).0 <= lines(one).1 + MAX_GAP);
    let patch = |part: &[&Edit]| -> Option<Element<'static>> {
        let (first, last) = (part.first()?, part.last()?);
        let window = Window::new(source, lines(first).0, lines(last).1)?;
        let patches: Vec<_> = part
            .iter()
            .map(|edit| Patch::new(window.range(edit.span), neutralise(&edit.text).into_owned()))
            .collect();
        Some(
            Snippet::source(window.text)
                .line_start(window.first_line as usize)
                .patches(patches)
                .into(),
        )
    };
    parts
        .map(patch)
        .collect::<Option<Vec<_>>>()
        .unwrap_or_default()
}

fn summary(diagnostics: &[&Diagnostic]) -> String {
    let (errors, warnings) = count(diagnostics);
    let counted = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let counts: Vec<_> = [counted(errors, "error"), counted(warnings, "warning")]
        .into_iter()
        .flatten()
        .collect();
    match diagnostics.first() {
        None => "No findings.".to_owned(),
        Some(first) => {
            format!(
                "{}. `fixpath explain {}` tells more about a finding.",
                counts.join(", "),
                first.code.name()
            )
        }
    }
}
