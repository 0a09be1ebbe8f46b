//! What came of a step, in a few words.

use crate::condition::Value;
use crate::session::Source;
use crate::session::view::{CameView, PassKind, TrailView};

use super::plain;

/// What a step asked or said to do, on one line.
pub(super) fn what(visit: &TrailView) -> String {
    let markdown = |text: &crate::session::view::PublicMarkdown| plain::line(text.as_str());
    let instruction = visit
        .instruction
        .as_ref()
        .map(|text| plain::headline(text.as_str()));
    let what = match visit.kind {
        PassKind::Remedy | PassKind::Instruction => {
            visit.label.as_ref().map(markdown).or(instruction)
        }
        _ => visit.ask.as_ref().map(markdown).or(instruction),
    };
    what.filter(|what| !what.is_empty())
        .unwrap_or_else(|| visit.step.clone())
}

/// The same once it was replied to: of "Is the problem solved?" the fix that it was about.
pub(super) fn told(visit: &TrailView) -> String {
    let fix = visit
        .label
        .as_ref()
        .filter(|_| visit.kind == PassKind::Solved);
    fix.map_or_else(|| what(visit), |fix| plain::line(fix.as_str()))
}

/// What came of it, as a few words; `None` for what is not worth a line: what was passed silently, and ends, which the
/// note tells on top.
pub(super) fn came(visit: &TrailView) -> Option<String> {
    let came = came_bare(visit)?;
    Some(match visit.source.and_then(remark) {
        Some(remark) => format!("{came} ({remark})"),
        None => came,
    })
}

/// The same without where it came from.
pub(super) fn came_bare(visit: &TrailView) -> Option<String> {
    let is_remedy = visit.kind == PassKind::Remedy;
    let is_fix = visit.kind == PassKind::Solved && visit.label.is_some();
    Some(match &visit.came {
        CameView::Answered { value, .. } if is_fix => match value {
            Value::YesNo(true) => "it helped".to_owned(),
            _ => "did not help".to_owned(),
        },
        CameView::Unsure if is_fix => "unsure whether it helped".to_owned(),
        CameView::Answered { shown, .. } if is_remedy => match &**shown {
            "yes" => "done, it helped".to_owned(),
            _ => "done, did not help".to_owned(),
        },
        CameView::Answered { shown, .. } | CameView::Known { shown, .. } => plain::typed(shown),
        CameView::Done => "done".to_owned(),
        CameView::Tried if is_remedy => "already tried, did not help".to_owned(),
        CameView::Tried => "already done".to_owned(),
        CameView::Cannot => "cannot be done".to_owned(),
        CameView::Unsure if is_remedy => "done, unsure whether it helped".to_owned(),
        CameView::Unsure => "unsure".to_owned(),
        CameView::None => "none of these".to_owned(),
        CameView::Person => "asked for a person".to_owned(),
        CameView::Abandoned => "left for another tree".to_owned(),
        CameView::Open => return None,
        CameView::Ended { .. } | CameView::Passed | CameView::Limited => return None,
    })
}

/// What came of it in a case that was not solved after all.
pub(super) fn came_before(visit: &TrailView) -> Option<String> {
    let is_remedy = visit.kind == PassKind::Remedy;
    match &visit.came {
        CameView::Answered { shown, .. } if is_remedy && &**shown == "yes" => {
            Some("done, it helped at first".to_owned())
        }
        _ => came_bare(visit),
    }
}

/// Where a reply came from, if it is not what a person was asked.
pub const fn remark(source: Source) -> Option<&'static str> {
    match source {
        Source::Asked => None,
        Source::Prefilled => Some("known beforehand"),
        Source::Claimed => Some("claimed, not checked"),
        Source::Probed => Some("measured"),
        Source::Set => Some("follows from an answer"),
        Source::Before => Some("in the case before"),
    }
}

/// The kind of what came, as one word for programs.
pub(super) const fn word(came: &CameView) -> &'static str {
    match came {
        CameView::Open => "open",
        CameView::Answered { .. } => "answered",
        CameView::Done => "done",
        CameView::Tried => "tried",
        CameView::Cannot => "cannot",
        CameView::Unsure => "unsure",
        CameView::None => "none",
        CameView::Person => "person",
        CameView::Abandoned => "abandoned",
        CameView::Ended { .. } => "ended",
        CameView::Known { .. } => "known",
        CameView::Passed => "passed",
        CameView::Limited => "limited",
    }
}
