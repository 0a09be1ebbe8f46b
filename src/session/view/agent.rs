//! What an agent sees of the prompt that stands: what everybody may see, and what is for agents only.

use serde::Serialize;
use utoipa::ToSchema;

use crate::tree::AgentText;

use super::end::EscalationView;
use super::markdown::AgentMarkdown;
use super::public::{PublicView, end_of};
use super::words::Words;
use crate::session::Session;
use crate::session::trail::Part;

/// What an agent sees of the prompt that stands. It must not leave for a customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AgentView {
    /// What everybody may see.
    #[serde(flatten)]
    pub public: PublicView,
    /// Words to read aloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<AgentMarkdown>,
    /// Internal remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<AgentMarkdown>,
    /// At an escalation: to whom, why, how urgent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<EscalationView>,
}

impl Session {
    /// What an agent sees of the prompt that stands; `None` while the case is parked, handed over or closed.
    pub fn agent_view(&self) -> Option<AgentView> {
        let public = self.public_view()?;
        let prompt = self.prompt();
        let at = prompt.at()?;
        let words = Words::new(&self.library, at.tree, &self.state);
        let shown = match at.part {
            Part::Need(_) => None,
            Part::Step | Part::Solved | Part::End => at.step.shown.as_ref(),
        };
        let agent = |text: Option<&AgentText>| text.map(|text| words.agent(text));
        Some(AgentView {
            say: agent(shown.and_then(|shown| shown.say.as_ref())),
            note: agent(shown.and_then(|shown| shown.note.as_ref())),
            escalation: end_of(at.step).and_then(|end| EscalationView::of(words, end)),
            public,
        })
    }
}
