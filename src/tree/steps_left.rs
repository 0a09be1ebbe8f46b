//! How many prompts a walk still has before it: the fewest and the most, from every step, worked out for a whole library
//! at once when first asked for, in time that grows with its steps and edges. It is no part of the canonical form: a
//! stored version gives the same numbers again.
//!
//! It looks at no condition and no fact: every edge counts as if it could be taken, a question whose shared fact may be
//! known counts as none in the fewest. Giving up is not counted (what leads to `stuck` by default: "let me talk to
//! somebody"), nor is going round a loop: in the most, each step of a loop counts once. Where a tree leaves for another for good, the most goes
//! on with the other's fewest: trees that lead to one another would otherwise all be as long as all of them together,
//! which tells nobody anything.

mod bounds;
mod ways;

use std::sync::OnceLock;

use serde::Serialize;
use utoipa::ToSchema;

use super::{Library, StepId, TreeId};

use bounds::{Bounds, bounds};
use ways::{Costs, Mode, Ways};

/// How many prompts have to be replied to before the end is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct StepsLeft {
    /// On the shortest way.
    pub fewest: u32,
    /// On the longest way that goes round no loop; of a tree for which it leaves for good, the shortest way.
    pub most: u32,
}

/// The numbers for every step of a library, filled when they are first asked for.
#[derive(Debug, Default)]
pub struct Outlook(OnceLock<Numbers>);

/// For every step: arriving there, its own prompt included. `None` where there is no such way.
#[derive(Debug)]
struct Numbers {
    /// Where each tree's steps begin in the lists.
    offsets: Vec<usize>,
    /// To a `return` of the step's tree.
    to_return: Vec<Option<StepsLeft>>,
    /// To an end in a tree that nobody called.
    alone: Vec<Option<StepsLeft>>,
    /// To an end that is no `return`, in a tree that was called.
    called: Vec<Option<StepsLeft>>,
}

impl StepsLeft {
    /// No prompt.
    pub const NONE: Self = Self { fewest: 0, most: 0 };
    /// One prompt.
    pub const ONE: Self = Self { fewest: 1, most: 1 };
    /// More than this is not told apart: a trail holds no more.
    const LIMIT: u32 = 10_000;

    /// One way and then another.
    #[must_use]
    pub fn then(self, next: Self) -> Self {
        Self {
            fewest: (self.fewest.saturating_add(next.fewest)).min(Self::LIMIT),
            most: (self.most.saturating_add(next.most)).min(Self::LIMIT),
        }
    }

    /// One way or another.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            fewest: self.fewest.min(other.fewest),
            most: self.most.max(other.most),
        }
    }
}

/// One way or another, where there are any.
fn either(one: Option<StepsLeft>, other: Option<StepsLeft>) -> Option<StepsLeft> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.or(other)),
        (one, other) => one.or(other),
    }
}

impl Library {
    /// Prompts till an end for who arrives at that step, in a tree that nobody called.
    pub fn steps_left(&self, tree: TreeId, step: StepId) -> StepsLeft {
        let numbers = self.numbers();
        // A checked tree has a way to an end from everywhere.
        numbers
            .at(&numbers.alone, tree, step)
            .unwrap_or(StepsLeft::NONE)
    }

    /// As [`Library::steps_left`] for a step in a tree that was called; `after` is what is left once it returned.
    pub fn steps_left_called(
        &self,
        tree: TreeId,
        step: StepId,
        after: Option<StepsLeft>,
    ) -> StepsLeft {
        let numbers = self.numbers();
        let returned = numbers.at(&numbers.to_return, tree, step);
        let back = returned.zip(after).map(|(way, rest)| way.then(rest));
        let here = numbers.at(&numbers.called, tree, step);
        either(here, back).unwrap_or(StepsLeft::NONE)
    }

    fn numbers(&self) -> &Numbers {
        self.outlook.0.get_or_init(|| Numbers::of(self))
    }
}

impl Numbers {
    fn at(&self, list: &[Option<StepsLeft>], tree: TreeId, step: StepId) -> Option<StepsLeft> {
        let at = self.offsets.get(tree.0 as usize)? + step.index();
        list.get(at).copied().flatten()
    }

    fn of(library: &Library) -> Self {
        let mut offsets = Vec::with_capacity(library.trees.len());
        let mut count = 0;
        for tree in &library.trees {
            offsets.push(count);
            count += tree.len();
        }
        let mut numbers = Self {
            offsets,
            to_return: vec![None; count],
            alone: Vec::new(),
            called: Vec::new(),
        };
        for tree in ways::called_first(library) {
            numbers.fill_returns(library, tree);
        }
        let mut ways = Ways::new(2 * count);
        for (at, tree) in library.trees.iter().enumerate() {
            let id = TreeId(at as u32);
            for (mode, shift) in [(Mode::Alone, 0), (Mode::Called, count)] {
                numbers
                    .costs(library, shift, count)
                    .add(&mut ways, tree, id, mode);
            }
        }
        let Bounds(mut all) = bounds(&ways);
        numbers.called = all.split_off(count);
        numbers.alone = all;
        numbers
    }

    /// Fills in the ways to a `return` of one tree; those of the trees that it calls are known.
    fn fill_returns(&mut self, library: &Library, id: TreeId) {
        let tree = library.tree(id);
        let Some(offset) = self.offsets.get(id.0 as usize).copied() else {
            return;
        };
        if !ways::returns(tree) {
            return;
        }
        let mut ways = Ways::new(tree.len());
        self.costs(library, 0, 0).add_returns(&mut ways, tree);
        let Bounds(found) = bounds(&ways);
        for (place, found) in self.to_return.iter_mut().skip(offset).zip(found) {
            *place = found;
        }
    }

    const fn costs<'n>(&'n self, library: &'n Library, shift: usize, count: usize) -> Costs<'n> {
        Costs {
            library,
            numbers: self,
            shift,
            count,
        }
    }
}
