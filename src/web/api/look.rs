//! `GET /api/v1/cases/{case}…`: a case as it stands, the way that it went, and what is told of it.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::handover::{CHAT_LIMIT, Email, Note, PublicNote};
use crate::session::view::TrailView;
use crate::session::{Event, Prompt};
use crate::store::Role;
use crate::tree::Audience;
use crate::web::code::{self, Code};
use crate::web::state::Web;

use super::body::Asked;
use super::caller::Caller;
use super::case::Case;
use super::change::Named;
use super::problem::Problem;

/// So many characters a text for a chat may be given, fewest and most.
const SHORTEST_CHAT: usize = 100;
const LONGEST_CHAT: usize = 10_000;

/// The way that a case went.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trail {
    /// Every visit in order, each text as it was shown then.
    trail: Vec<TrailView>,
    /// What was carried out before somebody went back.
    done_before: Vec<TrailView>,
}

/// Which events.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct After {
    /// Only those behind the one of this number.
    #[serde(default)]
    after: u64,
}

/// What happened in a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct Events {
    events: Vec<Event>,
}

/// How a note is written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct NoteQuery {
    /// If nothing is said, as data.
    #[serde(default)]
    #[param(inline)]
    format: NoteFormat,
}

/// How a note is written.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NoteFormat {
    /// As data.
    #[default]
    Json,
    /// For tickets that show it.
    Markdown,
    /// As plain text.
    Text,
}

/// How the customer's note is written.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PublicNoteFormat {
    /// As data.
    #[default]
    Json,
    /// For programs that show it.
    Markdown,
    /// As plain text.
    Text,
    /// As an e-mail: its subject and its body.
    Email,
    /// As a text for a chat, in whole lines.
    Chat,
}

/// How the customer's note is written.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PublicNoteQuery {
    /// If nothing is said, as data.
    #[serde(default)]
    #[param(inline)]
    format: PublicNoteFormat,
    /// So many characters a text for a chat has at most; if nothing is said, 500.
    #[param(minimum = 100, maximum = 10000, default = 500)]
    limit: Option<usize>,
}

/// The customer's note as JSON.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum PublicNoteAnswer {
    /// As data.
    Note(Box<PublicNote>),
    /// As an e-mail.
    Email(Email),
}

/// A case as it stands: what is asked, and what can be replied
#[utoipa::path(
    get, path = "/api/v1/cases/{case}", tag = "cases", operation_id = "case",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    responses((status = 200, description = "The case", body = Case))
)]
pub async fn case(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
) -> Result<Json<Case>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    case.answer(&web).await
}

/// The way that a case went: every prompt, and what came of it
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/trail", tag = "cases", operation_id = "trail",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address")),
    responses((status = 200, description = "The trail", body = Trail))
)]
pub async fn trail(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
) -> Result<Json<Trail>, Problem> {
    let case = Named::find(&web, &caller, &case).await?;
    case.must_be_theirs()?;
    let session = case.held.session();
    Ok(Json(Trail {
        trail: session.trail(),
        done_before: session.done_before(),
    }))
}

/// What happened in a case, as it is kept; for agents
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/events", tag = "cases", operation_id = "events",
    params(("case" = String, Path, description = "The case's name"), After),
    responses((status = 200, description = "The events", body = Events))
)]
pub async fn events(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Asked(query): Asked<After>,
) -> Result<Json<Events>, Problem> {
    caller.must_be(Role::Agent)?;
    let case = Named::find(&web, &caller, &case).await?;
    let events = case.held.session().events().iter();
    let events = events.filter(|event| event.seq > query.after).cloned();
    Ok(Json(Events {
        events: events.collect(),
    }))
}

/// The hand-over note for the ticket; for agents
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/note", tag = "cases", operation_id = "note",
    params(("case" = String, Path, description = "The case's name"), NoteQuery),
    responses((status = 200, description = "The note", content((Note = "application/json"), (String = "text/markdown"), (String = "text/plain"))))
)]
pub async fn note(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Asked(query): Asked<NoteQuery>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Agent)?;
    let case = Named::find(&web, &caller, &case).await?;
    let mut note = Note::of(case.held.session());
    note.problem.case = Some(case.id.to_string());
    Ok(match query.format {
        NoteFormat::Json => Json(note).into_response(),
        NoteFormat::Markdown => written("text/markdown; charset=utf-8", note.markdown()),
        NoteFormat::Text => written("text/plain; charset=utf-8", note.text()),
    })
}

/// The note for the customer: what was done and how it goes on; also as an e-mail, and as a text for a chat
#[utoipa::path(
    get, path = "/api/v1/cases/{case}/public-note", tag = "cases", operation_id = "public_note",
    params(("case" = String, Path, description = "The case's name; with a token for customers, its address"), PublicNoteQuery),
    responses((status = 200, description = "The note; as `email`, its subject and body",
        content((PublicNoteAnswer = "application/json"), (String = "text/markdown"), (String = "text/plain"))))
)]
pub async fn public_note(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(case): Path<String>,
    Asked(query): Asked<PublicNoteQuery>,
) -> Result<Response, Problem> {
    let limit = query.limit.unwrap_or(CHAT_LIMIT);
    if !(SHORTEST_CHAT..=LONGEST_CHAT).contains(&limit) {
        return Err(Problem::unfit(format!(
            "`limit` must be {SHORTEST_CHAT} to {LONGEST_CHAT}"
        )));
    }
    let case = Named::find(&web, &caller, &case).await?;
    let session = case.held.session();
    let mut note = PublicNote::of(session);
    note.case = (case.sees == Audience::Agent).then(|| case.id.to_string());
    if matches!(session.prompt(), Prompt::HandedOver(_)) {
        let code = code::open(&web, &case.held.case().keeper).await?;
        note.code = code.as_ref().map(Code::shown);
    }
    Ok(match query.format {
        PublicNoteFormat::Json => Json(PublicNoteAnswer::Note(Box::new(note))).into_response(),
        PublicNoteFormat::Email => Json(PublicNoteAnswer::Email(note.email())).into_response(),
        PublicNoteFormat::Markdown => written("text/markdown; charset=utf-8", note.markdown()),
        PublicNoteFormat::Text => written("text/plain; charset=utf-8", note.text()),
        PublicNoteFormat::Chat => written("text/plain; charset=utf-8", note.chat(limit)),
    })
}

fn written(kind: &'static str, note: String) -> Response {
    ([(header::CONTENT_TYPE, kind)], note).into_response()
}
