//! `same-target`: every answer leads to the same place, and nothing reads the answer.

use crate::condition::FactRef;
use crate::diagnostic::{Code, Diagnostic};
use crate::tree::{Arm, Edge, Question, QuestionKind, Step, StepId, StepKind};

use super::study::Study;

/// Judges every question without `fact:`.
pub fn check(study: &Study<'_>, found: &mut Vec<Diagnostic>) {
    if study.subject.places.reads_unknown {
        return;
    }
    for (id, step) in study.subject.tree.steps() {
        if let StepKind::Question(question) = &step.kind
            && let FactRef::Step(_) = question.fact
            && all_lead_to_one(study, id, question)
            && !study.uses_fact(question.fact)
        {
            found.push(report(study, id, step));
        }
    }
}

/// Whether the answer makes no difference to where the walk goes and what is set.
fn all_lead_to_one(study: &Study<'_>, id: StepId, question: &Question) -> bool {
    let tree = study.subject.tree;
    let answers = match &question.kind {
        QuestionKind::YesNo => 2,
        QuestionKind::Choice(choices) | QuestionKind::Many(choices) => choices.len(),
        QuestionKind::Number(_, answers) => answers.len(),
        QuestionKind::Text(_) | QuestionKind::Date(_) => 0,
    };
    let mut edges = tree.edges(id).filter(|(_, edge, _)| is_answer(&edge.arm));
    let Some((_, first, target)) = edges.next() else {
        return false;
    };
    let for_all = matches!(first.arm, Arm::Next(None));
    let mut others = 0;
    let same = edges.all(|(_, edge, to)| {
        others += 1;
        is_same_place(study, target, to) && set(edge) == set(first)
    });
    let complete = for_all || others + 1 == answers;
    let same = same && !unsure_leads_elsewhere(study, id, target);
    same && complete && answers > 1 && study.subject.places.unresolved != Some(target)
}

/// Whether the author leads those who cannot answer to another place: then it matters whether there is an answer. That
/// they go to `stuck` goes without saying.
fn unsure_leads_elsewhere(study: &Study<'_>, id: StepId, target: StepId) -> bool {
    let unsure = study
        .subject
        .tree
        .edge(id, |arm| matches!(arm, Arm::Unsure));
    unsure.is_some_and(|(edge, to)| {
        edge.authored && to != study.subject.tree.stuck() && !is_same_place(study, target, to)
    })
}

const fn is_answer(arm: &Arm) -> bool {
    matches!(arm, Arm::Yes | Arm::No | Arm::Answer(_) | Arm::Next(_))
}

/// The same step, or the same tree; an end written in place is a place of its own.
fn is_same_place(study: &Study<'_>, one: StepId, other: StepId) -> bool {
    let tree = study.subject.tree;
    match (&tree.step(one).kind, &tree.step(other).kind) {
        (StepKind::Leave(one), StepKind::Leave(other)) => one == other,
        _ => one == other,
    }
}

fn set(edge: &Edge) -> &[(u32, crate::condition::Value)] {
    edge.words.as_ref().map_or(&[], |words| &words.set)
}

fn report(study: &Study<'_>, id: StepId, step: &Step) -> Diagnostic {
    let name = &*step.name;
    study
        .subject
        .at_step(Code::SameTarget, id, format!("the answer to `{name}` makes no difference"))
        .label("every answer leads to the same place, and nothing reads the answer")
        .help("lead one of the answers elsewhere, use the answer in a condition or a text, or delete the question")
}
