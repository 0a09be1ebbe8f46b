//! The face of other programs: JSON over the same operations as the pages and the terminal. Each request brings a token
//! whose roles say what it may; what goes to a token for customers is made of types that cannot hold a text for agents.
//! What goes wrong is a problem (RFC 9457). It keeps nothing of its own.
//!
//! | file | holds |
//! | --- | --- |
//! | `caller`, `body`, `problem` | who asks, what was sent, what went wrong |
//! | `case`, `change` | a case as it is shown; changing it once however often it is asked for |
//! | `start`, `look`, `acts`, `again` | beginning a case, looking at it, going on with it, also after its end |
//! | `find`, `list`, `authors` | what there is help for, which cases there are, what they say about the trees |
//! | `document` | the document of all this (OpenAPI) |

mod acts;
mod again;
mod authors;
mod body;
mod caller;
mod case;
mod change;
mod document;
mod find;
mod list;
mod look;
mod problem;
mod start;

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use super::state::Web;
use super::trouble::Trouble;

pub use problem::drawn;

/// The addresses of this face.
pub fn routes() -> Router<Arc<Web>> {
    let version_one = Router::new()
        .route("/openapi.json", get(document::get))
        .route("/find", get(find::find))
        .route("/trees", get(find::trees))
        .route("/picture", get(authors::picture))
        .route("/stats", get(authors::stats))
        .route("/feedback", get(authors::feedback))
        .route("/versions", get(authors::versions))
        .route("/take", post(acts::hands::take_by_code))
        .route("/cases", get(list::get).post(start::post))
        .route("/cases/{case}", get(look::case))
        .route("/cases/{case}/trail", get(look::trail))
        .route("/cases/{case}/events", get(look::events))
        .route("/cases/{case}/note", get(look::note))
        .route("/cases/{case}/public-note", get(look::public_note))
        .route("/cases/{case}/feedback", post(acts::words::say))
        .route("/cases/{case}/reply", post(acts::walk::reply))
        .route("/cases/{case}/back", post(acts::walk::back))
        .route("/cases/{case}/change", post(acts::walk::change))
        .route("/cases/{case}/leave", post(acts::walk::leave))
        .route("/cases/{case}/remark", post(acts::words::remark))
        .route("/cases/{case}/park", post(acts::rest::park))
        .route("/cases/{case}/resume", post(acts::rest::resume))
        .route("/cases/{case}/close", post(acts::rest::close))
        .route("/cases/{case}/hand-over", post(acts::hands::hand_over))
        .route("/cases/{case}/again", post(again::post))
        .route("/cases/{case}/take", post(acts::hands::take));
    Router::new().nest("/api/v1", version_one).route(
        "/api/{*rest}",
        axum::routing::any(|| async { Trouble::NotFound }),
    )
}
