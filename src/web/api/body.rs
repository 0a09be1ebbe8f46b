//! What a program sends: JSON, and what stands behind the question mark. What cannot be taken is a problem that says why.

use std::sync::Arc;

use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Json, Query, Request};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::problem::Problem;

/// Longest text that is taken, in characters.
pub const LONGEST: usize = 4_000;

/// A body of JSON.
#[derive(Debug)]
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Web>> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Problem> {
        match Json::<T>::from_request(request, web).await {
            Ok(Json(body)) => Ok(Self(body)),
            Err(JsonRejection::JsonDataError(why)) => Err(Problem::unfit(why.body_text())),
            Err(why) => Err(Problem::of_status(why.status(), why.body_text())),
        }
    }
}

/// What stands behind the question mark.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Arc<Web>> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        match Query::<T>::from_request_parts(parts, web).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(why) => Err(Trouble::BadRequest(why.body_text()).into()),
        }
    }
}

/// A text without the space around it.
///
/// # Errors
/// There is nothing in it, or too much.
pub fn text<'t>(name: &str, given: &'t str) -> Result<&'t str, Problem> {
    let text = given.trim();
    if text.is_empty() {
        return Err(Problem::unfit(format!("`{name}` is empty")));
    }
    if text.chars().count() > LONGEST {
        let why = format!("`{name}` is longer than {LONGEST} characters");
        return Err(Problem::unfit(why));
    }
    Ok(text)
}

/// As [`text`], where there need be none.
///
/// # Errors
/// As [`text`].
pub fn maybe<'t>(name: &str, given: Option<&'t String>) -> Result<Option<&'t str>, Problem> {
    given.map(|given| text(name, given)).transpose()
}
