//! What walks can come to: each step first by a shortest way, then steps again with other facts known, until every
//! wanted branch was taken once or the budget is used up.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, HashSet};

use crate::session::{Prompt, Reply, Session, Source, Started};
use crate::tree::{EdgeId, StepId};

use super::super::stage::Stage;
use super::Given;
use super::candidates::Candidates;
use super::relevant::Relevant;
use super::starts;

/// How much work one exploration may do, in replies given.
const BUDGET: u64 = 3_000_000;

/// How many walks are kept as they stand; the others are walked again when their turn comes.
const KEPT: usize = 512;

/// A place to which a walk can come.
#[derive(Debug)]
struct Place {
    /// The place before, and the reply that led here; none at a start.
    from: Option<(u32, Given)>,
    start: u32,
    depth: u32,
}

/// What was found.
#[derive(Debug)]
pub(super) struct Exploration<'e> {
    pub(super) stage: &'e Stage<'e>,
    pub(super) candidates: &'e Candidates<'e>,
    relevant: Relevant,
    starts: Vec<Started>,
    places: Vec<Place>,
    kept: HashMap<u32, Box<Session>>,
    marks: HashSet<u64>,
    /// How often each step was come to.
    arrivals: HashMap<StepId, u32>,
    /// Steps come to seldom first, then near ones, then those found first.
    queue: BinaryHeap<Reverse<(u32, u32, u32)>>,
    wanted: HashSet<EdgeId>,
    /// The place behind each wanted branch that a walk takes.
    found: HashMap<EdgeId, u32>,
    spent: u64,
    exhausted: bool,
}

impl<'e> Exploration<'e> {
    pub(super) fn new(
        stage: &'e Stage<'e>,
        candidates: &'e Candidates<'e>,
        wanted: impl Iterator<Item = EdgeId>,
    ) -> Self {
        Self {
            stage,
            candidates,
            relevant: Relevant::of(stage.alone(), candidates.read()),
            starts: Vec::new(),
            places: Vec::new(),
            kept: HashMap::new(),
            marks: HashSet::new(),
            arrivals: HashMap::new(),
            queue: BinaryHeap::new(),
            wanted: wanted.collect(),
            found: HashMap::new(),
            spent: 0,
            exhausted: true,
        }
    }

    /// Looks for every wanted branch.
    pub(super) fn explore(&mut self) {
        let (stage, candidates) = (self.stage, self.candidates);
        let today = stage.now().day();
        self.explore_from(vec![starts::plain(stage)], BUDGET / 2);
        if !self.is_done() {
            self.explore_from(starts::single(stage, candidates, today), BUDGET * 3 / 4);
        }
        if !self.is_done() {
            self.explore_from(starts::deciding(stage, candidates), BUDGET);
        }
    }

    fn explore_from(&mut self, starts: Vec<Started>, budget: u64) {
        self.queue.clear();
        for start in starts {
            self.begin(start);
        }
        while let Some(Reverse((.., place))) = self.queue.pop() {
            if self.is_done() {
                return;
            }
            if self.spent > budget {
                self.exhausted = false;
                return;
            }
            self.expand(place);
        }
    }

    /// Whether every wanted branch was found.
    fn is_done(&self) -> bool {
        self.found.len() == self.wanted.len()
    }

    /// Whether a walk takes the branch.
    pub(super) fn found(&self, edge: EdgeId) -> bool {
        self.found.contains_key(&edge)
    }

    /// Whether nothing was left out for want of budget.
    pub(super) const fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// The branches that were found, with how many replies it takes to come behind them.
    pub(super) fn branches(&self) -> impl Iterator<Item = (EdgeId, u32)> {
        let depth = |place: u32| {
            self.places
                .get(place as usize)
                .map_or(0, |place| place.depth)
        };
        self.found
            .iter()
            .map(move |(edge, place)| (*edge, depth(*place)))
    }

    /// The start and the replies of the walk that takes a branch.
    pub(super) fn walk_to(&self, edge: EdgeId) -> Option<(Started, Vec<Given>)> {
        let place = *self.found.get(&edge)?;
        self.way_to(place)
    }

    fn way_to(&self, place: u32) -> Option<(Started, Vec<Given>)> {
        let mut replies = Vec::new();
        let mut at = self.places.get(place as usize)?;
        let start = self.starts.get(at.start as usize)?;
        while let Some((before, given)) = &at.from {
            replies.push(given.clone());
            at = self.places.get(*before as usize)?;
        }
        replies.reverse();
        Some((start.clone(), replies))
    }

    fn begin(&mut self, start: Started) {
        let Ok(session) = self.stage.start(start.clone()) else {
            return;
        };
        self.spent += 1;
        self.starts.push(start);
        let start = self.starts.len() as u32 - 1;
        let place = Place {
            from: None,
            start,
            depth: 0,
        };
        self.come_to(place, session, 0);
    }

    /// Tries every reply at a place.
    fn expand(&mut self, at: u32) {
        let Some(session) = self.session_at(at) else {
            return;
        };
        let Some((start, depth)) = self
            .places
            .get(at as usize)
            .map(|place| (place.start, place.depth))
        else {
            return;
        };
        let passed = session.passages().len();
        for reply in self.candidates.at(self.stage.alone(), &session.prompt()) {
            let mut next = session.clone();
            self.spent += 2 + passed as u64 / 16;
            let Some(given) = give(&mut next, self.stage, reply) else {
                continue;
            };
            let place = Place {
                from: Some((at, given)),
                start,
                depth: depth + 1,
            };
            self.come_to(place, next, passed - 1);
        }
    }

    /// Notes what a walk took since `passed`, and where it stands.
    fn come_to(&mut self, place: Place, session: Session, passed: usize) {
        let id = self.places.len() as u32;
        let taken: Vec<EdgeId> = session
            .passages_since(passed)
            .filter_map(|passage| passage.edge)
            .map(|(_, edge)| edge)
            .filter(|edge| self.wanted.contains(edge) && !self.found.contains_key(edge))
            .collect();
        let fresh = self.stand(&session);
        if taken.is_empty() && fresh.is_none() {
            return;
        }
        for edge in taken {
            self.found.entry(edge).or_insert(id);
        }
        let depth = place.depth;
        self.places.push(place);
        if let Some(times) = fresh {
            self.queue.push(Reverse((times, depth, id)));
            if self.kept.len() < KEPT {
                self.kept.insert(id, Box::new(session));
            }
        }
    }

    /// How often walks came to this step before, if the walk goes on from here in a new way.
    fn stand(&mut self, session: &Session) -> Option<u32> {
        let prompt = session.prompt();
        let part = match prompt {
            Prompt::Question(..) | Prompt::Instruction(_) | Prompt::Remedy(..) => "step",
            Prompt::Solved(..) => "solved",
            Prompt::Need(..) | Prompt::End(..) => return None,
            Prompt::Parked(_) | Prompt::HandedOver(_) | Prompt::Closed(..) => return None,
        };
        let at = prompt.at()?.id;
        if !self.marks.insert(self.relevant.mark(session, at, part)) {
            return None;
        }
        let times = self.arrivals.entry(at).or_insert(0);
        *times += 1;
        Some(*times - 1)
    }

    /// The walk at a place: as it was kept, or walked again.
    fn session_at(&mut self, at: u32) -> Option<Session> {
        if let Some(session) = self.kept.remove(&at) {
            return Some(*session);
        }
        let (start, replies) = self.way_to(at)?;
        self.spent += replies.len() as u64;
        walked(self.stage, &start, &replies)
    }
}

/// A walk from its start and its replies.
pub(super) fn walked(stage: &Stage<'_>, start: &Started, replies: &[Given]) -> Option<Session> {
    let mut session = stage.start(start.clone()).ok()?;
    for given in replies {
        give(&mut session, stage, given.reply.clone())?;
    }
    Some(session)
}

/// Gives a reply; `None` where it is not taken.
pub(super) fn give(session: &mut Session, stage: &Stage<'_>, reply: Reply) -> Option<Given> {
    let prompt = session.prompt();
    let at = prompt.at()?;
    let (seq, step) = (at.seq, at.name().into_owned());
    let given = Given { step, reply };
    let now = stage.now();
    session
        .reply(seq, &given.step, given.reply.clone(), Source::Asked, now)
        .ok()?;
    Some(given)
}
