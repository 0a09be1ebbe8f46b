//! A set of a graph's nodes, by number.

/// Which nodes are in it. A number outside the graph is in no set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NodeSet(Vec<bool>);

impl NodeSet {
    /// An empty set over so many nodes.
    pub fn new(nodes: usize) -> Self {
        Self(vec![false; nodes])
    }

    /// Whether a node is in it.
    pub fn contains(&self, node: u32) -> bool {
        self.0.get(node as usize) == Some(&true)
    }

    /// Takes a node in; whether it is new.
    pub fn insert(&mut self, node: u32) -> bool {
        self.0
            .get_mut(node as usize)
            .is_some_and(|held| !std::mem::replace(held, true))
    }

    /// Whether every node is in it.
    pub fn is_full(&self) -> bool {
        self.0.iter().all(|held| *held)
    }
}
