//! A graph as two flat lists, for algorithms that go over all of it: reachability and strongly connected components.
//! Nothing here recurses, so that a chain of any length is fine, and every algorithm is linear in nodes and edges.
#![allow(
    clippy::indexing_slicing,
    reason = "nodes and edges are counted when the lists are made, and every index here is one of them"
)]

use super::node_set::NodeSet;

/// The edges of a graph by the node they leave: those of node `n` are `first[n]..first[n + 1]`.
#[derive(Debug, Clone)]
pub struct Adjacency {
    first: Vec<u32>,
    targets: Vec<u32>,
}

/// The strongly connected components of a graph: the number of each node's, in reverse topological order (an edge
/// between two components leads to the lower number).
#[derive(Debug)]
pub struct Components {
    of: Vec<u32>,
    /// How many there are.
    pub count: usize,
}

impl Adjacency {
    /// Takes edges as source and target, sorted by source; an edge's number is its place among them.
    pub fn new(nodes: usize, edges: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut first = vec![0_u32; nodes + 1];
        for (from, _) in edges.clone() {
            first[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            first[node + 1] += first[node];
        }
        debug_assert!(edges.clone().is_sorted_by_key(|(from, _)| from));
        Self {
            first,
            targets: edges.map(|(_, to)| to).collect(),
        }
    }

    /// How many nodes there are.
    pub const fn len(&self) -> usize {
        self.first.len() - 1
    }

    /// The numbers of the edges that leave a node.
    pub fn edges(&self, node: u32) -> std::ops::Range<usize> {
        self.first[node as usize] as usize..self.first[node as usize + 1] as usize
    }

    /// How many edges there are.
    pub const fn edge_count(&self) -> usize {
        self.targets.len()
    }

    /// Where an edge leads.
    pub fn target(&self, edge: usize) -> u32 {
        self.targets[edge]
    }

    /// Where the edges that leave a node lead.
    pub fn successors(&self, node: u32) -> &[u32] {
        &self.targets[self.edges(node)]
    }

    /// The same edges the other way round. Their numbers are others.
    pub fn reversed(&self) -> Self {
        let mut first = vec![0_u32; self.first.len()];
        for target in &self.targets {
            first[*target as usize + 1] += 1;
        }
        for node in 0..self.len() {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut targets = vec![0; self.targets.len()];
        for node in 0..self.len() as u32 {
            for target in self.successors(node) {
                let at = &mut next[*target as usize];
                targets[*at as usize] = node;
                *at += 1;
            }
        }
        Self { first, targets }
    }

    /// Which nodes can be reached from any of these, themselves included.
    pub fn reach(&self, from: impl IntoIterator<Item = u32>) -> NodeSet {
        let mut reached = NodeSet::new(self.len());
        let mut open: Vec<u32> = from.into_iter().collect();
        open.retain(|node| reached.insert(*node));
        while let Some(node) = open.pop() {
            for target in self.successors(node) {
                if reached.insert(*target) {
                    open.push(*target);
                }
            }
        }
        reached
    }

    /// The place of each node in reverse postorder from a start: a node stands before those that it leads to, but for
    /// edges back. Nodes that cannot be reached stand last.
    pub fn reverse_postorder(&self, start: u32) -> Vec<u32> {
        let mut order = vec![u32::MAX; self.len()];
        let mut seen = NodeSet::new(self.len());
        let mut place = self.len() as u32;
        let mut path = Vec::new();
        if seen.insert(start) {
            path.push((start, self.edges(start)));
        }
        while let Some((node, edges)) = path.last_mut() {
            match edges.next() {
                Some(edge) => {
                    let target = self.targets[edge];
                    if seen.insert(target) {
                        path.push((target, self.edges(target)));
                    }
                }
                None => {
                    place -= 1;
                    order[*node as usize] = place;
                    path.pop();
                }
            }
        }
        order
    }

    /// Tarjan's algorithm (1972) with a stack of its own instead of recursion.
    pub fn components(&self) -> Components {
        const UNSEEN: u32 = u32::MAX;
        let mut of = vec![UNSEEN; self.len()];
        // A node's number in the order of discovery; while it is open, the lowest one that it is known to reach.
        let mut low = vec![UNSEEN; self.len()];
        let mut open = Vec::new();
        let mut path: Vec<(u32, u32, usize)> = Vec::new();
        let (mut seen, mut count) = (0, 0);
        for root in 0..self.len() as u32 {
            if low[root as usize] != UNSEEN {
                continue;
            }
            path.push((root, seen, self.edges(root).start));
            while let Some((node, number, edge)) = path.last_mut() {
                let node = *node;
                if low[node as usize] == UNSEEN {
                    low[node as usize] = *number;
                    seen += 1;
                    open.push(node);
                }
                if *edge < self.edges(node).end {
                    let target = self.targets[*edge];
                    *edge += 1;
                    if low[target as usize] == UNSEEN {
                        path.push((target, seen, self.edges(target).start));
                    } else if of[target as usize] == UNSEEN {
                        low[node as usize] = low[node as usize].min(low[target as usize]);
                    }
                    continue;
                }
                let number = *number;
                path.pop();
                let lowest = low[node as usize];
                if let Some((parent, ..)) = path.last() {
                    let parent = &mut low[*parent as usize];
                    *parent = lowest.min(*parent);
                }
                if lowest == number {
                    close(&mut open, &mut of, node, count);
                    count += 1;
                }
            }
        }
        Components {
            of,
            count: count as usize,
        }
    }
}

/// Takes the component that ends with `last` off the open nodes.
fn close(open: &mut Vec<u32>, of: &mut [u32], last: u32, component: u32) {
    while let Some(node) = open.pop() {
        of[node as usize] = component;
        if node == last {
            return;
        }
    }
}

impl Components {
    /// The component of a node.
    pub fn of(&self, node: u32) -> u32 {
        self.of[node as usize]
    }

    /// The nodes of each wanted component, in ascending order; the components by their first node.
    pub fn groups(&self, wanted: &[bool]) -> Vec<Vec<u32>> {
        const NONE: u32 = u32::MAX;
        let mut slots = vec![NONE; self.count];
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for (node, component) in self.of.iter().enumerate() {
            if wanted[*component as usize] {
                let slot = &mut slots[*component as usize];
                if *slot == NONE {
                    *slot = groups.len() as u32;
                    groups.push(Vec::new());
                }
                groups[*slot as usize].push(node as u32);
            }
        }
        groups
    }

    /// Which components are loops: more than one node, or a node that leads to itself.
    pub fn loops(&self, graph: &Adjacency) -> Vec<bool> {
        let mut looping = vec![false; self.count];
        for node in 0..self.of.len() as u32 {
            let component = self.of(node);
            let inside = |target: &u32| self.of(*target) == component;
            if graph.successors(node).iter().any(inside) {
                looping[component as usize] = true;
            }
        }
        looping
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, prop_assert, prop_assert_eq, proptest};

    use super::Adjacency;

    fn graph(nodes: usize, edges: &[(u32, u32)]) -> Adjacency {
        Adjacency::new(nodes, edges.iter().copied())
    }

    #[test]
    fn a_chain_of_any_length_is_fine() {
        let edges: Vec<_> = (0..200_000).map(|node| (node, node + 1)).collect();
        let chain = graph(200_001, &edges);
        assert_eq!(chain.components().count, 200_001);
        assert!(chain.reach([0]).is_full());
        assert_eq!(chain.reversed().successors(7), [6]);
    }

    proptest! {
        #[test]
        fn components_are_what_reaches_each_other(
            mut edges in prop::collection::vec((0_u32..9, 0_u32..9), 0..24)
        ) {
            edges.sort_unstable();
            let graph = graph(9, &edges);
            let components = graph.components();
            let reach: Vec<_> = (0..9).map(|node| graph.reach([node])).collect();
            for from in 0..9_u32 {
                for to in 0..9_u32 {
                    let mutual = reach[from as usize].contains(to) && reach[to as usize].contains(from);
                    prop_assert_eq!(components.of(from) == components.of(to), mutual);
                    if reach[from as usize].contains(to) {
                        prop_assert!(components.of(from) >= components.of(to));
                    }
                }
                let back = graph.reversed().reach([from]);
                for to in 0..9_u32 {
                    prop_assert_eq!(back.contains(to), reach[to as usize].contains(from));
                }
            }
        }
    }
}
