//! What happened in a case. Events are all that is ever stored: the author's names only, never an index or a label, and
//! never a secret. A session is their fold.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::condition::{FactValue, Value};
use crate::tree::{Audience, Channel};

use super::{Moment, Reply, Source, json};

/// One event of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// Its number: 1 for the start, then one more each time.
    pub seq: u64,
    /// When, from outside.
    pub at: Moment,
    /// What.
    pub what: Happening,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Happening {
    /// The case began.
    Started(Box<Started>),
    /// A prompt was replied to.
    Answered {
        /// The tree in which it stood.
        tree: Arc<str>,
        /// The prompt's name: the step's, or `END.needs.FACT`, `END.solved`.
        step: Arc<str>,
        /// The reply.
        reply: Reply,
        /// Who replied.
        #[serde(default)]
        source: Source,
    },
    /// Somebody went back.
    WentBack {
        /// The number of the event by which the earlier prompt had come up.
        to: u64,
    },
    /// An earlier answer or a prefilled fact was given another value.
    Changed {
        /// Which.
        what: Changing,
        /// The other value.
        #[serde(with = "json")]
        #[schema(value_type = FactValue)]
        value: Value,
    },
    /// Another tree was picked, for good.
    Left {
        /// Which.
        tree: Arc<str>,
    },
    /// A remark.
    Noted {
        /// What was typed.
        text: Arc<str>,
    },
    /// Put aside for later.
    Parked {
        /// Until when, if that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Moment>,
    },
    /// Taken up again after it was parked.
    Resumed {
        /// By whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Arc<str>>,
    },
    /// Given to a team (or to somebody).
    HandedOver {
        /// To whom: the team's name.
        to: Arc<str>,
    },
    /// Taken over by an agent.
    Taken {
        /// By whom.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        by: Option<Arc<str>>,
        /// How one talks from now on, if that changes.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
    },
    /// The case is over.
    Closed {
        /// How it went.
        outcome: Outcome,
        /// Whether a person said that the problem is solved.
        confirmed: bool,
    },
}

/// How a case began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Started {
    /// The hash of the library that it is pinned to; none for a walk that is kept nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub library: Option<Arc<str>>,
    /// The tree's name.
    pub tree: Arc<str>,
    /// Who walks.
    pub audience: Audience,
    /// How one talks.
    pub channel: Channel,
    /// Shared facts known beforehand.
    #[serde(
        default,
        skip_serializing_if = "BTreeMap::is_empty",
        with = "json::map"
    )]
    #[schema(value_type = BTreeMap<String, FactValue>)]
    pub facts: BTreeMap<Arc<str>, Value>,
    /// Who started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<Arc<str>>,
    /// The ticket that it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Arc<str>>,
    /// The caller's own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<Arc<str>>,
    /// The case that this one goes on with, as it was not solved after all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

/// A case that had been closed and goes on in another one: what was said and done in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Before {
    /// Its name.
    pub case: Arc<str>,
    /// The remedy of which a person had said that it solved the problem.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solved_by: Option<Remedied>,
    /// What was replied, in the order in which it is given again.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub said: Vec<Said>,
}

/// A remedy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Remedied {
    /// Its tree.
    pub tree: Arc<str>,
    /// Its step.
    pub step: Arc<str>,
}

/// A reply in a case before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Said {
    /// The tree in which its prompt stood.
    pub tree: Arc<str>,
    /// The step.
    pub step: Arc<str>,
    /// The reply.
    pub reply: Reply,
    /// When.
    pub at: Moment,
}

impl Started {
    /// A case that begins at a tree with nothing known.
    pub fn new(tree: impl Into<Arc<str>>, audience: Audience, channel: Channel) -> Self {
        Self {
            library: None,
            tree: tree.into(),
            audience,
            channel,
            facts: BTreeMap::new(),
            by: None,
            ticket: None,
            words: None,
            before: None,
        }
    }
}

/// What is changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Changing {
    /// The answer to the prompt that came up by the event of that number.
    Visit(u64),
    /// The shared fact of that name: the answer that gave it, or what it was prefilled with.
    Fact(Arc<str>),
}

/// How a case went.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The problem is solved, or at least nobody says otherwise.
    Resolved,
    /// Handed over to a team.
    Escalated,
    /// Neither fixed nor handed over.
    Ended,
}
