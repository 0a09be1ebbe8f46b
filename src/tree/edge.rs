//! A way from one step to the next.

use petgraph::graph::EdgeIndex;

use crate::condition::{Condition, Value};

use super::PublicText;

/// Names an edge inside the process.
pub type EdgeId = EdgeIndex<u32>;

/// A way out of a step. Where it leads is in the graph.
#[derive(Debug, Clone)]
pub struct Edge {
    /// What takes it.
    pub arm: Arm,
    /// What it shows and sets; most edges have none of it.
    pub words: Option<Box<EdgeWords>>,
    /// Whether the author wrote it; the others were made by the compiler (a remedy's own fix, the ways through a `try`).
    pub authored: bool,
}

/// What takes an edge.
#[derive(Debug, Clone)]
pub enum Arm {
    /// The answer yes.
    Yes,
    /// The answer no; after the last remedy of a `try`; a fix that did not hold.
    No,
    /// "I don't know".
    Unsure,
    /// Already done.
    Tried,
    /// Can't be done.
    Cannot,
    /// The question's answer of that place.
    Answer(u32),
    /// Whatever the answer, if the condition holds; without one, always.
    Next(Option<Box<Condition>>),
    /// The called tree came back with the call's value of that place.
    Return(u32),
    /// The step's `limit` is used up.
    Limit,
    /// From a `try` to one of its remedies.
    Skip,
}

/// What an edge shows and sets.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EdgeWords {
    /// Shown instead of the key.
    pub label: Option<PublicText>,
    /// How to tell.
    pub help: Option<PublicText>,
    /// Shared facts (by the place of their declaration) set when it is taken, in order.
    pub set: Vec<(u32, Value)>,
}
