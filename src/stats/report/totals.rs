//! How cases went.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Serialize, Serializer};
use utoipa::ToSchema;

use crate::stats::tally::{HandedOver, TreeTally};
use crate::stats::{Fold, NodeId, Nodes, Place, Times};
use crate::tree::{End, Library, StepKind};

/// How cases went: each is in one of the six counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, ToSchema)]
#[allow(missing_docs, reason = "as in `TreeTally`")]
pub struct Totals {
    pub cases: u64,
    pub confirmed: u64,
    pub claimed: u64,
    pub escalated: u64,
    pub ended: u64,
    pub open: u64,
    pub parked: u64,
    /// Of all of them, those that go on with a case that had been closed, as it was not solved after all.
    pub again: u64,
    /// Of those that came to an end or were handed over: time worked, without what a case lay parked, handed over, or
    /// untouched for more than [`crate::stats::BREAK`].
    pub time: Spread,
    /// Hand-overs, by team and reason, the most frequent first; what was taken up again is among them.
    pub handed_over: Vec<HandOver>,
}

/// Median and 90th percentile, in seconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, ToSchema)]
pub struct Spread {
    /// How many times were counted.
    pub count: u64,
    /// Half of them were not longer.
    #[serde(serialize_with = "seconds")]
    #[schema(value_type = Option<f64>)]
    pub median_s: Option<u64>,
    /// Nine of ten were not longer.
    #[serde(serialize_with = "seconds")]
    #[schema(value_type = Option<f64>)]
    pub p90_s: Option<u64>,
}

/// Cases handed over for one reason to one team.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandOver {
    /// The team; none where a case ended as escalated without a word to whom and the tree does not say it any more.
    pub team: Option<Arc<str>>,
    /// The tree and the step at which it happened.
    pub tree: Arc<str>,
    /// The step.
    pub step: Arc<str>,
    /// Why.
    #[serde(flatten)]
    pub reason: Reason,
    /// How many cases.
    pub cases: u64,
    /// How many of them are resolved by now.
    pub resolved_since: u64,
}

/// Why a case was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "why", content = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The script led to an end that hands over; its `reason` as it is written today.
    Script(Option<Arc<str>>),
    /// Somebody handed it over before the script came to an end.
    ByHand,
    /// The script has no such step any more.
    Gone,
}

impl Totals {
    pub(super) fn of(tally: &TreeTally, nodes: &Nodes, library: &Library) -> Self {
        Self {
            cases: tally.cases,
            confirmed: tally.confirmed,
            claimed: tally.claimed,
            escalated: tally.escalated,
            ended: tally.ended,
            open: tally.open,
            parked: tally.parked,
            again: tally.again,
            time: Spread::of(&tally.times),
            handed_over: hand_overs(tally, nodes, library),
        }
    }

    pub(super) fn of_all(fold: &Fold, library: &Library) -> Self {
        let mut all = TreeTally::default();
        for (_, tally) in fold.trees() {
            all.merge(tally);
        }
        Self::of(&all, fold.nodes(), library)
    }

    /// Cases that did not come to an end: open or parked.
    pub const fn unfinished(&self) -> u64 {
        self.open + self.parked
    }
}

impl Spread {
    pub(super) fn of(times: &Times) -> Self {
        Self {
            count: times.count(),
            median_s: times.percentile(50),
            p90_s: times.percentile(90),
        }
    }
}

#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn seconds<S: Serializer>(milliseconds: &Option<u64>, serializer: S) -> Result<S::Ok, S::Error> {
    milliseconds
        .map(|milliseconds| milliseconds as f64 / 1000.0)
        .serialize(serializer)
}

fn hand_overs(tally: &TreeTally, nodes: &Nodes, library: &Library) -> Vec<HandOver> {
    type Where = (Option<Arc<str>>, Place);
    let mut counted: BTreeMap<Where, (Reason, HandedOver)> = BTreeMap::new();
    for ((team, node), handed_over) in &tally.handed_over {
        let Some((place, reason, own)) = reason(*node, nodes, library) else {
            continue;
        };
        let key = (team.clone().or(own), place);
        let (_, sum) = counted
            .entry(key)
            .or_insert((reason, HandedOver::default()));
        sum.cases += handed_over.cases;
        sum.resolved += handed_over.resolved;
    }
    let mut all: Vec<HandOver> = counted
        .into_iter()
        .map(|((team, place), (reason, handed_over))| HandOver {
            team,
            tree: place.tree,
            step: place.step,
            reason,
            cases: handed_over.cases,
            resolved_since: handed_over.resolved,
        })
        .collect();
    all.sort_by_key(|hand_over| std::cmp::Reverse(hand_over.cases));
    all
}

/// The place of a hand-over, why it happened, and the team that the script names there.
fn reason(
    node: NodeId,
    nodes: &Nodes,
    library: &Library,
) -> Option<(Place, Reason, Option<Arc<str>>)> {
    let place = nodes.step(node)?.clone();
    let tree = library.find(&place.tree).map(|tree| library.tree(tree));
    let step = tree.and_then(|tree| tree.find(&place.step).map(|step| tree.step(step)));
    let (reason, team) = match step.map(|step| &step.kind) {
        None => (Reason::Gone, None),
        Some(StepKind::End(end)) => match &**end {
            End::Escalate { team, reason, .. } => {
                let text = reason
                    .as_ref()
                    .map(|reason| Arc::clone(reason.for_agents().source()));
                (Reason::Script(text), Some(Arc::clone(team)))
            }
            _ => (Reason::ByHand, None),
        },
        Some(_) => (Reason::ByHand, None),
    };
    Some((place, reason, team))
}
