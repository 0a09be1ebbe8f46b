//! Whether the process is well, for whoever starts and watches it: `/healthz` while it lives, `/readyz` when it can serve.

use std::sync::Arc;

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::state::Web;

const PLAIN: [(header::HeaderName, &str); 1] = [(header::CACHE_CONTROL, "no-store")];

/// `GET /healthz`: the process lives.
pub async fn lives() -> Response {
    (PLAIN, "ok\n").into_response()
}

/// `GET /readyz`: the store answers, and there are trees.
pub async fn is_ready(State(web): State<Arc<Web>>) -> Response {
    if web.today().library.trees.is_empty() {
        return not_ready("there are no trees\n");
    }
    match web.store.last_seqs(&[]).await {
        Ok(_) => (PLAIN, "ready\n").into_response(),
        Err(why) => {
            tracing::warn!(%why, "not ready");
            not_ready("the store does not answer\n")
        }
    }
}

fn not_ready(why: &'static str) -> Response {
    (StatusCode::SERVICE_UNAVAILABLE, PLAIN, why).into_response()
}
