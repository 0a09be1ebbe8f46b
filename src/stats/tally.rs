//! What is counted of a step and of a tree. Tallies of different cases add up, in any order.

use std::collections::HashMap;
use std::sync::Arc;

use super::{NodeId, Times};

/// What can be said of a case and a step; each counts once a case, however often it happened there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Happened {
    /// The walk came here, or passed silently.
    Reached,
    /// The case is open or parked, and stands here.
    Left,
    /// Somebody went back from here.
    WentBack,
    /// Somebody picked another tree here.
    Switched,
    /// "I don't know."
    Unsure,
    /// "That was done before."
    Tried,
    /// "That can't be done."
    Cannot,
    /// "None of these."
    None,
    /// "Let me talk to somebody."
    Person,
    /// It was shown as a remedy.
    Remedy,
    /// The remedy was carried out: its check was answered yes or no.
    CarriedOut,
    /// The case ended with the remedy's check answered yes, a confirmed fix.
    Helped,
    /// The remedy had helped in the case before, and the trouble came back.
    CameBack,
}

/// How many marks there are.
const MARKS: usize = Happened::CameBack as usize + 1;

impl Happened {
    /// The mark of a reply that is no answer, by its name in the store.
    pub(super) fn of_reply(name: &str) -> Option<Self> {
        Some(match name {
            "unsure" => Self::Unsure,
            "tried" => Self::Tried,
            "cannot" => Self::Cannot,
            "none" => Self::None,
            "person" => Self::Person,
            "came_back" => Self::CameBack,
            _ => return None,
        })
    }

    pub(super) const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// What is counted of a step.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StepTally {
    cases: [u64; MARKS],
    /// From when its prompt stood until it was replied to, each time.
    pub times: Times,
}

impl StepTally {
    /// In how many cases.
    #[allow(clippy::indexing_slicing, reason = "there is a place for every mark")]
    pub const fn cases(&self, mark: Happened) -> u64 {
        self.cases[mark as usize]
    }

    /// In how many cases it helped, without those that came back.
    pub(super) const fn helped_for_good(&self) -> u64 {
        let helped = self.cases(Happened::Helped);
        helped.saturating_sub(self.cases(Happened::CameBack))
    }

    #[allow(clippy::indexing_slicing, reason = "there is a place for every mark")]
    pub(super) const fn count(&mut self, mark: Happened) {
        self.cases[mark as usize] += 1;
    }

    /// Takes back what was counted of the case at hand.
    #[allow(clippy::indexing_slicing, reason = "there is a place for every mark")]
    pub(super) const fn uncount(&mut self, mark: Happened) {
        self.cases[mark as usize] = self.cases[mark as usize].saturating_sub(1);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        for (own, their) in self.cases.iter_mut().zip(other.cases) {
            *own += their;
        }
        self.times.merge(&other.times);
    }
}

/// Cases handed over from one place to one team.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct HandedOver {
    /// How many.
    pub cases: u64,
    /// How many of them are resolved by now, confirmed or claimed.
    pub resolved: u64,
}

/// What is counted of the cases that began in a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct TreeTally {
    pub cases: u64,
    pub confirmed: u64,
    pub claimed: u64,
    /// Handed over, and not taken up again or ended as such.
    pub escalated: u64,
    /// Ended, neither fixed nor handed over.
    pub ended: u64,
    pub open: u64,
    pub parked: u64,
    /// Of all of them, those that go on with a case that had been closed.
    pub again: u64,
    /// How long those took that came to an end or were handed over.
    pub times: Times,
    /// By team, none where it is not known, and the step at which it happened.
    pub handed_over: HashMap<(Option<Arc<str>>, NodeId), HandedOver>,
}

impl TreeTally {
    pub(super) fn merge(&mut self, other: &Self) {
        self.cases += other.cases;
        self.confirmed += other.confirmed;
        self.claimed += other.claimed;
        self.escalated += other.escalated;
        self.ended += other.ended;
        self.open += other.open;
        self.parked += other.parked;
        self.again += other.again;
        self.times.merge(&other.times);
        for (key, their) in &other.handed_over {
            let own = self.handed_over.entry(key.clone()).or_default();
            own.cases += their.cases;
            own.resolved += their.resolved;
        }
    }
}
