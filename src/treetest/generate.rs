//! Walks that take the branches which no test takes yet, to be pasted as tests.
//!
//! First it explores what a walk can come to, with the real session and each step first along a shortest way; then it picks
//! few walks, greedily: the one to the branch that lies deepest, on past as many others as possible, and so on. Paths
//! are never enumerated; what it does is bounded, whatever the tree.

mod candidates;
mod complete;
mod conditions;
mod constants;
mod cover;
mod explore;
mod from_case;
mod naming;
mod relevant;
mod starts;
mod yaml;

use std::sync::Arc;

use jiff::civil::Date;

use crate::compile::SoundPart;
use crate::session::Reply;
use crate::tree::TreeId;

use super::stage::Stage;
use super::{Branch, TreeReport};

pub use from_case::{FromCase, from_case};

use candidates::Candidates;
use explore::Exploration;

/// How many tests are generated for one tree at once.
const MOST_TESTS: usize = 300;

/// Tests for a tree.
#[derive(Debug, Clone)]
pub struct Generated {
    /// The tree's name.
    pub tree: Arc<str>,
    /// Whether the tree has tests already.
    pub has_tests: bool,
    /// The new tests, in the order of the tree.
    pub tests: Vec<GeneratedTest>,
    /// Branches to which no walk was found.
    pub unreached: Vec<Branch>,
    /// Whether everything a walk can come to was looked at, so that no walk takes those branches.
    pub exhausted: bool,
    /// Questions that could not be answered: a text with a `pattern` and no `example`.
    pub unanswered: Vec<String>,
    /// How many branches are left for another time, as the tests would be too many.
    pub left: usize,
}

/// One generated test.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedTest {
    /// Its name: where it ends, and what led there.
    pub name: String,
    /// `facts:`, names with values.
    pub facts: Vec<(String, Said)>,
    /// `answers:`, steps with replies.
    pub answers: Vec<(String, Said)>,
    /// `ends:`.
    pub ends: String,
}

/// A value or a reply in the words of tests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    /// One word.
    One(String),
    /// Several keys.
    Many(Vec<String>),
}

/// Generates tests for the branches that `report` shows as not taken. `None` only for an id of another library.
pub fn generate(
    part: &SoundPart,
    id: TreeId,
    report: &TreeReport,
    today: Date,
) -> Option<Generated> {
    let script = part.scripts.get(id.0 as usize)?;
    let stage = Stage::of(&part.library, id, today)?;
    let wanted: Vec<&Branch> = report.untaken().collect();
    let candidates = Candidates::of(&stage, today);
    let mut exploration =
        Exploration::new(&stage, &candidates, wanted.iter().map(|branch| branch.edge));
    exploration.explore();
    let chosen = cover::choose(&exploration, MOST_TESTS);
    let taken_names = script.tests.iter().map(|test| test.name.value.to_string());
    let tests = naming::tests(&stage, chosen.walks, taken_names.collect());
    let unreached = wanted
        .into_iter()
        .filter(|branch| !exploration.found(branch.edge));
    Some(Generated {
        tree: Arc::clone(&script.name),
        has_tests: !script.tests.is_empty(),
        tests,
        unreached: unreached.cloned().collect(),
        exhausted: exploration.is_exhausted(),
        unanswered: candidates.unanswered(&stage),
        left: chosen.left,
    })
}

/// A reply to one prompt of a walk.
#[derive(Debug, Clone)]
struct Given {
    /// The prompt's name.
    step: String,
    reply: Reply,
}
