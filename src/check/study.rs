//! What several checks want to know of one tree, worked out once.

use std::collections::HashSet;

use crate::condition::FactRef;
use crate::syntax::StepNode;
use crate::tree::{Arm, Audience, Step, StepId, StepKind, TreeId};

use super::Subject;
use super::adjacency::{Adjacency, Components};
use super::node_set::NodeSet;
use super::nothing_for_customers;
use super::outcome::Outcomes;
use super::uses::{By, Use};

/// A tree and what was found out about its graph.
#[derive(Debug)]
pub struct Study<'a> {
    /// The tree with its script.
    pub subject: &'a Subject<'a>,
    /// Its graph; an edge's number is that of its [`crate::tree::EdgeId`].
    pub graph: Adjacency,
    /// Which steps a walk can come to by the edges, conditions not looked at.
    pub reached: NodeSet,
    /// Groups of steps each of which can reach each other one, in the order of the file.
    pub loops: Vec<Vec<u32>>,
    rings: Option<Rings>,
    /// Those of them, or parts of them, in which no step can stop.
    pub silent_loops: Vec<Vec<u32>>,
    /// What comes of the trees that this one calls.
    pub outcomes: &'a Outcomes,
    /// Where facts are used.
    pub uses: Vec<Use<'a>>,
    read: HashSet<FactRef>,
    asked: HashSet<FactRef>,
}

/// The loops of a graph.
#[derive(Debug)]
struct Rings {
    components: Components,
    looping: Vec<bool>,
}

impl Rings {
    /// None where every edge leads further down in the file, as in most trees.
    fn of(graph: &Adjacency) -> Option<Self> {
        let mut nodes = 0..graph.len() as u32;
        if nodes.all(|node| graph.successors(node).iter().all(|target| *target > node)) {
            return None;
        }
        let components = graph.components();
        Some(Self {
            looping: components.loops(graph),
            components,
        })
    }

    fn groups(&self) -> Vec<Vec<u32>> {
        self.components.groups(&self.looping)
    }

    fn holds(&self, node: u32) -> bool {
        self.looping.get(self.components.of(node) as usize) == Some(&true)
    }
}

impl<'a> Study<'a> {
    /// Looks at the graph of a tree.
    pub fn new(subject: &'a Subject<'a>, outcomes: &'a Outcomes) -> Self {
        let graph = Adjacency::new(subject.tree.len(), edges(subject));
        let rings = Rings::of(&graph);
        let loops = rings.as_ref().map(Rings::groups).unwrap_or_default();
        let reached = graph.reach([subject.tree.start().index() as u32]);
        let silent_loops = if loops.is_empty() {
            Vec::new()
        } else {
            silent_loops(subject, outcomes)
        };
        let uses = Use::all(subject.tree);
        Self {
            subject,
            read: uses.iter().copied().flat_map(Use::facts).collect(),
            uses,
            asked: asked(subject),
            graph,
            reached,
            loops,
            rings,
            silent_loops,
            outcomes,
        }
    }

    /// The step of the script that a step is, or in which it is written; the steps of a script stand in order.
    pub fn script_step(&self, step: StepId) -> Option<&'a StepNode> {
        let span = self.subject.step_place(step).span;
        let steps = &self.subject.script.steps;
        let after = steps.partition_point(|node| node.span.start <= span.start);
        let node = steps.get(after.checked_sub(1)?)?;
        (span.end <= node.span.end).then_some(node)
    }

    /// What authors call a fact.
    pub fn fact_name(&self, fact: FactRef) -> Option<&'a str> {
        let subject = self.subject;
        match fact {
            FactRef::Shared(at) => {
                let declared = subject.library.facts.get(at as usize);
                declared.map(|declared| &*declared.name)
            }
            FactRef::Step(at) => Some(&*self.step(at).name),
            FactRef::Audience => Some("audience"),
            FactRef::Channel => Some("channel"),
            FactRef::Exit | FactRef::Output => None,
        }
    }

    /// The step of that number.
    pub fn step(&self, node: u32) -> &'a Step {
        self.subject.tree.step(StepId::new(node as usize))
    }

    /// Whether a part of the tree could not be read, so that there may be edges which are not in the graph.
    pub const fn is_partial(&self) -> bool {
        self.subject.script.broken || self.subject.places.unresolved.is_some()
    }

    /// The shared facts that something in the tree decides by or shows, or that a question asks for; `needs` and texts
    /// of ends take facts as they are.
    pub fn followed(&self) -> HashSet<FactRef> {
        let uses = self.uses.iter().copied();
        let strict = uses.filter(|used| !matches!(used.by, By::EndText(_) | By::Need(_)));
        let facts = strict.flat_map(Use::facts);
        let shared = facts.filter(|fact| matches!(fact, FactRef::Shared(_)));
        shared.chain(self.asked.iter().copied()).collect()
    }

    /// Whether a condition, a text or `needs` uses a fact, or a question with `fact:` does.
    pub fn uses_fact(&self, fact: FactRef) -> bool {
        self.read.contains(&fact)
            || matches!(fact, FactRef::Shared(_)) && self.asked.contains(&fact)
    }

    /// Whether it matters in this tree who walks: something that is for agents only can be come to from it.
    pub fn minds_audience(&self) -> bool {
        let subject = self.subject;
        let for_agents = |tree: TreeId| {
            let tree = subject.library.trees.get(tree.0 as usize);
            tree.is_some_and(|tree| tree.about.audience == Some(Audience::Agent))
        };
        let mut steps = subject.tree.steps();
        subject.tree.about.audience.is_none()
            && steps.any(|(_, step)| match &step.kind {
                StepKind::Call(call) => for_agents(call.tree),
                StepKind::Leave(tree) => for_agents(*tree),
                _ => nothing_for_customers::shows_nothing(subject, step),
            })
    }

    /// Whether a part of a group of steps is a silent loop, so that nothing more is said of the group.
    pub fn has_silent_loop(&self, group: &[u32]) -> bool {
        let firsts = self.silent_loops.iter().filter_map(|silent| silent.first());
        let mut firsts = firsts.filter(|first| group.binary_search(first).is_ok());
        firsts.next().is_some()
    }

    /// The number of the group of steps that a step can reach and that can reach it.
    pub fn group(&self, node: u32) -> u32 {
        let rings = self.rings.as_ref();
        rings.map_or(node, |rings| rings.components.of(node))
    }

    /// Whether two steps can each reach the other.
    pub fn is_inside(&self, one: u32, other: u32) -> bool {
        self.group(one) == self.group(other)
    }

    /// Whether a walk can come to a step again.
    pub fn is_in_loop(&self, node: u32) -> bool {
        self.rings.as_ref().is_some_and(|rings| rings.holds(node))
    }

    /// Those of the steps that are not written in place.
    pub fn named<'n>(&self, nodes: &'n [u32]) -> impl Iterator<Item = u32> + use<'a, 'n> {
        let tree = self.subject.tree;
        let is_named = move |node: &u32| is_named(&tree.step(StepId::new(*node as usize)).name);
        nodes.iter().copied().filter(is_named)
    }

    /// Their names.
    pub fn names<'n>(&self, nodes: &'n [u32]) -> impl Iterator<Item = &'a str> + use<'a, 'n> {
        let tree = self.subject.tree;
        let name = move |node: u32| &*tree.step(StepId::new(node as usize)).name;
        self.named(nodes).map(name)
    }
}

/// Whether a node has a name of its own, and is not written in place in another one.
pub fn is_named(name: &str) -> bool {
    !name.contains('.') && name != "stuck"
}

/// The shared facts that questions ask for.
fn asked(subject: &Subject<'_>) -> HashSet<FactRef> {
    let steps = subject.tree.steps();
    let asked = steps.filter_map(|(_, step)| match &step.kind {
        StepKind::Question(question) => Some(question.fact),
        _ => None,
    });
    asked
        .filter(|fact| matches!(fact, FactRef::Shared(_)))
        .collect()
}

/// All edges of a tree as source and target, in the order of their numbers.
fn edges(subject: &Subject<'_>) -> impl Iterator<Item = (u32, u32)> + Clone {
    let edges = subject.tree.graph().raw_edges().iter();
    edges.map(|edge| (edge.source().index() as u32, edge.target().index() as u32))
}

/// Loops over branches, calls that return without a stop, `try` steps whose remedies are used up, and steps whose limit
/// is.
fn silent_loops(subject: &Subject<'_>, outcomes: &Outcomes) -> Vec<Vec<u32>> {
    let tree = subject.tree;
    let silent =
        tree.graph()
            .raw_edges()
            .iter()
            .filter(|edge| match &tree.step(edge.source()).kind {
                _ if matches!(edge.weight.arm, Arm::Limit) => true,
                StepKind::Branch => true,
                StepKind::Try(_) => matches!(edge.weight.arm, Arm::No),
                StepKind::Call(call) => outcomes.is_silent(call, &edge.weight.arm),
                _ => false,
            });
    let pairs = silent.map(|edge| (edge.source().index() as u32, edge.target().index() as u32));
    let graph = Adjacency::new(tree.len(), pairs);
    let components = graph.components();
    components.groups(&components.loops(&graph))
}
