//! Trees that call each other in a ring. Found over trees, not over steps, and without recursion.

use std::collections::{HashMap, VecDeque};

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;
use crate::syntax::Script;
use crate::tree::TreeId;

use super::link::Link;

/// A call: from a tree, by that link.
type Call = (TreeId, Link);

/// One finding for each ring, in its first tree by name, at the first call that leads on in it.
pub(super) fn rings(scripts: &[Script], links: &[&[Link]]) -> Vec<Diagnostic> {
    let graph = call_graph(links);
    let mut findings = Vec::new();
    for trees in kosaraju_scc(&graph) {
        let Some(first) = trees.iter().min().copied() else {
            continue;
        };
        if trees.len() == 1 && graph.find_edge(first, first).is_none() {
            continue;
        }
        let first = TreeId(first.index() as u32);
        findings.extend(ring(first, links).and_then(|calls| finding(scripts, &calls)));
    }
    findings
}

fn call_graph(links: &[&[Link]]) -> DiGraph<(), (), u32> {
    let mut graph = DiGraph::with_capacity(links.len(), links.len());
    for _ in links {
        graph.add_node(());
    }
    for (from, links) in links.iter().enumerate() {
        for link in links.iter().filter(|link| link.call) {
            graph.add_edge(NodeIndex::new(from), NodeIndex::new(link.to.0 as usize), ());
        }
    }
    graph
}

/// A shortest way of calls from a tree back to itself.
fn ring(first: TreeId, links: &[&[Link]]) -> Option<Vec<Call>> {
    let mut came_by: HashMap<TreeId, Call> = HashMap::new();
    let mut queue = VecDeque::from([first]);
    while let Some(tree) = queue.pop_front() {
        let calls = links.get(tree.0 as usize)?.iter().filter(|link| link.call);
        for link in calls {
            if link.to == first {
                return Some(way_back(first, (tree, *link), &came_by));
            }
            came_by.entry(link.to).or_insert_with(|| {
                queue.push_back(link.to);
                (tree, *link)
            });
        }
    }
    None
}

fn way_back(first: TreeId, last: Call, came_by: &HashMap<TreeId, Call>) -> Vec<Call> {
    let mut calls = vec![last];
    let mut tree = last.0;
    while let Some(call) = came_by.get(&tree).filter(|_| tree != first) {
        calls.push(*call);
        tree = call.0;
    }
    calls.reverse();
    calls
}

fn finding(scripts: &[Script], calls: &[Call]) -> Option<Diagnostic> {
    let place = |(tree, link): &Call| {
        let script = scripts.get(tree.0 as usize)?;
        let place = Place {
            file: script.file,
            span: link.span,
        };
        Some((place, &*script.name))
    };
    let (first, others) = calls.split_first()?;
    let (at, name) = place(first)?;
    let message = match others.len() {
        0 => format!("`{name}` calls itself"),
        1 => format!("`{name}` is called by the tree that it calls"),
        _ => format!("`{name}` is called again by the trees that it calls"),
    };
    let mut finding = Diagnostic::new(Code::RecursiveCall, at, message)
        .label("the ring of calls begins here")
        .help("let the called tree `return` a value, or leave for good with `{tree: …}`");
    for call in others {
        let (at, name) = place(call)?;
        finding = finding.also(at, format!("`{name}` calls on from here"));
    }
    Some(finding)
}
