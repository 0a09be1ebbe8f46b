//! Who answers what.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::state::Web;
use super::{api, assets, customer, desk, front, health, media, metrics, theme};

/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 64 * 1024;
/// Longest time for an answer; streams of events are not cut.
const LONGEST: Duration = Duration::from_secs(20);

/// All addresses.
pub fn routes(web: Arc<Web>) -> Router {
    let pass = from_fn_with_state(Arc::clone(&web), front::pass);
    Router::new()
        .merge(customer::routes())
        .merge(desk::routes())
        .route("/assets/{mark}/{name}", get(assets::get))
        .route("/media/{*path}", get(media::get))
        .route("/theme.css", get(theme::get))
        .route("/metrics", get(metrics::get))
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::is_ready))
        .merge(api::routes())
        .with_state(web)
        // The first is the outermost. Together they are one layer: each of its own would cost every request something.
        .layer((
            CompressionLayer::new(),
            pass,
            CatchPanicLayer::new(),
            TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST),
            RequestBodyLimitLayer::new(LARGEST_BODY),
        ))
}
