//! What lowering carries along: the document, the findings, the names.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Place, Span};

use super::super::Limits;
use super::super::yaml::Yaml;

/// Lowers one document.
pub(in crate::syntax) struct Lower<'y> {
    pub(super) file: FileId,
    pub(super) yaml: &'y Yaml<'y>,
    pub(super) limits: &'y Limits,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether names or edges may be missing, so that what refers to them must not be blamed.
    pub(super) broken: bool,
    /// Every name once; with its place where a step or a remedy has it.
    pub(super) names: HashMap<Arc<str>, Option<Span>>,
    /// Steps and remedies so far.
    pub(super) steps: usize,
    /// The first step over the limit.
    pub(super) over: Option<Span>,
    /// The span of the `try` in which one is.
    pub(super) within_try: Option<Span>,
}

impl<'y> Lower<'y> {
    /// Begins with a document.
    pub(in crate::syntax) fn new(file: FileId, yaml: &'y Yaml<'y>, limits: &'y Limits) -> Self {
        Self {
            file,
            yaml,
            limits,
            findings: Vec::new(),
            broken: false,
            names: HashMap::new(),
            steps: 0,
            over: None,
            within_try: None,
        }
    }

    /// What was found; of a tree with too many steps, nothing but that.
    pub(in crate::syntax) fn into_findings(self) -> Vec<Diagnostic> {
        let Some(over) = self.over else {
            return self.findings;
        };
        let message = format!("the tree has more than {} steps", self.limits.steps);
        vec![
            self.finding(Code::TooLarge, over, message)
                .label("one too many")
                .help("split the tree: a step can `call` another tree or leave for it with `{tree: …}`"),
        ]
    }

    /// A span of this file as a place.
    pub(super) const fn place(&self, span: Span) -> Place {
        Place {
            file: self.file,
            span,
        }
    }

    /// A finding in this file, to be completed and reported.
    pub(super) fn finding(&self, code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, self.place(span), message)
    }

    /// Takes a finding in.
    pub(super) fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    /// The text of a span.
    pub(super) fn slice(&self, span: Span) -> &'y str {
        self.yaml
            .source()
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }
}
