//! A node of the graph: a place where a walk can stand.

use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use crate::condition::Condition;

use super::{End, PublicText, Question, Shown, StepId, TreeId};

/// A node of a tree's graph. See the module's page for how nodes are named.
#[derive(Debug, Clone)]
pub struct Step {
    /// Unique in the tree; the author's name, or the path of names for what is written in place.
    pub name: Arc<str>,
    /// What happens here.
    pub kind: StepKind,
    /// The question that diagnoses.
    pub ask: Option<PublicText>,
    /// The instruction (Markdown).
    pub instruction: Option<PublicText>,
    /// What else is shown.
    pub shown: Option<Box<Shown>>,
    /// A countdown from when the step is shown; it can be skipped.
    pub wait: Option<Duration>,
    /// Arrivals allowed since the tree was entered; the next one takes the edge [`super::Arm::Limit`].
    pub limit: Option<u32>,
    /// This step's outgoing edges, as indices of the graph, in the author's order; set by the [`super::Builder`].
    pub(super) edges: Range<u32>,
}

/// What happens at a step.
#[derive(Debug, Clone)]
pub enum StepKind {
    /// Asks something. Edges: `Yes`/`No` or `Answer`, else `Next`; perhaps `Unsure`; with `do`: perhaps `Tried`, `Cannot`.
    Question(Box<Question>),
    /// Says what to do. Edges: `Next`; perhaps `Tried`, `Cannot`.
    Instruction,
    /// Something to do, then the check whether the problem is solved. Edges: `Yes` (always there: to the fix that the
    /// author wrote or to one made of the remedy's own words), `No`; perhaps `Unsure`, `Tried`, `Cannot`.
    Remedy(Box<Remedy>),
    /// Silent. Edges: one or several `Next`, the last without a condition.
    Branch,
    /// Silent: walks another tree, then comes back. Edges: `Return` for each value named, or `Next`.
    Call(Box<Call>),
    /// Silent: shows its remedies one after the other. Edges: `Skip` to the first node of each remedy in walking
    /// order, `No` for after the last. Each remedy's own `No` edge leads to the first node of the next one, and the
    /// last one's to where the `try`'s `No` leads; what is left out at a walk is the session's business.
    Try(Box<Try>),
    /// Silent: leaves for another tree, for good. No edges.
    Leave(TreeId),
    /// The walk ends here. A fix may have a `No` edge.
    End(Box<End>),
}

/// A remedy: something to do and the check whether it helped.
#[derive(Debug, Clone)]
pub struct Remedy {
    /// The check's question, where the tree's does not fit.
    pub check: Option<PublicText>,
    /// What to call it in lists and notes.
    pub label: Option<PublicText>,
    /// What was wrong if it helps.
    pub cause: Option<PublicText>,
    /// The `try` that it belongs to.
    pub within: Option<StepId>,
    /// How long it takes.
    pub takes: Option<Duration>,
    /// Share of cases which it solves, 0 to 100 percent.
    pub odds: Option<f64>,
    /// It is left out where this does not hold (remedies of a `try` only).
    pub when: Option<Condition>,
    /// The question that leaves it out when answered no: the node `NAME.if` (remedies of a `try` only).
    pub condition: Option<StepId>,
}

/// Remedies, shown one at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    /// In walking order: as written, or the order of least expected time.
    pub remedies: Box<[StepId]>,
    /// Whether the compiler ordered them.
    pub ordered: bool,
}

/// A tree walked in between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Which.
    pub tree: TreeId,
    /// The values named in `returns:`, in order; an edge `Arm::Return(i)` belongs to each.
    pub returns: Box<[Arc<str>]>,
}

/// One item to tick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChecklistItem {
    /// What to tick off.
    pub text: PublicText,
}

/// A picture beside a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// Path in the library, `/` between its parts, relative to the library's folder.
    pub src: Arc<str>,
    /// What a screen reader says.
    pub alt: Option<PublicText>,
}

/// Where to read more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The address: http, https, mailto or tel.
    pub url: Arc<str>,
    /// What to show instead of the address.
    pub label: Option<PublicText>,
}

impl Step {
    /// A step of that name and kind that shows nothing yet.
    pub fn new(name: impl Into<Arc<str>>, kind: StepKind) -> Self {
        Self {
            name: name.into(),
            kind,
            ask: None,
            instruction: None,
            shown: None,
            wait: None,
            limit: None,
            edges: 0..0,
        }
    }

    /// Whether nobody is asked anything here.
    pub const fn is_silent(&self) -> bool {
        matches!(
            self.kind,
            StepKind::Branch | StepKind::Call(_) | StepKind::Try(_) | StepKind::Leave(_)
        )
    }

    /// Whether it says more than its question, so that it is asked even if the answer is known.
    pub fn must_be_shown(&self) -> bool {
        self.instruction.is_some()
            || self
                .shown
                .as_ref()
                .is_some_and(|shown| shown.warn.is_some() || !shown.checklist.is_empty())
    }
}
