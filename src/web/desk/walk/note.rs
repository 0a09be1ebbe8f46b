//! `/desk/c/ID/note`: the hand-over note as text, Markdown and JSON, and what the customer may read as an e-mail and a
//! chat message. What is for the customer comes from [`PublicNote`], which cannot hold a text for agents.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::handover::{Note, PublicNote};
use crate::session::Session;
use crate::store::{CaseId, Role};
use crate::web::desk::{SignedIn, case_address, page};
use crate::web::markdown::plain;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// The forms that there are, and how they are called.
pub const FORMS: [(&str, &str); 5] = [
    ("text", "Text"),
    ("markdown", "Markdown"),
    ("json", "JSON"),
    ("email", "E-mail to the customer"),
    ("chat", "Chat message"),
];

/// In which form, and whether as a page.
#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default, rename = "as")]
    form: String,
    #[serde(default)]
    raw: u8,
}

/// Shows it.
pub async fn get(
    State(web): State<Arc<Web>>,
    user: SignedIn,
    Path(case): Path<String>,
    Query(form): Query<Form>,
) -> Result<Response, Trouble> {
    user.must_be(Role::Agent)?;
    let case: CaseId = case.parse()?;
    let held = web.hold(&case).await?;
    let (chosen, words) = FORMS
        .into_iter()
        .find(|(name, _)| *name == form.form)
        .unwrap_or(("text", "Text"));
    let text = written(held.session(), &case, chosen);
    if form.raw == 1 {
        let kind = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        return Ok((kind, text).into_response());
    }
    let title = plain(held.session().title(held.session().tree()).as_str());
    let main = drawn(&case, chosen, words, &text, &subject(held.session()));
    let title = format!("Note: {title}");
    Ok(page(Some(&user), &web, &title, main).response(&web.today(), StatusCode::OK))
}

fn drawn(case: &CaseId, chosen: &str, words: &str, text: &str, subject: &str) -> Markup {
    let address = case_address(case);
    html! {
        h1 { "The note of case " code { (case) } }
        nav.tabs aria-label="Forms of the note" {
            @for (name, words) in FORMS {
                a.small href={ (address) "/note?as=" (name) } aria-current=[(name == chosen).then_some("page")] { (words) }
            }
        }
        section.card {
            @if matches!(chosen, "email" | "chat") { p.hint { "Holds nothing that is for agents alone." } }
            @if chosen == "email" { p { strong { "Subject: " } (subject) } }
            pre #note-now tabindex="0" aria-label=(words) { (text) }
            p.tools {
                button.small.main.script type="button" data-copy="note-now" data-key="v" { kbd aria-hidden="true" { "v" } "Copy" }
                @if chosen == "email" { a.small href=(mail(subject, text)) { "Open in the mail program" } }
                a.small href=(address) data-key="b" { kbd aria-hidden="true" { "b" } "Back to the case" }
            }
        }
    }
}

/// A case in one of the [`FORMS`].
fn written(session: &Session, case: &CaseId, form: &str) -> String {
    let public = || {
        let mut note = PublicNote::of(session);
        note.case = Some(case.to_string());
        note
    };
    let mut note = Note::of(session);
    note.problem.case = Some(case.to_string());
    match form {
        "markdown" => note.markdown(),
        "json" => serde_json::to_string_pretty(&note).unwrap_or_default(),
        "email" | "chat" => public().text(),
        _ => note.text(),
    }
}

fn subject(session: &Session) -> String {
    let note = PublicNote::of(session);
    match &note.ticket {
        Some(ticket) => format!("{}: {}", ticket, note.title),
        None => note.title,
    }
}

/// A link that opens the mail program (RFC 6068).
fn mail(subject: &str, text: &str) -> String {
    let encoded = form_urlencoded::Serializer::new(String::new())
        .append_pair("subject", subject)
        .append_pair("body", &text.replace('\n', "\r\n"))
        .finish();
    // Mail programs take a plus for a plus.
    format!("mailto:?{}", encoded.replace('+', "%20"))
}
