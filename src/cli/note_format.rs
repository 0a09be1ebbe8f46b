//! In which format a hand-over note is written.

use clap::ValueEnum;
use serde::Serialize;

use crate::handover::{Note, PublicNote};
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
}

impl NoteFormat {
    /// The note of a case as it stands, with the case's name where it is kept. A customer's holds nothing that is for
    /// agents only.
    pub fn write(self, session: &Session, case: Option<&CaseId>) -> String {
        let case = case.map(CaseId::to_string);
        match session.audience() {
            Audience::Agent => {
                let mut note = Note::of(session);
                note.problem.case = case;
                match self {
                    Self::Text => note.text(),
                    Self::Markdown => note.markdown(),
                    Self::Json => json(&note),
                }
            }
            Audience::Customer => {
                let mut note = PublicNote::of(session);
                note.case = case;
                match self {
                    Self::Text => note.text(),
                    Self::Markdown => note.markdown(),
                    Self::Json => json(&note),
                }
            }
        }
    }
}

/// A note is plain data with text keys, so it always can be written.
fn json(note: &impl Serialize) -> String {
    serde_json::to_string_pretty(note).unwrap_or_default() + "\n"
}
