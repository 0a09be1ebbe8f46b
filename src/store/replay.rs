//! What is to be kept of a session, and a session made again from what was kept.

use std::fmt::Display;
use std::sync::Arc;

use crate::session::{Event, Session};
use crate::stats::{Mark, Recorded};
use crate::tree::Library;

use super::append::Entry;
use super::case_id::CaseId;
use super::error::{Result, StoreError};

/// What is to be kept of a whole session.
pub(super) fn record(session: &Session) -> Result<(Vec<Entry>, Mark)> {
    let mut mark = Mark::default();
    let mut entries = Vec::with_capacity(session.events().len());
    let library = Arc::clone(session.library());
    let id = CaseId::kept("");
    replay(library, session.events(), &id, |session, event| {
        entries.push(entry(session, event, &mut mark)?);
        Ok(())
    })?;
    Ok((entries, mark))
}

pub(super) fn entry(session: &Session, event: &Event, mark: &mut Mark) -> Result<Entry> {
    Entry::new(event.clone(), Recorded::of(session, event, mark))
}

/// A session made again from its events, looked at after each.
pub(super) fn replay(
    library: Arc<Library>,
    events: &[Event],
    id: &CaseId,
    mut look: impl FnMut(&Session, &Event) -> Result<()>,
) -> Result<Session> {
    let misfit = |seq: u64, why: &dyn Display| StoreError::Damaged {
        place: String::new(),
        why: format!("event {seq} of case {id} does not fit: {why}"),
    };
    let Some((first, rest)) = events.split_first() else {
        return Err(misfit(1, &"there is none"));
    };
    let mut session =
        Session::start(library, first.clone()).map_err(|why| misfit(first.seq, &why))?;
    look(&session, first)?;
    for event in rest {
        session
            .apply(event.clone())
            .map_err(|why| misfit(event.seq, &why))?;
        look(&session, event)?;
    }
    Ok(session)
}
