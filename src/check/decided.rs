//! How the conditions of a tree turn out, by what the facts can be where they are looked at: exactly, or `Unknown`.

use std::ops::Range;

use crate::condition::domain::branch;
use crate::condition::{Condition, Domain, FactRef, Verdict};
use crate::source::Place;
use crate::tree::{Arm, StepKind};

use super::flow::Flow;
use super::reading;

/// One condition that some walk comes to and that is decided, or that the conditions before it leave nothing. Every fact
/// that it reads is known there, or only asked for by `known()`.
#[derive(Debug)]
pub struct Decided<'a> {
    /// The condition.
    pub condition: &'a Condition,
    /// Where it stands.
    pub place: Place,
    /// How it turns out for everything that arrives at its list.
    pub alone: Verdict,
    /// Whether it may be the first of its list to hold.
    pub taken: bool,
    /// What its facts can be there, in words.
    pub facts: String,
    /// The conditions of the list before it.
    pub earlier: Vec<Place>,
}

impl<'a> Decided<'a> {
    /// All conditions of a tree but those behind one that always holds.
    pub fn all(flow: &Flow<'a>) -> Vec<Self> {
        let tree = flow.study.subject.tree;
        let mut decided = Vec::new();
        for (id, step) in tree.steps() {
            if let Some(at) = flow.at_list(id) {
                let edges = tree
                    .edges(id)
                    .filter_map(|(edge_id, edge, _)| match &edge.arm {
                        Arm::Next(Some(condition)) => Some((edge_id, &**condition)),
                        _ => None,
                    });
                let (ids, conditions): (Vec<_>, Vec<_>) = edges.unzip();
                let place = |number: usize, range| {
                    let edge = ids.get(number).copied().unwrap_or_default();
                    reading::in_next(flow.study, id, edge, range)
                };
                list(flow, &conditions, &at, &place, &mut decided);
            }
            if let StepKind::Remedy(remedy) = &step.kind
                && let Some(when) = &remedy.when
                && let Some(at) = flow.at_gate(id)
            {
                let place = |_, range| reading::in_when(flow.study, id, range);
                list(flow, &[when], &at, &place, &mut decided);
            }
        }
        decided
    }
}

fn list<'a>(
    flow: &Flow<'a>,
    conditions: &[&'a Condition],
    at: &dyn Fn(FactRef) -> Domain,
    place: &dyn Fn(usize, Range<u32>) -> Place,
    decided: &mut Vec<Decided<'a>>,
) {
    let branches = branch(conditions, at);
    for (number, condition) in conditions.iter().enumerate() {
        let arm = branches
            .as_ref()
            .and_then(|branches| branches.arms.get(number));
        let taken = arm.is_none_or(|arm| arm.taken);
        let alone = condition.decide(at);
        let earlier = conditions.get(..number).unwrap_or_default();
        if (!taken || alone != Verdict::Either) && is_sound(condition, earlier, at) {
            let place = |(number, condition): (usize, &&Condition)| {
                place(number, 0..condition.source().len() as u32)
            };
            decided.push(Decided {
                condition,
                place: place((number, condition)),
                alone,
                taken,
                facts: facts(flow, condition, at),
                earlier: earlier.iter().enumerate().map(place).collect(),
            });
        }
        if alone == Verdict::Always {
            return;
        }
    }
}

/// Whether every fact that it reads is known when its turn comes; where one is not, that has been reported.
fn is_sound(condition: &Condition, earlier: &[&Condition], at: &dyn Fn(FactRef) -> Domain) -> bool {
    let refused = earlier
        .iter()
        .flat_map(|condition| condition.known_after(false));
    let refused: Vec<FactRef> = refused.collect();
    let known = |fact: FactRef| refused.contains(&fact) || at(fact).is_sure();
    condition.unsure_reads(&known).is_empty()
}

/// "here `os` is windows".
fn facts(flow: &Flow<'_>, condition: &Condition, at: &dyn Fn(FactRef) -> Domain) -> String {
    let mut read: Vec<FactRef> = condition.reads().iter().map(|read| read.fact).collect();
    read.sort_unstable();
    read.dedup();
    let facts = read.into_iter().filter_map(|fact| {
        let name = flow.study.fact_name(fact)?;
        Some(format!("`{name}` is {}", at(fact)))
    });
    let facts: Vec<_> = facts.collect();
    if facts.is_empty() {
        "it reads no fact".to_owned()
    } else {
        format!("here {}", facts.join(" and "))
    }
}
