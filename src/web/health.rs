//! Whether the process is well, for whoever starts and watches it: `/healthz` while it lives, `/readyz` when it can serve.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::state::Web;

const PLAIN: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

const DELETED: &str =
    "the store was deleted: stop fixpath, put a backup in its place, and start fixpath again\n";
const REPLACED: &str = "the store was deleted or replaced by another since fixpath was started: stop fixpath, put a backup in its place, and start fixpath again\n";

/// `GET /healthz`: the process lives.
pub async fn lives() -> Response {
    (PLAIN, "ok\n").into_response()
}

/// `GET /readyz`: the store answers and is the one with which the process began, and there are trees. A store that was
/// deleted is made anew by the next answer, but without those who may sign in and without most cases: somebody must know.
pub async fn is_ready(State(web): State<Arc<Web>>) -> Response {
    if web.today().library.trees.is_empty() {
        return not_ready("there are no trees\n");
    }
    if web.store.is_gone() {
        tracing::warn!("not ready: the store was deleted");
        return not_ready(DELETED);
    }
    match web.store.secret_there().await {
        Ok(there) if there.as_ref() == Some(&web.secret) => (PLAIN, "ready\n").into_response(),
        Ok(_) => {
            tracing::warn!("not ready: the store was deleted or replaced by another");
            not_ready(REPLACED)
        }
        Err(why) => {
            tracing::warn!(%why, "not ready");
            not_ready("the store does not answer\n")
        }
    }
}

fn not_ready(why: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, PLAIN, why).into_response()
}
