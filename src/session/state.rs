//! The state of a walk, and the few ways to change it: each leaves what takes it back in the undo log, so that going back
//! over any number of prompts costs what the way there did, and gives exactly what was.

use std::collections::BTreeMap;
use std::mem;

use crate::tree::{StepId, TreeId};

use super::Phase;
use super::aside::Aside;
use super::back::DoneBefore;
use super::frame::{Frame, Mark};
use super::known::{Slot, Talk};
use super::trail::{Came, Part, Visit};

/// How many visits a trail holds; then the walk goes to `stuck`.
pub(super) const TRAIL_LIMIT: usize = 10_000;

/// State of a walk; see the module's page. The library is not part of it.
#[derive(Debug, Clone)]
pub(super) struct State {
    /// Open trees below the top one.
    below: Vec<Frame>,
    top: Frame,
    shared: Vec<Option<Slot>>,
    pub(super) talk: Talk,
    pub(super) trail: Vec<Visit>,
    undo: Vec<Undo>,
    /// The number of the event that is being applied.
    pub(super) now: u64,
    pub(super) aside: Aside,
    /// What was done and then set aside, by the number of the event that said so.
    pub(super) done_before: BTreeMap<u64, DoneBefore>,
    pub(super) phase: Phase,
}

/// What takes a change back.
#[derive(Debug, Clone)]
enum Undo {
    Shared(u32, Option<Slot>),
    Fact(u32, Option<Slot>),
    Mark(u32, Option<Mark>),
    /// A tree was called: close it.
    Called,
    /// A tree returned: open it again.
    Returned(Box<Frame>),
    /// The stack was left: the open trees were these, the top one last.
    Left(Vec<Frame>),
}

impl State {
    pub(super) fn new(tree: TreeId, shared: Vec<Option<Slot>>, talk: Talk) -> Self {
        Self {
            below: Vec::new(),
            top: Frame::new(tree, None, 0),
            shared,
            talk,
            trail: Vec::new(),
            undo: Vec::new(),
            now: 1,
            aside: Aside::default(),
            done_before: BTreeMap::new(),
            phase: Phase::Walking,
        }
    }

    /// The open tree in which the walk stands.
    pub(super) const fn top(&self) -> &Frame {
        &self.top
    }

    /// All open trees, the outermost first.
    pub(super) fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.below.iter().chain(std::iter::once(&self.top))
    }

    /// Whether another tree waits for this one to return.
    pub(super) fn is_called(&self) -> bool {
        !self.below.is_empty()
    }

    /// A shared fact, by the place of its declaration.
    pub(super) fn shared(&self, fact: u32) -> Option<&Slot> {
        self.shared.get(fact as usize)?.as_ref()
    }

    /// All shared facts, in the order of their declarations.
    pub(super) fn all_shared(&self) -> &[Option<Slot>] {
        &self.shared
    }

    pub(super) fn set_shared(&mut self, fact: u32, slot: Option<Slot>) {
        if let Some(place) = self.shared.get_mut(fact as usize) {
            self.undo
                .push(Undo::Shared(fact, mem::replace(place, slot)));
        }
    }

    /// Gives a shared fact a value that was there from the start: only before the first visit, not to be undone.
    pub(super) fn prefill(&mut self, fact: u32, slot: Slot) {
        if let Some(place) = self.shared.get_mut(fact as usize) {
            *place = Some(slot);
        }
    }

    pub(super) fn set_fact(&mut self, step: u32, slot: Option<Slot>) {
        let old = match slot {
            Some(slot) => self.top.facts.insert(step, slot),
            None => self.top.facts.remove(&step),
        };
        self.undo.push(Undo::Fact(step, old));
    }

    pub(super) fn set_mark(&mut self, step: StepId, mark: Mark) {
        let step = step.index() as u32;
        let old = self.top.marks.insert(step, mark);
        self.undo.push(Undo::Mark(step, old));
    }

    /// Opens a called tree.
    pub(super) fn call(&mut self, tree: TreeId, site: StepId) {
        let caller = mem::replace(
            &mut self.top,
            Frame::new(tree, Some(site), self.trail.len()),
        );
        self.below.push(caller);
        self.undo.push(Undo::Called);
    }

    /// Closes a called tree; gives the `call` that it returns to, or `None` (and does nothing) where nobody called.
    pub(super) fn come_back(&mut self) -> Option<StepId> {
        let caller = self.below.pop()?;
        let closed = mem::replace(&mut self.top, caller);
        let site = closed.site;
        self.undo.push(Undo::Returned(Box::new(closed)));
        site
    }

    /// Closes all open trees and opens another.
    pub(super) fn leave(&mut self, tree: TreeId) {
        let mut left = mem::take(&mut self.below);
        left.push(mem::replace(
            &mut self.top,
            Frame::new(tree, None, self.trail.len()),
        ));
        self.undo.push(Undo::Left(left));
    }

    /// Adds a visit of the top tree to the trail.
    pub(super) fn visit(&mut self, step: StepId, part: Part, came: Came) {
        let (tree, undo) = (self.top.tree, self.undo.len());
        self.trail.push(Visit {
            tree,
            step,
            part,
            seq: self.now,
            came,
            undo,
            left: None,
        });
    }

    /// Takes back everything since the last visit came up, and makes it an open prompt again. Gives what had come of it.
    pub(super) fn reopen_last(&mut self) -> Option<Came> {
        let visit = self.trail.last_mut()?;
        let open = match visit.came {
            Came::Ended { confirmed } => Came::Ended { confirmed },
            _ => Came::Open,
        };
        let came = mem::replace(&mut visit.came, open);
        visit.left = None;
        let undo = visit.undo;
        self.rewind(undo);
        Some(came)
    }

    /// From now on, going back to the last visit goes back to what is now.
    pub(super) fn keep_for_last(&mut self) {
        let undo = self.undo.len();
        if let Some(visit) = self.trail.last_mut() {
            visit.undo = undo;
        }
    }

    /// The place in the trail of the visit before which a shared fact was set last.
    pub(super) fn set_before(&self, fact: u32) -> Option<usize> {
        let sets = |undo: &Undo| matches!(undo, Undo::Shared(set, _) if *set == fact);
        let set = self.undo.iter().rposition(sets)?;
        self.trail.iter().position(|visit| visit.undo > set)
    }

    /// Takes back everything since the start: the walk stands nowhere.
    pub(super) fn rewind_to_start(&mut self) {
        self.trail.clear();
        self.rewind(0);
    }

    fn rewind(&mut self, to: usize) {
        while self.undo.len() > to {
            let Some(undo) = self.undo.pop() else { return };
            self.take_back(undo);
        }
    }

    fn take_back(&mut self, undo: Undo) {
        match undo {
            Undo::Shared(fact, old) => {
                if let Some(place) = self.shared.get_mut(fact as usize) {
                    *place = old;
                }
            }
            Undo::Fact(step, old) => put_back(&mut self.top.facts, step, old),
            Undo::Mark(step, old) => put_back(&mut self.top.marks, step, old),
            Undo::Called => {
                if let Some(caller) = self.below.pop() {
                    self.top = caller;
                }
            }
            Undo::Returned(closed) => {
                let caller = mem::replace(&mut self.top, *closed);
                self.below.push(caller);
            }
            Undo::Left(mut left) => {
                if let Some(top) = left.pop() {
                    self.top = top;
                    self.below = left;
                }
            }
        }
    }

    /// Whether two states are the same: stack, step, facts and trail, not times and replies set aside.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let like = |(left, right): (&Visit, &Visit)| left.is_like(right);
        self.top == other.top
            && self.below == other.below
            && self.shared == other.shared
            && self.talk == other.talk
            && self.trail.len() == other.trail.len()
            && self.trail.iter().zip(&other.trail).all(like)
    }
}

fn put_back<T>(map: &mut BTreeMap<u32, T>, key: u32, old: Option<T>) {
    match old {
        Some(old) => map.insert(key, old),
        None => map.remove(&key),
    };
}
