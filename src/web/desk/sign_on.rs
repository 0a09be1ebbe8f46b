//! Single sign-on: a proxy in front has found out who somebody is and says so in a header. Only proxies that we trust are
//! believed; what the person may do is what their account says, or what is said for all who have none.

use axum::http::{HeaderMap, HeaderName};

use crate::store::{Roles, Store, UserName};

use super::signed_in::SignedIn;
use crate::web::trouble::Trouble;

/// How a proxy says who somebody is.
#[derive(Debug, Clone)]
pub struct SignOn {
    /// The header.
    pub header: HeaderName,
    /// What those may do who have no account; nothing if it is empty.
    pub roles: Roles,
}

impl SignOn {
    /// Who a proxy says it is; `None` where it says nothing.
    ///
    /// # Errors
    /// They have no account or are kept out, or the header makes no sense.
    pub async fn who(
        &self,
        headers: &HeaderMap,
        store: &Store,
    ) -> Result<Option<SignedIn>, Trouble> {
        let mut given = headers.get_all(&self.header).iter();
        let Some(value) = given.next() else {
            return Ok(None);
        };
        let text = value.to_str().unwrap_or_default().trim();
        if text.is_empty() && given.next().is_none() {
            return Ok(None);
        }
        let name: UserName = match (text.parse(), given.next()) {
            (Ok(name), None) => name,
            _ => return Err(refused(text)),
        };
        match store.user(name.clone()).await? {
            Some(user) if user.disabled_at.is_none() => {
                Ok(Some(SignedIn::by_proxy(user.name, user.roles, user.teams)))
            }
            None if !self.roles.is_empty() => {
                Ok(Some(SignedIn::by_proxy(name, self.roles, Vec::new())))
            }
            Some(_) | None => Err(refused(name.as_str())),
        }
    }
}

fn refused(name: &str) -> Trouble {
    Trouble::Forbidden(format!(
        "You are signed in as \"{name}\", who may not use this desk. Whoever runs it lets you in with: fixpath user add NAME --no-password"
    ))
}
