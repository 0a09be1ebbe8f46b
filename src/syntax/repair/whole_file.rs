//! Lines that do not belong to the tree at all: a `---` in the middle of it, the fences of a chat or a web page around it.

use std::iter::successors;

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::yaml::Line;
use super::{Page, Repair};

/// A text above which its lines are not looked through.
const LONGEST: usize = 256 * 1024;

/// A `---` between keys that belong to one tree, taken out.
pub(super) fn parted(page: Page<'_>) -> Vec<Repair> {
    let lines = all(page).skip_while(|line| line.is_blank()).skip(1);
    let marks = lines.filter(|line| line.text.trim_end() == "---");
    let parted = |line: Line<'_>| {
        let edits = vec![without(page, line)];
        let finding = page
            .finding(
                Code::YamlSyntax,
                line.content(),
                "a file holds one document; a second one begins here".to_owned(),
            )
            .label("parts what stands above from what stands below")
            .help("take the line away; a second tree stands in a file of its own")
            .fix("take the line away", edits.clone());
        Repair::sign(finding, edits).likely()
    };
    marks.take(2).map(parted).collect()
}

/// Fences before and behind the tree, taken out.
pub(super) fn fenced(page: Page<'_>) -> Option<Repair> {
    let fences: Vec<Line<'_>> = all(page).filter(|line| is_fence(*line)).collect();
    let first = fences.first()?;
    let edits: Vec<Edit> = fences.iter().map(|line| without(page, *line)).collect();
    let finding = page
        .finding(
            Code::YamlSyntax,
            first.content(),
            "the fence of a code block stands around the tree".to_owned(),
        )
        .label("belongs to the page from which the tree was copied")
        .help("take the line away, and the one at the other end")
        .fix("take the lines away", edits.clone());
    (fences.len() <= 2).then(|| Repair::sign(finding, edits).likely())
}

fn is_fence(line: Line<'_>) -> bool {
    let text = line.text.trim_end();
    let rest = text
        .strip_prefix("```")
        .or_else(|| text.strip_prefix("~~~"));
    rest.is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn all<'t>(page: Page<'t>) -> impl Iterator<Item = Line<'t>> {
    let first = (page.text.len() <= LONGEST).then(|| Line::at(page.text, 0));
    successors(first, move |line| line.next(page.text))
}

/// The edit that takes a line out, with its line break.
fn without(page: Page<'_>, line: Line<'_>) -> Edit {
    let end = line.next(page.text).map_or(line.end(), |next| next.start);
    Edit {
        span: Span::new(line.start, end),
        text: String::new(),
    }
}
