//! `POST /api/v1/cases/{case}/again`: a case that is over goes on in another one, as it was not solved after all.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::tree::{Audience, Channel};
use crate::web::again::{self, Whose};
use crate::web::state::Web;

use super::body::{Body, maybe};
use super::caller::Caller;
use super::case::Case;
use super::change::Named;
use super::problem::Problem;

/// Going on after all.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Again {
    /// The number of the case's last event.
    seq: u64,
    /// Which agent goes on; if nothing is said, it is the token's name.
    #[schema(max_length = 4000)]
    by: Option<String>,
    /// How one talks from now on, if that changes.
    channel: Option<Channel>,
}

/// Go on in another case, as this one was not solved after all
///
/// What was said and done is known to the case that goes on; it stands at the first prompt that is new. A case has one
/// such case: asked for again, it is the same.
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/again", tag = "cases", operation_id = "again",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Again,
    responses(
        (status = 201, description = "The case that goes on begins", body = Case, headers(("location" = String, description = "Where it is"))),
        (status = 200, description = "It had begun already; as it stands now", body = Case)
    )
)]
pub async fn post(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Again>,
) -> Result<Response, Problem> {
    let before = Named::find(&web, &caller, &case).await?;
    before.must_be_theirs()?;
    if before.held.session().seq() != body.seq {
        return Err(Problem::moved(before.view(&web).await?));
    }
    if !again::is_over(before.held.session()) {
        return Err(Problem::not_over());
    }
    let sees = before.sees;
    let by = maybe("by", body.by.as_ref())?;
    let whose = match sees {
        Audience::Customer => Whose::Customers,
        Audience::Agent => {
            let by = by.map_or_else(|| Arc::clone(&caller.name), Arc::from);
            Whose::Agents(by, body.channel)
        }
    };
    let next = again::go_on(&web, &web.today(), before.held, whose).await?;
    let (is_new, held, id) = (next.is_new, next.held, next.case);
    let case = Named { held, id, sees }.view(&web).await?;
    if !is_new {
        return Ok((StatusCode::OK, axum::Json(case)).into_response());
    }
    let location = [(header::LOCATION, format!("/api/v1/cases/{}", case.name()))];
    Ok((StatusCode::CREATED, location, axum::Json(case)).into_response())
}
