//! `already-answered`: a question whose shared fact is known on every walk that reaches it.

use crate::condition::FactRef;
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Step, StepId, StepKind};

use super::flow::{Flow, Origins};

/// Judges every question with `fact:`. One that a walk comes to again is asked then, and so is not judged.
pub fn check(flow: &Flow<'_>, found: &mut Vec<Diagnostic>) {
    if !flow.is_complete() {
        return;
    }
    let mut origins = None;
    for (id, step) in flow.study.subject.tree.steps() {
        if let StepKind::Question(question) = &step.kind
            && let FactRef::Shared(fact) = question.fact
            && !step.must_be_shown()
            && !flow.comes_again(id)
            && flow.reaches(id)
            && flow.at(id, question.fact).is_sure()
        {
            let origins = origins.get_or_insert_with(|| Origins::of(flow));
            found.push(report(flow, origins, id, step, fact));
        }
    }
}

fn report(
    flow: &Flow<'_>,
    origins: &Origins<'_, '_>,
    id: StepId,
    step: &Step,
    fact: u32,
) -> Diagnostic {
    let subject = flow.study.subject;
    let name = &subject.library.fact(fact).name;
    let value = flow.at(id, FactRef::Shared(fact));
    let message = format!("`{}` is never asked: `{name}` is known already", step.name);
    let mut finding = subject
        .at_step(Code::AlreadyAnswered, id, message)
        .label(format!("every walk that comes here knows `{name}`: it is {value}"))
        .help(format!(
            "lead straight on, or tell callers apart by a branch (`when:`); if the answer may have changed, ask without `fact: {name}`"
        ));
    for giver in origins
        .givers(FactRef::Shared(fact), id)
        .into_iter()
        .take(3)
    {
        finding = finding.also(
            subject.step_place(giver),
            format!("`{name}` becomes known here"),
        );
    }
    finding
}
