//! `/desk/c/ID/picture.svg`: the tree in which the case stands, with the way so far lit up.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::picture::{Sketch, svg};
use crate::session::Session;
use crate::store::{CaseId, Role};
use crate::web::desk::SignedIn;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// The picture brings its own style; it can do nothing else.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/// Draws it.
pub async fn get(
    State(web): State<Arc<Web>>,
    user: SignedIn,
    Path(case): Path<String>,
) -> Result<Response, Trouble> {
    user.must_be(Role::Agent)?;
    let case: CaseId = case.parse()?;
    // The turn is given back before the picture is laid out.
    let session = web.hold(&case).await?.session().clone();
    let drawn = tokio::task::spawn_blocking(move || draw(&session));
    let picture = drawn
        .await
        .map_err(|why| Trouble::Internal(why.to_string()))??;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml"),
        (header::CACHE_CONTROL, "private, max-age=600"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
    ];
    Ok((headers, picture).into_response())
}

fn draw(session: &Session) -> Result<String, Trouble> {
    let library = session.library();
    let sketch = Sketch::of(library, library.tree(session.tree())).lit(session);
    svg(&sketch).map_err(|_| Trouble::NotFound)
}
