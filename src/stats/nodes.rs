//! The steps that a store names, numbered for one counting: what is asked at an end counts with the end.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::tree::{Library, StepKind};

use super::Place;

/// A step, within one counting.
pub type NodeId = u32;

/// All steps that are counted.
#[derive(Debug, Default)]
pub struct Nodes {
    /// The store's numbers of places, sorted, each with its step.
    numbers: Vec<(i64, NodeId)>,
    steps: Vec<Place>,
    /// The tree of each step, by its place in `trees`.
    tree_of: Vec<u32>,
    trees: Vec<Arc<str>>,
    /// The steps that call another tree.
    calls: HashSet<NodeId>,
}

impl Nodes {
    /// The steps of those places, which have numbers in the store; where a name can be read in two ways, the library
    /// says which.
    pub fn new(places: impl IntoIterator<Item = (i64, Place)>, library: &Library) -> Self {
        let mut nodes = Self::default();
        let mut known: HashMap<Place, NodeId> = HashMap::new();
        let mut trees: HashMap<Arc<str>, u32> = HashMap::new();
        for (number, place) in places {
            let step = Place {
                step: step_of(&place, library).into(),
                ..place
            };
            let node = *known.entry(step).or_insert_with_key(|step| {
                let tree = *trees
                    .entry(Arc::clone(&step.tree))
                    .or_insert_with_key(|name| {
                        nodes.trees.push(Arc::clone(name));
                        nodes.trees.len() as u32 - 1
                    });
                nodes.tree_of.push(tree);
                nodes.steps.push(step.clone());
                let node = nodes.steps.len() as NodeId - 1;
                if is_call(step, library) {
                    nodes.calls.insert(node);
                }
                node
            });
            nodes.numbers.push((number, node));
        }
        nodes.numbers.sort_unstable();
        nodes
    }

    /// The step of a place, by the place's number in the store.
    pub fn of(&self, number: i64) -> Option<NodeId> {
        // Nearly always they are numbered from 1 without a gap.
        let near = usize::try_from(number.wrapping_sub(1)).unwrap_or(usize::MAX);
        if let Some((found, node)) = self.numbers.get(near)
            && *found == number
        {
            return Some(*node);
        }
        let at = self
            .numbers
            .binary_search_by_key(&number, |(number, _)| *number);
        let (_, node) = self.numbers.get(at.ok()?)?;
        Some(*node)
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.steps.len()
    }

    /// Whether nothing is counted.
    pub const fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The trees that they are in.
    pub fn trees(&self) -> &[Arc<str>] {
        &self.trees
    }

    /// The tree of a step, by its place in [`Nodes::trees`].
    pub fn tree_of(&self, node: NodeId) -> Option<usize> {
        Some(*self.tree_of.get(node as usize)? as usize)
    }

    /// Whether a step calls another tree, in the library of today.
    pub fn is_call(&self, node: NodeId) -> bool {
        self.calls.contains(&node)
    }

    /// A step's names.
    pub fn step(&self, node: NodeId) -> Option<&Place> {
        self.steps.get(node as usize)
    }
}

fn is_call(place: &Place, library: &Library) -> bool {
    let step = || {
        let tree = library.tree(library.find(&place.tree)?);
        Some(matches!(
            tree.step(tree.find(&place.step)?).kind,
            StepKind::Call(_)
        ))
    };
    step().unwrap_or(false)
}

/// The step to which a prompt belongs: `END.needs.FACT` and `END.solved` are asked at an end.
fn step_of<'p>(place: &'p Place, library: &Library) -> &'p str {
    let tree = library.find(&place.tree).map(|tree| library.tree(tree));
    let is_step = |name: &str| tree.is_some_and(|tree| tree.find(name).is_some());
    let name = &*place.step;
    if is_step(name) {
        return name;
    }
    if let Some((end, fact)) = name.rsplit_once(".needs.")
        && !fact.contains('.')
    {
        return end;
    }
    match name.strip_suffix(".solved") {
        // Else the end of an answer whose key is "solved".
        Some(end) if is_step(end) || !end.ends_with(".answers") => end,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Library, Nodes, Place};

    #[test]
    fn what_is_asked_at_an_end_belongs_to_it() {
        let names = [
            "done",
            "done.solved",
            "outage.needs.customer_number",
            "outage",
            "scope.answers.solved",
            "scope.answers.solved.solved",
        ];
        let place = |step: &str| Place {
            tree: Arc::from("t"),
            step: Arc::from(step),
        };
        // With a gap, as PostgreSQL may leave one.
        let numbered = names
            .iter()
            .enumerate()
            .map(|(at, step)| (at as i64 * 7 + 1, place(step)));
        let nodes = Nodes::new(numbered, &Library::default());
        let found: Vec<_> = (0..6).map(|at| nodes.of(at * 7 + 1)).collect();
        assert_eq!(found, [0, 0, 1, 1, 2, 2].map(Some));
        assert_eq!(nodes.of(2), None);
        assert_eq!(nodes.of(i64::MIN), None);
        assert_eq!(
            nodes.step(2).map(|step| &*step.step),
            Some("scope.answers.solved")
        );
    }
}
