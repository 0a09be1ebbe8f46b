//! What runners show, rendered from the session: texts are Markdown with their facts filled in. What can go to a
//! customer ([`PublicView`]) is made of types that cannot hold a text for agents; an [`AgentView`] adds to it. Nothing
//! here draws: the terminal and the web do that.

mod agent;
mod answers;
mod end;
mod facts;
mod incidents;
mod markdown;
mod past;
mod probe;
mod public;
mod skipped;
mod terms;
mod trail;
pub(in crate::session) mod words;

pub use agent::AgentView;
pub use answers::{Answers, ChoiceView};
pub use end::{EndView, EscalationView, NeedView};
pub use facts::FactView;
pub use incidents::{AgentIncidentView, IncidentView};
pub use markdown::{AgentMarkdown, PublicMarkdown};
pub use past::PastQuestion;
pub use probe::ProbeView;
pub use public::{ImageView, LinkView, PromptKind, PublicView, SOLVED, SuggestionView};
pub use terms::TermView;
pub use trail::{CameView, PassKind, TrailView};
