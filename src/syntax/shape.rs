//! Where each key may stand: one set of keys for every kind of mapping in the language. What excludes what within one
//! mapping is not said here but where it is lowered.

use super::key::{Key, KeySet};

/// A kind of mapping.
#[derive(Debug)]
pub(super) struct Shape {
    /// What people call it: "a step".
    pub(super) what: &'static str,
    /// The keys that it may have.
    pub(super) keys: KeySet,
    /// Whether it may be `{}`.
    pub(super) may_be_empty: bool,
}

/// What a step or a remedy may show beside `ask` and `do`.
pub(super) const SHOWN: KeySet = KeySet::of(&[
    Key::Help,
    Key::Warn,
    Key::Checklist,
    Key::Image,
    Key::Link,
    Key::Say,
    Key::Note,
]);

/// The keys that make an end, each its own kind.
pub(super) const ENDS: KeySet = KeySet::of(&[Key::Fix, Key::Escalate, Key::End, Key::Return]);

/// What any end may have.
pub(super) const END_SHOWN: KeySet =
    KeySet::of(&[Key::Do, Key::Help, Key::Link, Key::Say, Key::Note]);

/// What only a `fix` may have.
pub(super) const OF_FIX: KeySet = KeySet::of(&[Key::Cause, Key::Prevent, Key::No]);

/// What only an `escalate` may have.
pub(super) const OF_ESCALATE: KeySet = KeySet::of(&[
    Key::Reason,
    Key::Impact,
    Key::Urgency,
    Key::Priority,
    Key::Needs,
]);

/// The head of a tree's file.
pub(super) const TREE: Shape = Shape {
    what: "a tree",
    keys: KeySet::of(&[
        Key::Format,
        Key::Title,
        Key::Summary,
        Key::Symptoms,
        Key::Tags,
        Key::Owner,
        Key::ReviewBy,
        Key::Audience,
        Key::Allow,
        Key::Warn,
        Key::Check,
        Key::Stuck,
        Key::Start,
        Key::Steps,
        Key::Tests,
    ]),
    may_be_empty: false,
};

/// One entry of `steps:`.
pub(super) const STEP: Shape = Shape {
    what: "a step",
    keys: KeySet::of(&[
        Key::Ask,
        Key::Do,
        Key::Fact,
        Key::Yes,
        Key::No,
        Key::Answers,
        Key::Many,
        Key::Number,
        Key::Text,
        Key::Date,
        Key::Unsure,
        Key::Tried,
        Key::Cannot,
        Key::Next,
        Key::Run,
        Key::Wait,
        Key::Limit,
        Key::Check,
        Key::Takes,
        Key::Odds,
        Key::Label,
        Key::Call,
        Key::Returns,
        Key::Try,
        Key::Order,
    ])
    .or(SHOWN)
    .or(ENDS)
    .or(OF_FIX)
    .or(OF_ESCALATE),
    may_be_empty: false,
};

/// One entry of `try:`.
pub(super) const REMEDY: Shape = Shape {
    what: "a remedy of a `try`",
    keys: KeySet::of(&[
        Key::Do,
        Key::If,
        Key::When,
        Key::Check,
        Key::Label,
        Key::Cause,
        Key::Takes,
        Key::Odds,
        Key::After,
        Key::Wait,
        Key::Yes,
        Key::Unsure,
        Key::Tried,
        Key::Cannot,
    ])
    .or(SHOWN),
    may_be_empty: false,
};

/// An edge written as a mapping.
pub(super) const EDGE: Shape = Shape {
    what: "an edge",
    keys: KeySet::of(&[Key::Goto, Key::Tree, Key::Label, Key::Set])
        .or(ENDS)
        .or(END_SHOWN)
        .or(OF_FIX)
        .or(OF_ESCALATE),
    may_be_empty: false,
};

/// An edge of `next:`, which may have a condition.
pub(super) const NEXT: Shape = Shape {
    what: "an edge of `next`",
    keys: EDGE.keys.or(KeySet::of(&[Key::When])),
    may_be_empty: false,
};

/// `stuck:`.
pub(super) const STUCK: Shape = Shape {
    what: "`stuck`",
    keys: KeySet::of(&[Key::Escalate]).or(OF_ESCALATE).or(END_SHOWN),
    may_be_empty: false,
};

/// `image:`.
pub(super) const IMAGE: Shape = Shape {
    what: "an image",
    keys: KeySet::of(&[Key::Src, Key::Alt]),
    may_be_empty: false,
};

/// `link:`.
pub(super) const LINK: Shape = Shape {
    what: "a link",
    keys: KeySet::of(&[Key::Url, Key::Label]),
    may_be_empty: false,
};

/// `limit:`.
pub(super) const LIMIT: Shape = Shape {
    what: "a limit",
    keys: KeySet::of(&[Key::Visits, Key::Then]),
    may_be_empty: false,
};

/// `number:`.
pub(super) const NUMBER: Shape = Shape {
    what: "`number`",
    keys: KeySet::of(&[Key::Min, Key::Max, Key::Unit, Key::Decimals]),
    may_be_empty: true,
};

/// `text:` of a question.
pub(super) const TEXT: Shape = Shape {
    what: "`text`",
    keys: KeySet::of(&[Key::Pattern, Key::Example, Key::Max, Key::Secret]),
    may_be_empty: true,
};

/// `date:`.
pub(super) const DATE: Shape = Shape {
    what: "`date`",
    keys: KeySet::of(&[Key::Min, Key::Max]),
    may_be_empty: true,
};

/// `run:` with one command for every system.
pub(super) const COMMAND: Shape = Shape {
    what: "`run`",
    keys: KeySet::of(&[Key::Command, Key::Timeout, Key::Yes]),
    may_be_empty: false,
};

/// `run:` with a command for each system.
pub(super) const SYSTEMS: Shape = Shape {
    what: "`run`",
    keys: KeySet::of(&[Key::Linux, Key::Windows, Key::Macos]),
    may_be_empty: false,
};

/// One entry of `tests:`.
pub(super) const TEST: Shape = Shape {
    what: "a test",
    keys: KeySet::of(&[
        Key::Facts,
        Key::Audience,
        Key::Channel,
        Key::Answers,
        Key::Ends,
    ]),
    may_be_empty: false,
};

/// The library file.
pub(super) const LIBRARY: Shape = Shape {
    what: "the library file",
    keys: KeySet::of(&[
        Key::Format,
        Key::Name,
        Key::Locale,
        Key::Allow,
        Key::Stuck,
        Key::Teams,
        Key::Facts,
        Key::Priority,
        Key::Glossary,
        Key::Incidents,
        Key::Hooks,
        Key::Theme,
    ]),
    may_be_empty: false,
};

/// `theme:` of the library file.
pub(super) const THEME: Shape = Shape {
    what: "the theme",
    keys: KeySet::of(&[Key::Name, Key::Logo, Key::Color, Key::Contact, Key::Embed]),
    may_be_empty: false,
};

/// `contact:` of the theme.
pub(super) const CONTACT: Shape = Shape {
    what: "a contact",
    keys: KeySet::of(&[Key::Phone, Key::Email, Key::Hours]),
    may_be_empty: false,
};

/// One entry of `teams:`.
pub(super) const TEAM: Shape = Shape {
    what: "a team",
    keys: KeySet::of(&[Key::Name, Key::Tier, Key::Contact, Key::Hours]),
    may_be_empty: true,
};

/// One entry of the library's `facts:`.
pub(super) const FACT: Shape = Shape {
    what: "a shared fact",
    keys: KeySet::of(&[
        Key::Ask,
        Key::Help,
        Key::Answers,
        Key::Many,
        Key::Number,
        Key::Text,
        Key::Date,
    ]),
    may_be_empty: true,
};

/// One entry of `incidents:`.
pub(super) const INCIDENT: Shape = Shape {
    what: "an incident",
    keys: KeySet::of(&[Key::Title, Key::Text, Key::Say, Key::Trees, Key::Until]),
    may_be_empty: false,
};

/// One entry of `hooks:`.
pub(super) const HOOK: Shape = Shape {
    what: "a hook",
    keys: KeySet::of(&[Key::Url, Key::On, Key::Template, Key::Secret, Key::Headers]),
    may_be_empty: false,
};

/// `priority:` of the library file, and each row of it.
pub(super) const MATRIX: Shape = Shape {
    what: "the priority matrix",
    keys: KeySet::of(&[Key::High, Key::Medium, Key::Low]),
    may_be_empty: false,
};

/// The mappings that a misplaced key may belong to, those that it most likely belongs to first.
pub(super) const PLACES: &[&Shape] = &[
    &STEP, &TREE, &EDGE, &REMEDY, &NEXT, &TEST, &LIBRARY, &LIMIT, &IMAGE, &LINK, &NUMBER, &TEXT,
    &DATE, &COMMAND, &SYSTEMS, &FACT, &TEAM, &INCIDENT, &HOOK, &MATRIX, &THEME, &CONTACT,
];
