//! Where a case rests: put aside and taken up again, and closed at its end.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::session::{Moment, Session};
use crate::web::api::body::Body;
use crate::web::api::caller::Caller;
use crate::web::api::case::Case;
use crate::web::api::change::Named;
use crate::web::api::problem::Problem;
use crate::web::state::Web;

use super::agent;

/// Putting aside.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Park {
    /// The number of the case's last event.
    seq: u64,
    /// Until when.
    until: Option<Moment>,
}

/// Something that needs no more than the number.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Plain {
    /// The number of the case's last event.
    seq: u64,
}

/// Put a case aside
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/park", tag = "cases", operation_id = "park",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Park,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn park(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Park>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let park = |session: &mut Session, at| session.park(body.until, at).map(|_| ());
    let case = case.change(&web, by.as_ref(), body.seq, park).await?;
    case.answer(&web).await
}

/// Go on with a case that was put aside
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/resume", tag = "cases", operation_id = "resume",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Plain,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn resume(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Plain>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let resume = |session: &mut Session, at| session.resume(by.as_deref(), at).map(|_| ());
    let case = case.change(&web, by.as_ref(), body.seq, resume).await?;
    case.answer(&web).await
}

/// Close a case at the end where it stands
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/close", tag = "cases", operation_id = "close",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Plain,
    responses((status = 200, description = "The case, which is over", body = Case))
)]
pub async fn close(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Plain>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let close = |session: &mut Session, at| session.close(at).map(|_| ());
    let case = case.change(&web, by.as_ref(), body.seq, close).await?;
    case.answer(&web).await
}
