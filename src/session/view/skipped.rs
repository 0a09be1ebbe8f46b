//! Remedies that a walk went past without showing them: their `when` did not hold, or their `if` was answered no. They
//! are no visits; whoever takes the case next needs to know that nobody has tried them.

use crate::condition::Value;
use crate::session::state::State;
use crate::session::trail::{Came, Part, Visit};
use crate::session::{Reply, Session};
use crate::tree::{Arm, StepId, StepKind, Tree, Try};

use super::trail::{AsTheyAre, TrailView};

impl Session {
    /// Each with the place in the trail before which it would have stood, in order.
    pub fn skipped(&self) -> Vec<(usize, TrailView)> {
        let trail = &self.state.trail;
        let mut skipped = Vec::new();
        for (at, visit) in trail.iter().enumerate() {
            let tree = self.library.tree(visit.tree);
            if let StepKind::Try(remedies) = &tree.step(visit.step).kind {
                let passed = Passed::of(&self.state, tree, remedies, at);
                let views = passed.skipped().into_iter();
                skipped.extend(views.map(|(place, step)| (place, self.unvisited(visit, step))));
            }
        }
        skipped.sort_by_key(|(place, _)| *place);
        skipped
    }

    /// A remedy as it would have been shown.
    fn unvisited(&self, attempt: &Visit, step: StepId) -> TrailView {
        let visit = Visit {
            step,
            part: Part::Step,
            came: Came::Passed,
            left: None,
            ..attempt.clone()
        };
        self.visit_view(&AsTheyAre(&self.state), &visit)
    }
}

/// What a walk did at one `try`.
struct Passed<'a> {
    tree: &'a Tree,
    remedies: &'a Try,
    /// The trail up to the `try`.
    before: &'a [Visit],
    /// The visits to its remedies and to what is asked before them, and where the first stands in the trail.
    visits: &'a [Visit],
    first: usize,
    /// Whether the walk went on after the last remedy.
    ended: bool,
}

impl<'a> Passed<'a> {
    fn of(state: &'a State, tree: &'a Tree, remedies: &'a Try, at: usize) -> Self {
        let (before, rest) = state.trail.split_at(at);
        let (attempt, rest) = rest.split_first().unzip();
        let rest = rest.unwrap_or_default();
        let count = rest
            .iter()
            .take_while(|visit| place(tree, remedies, visit.step).is_some())
            .count();
        let visits = rest.get(..count).unwrap_or_default();
        let last = visits.last().or(attempt).and_then(|visit| visit.left);
        let no =
            attempt.and_then(|attempt| tree.find_edge(attempt.step, |arm| matches!(arm, Arm::No)));
        let ended = last.zip(no).is_some_and(|((_, left), (no, ..))| left == no);
        Self {
            tree,
            remedies,
            before,
            visits,
            first: at + 1,
            ended,
        }
    }

    /// The remedies that were left out, each with its place in the trail.
    fn skipped(&self) -> Vec<(usize, StepId)> {
        let at = |visit: &Visit| place(self.tree, self.remedies, visit.step);
        let of_remedies = self.remedies.remedies.iter().enumerate();
        let skipped = of_remedies.filter_map(|(number, remedy)| {
            let was_shown = |visits: &[Visit]| visits.iter().any(|visit| visit.step == *remedy);
            if was_shown(self.visits) || was_shown(self.before) {
                return None;
            }
            let refused = self
                .visits
                .iter()
                .position(|visit| at(visit) == Some(number) && is_no(&visit.came));
            let later = || {
                self.visits
                    .iter()
                    .position(|visit| at(visit) > Some(number))
            };
            let place = match refused {
                Some(asked) => asked + 1,
                None => later().or(self.ended.then_some(self.visits.len()))?,
            };
            Some((self.first + place, *remedy))
        });
        skipped.collect()
    }
}

/// Which remedy of a `try` a step is, or is asked before.
fn place(tree: &Tree, remedies: &Try, step: StepId) -> Option<usize> {
    remedies.remedies.iter().position(|remedy| {
        let condition = match &tree.step(*remedy).kind {
            StepKind::Remedy(about) => about.condition,
            _ => None,
        };
        *remedy == step || condition == Some(step)
    })
}

const fn is_no(came: &Came) -> bool {
    matches!(
        came,
        Came::Replied {
            reply: Reply::Answer(Value::YesNo(false)),
            ..
        }
    )
}
