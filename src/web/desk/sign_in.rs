//! `/desk/sign-in`, `/desk/sign-out`. A wrong name and a wrong password get the same answer in the same time; who guesses
//! waits, whichever process is asked.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequest as _;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::store::{Attempt, Bearer, Gate};
use crate::web::form::Fields;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::local_path::LocalPath;
use super::signed_in::{Sent, SignedIn};
use super::{cookie, page};

/// Longest name and password that are read, in characters, as the fields have it.
const LONGEST: &str = "1000";

/// Where one wanted to go.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    to: String,
}

/// What the page says beside its fields.
#[derive(Debug, Default)]
struct Said<'s> {
    name: &'s str,
    why: Option<String>,
}

/// The page to sign in; who is signed in already goes on.
pub async fn get(
    State(web): State<Arc<Web>>,
    Query(wanted): Query<Wanted>,
    known: Result<SignedIn, Trouble>,
) -> Result<Response, Trouble> {
    let to = LocalPath::of(&wanted.to);
    match known {
        Ok(_) => Ok(Redirect::to(to.as_str()).into_response()),
        Err(Trouble::NotSignedIn) => shown(&web, &to, &Said::default(), StatusCode::OK).await,
        Err(why) => Err(why),
    }
}

/// Lets somebody in.
pub async fn post(State(web): State<Arc<Web>>, request: Request) -> Result<Response, Trouble> {
    let address = web.proxies.peer(&request);
    let through_proxy = web.proxies.sent(&request);
    let is_secure = cookie::is_secure(request.headers(), through_proxy);
    let before = cookie::shown(request.headers(), through_proxy);
    let fields = Fields::from_request(request, &())
        .await
        .map_err(|why| Trouble::BadRequest(why.body_text()))?;
    let name = fields.get("name").unwrap_or_default();
    let to = LocalPath::of(fields.get("to").unwrap_or_default());
    let attempt = match web.store.attempt(name, address).await? {
        Gate::Open(attempt) => attempt,
        Gate::Wait(wait) => return must_wait(&web, &to, name, wait).await,
    };
    let password = fields.get("password").unwrap_or_default().to_owned();
    let Some(bearer) = check(&web, attempt, password).await? else {
        let said = Said {
            name,
            why: Some("This name and password don’t go together.".to_owned()),
        };
        return shown(&web, &to, &said, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if let Some(before) = before {
        web.store.sign_out(&before).await?;
    }
    let mut response = Redirect::to(to.as_str()).into_response();
    if let Some(cookie) = cookie::kept(bearer.as_str(), is_secure) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Looks at the password in a thread of its own, so many at once: each takes memory and all of a core.
async fn check(web: &Web, attempt: Attempt, password: String) -> Result<Option<Bearer>, Trouble> {
    let turn = web.checks.acquire().await.map_err(|_| Trouble::Gone)?;
    let checked = tokio::task::spawn_blocking(move || attempt.check(&password)).await;
    drop(turn);
    match checked {
        Ok(Some(proven)) => Ok(web.store.sign_in(proven).await?),
        Ok(None) => Ok(None),
        Err(why) => Err(Trouble::Internal(why.to_string())),
    }
}

async fn must_wait(
    web: &Web,
    to: &LocalPath,
    name: &str,
    wait: Duration,
) -> Result<Response, Trouble> {
    let seconds = wait.as_millis().div_ceil(1000).max(1);
    let unit = if seconds == 1 { "second" } else { "seconds" };
    let said = Said {
        name,
        why: Some(format!(
            "That was wrong too often. Please wait {seconds} {unit}, then try again."
        )),
    };
    let mut response = shown(web, to, &said, StatusCode::TOO_MANY_REQUESTS).await?;
    if let Ok(seconds) = seconds.to_string().try_into() {
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    Ok(response)
}

/// Signs out here; other browsers stay signed in.
pub async fn out(
    State(web): State<Arc<Web>>,
    headers: HeaderMap,
    _: Sent,
) -> Result<Response, Trouble> {
    // Under either name: nothing is left that opens the desk.
    if let Some(shown) = cookie::shown(&headers, false) {
        web.store.sign_out(&shown).await?;
    }
    let mut response = Redirect::to("/desk/sign-in").into_response();
    for cookie in cookie::forgotten() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn shown(
    web: &Web,
    to: &LocalPath,
    said: &Said<'_>,
    status: StatusCode,
) -> Result<Response, Trouble> {
    let is_empty = web.store.users().await?.is_empty();
    let main = html! {
        div.door {
            h1 { "Sign in to the desk" }
            @if is_empty && web.sign_on.is_none() { (first_run()) }
            @if let Some(why) = &said.why { p.misfit #why role="alert" { (why) } }
            (form(to, said))
            p.hint { "Forgotten your password? Whoever runs this desk gives you a new one with "
                code { "fixpath user password NAME" } "." }
        }
    };
    Ok(page(None, web, "Sign in", main).response(&web.today(), status))
}

fn form(to: &LocalPath, said: &Said<'_>) -> Markup {
    let described = said.why.is_some().then_some("why");
    html! {
        form.card method="post" action="/desk/sign-in" data-plain {
            input type="hidden" name="to" value=(to);
            label.named for="name" { "Name" }
            input.text #name name="name" value=(said.name) autocomplete="username" autocapitalize="none" spellcheck="false"
                maxlength=(LONGEST) required autofocus[said.name.is_empty()] aria-describedby=[described];
            label.named for="password" { "Password" }
            input.text #password name="password" type="password" autocomplete="current-password" maxlength=(LONGEST) required
                autofocus[!said.name.is_empty()] aria-describedby=[described];
            button.answer.main { "Sign in" }
        }
    }
}

/// Nobody may sign in yet.
fn first_run() -> Markup {
    html! {
        div.notice {
            p { strong { "Nobody may sign in yet." } " On the computer where fixpath runs, let yourself in:" }
            pre { "fixpath user add NAME --role admin" }
            p { "Name the same store as " code { "fixpath serve" } ", if you named one there." }
        }
    }
}
