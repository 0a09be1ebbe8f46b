//! `GET /api/v1/cases`: cases in a list, the newest first, page by page.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::session::{Moment, Outcome};
use crate::store::{CaseRow, Filter, Order, Role, Status, outcome_name};
use crate::web::state::Web;

use super::authors::timestamp;
use super::body::Asked;
use super::caller::Caller;
use super::problem::Problem;

/// So many cases are on a page, if nothing is said and at most.
const PAGE: u32 = 50;
const LARGEST_PAGE: u32 = 200;

/// Which cases; what is not said does not matter.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// Whether they go on.
    status: Option<Status>,
    /// The tree in which they began or stand.
    tree: Option<String>,
    /// Who works on them.
    agent: Option<String>,
    /// The team to which they are handed over.
    team: Option<String>,
    /// How they went.
    outcome: Option<Outcome>,
    /// The ticket that they belong to.
    ticket: Option<String>,
    /// Begun then or later.
    #[param(value_type = Option<String>, format = DateTime)]
    since: Option<Moment>,
    /// Begun before then.
    #[param(value_type = Option<String>, format = DateTime)]
    before: Option<Moment>,
    /// So many on a page.
    #[param(minimum = 1, maximum = 200, default = 50)]
    limit: Option<u32>,
    /// Those that come behind this case: the `next` of the page before.
    behind: Option<String>,
}

/// A page of cases.
#[derive(Debug, Serialize, ToSchema)]
pub struct Cases {
    /// The newest first.
    cases: Vec<CaseLine>,
    /// Where the next page begins (`behind`); none behind the last.
    next: Option<String>,
}

/// A case in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLine {
    /// Its name.
    case: String,
    status: Status,
    /// Until when it is put aside.
    #[schema(value_type = Option<String>, format = DateTime)]
    parked_until: Option<Timestamp>,
    /// The tree in which it began.
    tree: Arc<str>,
    /// Where it stands.
    stands: Option<Place>,
    /// `resolved`, `escalated` or `ended`.
    outcome: Option<Arc<str>>,
    /// Whether a person said that the problem is solved.
    confirmed: bool,
    /// The team to which it is handed over.
    team: Option<Arc<str>>,
    /// 1 (first) to 5.
    priority: Option<u8>,
    /// Who works on it.
    agent: Option<Arc<str>>,
    ticket: Option<Arc<str>>,
    /// `agent` or `customer`.
    audience: Arc<str>,
    /// `phone`, `chat` ….
    channel: Arc<str>,
    /// The version of the library that it is on.
    library: Arc<str>,
    #[schema(value_type = String, format = DateTime)]
    started: Timestamp,
    /// When something happened last.
    #[schema(value_type = String, format = DateTime)]
    last: Timestamp,
    /// The number of its last event.
    seq: u64,
    /// Whether what was said in it was erased.
    erased: bool,
}

/// A prompt.
#[derive(Debug, Serialize, ToSchema)]
pub struct Place {
    tree: Arc<str>,
    step: Arc<str>,
}

/// List cases; for agents
#[utoipa::path(
    get, path = "/api/v1/cases", tag = "cases", operation_id = "cases", params(Query),
    responses((status = 200, description = "A page of cases", body = Cases))
)]
pub async fn get(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(query): Asked<Query>,
) -> Result<Json<Cases>, Problem> {
    caller.must_be(Role::Agent)?;
    let limit = query.limit.unwrap_or(PAGE);
    if !(1..=LARGEST_PAGE).contains(&limit) {
        return Err(Problem::unfit(format!(
            "`limit` must be 1 to {LARGEST_PAGE}"
        )));
    }
    // One more, to see whether there is another page.
    let filter = query.filter(limit + 1)?;
    let mut found = web.store.cases_async(filter).await?;
    let is_cut = found.len() > limit as usize;
    found.truncate(limit as usize);
    let last = found.last().filter(|_| is_cut);
    Ok(Json(Cases {
        next: last.map(|case| case.id.to_string()),
        cases: found.into_iter().map(CaseLine::of).collect(),
    }))
}

impl Query {
    fn filter(&self, limit: u32) -> Result<Filter, Problem> {
        let behind = self
            .behind
            .as_ref()
            .map(|given| given.parse())
            .transpose()?;
        Ok(Filter {
            status: self.status.into_iter().collect(),
            tree: self.tree.clone(),
            agent: self.agent.clone(),
            teams: self.team.clone().into_iter().collect(),
            outcome: self.outcome.map(|outcome| outcome_name(outcome).to_owned()),
            ticket: self.ticket.clone(),
            since: self.since.map(Moment::milliseconds),
            before: self.before.map(Moment::milliseconds),
            readable: false,
            order: Order::Newest,
            behind,
            limit: Some(limit),
        })
    }
}

impl CaseLine {
    fn of(case: CaseRow) -> Self {
        Self {
            case: case.id.to_string(),
            status: case.status,
            parked_until: case.until.map(timestamp),
            tree: case.tree,
            stands: case.stands.map(|(tree, step)| Place { tree, step }),
            outcome: case.outcome,
            confirmed: case.confirmed,
            team: case.team,
            priority: case.priority,
            agent: case.agent,
            ticket: case.ticket,
            audience: case.audience,
            channel: case.channel,
            library: case.version,
            started: timestamp(case.started_at),
            last: timestamp(case.last_at),
            seq: case.seq,
            erased: case.is_erased,
        }
    }
}
