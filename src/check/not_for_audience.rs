//! `not-for-audience`: customers can be led to a tree that is for agents only.

use crate::condition::{FactRef, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Span};
use crate::syntax::{Form, Target, Word};
use crate::tree::{Audience, StepId, StepKind, TreeId};

use super::flow::Flow;
use super::parts;

/// Judges the calls and the edges to other trees, in a tree that is not for agents itself.
pub fn check(flow: &Flow<'_>, found: &mut Vec<Diagnostic>) {
    let subject = flow.study.subject;
    if subject.tree.about.audience == Some(Audience::Agent) {
        return;
    }
    for (id, step) in subject.tree.steps() {
        let target = match &step.kind {
            StepKind::Call(call) => call.tree,
            StepKind::Leave(tree) => *tree,
            _ => continue,
        };
        let tree = subject.library.trees.get(target.0 as usize);
        let Some(tree) = tree.filter(|tree| tree.about.audience == Some(Audience::Agent)) else {
            continue;
        };
        if is_open_to_customers(flow, id) {
            let name = &tree.name;
            let message = format!("customers are led to `{name}`, which is for agents only");
            found.push(
                Diagnostic::new(Code::NotForAudience, place(flow, id, target), message)
                    .label("no condition on `audience` keeps customers away from here")
                    .help("lead there by `when: audience == \"agent\"`, or write `audience: agent` in this tree too"),
            );
        }
    }
}

/// Whether a customer can come to a step.
pub fn is_open_to_customers(flow: &Flow<'_>, step: StepId) -> bool {
    let customer = Value::Choice(Audience::Customer.name().into());
    flow.at(step, FactRef::Audience).allows(Some(&customer))
}

/// Where the name of the other tree stands.
fn place(flow: &Flow<'_>, step: StepId, tree: TreeId) -> Place {
    let subject = flow.study.subject;
    let around = subject.step_place(step);
    let name = &subject.library.tree(tree).name;
    let Some(node) = flow.study.script_step(step) else {
        return around;
    };
    let mut words = Vec::new();
    if let Form::Call(call) = &node.form {
        words.push(&call.tree);
    }
    parts::edges(node, &mut |edge| {
        if let Target::Tree(word) = &edge.target
            && (is_within(word.span, around.span) || is_within(around.span, edge.span))
        {
            words.push(word);
        }
    });
    let named = |word: &&&Word| word.value == *name;
    let word = words.iter().find(named);
    word.map_or(around, |word| subject.place(word.span))
}

const fn is_within(inner: Span, outer: Span) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}
