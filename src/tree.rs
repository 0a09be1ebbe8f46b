//! Floor 3: the compiled decision graph: a [`Library`] of [`Tree`]s of [`Step`]s joined by [`Edge`]s.
//! It knows no YAML, no spans, no files, no clock, and nothing of how it was checked.
//!
//! Every place where a walk can stand is a node of its tree's petgraph graph, named by the author's words: the
//! steps and remedies by their names, everything written in place by the path to it (`lights.yes`,
//! `speed.answers.below 5`, `phone.if`, `stuck`). Names identify; indices never leave the process.

mod answer;
mod canonical;
mod edge;
mod end;
mod graph;
mod library;
mod probe;
mod retain;
mod step;
mod steps_left;
mod theme;
mod words;

pub use answer::{Choice, NumberAnswer, NumberTest, Question, QuestionKind};
pub use canonical::{Damaged, FORMAT};
pub use edge::{Arm, Edge, EdgeId, EdgeWords};
pub use end::{End, Level, Matrix, Priority};
pub use graph::{About, BuildError, Builder, StepId, Tree};
pub use library::{Audience, Channel, FactDeclaration, Incident, Library, Team, Term, TreeId};
pub use probe::{Probe, ProbeCommand, System};
pub use retain::RetainError;
pub use step::{Call, ChecklistItem, Image, Link, Remedy, Step, StepKind, Try};
pub use steps_left::{Outlook, StepsLeft};
pub use theme::{Accent, Color, Contact, Theme};
pub use words::{AgentText, PublicText, Shown};
