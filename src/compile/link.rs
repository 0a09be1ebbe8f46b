//! Second pass over a tree: the named nodes of its [`Outline`] are filled in and joined by edges. What a name leads to
//! that cannot be resolved is the node `?`; such a tree has an error and is never walked.
//!
//! Each kind of step has its part of the [`Linker`] in a file of its own.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use crate::check::Places;
use crate::condition::{FactType, Text};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Span};
use crate::syntax::{Form, Script, StepNode, Word};
use crate::tree::{
    About, Arm, Audience, Builder, Edge, EdgeWords, PublicText, Step, StepId, StepKind, Tree,
    TreeId,
};

use super::edges::entries;
use super::misdeclared_fact::{Blame, Blamed};
use super::missing_step::MissingSteps;
use super::misspelled_step::{self, MisspelledSteps};
use super::outline::{Node, Outline};
use super::shared::{Findings, Shared};
use super::tries::Chain;
use super::way::{Way, each_way};

/// A tree, linked.
pub(super) struct Linked {
    pub tree: Tree,
    pub places: Places,
    pub findings: Findings,
    /// The trees that it calls or leaves for, in the order of writing.
    pub links: Vec<Link>,
    /// What does not go with the declarations of shared facts.
    pub blames: Vec<Blame>,
}

/// A way from one tree into another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Link {
    /// The other tree.
    pub to: TreeId,
    /// Where it is named.
    pub span: Span,
    /// Whether it is called, not left for.
    pub call: bool,
}

/// Fills in and joins the nodes of a script.
pub(super) fn link(script: &Script, outline: Outline<'_>, shared: &Shared<'_>) -> Linked {
    let mut linker = Linker::new(script, outline, shared);
    for at in 0..linker.nodes.len() {
        linker.node(at);
    }
    linker.finish()
}

/// One tree while it is linked.
pub(super) struct Linker<'s, 'a> {
    pub script: &'a Script,
    pub shared: &'s Shared<'a>,
    pub nodes: Vec<Node<'a>>,
    pub builder: Builder,
    pub places: Places,
    pub findings: Findings,
    pub links: Vec<Link>,
    /// Types of step facts that were looked up before.
    pub step_types: HashMap<u32, FactType>,
    /// Found out when a name is looked up that no step has.
    pub misspelled: OnceCell<MisspelledSteps<'a>>,
    /// The node that the next edge with an end written in place leads to.
    pub in_place: usize,
    /// From the name of the step in hand to that of the next one.
    pub extent: (u32, u32),
    /// The `try` whose remedies come next.
    pub chain: Chain,
    /// What several edges lead to or texts name, and no step is near to.
    pub missing: MissingSteps,
    /// What does not go with the declarations of shared facts.
    pub blames: Vec<Blame>,
    /// How many entries the list of `next` in hand has.
    pub entries: usize,
    /// Whether a condition in the list of `next` in hand has mistakes.
    pub unclear_list: bool,
    /// Whether what the edge in hand sets has mistakes.
    pub unclear_set: bool,
    /// How many names may still be compared for "did you mean"; keeps a file of nothing but mistakes linear.
    pub guesses: usize,
}

/// See [`Linker::guesses`].
const MAX_GUESSES: usize = 2_000_000;

impl<'s, 'a> Linker<'s, 'a> {
    fn new(script: &'a Script, outline: Outline<'a>, shared: &'s Shared<'a>) -> Self {
        let mut places = outline.places;
        let mut builder = outline.builder;
        places.edges.reserve(outline.edges);
        builder.reserve_edges(outline.edges);
        Self {
            script,
            shared,
            nodes: outline.nodes,
            builder,
            places,
            findings: outline.findings,
            links: Vec::new(),
            step_types: HashMap::new(),
            misspelled: OnceCell::new(),
            in_place: 0,
            extent: (0, 0),
            chain: Chain::default(),
            missing: MissingSteps::default(),
            blames: Vec::new(),
            entries: 0,
            unclear_list: false,
            unclear_set: false,
            guesses: MAX_GUESSES,
        }
    }

    /// Fills in one node and adds its edges.
    fn node(&mut self, at: usize) {
        let id = StepId::new(at);
        let Some(node) = self.nodes.get(at).copied() else {
            return;
        };
        self.in_place = at + 1;
        match node {
            Node::Step(step) => self.step(id, step),
            Node::Remedy(step) => self.remedy_of_try(id, step),
            Node::If(condition) => self.remedy_condition(id, condition),
            Node::RemedyFix {
                instruction,
                remedy,
            } => self.remedy_fix(id, instruction, remedy),
            Node::End(end) => self.end(id, end),
            Node::Leave(tree) => self.leave(id, tree),
            Node::Stuck => self.stuck(id),
        }
    }

    /// An entry of `steps:`.
    fn step(&mut self, id: StepId, step: &'a StepNode) {
        self.own_name(step);
        self.extent = (step.name.span.start, self.next_step(step));
        let ask = self.public(step.ask.as_ref());
        let instruction = self.public(step.instruction.as_ref());
        let shown = self.shown(step.shown.as_deref());
        self.change(id, |node| {
            node.ask = ask;
            node.instruction = instruction;
            node.shown = shown;
            node.wait = step.wait.as_ref().map(|wait| wait.value);
            node.limit = step.limit.as_ref().map(|limit| limit.visits.value);
        });
        match &step.form {
            Form::Question(question) => self.question(id, step, question),
            Form::Instruction(_) => self.set_kind(id, StepKind::Instruction),
            Form::Remedy(remedy) => self.remedy(id, step, remedy),
            Form::Branch(_) => {}
            Form::Call(call) => self.call(id, step, call),
            Form::Try(remedies) => self.remedies(id, step, remedies),
            Form::End(end) => self.end_kind(id, end),
            Form::Broken => {
                self.places.reads_unknown = true;
                self.lost_edge(id, Arm::Next(None), step.name.span);
            }
        }
        self.entries = entries(step).map_or(0, Vec::len);
        each_way(step, &mut |(way, edge)| match (&step.form, way) {
            (Form::Try(_), Way::No) => self.after_try(id, edge),
            _ => self.way(id, way, edge),
        });
        self.next_default(id, step);
    }

    /// Where the next step begins.
    fn next_step(&self, step: &StepNode) -> u32 {
        let start = step.name.span.start;
        let steps = &self.script.steps;
        let next = steps.partition_point(|step| step.name.span.start <= start);
        steps
            .get(next)
            .map_or(u32::MAX, |next| next.name.span.start)
    }

    /// A step is not named like a shared fact, unless it asks for that very fact.
    fn own_name(&mut self, step: &StepNode) {
        let name = &step.name;
        let asks_for = match &step.form {
            Form::Question(question) => question.fact.as_ref().map(|fact| &fact.value),
            _ => None,
        };
        if asks_for != Some(&name.value) {
            self.not_a_fact(name);
        }
    }

    /// Completes a node.
    pub fn change(&mut self, id: StepId, change: impl FnOnce(&mut Step)) {
        if let Some(step) = self.builder.step_mut(id) {
            change(step);
        }
    }

    /// Says what happens at a node.
    pub fn set_kind(&mut self, id: StepId, kind: StepKind) {
        self.change(id, |step| step.kind = kind);
    }

    /// Adds an edge with its place. Edges of one node are added together, nodes in the order of their ids.
    pub fn add_edge(&mut self, from: StepId, edge: Edge, to: StepId, span: Span) {
        self.builder.edge(from, edge, to);
        self.places.edges.push(span);
    }

    /// Adds an edge that no author wrote.
    pub fn made_edge(&mut self, from: StepId, arm: Arm, to: StepId, words: Option<Box<EdgeWords>>) {
        let span = self.step_span(from);
        let edge = Edge {
            arm,
            words,
            authored: false,
        };
        self.add_edge(from, edge, to, span);
    }

    /// Adds an edge to `?`, in place of one that could not be read or is missing.
    pub fn lost_edge(&mut self, from: StepId, arm: Arm, span: Span) {
        let to = self.unresolved(span);
        let edge = Edge {
            arm,
            words: None,
            authored: false,
        };
        self.add_edge(from, edge, to, span);
    }

    /// The node `?`.
    pub fn unresolved(&mut self, span: Span) -> StepId {
        if let Some(id) = self.places.unresolved {
            return id;
        }
        let id = StepId::new(self.places.steps.len());
        // A step may have been named so in spite of the rules for names.
        let mut name = "?".to_owned();
        while self.builder.find(&name).is_some() {
            name.push('?');
        }
        let added = self.builder.step(Step::new(name, StepKind::Branch));
        debug_assert_eq!(added, Ok(id), "no other step has that name");
        self.places.steps.push(span);
        self.places.unresolved = Some(id);
        id
    }

    /// The node `stuck`, the last one of the outline.
    pub fn stuck_id(&self) -> StepId {
        StepId::new(self.nodes.len().saturating_sub(1))
    }

    /// Where a node stands.
    pub fn step_span(&self, id: StepId) -> Span {
        self.places
            .steps
            .get(id.index())
            .copied()
            .unwrap_or_default()
    }

    /// A place in this tree's file.
    pub fn place(&self, span: Span) -> Place {
        Place {
            file: self.script.file,
            span,
        }
    }

    /// A finding in this tree's file.
    pub fn finding(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.place(span), message)
    }

    /// Takes a finding in about something that the step in hand lacks, unless it may be what could not be read there.
    pub fn report_missing(&mut self, finding: Diagnostic) {
        let (from, to) = self.extent;
        if !self.shared.has_fault(self.script.file, from, to) {
            self.report(finding);
        }
    }

    /// Notes that a finding may be the fault of a shared fact's declaration.
    pub fn blame(&mut self, fact: &str, finding: &Diagnostic, what: Blamed) {
        if !self.shared.facts_are_declared() {
            return;
        }
        if let Some((fact, _)) = self.shared.fact(fact) {
            self.blames.push(Blame {
                fact,
                code: finding.code,
                place: finding.primary.place,
                what,
            });
        }
    }

    /// Takes a finding in.
    pub fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// Makes the tree.
    fn finish(mut self) -> Linked {
        let start = self.start();
        if let Some(misspelled) = self.misspelled.get() {
            self.findings
                .extend(misspelled_step::findings(misspelled, self.script));
        }
        self.missing.forget_facts(&mut self.findings);
        if self.script.broken {
            self.unresolved(Span::default());
        }
        let stuck = self.stuck_id();
        let about = self.about();
        let name = Arc::clone(&self.script.name);
        #[allow(
            clippy::expect_used,
            reason = "every id was made for a node of this builder"
        )]
        let tree = self
            .builder
            .finish(name, about, start, stuck)
            .expect("edges lead to nodes");
        Linked {
            tree,
            places: self.places,
            findings: self.findings,
            links: self.links,
            blames: self.blames,
        }
    }

    /// Where a walk begins: the first step, unless `start:` names another one.
    fn start(&mut self) -> StepId {
        match &self.script.start {
            Some(word) => self.step_named(word),
            None if self.script.steps.is_empty() => self.unresolved(Span::default()),
            None => StepId::new(0),
        }
    }

    /// What is said about the tree. Nothing can be filled in in its title and summary: they are shown outside of a walk.
    fn about(&mut self) -> About {
        let script = self.script;
        let values = |words: &[Word]| -> Vec<Arc<str>> {
            words.iter().map(|word| Arc::clone(&word.value)).collect()
        };
        let title = self.public_literal(script.title.as_ref());
        About {
            title: title.unwrap_or_else(|| PublicText(Text::literal(Arc::clone(&script.name)))),
            summary: self.public_literal(script.summary.as_ref()),
            symptoms: values(&script.symptoms),
            tags: values(&script.tags),
            owner: self.agent_literal(script.owner.as_ref()),
            review_by: script.review_by.as_ref().map(|date| date.value),
            warn: self.public(script.warn.as_ref()),
            check: self.public(script.check.as_ref()),
            audience: script.agents_only.map(|_| Audience::Agent),
        }
    }
}
