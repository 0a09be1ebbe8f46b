//! What a check looks at: a compiled tree beside the script that it came from.

use std::collections::HashSet;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Sources, Span};
use crate::syntax::{LibraryScript, Script};
use crate::tree::{EdgeId, Library, StepId, Tree, TreeId};

use super::written::Written;

/// Where the nodes and edges of one compiled tree stand in its file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// By step index: the step's name; of what is written in place, the whole of it; of what the compiler made, the
    /// name of the step that it was made for.
    pub steps: Vec<Span>,
    /// By edge index: the edge's value as written (the name, or the mapping); of made ones, the name of their step.
    pub edges: Vec<Span>,
    /// The node that stands for whatever could not be resolved (already reported); it may lead anywhere, so nothing
    /// that depends on it is blamed.
    pub unresolved: Option<StepId>,
    /// Whether a condition, a text or a fact's name could not be resolved (already reported), so that it is not known
    /// what is read in the tree.
    pub reads_unknown: bool,
    /// The edges of which it is not known when they are taken, or what they set: those with a condition that has mistakes
    /// (already reported), those after one in its list, and those that set something with mistakes.
    pub unclear: HashSet<EdgeId>,
    /// The remedies whose `when` has mistakes (already reported).
    pub unclear_remedies: HashSet<StepId>,
}

impl Places {
    /// Whether it is not known of some edge or remedy when a walk comes to it.
    pub fn has_unclear_ways(&self) -> bool {
        !self.unclear.is_empty() || !self.unclear_remedies.is_empty()
    }
}

/// One compiled tree with all that a check may want to know of it.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// All files.
    pub sources: &'a Sources,
    /// The library file, if there is one.
    pub library_script: Option<&'a LibraryScript>,
    /// The tree as written.
    pub script: &'a Script,
    /// The library that it is linked into.
    pub library: &'a Library,
    /// The tree's id in it.
    pub id: TreeId,
    /// The tree.
    pub tree: &'a Tree,
    /// Where its nodes and edges stand.
    pub places: &'a Places,
    /// The day that `review_by` is held against.
    pub today: Date,
}

impl Subject<'_> {
    /// A span of this tree's file as a place.
    pub const fn place(&self, span: Span) -> Place {
        Place {
            file: self.script.file,
            span,
        }
    }

    /// Where a step stands.
    pub fn step_place(&self, step: StepId) -> Place {
        self.place(
            self.places
                .steps
                .get(step.index())
                .copied()
                .unwrap_or_default(),
        )
    }

    /// Where an edge stands.
    pub fn edge_place(&self, edge: EdgeId) -> Place {
        self.place(
            self.places
                .edges
                .get(edge.index())
                .copied()
                .unwrap_or_default(),
        )
    }

    /// This tree's file as written.
    pub(super) fn written(&self) -> Written<'_> {
        Written::new(self.sources, self.script.file)
    }

    /// A finding at a step.
    pub fn at_step(&self, code: Code, step: StepId, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.step_place(step), message)
    }

    /// A finding at an edge.
    pub fn at_edge(&self, code: Code, edge: EdgeId, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.edge_place(edge), message)
    }
}
