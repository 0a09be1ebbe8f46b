//! Floor 5: the hand-over note: what whoever takes the case next needs to know, from a session at any moment. As text,
//! as Markdown and as JSON; and a [`PublicNote`] for the customer, made of types that cannot hold a text for agents.
//! Secrets are masked everywhere; what people typed can neither drive a terminal nor become Markdown. Nothing here
//! sends anything anywhere.

mod came;
mod document;
mod note;
mod plain;
mod public;

pub use came::remark;
pub use note::{Known, LogLine, Needed, Note, NoteOutcome, Problem, StepNote, Times};
pub use public::{PublicNote, PublicStep};
