//! A case that is about to come into the store: written whole, and written again it is the same case.

use std::sync::Arc;

use crate::session::Happening;
use crate::tree::Library;

use super::append::{self, Append, Entry};
use super::case_id::CaseId;
use super::connection::Param;
use super::error::{Result, StoreError};
use super::head::Head;
use super::outbox::Outgoing;
use super::{Desk, version};

/// A case that is not in the store yet.
pub(super) struct NewCase {
    pub(super) id: CaseId,
    pub(super) library: Arc<Library>,
    pub(super) head: Head,
    pub(super) entries: Vec<Entry>,
    pub(super) writer: i64,
    pub(super) outgoing: Vec<Outgoing>,
}

impl NewCase {
    /// Writes it, unless it is there, and gives its number and that of its library's version.
    pub(super) fn write(&self, desk: &mut Desk) -> Result<(i64, i64)> {
        let Desk { connection, places } = desk;
        let connection = connection.as_mut();
        let Some(Entry { event, .. }) = self.entries.first() else {
            return Err(StoreError::NoSuchCase(self.id.to_string()));
        };
        let Happening::Started(started) = &event.what else {
            return Err(StoreError::NoSuchCase(self.id.to_string()));
        };
        let at = event.at.milliseconds();
        places.learn(connection, self.entries.iter().flat_map(Entry::places))?;
        connection.transaction(|connection| {
            let version = version::keep(connection, &self.library, at)?;
            connection.execute(
                "INSERT INTO cases (id, library, tree, audience, channel, status, ticket, started_at) VALUES ($1, $2, $3, $4, $5, 'open', $6, $7) ON CONFLICT DO NOTHING",
                &[
                    Param::Text(self.id.as_str()),
                    Param::Int(version),
                    Param::Text(&started.tree),
                    Param::Text(started.audience.name()),
                    Param::Text(started.channel.name()),
                    Param::text(started.ticket.as_deref()),
                    Param::Int(at),
                ],
            )?;
            let find = "SELECT no FROM cases WHERE id = $1";
            let no = connection.first(find, &[Param::Text(self.id.as_str())], |row| row.int(0))?;
            let case = no.flatten().ok_or_else(|| StoreError::NoSuchCase(self.id.to_string()))?;
            let append = Append {
                case,
                id: self.id.clone(),
                writer: self.writer,
                library: version,
                entries: self.entries.clone(),
                head: Some(self.head.clone()),
                outgoing: self.outgoing.clone(),
                redeemed: None,
            };
            let said = append::write(connection, places, &[Box::new(append)])?;
            said.into_iter().collect::<Result<()>>()?;
            Ok((case, version))
        })
    }
}
