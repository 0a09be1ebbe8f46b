//! `no-way-out`: a step from which no end can be reached by the edges in the tree. Conditions are not looked at.

use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Arm, Question, QuestionKind, Step, StepId, StepKind};

use super::listed::listed;
use super::study::Study;

/// Reports the loops that nothing leads out of, once each; not the steps that only lead into one.
pub fn check(study: &Study<'_>, found: &mut Vec<Diagnostic>) {
    if study.loops.is_empty() {
        return;
    }
    let nodes = 0..study.graph.len() as u32;
    let ends = nodes.filter(|node| may_end(study, *node));
    let ending = study.graph.reversed().reach(ends);
    for group in &study.loops {
        let Some(first) = group.first() else {
            continue;
        };
        if !ending.contains(*first) && is_closed(study, group) && !study.has_silent_loop(group) {
            found.push(report(study, group));
        }
    }
}

/// Whether a walk may end at a node, or go on in a way that is not in the graph.
fn may_end(study: &Study<'_>, node: u32) -> bool {
    let id = StepId::new(node as usize);
    let step = study.step(node);
    match &step.kind {
        StepKind::End(_) | StepKind::Leave(_) => true,
        StepKind::Call(call) => study
            .outcomes
            .get(call.tree)
            .is_none_or(|called| called.prompts_to_end.is_some()),
        _ => study.subject.places.unresolved == Some(id) || lacks_an_arm(study, id, step),
    }
}

/// Whether an edge is missing that was reported already.
fn lacks_an_arm(study: &Study<'_>, id: StepId, step: &Step) -> bool {
    let has = |wanted: &dyn Fn(&Arm) -> bool| study.subject.tree.edge(id, wanted).is_some();
    let has_yes = || has(&|arm| matches!(arm, Arm::Yes));
    let has_no = || has(&|arm| matches!(arm, Arm::No));
    if has(&|arm| matches!(arm, Arm::Next(None))) {
        return false;
    }
    match &step.kind {
        StepKind::Remedy(_) | StepKind::Try(_) => !has_no(),
        StepKind::Question(question) => match answers(question) {
            None => !(has_yes() && has_no()),
            Some(count) => {
                (0..count).any(|at| !has(&|arm| matches!(arm, Arm::Answer(place) if *place == at)))
            }
        },
        _ => true,
    }
}

/// How many answers a question has, where they are not yes and no.
fn answers(question: &Question) -> Option<u32> {
    match &question.kind {
        QuestionKind::YesNo => None,
        QuestionKind::Choice(choices) | QuestionKind::Many(choices) => Some(choices.len() as u32),
        QuestionKind::Number(_, answers) => Some(answers.len() as u32),
        QuestionKind::Text(_) | QuestionKind::Date(_) => Some(0),
    }
}

/// Whether every edge out of a group leads back into it.
fn is_closed(study: &Study<'_>, group: &[u32]) -> bool {
    let stays = |node: &u32| {
        let mut targets = study.graph.successors(*node).iter();
        targets.all(|target| study.is_inside(*node, *target))
    };
    group.iter().all(stays)
}

fn report(study: &Study<'_>, group: &[u32]) -> Diagnostic {
    let names: Vec<&str> = study.names(group).collect();
    let first = group.first().copied().unwrap_or_default();
    let name = &*study.step(first).name;
    let label = match names.len() {
        1 => "every way on leads straight back here".to_owned(),
        _ => format!("{} only lead to each other", listed(names.iter().copied())),
    };
    let message = format!("from `{name}` no end can be reached");
    let mut finding = study
        .subject
        .at_step(Code::NoWayOut, StepId::new(first as usize), message)
        .label(label)
        .help("lead one answer of the loop to a `fix`, an `escalate`, an `end`, or `stuck`");
    for node in study.named(group).skip(1).take(3) {
        let id = StepId::new(node as usize);
        finding = finding.also(study.subject.step_place(id), "in the same loop");
    }
    finding
}
