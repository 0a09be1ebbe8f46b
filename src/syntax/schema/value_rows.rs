//! The keys of what stands in a step: limits, pictures, links, kinds of answers, commands; in the order of the house style.

use super::mapping::{Mapping, Row, Takes};
use super::shared_rows::{TO, row};

pub(super) const LIMIT: &[Row] = &[
    row(
        "visits",
        Takes::Whole(1, u32::MAX),
        "How often the walk may come here.",
    ),
    row("then", TO, "Where it goes after that."),
];

pub(super) const IMAGE: &[Row] = &[
    row(
        "src",
        Takes::Text,
        "The path of the picture, from the tree's file.",
    ),
    row("alt", Takes::Prose, "What a screen reader says."),
];

pub(super) const LINK: &[Row] = &[
    row(
        "url",
        Takes::Text,
        "The address: http, https, mailto or tel.",
    ),
    row(
        "label",
        Takes::Prose,
        "What is shown instead of the address.",
    ),
];

pub(super) const NUMBER: &[Row] = &[
    row(
        "min",
        Takes::Number,
        "The smallest number that is accepted.",
    ),
    row("max", Takes::Number, "The largest number that is accepted."),
    row("unit", Takes::Text, "Shown behind the number."),
    row(
        "decimals",
        Takes::Whole(0, 9),
        "How many digits may stand behind the point.",
    ),
];

pub(super) const TEXT: &[Row] = &[
    row(
        "pattern",
        Takes::Text,
        "A regular expression that the whole text must match.",
    ),
    row("example", Takes::Text, "What a good answer looks like."),
    row(
        "max",
        Takes::Whole(1, 2_000),
        "The most characters that are accepted.",
    ),
    row(
        "secret",
        Takes::YesNo,
        "`true`: the answer is kept nowhere; only that it was given.",
    ),
];

pub(super) const DATE: &[Row] = &[
    row(
        "min",
        Takes::DayOrToday,
        "The first day that is accepted: a date, or `today`.",
    ),
    row(
        "max",
        Takes::DayOrToday,
        "The last day that is accepted: a date, or `today`.",
    ),
];

pub(super) const COMMAND: &[Row] = &[
    row(
        "command",
        Takes::List(&Takes::Text),
        "The program and its arguments; no shell splits them.",
    ),
    row(
        "timeout",
        Takes::Duration,
        "How long it may take; 10s where it is not stated.",
    ),
    row(
        "yes",
        Takes::Condition,
        "The answer is yes where this holds; it reads `exit` and `output`.",
    ),
];

pub(super) const SYSTEMS: &[Row] = &[
    row(
        "linux",
        Takes::In(Mapping::Command),
        "The command for Linux.",
    ),
    row(
        "windows",
        Takes::In(Mapping::Command),
        "The command for Windows.",
    ),
    row(
        "macos",
        Takes::In(Mapping::Command),
        "The command for macOS.",
    ),
];
