//! `unreachable-step`: no walk leads there by the edges in the tree. Conditions are not looked at.

use crate::diagnostic::{Code, Diagnostic};
use crate::tree::StepId;

use super::listed::listed;
use super::node_set::NodeSet;
use super::study::{Study, is_named};

/// Reports steps that nothing leads to; not those that only they lead to.
pub fn check(study: &Study<'_>, found: &mut Vec<Diagnostic>) {
    if study.is_partial() || study.reached.is_full() {
        return;
    }
    let stuck = study.subject.tree.stuck().index() as u32;
    let cut_off: Vec<u32> = (0..study.graph.len() as u32)
        .filter(|node| *node != stuck && !study.reached.contains(*node))
        .collect();
    let mut told = NodeSet::new(study.graph.len());
    for first in first_steps(study, &cut_off) {
        let followers = followers(study, first, &mut told);
        found.push(report(study, first, &followers));
    }
}

/// The first step of each group of cut-off steps that no other group leads to.
fn first_steps(study: &Study<'_>, cut_off: &[u32]) -> Vec<u32> {
    let mut done = NodeSet::new(study.graph.len());
    for node in cut_off {
        for target in study.graph.successors(*node) {
            if !study.is_inside(*target, *node) {
                done.insert(study.group(*target));
            }
        }
    }
    let is_first =
        |node: &u32| is_named(&study.step(*node).name) && done.insert(study.group(*node));
    cut_off.iter().copied().filter(is_first).collect()
}

/// The other steps to which a cut-off step leads and that are not told of yet.
fn followers(study: &Study<'_>, first: u32, told: &mut NodeSet) -> Vec<u32> {
    let mut followers = Vec::new();
    let mut open = vec![first];
    told.insert(first);
    while let Some(node) = open.pop() {
        for target in study.graph.successors(node) {
            if !study.reached.contains(*target) && told.insert(*target) {
                followers.push(*target);
                open.push(*target);
            }
        }
    }
    followers.sort_unstable();
    followers
}

fn report(study: &Study<'_>, first: u32, followers: &[u32]) -> Diagnostic {
    let name = &*study.step(first).name;
    let mut label = if study.is_in_loop(first) {
        "only steps of the same loop lead here".to_owned()
    } else {
        "no edge leads here".to_owned()
    };
    match study.names(followers).count() {
        0 => {}
        1 => {
            label = format!(
                "{label}; {} is cut off with it",
                listed(study.names(followers))
            )
        }
        _ => {
            label = format!(
                "{label}; {} are cut off with it",
                listed(study.names(followers))
            )
        }
    }
    let message = format!("no walk leads to `{name}`");
    study
        .subject
        .at_step(Code::UnreachableStep, StepId::new(first as usize), message)
        .label(label)
        .help(format!("lead an edge to `{name}`, or delete the step"))
}
