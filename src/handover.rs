//! Floor 5: the hand-over note: what whoever takes the case next needs to know, from a session at any moment. As text,
//! as Markdown and as JSON; and a [`PublicNote`] for the customer, also as an e-mail and a chat text, made of types that
//! cannot hold a text for agents.
//! Secrets are masked everywhere; what people typed can neither drive a terminal nor become Markdown. Nothing here
//! sends anything anywhere.

mod came;
mod document;
mod message;
mod note;
mod plain;
mod public;
mod times;

pub use came::remark;
pub use message::{CHAT_LIMIT, Email};
pub use note::{Known, LogLine, Needed, Note, NoteOutcome, Problem, StepNote, team_name};
pub use public::{PublicNote, PublicStep};
pub use times::Times;
