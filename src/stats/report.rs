//! What was counted, beside today's library: by tree and by step, in the author's order, with what is no longer there.

mod remedies;
mod totals;

use std::collections::HashMap;
use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::tree::{End, Library, Step, StepKind, Tree};

use super::tally::{Happened, StepTally};
use super::{Fold, NodeId};

pub use remedies::{Authored, OrderHint, RemedyReport};
pub use totals::{HandOver, Reason, Spread, Totals};

/// All that was counted.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Report {
    /// All cases.
    pub all: Totals,
    /// The trees in which cases began or through which they came, and those of today, by name.
    pub trees: Vec<TreeReport>,
}

/// A tree.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TreeReport {
    /// Its name.
    pub tree: Arc<str>,
    /// Its title; none for a tree that is not there any more.
    pub title: Option<Arc<str>>,
    /// The cases that began here.
    #[serde(flatten)]
    pub totals: Totals,
    /// Cases that began in another tree and came here.
    pub from_elsewhere: u64,
    /// Its steps in the author's order, whoever came there; of what is written in place and not asked, only what was
    /// reached.
    pub steps: Vec<StepReport>,
    /// Its remedies in the author's order.
    pub remedies: Vec<RemedyReport>,
    /// Remedies that should perhaps change places.
    pub hints: Vec<OrderHint>,
    /// Steps that are not in the tree any more.
    pub gone: Vec<StepReport>,
    /// In how many cases the walk went from one of its steps straight to another, at least once. What an earlier answer's
    /// correction led to is not known.
    pub ways: Vec<Way>,
}

/// From one step straight to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Way {
    pub from: Arc<str>,
    pub to: Arc<str>,
    pub cases: u64,
}

/// A step. All but the time counts cases, each once.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[allow(missing_docs, reason = "as in `Happened`")]
pub struct StepReport {
    pub step: Arc<str>,
    /// What it is today; of a step that is gone only whether it was a remedy.
    pub kind: &'static str,
    pub reached: u64,
    pub left_here: u64,
    pub went_back: u64,
    pub switched: u64,
    pub unsure: u64,
    pub tried: u64,
    pub cannot: u64,
    pub none: u64,
    pub person: u64,
    /// From when its prompt stood until it was replied to, each time.
    pub time: Spread,
    /// Of a remedy that is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub helped: Option<u64>,
}

impl StepReport {
    /// The counts in the order in which tables have them: reached, left here, went back, other tree, unsure, tried,
    /// cannot, none, person.
    pub const fn counts(&self) -> [u64; 9] {
        [
            self.reached,
            self.left_here,
            self.went_back,
            self.switched,
            self.unsure,
            self.tried,
            self.cannot,
            self.none,
            self.person,
        ]
    }
}

impl Report {
    /// What a fold has counted; the case that it counts must be finished.
    pub fn of(fold: &Fold, library: &Library) -> Self {
        let mut trees: HashMap<&Arc<str>, TreeReport> = HashMap::new();
        let today = library.trees.iter().map(|tree| &tree.name);
        let counted = fold.trees().map(|(tree, _)| tree);
        let visited = fold.visits().map(|(tree, _)| tree);
        for name in today.chain(counted).chain(visited) {
            trees.entry(name).or_insert_with(|| TreeReport::new(name));
        }
        for (name, tally) in fold.trees() {
            if let Some(tree) = trees.get_mut(name) {
                tree.totals = Totals::of(tally, fold.nodes(), library);
            }
        }
        for (name, visits) in fold.visits() {
            if let Some(tree) = trees.get_mut(name) {
                tree.from_elsewhere = visits.saturating_sub(tree.totals.cases);
            }
        }
        let mut steps = by_tree(fold);
        for (name, report) in &mut trees {
            let counted = steps.remove(&***name).unwrap_or_default();
            let tree = library.find(name).map(|tree| library.tree(tree));
            report.fill(&counted, tree);
        }
        for (from, to, cases) in fold.ways() {
            let ends = fold.nodes().step(from).zip(fold.nodes().step(to));
            if let Some((from, to)) = ends.filter(|(from, to)| from.tree == to.tree)
                && let Some(tree) = trees.get_mut(&from.tree)
            {
                let (from, to) = (Arc::clone(&from.step), Arc::clone(&to.step));
                tree.ways.push(Way { from, to, cases });
            }
        }
        let mut trees: Vec<TreeReport> = trees.into_values().collect();
        trees.iter_mut().for_each(|tree| tree.ways.sort());
        trees.sort_by(|one, other| one.tree.cmp(&other.tree));
        Self {
            all: Totals::of_all(fold, library),
            trees,
        }
    }

    /// The tree of that name.
    pub fn tree(&self, name: &str) -> Option<&TreeReport> {
        self.trees.iter().find(|tree| *tree.tree == *name)
    }
}

/// What was counted of the steps of one tree, by their names.
pub(super) type Counted<'f> = HashMap<&'f str, &'f StepTally>;

fn by_tree(fold: &Fold) -> HashMap<&str, Counted<'_>> {
    let mut trees: HashMap<&str, Counted<'_>> = HashMap::new();
    for node in 0..fold.nodes().len() as NodeId {
        if let (Some(place), Some(tally)) = (fold.nodes().step(node), fold.step(node)) {
            trees
                .entry(&place.tree)
                .or_default()
                .insert(&place.step, tally);
        }
    }
    trees
}

impl TreeReport {
    fn new(name: &Arc<str>) -> Self {
        Self {
            tree: Arc::clone(name),
            title: None,
            totals: Totals::default(),
            from_elsewhere: 0,
            steps: Vec::new(),
            remedies: Vec::new(),
            hints: Vec::new(),
            gone: Vec::new(),
            ways: Vec::new(),
        }
    }

    /// Whether anything was counted.
    pub const fn is_empty(&self) -> bool {
        self.totals.cases == 0 && self.from_elsewhere == 0
    }

    fn fill(&mut self, counted: &Counted<'_>, tree: Option<&Arc<Tree>>) {
        let is_there = |name: &str| tree.is_some_and(|tree| tree.find(name).is_some());
        let gone = counted
            .iter()
            .filter(|(name, tally)| !is_there(name) && tally.cases(Happened::Reached) > 0);
        self.gone = gone
            .map(|(name, tally)| StepReport::gone(name, tally))
            .collect();
        self.gone
            .sort_by(|one, other| (other.reached, &one.step).cmp(&(one.reached, &other.step)));
        let Some(tree) = tree else { return };
        self.title = Some(Arc::clone(tree.about.title.0.source()));
        let nothing = StepTally::default();
        for (id, step) in tree.steps() {
            let tally = counted.get(&*step.name).copied().unwrap_or(&nothing);
            let is_written_in_place = step.name.contains('.') || id == tree.stuck();
            if !is_written_in_place || tally.cases(Happened::Reached) > 0 {
                self.steps.push(StepReport::of(step, tally));
            }
        }
        self.remedies = remedies::remedies(tree, counted);
        self.hints = remedies::hints(tree, counted);
    }
}

impl StepReport {
    fn of(step: &Step, tally: &StepTally) -> Self {
        Self::counted(Arc::clone(&step.name), kind(step), tally)
    }

    fn gone(name: &str, tally: &StepTally) -> Self {
        let was_remedy = tally.cases(Happened::Remedy) > 0;
        let kind = if was_remedy { "remedy" } else { "step" };
        Self {
            helped: was_remedy.then(|| tally.cases(Happened::Helped)),
            ..Self::counted(name.into(), kind, tally)
        }
    }

    fn counted(step: Arc<str>, kind: &'static str, tally: &StepTally) -> Self {
        Self {
            step,
            kind,
            reached: tally.cases(Happened::Reached),
            left_here: tally.cases(Happened::Left),
            went_back: tally.cases(Happened::WentBack),
            switched: tally.cases(Happened::Switched),
            unsure: tally.cases(Happened::Unsure),
            tried: tally.cases(Happened::Tried),
            cannot: tally.cases(Happened::Cannot),
            none: tally.cases(Happened::None),
            person: tally.cases(Happened::Person),
            time: Spread::of(&tally.times),
            helped: None,
        }
    }
}

/// The word for what a step is.
fn kind(step: &Step) -> &'static str {
    match &step.kind {
        StepKind::Question(_) => "question",
        StepKind::Instruction => "instruction",
        StepKind::Remedy(_) => "remedy",
        StepKind::Branch => "branch",
        StepKind::Call(_) => "call",
        StepKind::Try(_) => "try",
        StepKind::Leave(_) => "leave",
        StepKind::End(end) => match **end {
            End::Fix { .. } => "fix",
            End::Escalate { .. } => "escalation",
            End::Information { .. } => "information",
            End::Return { .. } => "return",
        },
    }
}
