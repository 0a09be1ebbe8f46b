//! Going back: to an earlier prompt, across calls and trees. The replies from there on are set aside.

use crate::condition::{FactRef, Facts, Value};
use crate::tree::{Library, StepId, StepKind, TreeId};

use super::answer::Here;
use super::aside::SetAside;
use super::state::State;
use super::trail::{Came, Part, Visit};
use super::{Reply, uses};

/// A remedy or an instruction that was carried out before somebody went back.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DoneBefore {
    /// The visit, with its reply.
    pub(super) visit: Visit,
    /// The facts that the step's texts use, as they were.
    pub(super) uses: Vec<(FactRef, Option<Value>)>,
}

impl State {
    /// The place in the trail of the prompt that came up by an event.
    pub(super) fn find_prompt(&self, seq: u64) -> Option<usize> {
        self.trail
            .iter()
            .rposition(|visit| visit.seq == seq && visit.is_prompt())
    }

    /// Takes the walk back to the prompt at a place of the trail, which stands open again. The replies after it are set
    /// aside; its own comes back.
    pub(super) fn take_back_to(
        &mut self,
        library: &Library,
        place: usize,
        by_change: bool,
    ) -> Option<SetAside> {
        while self.trail.len() > place + 1 {
            self.set_last_aside(library, by_change);
            self.trail.pop();
        }
        self.reopen(library, by_change)
    }

    /// Takes the whole walk back: it stands nowhere.
    pub(super) fn take_back_all(&mut self, library: &Library, by_change: bool) {
        while !self.trail.is_empty() {
            self.set_last_aside(library, by_change);
            self.trail.pop();
        }
        self.rewind_to_start();
    }

    fn set_last_aside(&mut self, library: &Library, by_change: bool) {
        let Some(visit) = self.trail.last() else {
            return;
        };
        let (tree, step, part) = (visit.tree, visit.step, visit.part);
        if visit.is_prompt()
            && let Some(reply) = self.reopen(library, by_change)
        {
            self.keep_what_was_done(library, tree, step, part, &reply);
            self.aside.put((tree, step, part), reply);
        }
    }

    /// Makes the last visit an open prompt again; gives the reply that it had.
    fn reopen(&mut self, library: &Library, by_change: bool) -> Option<SetAside> {
        let visit = self.trail.last()?;
        let shown = visit.seq;
        let here = Here::of(library, visit);
        let Some(Came::Replied {
            reply,
            source,
            given,
        }) = self.reopen_last()
        else {
            return None;
        };
        let used = uses::of(here)
            .into_iter()
            .map(|fact| (fact, self.value(fact).cloned()));
        Some(SetAside {
            reply,
            source,
            given,
            shown,
            uses: used.collect(),
            by_change,
        })
    }

    /// What was done stays done: it is kept for the hand-over note.
    fn keep_what_was_done(
        &mut self,
        library: &Library,
        tree: TreeId,
        step: StepId,
        part: Part,
        reply: &SetAside,
    ) {
        let says_to_do = matches!(
            library.tree(tree).step(step).kind,
            StepKind::Remedy(_) | StepKind::Instruction
        );
        let was_done = matches!(reply.reply, Reply::Done | Reply::Answer(_));
        if part == Part::Step && says_to_do && was_done {
            let SetAside {
                reply,
                source,
                given,
                shown,
                uses,
                by_change: _,
            } = reply.clone();
            let came = Came::Replied {
                reply,
                source,
                given,
            };
            let visit = Visit {
                tree,
                step,
                part,
                seq: shown,
                came,
                undo: 0,
                left: None,
            };
            self.done_before.insert(given, DoneBefore { visit, uses });
        }
    }

    /// Goes back to the prompt at a place of the trail; its own reply is set aside too.
    pub(super) fn go_back(&mut self, library: &Library, place: usize, by_change: bool) {
        let own = self.take_back_to(library, place, by_change);
        let Some(Visit {
            tree, step, part, ..
        }) = self.trail.last()
        else {
            return;
        };
        let (tree, step, part) = (*tree, *step, *part);
        if let Some(own) = own {
            self.keep_what_was_done(library, tree, step, part, &own);
            self.aside.put((tree, step, part), own);
        }
    }
}
