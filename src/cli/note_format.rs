//! In which format a hand-over note is written.

use clap::ValueEnum;
use serde::Serialize;

use crate::handover::{CHAT_LIMIT, Note, PublicNote};
use crate::session::Session;
use crate::store::CaseId;
use crate::tree::Audience;

/// A note's format.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
pub enum NoteFormat {
    /// Plain text
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// JSON
    Json,
    /// An e-mail to the customer: a subject, and what customers may read
    Email,
    /// A chat text for the customer: what customers may read, 500 characters at most
    Chat,
}

impl NoteFormat {
    /// The note of a case as it stands, with the case's name where it is kept. A customer's holds nothing that is for
    /// agents only, nor does what is written to one.
    pub fn write(self, session: &Session, case: Option<&CaseId>) -> String {
        let case = case.map(CaseId::to_string);
        let public = || PublicNote {
            case: case.clone(),
            ..PublicNote::of(session)
        };
        let is_customers = session.audience() == Audience::Customer;
        match self {
            Self::Email => public().email().text(),
            Self::Chat => public().chat(CHAT_LIMIT) + "\n",
            Self::Text if is_customers => public().text(),
            Self::Markdown if is_customers => public().markdown(),
            Self::Json if is_customers => json(&public()),
            Self::Text => agents(session, case).text(),
            Self::Markdown => agents(session, case).markdown(),
            Self::Json => json(&agents(session, case)),
        }
    }
}

fn agents(session: &Session, case: Option<String>) -> Note {
    let mut note = Note::of(session);
    note.problem.case = case;
    note
}

/// A note is plain data with text keys, so it always can be written.
fn json(note: &impl Serialize) -> String {
    serde_json::to_string_pretty(note).unwrap_or_default() + "\n"
}
