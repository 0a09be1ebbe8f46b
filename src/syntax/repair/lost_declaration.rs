//! A line that is not there any more in a library file: the key at the left edge above one of its parts, or the name above
//! the keys of a team or a fact.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::library_script::LOST_NAME;
use super::super::yaml::Line;
use super::lost_line::{LEVEL, lost};
use super::{Page, Repair};

/// The parts of a library file that hold names or entries.
const PARTS: [&str; 6] = [
    "teams",
    "facts",
    "priority",
    "glossary",
    "incidents",
    "stuck",
];

/// The parts with names that have keys, and the key with which most of those begin.
const NAMED: [(&str, &str, &str); 2] = [("teams", "name", "team"), ("facts", "ask", "fact")];

/// What may be missing above each of the lines, in a library file.
pub(super) fn lost_declarations(page: Page<'_>, lines: &[Line<'_>]) -> Vec<Repair> {
    let is_there = |key: &str| {
        let mut lines = page.text.lines();
        lines.any(|line| {
            line.strip_prefix(key)
                .is_some_and(|rest| rest.starts_with(':'))
        })
    };
    if is_there("steps") || is_there("title") {
        return Vec::new();
    }
    let missing: Vec<&str> = PARTS.into_iter().filter(|part| !is_there(part)).collect();
    let mut repairs = Vec::new();
    for line in lines {
        let Some(key) = line.parts().key else {
            continue;
        };
        if line.depth() == LEVEL && begins_part(page, *line) {
            let label = "belongs to a part of the library file, and no key stands above it";
            let why = "a key at the left edge says what stands below it";
            let parts = missing.iter();
            repairs.extend(parts.map(|part| lost(page, *line, part, label, why).likely()));
        }
        let name = NAMED.iter().find(|(part, first, _)| {
            line.depth() == 2 * LEVEL
                && page.slice(key) == *first
                && part_of(page, *line) == Some(part)
        });
        if let Some((_, _, what)) = name {
            repairs.push(lost_name(page, *line, key, what).likely());
        }
    }
    repairs
}

/// Whether the line before is empty or a remark, so that something new begins.
fn begins_part(page: Page<'_>, line: Line<'_>) -> bool {
    line.previous(page.text).is_none_or(Line::is_blank)
}

/// The key at the left edge that a line belongs to.
fn part_of<'t>(page: Page<'t>, line: Line<'t>) -> Option<&'t str> {
    let owner = line.all_above(page.text).find(|above| above.depth() == 0)?;
    Some(page.slice(owner.parts().key?))
}

/// A team or a fact whose name is not there; what it was nobody can tell from this file.
fn lost_name(page: Page<'_>, line: Line<'_>, key: Span, what: &str) -> Repair {
    let word = page.slice(key);
    let message = format!("the line with the name of a {what} is missing above `{word}`");
    let finding = page
        .finding(Code::MissingKey, key, message)
        .label(format!("belongs to a {what}, and no name stands above it"))
        .help(format!(
            "write the name of the {what} above it, indented by {LEVEL} and with a colon behind it"
        ));
    let edit = Edit {
        span: Span::new(line.start, line.start),
        text: format!("{}{LOST_NAME}:\n", " ".repeat(LEVEL)),
    };
    Repair::sign(finding, vec![edit])
}
