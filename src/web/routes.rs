//! Who answers what.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::state::Web;
use super::{api, assets, customer, desk, headers, health, limits, media, metrics, origin, theme};

/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 64 * 1024;
/// Longest time for an answer; streams of events are not cut.
const LONGEST: Duration = Duration::from_secs(20);

/// All addresses.
pub fn routes(web: Arc<Web>) -> Router {
    Router::new()
        .merge(customer::routes(&web))
        .merge(desk::routes(&web))
        .route("/assets/{mark}/{name}", get(assets::get))
        .route("/media/{*path}", get(media::get))
        .route("/theme.css", get(theme::get))
        .route("/metrics", get(metrics::get))
        .route("/healthz", get(health::lives))
        .route("/readyz", get(health::is_ready))
        .merge(api::routes())
        .layer(from_fn_with_state(Arc::clone(&web), origin::guard))
        .layer(from_fn_with_state(Arc::clone(&web), limits::admit))
        .layer(from_fn_with_state(Arc::clone(&web), metrics::watch))
        .layer(from_fn_with_state(Arc::clone(&web), customer::draw_trouble))
        .with_state(web)
        .layer(CompressionLayer::new())
        .layer(RequestBodyLimitLayer::new(LARGEST_BODY))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            LONGEST,
        ))
        .layer(CatchPanicLayer::new())
        .layer(from_fn(api::draw))
        .layer(map_response(headers::add))
}
