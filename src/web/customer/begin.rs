//! `/t/TREE`: the first prompt of a tree. Looking keeps nothing; the first answer begins the case. The form carries the
//! name that the case will have, so that an answer that is sent twice begins one case.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::walk::{Misfit, Shown};
use crate::session::Session;
use crate::store::{CaseId, moment};
use crate::web::address::Purpose;
use crate::web::form::{self, Fields};
use crate::web::open_cases::Held;
use crate::web::state::{Today, Web};
use crate::web::trouble::Trouble;

/// The words by which the tree was found.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// Shows the first prompt.
pub async fn get(
    State(web): State<Arc<Web>>,
    Path(tree): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    let today = web.today();
    let session = begin(&today, &tree, &asked.q)?;
    let case = CaseId::random()?;
    let new = web.seals.address(&case, Purpose::Begin);
    let shown = shown(&tree, &session, new, &asked.q, None);
    let mut page = shown.response(&today, StatusCode::OK);
    // The way back shows this very page again, whose answer belongs to the case that it began.
    page.headers_mut().insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("private, no-cache"),
    );
    Ok(page)
}

/// Begins the case with its first answer.
pub async fn post(
    State(web): State<Arc<Web>>,
    Path(tree): Path<String>,
    fields: Fields,
) -> Result<Response, Trouble> {
    let today = web.today();
    let new = fields.get("new").unwrap_or_default();
    let case = web
        .seals
        .case(new, Purpose::Begin)
        .ok_or_else(|| Trouble::BadRequest("this page is too old; please start anew".to_owned()))?;
    let words = fields.text("q")?.unwrap_or_default();
    let mut session = match begin(&today, &tree, words) {
        Ok(session) => session,
        Err(why) => return begun_before(&web, &case, &fields).await.ok_or(why),
    };
    match form::apply(&fields, &mut session, moment()) {
        Ok(()) => super::closing::close_if_confirmed(&mut session, moment())?,
        Err(why @ (Trouble::Refused(_) | Trouble::Stale)) => {
            if let Some(begun) = begun_before(&web, &case, &fields).await {
                return Ok(begun);
            }
            let session = begin(&today, &tree, words)?;
            let mut page = shown(&tree, &session, new.to_owned(), words, None);
            let status = match why {
                Trouble::Refused(why) if is_of(&session, &fields) => {
                    page.misfit = Some(Misfit::of(&fields, &why));
                    StatusCode::UNPROCESSABLE_ENTITY
                }
                // The tree was saved anew since the page was shown, and asks something else first.
                _ => {
                    page.notice = Some(asked_anew());
                    StatusCode::CONFLICT
                }
            };
            return Ok(page.response(&today, status));
        }
        Err(why) => return Err(why),
    }
    let held = web
        .cases
        .begin(&case, session, None, &today.hooks, &today.library)
        .await?;
    super::passed_on::offer_code(&web, &held).await?;
    // It may have begun with another answer, or have gone on since.
    Ok(on(&web, &held, &case, &fields))
}

/// To the case of a page, where that page had begun it already: the library of today may not know its tree, or its first
/// question, any more.
async fn begun_before(web: &Web, case: &CaseId, fields: &Fields) -> Option<Response> {
    let held = web.hold(case).await.ok()?;
    Some(on(web, &held, case, fields))
}

fn on(web: &Web, held: &Held, case: &CaseId, fields: &Fields) -> Response {
    let action = format!("/c/{}", web.seals.address(case, Purpose::Walk));
    let to = super::earlier::stale(held.session(), fields, &action);
    Redirect::to(&to).into_response()
}

fn begin(today: &Today, tree: &str, words: &str) -> Result<Session, Trouble> {
    today.public_tree(tree)?;
    Ok(today.begin(tree, Some(words).filter(|words| !words.is_empty()))?)
}

/// Whether the page that was sent asked what is asked now.
fn is_of(session: &Session, fields: &Fields) -> bool {
    let standing = session.prompt();
    let sent = fields.prompt().ok();
    standing
        .at()
        .zip(sent)
        .is_some_and(|(now, (_, step))| now.name() == step)
}

fn asked_anew() -> Markup {
    html! {
        div.notice role="status" {
            p { "We have changed these questions a moment ago. Please answer this one, which comes first now." }
        }
    }
}

fn shown<'s>(
    tree: &str,
    session: &'s Session,
    new: String,
    words: &str,
    misfit: Option<Misfit>,
) -> Shown<'s> {
    Shown {
        session,
        action: format!("/t/{tree}"),
        hidden: vec![("new", new), ("q", words.to_owned())],
        misfit,
        typed: None,
        notice: None,
        earlier: None,
        code: None,
    }
}
