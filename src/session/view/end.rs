//! How a walk ends, to be shown: what everybody may know, and what is for agents.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::condition::FactRef;
use crate::tree::{AgentText, End};

use super::markdown::{AgentMarkdown, PublicMarkdown};
use super::public::end_of;
use super::words::Words;
use crate::session::{Outcome, Session};

/// What everybody may know of an end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EndView {
    /// How the walk went; none while it is still asked whether the problem is solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// Whether a person said that the problem is solved.
    pub confirmed: bool,
    /// What solved it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<PublicMarkdown>,
    /// What was wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<PublicMarkdown>,
    /// How to keep it from coming back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prevent: Option<PublicMarkdown>,
    /// What to tell, where it was neither fixed nor handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<PublicMarkdown>,
    /// Who takes over, as people call the team.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team: Option<PublicMarkdown>,
}

/// What agents need to know to hand a case over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct EscalationView {
    /// The team's name in the library.
    pub team: Arc<str>,
    /// How people call it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<PublicMarkdown>,
    /// 1, 2, 3 ….
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<AgentMarkdown>,
    /// How it is reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<AgentMarkdown>,
    /// When it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<AgentMarkdown>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<AgentMarkdown>,
    /// 1 (first) to 5.
    pub priority: u8,
    /// What the team needs, and whether it is known.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub needs: Vec<NeedView>,
}

/// A fact that a team needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NeedView {
    /// Its name.
    pub fact: Arc<str>,
    /// Its question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<PublicMarkdown>,
    /// What it is, if it is known.
    pub value: Option<String>,
}

impl EndView {
    pub(super) fn of(
        words: Words<'_>,
        end: &End,
        reached: Option<(Outcome, bool)>,
    ) -> Option<Self> {
        let mut view = Self {
            outcome: reached.map(|(outcome, _)| outcome),
            confirmed: reached.is_some_and(|(_, confirmed)| confirmed),
            fix: None,
            cause: None,
            prevent: None,
            text: None,
            team: None,
        };
        match end {
            End::Fix {
                what,
                cause,
                prevent,
                ..
            } => {
                view.fix = Some(words.public(what));
                view.cause = words.maybe(cause);
                view.prevent = words.maybe(prevent);
            }
            End::Escalate { team, .. } => view.team = Some(team_name(words, team)),
            End::Information { text } => view.text = Some(words.public(text)),
            End::Return { .. } => {}
        }
        Some(view)
    }
}

impl EscalationView {
    pub(in crate::session) fn of(words: Words<'_>, end: &End) -> Option<Self> {
        let End::Escalate {
            team: key,
            reason,
            priority,
            needs,
        } = end
        else {
            return None;
        };
        let library = words.library;
        let team = library.team(key);
        let agent = |text: &Option<AgentText>| text.as_ref().map(|text| words.agent(text));
        let need = |fact: &u32| {
            let declared = library.fact(*fact);
            let value = words.facts.value(FactRef::Shared(*fact));
            NeedView {
                fact: Arc::clone(&declared.name),
                ask: words.maybe(&declared.ask),
                value: value.map(|value| words.shared(*fact, value).into_owned()),
            }
        };
        Some(Self {
            team: Arc::clone(key),
            name: team.and_then(|team| words.maybe(&team.name)),
            tier: team.and_then(|team| agent(&team.tier)),
            contact: team.and_then(|team| agent(&team.contact)),
            hours: team.and_then(|team| agent(&team.hours)),
            reason: agent(reason),
            priority: library.matrix.number(*priority),
            needs: needs.iter().map(need).collect(),
        })
    }
}

/// How people call a team: its name, else its key.
fn team_name(words: Words<'_>, key: &Arc<str>) -> PublicMarkdown {
    let named = words
        .library
        .team(key)
        .and_then(|team| words.maybe(&team.name));
    named.unwrap_or_else(|| PublicMarkdown(key.to_string()))
}

impl Session {
    /// The end at which the walk stands, whatever happened to the case since; `None` where it stands at none.
    pub fn end_view(&self) -> Option<EndView> {
        let reached = self.outcome()?;
        let (words, end) = self.words_of_end()?;
        EndView::of(words, end, Some(reached))
    }

    /// The same for agents: to whom the case goes, why, how urgent.
    pub fn escalation_view(&self) -> Option<EscalationView> {
        let (words, end) = self.words_of_end()?;
        EscalationView::of(words, end)
    }

    fn words_of_end(&self) -> Option<(Words<'_>, &End)> {
        let visit = self.current();
        let tree = self.library.tree(visit.tree);
        let end = end_of(tree.step(visit.step))?;
        Some((Words::new(&self.library, tree, &self.state), end))
    }
}
