//! `/desk/t/TREE`: how a case begins: known trouble with what to say about it, how one talks, the ticket, the caller's own
//! words. Looking keeps nothing; the form carries the name that the case will have, so that sent twice it begins one.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::{deed, sheet};
use crate::session::{Session, Started};
use crate::store::{CaseId, Role};
use crate::tree::{Audience, Channel};
use crate::web::address::Purpose;
use crate::web::desk::{Sent, SignedIn, case_address, page, token};
use crate::web::markdown::{block, inline, plain};
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// How one talks with somebody.
pub const CHANNELS: [(&str, &str); 4] = [
    ("phone", "on the phone"),
    ("chat", "in a chat"),
    ("email", "by e-mail"),
    ("in_person", "in person"),
];

/// The words by which the tree was found.
#[derive(Debug, Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
}

/// Shows the form.
pub async fn get(
    State(web): State<Arc<Web>>,
    user: SignedIn,
    Path(tree): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Trouble> {
    user.must_be(Role::Agent)?;
    let today = web.today();
    let session = today
        .start(Started::new(tree.as_str(), Audience::Agent, Channel::Phone))
        .map_err(|_| Trouble::NotFound)?;
    let new = web.seals.address(&CaseId::random()?, Purpose::Begin);
    let title = session.title(session.tree());
    let form = html! {
        (token(&user, &web))
        input type="hidden" name="new" value=(new);
    };
    let main = drawn(&session, &tree, &asked.q, &form);
    Ok(page(Some(&user), &web, &plain(title.as_str()), main).response(&today, StatusCode::OK))
}

fn drawn(session: &Session, tree: &str, words: &str, hidden: &Markup) -> Markup {
    let about = &session.library().tree(session.tree()).about;
    html! {
        (sheet::incidents(&session.incidents()))
        section.card {
            p.kicker { "A new case" }
            h1 { (inline(session.title(session.tree()).as_str())) }
            @if let Some(summary) = &about.summary { p.hint { (inline(summary.0.source())) } }
            @if let Some(warn) = &about.warn { div.warn role="note" { strong.kicker { "Take care" } (block(warn.0.source(), &|_| None)) } }
            form method="post" action={ "/desk/t/" (tree) } {
                (hidden)
                fieldset.row { legend { "You talk" }
                    @for (at, (name, words)) in CHANNELS.into_iter().enumerate() {
                        label { input type="radio" name="channel" value=(name) checked[at == 0]; (words) }
                    }
                }
                div.pair {
                    div {
                        label.named for="ticket" { "Ticket" }
                        input.text #ticket name="ticket" maxlength="100" autocomplete="off" placeholder="INC-1234";
                    }
                    div {
                        label.named for="words" { "In the caller’s own words" }
                        input.text #words name="words" maxlength="500" autocomplete="off" value=(words);
                    }
                }
                button.answer.main { "Begin" }
            }
        }
    }
}

/// Begins the case.
pub async fn post(
    State(web): State<Arc<Web>>,
    Path(tree): Path<String>,
    sent: Sent,
) -> Result<Response, Trouble> {
    let Sent { user, fields } = sent;
    user.must_be(Role::Agent)?;
    let today = web.today();
    let case = web
        .seals
        .case(fields.get("new").unwrap_or_default(), Purpose::Begin)
        .ok_or_else(|| Trouble::BadRequest("this page is too old; please start anew".to_owned()))?;
    today.library.find(&tree).ok_or(Trouble::NotFound)?;
    let channel = deed::channel(&fields).unwrap_or(Channel::Phone);
    let mut started = Started::new(tree.as_str(), Audience::Agent, channel);
    started.by = Some(Arc::clone(&user.name));
    started.ticket = fields.text("ticket")?.map(Arc::from);
    started.words = fields.text("words")?.map(Arc::from);
    let session = today.start(started)?;
    web.cases
        .begin(
            &case,
            session,
            Some(Arc::clone(&user.name)),
            &today.hooks,
            &today.library,
        )
        .await?;
    Ok(Redirect::to(&case_address(&case)).into_response())
}
