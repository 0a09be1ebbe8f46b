//! What every request passes on its way in and every answer on its way out, in one place: refused what comes from another
//! site or too often, counted, what went wrong drawn for whoever asked, the headers that all answers carry.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::metrics::Watch;
use super::state::Web;
use super::trouble::{Trouble, Wants};
use super::{api, customer, desk, headers, limits, origin};

/// Lets a request in, and its answer out.
pub async fn pass(State(web): State<Arc<Web>>, request: Request, next: Next) -> Response {
    let watch = Watch::begin(&request);
    let asks = Asks::of(&request);
    let response = match admit(&web, &request) {
        Ok(()) => next.run(request).await,
        Err(why) => why.into_response(),
    };
    watch.end(&web.metrics, response.status());
    let mut response = match asks {
        Asks::Program => api::drawn(response),
        Asks::Agent(wants) => desk::drawn(&web, response, wants),
        Asks::Customer(wants) => {
            customer::framed(&web, customer::drawn(&web, response, Some(wants)))
        }
        Asks::Other => customer::drawn(&web, response, None),
    };
    headers::add(response.headers_mut());
    response
}

fn admit(web: &Web, request: &Request) -> Result<(), Trouble> {
    limits::admit(web, request)?;
    origin::guard(web, request)
}

/// Who asks, by the address.
#[derive(Debug, Clone, Copy)]
enum Asks {
    Customer(Wants),
    Agent(Wants),
    Program,
    Other,
}

impl Asks {
    fn of(request: &Request) -> Self {
        let path = request.uri().path();
        if path.starts_with("/api/") {
            Self::Program
        } else if path == "/desk" || path.starts_with("/desk/") {
            Self::Agent(Wants::of(request.method()))
        } else if path == "/" || path.starts_with("/t/") || path.starts_with("/c/") {
            Self::Customer(Wants::of(request.method()))
        } else {
            Self::Other
        }
    }
}
