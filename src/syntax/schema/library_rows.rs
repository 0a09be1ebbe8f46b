//! The keys of the library file, in the order of the house style, with what each takes and what it is for.

use super::mapping::{Mapping, Names, Row, Takes};
use super::shared_rows::{
    ALLOW_ROW, DATE_ROW, FORMAT_ROW, HELP_ROW, MANY_ROW, NAMES, NUMBER_ROW, PROSES, SAY_ROW,
    TEXT_ROW, row,
};

const CHOICES: Takes = Takes::OneOf(&[Takes::Each(Names::Line, &Takes::Prose), PROSES]);

pub(super) const LIBRARY: &[Row] = &[
    FORMAT_ROW,
    row("name", Takes::Prose, "What the desk calls its library."),
    row(
        "locale",
        Takes::Text,
        "The language of the texts: `en`, `de`.",
    ),
    ALLOW_ROW,
    row(
        "stuck",
        Takes::In(Mapping::Stuck),
        "The exit of every tree that brings none of its own: an escalation.",
    ),
    row(
        "teams",
        Takes::Each(Names::Line, &Takes::In(Mapping::Team)),
        "Who takes cases over.",
    ),
    row(
        "facts",
        Takes::Each(Names::Identifier, &Takes::In(Mapping::Fact)),
        "What all trees share, for as long as a case lives.",
    ),
    row(
        "priority",
        Takes::In(Mapping::Matrix),
        "Impact, then urgency, to a priority from 1 (first) to 5.",
    ),
    row(
        "glossary",
        Takes::Each(Names::Any, &Takes::Prose),
        "Words that callers do not know, in plain words.",
    ),
    row(
        "incidents",
        Takes::OneOf(&[
            Takes::Each(Names::Any, &Takes::In(Mapping::Incident)),
            Takes::List(&Takes::In(Mapping::Incident)),
        ]),
        "Known trouble, shown before the first question.",
    ),
    row(
        "hooks",
        Takes::OneOf(&[
            Takes::Each(Names::Any, &Takes::In(Mapping::Hook)),
            Takes::List(&Takes::In(Mapping::Hook)),
        ]),
        "Where to post what became of cases, each under a name.",
    ),
    row(
        "theme",
        Takes::In(Mapping::Theme),
        "How pages look, and whom they name.",
    ),
];

pub(super) const TEAM: &[Row] = &[
    row("name", Takes::Prose, "How people call the team."),
    row("tier", Takes::Text, "1, 2, 3; for agents."),
    row(
        "contact",
        Takes::Prose,
        "How the team is reached; for agents.",
    ),
    row("hours", Takes::Prose, "When the team is there; for agents."),
];

pub(super) const FACT: &[Row] = &[
    row(
        "ask",
        Takes::Prose,
        "How it is asked for where a step brings no words of its own.",
    ),
    HELP_ROW,
    MANY_ROW,
    NUMBER_ROW,
    TEXT_ROW,
    DATE_ROW,
    row("answers", CHOICES, "The answers that there are."),
];

pub(super) const INCIDENT: &[Row] = &[
    row(
        "title",
        Takes::Prose,
        "What is known to be broken, in a few words.",
    ),
    row("text", Takes::Prose, "What everybody may know about it."),
    SAY_ROW,
    row(
        "trees",
        NAMES,
        "The trees where it is shown; all of them where none is named.",
    ),
    row("until", Takes::Day, "The last day on which it is shown."),
];

pub(super) const HOOK: &[Row] = &[
    row(
        "url",
        Takes::Text,
        "Where to post: http or https; `${NAME}` is taken from the environment.",
    ),
    row(
        "on",
        Takes::List(&Takes::Words(&["handover", "close"])),
        "When to post; on both where it is not stated.",
    ),
    row(
        "template",
        Takes::Text,
        "A file in the library that makes the message.",
    ),
    row(
        "secret",
        Takes::Text,
        "The name of the environment variable that holds the secret to sign with.",
    ),
    row(
        "headers",
        Takes::Each(Names::Any, &Takes::Text),
        "Headers to send along.",
    ),
];

pub(super) const MATRIX: &[Row] = &[
    row(
        "high",
        Takes::In(Mapping::MatrixRow),
        "Many are hit, or something that matters much.",
    ),
    row("medium", Takes::In(Mapping::MatrixRow), "Some are hit."),
    row(
        "low",
        Takes::In(Mapping::MatrixRow),
        "One is hit, or something that matters little.",
    ),
];

pub(super) const MATRIX_ROW: &[Row] = &[
    row("high", Takes::Whole(1, 5), "It hurts now."),
    row("medium", Takes::Whole(1, 5), "It hurts soon."),
    row("low", Takes::Whole(1, 5), "It can wait."),
];

pub(super) const THEME: &[Row] = &[
    row(
        "name",
        Takes::Prose,
        "What stands at the top of every page; the library's name where it is not stated.",
    ),
    row("logo", Takes::Text, "A picture in the library."),
    row(
        "color",
        Takes::Text,
        "The colour of buttons and links: `#0057b8`, `navy`.",
    ),
    row(
        "contact",
        Takes::In(Mapping::Contact),
        "How a person is reached otherwise.",
    ),
    row(
        "embed",
        Takes::List(&Takes::Text),
        "Sites that may show the pages in a frame: `https://intranet.example.org`.",
    ),
];

pub(super) const CONTACT: &[Row] = &[
    row("phone", Takes::Text, "A telephone number."),
    row("email", Takes::Text, "An address for e-mail."),
    row("hours", Takes::Prose, "When somebody is there."),
];
