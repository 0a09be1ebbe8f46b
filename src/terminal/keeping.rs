//! The case that is walked, as the store keeps it: an answer counts when it is kept, and what somebody else answered in
//! the meantime is shown.

use std::sync::Arc;

use crate::session::{Moment, Session};
use crate::store::{CaseId, Keeper, Kept, Outgoing, StoreError};
use crate::tree::Library;

/// How the case is kept.
pub struct Keeping<'a> {
    /// The case in the store.
    pub keeper: Keeper,
    /// Today's library: what is always that of today comes from it.
    pub today: Arc<Library>,
    /// What is to be sent out for what happened last.
    pub outgoing: &'a dyn Fn(&Session, &CaseId) -> Vec<Outgoing>,
}

/// What came of keeping.
pub(super) enum Said {
    /// It is kept.
    Kept,
    /// It is kept, and there is something to tell.
    KeptBut(String),
    /// It is not kept: the case is as it was before. Why.
    Not(String),
    /// Somebody else was quicker: this is the case now.
    Moved(Box<Session>),
}

impl Keeping<'_> {
    /// Keeps what was added to the session.
    pub(super) fn keep(&mut self, session: &Session) -> Said {
        let outgoing = (self.outgoing)(session, self.keeper.id());
        match self.keeper.keep(session, outgoing) {
            Ok(Kept::Added) => Said::Kept,
            Ok(Kept::Anew) => Said::KeptBut(
                "The store had been deleted. This case is kept again, whole, in a new one; other cases are not in it."
                    .to_owned(),
            ),
            Err(StoreError::Moved { .. }) => match self.keeper.reload(&self.today) {
                Ok(session) => Said::Moved(Box::new(session)),
                Err(why) => Said::Not(not_kept(&why)),
            },
            Err(why) => Said::Not(not_kept(&why)),
        }
    }

    /// The case as somebody else has left it, if somebody has gone on with it. A store that cannot say now will say when
    /// something is to be kept.
    pub(super) fn news(&mut self) -> Option<Session> {
        if self.keeper.is_behind().unwrap_or(false) {
            self.keeper.reload(&self.today).ok()
        } else {
            None
        }
    }

    /// Keeps what somebody says about the script at the prompt that stands.
    pub(super) fn feedback(
        &self,
        session: &Session,
        words: &str,
        at: Moment,
    ) -> Result<(), String> {
        self.keeper
            .add_feedback(session, words, at)
            .map_err(|why| not_kept(&why))
    }
}

fn not_kept(why: &StoreError) -> String {
    let why = why.to_string();
    let end = if why.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("Not kept, so it does not count yet: {why}{end}")
}
