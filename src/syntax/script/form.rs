//! What a step does: ask, have something done, try remedies, call, branch or end; and the probe that may answer for it.

use std::sync::Arc;
use std::time::Duration;

use crate::condition::{DateSpec, NumberSpec, TextSpec};
use crate::source::{Span, Spanned};

use super::{EdgeNode, EndNode, ShownNode, Word};

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
