//! How many prompts the walk may still have before it, from where it stands, the trees that wait for a `return` included.

use crate::tree::{Arm, End, StepId, StepKind, StepsLeft};

use super::frame::Frame;
use super::trail::Part;
use super::{Session, answer};

impl Session {
    /// How many prompts have to be replied to till the end is shown, the one that stands included: see
    /// [`StepsLeft`]. At an end there is none.
    pub fn steps_left(&self) -> StepsLeft {
        let visit = self.current();
        let here = answer::Here::of(&self.library, visit);
        match (visit.part, &here.step.kind) {
            (Part::End, _) => StepsLeft::NONE,
            (Part::Need(fact), StepKind::End(end)) => self.needs_left(end, fact),
            (Part::Solved, _) => self.solved_left(visit.step),
            _ => self
                .after(visit.step)
                .map_or(StepsLeft::ONE, |rest| StepsLeft::ONE.then(rest)),
        }
    }

    /// What is left once somebody replied to the step that stands; `None` where none of its edges says.
    fn after(&self, from: StepId) -> Option<StepsLeft> {
        let tree = self.library.tree(self.tree());
        let ways = tree
            .edges(from)
            .filter(|(_, edge, _)| !matches!(edge.arm, Arm::Limit));
        let ways = ways.map(|(_, edge, to)| {
            let is_yes =
                matches!(edge.arm, Arm::Yes) && matches!(tree.step(from).kind, StepKind::Remedy(_));
            match &tree.step(to).kind {
                StepKind::End(end) if is_yes && end.is_confirmed_by_yes() => StepsLeft::NONE,
                _ => self.left_at(to),
            }
        });
        ways.reduce(StepsLeft::or)
    }

    /// At "Is the problem solved?": yes ends it.
    fn solved_left(&self, at: StepId) -> StepsLeft {
        let stuck = self.library.tree(self.tree()).stuck();
        let not_solved = self.after(at).unwrap_or_else(|| self.left_at(stuck));
        StepsLeft::ONE.then(StepsLeft::NONE.or(not_solved))
    }

    /// At a fact that is asked for before the hand-over: this one and those after it that are not known.
    fn needs_left(&self, end: &End, at: u32) -> StepsLeft {
        let End::Escalate { needs, .. } = end else {
            return StepsLeft::ONE;
        };
        let rest = needs.iter().skip_while(|need| **need != at).skip(1);
        let unknown = rest
            .filter(|need| self.state.shared(**need).is_none())
            .count();
        let left = 1 + unknown as u32;
        StepsLeft {
            fewest: left,
            most: left,
        }
    }

    /// What is left for who arrives at a step of the open tree.
    fn left_at(&self, step: StepId) -> StepsLeft {
        let library = &self.library;
        let mut frames = self.state.frames();
        let Some(mut below) = frames.next() else {
            return StepsLeft::NONE;
        };
        let mut rest = None;
        let mut is_called = false;
        let left = |frame: &Frame, step, is_called, rest| {
            if is_called {
                library.steps_left_called(frame.tree, step, rest)
            } else {
                library.steps_left(frame.tree, step)
            }
        };
        for frame in frames {
            let tree = library.tree(below.tree);
            let ways = frame.site.into_iter().flat_map(|site| tree.edges(site));
            let returns = ways.map(|(_, _, to)| left(below, to, is_called, rest));
            rest = returns.reduce(StepsLeft::or);
            is_called = true;
            below = frame;
        }
        left(below, step, is_called, rest)
    }
}
