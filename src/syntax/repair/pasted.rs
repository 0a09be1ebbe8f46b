//! What comes along when lines are pasted: the marks of a merge that nobody has finished, and those of an answered mail.

use std::iter::successors;

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::yaml::Line;
use super::{Page, Repair};

/// A text above which its lines are not looked through.
const LONGEST: usize = 256 * 1024;

/// Where two versions of some lines stand one below the other: the first one is read.
pub(super) fn conflicts(page: Page<'_>, lines: &[Line<'_>]) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut begin = None;
    let mut middle = None;
    for line in all(page) {
        if is_mark(line, '<') {
            (begin, middle) = (Some(line), None);
        } else if is_mark(line, '=') || is_mark(line, '|') {
            middle = middle.or(begin.map(|_| line));
        } else if is_mark(line, '>') {
            let conflict = begin.take().zip(middle.take());
            let conflict = conflict.filter(|(begin, _)| is_near(*begin, line, lines));
            repairs.extend(conflict.map(|(begin, middle)| conflict_of(page, begin, middle, line)));
        }
    }
    repairs
}

fn conflict_of(page: Page<'_>, begin: Line<'_>, middle: Line<'_>, end: Line<'_>) -> Repair {
    let edits = vec![without(page, begin, begin), without(page, middle, end)];
    let finding = page
        .finding(
            Code::YamlSyntax,
            begin.content(),
            "two versions of these lines stand one below the other".to_owned(),
        )
        .label("the mark of a merge that is not finished")
        .help("keep the lines that are right, and take the others and the three marks away")
        .fix("keep the first version", edits.clone());
    Repair::sign(finding, edits).likely()
}

/// Seven times the same sign at the left edge.
fn is_mark(line: Line<'_>, sign: char) -> bool {
    let rest = line.text.trim_start_matches(sign);
    line.text.len() == rest.len() + 7 && (rest.is_empty() || rest.starts_with(' '))
}

/// Lines with a `>` at the left edge, as a mail program puts it before what is answered.
pub(super) fn answered(page: Page<'_>, lines: &[Line<'_>]) -> Option<Repair> {
    let is_answered = |line: &Line<'_>| line.text.starts_with('>') && !is_mark(*line, '>');
    lines.iter().find(|line| is_answered(line))?;
    let edits: Vec<Edit> = all(page)
        .filter(is_answered)
        .map(|line| {
            let length = if line.text.starts_with("> ") { 2 } else { 1 };
            Edit {
                span: Span::new(line.start, line.start + length),
                text: String::new(),
            }
        })
        .collect();
    let first = edits.first()?.span;
    let finding = page
        .finding(
            Code::YamlSyntax,
            Span::new(first.start, first.start + 1),
            "a line begins with `>`".to_owned(),
        )
        .label("as in the answer to a mail")
        .help("take the sign away, here and on every line that has it")
        .fix("take the signs away", edits.clone());
    Some(Repair::sign(finding, edits).likely())
}

fn all<'t>(page: Page<'t>) -> impl Iterator<Item = Line<'t>> {
    let first = (page.text.len() <= LONGEST).then(|| Line::at(page.text, 0));
    successors(first, move |line| line.next(page.text))
}

fn is_near(begin: Line<'_>, end: Line<'_>, lines: &[Line<'_>]) -> bool {
    let (first, last) = (lines.first(), lines.last());
    first.is_some_and(|first| first.start <= end.end())
        && last.is_some_and(|last| begin.start <= last.end())
}

/// The edit that takes lines out, with their line breaks.
fn without(page: Page<'_>, first: Line<'_>, last: Line<'_>) -> Edit {
    let end = last.next(page.text).map_or(last.end(), |next| next.start);
    Edit {
        span: Span::new(first.start, end),
        text: String::new(),
    }
}
