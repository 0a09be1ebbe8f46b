//! `nothing-for-customers`: customers can come to a step that has nothing which they may see. Ends always have
//! something; what is silent needs nothing.

use crate::condition::FactRef;
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Audience, Shown, Step, StepKind};

use super::Subject;
use super::flow::Flow;
use super::not_for_audience::is_open_to_customers;

/// Judges the steps that stop.
pub fn check(flow: &Flow<'_>, found: &mut Vec<Diagnostic>) {
    let subject = flow.study.subject;
    if subject.tree.about.audience == Some(Audience::Agent) {
        return;
    }
    for (id, step) in subject.tree.steps() {
        if shows_nothing(subject, step) && is_open_to_customers(flow, id) {
            let message = format!("customers see nothing at `{}`", step.name);
            found.push(
                subject
                    .at_step(Code::NothingForCustomers, id, message)
                    .label("what stands here is for agents only")
                    .help("add a `do` or `help` for customers, or lead past it: `when: audience == \"agent\"`"),
            );
        }
    }
}

/// Whether a step stops the walk and has nothing that everybody may see.
pub fn shows_nothing(subject: &Subject<'_>, step: &Step) -> bool {
    let asks = match &step.kind {
        StepKind::Question(question) => is_asked_by_declaration(subject, question.fact),
        StepKind::Instruction => false,
        _ => true,
    };
    let shown = step.shown.as_deref();
    !asks
        && step.ask.is_none()
        && step.instruction.is_none()
        && shown.is_none_or(|shown| !has_public(shown))
}

fn is_asked_by_declaration(subject: &Subject<'_>, fact: FactRef) -> bool {
    match fact {
        FactRef::Shared(at) => {
            let declared = subject.library.facts.get(at as usize);
            declared.is_some_and(|declared| declared.ask.is_some())
        }
        _ => false,
    }
}

fn has_public(shown: &Shown) -> bool {
    shown.help.is_some()
        || shown.warn.is_some()
        || !shown.checklist.is_empty()
        || shown.image.is_some()
        || shown.link.is_some()
}
