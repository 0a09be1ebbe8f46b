//! What can go wrong with a store, in words for the person who waits. Nothing here retries.

use std::fmt;

/// Why the store did not do what was asked. What it refused was not kept; only [`StoreError::Uncertain`] leaves that open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreError {
    /// Somebody else added to the case first: load it again from this event on.
    Moved {
        /// The number of the first event that the caller does not know.
        seq: u64,
    },
    /// There is no case of that name.
    NoSuchCase(String),
    /// Several cases have names that begin so.
    SeveralCases {
        /// What was given.
        given: String,
        /// Some of them.
        cases: Vec<String>,
    },
    /// What was said in the case was erased; only its counts are left.
    Erased(String),
    /// What was said in so many cases was erased, but copies of it are left in the store's files.
    LeftOver {
        /// In how many.
        erased: u64,
        /// What was in the way.
        why: String,
    },
    /// A code for a hand-over is wrong, used up or too old.
    NoSuchCode,
    /// There is no message of that name, or none of that case, that waits to be sent.
    NoSuchMessage(String),
    /// Nobody of that name may sign in.
    NoSuchUser(String),
    /// Somebody of that name may sign in already.
    UserExists(String),
    /// There is no token of that name.
    NoSuchToken(String),
    /// There is a token of that name already.
    TokenExists(String),
    /// A name or password that cannot be taken, and why.
    Unfit(String),
    /// The address names no store.
    NotAnAddress(String),
    /// A newer fixpath has written the store.
    TooNew {
        /// Its version of the tables.
        found: i64,
        /// The one that is known here.
        known: i64,
    },
    /// The store holds what no fixpath has written.
    Damaged {
        /// Where it is.
        place: String,
        /// What is wrong.
        why: String,
    },
    /// The store was deleted or replaced by another while it was in use.
    Deleted {
        /// Where it was.
        place: String,
    },
    /// The store cannot be reached or written just now.
    Unavailable {
        /// Where it is.
        place: String,
        /// What is in the way, and what helps.
        why: String,
        /// Whether the connection is lost and another must be made.
        lost: bool,
    },
    /// The connection broke while the store was making sure of it: nobody knows whether it was kept.
    Uncertain {
        /// Where it is.
        place: String,
        /// What happened.
        why: String,
    },
    /// Two got in each other's way, and this one was taken back; the worker tries it again.
    Conflict {
        /// Where it is.
        place: String,
    },
}

impl StoreError {
    /// Whether trying the same again later can succeed.
    pub const fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Unavailable { .. }
                | Self::Uncertain { .. }
                | Self::Conflict { .. }
                | Self::Deleted { .. }
        )
    }

    /// Whether the connection behind it must be made anew.
    pub(super) const fn is_lost(&self) -> bool {
        matches!(
            self,
            Self::Deleted { .. } | Self::Uncertain { .. } | Self::Unavailable { lost: true, .. }
        )
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moved { .. } => out.write_str("somebody else went on with this case in the meantime"),
            Self::NoSuchCase(given) => write!(
                out,
                "there is no case \"{given}\"; `fixpath cases` lists them"
            ),
            Self::SeveralCases { given, cases } => write!(
                out,
                "several cases begin with \"{given}\": {}; give more of its name",
                cases.join(", ")
            ),
            Self::Erased(case) => write!(
                out,
                "what was said in case {case} was erased, so it cannot be shown or resumed"
            ),
            Self::LeftOver { erased, why } => write!(
                out,
                "what was said in {erased} {} is erased, but copies of it may still stand in the store's files: {why}; they go with the next `fixpath cases erase` or `purge`",
                if *erased == 1 { "case" } else { "cases" }
            ),
            Self::NoSuchCode => out.write_str(
                "this code is wrong, was used already, or is too old; ask for a new one (`fixpath handover ID --to TEAM`)",
            ),
            Self::NoSuchMessage(given) => write!(
                out,
                "no message \"{given}\" waits, and none of such a case; `fixpath hooks` lists them"
            ),
            Self::NoSuchUser(name) => write!(
                out,
                "there is no user \"{name}\"; `fixpath user list` lists them"
            ),
            Self::UserExists(name) => write!(
                out,
                "there is a user \"{name}\" already; `fixpath user set` changes roles and teams, `fixpath user password` the password"
            ),
            Self::NoSuchToken(name) => write!(
                out,
                "there is no token \"{name}\"; `fixpath token list` lists them"
            ),
            Self::TokenExists(name) => write!(
                out,
                "there is a token \"{name}\" already; choose another name, or remove it first (`fixpath token remove {name}`)"
            ),
            Self::NotAnAddress(why) | Self::Unfit(why) => out.write_str(why),
            Self::TooNew { found, known } => write!(
                out,
                "the store was written by a newer fixpath (tables of version {found}; this one knows {known}); update fixpath, or choose another store with --store"
            ),
            Self::Damaged { place, why } => write!(
                out,
                "the store {place} is damaged: {why}; put a backup in its place, or choose another with --store"
            ),
            Self::Deleted { place } => write!(out, "the store {place} was deleted or replaced"),
            Self::Unavailable { place, why, .. } => write!(out, "the store {place} {why}"),
            Self::Uncertain { place, why } => write!(
                out,
                "the store {place} broke off in the middle ({why}): look whether the last step is kept before you repeat it"
            ),
            Self::Conflict { place } => write!(
                out,
                "the store {place} is busy with others who write the same; try again"
            ),
        }
    }
}

impl std::error::Error for StoreError {}

/// What a store says.
pub type Result<T> = std::result::Result<T, StoreError>;
