//! How a case stands, beside its events, so that lists need not replay them.

use std::sync::Arc;

use crate::session::{Moment, Outcome, Prompt, Session};
use crate::tree::{Audience, Channel};

use super::connection::{Connection, Param};
use super::error::Result;

/// Whether a case goes on.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is walked, or was left without a word.
    Open,
    /// Put aside for later.
    Parked,
    /// Given to a team that has not taken it yet.
    HandedOver,
    /// Over.
    Closed,
}

/// How a case stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) audience: Audience,
    pub(super) channel: Channel,
    pub(super) status: Status,
    pub(super) until: Option<Moment>,
    pub(super) outcome: Option<(Outcome, bool)>,
    pub(super) team: Option<Arc<str>>,
    pub(super) priority: Option<u8>,
    pub(super) agent: Option<Arc<str>>,
}

impl Status {
    const ALL: [Self; 4] = [Self::Open, Self::Parked, Self::HandedOver, Self::Closed];

    /// The word in the store, in lists and in filters.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Parked => "parked",
            Self::HandedOver => "handed_over",
            Self::Closed => "closed",
        }
    }

    /// The status that is called so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// The word for an outcome in the store, in lists and in filters.
pub const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Resolved => "resolved",
        Outcome::Escalated => "escalated",
        Outcome::Ended => "ended",
    }
}

impl Head {
    /// How a session stands, worked on by `agent`.
    pub(super) fn of(session: &Session, agent: Option<Arc<str>>) -> Self {
        let (status, until, outcome, team) = match session.prompt() {
            Prompt::Parked(until) => (Status::Parked, until, None, None),
            Prompt::HandedOver(team) => (
                Status::HandedOver,
                None,
                Some((Outcome::Escalated, false)),
                Some(Arc::clone(team)),
            ),
            Prompt::Closed(outcome, confirmed) => {
                (Status::Closed, None, Some((outcome, confirmed)), None)
            }
            Prompt::Question(..)
            | Prompt::Instruction(_)
            | Prompt::Remedy(..)
            | Prompt::Need(..)
            | Prompt::Solved(..)
            | Prompt::End(..) => (Status::Open, None, None, None),
        };
        Self {
            audience: session.audience(),
            channel: session.channel(),
            status,
            until,
            outcome,
            priority: team.as_ref().map(|_| session.waiting_priority()),
            team,
            agent,
        }
    }

    pub(super) fn write(&self, connection: &mut dyn Connection, case: i64) -> Result<()> {
        let (outcome, confirmed) = self.outcome.unzip();
        connection.execute(
            "UPDATE cases SET audience = $1, channel = $2, status = $3, until = $4, outcome = $5, confirmed = $6, team = $7, priority = $8, agent = $9 WHERE no = $10",
            &[
                Param::Text(self.audience.name()),
                Param::Text(self.channel.name()),
                Param::Text(self.status.name()),
                Param::int(self.until.map(Moment::milliseconds)),
                Param::text(outcome.map(outcome_name)),
                Param::int(confirmed.map(i64::from)),
                Param::text(self.team.as_deref()),
                Param::int(self.priority.map(i64::from)),
                Param::text(self.agent.as_deref()),
                Param::Int(case),
            ],
        )?;
        Ok(())
    }
}
