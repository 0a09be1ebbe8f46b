//! Floor 4: a walk through a library as a pure fold over events: [`Session::start`], [`Session::prompt`],
//! [`Session::apply`], [`Session::replay`]. It knows no clock, no file, no terminal, no database and no async runtime, and
//! renders nothing before it is asked to ([`view`]).
//!
//! What LANGUAGE.md says in "Meaning" is the law here. Only events are stored; what is passed silently follows from
//! them. A reply names the sequence number and the prompt that it answers; any other is refused and changes nothing.
//!
//! | file | holds |
//! | --- | --- |
//! | `event`, `reply`, `moment`, `json` | what happened, as it is stored |
//! | `state`, `frame`, `known`, `trail` | what follows from it, and the undo log |
//! | `start`, `apply`, `act` | the fold, and the shortest way to add to it |
//! | `walk`, `edges` | arriving, passing what is silent, stopping |
//! | `answer`, `accept`, `offer` | what a reply does, which are taken |
//! | `again` | a case that was over and goes on in another |
//! | `back`, `change`, `aside`, `uses` | going back, correcting, what still fits |
//! | `prompt`, `name` | what stands before the person |
//! | `passage` | the way so far, as steps and edges |
//! | `steps_left` | the way still before it: fewest and most prompts |
//! | `view` | what runners show, rendered |

mod accept;
mod act;
mod again;
mod answer;
mod apply;
mod aside;
mod back;
mod change;
mod commit;
mod edges;
mod event;
mod frame;
mod json;
mod known;
mod moment;
mod name;
mod offer;
mod passage;
mod prompt;
mod rejected;
mod reply;
mod start;
mod state;
mod steps_left;
mod trail;
mod uses;
pub mod view;
mod walk;

use std::sync::Arc;

use crate::tree::{Audience, Channel, End, Library, TreeId};

pub use event::{Before, Changing, Event, Happening, Outcome, Remedied, Said, Started};
pub use json::loose;
pub use moment::{Moment, NotAMoment};
pub use offer::Offer;
pub use passage::Passage;
pub use prompt::{At, Confirmed, Prompt, Suggestion};
pub use rejected::{Misfit, Rejected, Stopped};
pub use reply::{Reply, Source};

use state::State;
use trail::{Came, Part, Visit};

/// A case: its events and what follows from them.
#[derive(Debug, Clone)]
pub struct Session {
    library: Arc<Library>,
    /// At least the start.
    events: Vec<Event>,
    state: State,
}

/// Whether the case goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Phase {
    Walking,
    Parked(Option<Moment>),
    HandedOver(Arc<str>),
    Closed(Outcome, bool),
}

impl Session {
    /// The library that is walked.
    pub const fn library(&self) -> &Arc<Library> {
        &self.library
    }

    /// All that happened.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The number of the last event, which a reply must name.
    pub fn seq(&self) -> u64 {
        self.events.last().map_or(0, |event| event.seq)
    }

    /// How the case began.
    pub fn started(&self) -> Option<&Started> {
        match self.events.first().map(|event| &event.what) {
            Some(Happening::Started(started)) => Some(started),
            _ => None,
        }
    }

    /// The agent who began the case, or took it up last; none while a customer walks alone.
    pub fn agent(&self) -> Option<&Arc<str>> {
        let by = |event: &'_ Event| match &event.what {
            Happening::Resumed { by } | Happening::Taken { by, .. } => by.is_some(),
            _ => false,
        };
        match self
            .events
            .iter()
            .rfind(|event| by(event))
            .map(|event| &event.what)
        {
            Some(Happening::Resumed { by } | Happening::Taken { by, .. }) => by.as_ref(),
            _ => self.started().and_then(|started| started.by.as_ref()),
        }
    }

    /// Who walks now.
    pub const fn audience(&self) -> Audience {
        self.state.talk.audience()
    }

    /// How one talks now.
    pub const fn channel(&self) -> Channel {
        self.state.talk.channel()
    }

    /// The tree in which the walk stands.
    pub const fn tree(&self) -> TreeId {
        self.state.top().tree
    }

    /// The names of the tree and the prompt at which the walk stands, be it parked, handed over or closed.
    pub fn standing(&self) -> (Arc<str>, Arc<str>) {
        let here = answer::Here::of(&self.library, self.current());
        let step = match here.part {
            Part::Step | Part::End => Arc::clone(&here.step.name),
            Part::Need(_) | Part::Solved => here.name().into(),
        };
        (Arc::clone(&here.tree.name), step)
    }

    /// How the walk went and whether a person confirmed it, where it stands at an end.
    pub fn outcome(&self) -> Option<(Outcome, Confirmed)> {
        let visit = self.current();
        match (
            visit.part,
            &visit.came,
            &self.library.tree(visit.tree).step(visit.step).kind,
        ) {
            (Part::End, Came::Ended { confirmed }, crate::tree::StepKind::End(end)) => {
                Some((Outcome::of(end), *confirmed))
            }
            _ => None,
        }
    }

    /// The priority at an escalation where the walk stands or that it was handed over at: 1 (first) to 5.
    pub fn priority(&self) -> Option<u8> {
        let visit = self.current();
        match &self.library.tree(visit.tree).step(visit.step).kind {
            crate::tree::StepKind::End(end) => match **end {
                End::Escalate { priority, .. } => Some(self.library.matrix.number(priority)),
                End::Fix { .. } | End::Information { .. } | End::Return { .. } => None,
            },
            _ => None,
        }
    }

    /// In which place a case waits that is handed over here: the priority of the escalation, or what counts where nothing
    /// is said.
    pub fn waiting_priority(&self) -> u8 {
        let unstated = || self.library.matrix.number(crate::tree::Priority::Unstated);
        self.priority().unwrap_or_else(unstated)
    }

    /// Whether the states of two cases on one library are the same: open trees, step, facts and trail; times, numbers,
    /// notes and replies set aside are not compared.
    pub fn same_state(&self, other: &Self) -> bool {
        self.state.is_like(&other.state)
    }

    /// When an event happened.
    fn moment(&self, seq: u64) -> Moment {
        // Events are numbered from 1 without a gap.
        let event = usize::try_from(seq)
            .ok()
            .and_then(|seq| self.events.get(seq.checked_sub(1)?));
        event.map_or(Moment::START, |event| event.at)
    }

    #[allow(
        clippy::expect_used,
        reason = "a start arrives somewhere, and going back leaves the visit gone back to"
    )]
    fn current(&self) -> &Visit {
        self.state.trail.last().expect("a walk stands somewhere")
    }
}
