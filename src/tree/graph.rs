//! One tree: its graph, and the builder that is the only way to make one.

use std::collections::HashMap;
use std::fmt;
use std::mem;
use std::sync::Arc;

use jiff::civil::Date;
use petgraph::graph::{DiGraph, NodeIndex};

use super::{AgentText, Arm, Audience, Edge, EdgeId, PublicText, Step};

/// Names a step inside the process.
pub type StepId = NodeIndex<u32>;

/// What is said about a tree, next to its graph.
#[derive(Debug, Clone)]
pub struct About {
    /// What it is about, in a few words.
    pub title: PublicText,
    /// In a sentence or two.
    pub summary: Option<PublicText>,
    /// How callers put it.
    pub symptoms: Vec<Arc<str>>,
    /// For the search.
    pub tags: Vec<Arc<str>>,
    /// Who keeps it.
    pub owner: Option<AgentText>,
    /// When it must be looked at again.
    pub review_by: Option<Date>,
    /// Danger, shown at its start.
    pub warn: Option<PublicText>,
    /// The question after every remedy without its own.
    pub check: Option<PublicText>,
    /// `Some(Agent)`: not for customers.
    pub audience: Option<Audience>,
}

/// A compiled tree.
#[derive(Debug)]
pub struct Tree {
    /// Its path in the library without the ending.
    pub name: Arc<str>,
    /// What is said about it.
    pub about: About,
    graph: DiGraph<Step, Edge, u32>,
    start: StepId,
    stuck: StepId,
    names: HashMap<Arc<str>, StepId>,
}

impl Tree {
    /// Where a walk begins.
    pub const fn start(&self) -> StepId {
        self.start
    }

    /// The exit that every step offers: always an escalation.
    pub const fn stuck(&self) -> StepId {
        self.stuck
    }

    /// How many nodes there are, those written in place included.
    pub fn len(&self) -> usize {
        self.graph.node_count()
    }

    /// Whether there is no node; never so for a built tree.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The node of that name.
    pub fn find(&self, name: &str) -> Option<StepId> {
        self.names.get(name).copied()
    }

    /// The step. Ids of another tree may panic.
    #[allow(
        clippy::indexing_slicing,
        reason = "a StepId is only made for a step of this tree"
    )]
    pub fn step(&self, id: StepId) -> &Step {
        &self.graph[id]
    }

    /// All steps, in the author's order, each followed by what is written in place in it; `stuck` is the last.
    pub fn steps(&self) -> impl ExactSizeIterator<Item = (StepId, &Step)> {
        self.graph
            .raw_nodes()
            .iter()
            .enumerate()
            .map(|(at, node)| (StepId::new(at), &node.weight))
    }

    /// All steps, to be changed; their edges stay.
    pub(super) fn steps_mut(&mut self) -> impl Iterator<Item = &mut Step> {
        self.graph.node_weights_mut()
    }

    /// The edges out of a step in the author's order, with where they lead.
    pub fn edges(&self, id: StepId) -> impl DoubleEndedIterator<Item = (EdgeId, &Edge, StepId)> {
        let range = self.step(id).edges.clone();
        let edges = self
            .graph
            .raw_edges()
            .get(range.start as usize..range.end as usize)
            .unwrap_or_default();
        range
            .zip(edges)
            .map(|(at, edge)| (EdgeId::new(at as usize), &edge.weight, edge.target()))
    }

    /// The first edge out of a step whose arm fits, with where it leads.
    pub fn edge(&self, id: StepId, fits: impl FnMut(&Arm) -> bool) -> Option<(&Edge, StepId)> {
        self.find_edge(id, fits).map(|(_, edge, to)| (edge, to))
    }

    /// As [`Tree::edge`], with the edge's id.
    pub fn find_edge(
        &self,
        id: StepId,
        mut fits: impl FnMut(&Arm) -> bool,
    ) -> Option<(EdgeId, &Edge, StepId)> {
        self.edges(id).find(|(_, edge, _)| fits(&edge.arm))
    }

    /// The petgraph graph, for algorithms over the whole tree.
    pub const fn graph(&self) -> &DiGraph<Step, Edge, u32> {
        &self.graph
    }
}

/// Why a tree could not be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BuildError {
    /// Two nodes have this name.
    DuplicateName(Arc<str>),
    /// An edge, the start or `stuck` names a node that is not there.
    NoSuchStep,
    /// A tree without a node.
    Empty,
}

impl fmt::Display for BuildError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DuplicateName(name) => write!(out, "two steps are named `{name}`"),
            Self::NoSuchStep => out.write_str("an edge leads to no step"),
            Self::Empty => out.write_str("the tree has no step"),
        }
    }
}

impl std::error::Error for BuildError {}

/// Collects steps, then edges, and makes the tree. Edges may be given in any order; those of one step keep theirs.
#[derive(Debug, Default)]
pub struct Builder {
    graph: DiGraph<Step, Edge, u32>,
    names: HashMap<Arc<str>, StepId>,
    /// The step of the last edge in the graph.
    last_from: StepId,
    /// Edges that came out of order, and those after them.
    pending: Vec<(StepId, Edge, StepId)>,
}

impl Builder {
    /// A builder with room for so many steps.
    pub fn with_capacity(steps: usize) -> Self {
        Self {
            graph: DiGraph::with_capacity(steps, 0),
            names: HashMap::with_capacity(steps),
            last_from: StepId::new(0),
            pending: Vec::new(),
        }
    }

    /// Adds a step.
    ///
    /// # Errors
    /// The name is taken.
    pub fn step(&mut self, step: Step) -> Result<StepId, BuildError> {
        let name = Arc::clone(&step.name);
        let id = self.graph.add_node(step);
        match self.names.insert(Arc::clone(&name), id) {
            None => Ok(id),
            Some(_) => Err(BuildError::DuplicateName(name)),
        }
    }

    /// The step of that name.
    pub fn find(&self, name: &str) -> Option<StepId> {
        self.names.get(name).copied()
    }

    /// The step, to be completed while building.
    pub fn step_mut(&mut self, id: StepId) -> Option<&mut Step> {
        self.graph.node_weight_mut(id)
    }

    /// Makes room for so many edges.
    pub fn reserve_edges(&mut self, edges: usize) {
        self.graph.reserve_edges(edges);
    }

    /// Adds an edge; edges of one step are kept in the order of these calls.
    pub fn edge(&mut self, from: StepId, edge: Edge, to: StepId) {
        let known = from.max(to).index() < self.graph.node_count();
        if known && self.pending.is_empty() && self.last_from <= from {
            self.last_from = from;
            self.add_edge(from, edge, to);
        } else {
            self.pending.push((from, edge, to));
        }
    }

    /// Makes the tree.
    ///
    /// # Errors
    /// There is no step, or an edge, the start or `stuck` names none.
    pub fn finish(
        mut self,
        name: Arc<str>,
        about: About,
        start: StepId,
        stuck: StepId,
    ) -> Result<Tree, BuildError> {
        let count = self.graph.node_count();
        if count == 0 {
            return Err(BuildError::Empty);
        }
        let inside = |id: StepId| id.index() < count;
        let edges_fit = self
            .pending
            .iter()
            .all(|(from, _, to)| inside(*from) && inside(*to));
        if !edges_fit || !inside(start) || !inside(stuck) {
            return Err(BuildError::NoSuchStep);
        }
        self.add_pending();
        Ok(Tree {
            name,
            about,
            graph: self.graph,
            start,
            stuck,
            names: self.names,
        })
    }

    /// Moves the pending edges into the graph so that those of one step lie side by side.
    fn add_pending(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let nodes = self.graph.node_count();
        let early = mem::replace(&mut self.graph, DiGraph::with_capacity(nodes, 0));
        let (steps, edges) = early.into_nodes_edges();
        for step in steps {
            let mut step = step.weight;
            step.edges = 0..0;
            self.graph.add_node(step);
        }
        let mut all: Vec<_> = edges
            .into_iter()
            .map(|edge| (edge.source(), edge.target(), edge.weight))
            .collect();
        let pending = mem::take(&mut self.pending);
        all.extend(pending.into_iter().map(|(from, edge, to)| (from, to, edge)));
        all.sort_by_key(|(from, _, _)| *from);
        for (from, to, edge) in all {
            self.add_edge(from, edge, to);
        }
    }

    /// Adds an edge to the graph right after those of the same step.
    fn add_edge(&mut self, from: StepId, edge: Edge, to: StepId) {
        let at = self.graph.add_edge(from, to, edge).index() as u32;
        if let Some(step) = self.graph.node_weight_mut(from) {
            if step.edges.is_empty() {
                step.edges.start = at;
            }
            step.edges.end = at + 1;
        }
    }
}
