//! A tree as its author wrote it: shape checked, values typed by their place, names not yet resolved, each with its span.
//! What was too broken to read is left out or `Broken`; whoever looks further skips it, for it has been reported.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use crate::condition::{DateSpec, NumberSpec, TextSpec};
use crate::diagnostic::Code;
use crate::source::{FileId, Span, Spanned};

/// A text or name where it stands. The span covers the scalar as written, quotes included.
pub type Word = Spanned<Arc<str>>;

/// One tree's file.
#[derive(Debug, Clone)]
pub struct Script {
    /// Its file.
    pub file: FileId,
    /// Its name: the path in the library without the ending.
    pub name: Arc<str>,
    /// Whether steps or `stuck` may be missing here that the file has: names of steps that are not found must not be
    /// blamed, and any step may be reached. What is broken within a step is [`Form::Broken`] or [`Target::Broken`].
    pub broken: bool,
    /// `title:`.
    pub title: Option<Word>,
    /// `summary:`.
    pub summary: Option<Word>,
    /// `symptoms:`.
    pub symptoms: Vec<Word>,
    /// `tags:`.
    pub tags: Vec<Word>,
    /// `owner:`.
    pub owner: Option<Word>,
    /// `review_by:`.
    pub review_by: Option<Spanned<Date>>,
    /// `warn:` of the tree.
    pub warn: Option<Word>,
    /// `check:` of the tree.
    pub check: Option<Word>,
    /// `audience: agent`.
    pub agents_only: Option<Span>,
    /// `allow:`.
    pub allow: Vec<Spanned<Code>>,
    /// `start:`.
    pub start: Option<Word>,
    /// `stuck:`.
    pub stuck: Option<EndNode>,
    /// `steps:`, in order.
    pub steps: Vec<StepNode>,
    /// `tests:`, in order.
    pub tests: Vec<TestNode>,
}

impl Script {
    /// A tree of which nothing is known yet.
    pub const fn empty(file: FileId, name: Arc<str>) -> Self {
        Self {
            file,
            name,
            broken: false,
            title: None,
            summary: None,
            symptoms: Vec::new(),
            tags: Vec::new(),
            owner: None,
            review_by: None,
            warn: None,
            check: None,
            agents_only: None,
            allow: Vec::new(),
            start: None,
            stuck: None,
            steps: Vec::new(),
            tests: Vec::new(),
        }
    }
}

/// One entry of `steps:`.
#[derive(Debug, Clone)]
pub struct StepNode {
    /// Its name.
    pub name: Word,
    /// Name and body.
    pub span: Span,
    /// `ask:`.
    pub ask: Option<Word>,
    /// `do:`.
    pub instruction: Option<Word>,
    /// What else is shown.
    pub shown: Option<Box<ShownNode>>,
    /// `wait:`.
    pub wait: Option<Spanned<Duration>>,
    /// `limit:`.
    pub limit: Option<Box<LimitNode>>,
    /// What kind of step it is.
    pub form: Form,
}

/// What a step shows beside `ask` and `do`.
#[derive(Debug, Clone, Default)]
pub struct ShownNode {
    /// `help:`.
    pub help: Option<Word>,
    /// `warn:`.
    pub warn: Option<Word>,
    /// `checklist:`.
    pub checklist: Vec<Word>,
    /// `image:`.
    pub image: Option<ImageNode>,
    /// `link:`.
    pub link: Option<LinkNode>,
    /// `say:`.
    pub say: Option<Word>,
    /// `note:`.
    pub note: Option<Word>,
}

/// `image:`, a path or `{src, alt}`.
#[derive(Debug, Clone)]
pub struct ImageNode {
    /// All of it.
    pub span: Span,
    /// The path, relative to the tree's file.
    pub src: Word,
    /// What a screen reader says.
    pub alt: Option<Word>,
}

/// `link:`, an address or `{url, label}`.
#[derive(Debug, Clone)]
pub struct LinkNode {
    /// http, https, mailto or tel.
    pub url: Word,
    /// Shown instead of it.
    pub label: Option<Word>,
}

/// `limit:`.
#[derive(Debug, Clone)]
pub struct LimitNode {
    /// All of it.
    pub span: Span,
    /// At least 1.
    pub visits: Spanned<u32>,
    /// Where the next arrival goes.
    pub then: EdgeNode,
}

/// What kind of step it is, by the keys that it has.
#[derive(Debug, Clone)]
pub enum Form {
    /// Asks.
    Question(Box<QuestionNode>),
    /// `do` with `next`.
    Instruction(Box<InstructionNode>),
    /// `do` with `no`, without `ask`.
    Remedy(Box<RemedyNode>),
    /// `next` alone.
    Branch(NextNode),
    /// `call`.
    Call(Box<CallNode>),
    /// `try`.
    Try(Box<TryNode>),
    /// `fix`, `escalate`, `end` or `return`.
    End(Box<EndNode>),
    /// Could not be told; reported. Where it leads is not known.
    Broken,
}

/// `next:` an edge, or several with conditions. At least one.
pub type NextNode = Vec<EdgeNode>;

/// A question.
#[derive(Debug, Clone)]
pub struct QuestionNode {
    /// `fact:`.
    pub fact: Option<Word>,
    /// What is asked for.
    pub kind: Kind,
    /// The span of the key and value that say so (`number: {…}`), else of the step's name.
    pub kind_span: Span,
    /// `yes:`.
    pub yes: Option<EdgeNode>,
    /// `no:`.
    pub no: Option<EdgeNode>,
    /// `answers:`, in order.
    pub answers: Vec<AnswerNode>,
    /// The span of the key `answers`, where there is one.
    pub answers_span: Option<Span>,
    /// `unsure:`.
    pub unsure: Option<EdgeNode>,
    /// `tried:` (with `do`).
    pub tried: Option<EdgeNode>,
    /// `cannot:` (with `do`).
    pub cannot: Option<EdgeNode>,
    /// `next:`.
    pub next: Option<NextNode>,
    /// `run:`.
    pub probe: Option<Box<ProbeNode>>,
}

/// What a question asks for, as far as its own keys tell.
#[derive(Debug, Clone)]
pub enum Kind {
    /// `yes:`/`no:`.
    YesNo,
    /// `answers:`.
    Choice,
    /// `many: true`.
    Many,
    /// `number:`.
    Number(NumberSpec),
    /// `text:`.
    Text(Arc<TextSpec>),
    /// `date:`.
    Date(DateSpec),
    /// `fact:`: the library's declaration says it.
    Declared,
}

/// One entry of `answers:`.
#[derive(Debug, Clone)]
pub struct AnswerNode {
    /// The key.
    pub key: Word,
    /// The label of a key → label list (an edge has its own).
    pub label: Option<Word>,
    /// Where it leads; none where `next:` says it.
    pub edge: Option<EdgeNode>,
}

/// An instruction.
#[derive(Debug, Clone)]
pub struct InstructionNode {
    /// `next:`.
    pub next: NextNode,
    /// `tried:`.
    pub tried: Option<EdgeNode>,
    /// `cannot:`.
    pub cannot: Option<EdgeNode>,
}

/// A remedy, as a step or within a `try`.
#[derive(Debug, Clone, Default)]
pub struct RemedyNode {
    /// `check:`.
    pub check: Option<Word>,
    /// `label:`.
    pub label: Option<Word>,
    /// `cause:`.
    pub cause: Option<Word>,
    /// `yes:`.
    pub yes: Option<EdgeNode>,
    /// `no:`; always there on a step that is not broken, never within a `try`.
    pub no: Option<EdgeNode>,
    /// `unsure:`.
    pub unsure: Option<EdgeNode>,
    /// `tried:`.
    pub tried: Option<EdgeNode>,
    /// `cannot:`.
    pub cannot: Option<EdgeNode>,
    /// `takes:`.
    pub takes: Option<Spanned<Duration>>,
    /// `odds:`, in percent.
    pub odds: Option<Spanned<f64>>,
    /// `if:`.
    pub condition: Option<Word>,
    /// `when:`.
    pub when: Option<Word>,
    /// `after:`.
    pub after: Vec<Word>,
}

/// A remedy within a `try`.
#[derive(Debug, Clone)]
pub struct RemedyStep {
    /// Its name.
    pub name: Word,
    /// Name and body.
    pub span: Span,
    /// `do:`.
    pub instruction: Option<Word>,
    /// What else is shown.
    pub shown: Option<Box<ShownNode>>,
    /// `wait:`.
    pub wait: Option<Spanned<Duration>>,
    /// The rest.
    pub remedy: RemedyNode,
}

/// `try:`.
#[derive(Debug, Clone)]
pub struct TryNode {
    /// In the author's order.
    pub remedies: Vec<RemedyStep>,
    /// The span of `order: best`.
    pub best: Option<Span>,
    /// `no:`.
    pub no: Option<EdgeNode>,
}

/// `call:`.
#[derive(Debug, Clone)]
pub struct CallNode {
    /// The tree.
    pub tree: Word,
    /// `returns:`, in order.
    pub returns: Vec<(Word, EdgeNode)>,
    /// The span of the key `returns`, where there is one.
    pub returns_span: Option<Span>,
    /// `next:`.
    pub next: Option<NextNode>,
}

/// An edge.
#[derive(Debug, Clone)]
pub struct EdgeNode {
    /// The value: the name, or the whole mapping.
    pub span: Span,
    /// Where it leads.
    pub target: Target,
    /// The rest; most edges have none.
    pub extras: Option<Box<EdgeExtras>>,
}

/// What an edge has beside its target.
#[derive(Debug, Clone, Default)]
pub struct EdgeExtras {
    /// `label:`.
    pub label: Option<Word>,
    /// `help:` of the edge (of an end written in place, it is the end's).
    pub help: Option<Word>,
    /// `set:`, in order.
    pub set: Vec<(Word, ValueNode)>,
    /// `when:` (in a list of `next`).
    pub when: Option<Word>,
}

/// Where an edge leads.
#[derive(Debug, Clone)]
pub enum Target {
    /// A step's name.
    Step(Word),
    /// `stuck`.
    Stuck(Span),
    /// `{tree: name}`.
    Tree(Word),
    /// An end written in place.
    End(Box<EndNode>),
    /// Could not be told; reported. It may lead anywhere.
    Broken,
}

/// A value of a fact as written: typed when the fact is known.
#[derive(Debug, Clone)]
pub enum ValueNode {
    /// One scalar.
    One(Word),
    /// A list of scalars.
    List(Vec<Word>, Span),
}

/// An end, as a step, in place, or as `stuck:`.
#[derive(Debug, Clone)]
pub struct EndNode {
    /// All of it.
    pub span: Span,
    /// Which end.
    pub kind: EndKind,
    /// `do:` (of an end as a step it is here too, not in the step).
    pub instruction: Option<Word>,
    /// `help`, `link`, `say`, `note` … (of an end as a step they are here too, not in the step).
    pub shown: Option<Box<ShownNode>>,
}

/// Which end.
#[derive(Debug, Clone)]
pub enum EndKind {
    /// `fix:`.
    Fix {
        /// What solved it.
        what: Word,
        /// `cause:`.
        cause: Option<Word>,
        /// `prevent:`.
        prevent: Option<Word>,
        /// `no:`.
        no: Option<EdgeNode>,
    },
    /// `escalate:`.
    Escalate {
        /// The team.
        team: Word,
        /// `reason:`.
        reason: Option<Word>,
        /// `impact:`.
        impact: Option<Spanned<Level>>,
        /// `urgency:`.
        urgency: Option<Spanned<Level>>,
        /// `priority:`, 1 to 5.
        priority: Option<Spanned<u8>>,
        /// `needs:`.
        needs: Vec<Word>,
    },
    /// `end:`.
    Information {
        /// What to tell.
        text: Word,
    },
    /// `return:`.
    Return {
        /// The value.
        value: Word,
    },
}

/// `high`, `medium`, `low`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Level {
    High,
    Medium,
    Low,
}

/// `run:`.
#[derive(Debug, Clone)]
pub struct ProbeNode {
    /// All of it.
    pub span: Span,
    /// One without a system, or one a system.
    pub commands: Vec<ProbeCommandNode>,
}

/// One command of `run:`.
#[derive(Debug, Clone)]
pub struct ProbeCommandNode {
    /// The system; `None` for the plain form.
    pub system: Option<System>,
    /// All of it.
    pub span: Span,
    /// `command:`, at least the program.
    pub arguments: Vec<Word>,
    /// `timeout:`; the plain default is 10 seconds.
    pub timeout: Option<Spanned<Duration>>,
    /// `yes:`, a condition.
    pub yes: Word,
}

/// A system that a command is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum System {
    Linux,
    Windows,
    Macos,
}

/// One entry of `tests:`.
#[derive(Debug, Clone)]
pub struct TestNode {
    /// Its name.
    pub name: Word,
    /// Name and body.
    pub span: Span,
    /// `facts:` with `audience` and `channel` among them, in order.
    pub facts: Vec<(Word, ValueNode)>,
    /// `answers:`, in order: step → reply.
    pub answers: Vec<(Word, ValueNode)>,
    /// `ends:`.
    pub ends: Word,
}
