//! The canonical form of a library and its hash: what a case is pinned to, and what the store keeps so that a later
//! fixpath walks it without checking it again.
//!
//! One JSON document: trees, facts and teams by name, steps and answers in the author's order, every reference by name. In
//! it is what a walk can depend on or show; not in it is what is always that of today: tags, symptoms, owners, review
//! dates, glossary, incidents, the theme, how teams are reached, the library's own name and language. Layout, comments and tests do
//! not reach a compiled library at all.

mod form;
mod read;
mod today;
mod write;

use std::fmt::Write as _;
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::Library;

/// The version of the language and of the canonical form.
pub const FORMAT: u32 = 1;

/// Bytes that are no library in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged(pub(super) String);

impl std::fmt::Display for Damaged {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "the stored library cannot be read: {}", self.0)
    }
}

impl std::error::Error for Damaged {}

impl Library {
    /// The canonical form. The same library gives the same bytes on every machine.
    pub fn canonical(&self) -> Vec<u8> {
        write::library(self)
    }

    /// SHA-256 over the canonical form, in lower-case hexadecimal; worked out once.
    pub fn hash(&self) -> &Arc<str> {
        self.hash.get_or_init(|| {
            let digest = Sha256::digest(self.canonical());
            let mut hash = String::with_capacity(64);
            for byte in digest {
                // Writing to a String does not fail.
                let _ = write!(hash, "{byte:02x}");
            }
            hash.into()
        })
    }

    /// A library from its canonical form. It is not checked again: its hash says that it once was.
    ///
    /// # Errors
    /// The bytes are no such form.
    pub fn from_canonical(bytes: &[u8]) -> Result<Self, Damaged> {
        read::library(bytes)
    }

    /// This library with what is always that of `today`: glossary, incidents, theme, how teams are reached, tags, symptoms,
    /// owners, review dates, name and language.
    #[must_use]
    pub fn with_todays(self, today: &Self) -> Self {
        today::with_todays(self, today)
    }
}
