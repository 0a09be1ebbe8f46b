//! "It is not solved after all": the case that goes on where one was closed. Each case has one that goes on with it and no
//! other, whoever asks and however often: its name follows from that of the case before.

use std::sync::Arc;

use crate::session::{Prompt, Session};
use crate::store::{CaseId, moment};
use crate::tree::Channel;

use super::open_cases::Held;
use super::state::{Today, Web};
use super::trouble::Trouble;

/// Who goes on.
#[derive(Debug)]
pub enum Whose {
    /// The customer.
    Customers,
    /// An agent of that name; how they talk, if that is known.
    Agents(Arc<str>, Option<Channel>),
}

/// The case that goes on, and whether it was begun by this.
#[derive(Debug)]
pub struct Next {
    /// Its name.
    pub case: CaseId,
    /// As it stands.
    pub held: Held,
    /// Whether it is new.
    pub is_new: bool,
}

/// Whether a case is over.
pub fn is_over(session: &Session) -> bool {
    matches!(session.prompt(), Prompt::Closed(..))
}

/// Begins the case that goes on, or finds it.
///
/// # Errors
/// The case before is not over; its tree is not there any more, or not for customers; it cannot be kept.
pub async fn go_on(web: &Web, today: &Today, before: Held, whose: Whose) -> Result<Next, Trouble> {
    let name = before.case().keeper.id().clone();
    let at = moment();
    let again = before
        .session()
        .again(&name.to_string(), &today.library, at);
    let mut started = again.ok_or(Trouble::Stale)?;
    drop(before);
    let agent = match whose {
        Whose::Customers => {
            today.public_tree(&started.tree)?;
            None
        }
        Whose::Agents(name, channel) => {
            started.go_on_by_agent(Some(Arc::clone(&name)), channel);
            Some(name)
        }
    };
    let mut session = today.start(started)?;
    session.go_on_as_before(at)?;
    let case = web.seals.next(&name);
    let (hooks, library) = (&today.hooks, &today.library);
    let first = session.events().first().cloned();
    let held = web
        .cases
        .begin(&case, session, agent, hooks, library)
        .await?;
    let is_new = held.session().events().first() == first.as_ref();
    Ok(Next { case, held, is_new })
}
