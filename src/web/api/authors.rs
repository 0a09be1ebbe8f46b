//! What cases say about the trees, and how a tree looks: `/api/v1/stats`, `feedback`, `versions`, `picture`.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::picture::{self, Shape, Sketch};
use crate::session::Moment;
use crate::stats::Statement;
use crate::store::{Role, Version};
use crate::tree::Audience;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::body::Asked;
use super::caller::Caller;
use super::problem::Problem;

/// Which cases are counted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct StatsQuery {
    /// Only this tree, also one that is no longer there.
    tree: Option<String>,
    /// Only cases begun since then.
    #[param(value_type = Option<String>, format = DateTime)]
    since: Option<Moment>,
}

/// What was counted, and when.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CountedStatistics)]
pub struct CountedStatement<'r> {
    /// When it was counted.
    #[schema(value_type = String, format = DateTime)]
    counted_at: Timestamp,
    #[serde(flatten)]
    statement: Statement<'r>,
}

/// A tree, if only one is meant.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct FeedbackQuery {
    /// Only about this tree.
    tree: Option<String>,
}

/// What people said about the trees.
#[derive(Debug, Serialize, ToSchema)]
pub struct AllFeedback {
    /// By tree, step and time.
    feedback: Vec<FeedbackLine>,
}

/// What somebody said about a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeedbackLine {
    /// The tree.
    tree: Arc<str>,
    /// The prompt.
    step: Arc<str>,
    /// The version of the library that was walked.
    version: Arc<str>,
    /// The case in which it was said.
    case: Option<String>,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Which agent said it, if one did.
    agent: Option<Arc<str>>,
    /// What was said; none where it was erased with its case.
    words: Option<Arc<str>>,
}

/// The versions of the library that are kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct Versions {
    /// Today's.
    today: Arc<str>,
    /// Those that cases need, the newest first.
    versions: Vec<VersionLine>,
}

/// A version of the library.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionLine {
    /// The hash of its content.
    version: Arc<str>,
    /// Since when it is kept.
    #[schema(value_type = String, format = DateTime)]
    kept_at: Timestamp,
    /// How many cases are on it.
    cases: u64,
    /// How many of them are not closed.
    unfinished: u64,
}

/// Which picture.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct PictureQuery {
    /// The tree.
    tree: String,
    /// How it is drawn: if nothing is said, as data.
    #[serde(default)]
    #[param(inline)]
    format: PictureFormat,
}

/// How a tree is drawn.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PictureFormat {
    /// As data.
    #[default]
    Json,
    /// For browsers and documents.
    Svg,
}

/// A tree as signs and lines, to be drawn.
#[derive(Debug, Serialize, ToSchema)]
pub struct Picture {
    /// The tree.
    tree: String,
    /// Its title.
    title: String,
    /// The first is the start.
    steps: Vec<PictureStep>,
    edges: Vec<PictureEdge>,
}

/// A sign.
#[derive(Debug, Serialize, ToSchema)]
pub struct PictureStep {
    /// The step.
    name: String,
    /// What it is: `question`, `remedy`, `fix` ….
    kind: &'static str,
    /// Its words.
    text: String,
}

/// A line.
#[derive(Debug, Serialize, ToSchema)]
pub struct PictureEdge {
    /// The step where it begins.
    from: String,
    /// The step where it ends.
    to: String,
    /// What takes it.
    labels: Vec<String>,
}

/// Count how cases went and what helped
#[utoipa::path(
    get, path = "/api/v1/stats", tag = "authors", operation_id = "stats", params(StatsQuery),
    responses((status = 200, description = "What was counted last; what is older than a minute is counted anew meanwhile", body = CountedStatement))
)]
pub async fn stats(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(query): Asked<StatsQuery>,
) -> Result<Response, Problem> {
    caller.must_be(Role::Author)?;
    let today = web.today();
    let since = query.since.map(Moment::milliseconds);
    let figures = web.counted.first(&today.library, since).await?;
    let report = &figures.report;
    let tree = match &query.tree {
        Some(name) => Some(report.tree(name).ok_or(Trouble::NotFound)?),
        None => None,
    };
    let counted = CountedStatement {
        counted_at: timestamp(figures.at),
        statement: Statement::of(report, tree, since),
    };
    Ok(Json(counted).into_response())
}

/// What people said is wrong with the trees
#[utoipa::path(
    get, path = "/api/v1/feedback", tag = "authors", operation_id = "feedback", params(FeedbackQuery),
    responses((status = 200, description = "What was said", body = AllFeedback))
)]
pub async fn feedback(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(query): Asked<FeedbackQuery>,
) -> Result<Json<AllFeedback>, Problem> {
    caller.must_be(Role::Author)?;
    let said = web.store.feedback_async(query.tree.as_deref()).await?;
    let line = |said: crate::store::Feedback| FeedbackLine {
        tree: said.tree,
        step: said.step,
        version: said.version,
        case: said.case,
        at: timestamp(said.at),
        agent: said.agent,
        words: said.words,
    };
    let feedback = said.into_iter().map(line).collect();
    Ok(Json(AllFeedback { feedback }))
}

/// Which versions of the library cases are on
#[utoipa::path(
    get, path = "/api/v1/versions", tag = "authors", operation_id = "versions",
    responses((status = 200, description = "The versions", body = Versions))
)]
pub async fn versions(
    State(web): State<Arc<Web>>,
    caller: Caller,
) -> Result<Json<Versions>, Problem> {
    caller.must_be(Role::Author)?;
    let line = |version: Version| VersionLine {
        version: version.hash,
        kept_at: timestamp(version.kept_at),
        cases: version.cases,
        unfinished: version.unfinished,
    };
    let versions = web.store.versions().await?;
    Ok(Json(Versions {
        today: Arc::clone(web.today().library.hash()),
        versions: versions.into_iter().map(line).collect(),
    }))
}

/// Draw a tree: public texts only
#[utoipa::path(
    get, path = "/api/v1/picture", tag = "trees", operation_id = "picture", params(PictureQuery),
    responses((status = 200, description = "The picture", content((Picture = "application/json"), (String = "image/svg+xml"))))
)]
pub async fn picture(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Asked(query): Asked<PictureQuery>,
) -> Result<Response, Problem> {
    let audience = super::find::audience(&caller)?;
    let today = web.today();
    let found = match audience {
        Audience::Agent => today.library.find(&query.tree).ok_or(Trouble::NotFound)?,
        Audience::Customer => today.public_tree(&query.tree)?,
    };
    let sketch = Sketch::of(&today.library, today.library.tree(found));
    match query.format {
        PictureFormat::Json => Ok(Json(Picture::of(sketch)).into_response()),
        PictureFormat::Svg => {
            // A large tree takes its time.
            let drawn = tokio::task::spawn_blocking(move || picture::svg(&sketch)).await;
            let drawn = drawn.map_err(|why| Trouble::Internal(why.to_string()))?;
            let svg = drawn.map_err(|why| {
                Problem::unfit(format!(
                    "the tree has {} signs, too many for a picture; take format=json",
                    why.signs
                ))
            })?;
            Ok(([(header::CONTENT_TYPE, "image/svg+xml")], svg).into_response())
        }
    }
}

impl Picture {
    fn of(sketch: Sketch) -> Self {
        let names: Vec<String> = sketch.signs.iter().map(|sign| sign.name.clone()).collect();
        let name = |at: usize| names.get(at).cloned().unwrap_or_default();
        let lines = sketch.lines.into_iter();
        let edges = lines.map(|line| PictureEdge {
            from: name(line.from),
            to: name(line.to),
            labels: line.labels,
        });
        let edges = edges.collect();
        let signs = sketch.signs.into_iter();
        Self {
            tree: sketch.tree.to_string(),
            title: sketch.title.to_string(),
            edges,
            steps: signs
                .map(|sign| PictureStep {
                    kind: Shape::name(sign.shape),
                    name: sign.name,
                    text: sign.text,
                })
                .collect(),
        }
    }
}

/// A moment that the store keeps in milliseconds since 1970.
pub fn timestamp(milliseconds: i64) -> Timestamp {
    Timestamp::from_millisecond(milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
}
