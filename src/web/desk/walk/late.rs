//! A form that comes too late. Sent twice it was done once, and nothing is to be said. Else somebody was quicker: the page
//! shows where the case stands now, who went on with it and what this agent had typed, so that nothing of it is lost.

use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::sheet::Frame;
use super::{deed, on, sheet_of};
use crate::handover::StepNote;
use crate::session::Session;
use crate::source::neutralise;
use crate::store::CaseId;
use crate::web::desk::SignedIn;
use crate::web::form::Fields;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// Shows where the case stands.
///
/// # Errors
/// The store cannot be read.
pub async fn show(
    web: &Web,
    case: &CaseId,
    user: &SignedIn,
    fields: &Fields,
) -> Result<Response, Trouble> {
    let held = web.hold(case).await?;
    if deed::is_done(held.session(), fields, user) {
        return Ok(on(case, None));
    }
    let who = web.store.case_async(case.as_str()).await?.agent;
    let who = who.filter(|who| **who != *user.name);
    let mut sheet = sheet_of(web, &held, case, user).await?;
    sheet.notice = Some(notice(held.session(), &sheet.frame, who.as_deref(), fields));
    Ok(sheet.response(StatusCode::CONFLICT))
}

fn notice(session: &Session, frame: &Frame, who: Option<&str>, fields: &Fields) -> Markup {
    let answered = answered(session, fields);
    let typed = typed(fields);
    html! {
        div.notice #late role="alert" {
            p {
                strong { (who.unwrap_or("Somebody else")) " was quicker. " }
                @if let Some((step, _)) = &answered { "“" (step.what) "” was answered: “" (step.came) "”. " }
                "This is where the case stands now. What you "
                @if typed.is_some() { "typed" } @else { "pressed" } " was not taken."
            }
            @if let Some(typed) = &typed { p { "You had typed:" } pre.typed { (neutralise(typed)) } }
            @if let Some((_, visit)) = answered {
                form method="post" action=(frame.action) {
                    (frame.fields())
                    input type="hidden" name="do" value="goto";
                    button.small name="visit" value=(visit) { "Back to that question" }
                }
            }
        }
    }
}

/// What was asked on the page that was too old, with what came of it since, and where to go back to.
fn answered(session: &Session, fields: &Fields) -> Option<(StepNote, u64)> {
    let (_, step) = fields.prompt().ok()?;
    let trail = session.trail();
    let visit = trail
        .iter()
        .rev()
        .find(|visit| visit.step == step && visit.replied_at.is_some())?;
    Some((StepNote::of(visit)?, visit.visit?))
}

/// What somebody had typed, not pressed.
fn typed(fields: &Fields) -> Option<String> {
    let typed: Vec<&str> = fields
        .all("answer")
        .chain(fields.all("text"))
        .filter(|text| !text.trim().is_empty())
        .collect();
    (!typed.is_empty()).then(|| typed.join("\n"))
}
