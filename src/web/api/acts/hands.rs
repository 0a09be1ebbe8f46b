//! From one hand to the other: a case is handed over with a code, and taken.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::session::{Prompt, Rejected, Session};
use crate::store::Role;
use crate::tree::{Audience, Channel, End};
use crate::web::api::body::{Body, maybe};
use crate::web::api::caller::Caller;
use crate::web::api::case::Case;
use crate::web::api::change::Named;
use crate::web::api::problem::Problem;
use crate::web::code;
use crate::web::state::Web;

use super::agent;

/// How long a code is good where nothing is said, and at most, in hours.
const GOOD_FOR: u64 = 24;
const LONGEST_GOOD: u64 = 30 * 24;

/// Handing over.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOver {
    /// The number of the case's last event.
    seq: u64,
    /// To which team; at an escalation, if nothing is said, the one that it names. A token for customers can hand over
    /// at an escalation only.
    team: Option<String>,
    /// How many hours the code is good.
    #[schema(minimum = 1, maximum = 720, default = 24)]
    valid_hours: Option<u64>,
}

/// Taking over, or up again.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// The number of the case's last event.
    seq: u64,
    /// Which agent takes it; if nothing is said, it is the token's name.
    #[schema(max_length = 4000)]
    by: Option<String>,
    /// How one talks from now on, if that changes.
    channel: Option<Channel>,
}

/// Taking over by a code.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeByCode {
    /// The code, as it was read out.
    code: String,
    /// Which agent takes it; if nothing is said, it is the token's name.
    #[schema(max_length = 4000)]
    by: Option<String>,
    /// How one talks from now on, if that changes.
    channel: Option<Channel>,
}

/// Hand a case over: the answer holds a code by which it is taken
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/hand-over", tag = "cases", operation_id = "hand_over",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    request_body = HandOver,
    responses((status = 200, description = "The case, which waits for an agent", body = Case))
)]
pub async fn hand_over(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<HandOver>,
) -> Result<Json<Case>, Problem> {
    let hours = body.valid_hours.unwrap_or(GOOD_FOR);
    if !(1..=LONGEST_GOOD).contains(&hours) {
        return Err(Problem::unfit(format!(
            "`valid_hours` must be 1 to {LONGEST_GOOD}"
        )));
    }
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, None);
    let team = team(&case, body.team.as_deref(), body.seq)?;
    let hand_over = |session: &mut Session, at| match &team {
        Some(team) => session.hand_over(team, at).map(|_| ()),
        // It stood elsewhere when this was asked for.
        None => Err(Rejected::NotHandedOver),
    };
    let case = case.change(&web, by.as_ref(), body.seq, hand_over).await?;
    if matches!(case.held.session().prompt(), Prompt::HandedOver(_)) {
        let keeper = &case.held.case().keeper;
        code::offer(&web, keeper, Duration::from_hours(hours)).await?;
    }
    case.answer(&web).await
}

/// To which team a case goes; `None` where that is not known any more, as it has moved on.
fn team(case: &Named, named: Option<&str>, seq: u64) -> Result<Option<String>, Problem> {
    let session = case.held.session();
    let own = match session.standing_prompt() {
        Prompt::End(_, End::Escalate { team, .. }, ..) => Some(team.to_string()),
        _ => None,
    };
    if case.sees == Audience::Customer
        && (own.is_none() || named.is_some_and(|named| Some(named) != own.as_deref()))
        && session.seq() == seq
    {
        return Err(Problem::forbidden(
            "A case of a customer is handed over at an escalation, to the team that it names.",
        ));
    }
    let teams = &session.library().teams;
    if let Some(named) = named {
        if !teams.is_empty() && session.library().team(named).is_none() {
            let known: Vec<&str> = teams.iter().map(|team| &*team.key).collect();
            return Err(Problem::unfit(format!(
                "there is no team `{named}`; there are {}",
                known.join(", ")
            )));
        }
        return Ok(Some(named.to_owned()));
    }
    if own.is_none() && session.seq() == seq {
        return Err(Problem::unfit(
            "the case stands at no escalation, so `team` must say to whom it goes",
        ));
    }
    Ok(own)
}

/// Take a case that was handed over, or is walked by somebody else
#[utoipa::path(
    post, path = "/api/v1/cases/{case}/take", tag = "cases", operation_id = "take",
    params(("case" = String, Path, description = "The case's name")),
    request_body = Take,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn take(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Body(body): Body<Take>,
) -> Result<Json<Case>, Problem> {
    caller.must_be(Role::Agent)?;
    let case = Named::find(&web, &caller, &case).await?;
    let by = agent(&caller, case.sees, maybe("by", body.by.as_ref())?);
    let take = |session: &mut Session, at| {
        let taken = session.take(by.as_deref(), body.channel, at);
        taken.map(|_| ())
    };
    let case = case.change(&web, by.as_ref(), body.seq, take).await?;
    case.answer(&web).await
}

/// Take the case of a code; each code is good once
#[utoipa::path(
    post, path = "/api/v1/take", tag = "cases", operation_id = "take_by_code",
    request_body = TakeByCode,
    responses((status = 200, description = "The case as it stands then", body = Case))
)]
pub async fn take_by_code(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Body(body): Body<TakeByCode>,
) -> Result<Json<Case>, Problem> {
    caller.must_be(Role::Agent)?;
    let by = maybe("by", body.by.as_ref())?.map_or_else(|| Arc::clone(&caller.name), Arc::from);
    let id = web.store.code_case_async(&body.code).await?;
    web.limits.admit_case(&id)?;
    let held = web.hold(&id).await?;
    let today = web.today();
    let take = |session: &mut Session, at| {
        session.take(Some(&by), body.channel, at)?;
        Ok(())
    };
    let held = held
        .change_by_code(&by, &today.hooks, &body.code, take)
        .await?;
    let sees = Audience::Agent;
    Named { held, id, sees }.answer(&web).await
}
