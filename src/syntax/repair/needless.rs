//! `answers:` above `yes:` and `no:` where these alone are wanted.

use std::iter::successors;

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::yaml::Line;
use super::{Page, Repair};

/// A line `answers:` with nothing below it but yes and no, taken out.
pub(super) fn answers(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let key = line.parts().key?;
    if page.slice(line.content()) != "answers:" {
        return None;
    }
    let below = successors(line.next(page.text), |line| line.next(page.text));
    let arms: Vec<Line<'_>> = below
        .take_while(|below| below.depth() > line.depth())
        .collect();
    let is_arm = |arm: &Line<'_>| {
        let key = arm.parts().key.map(|key| page.slice(key));
        matches!(key, Some("yes" | "no"))
    };
    if arms.is_empty() || !arms.iter().all(is_arm) {
        return None;
    }
    let mut edits = vec![Edit {
        span: Span::new(line.start, arms.first()?.start),
        text: String::new(),
    }];
    edits.extend(arms.iter().map(|arm| Edit {
        span: Span::new(arm.start, arm.content().start),
        text: " ".repeat(line.depth()),
    }));
    let finding = page
        .finding(
            Code::ConflictingKeys,
            key,
            "`answers` holds nothing but yes and no".to_owned(),
        )
        .label("a step that only asks whether it helped has no `answers`")
        .help("take this line away, and write `yes:` and `no:` in its place")
        .fix("take the line away", edits.clone());
    Some(Repair::sign(finding, edits))
}
