//! `/media/PATH`: the pictures of the library, those that a tree or the theme names and no other file.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::state::{Today, Web};

/// A picture that is opened by itself can run nothing and load nothing, whatever stands in it.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Where a picture of the library is served; `None` for what is no picture of it.
pub fn address(today: &Today, path: &str) -> Option<String> {
    if !today.media.has(path) {
        return None;
    }
    let mut address = "/media/".to_owned();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            address.push(char::from(byte));
        } else {
            // Writing to a String does not fail.
            let _ = write!(address, "%{byte:02X}");
        }
    }
    Some(address)
}

/// `GET /media/{*path}`.
pub async fn get(
    State(web): State<Arc<Web>>,
    Path(path): Path<String>,
    headers: HeaderMap,
) -> Response {
    let today = web.today();
    // The first time, a file is read.
    let read = tokio::task::spawn_blocking(move || {
        let (picture, content) = today.media.get(&path)?;
        Some((picture.content_type, content.clone()))
    });
    let Ok(Some((content_type, content))) = read.await else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mark = format!("\"{}\"", content.mark);
    let known = headers.get(header::IF_NONE_MATCH);
    let is_known = known.is_some_and(|known| known.as_bytes() == mark.as_bytes());
    let about = [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, "public, max-age=300"),
        (header::ETAG, mark.as_str()),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    if is_known {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, content.bytes.to_vec()).into_response()
}
