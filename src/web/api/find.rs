//! `GET /api/v1/find` and `/api/v1/trees`: what there is help for.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::store::{Role, moment};
use crate::tree::{Audience, Tree, TreeId};
use crate::web::state::{Today, Web};

use super::caller::Caller;
use super::problem::Problem;

use super::body::Asked;

/// What is looked for.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct Query {
    /// What is wrong, in the caller's own words.
    #[param(max_length = 4000)]
    q: String,
    /// So many trees at most.
    #[param(minimum = 1, maximum = 100, default = 8)]
    limit: Option<u8>,
}

/// What was found.
#[derive(Debug, Serialize, ToSchema)]
pub struct Found {
    /// The trees that fit, the best first.
    trees: Vec<TreeLine>,
    /// Trouble that is known to concern everybody.
    incidents: Vec<KnownTrouble>,
}

/// What there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trees {
    /// By name.
    trees: Vec<TreeLine>,
}

/// A tree.
#[derive(Debug, Serialize, ToSchema)]
pub struct TreeLine {
    /// Its name.
    #[schema(examples("network/no_internet"))]
    tree: Arc<str>,
    /// What it is about (Markdown).
    title: Arc<str>,
    /// In a sentence or two.
    summary: Option<Arc<str>>,
    /// How callers put it.
    symptoms: Vec<Arc<str>>,
    /// For the search.
    tags: Vec<Arc<str>>,
    /// Whether it is not for customers.
    agents_only: bool,
    /// How well it fits: higher is better, to be compared within one search only.
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

/// Known trouble.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownTrouble {
    /// A few words (Markdown).
    title: Arc<str>,
    /// What everybody may know (Markdown).
    text: Option<Arc<str>>,
}

/// Find the tree that fits some words
#[utoipa::path(
    get, path = "/api/v1/find", tag = "trees", operation_id = "find", params(Query),
    responses((status = 200, description = "What fits, the best first", body = Found))
)]
pub async fn find(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(query): Asked<Query>,
) -> Result<Json<Found>, Problem> {
    let audience = audience(&caller)?;
    let limit = query.limit.unwrap_or(8);
    if !(1..=100).contains(&limit) {
        return Err(Problem::unfit("`limit` must be 1 to 100"));
    }
    if query.q.chars().count() > super::body::LONGEST {
        return Err(Problem::unfit("`q` is too long"));
    }
    let today = web.today();
    let hits = today.search.find(&query.q, audience).into_iter();
    let trees = hits.take(limit.into()).map(|hit| TreeLine {
        score: Some(hit.score),
        ..line(&today, hit.tree)
    });
    let day = moment().day();
    let known = today.library.incidents.iter();
    let known = known.filter(|incident| {
        incident.trees.is_empty() && incident.until.is_none_or(|until| day <= until)
    });
    let incidents = known.map(|incident| KnownTrouble {
        title: Arc::clone(incident.title.0.source()),
        text: incident
            .text
            .as_ref()
            .map(|text| Arc::clone(text.0.source())),
    });
    Ok(Json(Found {
        trees: trees.collect(),
        incidents: incidents.collect(),
    }))
}

/// List all trees
#[utoipa::path(
    get, path = "/api/v1/trees", tag = "trees", operation_id = "trees",
    responses((status = 200, description = "All trees that this token may walk", body = Trees))
)]
pub async fn trees(State(web): State<Arc<Web>>, caller: Caller) -> Result<Json<Trees>, Problem> {
    let audience = audience(&caller)?;
    let today = web.today();
    let all = (0..today.library.trees.len()).map(|at| TreeId(at as u32));
    let seen = all.filter(|tree| audience == Audience::Agent || today.is_public(*tree));
    let trees = seen.map(|tree| line(&today, tree)).collect();
    Ok(Json(Trees { trees }))
}

/// Whose trees a program sees.
///
/// # Errors
/// It may see none.
pub fn audience(caller: &Caller) -> Result<Audience, Problem> {
    if caller.must_be(Role::Author).is_ok() {
        return Ok(Audience::Agent);
    }
    caller.walker()
}

fn line(today: &Today, id: TreeId) -> TreeLine {
    let tree: &Tree = today.library.tree(id);
    TreeLine {
        tree: Arc::clone(&tree.name),
        title: Arc::clone(tree.about.title.0.source()),
        summary: tree
            .about
            .summary
            .as_ref()
            .map(|text| Arc::clone(text.0.source())),
        symptoms: tree.about.symptoms.clone(),
        tags: tree.about.tags.clone(),
        agents_only: !today.is_public(id),
        score: None,
    }
}
