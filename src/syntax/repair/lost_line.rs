//! A line that is not there any more: the name above the keys of a step or a test, or the key above names. What stood
//! below it is read as a part of what stands before.

use std::collections::BTreeSet;
use std::iter::successors;

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::Line;
use super::{Page, Repair};

/// How much deeper one level is.
pub(super) const LEVEL: usize = 2;

/// A text above which nobody looks for a name that is missing in it.
const LONGEST: usize = 256 * 1024;

/// The keys whose values are steps.
const EDGES: [&str; 8] = [
    "yes", "no", "next", "unsure", "tried", "cannot", "goto", "then",
];

/// The one name that something leads to and nothing has, before each line that may begin its step.
pub(super) fn lost_names(page: Page<'_>, lines: &[Line<'_>]) -> Vec<Repair> {
    let begins = |line: &&Line<'_>| {
        let parts = line.parts();
        let is_key = parts.dash.is_none() && key_of(page, **line).is_some();
        is_key && line.depth() >= 2 * LEVEL && stands_apart(page, **line)
    };
    let places: Vec<&Line<'_>> = lines.iter().filter(begins).collect();
    if places.is_empty() || page.text.len() > LONGEST {
        return Vec::new();
    }
    let Some(name) = only_missing(page) else {
        return Vec::new();
    };
    let label = "begins a step, and no name stands above it";
    let why = "it is led to, and no step is named so";
    let repairs = places.into_iter();
    repairs
        .map(|line| lost(page, *line, name, label, why).likely())
        .collect()
}

/// The key above a name that stands deeper than the key before it; the name above the keys of the first test.
pub(super) fn lost_keys(page: Page<'_>, lines: &[Line<'_>]) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for line in lines {
        let Some(above) = line.above(page.text) else {
            continue;
        };
        let is_name = line.parts().key.is_some() && may_be_answer(key_of(page, *line));
        let deeper = line.depth() == above.depth() + LEVEL;
        let value = page.slice(line.parts().value);
        let led = value.is_empty() || self::is_name(value);
        if is_name && deeper && key_of(page, above).is_some() && !is_empty(above) {
            let label = "a name, and no key stands above it to hold it";
            // Behind the name of an answer a label may stand, where that does not lead on.
            for key in ["answers", "try"].into_iter().take(1 + usize::from(led)) {
                repairs.push(lost(
                    page,
                    *line,
                    key,
                    label,
                    "names stand below such a key",
                ));
            }
        }
        let first = line.depth() == 2 * LEVEL && key_of(page, *line).is_some();
        if first && above.depth() == 0 && page.slice(above.content()) == "tests:" {
            let label = "belongs to a test, and no name stands above it";
            let why = "each test has a name, any words that say what it is about";
            repairs.push(lost(page, *line, "a walk", label, why).likely());
        }
        let apart = line.previous(page.text).is_some_and(Line::is_blank);
        let inside = line.below(page.text).and_then(|below| key_of(page, below));
        if is_name
            && line.depth() == LEVEL
            && apart
            && matches!(inside, Some(Key::Answers | Key::Facts))
        {
            let label = "a test, and no key stands above it to hold it";
            repairs.push(lost(
                page,
                *line,
                "tests",
                label,
                "tests stand below such a key",
            ));
        }
    }
    repairs
}

/// The key of the language with which a line begins.
fn key_of(page: Page<'_>, line: Line<'_>) -> Option<Key> {
    Key::from_name(page.slice(line.parts().key?))
}

/// Whether a line that begins with that key of the language, or none, may be an answer all the same.
const fn may_be_answer(key: Option<Key>) -> bool {
    matches!(key, None | Some(Key::Windows | Key::Macos | Key::Linux))
}

/// Whether a line is a key with nothing behind it.
fn is_empty(line: Line<'_>) -> bool {
    line.parts().value.is_empty()
}

/// Whether a line stands below an empty one, or is the first below its owner and too deep for that.
fn stands_apart(page: Page<'_>, line: Line<'_>) -> bool {
    let above = line.previous(page.text);
    above.is_some_and(|above| {
        let key = above.parts().key.map(|key| page.slice(key));
        above.text.trim().is_empty() || key == Some("steps")
    })
}

/// The line of a name or key is missing above another.
pub(super) fn lost(page: Page<'_>, line: Line<'_>, name: &str, label: &str, why: &str) -> Repair {
    let key = line.parts().key.unwrap_or_default();
    let depth = line.depth().saturating_sub(LEVEL);
    let edit = Edit {
        span: Span::new(line.start, line.start),
        text: format!("{}{name}:\n", " ".repeat(depth)),
    };
    let finding = page
        .finding(
            Code::MissingKey,
            key,
            format!("the line `{name}:` is missing above `{}`", page.slice(key)),
        )
        .label(label)
        .help(format!(
            "write `{name}:` above it, indented by {depth}: {why}"
        ))
        .fix("add the line", vec![edit.clone()]);
    Repair::sign(finding, vec![edit])
}

/// The name of a step that edges or tests use and that no line has, where it is only one.
fn only_missing<'t>(page: Page<'t>) -> Option<&'t str> {
    let (mut used, mut there) = (BTreeSet::new(), BTreeSet::new());
    let mut owner = "";
    let mut in_tests = false;
    let lines = successors(Some(Line::at(page.text, 0)), |line| line.next(page.text));
    for line in lines {
        let parts = line.parts();
        let Some(key) = parts.key.map(|key| page.slice(key)) else {
            continue;
        };
        let value = page.slice(parts.value);
        in_tests = if line.depth() == 0 {
            key == "tests"
        } else {
            in_tests
        };
        if in_tests {
            used.extend(answered(key, value, parts.dash.is_some()));
            continue;
        }
        there.insert(key);
        let leads = EDGES.contains(&key) || matches!(owner, "answers" | "returns");
        used.extend(Some(value).filter(|value| leads && is_name(value)));
        if value.is_empty() {
            owner = key;
        }
    }
    let mut missing = used.difference(&there);
    let only = missing.next().copied();
    only.filter(|_| missing.next().is_none())
}

/// The steps that a line of a test names.
fn answered<'t>(key: &'t str, value: &'t str, item: bool) -> Vec<&'t str> {
    let step = |name: &'t str| name.split('.').next().unwrap_or_default().trim();
    let names: Vec<&str> = if item {
        vec![step(key)]
    } else if key == "answers" {
        let replies = value.trim_matches(['[', ']']).split(',');
        replies
            .filter_map(|reply| reply.split_once(": "))
            .map(|(name, _)| step(name))
            .collect()
    } else {
        Vec::new()
    };
    names.into_iter().filter(|name| is_name(name)).collect()
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && !matches!(text, "stuck" | "solved" | "yes" | "no")
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}
