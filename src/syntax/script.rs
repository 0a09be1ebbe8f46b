//! A tree as its author wrote it: shape checked, values typed by their place, names not yet resolved, each with its span.
//! What was too broken to read is left out or `Broken`; whoever looks further skips it, for it has been reported.

mod edge;
mod form;

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;

use crate::diagnostic::Code;
use crate::source::{FileId, Span, Spanned};

pub use edge::{EdgeExtras, EdgeNode, EndKind, EndNode, Level, Target, ValueNode};
pub use form::{
    AnswerNode, CallNode, Form, InstructionNode, Kind, NextNode, ProbeCommandNode, ProbeNode,
    QuestionNode, RemedyNode, RemedyStep, System, TryNode,
};

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
