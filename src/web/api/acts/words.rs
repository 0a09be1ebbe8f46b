//! What somebody says: a remark for whoever reads the note, a word about the script for its authors.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::session::Session;
use crate::store::moment;
use crate::web::api::body::{Body, text};
use crate::web::api::caller::Caller;
use crate::web::api::case::Case;
use crate::web::api::change::Named;
use crate::web::api::problem::Problem;
use crate::web::state::Web;

use super::agent;

/// A remark.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    /// The number of the case's last event.
    seq: u64,
    /// What is to be remembered.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// What somebody says about the script.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// What is wrong with it at the prompt that stands.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Add a remark
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/remark", tag = "cases", operation_id = "remark",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Remark,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn remark(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Remark>,
) -> Result<Json<Case>, Problem> {
    let said = text("text", &body.text)?;
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let remark = |session: &mut Session, at| session.note(said, at).map(|_| ());
    let case = case.change(&web, by.as_ref(), body.seq, remark).await?;
    case.answer(&web).await
}

/// Say what is wrong with the script at the prompt that stands
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/feedback", tag = "cases", operation_id = "say",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Say,
    responses((status = 204, description = "It is kept for the authors"))
)]
pub async fn say(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Say>,
) -> Result<StatusCode, Problem> {
    let said = text("text", &body.text)?;
    let case = Named::find(&web, &caller, &case).await?;
    case.must_be_theirs()?;
    let held = case.held.case();
    let kept = held
        .keeper
        .add_feedback_async(&held.session, said, moment());
    kept.await?;
    Ok(StatusCode::NO_CONTENT)
}
