//! On from a place to an end: past wanted branches that are near, else by the shortest way.

use std::collections::{HashSet, VecDeque};

use crate::session::{Prompt, Reply, Session};
use crate::tree::{EdgeId, StepId, StepKind, Tree};

use super::super::stage::Stage;
use super::Given;
use super::candidates::Candidates;
use super::explore::give;

/// After so many replies a walk looks for no further branches, only for an end.
const LONG: usize = 30;

/// After so many replies a walk that finds no end is ended with a person.
const TOO_LONG: usize = 300;

const FAR: u32 = u32::MAX;

/// How far each step is from what is looked for, in edges.
#[derive(Debug)]
pub(super) struct Distances(Vec<u32>);

impl Distances {
    /// From each step to the nearest end.
    pub(super) fn to_ends(tree: &Tree) -> Self {
        let ends = tree
            .steps()
            .filter(|(_, step)| matches!(step.kind, StepKind::End(_)));
        Self::to(tree, ends.map(|(id, _)| id))
    }

    /// From each step to the nearest of the steps from which these edges lead.
    pub(super) fn to_edges(tree: &Tree, edges: &HashSet<EdgeId>) -> Self {
        let sources = edges
            .iter()
            .filter_map(|edge| tree.graph().edge_endpoints(*edge));
        Self::to(tree, sources.map(|(from, _)| from))
    }

    fn to(tree: &Tree, targets: impl Iterator<Item = StepId>) -> Self {
        let mut distances = vec![FAR; tree.len()];
        let mut queue = VecDeque::new();
        for target in targets {
            if let Some(distance) = distances.get_mut(target.index())
                && *distance == FAR
            {
                *distance = 0;
                queue.push_back(target);
            }
        }
        while let Some(at) = queue.pop_front() {
            let next = distances
                .get(at.index())
                .map_or(FAR, |distance| distance + 1);
            for before in tree
                .graph()
                .neighbors_directed(at, petgraph::Direction::Incoming)
            {
                if let Some(distance) = distances.get_mut(before.index())
                    && *distance == FAR
                {
                    *distance = next;
                    queue.push_back(before);
                }
            }
        }
        Self(distances)
    }

    fn of(&self, step: StepId) -> u32 {
        self.0.get(step.index()).copied().unwrap_or(FAR)
    }
}

/// What a completion goes by.
pub(super) struct Guide<'g> {
    pub(super) stage: &'g Stage<'g>,
    pub(super) candidates: &'g Candidates<'g>,
    pub(super) ends: &'g Distances,
    pub(super) wanted: &'g HashSet<EdgeId>,
    pub(super) near: &'g Distances,
}

/// A reply that could be given next, and what would come of it.
struct Turn {
    given: Given,
    session: Session,
    /// Smaller is better.
    rank: (u32, u32),
}

impl Guide<'_> {
    /// Walks on until an end; the replies are added to `replies`.
    pub(super) fn complete(&self, mut session: Session, replies: &mut Vec<Given>) -> Session {
        let mut seen: HashSet<StepId> = session.passages().map(|passage| passage.step).collect();
        let mut seen_so_far = session.passages().len();
        while !self.is_over(&session) {
            let best = if replies.len() < TOO_LONG {
                self.best(&session, &seen, replies.len() < LONG)
            } else {
                None
            };
            let Some(best) = best.or_else(|| self.person(&session)) else {
                break;
            };
            replies.push(best.given);
            session = best.session;
            let passed = seen_so_far;
            seen_so_far = session.passages().len();
            seen.extend(session.passages_since(passed).map(|passage| passage.step));
        }
        session
    }

    /// Whether the walk has ended; a fix that nobody has confirmed is an end unless its `no:` is wanted.
    fn is_over(&self, session: &Session) -> bool {
        match session.prompt() {
            Prompt::Question(..) | Prompt::Instruction(_) | Prompt::Remedy(..) => false,
            Prompt::Solved(at, _) => {
                let mut edges = self.stage.alone().edges(at.id);
                !edges.any(|(id, ..)| self.wanted.contains(&id) && !took(session, id))
            }
            Prompt::Need(..) | Prompt::End(..) => true,
            Prompt::Parked(_) | Prompt::HandedOver(_) | Prompt::Closed(..) => true,
        }
    }

    /// The best reply: one that takes wanted branches, else one that leads towards some, else towards an end.
    fn best(&self, session: &Session, seen: &HashSet<StepId>, explore: bool) -> Option<Turn> {
        let passed = session.passages().len();
        let replies = self.candidates.at(self.stage.alone(), &session.prompt());
        let turns = replies
            .into_iter()
            .filter_map(|reply| self.turn(session, reply, passed, seen, explore));
        turns.min_by_key(|turn| turn.rank)
    }

    fn turn(
        &self,
        session: &Session,
        reply: Reply,
        passed: usize,
        seen: &HashSet<StepId>,
        explore: bool,
    ) -> Option<Turn> {
        let mut next = session.clone();
        let given = give(&mut next, self.stage, reply)?;
        let at = next.prompt().at()?.id;
        let rank = if explore && self.takes_wanted(&next, session, passed) {
            (0, 0)
        } else if seen.contains(&at) {
            (3, self.ends.of(at))
        } else if explore && self.near.of(at) != FAR && !self.is_over(&next) {
            (1, self.near.of(at))
        } else {
            (2, self.ends.of(at))
        };
        Some(Turn {
            given,
            session: next,
            rank,
        })
    }

    /// Whether a walk has taken a wanted branch that it had not taken before.
    fn takes_wanted(&self, next: &Session, before: &Session, passed: usize) -> bool {
        let mut taken = next
            .passages_since(passed - 1)
            .filter_map(|passage| passage.edge);
        taken.any(|(_, edge)| self.wanted.contains(&edge) && !took(before, edge))
    }

    /// The reply that ends every walk.
    fn person(&self, session: &Session) -> Option<Turn> {
        let mut next = session.clone();
        let given = give(&mut next, self.stage, Reply::Person)?;
        Some(Turn {
            given,
            session: next,
            rank: (4, 0),
        })
    }
}

/// Whether a walk has taken an edge.
fn took(session: &Session, edge: EdgeId) -> bool {
    let mut edges = session.passages().filter_map(|passage| passage.edge);
    edges.any(|(_, taken)| taken == edge)
}
