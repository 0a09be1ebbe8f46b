//! Where the walk goes: arriving at a step, passing what is silent, stopping at the next prompt. There is no recursion:
//! a chain of silent steps is a loop here, and the limit of the trail ends it.

use crate::condition::{FactRef, Value};
use crate::tree::{Arm, Audience, End, Library, Question, Step, StepId, StepKind, Tree, Try};

use super::Source;
use super::edges::{self, Found};
use super::known::Slot;
use super::state::{State, TRAIL_LIMIT};
use super::trail::{Came, Part};

impl State {
    /// Goes to a step and on through everything silent to the next prompt. `confirmed`: a person said yes to a check
    /// that leads straight to this step.
    pub(super) fn arrive(&mut self, library: &Library, step: StepId, confirmed: bool) {
        let (mut at, mut confirmed) = (step, confirmed);
        while let Some(next) = self.pass(library, at, confirmed) {
            (at, confirmed) = (next, false);
        }
    }

    /// One arrival: where to go on from there, or `None` where the walk stops with a prompt.
    fn pass(&mut self, library: &Library, at: StepId, confirmed: bool) -> Option<StepId> {
        let tree = library.tree(self.top().tree);
        let step = tree.step(at);
        if at != tree.stuck() {
            if self.trail.len() + 1 >= TRAIL_LIMIT {
                return Some(tree.stuck());
            }
            if self.uses_up_limit(at, step) {
                self.visit(at, Part::Step, Came::Limited);
                return Some(self.follow(tree, at, |arm| matches!(arm, Arm::Limit)));
            }
        }
        match &step.kind {
            StepKind::Branch => {
                self.visit(at, Part::Step, Came::Passed);
                Some(self.follow_next(tree, at))
            }
            StepKind::Call(call) => {
                self.visit(at, Part::Step, Came::Passed);
                if self.is_kept_from(library.tree(call.tree)) {
                    return Some(tree.stuck());
                }
                self.call(call.tree, at);
                Some(library.tree(call.tree).start())
            }
            StepKind::Leave(target) => {
                self.visit(at, Part::Step, Came::Passed);
                if self.is_kept_from(library.tree(*target)) {
                    return Some(tree.stuck());
                }
                self.leave(*target);
                Some(library.tree(*target).start())
            }
            StepKind::Try(remedies) => {
                self.visit(at, Part::Step, Came::Passed);
                Some(self.next_remedy(tree, at, remedies, None))
            }
            StepKind::Question(question) => self.pass_question(tree, at, step, question),
            StepKind::Instruction | StepKind::Remedy(_) => {
                self.visit(at, Part::Step, Came::Open);
                None
            }
            StepKind::End(end) => self.pass_end(library, at, end, confirmed),
        }
    }

    /// Counts an arrival; whether there have been more than the step's limit allows.
    fn uses_up_limit(&mut self, at: StepId, step: &Step) -> bool {
        let Some(limit) = step.limit else {
            return false;
        };
        let mut mark = self.top().mark(at);
        mark.arrivals = mark.arrivals.saturating_add(1);
        self.set_mark(at, mark);
        mark.arrivals > limit
    }

    /// Whether the tree is for agents, and a customer walks. The compiler proves that no edge leads there.
    pub(super) fn is_kept_from(&self, tree: &Tree) -> bool {
        tree.about.audience == Some(Audience::Agent) && self.talk.audience() == Audience::Customer
    }

    /// Takes the first edge out of a step whose arm fits: applies what it sets and gives where it leads; `stuck` where
    /// there is none.
    pub(super) fn follow(
        &mut self,
        tree: &Tree,
        from: StepId,
        fits: impl FnMut(&Arm) -> bool,
    ) -> StepId {
        match tree.find_edge(from, fits) {
            Some(found) => self.take(found),
            None => tree.stuck(),
        }
    }

    /// Takes the first `next` edge whose condition holds.
    pub(super) fn follow_next(&mut self, tree: &Tree, from: StepId) -> StepId {
        match edges::next(tree, from, self) {
            Some(found) => self.take(found),
            None => tree.stuck(),
        }
    }

    /// Takes an edge: notes it, applies what it sets and gives where it leads.
    pub(super) fn take(&mut self, (id, edge, to): Found<'_>) -> StepId {
        let tree = self.top().tree;
        if let Some(visit) = self.trail.last_mut() {
            visit.left = Some((tree, id));
        }
        if let Some(words) = &edge.words {
            let by = self.trail.len().checked_sub(1).map(|at| at as u32);
            for (fact, value) in &words.set {
                self.set_shared(
                    *fact,
                    Some(Slot {
                        value: value.clone(),
                        source: Source::Set,
                        by,
                    }),
                );
            }
        }
        to
    }

    /// The first node of the next remedy of a `try` that is not left out, or where the `try` leads after the last.
    pub(super) fn next_remedy(
        &mut self,
        tree: &Tree,
        at: StepId,
        remedies: &Try,
        after: Option<StepId>,
    ) -> StepId {
        let done =
            after.and_then(|after| remedies.remedies.iter().position(|remedy| *remedy == after));
        let rest = remedies
            .remedies
            .iter()
            .skip(done.map_or(0, |done| done + 1));
        for remedy in rest {
            let StepKind::Remedy(about) = &tree.step(*remedy).kind else {
                continue;
            };
            let answered = self.top().mark(*remedy).answered;
            if !answered && about.when.as_ref().is_none_or(|when| when.holds(self)) {
                return about.condition.unwrap_or(*remedy);
            }
        }
        self.follow(tree, at, |arm| matches!(arm, Arm::No))
    }

    /// Passes a known question silently, or asks.
    fn pass_question(
        &mut self,
        tree: &Tree,
        at: StepId,
        step: &Step,
        question: &Question,
    ) -> Option<StepId> {
        if let FactRef::Shared(fact) = question.fact
            && let Some(Slot { value, source, .. }) = self.shared(fact)
            && !step.must_be_shown()
            && !self.top().mark(at).answered
        {
            let (value, source) = (value.clone(), *source);
            let next = self.pass_known(tree, at, question, &value);
            self.visit(at, Part::Step, Came::Known { value, source });
            self.mark_answered(at);
            return Some(next.map_or(tree.stuck(), |found| self.take(found)));
        }
        self.visit(at, Part::Step, Came::Open);
        None
    }

    /// The edge that a known value takes.
    fn pass_known<'t>(
        &self,
        tree: &'t Tree,
        at: StepId,
        question: &Question,
        value: &Value,
    ) -> Option<Found<'t>> {
        edges::answer(tree, at, &question.kind, value).or_else(|| edges::next(tree, at, self))
    }

    /// Remembers that a step was answered, or passed, since its tree was entered.
    pub(super) fn mark_answered(&mut self, at: StepId) {
        let mut mark = self.top().mark(at);
        if !mark.answered {
            mark.answered = true;
            self.set_mark(at, mark);
        }
    }

    fn pass_end(
        &mut self,
        library: &Library,
        at: StepId,
        end: &End,
        confirmed: bool,
    ) -> Option<StepId> {
        match end {
            End::Return { value } if self.is_called() => {
                self.visit(at, Part::Step, Came::Passed);
                Some(self.return_value(library, value))
            }
            End::Fix { .. } if confirmed => {
                self.visit(at, Part::End, Came::Ended { confirmed });
                None
            }
            // A yes that leads to a `return` confirms nothing: it may have been about a part of the problem.
            End::Return { .. } | End::Fix { .. } => {
                self.visit(at, Part::Solved, Came::Open);
                None
            }
            End::Escalate { needs, .. } => {
                self.next_need(at, needs, None);
                None
            }
            End::Information { .. } => {
                self.visit(at, Part::End, Came::Ended { confirmed: false });
                None
            }
        }
    }

    /// Closes the called tree and takes the edge of the value in the calling one.
    fn return_value(&mut self, library: &Library, value: &str) -> StepId {
        let site = self.come_back();
        let tree = library.tree(self.top().tree);
        let Some(site) = site else {
            return tree.stuck();
        };
        let returned = match &tree.step(site).kind {
            StepKind::Call(call) => call.returns.iter().position(|named| **named == *value),
            _ => None,
        };
        match returned {
            Some(place) => self.follow(
                tree,
                site,
                |arm| matches!(arm, Arm::Return(at) if *at as usize == place),
            ),
            None => self.follow_next(tree, site),
        }
    }

    /// Asks for the next fact that an escalation needs and that is not known, after the one given; shows the end where
    /// nothing is left to ask.
    pub(super) fn next_need(&mut self, at: StepId, needs: &[u32], after: Option<u32>) {
        let done = after.and_then(|after| needs.iter().position(|need| *need == after));
        let mut rest = needs.iter().skip(done.map_or(0, |done| done + 1));
        match rest.find(|need| self.shared(**need).is_none()) {
            Some(need) => self.visit(at, Part::Need(*need), Came::Open),
            None => self.visit(at, Part::End, Came::Ended { confirmed: false }),
        }
    }
}
