//! `GET /api/v1/cases/{case}`: a case as it stands.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};

use crate::web::state::Web;

use super::caller::Caller;
use super::case::Case;
use super::change::Named;
use super::problem::Problem;

/// A case as it stands: what is asked, and what can be replied
#[utoipa::path(
    get, path = "/api/v1/cases/{case}", tag = "cases", operation_id = "case",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    responses((status = 200, description = "The case", body = Case))
)]
pub async fn get(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    case.answer(&web).await
}
