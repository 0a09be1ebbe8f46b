//! `POST /api/v1/cases/{case}/…`: what is done with a case. Each names the number of the last event that is known.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value as AnyJson;
use utoipa::ToSchema;

use crate::session::{Changing, Moment, Prompt, Rejected, Reply, Session, Source, loose};
use crate::store::{Role, moment};
use crate::tree::{Audience, Channel, End};
use crate::web::code;
use crate::web::state::Web;

use super::body::{Body, maybe, text};
use super::caller::Caller;
use super::case::Case;
use super::change::Named;
use super::problem::Problem;

/// How long a code is good where nothing is said, and at most, in hours.
const GOOD_FOR: u64 = 24;
const LONGEST_GOOD: u64 = 30 * 24;

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

/// What somebody says about the script.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Say {
    /// What is wrong with it at the prompt that stands.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Who makes a change, where that is an agent: the name that was given, or the token's.
fn agent(caller: &Caller, sees: Audience, by: Option<&str>) -> Option<Arc<str>> {
    (sees == Audience::Agent).then(|| by.map_or_else(|| Arc::clone(&caller.name), Arc::from))
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
    let mut held = web.hold(&id).await?;
    let today = web.today();
    let take = |session: &mut Session, at| {
        session.take(Some(&by), body.channel, at)?;
        Ok(())
    };
    held.change_by_code(&by, &today.hooks, &body.code, take)
        .await?;
    let sees = Audience::Agent;
    Named { held, id, sees }.answer(&web).await
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
