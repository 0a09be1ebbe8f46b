//! Keys that several kinds of mappings have, with what each takes and what it is for.

use super::mapping::{Mapping, Row, Takes};

pub(super) const fn row(key: &'static str, takes: Takes, about: &'static str) -> Row {
    Row { key, takes, about }
}

pub(super) const LEVEL: Takes = Takes::Words(&["high", "medium", "low"]);
pub(super) const PROSES: Takes = Takes::List(&Takes::Prose);
pub(super) const NAMES: Takes = Takes::List(&Takes::Reference);
pub(super) const TO: Takes = Takes::OneOf(&[Takes::Reference, Takes::In(Mapping::Edge)]);
pub(super) const NEXT: Takes = Takes::OneOf(&[
    Takes::Reference,
    Takes::In(Mapping::Edge),
    Takes::List(&Takes::In(Mapping::NextEdge)),
]);
pub(super) const FORMAT_ROW: Row = row(
    "format",
    Takes::Whole(1, 1),
    "The version of the language; 1 where it is not stated.",
);
pub(super) const ALLOW_ROW: Row = row("allow", NAMES, "Codes of warnings that are silenced here.");

pub(super) const DO_ROW: Row = row(
    "do",
    Takes::Prose,
    "What to do, as Markdown; written so that the customer understands it.",
);
pub(super) const SAY_ROW: Row = row(
    "say",
    Takes::Prose,
    "Words for the agent to read aloud; customers never see them.",
);
pub(super) const HELP_ROW: Row = row("help", Takes::Prose, "How to find out.");
pub(super) const WARN_ROW: Row = row("warn", Takes::Prose, "Danger, shown first.");
pub(super) const CHECKLIST_ROW: Row = row("checklist", PROSES, "Items to tick.");
pub(super) const IMAGE_ROW: Row = row(
    "image",
    Takes::OneOf(&[Takes::Text, Takes::In(Mapping::Image)]),
    "A picture: its path, or `{src: path, alt: what it shows}`.",
);
pub(super) const LINK_ROW: Row = row(
    "link",
    Takes::OneOf(&[Takes::Text, Takes::In(Mapping::Link)]),
    "Where to read more: an address, or `{url: address, label: text}`.",
);
pub(super) const NOTE_ROW: Row = row(
    "note",
    Takes::Prose,
    "A remark for agents; customers never see it.",
);
pub(super) const CHECK_ROW: Row = row(
    "check",
    Takes::Prose,
    "The question whether the problem is solved, where the tree's does not fit.",
);
pub(super) const WAIT_ROW: Row = row(
    "wait",
    Takes::Duration,
    "A countdown that can be skipped: 30s, 2m, 1h, 1d.",
);
pub(super) const TAKES_ROW: Row = row(
    "takes",
    Takes::Duration,
    "How long it takes: 30s, 2m, 1h, 1d.",
);
pub(super) const ODDS_ROW: Row = row(
    "odds",
    Takes::Odds,
    "The share of cases that this solves: 45%.",
);
pub(super) const LABEL_ROW: Row = row(
    "label",
    Takes::Prose,
    "What is shown instead of the name or key.",
);
pub(super) const CAUSE_ROW: Row = row("cause", Takes::Prose, "What was wrong.");
pub(super) const YES_ROW: Row = row(
    "yes",
    TO,
    "Where the answer yes leads; at a remedy, the fix in other words.",
);
pub(super) const NO_ROW: Row = row(
    "no",
    TO,
    "Where the answer no leads; at a remedy or a fix, where to go if it did not help.",
);
pub(super) const NEXT_ROW: Row = row(
    "next",
    NEXT,
    "Where to go; or a list of ways with `when`, the last one without.",
);
pub(super) const UNSURE_ROW: Row = row(
    "unsure",
    TO,
    "Where \"I don't know\" leads; `stuck` where it is not stated.",
);
pub(super) const TRIED_ROW: Row = row("tried", TO, "Where \"already done\" leads.");
pub(super) const CANNOT_ROW: Row = row("cannot", TO, "Where \"I can't do that\" leads.");
pub(super) const FIX_ROW: Row = row("fix", Takes::Prose, "The end: what solved the problem.");
pub(super) const ESCALATE_ROW: Row = row(
    "escalate",
    Takes::Reference,
    "The end: the team that takes the case over.",
);
pub(super) const END_ROW: Row = row(
    "end",
    Takes::Prose,
    "The end, neither fixed nor handed over: information, a referral.",
);
pub(super) const RETURN_ROW: Row = row(
    "return",
    Takes::Text,
    "Back to the tree that called, with this value.",
);
pub(super) const PREVENT_ROW: Row =
    row("prevent", Takes::Prose, "How to keep it from coming back.");
pub(super) const REASON_ROW: Row = row(
    "reason",
    Takes::Prose,
    "Why the case is handed over; for agents.",
);
pub(super) const IMPACT_ROW: Row = row("impact", LEVEL, "How much is hit.");
pub(super) const URGENCY_ROW: Row = row("urgency", LEVEL, "How soon it hurts.");
pub(super) const PRIORITY_ROW: Row = row(
    "priority",
    Takes::Whole(1, 5),
    "1 (first) to 5, instead of impact and urgency.",
);
pub(super) const NEEDS_ROW: Row = row(
    "needs",
    NAMES,
    "Shared facts to be asked for before the case is handed over.",
);
pub(super) const MANY_ROW: Row = row(
    "many",
    Takes::YesNo,
    "`true`: several answers may be given.",
);
pub(super) const NUMBER_ROW: Row = row(
    "number",
    Takes::In(Mapping::Number),
    "The answer is a number.",
);
pub(super) const TEXT_ROW: Row = row(
    "text",
    Takes::In(Mapping::Text),
    "The answer is a line of text.",
);
pub(super) const DATE_ROW: Row = row("date", Takes::In(Mapping::Date), "The answer is a date.");
