//! What stands before the person: borrowed from the session and its library, nothing rendered. A runner branches on it
//! without a catch-all, so that a new kind fails to compile everywhere it must be handled.

use std::borrow::Cow;
use std::sync::Arc;

use crate::condition::{FactRef, Value};
use crate::tree::{End, FactDeclaration, Library, Question, Remedy, Step, StepId, StepKind, Tree};

use super::answer::Here;
use super::trail::{Came, Part, Visit};
use super::{Moment, Offer, Outcome, Phase, Reply, Session, Source, name};

/// What stands before the person.
#[derive(Debug, Clone, Copy)]
pub enum Prompt<'s> {
    /// A question.
    Question(At<'s>, &'s Question),
    /// Something to do, answered "done".
    Instruction(At<'s>),
    /// Something to do, then whether it solved the problem.
    Remedy(At<'s>, &'s Remedy),
    /// A shared fact, asked for before the case is handed over.
    Need(At<'s>, &'s FactDeclaration),
    /// "Is the problem solved?", before an end that nobody has confirmed.
    Solved(At<'s>, &'s End),
    /// The end: close it, or hand it over; going back is possible.
    End(At<'s>, &'s End, Outcome, Confirmed),
    /// Put aside: resume it first.
    Parked(Option<Moment>),
    /// Handed over to that team: somebody has to take it first.
    HandedOver(&'s Arc<str>),
    /// Over.
    Closed(Outcome, Confirmed),
}

/// Whether a person said that the problem is solved.
pub type Confirmed = bool;

/// Where the walk stands.
#[derive(Debug, Clone, Copy)]
pub struct At<'s> {
    /// The number that a reply must name.
    pub seq: u64,
    /// The number of the event by which this prompt came up: where going back to it leads.
    pub visit: u64,
    /// When it came up; a `wait` counts from there.
    pub shown: Moment,
    /// The tree.
    pub tree: &'s Tree,
    /// The step.
    pub step: &'s Step,
    /// Its id in the tree.
    pub id: StepId,
    /// The kinds of reply that it takes.
    pub offer: Offer,
    /// What was replied here before going back, or is known already.
    pub suggestion: Option<Suggestion<'s>>,
    pub(super) part: Part,
    pub(super) library: &'s Library,
}

/// A reply to suggest.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Suggestion<'s> {
    /// Replied here before going back.
    SetAside(&'s Reply),
    /// Known from elsewhere.
    Known(&'s Value, Source),
}

impl<'s> At<'s> {
    /// The prompt's name, which a reply must give: the step's, or `END.needs.FACT`, `END.solved`.
    pub fn name(&self) -> Cow<'s, str> {
        name::of(self.library, self.step, self.part)
    }

    pub(super) const fn here(&self) -> Here<'s> {
        Here {
            library: self.library,
            tree: self.tree,
            step: self.step,
            at: self.id,
            part: self.part,
        }
    }
}

impl<'s> Prompt<'s> {
    /// Where the walk stands; `None` while the case is parked, handed over or closed.
    pub const fn at(&self) -> Option<&At<'s>> {
        match self {
            Self::Question(at, _)
            | Self::Instruction(at)
            | Self::Remedy(at, _)
            | Self::Need(at, _)
            | Self::Solved(at, _)
            | Self::End(at, ..) => Some(at),
            Self::Parked(_) | Self::HandedOver(_) | Self::Closed(..) => None,
        }
    }
}

impl Session {
    /// What stands before the person now. It renders nothing and costs next to nothing.
    pub fn prompt(&self) -> Prompt<'_> {
        match &self.state.phase {
            Phase::Walking => self.open_prompt().1,
            Phase::Parked(until) => Prompt::Parked(*until),
            Phase::HandedOver(to) => Prompt::HandedOver(to),
            Phase::Closed(outcome, confirmed) => Prompt::Closed(*outcome, *confirmed),
        }
    }

    /// What stands, be the case parked, handed over or closed: none of these three.
    pub fn standing_prompt(&self) -> Prompt<'_> {
        self.open_prompt().1
    }

    /// Where the walk stands and what is shown there, even while the case is parked, handed over or closed.
    pub(super) fn open_prompt(&self) -> (At<'_>, Prompt<'_>) {
        let visit = self.current();
        let here = Here::of(&self.library, visit);
        let at = self.at(visit, here);
        let prompt = match (visit.part, &here.step.kind) {
            (Part::Need(fact), _) => Prompt::Need(at, self.library.fact(fact)),
            (Part::Solved, StepKind::End(end)) => Prompt::Solved(at, end),
            (Part::End, StepKind::End(end)) => {
                let confirmed = matches!(visit.came, Came::Ended { confirmed: true });
                Prompt::End(at, end, Outcome::of(end), confirmed)
            }
            (_, StepKind::Question(question)) => Prompt::Question(at, question),
            (_, StepKind::Remedy(remedy)) => Prompt::Remedy(at, remedy),
            _ => Prompt::Instruction(at),
        };
        (at, prompt)
    }

    fn at<'s>(&'s self, visit: &Visit, here: Here<'s>) -> At<'s> {
        At {
            seq: self.seq(),
            visit: visit.seq,
            shown: self.moment(visit.seq),
            tree: here.tree,
            step: here.step,
            id: here.at,
            offer: Offer::at(here),
            suggestion: self.suggestion(visit, here),
            part: here.part,
            library: here.library,
        }
    }

    fn suggestion<'s>(&'s self, visit: &Visit, here: Here<'s>) -> Option<Suggestion<'s>> {
        let set_aside = self.state.aside.first((visit.tree, visit.step, visit.part));
        if let Some(set_aside) = set_aside {
            return Some(Suggestion::SetAside(&set_aside.reply));
        }
        match (&here.step.kind, here.part) {
            (StepKind::Question(question), Part::Step) => match question.fact {
                FactRef::Shared(fact) => {
                    let slot = self.state.shared(fact)?;
                    Some(Suggestion::Known(&slot.value, slot.source))
                }
                _ => None,
            },
            _ => None,
        }
    }
}

impl Outcome {
    /// How a walk that stands at this end went.
    pub(super) const fn of(end: &End) -> Self {
        match end {
            End::Fix { .. } | End::Return { .. } => Self::Resolved,
            End::Escalate { .. } => Self::Escalated,
            End::Information { .. } => Self::Ended,
        }
    }
}
