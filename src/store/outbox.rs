//! What is to be sent to other systems: kept with the event that it tells of, so that neither is there without the other.
//! Sending is somebody else's work.

mod message;
mod queue;
mod sent;

use super::connection::{Connection, Param};
use super::error::Result;

pub use queue::{Claimed, Settled, Waiting};

/// A message to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outgoing {
    /// Its id: the same however often it is sent.
    pub id: String,
    /// The name of the hook.
    pub hook: String,
    /// Where to, as written: without what stands in the environment.
    pub url: String,
    /// What.
    pub body: String,
    /// Of what kind; empty where the body is the message, for its template could not be filled in with it.
    pub content_type: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
}

impl Outgoing {
    pub(super) fn write(&self, connection: &mut dyn Connection, case: i64) -> Result<()> {
        connection.execute(
            "INSERT INTO outbox (id, case_no, hook, url, body, content_type, made_at, attempts, next_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7) ON CONFLICT DO NOTHING",
            &[
                Param::Text(&self.id),
                Param::Int(case),
                Param::Text(&self.hook),
                Param::Text(&self.url),
                Param::Text(&self.body),
                Param::Text(&self.content_type),
                Param::Int(self.made_at),
            ],
        )?;
        Ok(())
    }
}
