//! "It is not solved after all": on to the case that goes on, at the first thing that was not done yet.

use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::passed_on;
use crate::session::{Event, Happening, Session, Source};
use crate::tree::Audience;
use crate::web::address::Purpose;
use crate::web::again::{self, Whose};
use crate::web::open_cases::Held;
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

/// Whether the customer may go on with the case in another.
pub fn is_offered(session: &Session) -> bool {
    again::is_over(session) && session.audience() == Audience::Customer
}

/// Goes on; shows the first prompt that is new.
pub async fn begin(web: &Web, today: &Today, before: Held) -> Result<Response, Trouble> {
    if !is_offered(before.session()) {
        return Err(Trouble::Stale);
    }
    let next = again::go_on(web, today, before, Whose::Customers).await?;
    passed_on::offer_code(web, &next.held).await?;
    let address = web.seals.address(&next.case, Purpose::Walk);
    let at = next.held.session().seq();
    Ok(Redirect::to(&format!("/c/{address}?at={at}")).into_response())
}

/// What is said above the first prompt of a case that goes on.
pub fn notice(session: &Session) -> Option<Markup> {
    session.started()?.before.as_ref()?;
    let is_known = |event: &Event| match &event.what {
        Happening::Started(_) => true,
        Happening::Answered { step, source, .. } => {
            *source == Source::Before || step.ends_with(".solved")
        }
        _ => false,
    };
    session.events().iter().all(is_known).then(|| {
        html! {
            div.notice role="status" {
                p { "We go on where you were. What you told us and did before is known here, so we do not ask you to do it again. If an answer has changed, go back, or change it below." }
            }
        }
    })
}
