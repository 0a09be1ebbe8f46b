//! Branches: the edges that authors wrote, by name, and which of them count.

use std::collections::HashSet;

use crate::check::Places;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::Script;
use crate::tree::{Arm, Edge, EdgeId, QuestionKind, StepId, StepKind, Tree};

/// An edge that the author wrote and that a walk can take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Its name: `line.unsure`, `speed.answers.above 20`, `next.2` for the second of a list.
    pub name: String,
    /// Where it stands in the tree's file.
    pub span: Span,
    pub(super) edge: EdgeId,
    pub(super) from: StepId,
    pub(super) to: StepId,
}

/// The branches of a tree in the author's order. Those of steps that no walk reaches are left out, and those of which
/// `findings` says that they are never taken.
pub(super) fn branches(
    tree: &Tree,
    script: &Script,
    places: &Places,
    findings: &[Diagnostic],
) -> Vec<Branch> {
    let never: Vec<Span> = findings
        .iter()
        .filter(|finding| finding.code == Code::NeverTrue)
        .map(|finding| finding.primary.place)
        .filter(|place| place.file == script.file)
        .map(|place| place.span)
        .collect();
    let reached = reached(tree);
    let mut branches = Vec::new();
    for (from, _) in tree.steps().filter(|(id, _)| reached.contains(id)) {
        for (id, edge, to) in tree.edges(from).filter(|(_, edge, _)| edge.authored) {
            let span = places.edges.get(id.index()).copied().unwrap_or_default();
            let within = |never: &Span| span.start <= never.start && never.end <= span.end;
            if never.iter().any(within) {
                continue;
            }
            branches.push(Branch {
                name: name(tree, from, id, edge),
                span,
                edge: id,
                from,
                to,
            });
        }
    }
    branches.sort_by_key(|branch| branch.span);
    branches
}

/// The steps that can be reached from the start by edges.
fn reached(tree: &Tree) -> HashSet<StepId> {
    let mut reached = HashSet::from([tree.start()]);
    let mut open = vec![tree.start()];
    while let Some(at) = open.pop() {
        for (_, _, to) in tree.edges(at) {
            if reached.insert(to) {
                open.push(to);
            }
        }
    }
    reached
}

/// The name of an edge: the path of the author's words.
fn name(tree: &Tree, from: StepId, id: EdgeId, edge: &Edge) -> String {
    let step = tree.step(from);
    let owner = &step.name;
    match &edge.arm {
        Arm::Yes => format!("{owner}.yes"),
        Arm::No => format!("{owner}.no"),
        Arm::Unsure => format!("{owner}.unsure"),
        Arm::Tried => format!("{owner}.tried"),
        Arm::Cannot => format!("{owner}.cannot"),
        Arm::Limit => format!("{owner}.limit"),
        Arm::Skip => format!("{owner}.skip"),
        Arm::Answer(place) => match &step.kind {
            StepKind::Question(question) => {
                format!("{owner}.answers.{}", answer_key(&question.kind, *place))
            }
            _ => format!("{owner}.answers"),
        },
        Arm::Return(place) => match &step.kind {
            StepKind::Call(call) => {
                let value = call.returns.get(*place as usize);
                format!("{owner}.returns.{}", value.map_or("", |value| value))
            }
            _ => format!("{owner}.returns"),
        },
        Arm::Next(_) => next_name(tree, from, id),
    }
}

/// The key of a question's answer.
fn answer_key(kind: &QuestionKind, place: u32) -> &str {
    let place = place as usize;
    let key = match kind {
        QuestionKind::Choice(choices) | QuestionKind::Many(choices) => {
            choices.get(place).map(|choice| &choice.key)
        }
        QuestionKind::Number(_, answers) => answers.get(place).map(|answer| &answer.key),
        QuestionKind::YesNo | QuestionKind::Text(_) | QuestionKind::Date(_) => None,
    };
    key.map_or("", |key| key)
}

/// `check.next`, or `check.next.2` where there are several.
fn next_name(tree: &Tree, from: StepId, id: EdgeId) -> String {
    let owner = &tree.step(from).name;
    let all: Vec<EdgeId> = tree
        .edges(from)
        .filter(|(_, edge, _)| edge.authored && matches!(edge.arm, Arm::Next(_)))
        .map(|(id, ..)| id)
        .collect();
    match all.iter().position(|other| *other == id) {
        Some(place) if all.len() > 1 => format!("{owner}.next.{}", place + 1),
        _ => format!("{owner}.next"),
    }
}
