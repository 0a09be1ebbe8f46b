//! Remedies: as steps, and in a `try`, where they form a chain: each one's `No` leads to the next one, the last one's
//! to where the `try`'s own `no:` leads.

use std::collections::HashMap;
use std::sync::Arc;

use crate::condition::FactRef;
use crate::diagnostic::{Code, nearest};
use crate::source::Span;
use crate::syntax::{EdgeNode, RemedyNode, RemedyStep, StepNode, TryNode, Word};
use crate::tree::{Arm, EdgeWords, Question, QuestionKind, Remedy, StepId, StepKind, Try};

use super::best_order::{MAX_REMEDIES, Timed, best_order};
use super::edges::suggest;
use super::link::Linker;
use super::outline::Node;
use super::way::{each_remedy_way, nodes_in_place};

/// The `try` whose remedies are linked next.
#[derive(Debug, Default)]
pub(super) struct Chain {
    within: Option<StepId>,
    /// In walking order: a remedy's name, its first node, and its own node.
    links: Vec<(Arc<str>, StepId, StepId)>,
    /// Where each remedy stands among them.
    places: HashMap<Arc<str>, usize>,
    /// Where the `try`'s `no:` leads.
    after: Option<StepId>,
    /// What that edge shows and sets.
    words: Option<Box<EdgeWords>>,
}

impl Chain {
    /// What comes after a remedy: the next one's first node, or the way out of the `try` with its words.
    fn next(&self, remedy: &str) -> Option<(StepId, Option<Box<EdgeWords>>)> {
        let at = *self.places.get(remedy)?;
        match self.links.get(at + 1) {
            Some((_, first, _)) => Some((*first, None)),
            None => Some((self.after?, self.words.clone())),
        }
    }
}

impl<'a> Linker<'_, 'a> {
    /// A remedy that is a step.
    pub fn remedy(&mut self, id: StepId, step: &StepNode, remedy: &'a RemedyNode) {
        let kind = self.remedy_kind(remedy, None);
        self.set_kind(id, StepKind::Remedy(Box::new(kind)));
        self.made_yes(id, remedy);
        if remedy.no.is_none() {
            self.missing_no(id, step.name.span, "if it did not help");
        }
    }

    /// A remedy of the `try` before it.
    pub fn remedy_of_try(&mut self, id: StepId, step: &'a RemedyStep) {
        self.not_a_fact(&step.name);
        let instruction = self.public(step.instruction.as_ref());
        let shown = self.shown(step.shown.as_deref());
        let within = self.chain.within;
        let kind = self.remedy_kind(&step.remedy, within);
        if step.remedy.when.is_some() && kind.when.is_none() {
            self.places.unclear_remedies.insert(id);
        }
        let condition = step.remedy.condition.as_ref();
        let kind = Remedy {
            condition: condition.map(|_| StepId::new(id.index().saturating_sub(1))),
            ..kind
        };
        self.change(id, |node| {
            node.kind = StepKind::Remedy(Box::new(kind));
            node.instruction = instruction;
            node.shown = shown;
            node.wait = step.wait.as_ref().map(|wait| wait.value);
        });
        self.made_yes(id, &step.remedy);
        each_remedy_way(&step.remedy, &mut |(way, edge)| self.way(id, way, edge));
        if step.remedy.no.is_none() {
            self.no_to_next(id, &step.name.value);
        }
    }

    /// The question that leaves a remedy out: `NAME.if`.
    pub fn remedy_condition(&mut self, id: StepId, condition: &'a Word) {
        let remedy = StepId::new(id.index() + 1);
        let question = Question {
            fact: FactRef::Step(id.index() as u32),
            kind: QuestionKind::YesNo,
            probe: None,
        };
        self.no_condition(condition);
        let ask = self.public(Some(condition));
        self.change(id, |node| {
            node.ask = ask;
            node.kind = StepKind::Question(Box::new(question));
        });
        self.made_edge(id, Arm::Yes, remedy, None);
        let name = match self.nodes.get(remedy.index()) {
            Some(Node::Remedy(step)) => Arc::clone(&step.name.value),
            _ => return,
        };
        self.no_to_next(id, &name);
    }

    /// `if` asks somebody; what a condition says by facts that are known is decided by `when`.
    fn no_condition(&mut self, word: &Word) {
        if word.value.contains('?') || !self.reads_facts(word) {
            return;
        }
        let message = format!("`{}` is a condition, and `if` asks a question", word.value);
        let finding = self
            .finding(Code::BadValue, word.span, message)
            .label("somebody would be asked this, word for word")
            .help("write `when:` in place of `if:`");
        self.report(finding);
    }

    /// `No` to what comes after a remedy of a `try`.
    fn no_to_next(&mut self, id: StepId, remedy: &str) {
        match self.chain.next(remedy) {
            Some((next, words)) => self.made_edge(id, Arm::No, next, words),
            None => {
                let span = self.step_span(id);
                self.lost_edge(id, Arm::No, span);
            }
        }
    }

    fn remedy_kind(&mut self, remedy: &RemedyNode, within: Option<StepId>) -> Remedy {
        Remedy {
            check: self.public(remedy.check.as_ref()),
            label: self.public(remedy.label.as_ref()),
            cause: self.public(remedy.cause.as_ref()),
            within,
            takes: remedy.takes.as_ref().map(|takes| takes.value),
            odds: remedy.odds.as_ref().map(|odds| odds.value),
            when: remedy.when.as_ref().and_then(|when| self.condition(when)),
            condition: None,
        }
    }

    /// `Yes` to the fix made of the remedy's own words, the node after it.
    fn made_yes(&mut self, id: StepId, remedy: &RemedyNode) {
        if remedy.yes.is_none() {
            let fix = StepId::new(self.in_place);
            self.in_place += 1;
            self.made_edge(id, Arm::Yes, fix, None);
        }
    }

    fn missing_no(&mut self, id: StepId, span: Span, when: &str) {
        let finding = self
            .finding(
                Code::MissingAnswer,
                span,
                format!("nothing says where to go {when}"),
            )
            .label("has no `no:`")
            .help("add `no:` with a step's name, or `no: stuck`");
        self.report_missing(finding);
        self.lost_edge(id, Arm::No, span);
    }

    /// A `try`: the order of its remedies, and the ways to them.
    pub fn remedies(&mut self, id: StepId, step: &'a StepNode, node: &'a TryNode) {
        let places = self.lay_out(node);
        let order = self.order(node);
        let link = |at: &usize| {
            let (step, (first, own)) = (node.remedies.get(*at)?, places.get(*at)?);
            Some((Arc::clone(&step.name.value), *first, *own))
        };
        let links: Vec<_> = order.iter().filter_map(link).collect();
        let kind = Try {
            remedies: links.iter().map(|(_, _, own)| *own).collect(),
            ordered: node.best.is_some(),
        };
        self.set_kind(id, StepKind::Try(Box::new(kind)));
        for (_, first, _) in &links {
            self.made_edge(id, Arm::Skip, *first, None);
        }
        let names = links.iter().map(|(name, ..)| Arc::clone(name));
        self.chain = Chain {
            within: Some(id),
            places: names.zip(0..).collect(),
            links,
            after: None,
            words: None,
        };
        if node.no.is_none() {
            self.missing_no(id, step.name.span, "when none of its remedies helped");
            self.chain.after = self.places.unresolved;
        }
    }

    /// The first node and the own node of each remedy, as written. They come right after the `try`; afterwards what is
    /// written in place in its `no:`.
    fn lay_out(&mut self, node: &TryNode) -> Vec<(StepId, StepId)> {
        let mut places = Vec::with_capacity(node.remedies.len());
        for step in &node.remedies {
            let first = self.in_place;
            let own = first + usize::from(step.remedy.condition.is_some());
            self.in_place = own + 1 + usize::from(step.remedy.yes.is_none());
            each_remedy_way(&step.remedy, &mut |(_, edge)| {
                self.in_place += nodes_in_place(edge);
            });
            places.push((StepId::new(first), StepId::new(own)));
        }
        places
    }

    /// The `no:` of a `try`, which is also where its last remedy leads.
    pub fn after_try(&mut self, id: StepId, edge: &'a EdgeNode) {
        let (to, words) = self.written_edge(id, Arm::No, edge);
        self.chain.after = Some(to);
        self.chain.words = words;
    }

    /// The remedies in walking order, by their places in the file.
    fn order(&mut self, node: &TryNode) -> Vec<usize> {
        let after = self.after(node);
        let written: Vec<usize> = (0..node.remedies.len()).collect();
        if node.best.is_none() {
            self.written_in_order(node, &after);
            return written;
        }
        // Too many of them, and remedies without `takes` or `odds`, were reported when the file was read.
        let Some(timed) = timed(node, &after) else {
            return written;
        };
        match best_order(&timed) {
            Some(order) => order,
            None => {
                self.ring_of_waits(node, &after);
                written
            }
        }
    }

    /// For each remedy the places of those that it comes after.
    fn after(&mut self, node: &TryNode) -> Vec<Vec<usize>> {
        let names = node.remedies.iter().map(|step| &*step.name.value);
        let places: HashMap<&str, usize> = names.zip(0..).collect();
        let mut all = Vec::with_capacity(node.remedies.len());
        for step in &node.remedies {
            let mut earlier = Vec::new();
            for name in &step.remedy.after {
                match places.get(&*name.value) {
                    Some(at) => earlier.push(*at),
                    None => self.unknown_remedy(node, name),
                }
            }
            all.push(earlier);
        }
        all
    }

    fn unknown_remedy(&mut self, node: &TryNode, name: &Word) {
        let (word, span) = (&*name.value, name.span);
        if self.shared.may_name(self.script.file, word) {
            return;
        }
        let finding = self.finding(
            Code::UnknownStep,
            span,
            format!("this `try` has no remedy `{word}`"),
        );
        let names = node.remedies.iter().map(|step| &*step.name.value);
        let finding = match nearest(word, names) {
            None => finding.help("`after` names remedies of the same `try`"),
            near => suggest(finding, span, near),
        };
        self.report(finding);
    }

    /// Remedies that are walked as written stand after those that they wait for.
    fn written_in_order(&mut self, node: &TryNode, after: &[Vec<usize>]) {
        for (at, (step, earlier)) in node.remedies.iter().zip(after).enumerate() {
            for (name, waits_for) in step.remedy.after.iter().zip(earlier) {
                if *waits_for < at {
                    continue;
                }
                let finding = self
                    .finding(
                        Code::BadValue,
                        name.span,
                        format!(
                            "`{}` waits for a remedy that is written after it",
                            step.name.value
                        ),
                    )
                    .help("write it further down, or let `order: best` find the order");
                self.report(finding);
            }
        }
    }

    /// Remedies that wait for one another.
    fn ring_of_waits(&mut self, node: &TryNode, after: &[Vec<usize>]) {
        let mut done = vec![false; after.len()];
        // What can be walked is taken away until nothing more can; the first one left is in, or behind, a ring.
        for _ in 0..after.len() {
            for (at, earlier) in after.iter().enumerate() {
                let free = earlier.iter().all(|at| done.get(*at) == Some(&true));
                if let (true, Some(done)) = (free, done.get_mut(at)) {
                    *done = true;
                }
            }
        }
        let stuck = node.remedies.iter().zip(done).find(|(_, done)| !done);
        let Some((step, _)) = stuck else {
            return;
        };
        let span = step
            .remedy
            .after
            .first()
            .map_or(step.name.span, |name| name.span);
        let finding = self
            .finding(
                Code::BadValue,
                span,
                format!("`{}` waits for a remedy that waits for it", step.name.value),
            )
            .help("take one of the `after` away");
        self.report(finding);
    }
}

/// What `order: best` counts with; `None` where something of it is not written, or there are too many remedies.
fn timed(node: &TryNode, after: &[Vec<usize>]) -> Option<Vec<Timed>> {
    if node.remedies.len() > MAX_REMEDIES {
        return None;
    }
    let remedies = node.remedies.iter().zip(after);
    remedies
        .map(|(step, earlier)| {
            let (takes, odds) = (step.remedy.takes.as_ref()?, step.remedy.odds.as_ref()?);
            Some(Timed::new(takes.value, odds.value, earlier))
        })
        .collect()
}
