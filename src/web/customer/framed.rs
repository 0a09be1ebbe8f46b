//! The customer's pages in a frame of another site: only where the library (`theme: embed:`) or the command line names
//! that site. The pages need no cookie, so they work there too.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

use crate::web::headers;
use crate::web::state::Web;

/// Lets the sites that are named show the page in a frame.
pub fn framed(web: &Web, mut response: Response) -> Response {
    let today = web.today();
    let named = today.library.theme.embed.iter().map(|origin| &**origin);
    let origins: Vec<&str> = named
        .chain(web.embed_origins.iter().map(String::as_str))
        .collect();
    if origins.is_empty() {
        return response;
    }
    if let Ok(policy) = HeaderValue::from_str(&headers::policy(&origins.join(" "))) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// `GET /embed.js`: the one line that another site writes puts a button there, and a frame when it is pressed.
pub async fn script() -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "public, max-age=3600"),
        ],
        include_str!("../assets/embed.js"),
    )
        .into_response()
}
