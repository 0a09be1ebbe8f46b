//! What a finding calls the thing that it is about.

use std::fmt;

use super::super::key::Key;

/// Names a value for people.
#[derive(Debug, Clone, Copy)]
pub(in crate::syntax) enum What<'a> {
    /// The value of a key.
    Key(Key),
    /// One entry of the list or mapping under a key.
    Entry(Key),
    /// Something with a name of its own: a kind, and the name.
    Named(&'a str, &'a str),
}

impl fmt::Display for What<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => write!(out, "`{}`", key.name()),
            Self::Entry(key) => write!(out, "an entry of `{}`", key.name()),
            Self::Named(kind, name) => write!(out, "the {kind} `{name}`"),
        }
    }
}
