//! What came of the tests of one tree.

use std::sync::Arc;

use crate::source::{FileId, Span};

use super::Branch;
use super::failure::Failure;

/// What came of the tests of one tree.
#[derive(Debug, Clone)]
pub struct TreeReport {
    /// The tree's name.
    pub tree: Arc<str>,
    /// Its file; all spans lie in it.
    pub file: FileId,
    /// Its tests, in order.
    pub tests: Vec<TestReport>,
    /// The branches that count, in order.
    pub branches: Vec<Branch>,
    /// For each branch whether a test that passed takes it.
    pub taken: Vec<bool>,
}

/// What came of one test.
#[derive(Debug, Clone)]
pub struct TestReport {
    /// Its name.
    pub name: Arc<str>,
    /// Where the name stands.
    pub span: Span,
    /// Why it failed; nothing where it passed.
    pub failures: Vec<Failure>,
}

impl TestReport {
    /// Whether it passed.
    pub const fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

impl TreeReport {
    /// How many tests failed.
    pub fn failed(&self) -> usize {
        self.tests.iter().filter(|test| !test.passed()).count()
    }

    /// The branches that no passing test takes.
    pub fn untaken(&self) -> impl Iterator<Item = &Branch> {
        let pairs = self.branches.iter().zip(&self.taken);
        pairs
            .filter(|(_, taken)| !**taken)
            .map(|(branch, _)| branch)
    }
}
