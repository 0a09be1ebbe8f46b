//! `POST /api/v1/cases`: begins a case. With an `id` of the program's own, asking again gives the same case.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use crate::session::{Event, Happening, Rejected, Started, loose};
use crate::store::CaseId;
use crate::tree::{Audience, Channel};
use crate::web::state::Web;

use super::body::{Body, maybe};
use super::caller::Caller;
use super::case::Case;
use super::change::Named;
use super::problem::Problem;

/// How a case begins.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Start {
    /// A name of the program's own for the case, unique among its cases. Asking again with the same one gives the same
    /// case, so that a request whose answer got lost can be repeated.
    #[schema(max_length = 200)]
    id: Option<String>,
    /// The tree.
    #[schema(examples("network/no_internet"))]
    tree: String,
    /// Who walks. A token for customers begins cases of customers only, which is also what it takes if nothing is said;
    /// for others it is `agent`.
    audience: Option<Audience>,
    /// How one talks: if nothing is said, `phone` for agents, `self_service` for customers.
    channel: Option<Channel>,
    /// Shared facts that are known.
    #[serde(default)]
    #[schema(value_type = BTreeMap<String, crate::condition::FactValue>)]
    facts: BTreeMap<String, Json>,
    /// The ticket that it belongs to.
    #[schema(max_length = 4000)]
    ticket: Option<String>,
    /// The caller's own words.
    #[schema(max_length = 4000)]
    words: Option<String>,
    /// Which agent begins it; if nothing is said, it is the token's name.
    #[schema(max_length = 4000)]
    by: Option<String>,
}

/// Begin a case
#[utoipa::path(
    post, path = "/api/v1/cases", tag = "cases", operation_id = "start",
    request_body = Start,
    responses(
        (status = 201, description = "The case begins", body = Case, headers(("location" = String, description = "Where the case is"))),
        (status = 200, description = "A case of this id began before; as it stands now", body = Case)
    )
)]
pub async fn post(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Body(start): Body<Start>,
) -> Result<Response, Problem> {
    let sees = caller.walker()?;
    let started = start.started(&caller, sees)?;
    let today = web.today();
    if started.audience == Audience::Customer && today.public_tree(&started.tree).is_err() {
        // Whether agents have such a tree is not for customers.
        let tree = started.tree;
        return Err(Rejected::UnknownTree { tree }.into());
    }
    let id = match maybe("id", start.id.as_ref())? {
        Some(own) => web.seals.named(&caller.name, own),
        None => CaseId::random()?,
    };
    let agent = started.by.clone().filter(|_| sees == Audience::Agent);
    let session = today.start(started)?;
    let first = session.events().first().cloned();
    let held = web
        .cases
        .begin(&id, session, agent, &today.hooks, &today.library)
        .await?;
    let there = held.session().events().first().cloned();
    let is_new = there == first;
    if !is_new && !is_same(first.as_ref(), there.as_ref()) {
        return Err(Problem::id_used(
            "A case that began differently has this id already; take another one.",
        ));
    }
    let case = Named { held, id, sees }.view(&web).await?;
    if !is_new {
        return Ok((StatusCode::OK, axum::Json(case)).into_response());
    }
    let location = [(header::LOCATION, format!("/api/v1/cases/{}", case.name()))];
    Ok((StatusCode::CREATED, location, axum::Json(case)).into_response())
}

impl Start {
    fn started(&self, caller: &Caller, sees: Audience) -> Result<Started, Problem> {
        let audience = self.audience.unwrap_or(sees);
        if sees == Audience::Customer && audience == Audience::Agent {
            return Err(Problem::lacks("agent"));
        }
        let channel = self.channel.unwrap_or(match audience {
            Audience::Agent => Channel::Phone,
            Audience::Customer => Channel::SelfService,
        });
        let mut started = Started::new(self.tree.as_str(), audience, channel);
        for (name, given) in &self.facts {
            let value = loose(given).ok_or_else(|| {
                Problem::unfit(format!(
                    "the fact `{name}` must be a text, a number, true or false, or a list of texts"
                ))
            })?;
            started.facts.insert(name.as_str().into(), value);
        }
        started.ticket = maybe("ticket", self.ticket.as_ref())?.map(Arc::from);
        started.words = maybe("words", self.words.as_ref())?.map(Arc::from);
        let by = maybe("by", self.by.as_ref())?;
        if sees == Audience::Agent && audience == Audience::Agent {
            started.by = Some(by.map_or_else(|| Arc::clone(&caller.name), Arc::from));
        }
        Ok(started)
    }
}

/// Whether two cases began in the same way, whenever, and on whatever version of the library.
fn is_same(asked: Option<&Event>, there: Option<&Event>) -> bool {
    let plain = |event: Option<&Event>| match event.map(|event| &event.what) {
        Some(Happening::Started(started)) => Some(Started {
            library: None,
            ..(**started).clone()
        }),
        _ => None,
    };
    plain(asked) == plain(there)
}
