//! A change of a case, asked for by a program that may ask twice: every change names the number of the last event that the
//! program knows. The same change once more is answered as the first time and not made again; another one is refused, and
//! the answer says where the case stands.

use std::sync::Arc;

use axum::Json;

use crate::session::{Moment, Rejected, Session};
use crate::store::{CaseId, StoreError};
use crate::tree::Audience;
use crate::web::address::Purpose;
use crate::web::open_cases::Held;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::caller::Caller;
use super::case::Case;
use super::problem::Problem;

/// A case that was named, by a program that may see it.
#[derive(Debug)]
pub struct Named {
    /// The case.
    pub held: Held,
    /// Its name.
    pub id: CaseId,
    /// What the program may see of it.
    pub sees: Audience,
}

impl Named {
    /// The case that a program names: agents by its name, customers by its address alone.
    ///
    /// # Errors
    /// There is none, it is not this program's, it is asked for too often, or the store cannot be read.
    pub async fn find(web: &Web, caller: &Caller, given: &str) -> Result<Self, Problem> {
        let sees = caller.walker()?;
        let id = match sees {
            Audience::Agent => given.parse().ok(),
            Audience::Customer => web.seals.case(given, Purpose::Walk),
        };
        let no_such = || Trouble::Store(StoreError::NoSuchCase(given.to_owned()));
        let id: CaseId = id.ok_or_else(no_such)?;
        web.limits.admit_case(&id)?;
        let held = web.hold(&id).await?;
        let began_as_customer = |session: &Session| {
            let started = session.started();
            started.is_some_and(|started| started.audience == Audience::Customer)
        };
        if sees == Audience::Customer && !began_as_customer(held.session()) {
            return Err(no_such().into());
        }
        Ok(Self { held, id, sees })
    }

    /// As it stands.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn view(&self, web: &Web) -> Result<Case, Problem> {
        Ok(Case::of(web, &self.held, self.sees).await?)
    }

    /// Whether a customer still walks it.
    ///
    /// # Errors
    /// An agent does, and a customer asks.
    pub fn must_be_theirs(&self) -> Result<(), Problem> {
        if self.sees == Audience::Customer && self.held.session().audience() == Audience::Agent {
            return Err(Problem::forbidden(
                "An agent goes on with this case; its public note says what was done.",
            ));
        }
        Ok(())
    }

    /// Makes a change, unless it was made already: `by` is who works on the case from now on.
    ///
    /// # Errors
    /// The case has moved on, the change does not fit, or it cannot be kept.
    pub async fn change(
        self,
        web: &Web,
        by: Option<&Arc<str>>,
        seq: u64,
        change: impl Fn(&mut Session, Moment) -> Result<(), Rejected>,
    ) -> Result<Self, Problem> {
        self.must_be_theirs()?;
        let today = web.today();
        let make = |session: &mut Session, at| -> Result<(), Trouble> {
            if session.seq() == seq {
                Ok(change(session, at)?)
            } else {
                Err(Trouble::Stale)
            }
        };
        let Self { held, id, sees } = self;
        match held.change(by, &today.hooks, make).await {
            Ok(held) => Ok(Self { held, id, sees }),
            Err(Trouble::Stale) => {
                // Once more, as it is in the store: somebody may have been quicker.
                let held = web.hold(&id).await?;
                let now = Self { held, id, sees };
                if is_repeated(now.held.session(), seq, change) {
                    return Ok(now);
                }
                Err(Problem::moved(now.view(web).await?))
            }
            Err(why) => Err(why.into()),
        }
    }

    /// The answer to a change: the case as it stands.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn answer(&self, web: &Web) -> Result<Json<Case>, Problem> {
        self.view(web).await.map(Json)
    }
}

/// Whether the event after that number is what this change would have made of the case then.
fn is_repeated(
    session: &Session,
    seq: u64,
    change: impl Fn(&mut Session, Moment) -> Result<(), Rejected>,
) -> bool {
    let events = session.events();
    let Some(next) = usize::try_from(seq).ok().and_then(|seq| events.get(seq)) else {
        return false;
    };
    let before = events
        .get(..events.len().min(seq as usize))
        .unwrap_or_default();
    let Ok(mut earlier) = Session::replay(Arc::clone(session.library()), before) else {
        return false;
    };
    change(&mut earlier, next.at).is_ok()
        && earlier
            .events()
            .last()
            .is_some_and(|made| made.what == next.what)
}
