//! The edges, ends and texts of a step as its author wrote it, one after the other. Nesting is as deep as the reader
//! of YAML allows, which is what bounds the recursion here.

use crate::syntax::{
    EdgeNode, EndKind, EndNode, Form, QuestionNode, RemedyNode, ShownNode, StepNode, Target, Word,
};

/// Whose eyes a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Customers too.
    Everybody,
    /// Agents and the next team.
    Agents,
}

/// Every edge of a step, with those of the ends written in it.
pub fn edges<'s>(step: &'s StepNode, visit: &mut impl FnMut(&'s EdgeNode)) {
    if let Some(limit) = &step.limit {
        edge_and_its_end(&limit.then, visit);
    }
    match &step.form {
        Form::Question(question) => {
            question_edges(question).for_each(|edge| edge_and_its_end(edge, visit));
        }
        Form::Instruction(instruction) => {
            let others = [&instruction.tried, &instruction.cannot];
            let edges = instruction.next.iter().chain(others.into_iter().flatten());
            edges.for_each(|edge| edge_and_its_end(edge, visit));
        }
        Form::Remedy(remedy) => {
            remedy_edges(remedy).for_each(|edge| edge_and_its_end(edge, visit));
        }
        Form::Branch(next) => next.iter().for_each(|edge| edge_and_its_end(edge, visit)),
        Form::Call(call) => {
            let returns = call.returns.iter().map(|(_, edge)| edge);
            let edges = returns.chain(call.next.iter().flatten());
            edges.for_each(|edge| edge_and_its_end(edge, visit));
        }
        Form::Try(tried) => {
            let remedies = tried.remedies.iter();
            let edges = remedies.flat_map(|remedy| remedy_edges(&remedy.remedy));
            edges
                .chain(&tried.no)
                .for_each(|edge| edge_and_its_end(edge, visit));
        }
        Form::End(end) => end_edges(end, visit),
        Form::Broken => {}
    }
}

/// Every end of a step: itself, or written in place.
pub fn ends<'s>(step: &'s StepNode, visit: &mut impl FnMut(&'s EndNode)) {
    if let Form::End(end) = &step.form {
        visit(end);
    }
    edges(step, &mut |edge| {
        if let Target::End(end) = &edge.target {
            visit(end);
        }
    });
}

/// What a step and everything in it shows besides its main texts.
pub fn shown<'s>(step: &'s StepNode, visit: &mut impl FnMut(&'s ShownNode)) {
    step.shown.iter().for_each(|shown| visit(shown));
    if let Form::Try(tried) = &step.form {
        let remedies = tried.remedies.iter();
        let shown = remedies.filter_map(|remedy| remedy.shown.as_deref());
        shown.for_each(&mut *visit);
    }
    ends(step, &mut |end| {
        end.shown.iter().for_each(|shown| visit(shown))
    });
}

/// Every text of a step that somebody reads.
pub fn texts<'s>(step: &'s StepNode, visit: &mut impl FnMut(Readers, &'s Word)) {
    let own = [&step.ask, &step.instruction].into_iter().flatten();
    own.for_each(|text| visit(Readers::Everybody, text));
    shown_texts(step.shown.as_deref(), visit);
    match &step.form {
        Form::Question(question) => {
            let labels = question
                .answers
                .iter()
                .filter_map(|answer| answer.label.as_ref());
            labels.for_each(|text| visit(Readers::Everybody, text));
        }
        Form::Remedy(remedy) => remedy_texts(remedy, visit),
        Form::Try(tried) => {
            for remedy in &tried.remedies {
                let own = remedy.instruction.iter();
                own.for_each(|text| visit(Readers::Everybody, text));
                shown_texts(remedy.shown.as_deref(), visit);
                remedy_texts(&remedy.remedy, visit);
            }
        }
        _ => {}
    }
    edges(step, &mut |edge| {
        if let Some(extras) = &edge.extras {
            let texts = [&extras.label, &extras.help].into_iter().flatten();
            texts.for_each(|text| visit(Readers::Everybody, text));
        }
    });
    ends(step, &mut |end| end_texts(end, visit));
}

/// The texts of an end.
pub fn end_texts<'s>(end: &'s EndNode, visit: &mut impl FnMut(Readers, &'s Word)) {
    match &end.kind {
        EndKind::Fix {
            what,
            cause,
            prevent,
            ..
        } => {
            let texts = [Some(what), cause.as_ref(), prevent.as_ref()];
            let texts = texts.into_iter().flatten();
            texts.for_each(|text| visit(Readers::Everybody, text));
        }
        EndKind::Escalate { reason, .. } => {
            reason.iter().for_each(|text| visit(Readers::Agents, text));
        }
        EndKind::Information { text } => visit(Readers::Everybody, text),
        EndKind::Return { .. } => {}
    }
    let own = end.instruction.iter();
    own.for_each(|text| visit(Readers::Everybody, text));
    shown_texts(end.shown.as_deref(), visit);
}

/// The edges of a question, without those of ends written in them.
pub fn question_edges(question: &QuestionNode) -> impl Iterator<Item = &EdgeNode> {
    let answers = question
        .answers
        .iter()
        .filter_map(|answer| answer.edge.as_ref());
    let others = [&question.unsure, &question.tried, &question.cannot];
    [&question.yes, &question.no]
        .into_iter()
        .flatten()
        .chain(answers)
        .chain(others.into_iter().flatten())
        .chain(question.next.iter().flatten())
}

fn remedy_edges(remedy: &RemedyNode) -> impl Iterator<Item = &EdgeNode> {
    let edges = [
        &remedy.yes,
        &remedy.no,
        &remedy.unsure,
        &remedy.tried,
        &remedy.cannot,
    ];
    edges.into_iter().flatten()
}

fn edge_and_its_end<'s>(edge: &'s EdgeNode, visit: &mut impl FnMut(&'s EdgeNode)) {
    visit(edge);
    if let Target::End(end) = &edge.target {
        end_edges(end, visit);
    }
}

fn end_edges<'s>(end: &'s EndNode, visit: &mut impl FnMut(&'s EdgeNode)) {
    if let EndKind::Fix { no: Some(edge), .. } = &end.kind {
        edge_and_its_end(edge, visit);
    }
}

fn remedy_texts<'s>(remedy: &'s RemedyNode, visit: &mut impl FnMut(Readers, &'s Word)) {
    let texts = [
        &remedy.check,
        &remedy.label,
        &remedy.cause,
        &remedy.condition,
    ];
    let texts = texts.into_iter().flatten();
    texts.for_each(|text| visit(Readers::Everybody, text));
}

fn shown_texts<'s>(shown: Option<&'s ShownNode>, visit: &mut impl FnMut(Readers, &'s Word)) {
    let Some(shown) = shown else {
        return;
    };
    let alt = shown.image.as_ref().and_then(|image| image.alt.as_ref());
    let label = shown.link.as_ref().and_then(|link| link.label.as_ref());
    let public = [shown.help.as_ref(), shown.warn.as_ref(), alt, label];
    let public = public.into_iter().flatten().chain(&shown.checklist);
    public.for_each(|text| visit(Readers::Everybody, text));
    let internal = [&shown.say, &shown.note].into_iter().flatten();
    internal.for_each(|text| visit(Readers::Agents, text));
}
