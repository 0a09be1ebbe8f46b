//! `/desk/c/ID/note`: the hand-over note as text, Markdown and JSON, and what the customer may read as an e-mail and a
//! chat message. What is for the customer comes from [`PublicNote`], which cannot hold a text for agents.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::handover::{CHAT_LIMIT, Email, Note, PublicNote};
use crate::session::Session;
use crate::store::{CaseId, Role};
use crate::web::code::Code;
use crate::web::desk::{SignedIn, case_address, page};
use crate::web::markdown::plain;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

use super::{Kin, open_code};

/// The forms that there are, and how they are called.
pub const FORMS: [(&str, &str); 5] = [
    ("text", "Text"),
    ("markdown", "Markdown"),
    ("json", "JSON"),
    ("email", "E-mail to the customer"),
    ("chat", "Chat text for the customer"),
];

/// In which form, and whether as a page.
#[derive(Debug, Deserialize)]
pub struct Form {
    #[serde(default, rename = "as")]
    form: String,
    #[serde(default)]
    raw: u8,
}

/// A note in the form that was asked for.
enum Written {
    /// For agents.
    Note(String),
    Email(Email),
    Chat(String),
}

impl Written {
    fn of(session: &Session, case: &CaseId, code: Option<&Code>, form: &str) -> Self {
        let public = || PublicNote {
            case: Some(case.to_string()),
            code: code.map(Code::shown),
            ..PublicNote::of(session)
        };
        let note = || {
            let mut note = Note::of(session);
            note.problem.case = Some(case.to_string());
            note
        };
        match form {
            "email" => Self::Email(public().email()),
            "chat" => Self::Chat(public().chat(CHAT_LIMIT)),
            "markdown" => Self::Note(note().markdown()),
            "json" => Self::Note(serde_json::to_string_pretty(&note()).unwrap_or_default()),
            _ => Self::Note(note().text()),
        }
    }

    /// To be copied as a whole.
    fn text(self) -> String {
        match self {
            Self::Note(text) | Self::Chat(text) => text,
            Self::Email(email) => email.text(),
        }
    }
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
    let code = open_code(&web, &held).await?;
    let written = Written::of(held.session(), &case, code.as_ref(), chosen);
    if form.raw == 1 {
        let kind = [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (header::CACHE_CONTROL, "no-store"),
        ];
        return Ok((kind, written.text()).into_response());
    }
    let title = plain(held.session().title(held.session().tree()).as_str());
    let kin = Kin::of(&web, held.session(), &case).await?;
    let main = drawn(&case, &kin, chosen, words, &written);
    let title = format!("Note: {title}");
    Ok(page(Some(&user), &web, &title, main).response(&web.today(), StatusCode::OK))
}

fn drawn(case: &CaseId, kin: &Kin, chosen: &str, words: &str, written: &Written) -> Markup {
    let address = case_address(case);
    let (text, link) = match written {
        Written::Note(text) | Written::Chat(text) => (text, None),
        Written::Email(email) => (&email.body, email.mailto()),
    };
    html! {
        h1 { "The note of case " code { (case) } }
        @let marks = kin.marks();
        @if !marks.0.is_empty() { p.marks { (marks) } }
        nav.tabs aria-label="Forms of the note" {
            @for (name, words) in FORMS {
                a.small href={ (address) "/note?as=" (name) } aria-current=[(name == chosen).then_some("page")] { (words) }
            }
        }
        section.card {
            @match written {
                Written::Note(_) => {},
                Written::Email(email) => {
                    p.hint { "Holds nothing that is for agents alone. Greet them and sign it yourself." }
                    p.command { span { strong { "Subject: " } span #subject { (email.subject) } } " "
                        button.small.script type="button" data-copy="subject" { "Copy the subject" } }
                },
                Written::Chat(text) => p.hint {
                    "Holds nothing that is for agents alone. " (text.chars().count()) " of " (CHAT_LIMIT) " characters."
                },
            }
            pre #note-now tabindex="0" aria-label=(words) { (text) }
            p.tools {
                button.small.main.script type="button" data-copy="note-now" data-key="v" { kbd aria-hidden="true" { "v" } "Copy" }
                @if let Some(link) = link { a.small href=(link) data-key="o" { kbd aria-hidden="true" { "o" } "Open in the mail program" } }
                a.small href=(address) data-key="b" { kbd aria-hidden="true" { "b" } "Back to the case" }
            }
        }
    }
}
