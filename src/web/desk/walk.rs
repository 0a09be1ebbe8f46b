//! `/desk/c/ID`: a case where it stands, for an agent: the prompt with what is for agents alone, all that can be done
//! with it, and at the side what is known. A form names the event that its page showed; of two who answer at once one is
//! quicker, and the other sees where the case stands now and what they had typed.
//!
//! | file | holds |
//! | --- | --- |
//! | `begin` | how a case begins |
//! | `deed` | what a form does with a case |
//! | `late` | a form that comes too late |
//! | `sheet` | the page, put together |
//! | `card`, `correct`, `ending` | what stands before the agent |
//! | `tools` | what can always be done |
//! | `note` | the note to copy, and the texts for the customer |
//! | `kin` | the case before, and the one behind |

mod begin;
mod card;
mod correct;
mod deed;
mod ending;
mod kin;
mod late;
mod note;
mod sheet;
mod tools;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use serde::Deserialize;

use super::{Sent, SignedIn, case_address, onlookers, side};
use crate::session::{Prompt, Session};
use crate::store::{CaseId, Role, moment};
use crate::web::again::{self, Whose};
use crate::web::code::{self, Code};
use crate::web::open_cases::Held;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use kin::Kin;
pub use sheet::Frame;
use sheet::{Misfit, Sheet};

/// The addresses of the walk.
pub fn routes() -> Router<Arc<Web>> {
    Router::new()
        .route("/desk/t/{*tree}", get(begin::get).post(begin::post))
        .route("/desk/c/{case}", get(show).post(take_in))
        .route("/desk/c/{case}/note", get(note::get))
        .route("/desk/c/{case}/picture.svg", get(side::picture::get))
        .route("/desk/c/{case}/events", get(onlookers::events))
}

/// How long a code is good.
const GOOD_FOR: Duration = Duration::from_hours(7 * 24);

/// What of a case is looked at.
#[derive(Debug, Default, Deserialize)]
struct Look {
    /// An answer or a fact to be corrected: `visit:7`, `fact:os`.
    change: Option<String>,
    /// Words for which another tree is looked for.
    tree: Option<String>,
    /// What was just done, to be said.
    said: Option<String>,
}

/// Shows where the case stands.
async fn show(
    State(web): State<Arc<Web>>,
    user: SignedIn,
    Path(case): Path<String>,
    Query(look): Query<Look>,
) -> Result<Response, Trouble> {
    user.must_be(Role::Agent)?;
    let case: CaseId = case.parse()?;
    let held = web.hold(&case).await?;
    let mut sheet = sheet_of(&web, &held, &case, &user).await?;
    sheet.look = look;
    Ok(sheet.response(StatusCode::OK))
}

/// Does what a form says; shows where the case stands then.
async fn take_in(
    State(web): State<Arc<Web>>,
    Path(case): Path<String>,
    sent: Sent,
) -> Result<Response, Trouble> {
    let Sent { user, fields } = sent;
    user.must_be(Role::Agent)?;
    let case: CaseId = case.parse()?;
    web.limits.admit_case(&case)?;
    let today = web.today();
    let held = web.hold(&case).await?;
    if fields.get("do") == Some("feedback") {
        let words = fields.text("text")?.unwrap_or_default();
        if !words.is_empty() {
            let keeper = &held.case().keeper;
            let kept = keeper.add_feedback_async(held.session(), words, moment());
            kept.await?;
        }
        return Ok(on(&case, Some("feedback")));
    }
    if fields.get("do") == Some("again") {
        let whose = Whose::Agents(Arc::clone(&user.name), None);
        return match again::go_on(&web, &today, held, whose).await {
            Ok(next) => Ok(on(&next.case, None)),
            // It is not over: to where it stands.
            Err(Trouble::Stale) => Ok(on(&case, None)),
            Err(why) => Err(why),
        };
    }
    let done = held
        .change(Some(&user.name), &today.hooks, |session, at| {
            deed::apply(session, &fields, &user, at)
        })
        .await;
    match done {
        Ok(held) => {
            web.onlookers
                .changed(&case, held.session().seq(), &user.name);
            if is_for_others(held.session()) {
                code::offer(&web, &held.case().keeper, GOOD_FOR).await?;
            }
            Ok(on(&case, deed::said(&fields)))
        }
        Err(Trouble::Stale) => late::show(&web, &case, &user, &fields).await,
        Err(Trouble::Refused(why)) => {
            let held = web.hold(&case).await?;
            let mut sheet = sheet_of(&web, &held, &case, &user).await?;
            sheet.look.change = fields.get("what").map(str::to_owned);
            sheet.misfit = Some(Misfit::of(&fields, &why));
            Ok(sheet.response(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(why) => Err(why),
    }
}

/// The page of a case as it stands, with nothing to be said.
async fn sheet_of<'s>(
    web: &'s Web,
    held: &'s Held,
    case: &'s CaseId,
    user: &'s SignedIn,
) -> Result<Sheet<'s>, Trouble> {
    let mut sheet = Sheet::new(web, held.session(), case, user);
    sheet.code = open_code(web, held).await?;
    sheet.kin = Kin::of(web, held.session(), case).await?;
    sheet.others = web.onlookers.others(case, &user.name).await?;
    Ok(sheet)
}

/// To the case, with what is to be said there.
fn on(case: &CaseId, said: Option<&str>) -> Response {
    let said = said.map(|said| format!("?said={said}")).unwrap_or_default();
    Redirect::to(&format!("{}{said}", case_address(case))).into_response()
}

/// Whether somebody else goes on from where the case stands.
fn is_for_others(session: &Session) -> bool {
    matches!(session.prompt(), Prompt::HandedOver(_))
}

/// The code by which somebody else goes on.
async fn open_code(web: &Web, held: &Held) -> Result<Option<Code>, Trouble> {
    if is_for_others(held.session()) {
        code::open(web, &held.case().keeper).await
    } else {
        Ok(None)
    }
}
