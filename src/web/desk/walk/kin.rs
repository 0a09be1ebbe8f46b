//! The case that one goes on with, where it was not solved after all, and the case that goes on with it: each leads to the
//! other.

use maud::{Markup, html};

use crate::session::Session;
use crate::store::{CaseId, StoreError};
use crate::web::again;
use crate::web::desk::case_address;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// The cases before and behind one.
#[derive(Debug, Default)]
pub struct Kin {
    /// The one that it goes on with.
    before: Option<CaseId>,
    /// The one that goes on with it.
    next: Option<CaseId>,
}

impl Kin {
    /// Those of a case. Only of one that is over the store is asked whether another goes on.
    ///
    /// # Errors
    /// The store cannot say.
    pub async fn of(web: &Web, session: &Session, case: &CaseId) -> Result<Self, Trouble> {
        let started = session.started();
        let before = started.and_then(|started| started.before.as_ref());
        let mut kin = Self {
            before: before.and_then(|before| before.case.parse().ok()),
            next: None,
        };
        if again::is_over(session) {
            let next = web.seals.next(case);
            match web.store.case_async(next.as_str()).await {
                Ok(case) => kin.next = (!case.is_erased).then_some(next),
                Err(StoreError::NoSuchCase(_)) => {}
                Err(why) => return Err(why.into()),
            }
        }
        Ok(kin)
    }

    /// The one that goes on with it.
    pub const fn next(&self) -> Option<&CaseId> {
        self.next.as_ref()
    }

    /// Where they lead, in short.
    pub fn marks(&self) -> Markup {
        html! {
            @if let Some(before) = &self.before { span.mark { "Goes on with " (link(before)) } }
            @if let Some(next) = &self.next { span.mark { "Goes on in " (link(next)) } }
        }
    }
}

/// A case by its name.
pub fn link(case: &CaseId) -> Markup {
    html! { a href=(case_address(case)) { code { (case) } } }
}
