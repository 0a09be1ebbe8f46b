//! `/c/ADDRESS/told`: what somebody has said and done so far, each answer with a way to change it. A page of its own, so
//! that the page of a prompt stays small however long the case is.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};

use super::{page, passed_on, walk};
use crate::session::{Outcome, Prompt, Session};
use crate::tree::Audience;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// The link to it, where something was said and does not stand on the page anyhow.
pub fn link(session: &Session, action: &str) -> Markup {
    html! { @if has_some(session) { p.told { a href={ (action) "/told" } { "What you have told us" } } } }
}

fn has_some(session: &Session) -> bool {
    session.previous_prompt().is_some()
        && !matches!(session.prompt(), Prompt::End(_, _, Outcome::Escalated, _))
}

/// Shows it.
pub async fn get(
    State(web): State<Arc<Web>>,
    Path(address): Path<String>,
) -> Result<Response, Trouble> {
    let case = walk::opened(&web, &address)?;
    let today = web.today();
    let held = web.hold(&case).await?;
    let session = held.session();
    let action = format!("/c/{address}");
    if session.audience() != Audience::Customer || session.prompt().at().is_none() {
        return Ok(Redirect::to(&action).into_response());
    }
    let facts = passed_on::facts(session, &action);
    let main = html! {
        section.card tabindex="-1" data-focus {
            h1 { "What you have told us" }
            (facts)
            p { a.button.main href=(action) { "Go on where you were" } }
        }
    };
    Ok(page("What you have told us", main).response(&today, StatusCode::OK))
}
