//! Few walks that together take every branch that was found: greedily, the deepest branch first.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::session::{Session, Started};
use crate::tree::EdgeId;

use super::super::walk::taken;
use super::Given;
use super::complete::{Distances, Guide};
use super::explore::{Exploration, walked};
use super::starts;

/// A whole walk.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) start: Started,
    pub(super) replies: Vec<Given>,
    /// At its end.
    pub(super) session: Session,
    /// The wanted branches that it takes.
    takes: BTreeSet<EdgeId>,
}

impl Whole {
    /// A walk that takes no branch in particular.
    pub(super) const fn of(start: Started, replies: Vec<Given>, session: Session) -> Self {
        Self {
            start,
            replies,
            session,
            takes: BTreeSet::new(),
        }
    }
}

/// The walks chosen, and how many branches are left.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) walks: Vec<Whole>,
    pub(super) left: usize,
}

/// Chooses at most `most` walks.
pub(super) fn choose(exploration: &Exploration<'_>, most: usize) -> Chosen {
    let mut open: Vec<(u32, EdgeId)> = exploration
        .branches()
        .map(|(edge, depth)| (depth, edge))
        .collect();
    open.sort();
    let all: HashSet<EdgeId> = open.iter().map(|(_, edge)| *edge).collect();
    let mut wanted = all.clone();
    let ends = Distances::to_ends(exploration.stage.alone());
    let mut walks = Vec::new();
    while let Some((_, edge)) = open.last().copied() {
        if !wanted.contains(&edge) {
            open.pop();
            continue;
        }
        if walks.len() >= most {
            break;
        }
        let Some(mut walk) = best_walk(exploration, edge, &wanted, &ends) else {
            wanted.remove(&edge);
            continue;
        };
        walk.takes.retain(|edge| all.contains(edge));
        wanted.retain(|edge| !walk.takes.contains(edge));
        walks.push(walk);
    }
    Chosen {
        walks: pruned(walks),
        left: wanted.len(),
    }
}

/// Of two walks the one that takes more wanted branches: the shortest way to a branch and on from there, or from one
/// branch to the next that is near from the start on.
fn best_walk(
    exploration: &Exploration<'_>,
    edge: EdgeId,
    wanted: &HashSet<EdgeId>,
    ends: &Distances,
) -> Option<Whole> {
    let near = Distances::to_edges(exploration.stage.alone(), wanted);
    let distances = (ends, &near);
    let (start, replies) = exploration.walk_to(edge)?;
    let deep = walk(exploration, start, replies, wanted, distances)?;
    let start = starts::plain(exploration.stage);
    let near = walk(exploration, start, Vec::new(), wanted, distances);
    let gain = |walk: &Whole| {
        walk.takes
            .iter()
            .filter(|edge| wanted.contains(edge))
            .count()
    };
    let better = near.filter(|near| {
        let (near_gain, deep_gain) = (gain(near), gain(&deep));
        near_gain > deep_gain || (near_gain == deep_gain && near.replies.len() < deep.replies.len())
    });
    Some(better.unwrap_or(deep))
}

/// A walk that begins with these replies, and on its way to an end takes as many wanted branches as lie near.
fn walk(
    exploration: &Exploration<'_>,
    start: Started,
    mut replies: Vec<Given>,
    wanted: &HashSet<EdgeId>,
    (ends, near): (&Distances, &Distances),
) -> Option<Whole> {
    let session = walked(exploration.stage, &start, &replies)?;
    let guide = Guide {
        stage: exploration.stage,
        candidates: exploration.candidates,
        ends,
        near,
        wanted,
    };
    let session = guide.complete(session, &mut replies);
    Some(Whole {
        start,
        takes: taken(&session),
        replies,
        session,
    })
}

/// The walks without those whose branches others take as well, in the order of the tree.
fn pruned(mut walks: Vec<Whole>) -> Vec<Whole> {
    let mut times: HashMap<EdgeId, usize> = HashMap::new();
    for edge in walks.iter().flat_map(|walk| &walk.takes) {
        *times.entry(*edge).or_insert(0) += 1;
    }
    walks.retain(|walk| {
        let needless = walk
            .takes
            .iter()
            .all(|edge| times.get(edge).is_some_and(|times| *times > 1));
        if needless {
            for edge in &walk.takes {
                times.entry(*edge).and_modify(|times| *times -= 1);
            }
        }
        !needless
    });
    walks.sort_by_cached_key(|walk| {
        let edges = walk.session.passages().filter_map(|passage| passage.edge);
        edges.map(|(_, edge)| edge).collect::<Vec<_>>()
    });
    walks
}
