//! The shortest and the longest way to the goal from every node of a weighted graph with loops. No recursion.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use petgraph::visit::{EdgeFiltered, EdgeRef};

use super::StepsLeft;
use super::ways::{Cost, Ways};

/// For every node its shortest and longest way, `None` where there is no way to the goal.
pub(super) struct Bounds(pub(super) Vec<Option<StepsLeft>>);

/// Finds them: the shortest by Dijkstra's algorithm backward from the goal, the longest over the strongly connected
/// components, in which every node counts once with its dearest edge.
pub(super) fn bounds(ways: &Ways) -> Bounds {
    let graph = ways.graph();
    let fewest = shortest(graph, ways.goal());
    let most = longest(graph, ways.goal(), &fewest);
    let both = fewest.into_iter().zip(most).take(ways.goal().index());
    let both = both.map(|(fewest, most)| {
        // Some edges count for the longest way alone.
        let fewest = fewest.or(most)?;
        Some(StepsLeft {
            fewest,
            most: most.unwrap_or(fewest).max(fewest),
        })
    });
    Bounds(both.collect())
}

type Graph = DiGraph<(), Cost, u32>;
type Node = NodeIndex<u32>;

fn shortest(graph: &Graph, goal: Node) -> Vec<Option<u32>> {
    let mut found: Vec<Option<u32>> = vec![None; graph.node_count()];
    let mut open = BinaryHeap::from([Reverse((0_u32, goal))]);
    while let Some(Reverse((cost, node))) = open.pop() {
        let Some(place) = found.get_mut(node.index()).filter(|place| place.is_none()) else {
            continue;
        };
        *place = Some(cost);
        for edge in graph.edges_directed(node, petgraph::Direction::Incoming) {
            let from = edge.source();
            if let Some(fewest) = edge.weight().fewest
                && found.get(from.index()) == Some(&None)
            {
                let cost = cost.saturating_add(fewest).min(StepsLeft::LIMIT);
                open.push(Reverse((cost, from)));
            }
        }
    }
    found
}

fn longest(graph: &Graph, goal: Node, fewest: &[Option<u32>]) -> Vec<Option<u32>> {
    let mut found: Vec<Option<u32>> = vec![None; graph.node_count()];
    let mut component_of = vec![u32::MAX; graph.node_count()];
    if let Some(place) = found.get_mut(goal.index()) {
        *place = Some(0);
    }
    let followed = EdgeFiltered::from_fn(graph, |edge| edge.weight().most.is_some());
    // Components come after those to which they lead.
    for (number, component) in kosaraju_scc(&followed).iter().enumerate() {
        let number = number as u32;
        for node in component {
            if let Some(place) = component_of.get_mut(node.index()) {
                *place = number;
            }
        }
        let onward = |edge: &Cost, to: Node| match edge.most {
            Some(_) if component_of.get(to.index()) == Some(&number) => None,
            Some(_) => found.get(to.index()).copied().flatten(),
            None => fewest.get(to.index()).copied().flatten(),
        };
        let Some(total) = through(graph, component, onward) else {
            continue;
        };
        for node in component {
            if let Some(place) = found.get_mut(node.index()) {
                *place = Some(total);
            }
        }
    }
    found
}

/// The longest way through a component and on; `onward`: what is left where an edge leads out of it.
fn through(
    graph: &Graph,
    component: &[Node],
    onward: impl Fn(&Cost, Node) -> Option<u32>,
) -> Option<u32> {
    let is_loop = component.len() > 1;
    let (mut inside, mut best) = (0_u32, None);
    for node in component {
        let mut dearest = 0;
        for edge in graph.edges(*node) {
            let cost = edge.weight().most.unwrap_or(0);
            dearest = dearest.max(cost);
            // Where a loop is left, the prompt of the node is in `inside` already.
            let own = if is_loop { 0 } else { cost };
            let rest = onward(edge.weight(), edge.target());
            best = best.max(rest.map(|rest| rest.saturating_add(own)));
        }
        inside = inside.saturating_add(if is_loop { dearest } else { 0 });
    }
    best.map(|best| best.saturating_add(inside).min(StepsLeft::LIMIT))
}
