//! What helps: each remedy as odds among those who got there, beside what its author wrote.

use std::sync::Arc;
use std::time::Duration;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use super::Counted;
use crate::stats::tally::{Happened, StepTally};
use crate::stats::{FEWEST, Share};
use crate::tree::{Remedy, Step, StepId, StepKind, Tree};

/// A remedy.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RemedyReport {
    /// Its name.
    pub remedy: Arc<str>,
    /// In how many cases it was shown.
    pub reached: u64,
    /// In how many of them it was carried out: its check was answered yes or no.
    pub carried_out: u64,
    /// In how many of them it helped: the case stands at a fix that its check confirmed.
    pub helped: u64,
    /// In how many of those it was not solved after all: a case that goes on with them says so.
    pub came_back: u64,
    /// The odds that it helps those who got there, for good as far as is known; none of too few cases.
    pub odds: Option<Share>,
    /// What the author wrote.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Authored>,
}

/// The author's `odds`, brought to the same terms.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Authored {
    /// Share of all cases at the `try` that it solves, 0 to 1, as written.
    pub odds: f64,
    /// What that means for those who get there: its share of what the remedies before it leave unsolved. None where they
    /// leave nothing, or where the remedy is not for all (`if`, `when`).
    pub among_those_who_get_there: Option<f64>,
    /// Whether what was counted speaks against it: it lies outside of the interval.
    pub differs: bool,
}

/// A remedy that should perhaps come before another.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OrderHint {
    /// The `try`.
    #[serde(rename = "try")]
    pub within: Arc<str>,
    /// The remedy that helps more.
    pub remedy: Arc<str>,
    /// The one that comes before it today.
    pub before: Arc<str>,
    /// Share of all cases at the `try` that each solves.
    pub solves: Share,
    /// The other's share.
    pub other_solves: Share,
    /// How long each takes by its author, in seconds; only where both say so: then it is solved cases by time that count.
    #[serde(serialize_with = "seconds", skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<f64>>, min_items = 2, max_items = 2)]
    pub takes_s: Option<(Duration, Duration)>,
    /// Whether the compiler orders them (`order: best`), by the `odds` and `takes` as written.
    pub ordered: bool,
}

/// The remedies of a tree in the author's order.
pub(super) fn remedies(tree: &Tree, counted: &Counted<'_>) -> Vec<RemedyReport> {
    let steps = tree.steps().filter_map(|(id, step)| match &step.kind {
        StepKind::Remedy(remedy) => Some((id, step, remedy)),
        _ => None,
    });
    steps
        .map(|(id, step, remedy)| {
            let cases = |mark| tally(counted, step).map_or(0, |tally| tally.cases(mark));
            let (reached, helped) = (cases(Happened::Remedy), cases(Happened::Helped));
            let for_good = tally(counted, step).map_or(0, StepTally::helped_for_good);
            let odds = Share::of(for_good, reached);
            RemedyReport {
                remedy: Arc::clone(&step.name),
                reached,
                carried_out: cases(Happened::CarriedOut),
                helped,
                came_back: helped - for_good,
                odds,
                author: authored(tree, id, remedy, odds),
            }
        })
        .collect()
}

fn tally<'f>(counted: &Counted<'f>, step: &Step) -> Option<&'f StepTally> {
    counted.get(&*step.name).copied()
}

fn authored(tree: &Tree, id: StepId, remedy: &Remedy, measured: Option<Share>) -> Option<Authored> {
    let odds = remedy.odds? / 100.0;
    let among = among_those_who_get_there(tree, id, remedy, odds);
    let differs = among.zip(measured);
    Some(Authored {
        odds,
        among_those_who_get_there: among,
        differs: differs.is_some_and(|(among, measured)| measured.excludes(among)),
    })
}

/// Odds are shares of the same cases, and each has one cause: who gets to a remedy is who the ones before did not help.
fn among_those_who_get_there(tree: &Tree, id: StepId, remedy: &Remedy, odds: f64) -> Option<f64> {
    let StepKind::Try(within) = &tree.step(remedy.within?).kind else {
        return None;
    };
    if !is_for_all(remedy) {
        return None;
    }
    let before = within.remedies.iter().take_while(|other| **other != id);
    let solved: Option<f64> = before
        .map(|other| about(tree, *other)?.odds.map(|odds| odds / 100.0))
        .sum();
    let rest = 1.0 - solved?;
    // Less is a matter of rounding.
    (rest > 1e-9).then(|| (odds / rest).min(1.0))
}

const fn is_for_all(remedy: &Remedy) -> bool {
    remedy.when.is_none() && remedy.condition.is_none()
}

fn about(tree: &Tree, id: StepId) -> Option<&Remedy> {
    match &tree.step(id).kind {
        StepKind::Remedy(remedy) => Some(remedy),
        _ => None,
    }
}

/// Remedies of one `try` that stand in a worse order than counted, where that is beyond chance: of all cases that came to
/// the `try`, the later one solved more (by time, where both say how long they take), and the intervals are apart. Those
/// that are not for all are left out, and those that were left before they got to the later one speak against a change.
pub(super) fn hints(tree: &Tree, counted: &Counted<'_>) -> Vec<OrderHint> {
    let mut hints = Vec::new();
    for (_, step) in tree.steps() {
        let StepKind::Try(within) = &step.kind else {
            continue;
        };
        let came = tally(counted, step).map_or(0, |tally| tally.cases(Happened::Reached));
        if came < FEWEST {
            continue;
        }
        let solving: Vec<Solving<'_>> = within
            .remedies
            .iter()
            .filter_map(|id| Solving::of(tree, *id, counted, came))
            .collect();
        hints.extend(solving.iter().enumerate().filter_map(|(at, later)| {
            let earlier = solving.get(..at)?;
            let other = earlier.iter().find(|other| later.beats(other))?;
            Some(OrderHint {
                within: Arc::clone(&step.name),
                remedy: Arc::clone(later.name),
                before: Arc::clone(other.name),
                solves: later.solves,
                other_solves: other.solves,
                takes_s: later.takes.zip(other.takes),
                ordered: within.ordered,
            })
        }));
    }
    hints
}

/// A remedy of a `try`, with the share of the cases there that it solves.
struct Solving<'a> {
    name: &'a Arc<str>,
    solves: Share,
    takes: Option<Duration>,
}

impl<'a> Solving<'a> {
    fn of(tree: &'a Tree, id: StepId, counted: &Counted<'_>, came: u64) -> Option<Self> {
        let step = tree.step(id);
        let remedy = about(tree, id).filter(|remedy| is_for_all(remedy))?;
        let helped = tally(counted, step).map_or(0, StepTally::helped_for_good);
        Some(Self {
            name: &step.name,
            // A case may come to a `try` of an older version without counting there.
            solves: Share::of(helped.min(came), came)?,
            takes: remedy.takes.filter(|takes| !takes.is_zero()),
        })
    }

    fn beats(&self, earlier: &Self) -> bool {
        let (own, other) = match self.takes.zip(earlier.takes) {
            Some((own, other)) => (1.0 / own.as_secs_f64(), 1.0 / other.as_secs_f64()),
            None => (1.0, 1.0),
        };
        self.solves.low * own > earlier.solves.high * other
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn seconds<S: Serializer>(
    takes: &Option<(Duration, Duration)>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    takes
        .map(|(one, other)| [one.as_secs(), other.as_secs()])
        .serialize(serializer)
}
