//! One fault, one finding: where a text has findings that may all come from one line, likely mends are tried on it. If
//! one of them leaves fewer findings, that line is the fault: the mend is the finding, and the text is read on as if
//! it had been made. It tries only what stands near a finding, and only so much in all; what no mend explains keeps
//! the findings that it has.

mod answer_name;
mod bare_edge;
mod inline;
mod line_break;
mod lost_answer;
mod lost_declaration;
mod lost_line;
mod needless;
mod pasted;
mod pieces;
mod shift;
mod sign;
mod whole_file;

use std::collections::HashSet;
use std::iter::successors;

use crate::diagnostic::{Code, Diagnostic, Edit};
use crate::source::{FileId, Place, Span};

use super::yaml::{Edits, Line};

/// Bytes that may be read for trying mends, all of them together; each syntax error makes the text be read again.
const MOST_BYTES: usize = 1024 * 1024;

/// Mends that are tried for one finding.
const MOST_MENDS: usize = 40;

/// Mends that are tried in all.
const MOST_TRIALS: usize = 120;

/// Findings of a text above which it is taken as it is: hardly a tree.
const MOST_FINDINGS: usize = 400;

/// Lines above and below a finding that may be its cause.
const NEAR: usize = 6;

/// Lines above a line among which those are looked for that it belongs to.
const FAR: usize = 400;

/// Lines of a thing in which what it lacks may stand.
const WITHIN: usize = 40;

/// What came of reading a text.
pub(super) struct Reading<T> {
    /// What it holds; `None` where it is over a limit.
    pub(super) script: Option<T>,
    /// What is wrong with it.
    pub(super) findings: Vec<Diagnostic>,
}

/// A mend that may be what the author meant, with the finding that says so.
struct Repair {
    finding: Diagnostic,
    edits: Vec<Edit>,
    /// Whether it is tried before a mend that puts something in quotes or moves it.
    likely: bool,
    oddity: Oddity,
}

/// How little a mend looks like one that the author needs; less is likelier. See [`shift::oddity`].
type Oddity = (bool, bool, bool);

/// The reading of a text with some edits, with fewer findings where mends explain them.
pub(super) fn repaired<T>(
    file: FileId,
    text: &str,
    edits: Edits,
    first: Reading<T>,
    read: impl Fn(&Edits, usize) -> Reading<T>,
) -> Reading<T> {
    if first.findings.len() > MOST_FINDINGS || !first.findings.iter().any(may_follow) {
        return first;
    }
    let mut search = Search {
        page: Page { file, text },
        read,
        reading: first,
        edits,
        explained: Vec::new(),
        left: MOST_BYTES,
        trials: MOST_TRIALS,
    };
    let mut seen = HashSet::new();
    while let Some(target) = search.next_target(&mut seen) {
        search.explain(&target);
    }
    let mut reading = search.reading;
    reading.findings.extend(search.explained);
    reading
        .findings
        .sort_by_key(|finding| finding.primary.place.span);
    reading
}

/// The mends so far, and what is left.
struct Search<'t, T, R> {
    page: Page<'t>,
    read: R,
    reading: Reading<T>,
    edits: Edits,
    /// What the mends stand for.
    explained: Vec<Diagnostic>,
    /// Bytes that may still be read.
    left: usize,
    /// Mends that may still be tried.
    trials: usize,
}

impl<T, R: Fn(&Edits, usize) -> Reading<T>> Search<'_, T, R> {
    /// The next finding that may come from a line in a wrong place.
    fn next_target(&self, seen: &mut HashSet<(Code, Span)>) -> Option<Diagnostic> {
        let targets = self.reading.findings.iter();
        let target = targets
            .filter(|finding| may_follow(finding))
            .filter(|finding| !seen.contains(&(finding.code, finding.primary.place.span)))
            .min_by_key(|finding| finding.primary.place.span)?;
        seen.insert((target.code, target.primary.place.span));
        Some(target.clone())
    }

    /// Looks for the mend after which the fewest findings are left, and none that was not there.
    fn explain(&mut self, target: &Diagnostic) {
        let lines = near(self.page.text, target.primary.place.span.start);
        let findings = self.reading.findings.iter();
        // A mend that leaves the finding is none.
        let known: HashSet<_> = findings
            .map(identity)
            .filter(|known| *known != identity(target))
            .collect();
        let errors = known
            .iter()
            .filter(|known| known.0 == Code::YamlSyntax)
            .count();
        let mut best: Option<(Repair, Edits, Reading<T>)> = None;
        for repair in self.page.candidates(target, &lines) {
            let Some(edits) = self.edits.with(&repair.edits) else {
                continue;
            };
            let Some(reading) = self.try_out(&edits, errors) else {
                break;
            };
            let least = best.as_ref().map_or(&self.reading, |best| &best.2);
            let better = reading.script.is_some()
                && reading.findings.len() < least.findings.len()
                && reading
                    .findings
                    .iter()
                    .all(|left| known.contains(&identity(left)));
            if better {
                let clean = !reading.findings.iter().any(|left| is_among(left, &lines));
                best = Some((repair, edits, reading));
                if clean {
                    break;
                }
            }
        }
        if let Some((repair, edits, reading)) = best {
            self.explained.push(repair.finding);
            self.edits = edits;
            self.reading = reading;
        }
    }

    /// Reads the text with a mend; `None` where enough has been read.
    fn try_out(&mut self, edits: &Edits, most_errors: usize) -> Option<Reading<T>> {
        if self.left == 0 || self.trials == 0 {
            return None;
        }
        self.trials -= 1;
        let reading = (self.read)(edits, most_errors);
        let errors = reading.findings.iter();
        let errors = errors
            .filter(|finding| finding.code == Code::YamlSyntax)
            .count();
        self.left = self
            .left
            .saturating_sub(self.page.text.len() * (1 + errors));
        Some(reading)
    }
}

/// What makes a finding the same one in two readings.
fn identity(finding: &Diagnostic) -> (Code, u32) {
    (finding.code, finding.primary.place.span.start)
}

fn is_among(finding: &Diagnostic, lines: &[Line<'_>]) -> bool {
    let at = finding.primary.place.span.start;
    let (first, last) = (lines.first(), lines.last());
    first.is_some_and(|line| line.start <= at) && last.is_some_and(|line| at <= line.end())
}

/// A file's text.
#[derive(Clone, Copy)]
struct Page<'t> {
    file: FileId,
    text: &'t str,
}

impl<'t> Page<'t> {
    fn finding(self, code: Code, span: Span, message: String) -> Diagnostic {
        let file = self.file;
        Diagnostic::new(code, Place { file, span }, message)
    }

    fn slice(self, span: Span) -> &'t str {
        let range = span.start as usize..span.end as usize;
        self.text.get(range).unwrap_or_default()
    }

    /// Likely mends of what a finding may come from, the likeliest first.
    fn candidates(self, target: &Diagnostic, lines: &[Line<'_>]) -> Vec<Repair> {
        let at = target.primary.place.span.start;
        let own = target.fix.as_ref().map(|fix| Repair {
            finding: target.clone(),
            edits: fix.edits.clone(),
            likely: false,
            oddity: shift::oddity(self, &fix.edits),
        });
        let mut repairs: Vec<Repair> = own.into_iter().collect();
        repairs.extend(sign::hard_spaces(self, lines));
        repairs.extend(pasted::conflicts(self, lines));
        repairs.extend(pasted::answered(self, lines));
        repairs.extend(whole_file::parted(self));
        repairs.extend(whole_file::fenced(self));
        repairs.extend(lost_answer::lost_answers(self, lines));
        repairs.extend(lost_line::lost_names(self, lines));
        repairs.extend(lost_line::lost_keys(self, lines));
        repairs.extend(lost_declaration::lost_declarations(self, lines));
        for line in lines {
            repairs.extend(line_break::doubled(self, *line));
            repairs.extend(line_break::joined(self, *line));
            repairs.extend(sign::signs(self, *line));
            repairs.extend(inline::inline(self, *line));
            repairs.extend(bare_edge::bare_edges(self, *line));
            repairs.extend(needless::answers(self, *line));
        }
        repairs.extend(shift::shifts(self, lines));
        repairs.sort_by_key(|repair| {
            let start = repair.finding.primary.place.span.start;
            let edits = repair.edits.len();
            (!repair.likely, repair.oddity, edits, start.abs_diff(at))
        });
        repairs.truncate(MOST_MENDS);
        repairs
    }
}

impl Repair {
    /// A mend that moves no line.
    fn sign(finding: Diagnostic, edits: Vec<Edit>) -> Self {
        Self {
            finding,
            edits,
            likely: false,
            oddity: Oddity::default(),
        }
    }

    /// The same, to be tried first.
    const fn likely(mut self) -> Self {
        self.likely = true;
        self
    }
}

/// Whether a finding may come from a line in a wrong place. A misspelled word has its own mend.
fn may_follow(finding: &Diagnostic) -> bool {
    match finding.code {
        Code::YamlSyntax | Code::WrongType => true,
        Code::MissingKey
        | Code::UnknownKey
        | Code::BadName
        | Code::ConflictingKeys
        | Code::DuplicateKey => finding.fix.is_none(),
        _ => false,
    }
}

/// The lines around a place, those that it belongs to, and those of the thing that begins there.
fn near<'t>(text: &'t str, at: u32) -> Vec<Line<'t>> {
    let line = Line::at(text, at);
    let mut lines: Vec<Line<'t>> = line.all_above(text).take(NEAR).collect();
    let owner = |line: Line<'t>| shift::owner(text, line, line.depth());
    for first in [Some(line), line.above(text)].into_iter().flatten() {
        lines.extend(successors(owner(first), |line| owner(*line)));
    }
    lines.push(line);
    let below = successors(line.below(text), |line| line.below(text));
    let mut beyond = 0;
    lines.extend(below.take(WITHIN).take_while(|below| {
        beyond += usize::from(beyond > 0 || below.depth() <= line.depth());
        beyond <= NEAR
    }));
    lines.sort_by_key(|line| line.start);
    lines.dedup_by_key(|line| line.start);
    lines
}
