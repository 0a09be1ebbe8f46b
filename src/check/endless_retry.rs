//! `endless-retry`: a loop that is only left when the problem is gone. Conditions are not looked at.

use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Arm, Edge, End, Step, StepId, StepKind};

use super::listed::listed;
use super::study::Study;

/// Reports loops that have a way out, but none other than "it worked".
pub fn check(study: &Study<'_>, found: &mut Vec<Diagnostic>) {
    for group in &study.loops {
        if !study.has_silent_loop(group) && is_endless(study, group) {
            found.push(report(study, group));
        }
    }
}

/// Whether it can be left, but only when the problem is gone.
fn is_endless(study: &Study<'_>, group: &[u32]) -> bool {
    let tree = study.subject.tree;
    let mut solved = false;
    for node in group {
        let id = StepId::new(*node as usize);
        let step = tree.step(id);
        match ends_within(study, step) {
            Some(false) => return false,
            Some(true) => solved = true,
            None => {}
        }
        for (_, edge, target) in tree.edges(id) {
            if study.is_inside(*node, target.index() as u32) {
                continue;
            }
            if !is_solved(step, edge, tree.step(target)) {
                return false;
            }
            solved = true;
        }
    }
    solved
}

/// Whether a walk can end within a step, itself or in the tree that it calls; and if so, only when the problem is gone.
fn ends_within(study: &Study<'_>, step: &Step) -> Option<bool> {
    match &step.kind {
        StepKind::Call(call) => match study.outcomes.get(call.tree) {
            None => Some(false),
            Some(called) => called.prompts_to_end.map(|_| !called.unsolved),
        },
        _ => is_fix(step).then_some(true),
    }
}

/// Whether an edge is only taken when the problem is gone.
fn is_solved(from: &Step, edge: &Edge, to: &Step) -> bool {
    let checked = matches!(from.kind, StepKind::Remedy(_)) && matches!(edge.arm, Arm::Yes);
    checked || (is_fix(to) && !matches!(edge.arm, Arm::Limit))
}

fn is_fix(step: &Step) -> bool {
    matches!(&step.kind, StepKind::End(end) if matches!(**end, End::Fix { .. }))
}

fn report(study: &Study<'_>, group: &[u32]) -> Diagnostic {
    let first = group.first().copied().unwrap_or_default();
    let name = &*study.step(first).name;
    let label = match study.names(group).count() {
        0 | 1 => "leads back here until the problem is solved".to_owned(),
        _ => format!(
            "{} lead back to each other until the problem is solved",
            listed(study.names(group))
        ),
    };
    let help = format!(
        "give a step of the loop a limit, as in `limit: {{visits: 3, then: stuck}}` on `{name}`, or another way out"
    );
    let message = format!("the loop through `{name}` only ends when the problem is gone");
    let mut finding = study
        .subject
        .at_step(Code::EndlessRetry, StepId::new(first as usize), message)
        .label(label)
        .help(help);
    for node in study.named(group).skip(1).take(3) {
        let id = StepId::new(node as usize);
        finding = finding.also(study.subject.step_place(id), "in the same loop");
    }
    finding
}
