//! Taking a case over: one of the queue, or by the code that somebody reads out.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use crate::session::Prompt;
use crate::store::{CaseId, Role, StoreError};
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::case_address;
use super::queue::Asked;
use super::signed_in::Sent;

/// `POST /desk/queue/CASE/take`: of two who take it at once the second is told.
pub async fn from_queue(
    State(web): State<Arc<Web>>,
    Path(case): Path<String>,
    Sent { user, .. }: Sent,
) -> Result<Response, Trouble> {
    user.must_be(Role::Agent)?;
    let case: CaseId = case.parse()?;
    let held = web.hold(&case).await?;
    let hooks = &web.today().hooks;
    let taken = held
        .change(Some(&user.name), hooks, |session, at| {
            if !matches!(session.prompt(), Prompt::HandedOver(_)) {
                return Err(Trouble::Stale);
            }
            session.take(Some(&user.name), None, at)?;
            Ok(())
        })
        .await;
    match taken {
        Ok(held) => {
            web.onlookers
                .changed(&case, held.session().seq(), &user.name);
            Ok(Redirect::to(&case_address(&case)).into_response())
        }
        Err(Trouble::Stale) => Ok(Redirect::to(&Asked::taken_by_others(&case)).into_response()),
        Err(why) => Err(why),
    }
}

/// `POST /desk/take`: a code is good once.
pub async fn by_code(
    State(web): State<Arc<Web>>,
    Sent { user, fields }: Sent,
) -> Result<Response, Trouble> {
    user.must_be(Role::Agent)?;
    let code = fields.text("code")?.unwrap_or_default();
    match take(&web, &user.name, code).await {
        Ok(case) => Ok(Redirect::to(&case_address(&case)).into_response()),
        Err(Trouble::Store(StoreError::NoSuchCode)) => {
            Ok(Redirect::to(&Asked::with_wrong_code(code)).into_response())
        }
        Err(why) => Err(why),
    }
}

async fn take(web: &Web, agent: &Arc<str>, code: &str) -> Result<CaseId, Trouble> {
    let case = web.store.code_case_async(code).await?;
    let hooks = &web.today().hooks;
    let taken = web
        .hold(&case)
        .await?
        .change_by_code(agent, hooks, code, |session, at| {
            Ok(session.take_over(Some(agent), None, at)?)
        });
    let held = taken.await?;
    web.onlookers.changed(&case, held.session().seq(), agent);
    Ok(case)
}
