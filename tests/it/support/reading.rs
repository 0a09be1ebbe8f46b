//! One file read for its shape alone: YAML in, findings as `code line:column-line:column` and the mended text out.

use fixpath::diagnostic::Diagnostic;
use fixpath::source::{FileId, SourceFile, Span};
use fixpath::syntax::{LibraryScript, Limits, Script, parse_library, parse_script};

/// What came of reading one file.
#[derive(Debug)]
pub struct Reading<T> {
    /// The file.
    pub source: SourceFile,
    /// What was read.
    pub script: T,
    /// What was found, in the order of the file.
    pub findings: Vec<Diagnostic>,
}

impl Reading<Script> {
    /// Reads a tree.
    pub fn tree(text: &str) -> Self {
        Self::tree_within(text, &Limits::default())
    }

    /// Reads a tree within limits.
    pub fn tree_within(text: &str, limits: &Limits) -> Self {
        let source = SourceFile::new("example.yaml", text);
        let mut findings = Vec::new();
        let script = parse_script(FileId(0), "example".into(), &source, limits, &mut findings);
        Self::new(source, script, findings)
    }

    /// Reads a tree whose head is not looked at.
    pub fn steps(text: &str) -> Self {
        Self::tree(&format!("title: T\nsteps:\n{text}"))
    }
}

impl Reading<LibraryScript> {
    /// Reads a library file.
    pub fn library(text: &str) -> Self {
        let source = SourceFile::new("fixpath.yaml", text);
        let mut findings = Vec::new();
        let script = parse_library(FileId(0), &source, &Limits::default(), &mut findings);
        Self::new(source, script, findings)
    }
}

impl<T> Reading<T> {
    fn new(source: SourceFile, script: T, mut findings: Vec<Diagnostic>) -> Self {
        findings.sort_by_key(|finding| finding.primary.place.span);
        Self {
            source,
            script,
            findings,
        }
    }

    /// One line a finding, `code line:column-line:column`.
    pub fn places(&self) -> Vec<String> {
        let place = |finding: &Diagnostic| {
            let span = finding.primary.place.span;
            let (start, end) = (
                self.source.position(span.start),
                self.source.position(span.end),
            );
            format!(
                "{} {}:{}-{}:{}",
                finding.code.name(),
                start.line,
                start.column,
                end.line,
                end.column
            )
        };
        self.findings.iter().map(place).collect()
    }

    /// One line a finding, `code text`: the first line of what it points at.
    pub fn words(&self) -> Vec<String> {
        let words = |finding: &Diagnostic| {
            let text = self.source.slice(finding.primary.place.span);
            format!(
                "{} {}",
                finding.code.name(),
                text.lines().next().unwrap_or_default()
            )
            .trim_end()
            .to_owned()
        };
        self.findings.iter().map(words).collect()
    }

    /// The file after all mends.
    pub fn mended(&self) -> String {
        let mut edits: Vec<_> = self
            .findings
            .iter()
            .filter_map(|finding| finding.fix.as_ref())
            .flat_map(|fix| fix.edits.iter().cloned())
            .collect();
        edits.sort_by_key(|edit| std::cmp::Reverse((edit.span.start, edit.span.end)));
        edits.dedup();
        let mut text = self.source.text().to_owned();
        for edit in edits {
            text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        }
        text
    }

    /// Every span that a finding names.
    pub fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        for finding in &self.findings {
            spans.push(finding.primary.place.span);
            spans.extend(finding.secondary.iter().map(|label| label.place.span));
            let edits = finding.fix.iter().flat_map(|fix| &fix.edits);
            spans.extend(edits.map(|edit| edit.span));
        }
        spans
    }
}
