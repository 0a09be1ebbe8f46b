//! Counts for Prometheus, and a line in the log for each request. Neither holds a text of a person or the address of a
//! case: requests are called by their route.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::state::Web;

/// What proxies add to what they pass on.
const PASSED_ON: [HeaderName; 2] = [
    HeaderName::from_static("x-forwarded-for"),
    header::FORWARDED,
];
/// Upper bounds of the durations, in seconds.
const BOUNDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.1, 0.5, 2.0, 10.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Asked {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// All that is counted.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Asked, Counter>,
    durations: Family<Route, Histogram, fn() -> Histogram>,
    kept: Counter,
    open: Gauge,
}

fn histogram() -> Histogram {
    Histogram::new(BOUNDS)
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("fixpath");
        let requests = Family::default();
        let durations: Family<Route, Histogram, fn() -> Histogram> =
            Family::new_with_constructor(histogram);
        let kept = Counter::default();
        let open = Gauge::default();
        registry.register(
            "requests",
            "Requests, by route and status",
            requests.clone(),
        );
        registry.register_with_unit(
            "request_duration",
            "Time from the request to its answer",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("changes", "Changes to cases that were kept", kept.clone());
        registry.register(
            "cases_in_memory",
            "Cases that are held in memory",
            open.clone(),
        );
        Self {
            registry,
            requests,
            durations,
            kept,
            open,
        }
    }
}

impl Metrics {
    /// Counts the changes to cases that were kept.
    pub fn kept(&self) -> Counter {
        self.kept.clone()
    }
}

/// A request that is being answered.
#[derive(Debug)]
pub struct Watch {
    began: Instant,
    route: String,
    method: &'static str,
}

impl Watch {
    /// From now on.
    pub fn begin(request: &Request) -> Self {
        let matched = request.extensions().get::<MatchedPath>();
        let route = matched.map_or("none", MatchedPath::as_str);
        Self {
            began: Instant::now(),
            route: route.to_owned(),
            method: method(request.method()),
        }
    }

    /// Counts the request, and says it in the log.
    pub fn end(self, metrics: &Metrics, status: StatusCode) {
        let Self {
            began,
            route,
            method,
        } = self;
        let took = began.elapsed();
        let status = status.as_u16();
        tracing::info!(
            method,
            route,
            status,
            microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
        let by_route = Route { route };
        let durations = &metrics.durations;
        durations
            .get_or_create(&by_route)
            .observe(took.as_secs_f64());
        let asked = Asked {
            method,
            route: by_route.route,
            status,
        };
        metrics.requests.get_or_create(&asked).inc();
    }
}

/// The method as it is counted: of what senders make up there is no end.
fn method(asked: &Method) -> &'static str {
    match asked.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Whether a request comes from this computer or a watcher. What a proxy passes on that nobody has named to us comes from
/// anybody.
fn may_watch(web: &Web, request: &Request) -> bool {
    let is_passed_on = PASSED_ON
        .iter()
        .any(|name| request.headers().contains_key(name));
    if is_passed_on && !web.proxies.sent(request) {
        return false;
    }
    let peer = web.proxies.peer(request);
    peer.is_loopback() || web.watchers.contains(peer)
}

/// `GET /metrics`: for those who may see it, nothing for others.
pub async fn get(State(web): State<Arc<Web>>, request: Request) -> Response {
    if !may_watch(&web, &request) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let metrics = &web.metrics;
    metrics
        .open
        .set(i64::try_from(web.cases.len()).unwrap_or(i64::MAX));
    let mut text = String::new();
    if encode(&mut text, &metrics.registry).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}
