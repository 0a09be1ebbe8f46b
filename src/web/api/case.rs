//! A case, as a program sees it. What a token for customers gets is made of types that cannot hold a text for agents.

use std::sync::Arc;

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::session::view::{
    AgentIncidentView, AgentView, FactView, IncidentView, PublicMarkdown, PublicView,
};
use crate::session::{Moment, Outcome, Prompt, Session};
use crate::store::{CaseId, Status};
use crate::tree::{Audience, Channel, StepsLeft};
use crate::web::address::Purpose;
use crate::web::code::{self, Code};
use crate::web::open_cases::Held;
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// A case as it stands: what whoever asks may see of it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(tag = "view", rename_all = "snake_case")]
pub enum Case {
    /// For a token for customers.
    Customer(Box<CustomerCase>),
    /// For agents.
    Agent(Box<AgentCase>),
}

/// A case, as its customer may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerCase {
    /// The case's address: whoever knows it may walk the case.
    pub case: String,
    /// Where it is to be seen in a browser.
    pub page: String,
    #[serde(flatten)]
    stand: Stand,
    /// Whether an agent goes on with it: the customer has nothing to answer then.
    pub with_an_agent: bool,
    /// What stands before the customer; none while the case is put aside, handed over, with an agent or over.
    pub prompt: Option<PublicView>,
    /// What is known.
    pub facts: Vec<FactView>,
    /// Known trouble.
    pub incidents: Vec<IncidentView>,
}

/// A case, as agents may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentCase {
    /// The case's name.
    #[schema(examples("k3m9-x7p2-4qda"))]
    pub case: String,
    #[serde(flatten)]
    stand: Stand,
    /// Who walks now.
    pub audience: Audience,
    /// How one talks now.
    pub channel: Channel,
    /// The team to which it is handed over.
    pub team: Option<Arc<str>>,
    /// What stands before the person; none while the case is put aside, handed over or over.
    pub prompt: Option<AgentView>,
    /// What is known.
    pub facts: Vec<FactView>,
    /// Known trouble.
    pub incidents: Vec<AgentIncidentView>,
}

/// How a case stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct Stand {
    /// The number of its last event, which the next change must name.
    pub seq: u64,
    /// Whether it goes on.
    pub status: Status,
    /// The tree in which it began.
    pub tree: Arc<str>,
    /// The title of the tree in which it stands.
    pub title: PublicMarkdown,
    /// The ticket that it belongs to.
    pub ticket: Option<Arc<str>>,
    /// The fewest and the most prompts to the end, the one that stands included.
    pub steps_left: StepsLeft,
    /// Until when it is put aside.
    pub parked_until: Option<Moment>,
    /// How it went, where it stands at an end or is over.
    pub outcome: Option<Outcome>,
    /// Whether a person said that the problem is solved.
    pub confirmed: bool,
    /// The code by which an agent takes it over, where it waits for one.
    pub code: Option<CodeView>,
}

/// A code by which a case is taken over, once.
#[derive(Debug, Serialize, ToSchema)]
pub struct CodeView {
    /// The code, as people read it.
    #[schema(examples("7kx9-m2pq"))]
    pub code: String,
    /// Until when it is good.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
}

impl CodeView {
    fn of(code: &Code) -> Option<Self> {
        Some(Self {
            code: code.shown(),
            until: Timestamp::from_millisecond(code.until).ok()?,
        })
    }
}

impl Case {
    /// The case as it stands.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn of(web: &Web, held: &Held, sees: Audience) -> Result<Self, Trouble> {
        let (session, keeper) = (held.session(), &held.case().keeper);
        let code = match session.prompt() {
            Prompt::HandedOver(_) => code::open(web, keeper).await?,
            _ => None,
        };
        let stand = Stand::of(session, code.as_ref().and_then(CodeView::of));
        Ok(match sees {
            Audience::Agent => Self::Agent(Box::new(AgentCase::of(keeper.id(), session, stand))),
            Audience::Customer => {
                let address = web.seals.address(keeper.id(), Purpose::Walk);
                Self::Customer(Box::new(CustomerCase::of(address, session, stand)))
            }
        })
    }

    /// The number of the last event.
    pub const fn seq(&self) -> u64 {
        match self {
            Self::Customer(case) => case.stand.seq,
            Self::Agent(case) => case.stand.seq,
        }
    }

    /// How the case is called in addresses.
    pub fn name(&self) -> &str {
        match self {
            Self::Customer(case) => &case.case,
            Self::Agent(case) => &case.case,
        }
    }

    /// The prompt that stands.
    pub fn step(&self) -> Option<&str> {
        let view = match self {
            Self::Customer(case) => case.prompt.as_ref(),
            Self::Agent(case) => case.prompt.as_ref().map(|view| &view.public),
        };
        view.map(|view| view.step.as_str())
    }
}

impl CustomerCase {
    fn of(address: String, session: &Session, stand: Stand) -> Self {
        // What an agent asks, and where, is not for the customer, even if every text of it could be.
        let with_an_agent = session.audience() == Audience::Agent;
        let own = !with_an_agent;
        Self {
            page: format!("/c/{address}"),
            case: address,
            stand: Stand {
                title: match session.started() {
                    Some(started) if with_an_agent => session
                        .library()
                        .find(&started.tree)
                        .map_or(stand.title, |tree| session.title(tree)),
                    _ => stand.title,
                },
                ..stand
            },
            with_an_agent,
            prompt: session.public_view().filter(|_| own),
            facts: if own { session.facts() } else { Vec::new() },
            incidents: session.public_incidents(),
        }
    }
}

impl AgentCase {
    fn of(id: &CaseId, session: &Session, stand: Stand) -> Self {
        let team = match session.prompt() {
            Prompt::HandedOver(team) => Some(Arc::clone(team)),
            _ => None,
        };
        Self {
            case: id.to_string(),
            stand,
            audience: session.audience(),
            channel: session.channel(),
            team,
            prompt: session.agent_view(),
            facts: session.facts(),
            incidents: session.incidents(),
        }
    }
}

impl Stand {
    fn of(session: &Session, code: Option<CodeView>) -> Self {
        let (status, parked_until) = match session.prompt() {
            Prompt::Parked(until) => (Status::Parked, until),
            Prompt::HandedOver(_) => (Status::HandedOver, None),
            Prompt::Closed(..) => (Status::Closed, None),
            _ => (Status::Open, None),
        };
        let outcome = session.outcome();
        let started = session.started();
        Self {
            seq: session.seq(),
            status,
            tree: started.map_or_else(Arc::default, |started| Arc::clone(&started.tree)),
            title: session.title(session.tree()),
            ticket: started.and_then(|started| started.ticket.clone()),
            steps_left: session.steps_left(),
            parked_until,
            outcome: outcome.map(|(outcome, _)| outcome),
            confirmed: outcome.is_some_and(|(_, confirmed)| confirmed),
            code,
        }
    }
}
