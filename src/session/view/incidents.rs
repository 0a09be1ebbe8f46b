//! Known trouble, to be shown before the first question.

use serde::Serialize;
use utoipa::ToSchema;

use super::markdown::{AgentMarkdown, PublicMarkdown};
use super::words::Words;
use crate::session::Session;

/// Known trouble, for everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct IncidentView {
    /// A few words.
    pub title: PublicMarkdown,
    /// What everybody may know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<PublicMarkdown>,
}

/// Known trouble, for agents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AgentIncidentView {
    /// What everybody may see.
    #[serde(flatten)]
    pub public: IncidentView,
    /// Words to read aloud.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub say: Option<AgentMarkdown>,
}

impl Session {
    /// Known trouble that concerns the tree in which the walk stands, on the day of the last event.
    pub fn incidents(&self) -> Vec<AgentIncidentView> {
        let (tree, today) = (self.state.top().tree, self.today());
        let words = Words::new(&self.library, self.library.tree(tree), &self.state);
        let concerns = |incident: &&crate::tree::Incident| {
            (incident.trees.is_empty() || incident.trees.contains(&tree))
                && incident.until.is_none_or(|until| today <= until)
        };
        let view = |incident: &crate::tree::Incident| AgentIncidentView {
            public: IncidentView {
                title: words.public(&incident.title),
                text: words.maybe(&incident.text),
            },
            say: incident.say.as_ref().map(|say| words.agent(say)),
        };
        self.library
            .incidents
            .iter()
            .filter(concerns)
            .map(view)
            .collect()
    }

    /// The same for a customer.
    pub fn public_incidents(&self) -> Vec<IncidentView> {
        self.incidents()
            .into_iter()
            .map(|incident| incident.public)
            .collect()
    }
}
