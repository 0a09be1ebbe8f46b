//! The name of an answer that is not there any more: the keys of its edge stand right below `answers:`, too deep for that.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::Line;
use super::lost_line::{LEVEL, lost};
use super::shift::owner;
use super::{Page, Repair};

/// What an answer is called of which nobody can tell the name.
const LOST_NAME: &str = "answer";

/// The name above the first key of the first answer.
pub(super) fn lost_answers(page: Page<'_>, lines: &[Line<'_>]) -> Vec<Repair> {
    let repair = |line: &Line<'_>| {
        let key = line
            .parts()
            .key
            .and_then(|key| Key::from_name(page.slice(key)))?;
        let above = line.above(page.text)?;
        let holder = above.parts().key.map(|key| page.slice(key));
        let is_first = matches!(holder, Some("answers" | "returns"))
            && above.parts().value.is_empty()
            && line.depth() == above.depth() + 2 * LEVEL;
        (is_first && leads(key)).then(|| repair(page, *line, above))
    };
    lines.iter().filter_map(repair).collect()
}

/// Whether an edge can begin with that key.
const fn leads(key: Key) -> bool {
    matches!(
        key,
        Key::Goto | Key::Tree | Key::Fix | Key::Escalate | Key::End | Key::Return | Key::Label
    )
}

fn repair(page: Page<'_>, line: Line<'_>, holder: Line<'_>) -> Repair {
    let label = "belongs to an answer, and no name stands above it";
    if let Some(name) = tested(page, holder) {
        return lost(page, line, name, label, "a test gives that answer").likely();
    }
    let key = line.parts().key.unwrap_or_default();
    let depth = line.depth() - LEVEL;
    let message = format!(
        "the line with the name of an answer is missing above `{}`",
        page.slice(key)
    );
    let finding = page
        .finding(Code::MissingKey, key, message)
        .label(label)
        .help(format!(
            "write the name of the answer above it, indented by {depth} and with a colon behind it"
        ));
    let edit = Edit {
        span: Span::new(line.start, line.start),
        text: format!("{}{LOST_NAME}:\n", " ".repeat(depth)),
    };
    Repair::sign(finding, vec![edit]).likely()
}

/// The one answer that tests give at the step and that does not stand below `answers:`.
fn tested<'t>(page: Page<'t>, holder: Line<'t>) -> Option<&'t str> {
    let step = owner(page.text, holder, holder.depth())?;
    let step = page.slice(step.parts().key?);
    let mut there = BTreeSet::new();
    let mut below = holder.below(page.text);
    while let Some(line) = below.filter(|line| line.depth() > holder.depth()) {
        if line.depth() == holder.depth() + LEVEL {
            there.extend(line.parts().key.map(|key| page.slice(key)));
        }
        below = line.below(page.text);
    }
    let (_, tests) = page.text.split_once("\ntests:")?;
    let replies = tests.split(['\n', ',', '[', ']']);
    let given = replies.filter_map(|reply| {
        let reply = reply.trim_start().trim_start_matches("- ");
        let (name, answer) = reply.split_once(": ")?;
        (name.trim() == step).then(|| answer.trim())
    });
    let mut lost: BTreeSet<&str> = given.filter(|answer| !there.contains(answer)).collect();
    lost.retain(|answer| !answer.is_empty() && !matches!(*answer, "unsure" | "none" | "person"));
    let only = lost.pop_first();
    only.filter(|_| lost.is_empty())
}
