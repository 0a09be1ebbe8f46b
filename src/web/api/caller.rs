//! Which program asks, and what it may: a bearer token (RFC 6750) with roles. Whoever may walk as an agent sees what
//! agents see; a token for customers alone never does.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use crate::store::{Role, Roles};
use crate::tree::Audience;
use crate::web::state::Web;

use super::problem::Problem;

/// A program with a good token.
#[derive(Debug, Clone)]
pub struct Caller {
    /// The token's name.
    pub name: Arc<str>,
    roles: Roles,
}

impl Caller {
    /// As whom it walks.
    ///
    /// # Errors
    /// It may not walk.
    pub fn walker(&self) -> Result<Audience, Problem> {
        if self.roles.allow(Role::Agent) {
            Ok(Audience::Agent)
        } else if self.roles.allow(Role::Customer) {
            Ok(Audience::Customer)
        } else {
            Err(Problem::lacks("customer agent"))
        }
    }

    /// Whether it may what a role may.
    ///
    /// # Errors
    /// It may not.
    pub fn must_be(&self, role: Role) -> Result<(), Problem> {
        if self.roles.allow(role) {
            Ok(())
        } else {
            Err(Problem::lacks(role.name()))
        }
    }
}

impl FromRequestParts<Arc<Web>> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let Some(given) = parts.headers.get(AUTHORIZATION) else {
            return Err(Problem::no_token());
        };
        let shown = given.to_str().ok().and_then(bearer);
        let shown = shown.ok_or_else(Problem::wrong_token)?;
        let token = web.store.token(shown).await?;
        let token = token.ok_or_else(Problem::wrong_token)?;
        Ok(Self {
            name: token.name,
            roles: token.roles,
        })
    }
}

/// The token in `Bearer TOKEN`; the word's case does not matter (RFC 9110, section 11.1).
fn bearer(given: &str) -> Option<&str> {
    let (scheme, token) = given.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then(|| token.trim())
        .filter(|token| !token.is_empty())
}
