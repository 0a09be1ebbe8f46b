//! Text → document, with what is wrong with it as findings. Where the parser gives up, the fault is explained and
//! taken out, and the text is read again, so that the rest is still checked.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Span};

use super::super::Limits;
use super::build::{Built, Fault, Problem, build};
use super::diagnose::diagnose;
use super::faults::explain;
use super::line::Line;
use super::mend::{Mend, Patch};
use super::node::{Torn, Yaml};
use super::retreat::retreat;

/// How often a text is read again.
const MOST_ATTEMPTS: usize = 200;

/// Bytes that reading again may take, all attempts together.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Reads a text; `None`, and reported, where it is over a limit; `None` as soon as there are more than so many syntax
/// errors.
pub(super) fn read<'s>(
    file: FileId,
    source: &'s str,
    limits: &Limits,
    most_errors: usize,
    findings: &mut Vec<Diagnostic>,
) -> Option<Yaml<'s>> {
    if source.len() > limits.bytes {
        findings.push(too_many_bytes(file, source, limits));
        return None;
    }
    let first = build(source, source, &[], limits);
    let mut reader = Reader {
        file,
        source,
        limits,
        text: String::new(),
        patches: Vec::new(),
        torn: Vec::new(),
        truncated: false,
        tabs: false,
        findings: Vec::new(),
    };
    let built = reader.until_readable(first, most_errors)?;
    if let Some(limit) = built.faults.last().filter(|fault| fault.problem.is_limit()) {
        findings.push(explain(file, source, limit, limits));
        return None;
    }
    findings.append(&mut reader.findings);
    findings.extend(
        built
            .faults
            .iter()
            .map(|fault| explain(file, source, fault, limits)),
    );
    let mut yaml = built.yaml;
    reader.torn.sort_by_key(|torn| torn.start);
    yaml.torn = reader.torn;
    yaml.truncated = reader.truncated;
    Some(yaml)
}

fn too_many_bytes(file: FileId, source: &str, limits: &Limits) -> Diagnostic {
    let span = Line::at(source, 0).content();
    Diagnostic::new(
        Code::TooLarge,
        Place { file, span },
        format!(
            "the file has {} bytes; {} are allowed",
            source.len(),
            limits.bytes
        ),
    )
    .label("not read")
    .help("split the tree: a step can `call` another tree or leave for it with `{tree: …}`")
}

/// Reads a text again and again, each time without the fault at which the parser gave up.
struct Reader<'s, 'l> {
    file: FileId,
    source: &'s str,
    limits: &'l Limits,
    /// The text with its changes.
    text: String,
    patches: Vec<Patch>,
    torn: Vec<Torn>,
    truncated: bool,
    /// Whether tabs were taken for blanks: what they led to is not reported.
    tabs: bool,
    findings: Vec<Diagnostic>,
}

impl<'s> Reader<'s, '_> {
    fn until_readable(&mut self, mut built: Built<'s>, most_errors: usize) -> Option<Built<'s>> {
        let attempts = (MOST_BYTES / self.source.len().max(1)).clamp(1, MOST_ATTEMPTS);
        let mut last_at = None;
        let mut steps_back = 0;
        for attempt in 0.. {
            let Some(fault) = stopping(&built) else {
                break;
            };
            if self.findings.len() >= most_errors {
                return None;
            }
            if self.text.is_empty() {
                self.source.clone_into(&mut self.text);
            }
            let at = fault.span.start;
            let progress = last_at.is_none_or(|last| at > last);
            last_at = Some(at);
            steps_back = if progress { 0 } else { steps_back + 1 };
            let changed = if attempt >= attempts {
                self.give_up(at)
            } else if progress {
                self.explain_and_mend(&fault)
            } else {
                false
            };
            if !changed {
                self.step_back(at, steps_back);
            }
            built = build(self.source, &self.text, &self.patches, self.limits);
        }
        Some(built)
    }

    /// Reports the fault and makes the text readable there.
    fn explain_and_mend(&mut self, fault: &Fault) -> bool {
        let at = fault.span.start;
        let Problem::Syntax(kind) = &fault.problem else {
            self.findings
                .push(explain(self.file, self.source, fault, self.limits));
            let rest = Span::new(at, self.text.len() as u32);
            return self.apply(&Mend::Drop(rest));
        };
        let diagnosis = diagnose(kind, self.source, &self.text, at);
        let line = Line::at(self.source, at);
        let tabbed = |line: Line<'_>| line.indent().contains('\t');
        let follows = self.tabs && (tabbed(line) || line.above(self.source).is_some_and(tabbed));
        let mend = diagnosis.mend.clone();
        if !follows {
            self.findings.push(diagnosis.into_finding(self.file));
        }
        self.apply(&mend)
    }

    /// Takes more out than the fault's own mend did: the line, then what is around it, level by level.
    fn step_back(&mut self, at: u32, times: usize) {
        let mend = retreat(&self.text, at, times);
        if !self.apply(&mend) {
            self.give_up(at);
        }
    }

    /// Takes the rest of the file out.
    fn give_up(&mut self, at: u32) -> bool {
        let line = Line::at(&self.text, at);
        if let Some(finding) = self.findings.last_mut() {
            finding.help = Some(match finding.help.take() {
                Some(help) => format!("{help}; what stands below is not checked until then"),
                None => "what stands below is not checked until this is mended".to_owned(),
            });
        }
        self.truncated = true;
        let line_only = self.apply(&Mend::End(line.start));
        line_only || self.apply(&Mend::End(0))
    }

    fn apply(&mut self, mend: &Mend) -> bool {
        if *mend == Mend::Tabs {
            for span in unclear_lines(&self.text) {
                Mend::Blank(span).apply(&mut self.text);
                self.tear(span.start, true);
            }
        }
        let changed = mend.apply(&mut self.text);
        match mend {
            Mend::Text(patch) => {
                let at = self
                    .patches
                    .partition_point(|known| known.span < patch.span);
                self.patches.insert(at, patch.clone());
            }
            Mend::Blank(span) => self.tear(span.start, false),
            Mend::Stray(span) => self.tear(span.start, true),
            Mend::End(at) => self.tear(*at, false),
            Mend::Tabs => self.tabs = true,
            Mend::Drop(_) | Mend::Sign(..) => {}
        }
        changed
    }

    fn tear(&mut self, start: u32, stray: bool) {
        let line = Line::at(self.source, start);
        let parts = line.parts();
        self.torn.push(Torn {
            start,
            column: start - line.start,
            stray,
            names: parts.key.is_none() || parts.value.is_empty(),
        });
    }
}

/// Lines indented with tabs of which nobody can tell how deep they are meant to be, compared to the line above and to
/// the last one indented with spaces: it depends on how wide a tab is shown.
fn unclear_lines(text: &str) -> Vec<Span> {
    let mut unclear = Vec::new();
    let mut above: Option<Line<'_>> = None;
    let mut spaces: Option<Line<'_>> = None;
    let lines = std::iter::successors(Some(Line::at(text, 0)), |line| line.next(text));
    for line in lines.filter(|line| !line.is_blank()) {
        if line.indent().contains('\t') {
            let mut others = [above, spaces].into_iter().flatten();
            if others.any(|other| is_unclear(line, other)) {
                unclear.push(line.content());
            }
        } else {
            spaces = Some(line);
        }
        above = Some(line);
    }
    unclear
}

/// Whether it depends on the width of a tab which of two lines is deeper.
fn is_unclear(line: Line<'_>, other: Line<'_>) -> bool {
    let depth = |line: Line<'_>, tab: usize| -> usize {
        let widths = line.indent().bytes();
        widths.map(|sign| if sign == b'\t' { tab } else { 1 }).sum()
    };
    let order = |tab| depth(line, tab).cmp(&depth(other, tab));
    [2, 4, 8].into_iter().any(|tab| order(tab) != order(1))
}

/// The fault at which reading stopped, unless it is a limit.
fn stopping(built: &Built<'_>) -> Option<Fault> {
    let fault = built.faults.last().filter(|_| built.stopped)?;
    (!fault.problem.is_limit()).then(|| fault.clone())
}
