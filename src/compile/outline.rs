//! First pass over a tree: every node gets its name and its id, before any edge is looked at. What it makes of the
//! script is an [`Outline`]; the second pass ([`super::link()`]) fills the nodes in and joins them.

use std::collections::HashSet;
use std::sync::Arc;

use crate::check::Places;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Span};
use crate::syntax::{
    EdgeNode, EndKind, EndNode, Form, RemedyNode, RemedyStep, Script, StepNode, Target, TryNode,
    Word,
};
use crate::tree::{Builder, Step, StepId, StepKind};

use super::shared::Returns;
use super::way::{Way, after_fix, each_remedy_way, each_way};

/// What a node is made of.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'a> {
    /// An entry of `steps:`.
    Step(&'a StepNode),
    /// A remedy of a `try`.
    Remedy(&'a RemedyStep),
    /// The `if` of a remedy.
    If(&'a Word),
    /// The fix that a remedy without `yes:` ends in.
    RemedyFix {
        /// `do:`.
        instruction: Option<&'a Word>,
        /// The rest.
        remedy: &'a RemedyNode,
    },
    /// An end written in place.
    End(&'a EndNode),
    /// `{tree: name}`.
    Leave(&'a Word),
    /// The exit that every step offers, always the last.
    Stuck,
}

/// A tree whose nodes have names, but nothing else yet.
#[derive(Debug)]
pub(super) struct Outline<'a> {
    /// By step index.
    pub nodes: Vec<Node<'a>>,
    /// Holds a bare step for each node.
    pub builder: Builder,
    /// Where the nodes stand; no edges yet.
    pub places: Places,
    /// What the tree returns.
    pub returns: Returns,
    /// How many edges there are, those made by the compiler nearly included.
    pub edges: usize,
    /// Names given twice.
    pub findings: Vec<Diagnostic>,
}

/// Names all nodes of a script.
pub(super) fn outline(script: &Script) -> Outline<'_> {
    let mut namer = Namer::new(script);
    for step in &script.steps {
        namer.step(step);
    }
    let span = script
        .stuck
        .as_ref()
        .map_or(Span::default(), |end| end.span);
    namer.add("stuck".into(), Node::Stuck, span);
    namer.outline
}

struct Namer<'a> {
    script: &'a Script,
    outline: Outline<'a>,
    returned: HashSet<&'a str>,
}

impl<'a> Namer<'a> {
    fn new(script: &'a Script) -> Self {
        let room = script.steps.len() + script.steps.len() / 4 + 1;
        Self {
            script,
            outline: Outline {
                nodes: Vec::with_capacity(room),
                builder: Builder::with_capacity(room),
                places: Places {
                    steps: Vec::with_capacity(room),
                    ..Places::default()
                },
                returns: Returns {
                    values: Vec::new(),
                    more: script.broken,
                },
                edges: 0,
                findings: Vec::new(),
            },
            returned: HashSet::new(),
        }
    }

    /// A step, then what is written in place in it.
    fn step(&mut self, step: &'a StepNode) {
        let name = &step.name;
        self.add(Arc::clone(&name.value), Node::Step(step), name.span);
        match &step.form {
            Form::Remedy(remedy) if remedy.yes.is_none() => {
                self.remedy_fix(name, step.instruction.as_ref(), remedy);
            }
            Form::Try(remedies) => self.remedies(remedies),
            Form::End(end) => self.note_return(end),
            Form::Broken => self.outline.returns.more = true,
            _ => {}
        }
        each_way(step, &mut |(way, edge)| {
            self.in_place(&name.value, way, edge);
        });
    }

    /// The remedies of a `try`, each with what is written in place in it.
    fn remedies(&mut self, remedies: &'a TryNode) {
        for step in &remedies.remedies {
            let name = &step.name;
            if let Some(condition) = &step.remedy.condition {
                let path = format!("{}.if", name.value).into();
                self.add(path, Node::If(condition), condition.span);
            }
            self.add(Arc::clone(&name.value), Node::Remedy(step), name.span);
            if step.remedy.yes.is_none() {
                self.remedy_fix(name, step.instruction.as_ref(), &step.remedy);
            }
            each_remedy_way(&step.remedy, &mut |(way, edge)| {
                self.in_place(&name.value, way, edge);
            });
        }
    }

    /// The fix that a remedy without `yes:` ends in.
    fn remedy_fix(&mut self, name: &Word, instruction: Option<&'a Word>, remedy: &'a RemedyNode) {
        let fix = Node::RemedyFix {
            instruction,
            remedy,
        };
        self.add(Way::Yes.path(&name.value), fix, name.span);
    }

    /// The nodes that an edge brings with it.
    fn in_place(&mut self, owner: &str, way: Way<'a>, edge: &'a EdgeNode) {
        self.outline.edges += 1;
        match edge.target {
            Target::Step(_) | Target::Stuck(_) => return,
            Target::Broken => self.outline.returns.more = true,
            Target::Tree(_) | Target::End(_) => {}
        }
        let mut path = way.path(owner);
        let mut next = Some(edge);
        while let Some(edge) = next {
            next = None;
            match &edge.target {
                Target::End(end) => {
                    self.note_return(end);
                    self.add(Arc::clone(&path), Node::End(end), end.span);
                    next = after_fix(end);
                    path = Way::No.path(&path);
                }
                Target::Tree(tree) => self.add(Arc::clone(&path), Node::Leave(tree), edge.span),
                Target::Step(_) | Target::Stuck(_) | Target::Broken => {}
            }
        }
    }

    fn note_return(&mut self, end: &'a EndNode) {
        if let EndKind::Return { value } = &end.kind
            && self.returned.insert(&value.value)
        {
            self.outline.returns.values.push(Arc::clone(&value.value));
        }
    }

    /// Adds a node. A name that is taken is reported; the node then gets one that no author can write.
    fn add(&mut self, name: Arc<str>, node: Node<'a>, span: Span) {
        let earlier = self.outline.builder.find(&name);
        let name = match earlier {
            None => name,
            Some(earlier) => {
                self.taken(&name, earlier, span);
                format!("{name}?{}", self.outline.nodes.len()).into()
            }
        };
        let id = self.outline.builder.step(Step::new(name, StepKind::Branch));
        debug_assert!(id.is_ok(), "the name was looked up");
        self.outline.nodes.push(node);
        self.outline.places.steps.push(span);
    }

    /// Reports that what is written in place at an answer has the path of something else: an answer `a.no` beside an
    /// answer `a` whose fix has a `no:`. Names of steps were held against the rules before.
    fn taken(&mut self, name: &str, earlier: StepId, span: Span) {
        let earlier_node = self.outline.nodes.get(earlier.index());
        if matches!(earlier_node, Some(Node::Step(_) | Node::Remedy(_))) {
            return;
        }
        let place = |span| Place {
            file: self.script.file,
            span,
        };
        let first = self.outline.places.steps.get(earlier.index());
        let finding = Diagnostic::new(
            Code::BadName,
            place(span),
            format!("two ends written in place would be named `{name}`"),
        )
        .also(
            place(first.copied().unwrap_or_default()),
            "this is the other one",
        )
        .help("rename the answer, or give one of the ends a step of its own");
        self.outline.findings.push(finding);
    }
}
