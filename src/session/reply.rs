//! What a person (or the machine in trouble) replies to a prompt, and who it comes from.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::condition::{FactValue, Value};

use super::json;

/// A reply to a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// The answer to a question; yes or no to the check of a remedy. Read from JSON it may still be loosely typed (a
    /// text for a key or a date); once applied it is of the question's type.
    #[schema(value_type = FactValue)]
    Answer(#[serde(with = "json")] Value),
    /// The instruction was carried out.
    Done,
    /// It had been done before, and did not help.
    Tried,
    /// It cannot be done.
    Cannot,
    /// "I don't know."
    Unsure,
    /// None of the answers offered.
    None,
    /// "Let me talk to somebody."
    Person,
}

impl Reply {
    /// The answer yes or no.
    pub const fn yes(yes: bool) -> Self {
        Self::Answer(Value::YesNo(yes))
    }

    /// The answer's value.
    pub const fn value(&self) -> Option<&Value> {
        match self {
            Self::Answer(value) => Some(value),
            Self::Done | Self::Tried | Self::Cannot | Self::Unsure | Self::None | Self::Person => {
                None
            }
        }
    }

    /// The word that names this kind of reply in files, commands and logs.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Answer(_) => "answer",
            Self::Done => "done",
            Self::Tried => "tried",
            Self::Cannot => "cannot",
            Self::Unsure => "unsure",
            Self::None => "none",
            Self::Person => "person",
        }
    }
}

/// Where a reply or a fact's value comes from.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// A person was asked.
    #[default]
    Asked,
    /// It was known when the case began.
    Prefilled,
    /// Somebody says so, and nobody has looked.
    Claimed,
    /// The machine in trouble answered by itself.
    Probed,
    /// An edge set it.
    Set,
    /// It was said in the case before, which this one goes on with.
    Before,
}

impl Source {
    /// How lists and notes call it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Prefilled => "prefilled",
            Self::Claimed => "claimed",
            Self::Probed => "probed",
            Self::Set => "set",
            Self::Before => "before",
        }
    }
}
