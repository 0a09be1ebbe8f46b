//! The keys of a tree's file, in the order of the house style, with what each takes and what it is for.

use super::mapping::{Mapping, Names, Row, Takes};
use super::shared_rows::{
    ALLOW_ROW, CANNOT_ROW, CAUSE_ROW, CHECK_ROW, CHECKLIST_ROW, DATE_ROW, DO_ROW, END_ROW,
    ESCALATE_ROW, FIX_ROW, FORMAT_ROW, HELP_ROW, IMAGE_ROW, IMPACT_ROW, LABEL_ROW, LINK_ROW,
    MANY_ROW, NAMES, NEEDS_ROW, NEXT_ROW, NO_ROW, NOTE_ROW, NUMBER_ROW, ODDS_ROW, PREVENT_ROW,
    PRIORITY_ROW, PROSES, REASON_ROW, RETURN_ROW, SAY_ROW, TAKES_ROW, TEXT_ROW, TO, TRIED_ROW,
    UNSURE_ROW, URGENCY_ROW, WAIT_ROW, WARN_ROW, YES_ROW, row,
};

const ANSWERS: Takes = Takes::OneOf(&[
    Takes::Each(
        Names::Line,
        &Takes::OneOf(&[Takes::Prose, Takes::In(Mapping::Edge)]),
    ),
    PROSES,
]);

pub(super) const TREE: &[Row] = &[
    FORMAT_ROW,
    row(
        "title",
        Takes::Prose,
        "What the tree is about, in a few words.",
    ),
    row(
        "summary",
        Takes::Prose,
        "What the tree is about, in a sentence or two.",
    ),
    row(
        "symptoms",
        PROSES,
        "How callers put it. The search reads these.",
    ),
    row("tags", Takes::List(&Takes::Text), "Words for the search."),
    row("owner", Takes::Prose, "Who keeps the tree up to date."),
    row(
        "review_by",
        Takes::Day,
        "The day by which somebody has to look at the tree again: 2027-05-01.",
    ),
    row(
        "audience",
        Takes::Words(&["agent"]),
        "`agent`: the tree is not for customers.",
    ),
    ALLOW_ROW,
    row(
        "check",
        Takes::Prose,
        "The question after every remedy that does not bring its own: is the problem solved?",
    ),
    row("warn", Takes::Prose, "Danger, shown at the start."),
    row(
        "stuck",
        Takes::In(Mapping::Stuck),
        "The exit that every step offers to somebody who cannot go on: an escalation.",
    ),
    row(
        "start",
        Takes::Reference,
        "The step where the walk begins; the first one where it is not stated.",
    ),
    row(
        "steps",
        Takes::Each(Names::Identifier, &Takes::In(Mapping::Step)),
        "The steps, by name.",
    ),
    row(
        "tests",
        Takes::Each(Names::Any, &Takes::In(Mapping::Test)),
        "Walks, and where each has to end.",
    ),
];

pub(super) const STEP: &[Row] = &[
    row(
        "limit",
        Takes::In(Mapping::Limit),
        "How often the walk may come here, and where it goes after that.",
    ),
    row(
        "fact",
        Takes::Reference,
        "The shared fact that the answer sets; one that is known is not asked again.",
    ),
    row("ask", Takes::Prose, "The question that diagnoses."),
    row(
        "call",
        Takes::Reference,
        "Another tree to walk, and then to come back.",
    ),
    row(
        "try",
        Takes::Each(Names::Identifier, &Takes::In(Mapping::Remedy)),
        "Remedies, one after the other, until one of them works.",
    ),
    row(
        "order",
        Takes::Words(&["author", "best"]),
        "`best`: the remedies in the order of least expected time.",
    ),
    FIX_ROW,
    ESCALATE_ROW,
    END_ROW,
    RETURN_ROW,
    DO_ROW,
    LABEL_ROW,
    CAUSE_ROW,
    PREVENT_ROW,
    REASON_ROW,
    IMPACT_ROW,
    URGENCY_ROW,
    PRIORITY_ROW,
    NEEDS_ROW,
    WARN_ROW,
    SAY_ROW,
    HELP_ROW,
    CHECKLIST_ROW,
    IMAGE_ROW,
    LINK_ROW,
    NOTE_ROW,
    CHECK_ROW,
    WAIT_ROW,
    TAKES_ROW,
    ODDS_ROW,
    MANY_ROW,
    NUMBER_ROW,
    TEXT_ROW,
    DATE_ROW,
    row(
        "run",
        Takes::OneOf(&[Takes::In(Mapping::Command), Takes::In(Mapping::Systems)]),
        "A command by which the machine in trouble answers yes or no itself, where the person allows it.",
    ),
    row(
        "answers",
        ANSWERS,
        "The answers, each with where it leads; or a list of them beside `next`.",
    ),
    row(
        "returns",
        Takes::Each(Names::Line, &TO),
        "Where each value that the called tree returns leads.",
    ),
    YES_ROW,
    NO_ROW,
    NEXT_ROW,
    UNSURE_ROW,
    TRIED_ROW,
    CANNOT_ROW,
];

pub(super) const REMEDY: &[Row] = &[
    row(
        "if",
        Takes::Prose,
        "A question asked first; the answer no leaves this remedy out.",
    ),
    row(
        "when",
        Takes::Condition,
        "The remedy is left out where this does not hold.",
    ),
    DO_ROW,
    LABEL_ROW,
    CAUSE_ROW,
    WARN_ROW,
    SAY_ROW,
    HELP_ROW,
    CHECKLIST_ROW,
    IMAGE_ROW,
    LINK_ROW,
    NOTE_ROW,
    CHECK_ROW,
    WAIT_ROW,
    TAKES_ROW,
    ODDS_ROW,
    row(
        "after",
        NAMES,
        "Remedies that have to come before this one.",
    ),
    YES_ROW,
    UNSURE_ROW,
    TRIED_ROW,
    CANNOT_ROW,
];

/// An end as a step is written in this order as well.
pub(super) const EDGE: &[Row] = &[
    row("goto", Takes::Reference, "The step to go to."),
    row("tree", Takes::Reference, "Another tree to go to, for good."),
    FIX_ROW,
    ESCALATE_ROW,
    END_ROW,
    RETURN_ROW,
    CAUSE_ROW,
    PREVENT_ROW,
    REASON_ROW,
    IMPACT_ROW,
    URGENCY_ROW,
    PRIORITY_ROW,
    NEEDS_ROW,
    LABEL_ROW,
    DO_ROW,
    SAY_ROW,
    HELP_ROW,
    LINK_ROW,
    NOTE_ROW,
    row(
        "set",
        Takes::Each(Names::Identifier, &Takes::Value),
        "Shared facts that are set when this way is taken.",
    ),
    NO_ROW,
];

#[allow(
    clippy::indexing_slicing,
    reason = "both arrays are walked along the shorter one, while compiling"
)]
pub(super) const NEXT_EDGE: &[Row] = &{
    let mut rows = [row(
        "when",
        Takes::Condition,
        "The way is taken where this holds, and none before it did.",
    ); EDGE.len() + 1];
    let mut at = 0;
    while at < EDGE.len() {
        rows[at + 1] = EDGE[at];
        at += 1;
    }
    rows
};

pub(super) const STUCK: &[Row] = &[
    ESCALATE_ROW,
    REASON_ROW,
    IMPACT_ROW,
    URGENCY_ROW,
    PRIORITY_ROW,
    NEEDS_ROW,
    DO_ROW,
    SAY_ROW,
    HELP_ROW,
    LINK_ROW,
    NOTE_ROW,
];

pub(super) const TEST: &[Row] = &[
    row(
        "facts",
        Takes::Each(Names::Identifier, &Takes::Value),
        "Shared facts that are known when the walk begins.",
    ),
    row(
        "audience",
        Takes::Words(&["agent", "customer"]),
        "Who walks; an agent where it is not stated.",
    ),
    row(
        "channel",
        Takes::Words(&["phone", "chat", "email", "in_person", "self_service"]),
        "How one talks; by phone where it is not stated.",
    ),
    row(
        "answers",
        Takes::OneOf(&[
            Takes::Pairs(&Takes::Value),
            Takes::Each(Names::Any, &Takes::Value),
        ]),
        "The walk: `step: reply` for each prompt, in order.",
    ),
    row(
        "ends",
        Takes::Prose,
        "The end to which the walk comes: its step, its remedy, its text, its team or `stuck`.",
    ),
];
