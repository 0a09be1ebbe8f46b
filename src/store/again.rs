//! The case that goes on where another one was closed, as a command begins or finds it.

use std::sync::Arc;

use crate::session::Session;
use crate::tree::Library;

use super::error::StoreError;
use super::ticket::wait;
use super::{CaseId, Keeper, Outgoing, Result, Store};

impl Keeper {
    /// The case that goes on with `before`: as it stands if somebody has begun it, be it in a browser; else begun with
    /// this session.
    ///
    /// # Errors
    /// It cannot be read or kept.
    pub fn go_on_with(
        store: &Store,
        before: &CaseId,
        session: Session,
        today: &Arc<Library>,
        agent: Option<Arc<str>>,
        outgoing: Vec<Outgoing>,
    ) -> Result<(Self, Session)> {
        let case = before.next(&store.secret().wait()?.addresses());
        let open = || Self::open(store, case.as_str(), today, agent.clone());
        match open() {
            Err(StoreError::NoSuchCase(_)) => {}
            found => return found,
        }
        let begun = Self::begin_as(store, case.clone(), &session, agent.clone(), outgoing);
        match wait(begun) {
            Ok(keeper) => Ok((keeper, session)),
            // Somebody else was quicker.
            Err(StoreError::Moved { .. }) => open(),
            Err(why) => Err(why),
        }
    }
}
