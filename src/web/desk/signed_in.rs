//! Who is signed in, and that a form was sent from a page of theirs.

use std::fmt;
use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;

use crate::store::{Key, Role, Roles, UserName};
use crate::web::form::Fields;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::cookie;

/// The field of a form that shows that it comes from a page of ours.
pub const TOKEN_FIELD: &str = "token";

/// Somebody who is signed in. Whoever takes this as an argument answers nobody else.
#[derive(Clone)]
pub struct SignedIn {
    /// The name, as cases have it.
    pub name: Arc<str>,
    /// What they may do.
    pub roles: Roles,
    /// The teams whose hand-overs they see; all where there is none.
    pub teams: Vec<Arc<str>>,
    /// Let in by a proxy: there is nothing to sign out of here.
    pub is_by_proxy: bool,
    /// What a form token is bound to: this sign-in and no other.
    bound: String,
}

/// A form that somebody who is signed in has sent from a page of ours.
#[derive(Debug)]
pub struct Sent {
    /// Who sent it.
    pub user: SignedIn,
    /// What it holds.
    pub fields: Fields,
}

impl SignedIn {
    /// Somebody whom a proxy let in.
    pub fn by_proxy(name: UserName, roles: Roles, teams: Vec<Arc<str>>) -> Self {
        Self {
            name: name.as_str().into(),
            roles,
            teams,
            is_by_proxy: true,
            bound: format!("proxy {name}"),
        }
    }

    /// Goes on only with who may do what a role may.
    ///
    /// # Errors
    /// They may not.
    pub fn must_be(&self, role: Role) -> Result<(), Trouble> {
        if self.roles.allow(role) {
            return Ok(());
        }
        Err(Trouble::Forbidden(format!(
            "Only who has the role \"{}\" may see this. Whoever runs this desk gives it with: fixpath user set {} --role {}",
            role.name(),
            self.name,
            role.name()
        )))
    }

    /// What each form of theirs holds in [`TOKEN_FIELD`].
    pub fn form_token(&self, forms: &Key) -> String {
        forms.sign(&self.bound)
    }
}

impl FromRequestParts<Arc<Web>> for SignedIn {
    type Rejection = Trouble;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Trouble> {
        if let Some(known) = parts.extensions.get::<Self>() {
            return Ok(known.clone());
        }
        let found = find(parts, web).await?.ok_or(Trouble::NotSignedIn)?;
        parts.extensions.insert(found.clone());
        Ok(found)
    }
}

async fn find(parts: &Parts, web: &Web) -> Result<Option<SignedIn>, Trouble> {
    let through_proxy = web.proxies.brought(&parts.extensions);
    if let Some(sign_on) = &web.sign_on
        && through_proxy
        && let Some(known) = sign_on.who(&parts.headers, &web.store).await?
    {
        return Ok(Some(known));
    }
    let Some(shown) = cookie::shown(&parts.headers, through_proxy) else {
        return Ok(None);
    };
    let found = web.store.signed_in(&shown).await?;
    Ok(found.map(|found| SignedIn {
        name: found.user.name.as_str().into(),
        roles: found.user.roles,
        teams: found.user.teams,
        is_by_proxy: false,
        bound: format!("sign-in {shown}"),
    }))
}

impl FromRequest<Arc<Web>> for Sent {
    type Rejection = Trouble;

    async fn from_request(request: Request, web: &Arc<Web>) -> Result<Self, Trouble> {
        let (mut parts, body) = request.into_parts();
        let user = SignedIn::from_request_parts(&mut parts, web).await?;
        let request = Request::from_parts(parts, body);
        let fields = Fields::from_request(request, web)
            .await
            .map_err(|why| Trouble::BadRequest(why.body_text()))?;
        let token = fields.get(TOKEN_FIELD).unwrap_or_default();
        if !web.forms.is_signed(&user.bound, token) {
            return Err(Trouble::Forbidden(
                "This page is from before you signed in, or was not made here. Nothing was changed: open it anew and try again.".to_owned(),
            ));
        }
        Ok(Self { user, fields })
    }
}

impl fmt::Debug for SignedIn {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SignedIn")
            .field("name", &self.name)
            .field("roles", &self.roles)
            .finish_non_exhaustive()
    }
}
