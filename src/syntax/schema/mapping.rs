//! The kinds of mappings that the language has, and what can stand behind a key. Which keys each has is in `tree_rows`,
//! `value_rows` and `library_rows`: the one table from which the JSON Schema and `fmt` are made. A test holds it against what is read.

use super::super::shape::{self, Shape};
use super::{library_rows, tree_rows, value_rows};

/// A kind of mapping.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub(in crate::syntax) enum Mapping {
    Tree,
    Library,
    Step,
    Remedy,
    Edge,
    NextEdge,
    Stuck,
    Limit,
    Image,
    Link,
    Number,
    Text,
    Date,
    Command,
    Systems,
    Test,
    Team,
    Fact,
    Incident,
    Hook,
    Matrix,
    MatrixRow,
    Theme,
    Contact,
}

/// One key of a mapping.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) struct Row {
    /// The key.
    pub(in crate::syntax) key: &'static str,
    /// What stands behind it.
    pub(in crate::syntax) takes: Takes,
    /// What it is for, as an editor shows it.
    pub(in crate::syntax) about: &'static str,
}

/// What stands behind a key.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) enum Takes {
    /// Words for people: Markdown, or a line.
    Prose,
    /// Any other text: a pattern, an address, a path, an argument.
    Text,
    /// The name of something that stands elsewhere.
    Reference,
    /// A condition.
    Condition,
    /// One of these words.
    Words(&'static [&'static str]),
    /// Yes or no.
    YesNo,
    /// A whole number in a range.
    Whole(u32, u32),
    /// A number.
    Number,
    /// `30s`, `2m`, `1h`, `1d`.
    Duration,
    /// `45%`.
    Odds,
    /// `2026-01-31`.
    Day,
    /// `2026-01-31` or `today`.
    DayOrToday,
    /// The value of a fact.
    Value,
    /// A list.
    List(&'static Takes),
    /// A mapping with fixed keys.
    In(Mapping),
    /// A mapping whose keys are the author's.
    Each(Names, &'static Takes),
    /// A list of single pairs whose keys are the author's.
    Pairs(&'static Takes),
    /// Any of these.
    OneOf(&'static [Takes]),
}

/// What the author's keys may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::syntax) enum Names {
    /// `[a-z][a-z0-9_]*`.
    Identifier,
    /// Any text on one line, up to 60 characters.
    Line,
    /// Any text.
    Any,
}

impl Mapping {
    /// Every kind.
    #[cfg(test)]
    pub(super) const ALL: [Self; 24] = [
        Self::Tree,
        Self::Library,
        Self::Step,
        Self::Remedy,
        Self::Edge,
        Self::NextEdge,
        Self::Stuck,
        Self::Limit,
        Self::Image,
        Self::Link,
        Self::Number,
        Self::Text,
        Self::Date,
        Self::Command,
        Self::Systems,
        Self::Test,
        Self::Team,
        Self::Fact,
        Self::Incident,
        Self::Hook,
        Self::Matrix,
        Self::MatrixRow,
        Self::Theme,
        Self::Contact,
    ];

    /// Its keys in the order of the house style.
    pub(in crate::syntax) const fn rows(self) -> &'static [Row] {
        match self {
            Self::Tree => tree_rows::TREE,
            Self::Library => library_rows::LIBRARY,
            Self::Step => tree_rows::STEP,
            Self::Remedy => tree_rows::REMEDY,
            Self::Edge => tree_rows::EDGE,
            Self::NextEdge => tree_rows::NEXT_EDGE,
            Self::Stuck => tree_rows::STUCK,
            Self::Limit => value_rows::LIMIT,
            Self::Image => value_rows::IMAGE,
            Self::Link => value_rows::LINK,
            Self::Number => value_rows::NUMBER,
            Self::Text => value_rows::TEXT,
            Self::Date => value_rows::DATE,
            Self::Command => value_rows::COMMAND,
            Self::Systems => value_rows::SYSTEMS,
            Self::Test => tree_rows::TEST,
            Self::Team => library_rows::TEAM,
            Self::Fact => library_rows::FACT,
            Self::Incident => library_rows::INCIDENT,
            Self::Hook => library_rows::HOOK,
            Self::Matrix => library_rows::MATRIX,
            Self::MatrixRow => library_rows::MATRIX_ROW,
            Self::Theme => library_rows::THEME,
            Self::Contact => library_rows::CONTACT,
        }
    }

    /// The shape by which it is read.
    pub(in crate::syntax) const fn shape(self) -> &'static Shape {
        match self {
            Self::Tree => &shape::TREE,
            Self::Library => &shape::LIBRARY,
            Self::Step => &shape::STEP,
            Self::Remedy => &shape::REMEDY,
            Self::Edge => &shape::EDGE,
            Self::NextEdge => &shape::NEXT,
            Self::Stuck => &shape::STUCK,
            Self::Limit => &shape::LIMIT,
            Self::Image => &shape::IMAGE,
            Self::Link => &shape::LINK,
            Self::Number => &shape::NUMBER,
            Self::Text => &shape::TEXT,
            Self::Date => &shape::DATE,
            Self::Command => &shape::COMMAND,
            Self::Systems => &shape::SYSTEMS,
            Self::Test => &shape::TEST,
            Self::Team => &shape::TEAM,
            Self::Fact => &shape::FACT,
            Self::Incident => &shape::INCIDENT,
            Self::Hook => &shape::HOOK,
            Self::Matrix | Self::MatrixRow => &shape::MATRIX,
            Self::Theme => &shape::THEME,
            Self::Contact => &shape::CONTACT,
        }
    }

    /// The keys without which it says nothing.
    pub(super) const fn required(self) -> &'static [&'static str] {
        match self {
            Self::Tree => &["title", "steps"],
            Self::Remedy => &["do"],
            Self::Stuck => &["escalate"],
            Self::Limit => &["visits", "then"],
            Self::Image => &["src"],
            Self::Link | Self::Hook => &["url"],
            Self::Command => &["command", "yes"],
            Self::Test => &["ends"],
            Self::Incident => &["title"],
            Self::Matrix | Self::MatrixRow => &["high", "medium", "low"],
            Self::Library
            | Self::Step
            | Self::Edge
            | Self::NextEdge
            | Self::Number
            | Self::Text
            | Self::Date
            | Self::Systems
            | Self::Team
            | Self::Fact
            | Self::Theme
            | Self::Contact => &[],
        }
    }

    /// The row of a key.
    pub(in crate::syntax) fn row(self, key: &str) -> Option<&'static Row> {
        self.rows().iter().find(|row| row.key == key)
    }
}
