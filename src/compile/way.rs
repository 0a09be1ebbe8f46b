//! The ways out of a step that an author can write, in the one order in which nodes and edges are made of them.

use std::sync::Arc;

use crate::syntax::{EdgeNode, EndKind, EndNode, Form, NextNode, RemedyNode, StepNode, Target};

/// Which way out of a step an edge is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'a> {
    Yes,
    No,
    Answer(usize, &'a Arc<str>),
    /// An edge of `next:`, by its place, and whether it stands in a list.
    Next(usize, bool),
    Return(usize, &'a Arc<str>),
    Unsure,
    Tried,
    Cannot,
    Limit,
}

impl Way<'_> {
    /// The name of what is written in place at this way out of the node `owner`: the path of the author's words.
    pub(super) fn path(self, owner: &str) -> Arc<str> {
        match self {
            Self::Yes => format!("{owner}.yes"),
            Self::No => format!("{owner}.no"),
            Self::Answer(_, key) => format!("{owner}.answers.{key}"),
            Self::Next(_, false) => format!("{owner}.next"),
            Self::Next(at, true) => format!("{owner}.next.{}", at + 1),
            Self::Return(_, value) => format!("{owner}.returns.{value}"),
            Self::Unsure => format!("{owner}.unsure"),
            Self::Tried => format!("{owner}.tried"),
            Self::Cannot => format!("{owner}.cannot"),
            Self::Limit => format!("{owner}.limit"),
        }
        .into()
    }
}

/// A way out with what the author wrote for it.
pub(super) type Written<'a> = (Way<'a>, &'a EdgeNode);

/// Shows every edge of a step, remedies of a `try` left out, to `visit`.
pub(super) fn each_way<'a>(step: &'a StepNode, visit: &mut impl FnMut(Written<'a>)) {
    match &step.form {
        Form::Question(question) => {
            one(Way::Yes, question.yes.as_ref(), visit);
            one(Way::No, question.no.as_ref(), visit);
            for (at, answer) in question.answers.iter().enumerate() {
                one(
                    Way::Answer(at, &answer.key.value),
                    answer.edge.as_ref(),
                    visit,
                );
            }
            next(question.next.as_ref(), visit);
            one(Way::Unsure, question.unsure.as_ref(), visit);
            one(Way::Tried, question.tried.as_ref(), visit);
            one(Way::Cannot, question.cannot.as_ref(), visit);
        }
        Form::Instruction(instruction) => {
            next(Some(&instruction.next), visit);
            one(Way::Tried, instruction.tried.as_ref(), visit);
            one(Way::Cannot, instruction.cannot.as_ref(), visit);
        }
        Form::Remedy(remedy) => each_remedy_way(remedy, visit),
        Form::Branch(edges) => next(Some(edges), visit),
        Form::Call(call) => {
            for (at, (value, edge)) in call.returns.iter().enumerate() {
                visit((Way::Return(at, &value.value), edge));
            }
            next(call.next.as_ref(), visit);
        }
        Form::Try(remedies) => one(Way::No, remedies.no.as_ref(), visit),
        Form::End(end) => one(Way::No, after_fix(end), visit),
        Form::Broken => {}
    }
    let limit = step.limit.as_ref().map(|limit| &limit.then);
    one(Way::Limit, limit, visit);
}

/// Shows every edge of a remedy to `visit`.
pub(super) fn each_remedy_way<'a>(remedy: &'a RemedyNode, visit: &mut impl FnMut(Written<'a>)) {
    one(Way::Yes, remedy.yes.as_ref(), visit);
    one(Way::No, remedy.no.as_ref(), visit);
    one(Way::Unsure, remedy.unsure.as_ref(), visit);
    one(Way::Tried, remedy.tried.as_ref(), visit);
    one(Way::Cannot, remedy.cannot.as_ref(), visit);
}

/// Where a fix leads if it turns out not to be one.
pub(super) fn after_fix(end: &EndNode) -> Option<&EdgeNode> {
    match &end.kind {
        EndKind::Fix { no, .. } => no.as_ref(),
        _ => None,
    }
}

/// How many nodes an edge brings with it: an end or a leaving written in place, and what hangs on such an end.
pub(super) fn nodes_in_place(edge: &EdgeNode) -> usize {
    let mut count = 0;
    let mut next = Some(edge);
    while let Some(edge) = next {
        next = None;
        match &edge.target {
            Target::End(end) => {
                count += 1;
                next = after_fix(end);
            }
            Target::Tree(_) => count += 1,
            Target::Step(_) | Target::Stuck(_) | Target::Broken => {}
        }
    }
    count
}

fn one<'a>(way: Way<'a>, edge: Option<&'a EdgeNode>, visit: &mut impl FnMut(Written<'a>)) {
    if let Some(edge) = edge {
        visit((way, edge));
    }
}

fn next<'a>(edges: Option<&'a NextNode>, visit: &mut impl FnMut(Written<'a>)) {
    let edges = edges.map_or(&[][..], Vec::as_slice);
    for (at, edge) in edges.iter().enumerate() {
        visit((Way::Next(at, edges.len() > 1), edge));
    }
}
