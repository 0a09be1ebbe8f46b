//! Where a step leads: edges, and the ends that may be written in their place.

use crate::source::{Span, Spanned};

use super::{ShownNode, Word};

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
