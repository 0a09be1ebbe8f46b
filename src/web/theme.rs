//! The colours of the library as a style sheet of its own, since no style stands in a page.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::state::Web;

/// `GET /theme.css`.
pub async fn get(State(_web): State<Arc<Web>>) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/css; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        String::new(),
    )
        .into_response()
}
