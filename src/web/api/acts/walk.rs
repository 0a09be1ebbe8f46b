//! Going on with a case: a reply to the prompt that stands, an earlier prompt, another value, another tree.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use serde_json::Value as AnyJson;
use utoipa::ToSchema;

use crate::session::{Changing, Rejected, Reply, Session, Source, loose};
use crate::tree::Audience;
use crate::web::api::body::Body;
use crate::web::api::caller::Caller;
use crate::web::api::case::Case;
use crate::web::api::change::Named;
use crate::web::api::problem::Problem;
use crate::web::state::Web;

use super::agent;

/// A reply to the prompt that stands.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyTo {
    /// The number that the prompt gave.
    seq: u64,
    /// The prompt's name.
    step: String,
    /// What is replied.
    reply: Reply,
    /// Where it comes from: a person was `asked` (if nothing is said), somebody `claimed` it, the machine was `probed`.
    #[serde(default)]
    source: Source,
}

/// Going back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Back {
    /// The number of the case's last event.
    seq: u64,
    /// The `visit` of the prompt to go back to; if nothing is said, the one before.
    to: Option<u64>,
}

/// Another value for an earlier answer, or for a fact that was known beforehand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The number of the case's last event.
    seq: u64,
    /// What is changed.
    what: Changing,
    /// Its other value.
    #[schema(value_type = crate::condition::FactValue)]
    value: AnyJson,
}

/// Leaving for another tree, for good.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Leave {
    /// The number of the case's last event.
    seq: u64,
    /// The tree.
    tree: String,
}

/// Reply to the prompt that stands
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/reply", tag = "cases", operation_id = "reply",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = ReplyTo,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn reply(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<ReplyTo>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let reply = |session: &mut Session, at| {
        let reply = body.reply.clone();
        let done = session.reply(body.seq, &body.step, reply, body.source, at);
        done.map(|_| ())
    };
    let case = case.change(&web, by.as_ref(), body.seq, reply).await?;
    case.answer(&web).await
}

/// Go back to an earlier prompt
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/back", tag = "cases", operation_id = "back",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Back,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn back(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Back>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let back = |session: &mut Session, at| {
        let to = body.to.or_else(|| session.previous_prompt()).unwrap_or(0);
        session.back(body.seq, to, at).map(|_| ())
    };
    let case = case.change(&web, by.as_ref(), body.seq, back).await?;
    case.answer(&web).await
}

/// Change an earlier answer
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/change", tag = "cases", operation_id = "change",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Change,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn change(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Change>,
) -> Result<Json<Case>, Problem> {
    let value = loose(&body.value).ok_or_else(|| {
        Problem::unfit("`value` must be a text, a number, true or false, or a list of texts")
    })?;
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let change = |session: &mut Session, at| {
        let done = session.change(body.seq, body.what.clone(), value.clone(), at);
        done.map(|_| ())
    };
    let case = case.change(&web, by.as_ref(), body.seq, change).await?;
    case.answer(&web).await
}

/// Leave for another tree, for good
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/leave", tag = "cases", operation_id = "leave",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = Leave,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn leave(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Leave>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let sees = case.sees;
    let leave = |session: &mut Session, at| match session.leave(body.seq, &body.tree, at) {
        // Whether agents have such a tree is not for customers.
        Err(Rejected::NotForCustomers { tree }) if sees == Audience::Customer => {
            Err(Rejected::UnknownTree { tree })
        }
        done => done.map(|_| ()),
    };
    let case = case.change(&web, by.as_ref(), body.seq, leave).await?;
    case.answer(&web).await
}
