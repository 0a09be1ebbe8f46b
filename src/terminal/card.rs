//! One prompt as a runner of a terminal needs it: what it shows to whoever walks, what it takes as an answer, and the
//! reply that is suggested. Customers' cards are made of public views only.

use std::sync::Arc;

use crate::condition::FactType;
use crate::session::view::{
    AgentMarkdown, Answers, ChoiceView, EscalationView, PublicMarkdown, PublicView,
};
use crate::session::{Moment, Prompt, Reply, Session, Suggestion};
use crate::tree::{Audience, End};

use super::answers::{Choice, Takes};
use super::markdown::inline;
use super::style::Role;

/// A prompt, ready to be shown.
#[derive(Debug, Clone)]
pub struct Card {
    /// What everybody may see.
    pub view: PublicView,
    /// Words to read aloud (agents).
    pub say: Option<AgentMarkdown>,
    /// Internal remark (agents).
    pub note: Option<AgentMarkdown>,
    /// To whom the case goes (agents).
    pub escalation: Option<EscalationView>,
    /// What answers it.
    pub takes: Takes,
    /// The answers that can be chosen.
    pub choices: Vec<Choice>,
    /// A reply to suggest.
    pub suggestion: Option<Reply>,
    /// When it came up.
    pub shown: Moment,
    /// Whether there is an earlier prompt to go back to.
    pub can_go_back: bool,
    /// At an escalation, the team's key.
    pub team: Option<Arc<str>>,
}

impl Card {
    /// The prompt that stands; `None` while the case is parked, handed over or closed.
    pub fn of(session: &Session) -> Option<Self> {
        let prompt = session.prompt();
        let at = prompt.at()?;
        let (view, say, note, escalation) = match session.audience() {
            Audience::Agent => {
                let view = session.agent_view()?;
                (view.public, view.say, view.note, view.escalation)
            }
            Audience::Customer => (session.public_view()?, None, None, None),
        };
        let suggestion = at.suggestion.map(|suggestion| match suggestion {
            Suggestion::SetAside(reply) => reply.clone(),
            Suggestion::Known(value, _) => Reply::Answer(value.clone()),
        });
        Some(Self {
            choices: view.answers.as_ref().map(choices).unwrap_or_default(),
            suggestion: suggestion.filter(|_| view.suggestion.is_some()),
            takes: takes(&prompt),
            team: team(&prompt),
            can_go_back: session.previous_prompt().is_some(),
            shown: at.shown,
            view,
            say,
            note,
            escalation,
        })
    }

    /// Whether letters are typed to answer, so that they cannot be keys.
    pub const fn is_typed(&self) -> bool {
        matches!(
            self.takes,
            Takes::Value(FactType::Text(_) | FactType::Number(..) | FactType::Date(_))
        )
    }

    /// Whether what is typed must not be shown.
    pub fn is_secret(&self) -> bool {
        matches!(&self.takes, Takes::Value(FactType::Text(spec)) if spec.secret)
    }

    /// Whether the walk stands at an end.
    pub const fn is_end(&self) -> bool {
        matches!(self.takes, Takes::Nothing)
    }
}

/// What the prompt takes as its answer.
fn takes(prompt: &Prompt<'_>) -> Takes {
    match prompt {
        Prompt::Question(_, question) => Takes::Value(question.kind.fact_type()),
        Prompt::Need(_, fact) => Takes::Value(fact.kind.clone()),
        Prompt::Remedy(..) | Prompt::Solved(..) => Takes::Value(FactType::YesNo),
        Prompt::Instruction(_) => Takes::Done,
        Prompt::End(..) | Prompt::Parked(_) | Prompt::HandedOver(_) | Prompt::Closed(..) => {
            Takes::Nothing
        }
    }
}

fn team(prompt: &Prompt<'_>) -> Option<Arc<str>> {
    match prompt {
        Prompt::End(_, End::Escalate { team, .. }, ..) => Some(Arc::clone(team)),
        Prompt::End(..)
        | Prompt::Question(..)
        | Prompt::Instruction(_)
        | Prompt::Remedy(..)
        | Prompt::Need(..)
        | Prompt::Solved(..)
        | Prompt::Parked(_)
        | Prompt::HandedOver(_)
        | Prompt::Closed(..) => None,
    }
}

/// The answers that can be chosen from; of a number, the words for what is none.
pub fn choices(answers: &Answers) -> Vec<Choice> {
    let views = match answers {
        Answers::YesNo { choices } | Answers::Choice { choices } | Answers::Many { choices } => {
            choices
        }
        Answers::Number { words, .. } => words,
        Answers::Text { .. } | Answers::Date { .. } => return Vec::new(),
    };
    views.iter().map(choice).collect()
}

fn choice(view: &ChoiceView) -> Choice {
    let label = view
        .label
        .as_ref()
        .map_or(&*view.key, PublicMarkdown::as_str);
    let is_bare = view.label.is_none();
    Choice {
        key: Arc::clone(&view.key),
        // A key is no Markdown: it is shown as it stands.
        plain: if is_bare {
            label.to_owned()
        } else {
            inline(label, Role::Body).text()
        },
        label: label.to_owned(),
        help: view.help.as_ref().map(|help| help.as_str().to_owned()),
    }
}
