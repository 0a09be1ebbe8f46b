//! The ways through the trees as a graph whose edges cost prompts, with one goal.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::condition::FactRef;
use crate::tree::{Arm, Edge, End, Library, Step, StepId, StepKind, Tree, TreeId};

use super::Numbers;

/// What an edge costs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cost {
    /// On the shortest way; none where no shortest way goes along it.
    pub(super) fewest: Option<u32>,
    /// On the longest way; none where that is not followed, but goes on along the shortest.
    pub(super) most: Option<u32>,
}

/// How the tree in which a step stands was come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Nobody called it: a `return` ends the walk.
    Alone,
    /// It was called; a `return` is no end.
    Called,
    /// It was called, and only its `return`s are goals.
    Returning,
}

/// A graph of ways to a goal.
#[derive(Debug)]
pub(super) struct Ways {
    graph: DiGraph<(), Cost, u32>,
    goal: NodeIndex<u32>,
}

impl Ways {
    /// So many nodes, and the goal after them.
    pub(super) fn new(nodes: usize) -> Self {
        let mut graph = DiGraph::with_capacity(nodes + 1, 2 * nodes);
        for _ in 0..=nodes {
            graph.add_node(());
        }
        Self {
            graph,
            goal: NodeIndex::new(nodes),
        }
    }

    pub(super) const fn graph(&self) -> &DiGraph<(), Cost, u32> {
        &self.graph
    }

    pub(super) const fn goal(&self) -> NodeIndex<u32> {
        self.goal
    }

    fn add(&mut self, from: usize, to: usize, cost: Cost) {
        self.graph
            .add_edge(NodeIndex::new(from), NodeIndex::new(to), cost);
    }

    fn reach(&mut self, from: usize, cost: Cost) {
        self.add(from, self.goal.index(), cost);
    }
}

/// What is needed to say what the edges of a tree cost.
#[derive(Clone, Copy)]
pub(super) struct Costs<'n> {
    pub(super) library: &'n Library,
    /// Of these, the ways to a `return` are filled in for called trees.
    pub(super) numbers: &'n Numbers,
    /// Where the nodes of this mode begin.
    pub(super) shift: usize,
    /// How many steps there are in the library: where the nodes of [`Mode::Called`] begin.
    pub(super) count: usize,
}

impl Costs<'_> {
    /// Adds the steps of a tree, among those of the whole library.
    pub(super) fn add(self, ways: &mut Ways, tree: &Tree, id: TreeId, mode: Mode) {
        let base = self.shift + self.offset(id);
        self.add_steps(ways, tree, base, mode);
    }

    /// Adds the steps of a tree alone, to find its ways to a `return`.
    pub(super) fn add_returns(self, ways: &mut Ways, tree: &Tree) {
        self.add_steps(ways, tree, 0, Mode::Returning);
    }

    fn offset(self, tree: TreeId) -> usize {
        let offset = self.numbers.offsets.get(tree.0 as usize);
        offset.copied().unwrap_or_default()
    }

    fn add_steps(self, ways: &mut Ways, tree: &Tree, base: usize, mode: Mode) {
        let node = |step: StepId| base + step.index();
        for (id, step) in tree.steps() {
            let own = cost(step);
            for (_, edge, to) in tree.edges(id) {
                if let Some(goes_on) = confirmed(step, edge, tree.step(to), mode) {
                    if goes_on {
                        ways.reach(node(id), own);
                    }
                } else if let Some(cost) = self.through(step, edge, own) {
                    ways.add(node(id), node(to), cost);
                }
            }
            if let Some((first, next)) = left_out(tree, id, step) {
                ways.add(node(first), node(next), FREE);
            }
            self.add_end(ways, (node(id), step), node(tree.stuck()), mode);
            self.add_other_trees(ways, node(id), step, mode);
        }
    }

    /// What it costs to go along an edge: from a call, the way to the called tree's returns.
    fn through(self, step: &Step, edge: &Edge, own: Cost) -> Option<Cost> {
        match (&step.kind, &edge.arm) {
            // A limit is for who goes round.
            (_, Arm::Limit) => Some(NEVER),
            (StepKind::Call(call), _) => {
                let start = self.library.tree(call.tree).start();
                let way = self.numbers.at(&self.numbers.to_return, call.tree, start)?;
                Some(Cost {
                    fewest: Some(way.fewest),
                    most: Some(way.most),
                })
            }
            _ => Some(own),
        }
    }

    /// What a step that is an end leads to.
    fn add_end(self, ways: &mut Ways, (node, step): (usize, &Step), stuck: usize, mode: Mode) {
        let StepKind::End(end) = &step.kind else {
            return;
        };
        match (&**end, mode) {
            (End::Return { .. }, Mode::Returning) => ways.reach(node, FREE),
            (End::Return { .. }, Mode::Called) | (_, Mode::Returning) => {}
            (End::Information { .. }, _) => ways.reach(node, FREE),
            (End::Escalate { needs, .. }, _) => {
                // What is needed may be known.
                let most = Some(needs.len() as u32);
                let fewest = Some(0);
                ways.reach(node, Cost { fewest, most });
            }
            (End::Return { .. } | End::Fix { .. }, _) => {
                // "Is the problem solved?"
                ways.reach(node, PROMPT);
                if step.edges.is_empty() {
                    ways.add(node, stuck, PROMPT);
                }
            }
        }
    }

    /// The ways out of the tree: into a called one that ends by itself, or to another for good.
    fn add_other_trees(self, ways: &mut Ways, node: usize, step: &Step, mode: Mode) {
        if mode == Mode::Returning {
            return;
        }
        let (shift, target, cost) = match &step.kind {
            StepKind::Call(call) => (self.count, call.tree, FREE),
            StepKind::Leave(target) => (0, *target, ONWARD),
            _ => return,
        };
        let start = self.library.tree(target).start();
        ways.add(node, shift + self.offset(target) + start.index(), cost);
    }
}

const FREE: Cost = Cost {
    fewest: Some(0),
    most: Some(0),
};
const PROMPT: Cost = Cost {
    fewest: Some(1),
    most: Some(1),
};
const NEVER: Cost = Cost {
    fewest: None,
    most: Some(0),
};
const ONWARD: Cost = Cost {
    fewest: Some(0),
    most: None,
};

/// What the prompt of a step costs.
fn cost(step: &Step) -> Cost {
    match &step.kind {
        StepKind::Question(question) => match question.fact {
            // It may be known, and is then passed silently.
            FactRef::Shared(_) if !step.must_be_shown() => Cost {
                fewest: Some(0),
                most: Some(1),
            },
            _ => PROMPT,
        },
        StepKind::Instruction | StepKind::Remedy(_) | StepKind::End(_) => PROMPT,
        StepKind::Branch | StepKind::Call(_) | StepKind::Try(_) | StepKind::Leave(_) => FREE,
    }
}

/// Of an edge by which a person says that the problem is solved and that leads straight to an end which this confirms:
/// whether the walk is then at its goal. `None` for all other edges.
fn confirmed(step: &Step, edge: &Edge, to: &Step, mode: Mode) -> Option<bool> {
    let (StepKind::Remedy(_), Arm::Yes, StepKind::End(end)) = (&step.kind, &edge.arm, &to.kind)
    else {
        return None;
    };
    end.is_confirmed_by_yes().then_some(mode != Mode::Returning)
}

/// Of a remedy that may be left out by its `when`: where the walk would come to it, and where it then goes on.
fn left_out(tree: &Tree, id: StepId, step: &Step) -> Option<(StepId, StepId)> {
    let StepKind::Remedy(remedy) = &step.kind else {
        return None;
    };
    remedy.when.as_ref()?;
    let (_, next) = tree.edge(id, |arm| matches!(arm, Arm::No))?;
    Some((remedy.condition.unwrap_or(id), next))
}

/// Whether a tree has a `return`.
pub(super) fn returns(tree: &Tree) -> bool {
    tree.steps().any(|(_, step)| match &step.kind {
        StepKind::End(end) => matches!(**end, End::Return { .. }),
        _ => false,
    })
}

/// All trees, each after those that it calls. Calls in a ring, which no checked library has, come in any order.
pub(super) fn called_first(library: &Library) -> Vec<TreeId> {
    let mut calls: DiGraph<(), (), u32> = DiGraph::new();
    for _ in &library.trees {
        calls.add_node(());
    }
    for (from, tree) in library.trees.iter().enumerate() {
        for (_, step) in tree.steps() {
            if let StepKind::Call(call) = &step.kind {
                let to = NodeIndex::new(call.tree.0 as usize);
                calls.update_edge(NodeIndex::new(from), to, ());
            }
        }
    }
    let order = kosaraju_scc(&calls).into_iter().flatten();
    order.map(|tree| TreeId(tree.index() as u32)).collect()
}
