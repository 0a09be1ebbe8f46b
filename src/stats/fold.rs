//! The fold: events in order, case after case, into tallies. It holds one case at a time and tallies by step, so its memory
//! grows with the steps of the trees and not with the cases; folds over different cases are merged.

mod once;

use std::collections::HashMap;
use std::mem;
use std::sync::Arc;

use super::calls::Calls;
use super::tally::{Happened, StepTally, TreeTally};
use super::{Kind, NodeId, Nodes, Shown};
use once::Once;

/// A gap in a case that nobody parked: longer than this, nobody was working on it.
pub const BREAK: i64 = 4 * 60 * 60 * 1000;

/// An event as the store has it.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs, reason = "as in `Recorded`")]
pub struct Row<'r> {
    /// Milliseconds since 1970.
    pub at: i64,
    pub kind: Kind,
    pub reply: Option<&'r str>,
    /// The number of the place in the store.
    pub stands: Option<i64>,
    pub shown: Option<Shown>,
    /// Numbers of places, with spaces between them.
    pub passed: Option<&'r str>,
}

/// What was counted so far.
#[derive(Debug)]
pub struct Fold {
    /// By step and tree.
    once: Once,
    /// By the tree in which they began.
    trees: HashMap<Arc<str>, TreeTally>,
    case: Case,
    /// The steps that the event at hand passed silently.
    passed: Vec<NodeId>,
}

/// The case that is being counted.
#[derive(Debug, Default)]
struct Case {
    tree: Option<Arc<str>>,
    last_at: Option<i64>,
    status: Status,
    here: Option<NodeId>,
    shown: Option<Shown>,
    /// Time worked in all, and since the prompt stands.
    worked: i64,
    here_for: i64,
    helped: Option<NodeId>,
    handed_over: Vec<(Option<Arc<str>>, NodeId)>,
    calls: Calls,
    /// Whether it goes on with a case before.
    again: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Status {
    #[default]
    Open,
    Parked,
    HandedOver,
    Resolved,
    Escalated,
    Ended,
}

impl Fold {
    /// Nothing counted yet.
    pub fn new(nodes: Arc<Nodes>) -> Self {
        Self {
            once: Once::new(nodes),
            trees: HashMap::new(),
            case: Case::default(),
            passed: Vec::new(),
        }
    }

    /// The steps that are counted.
    pub const fn nodes(&self) -> &Arc<Nodes> {
        self.once.nodes()
    }

    /// What was counted of a step.
    pub fn step(&self, node: NodeId) -> Option<&StepTally> {
        self.once.step(node)
    }

    /// In how many cases the walk went from one step straight to another, or out of a call to where it came back, at least
    /// once; after a correction of an earlier answer the ways that it changes are not known.
    pub fn ways(&self) -> impl Iterator<Item = (NodeId, NodeId, u64)> {
        self.once.ways()
    }

    /// The cases that began in each tree, in no order.
    pub fn trees(&self) -> impl Iterator<Item = (&Arc<str>, &TreeTally)> {
        self.trees.iter()
    }

    /// How many cases came through each tree, wherever they began.
    pub fn visits(&self) -> impl Iterator<Item = (&Arc<str>, u64)> {
        self.once.visits()
    }

    /// A case begins that was begun in that tree; the one before is over.
    pub fn case(&mut self, tree: &str) {
        self.finish();
        let tree = match self.trees.get_key_value(tree) {
            Some((known, _)) => Arc::clone(known),
            None => {
                let tree: Arc<str> = tree.into();
                self.trees.insert(Arc::clone(&tree), TreeTally::default());
                tree
            }
        };
        self.case.tree = Some(tree);
    }

    /// Counts the next event of the case.
    pub fn event(&mut self, row: Row<'_>) {
        self.pass_time(row.at);
        let stands = row.stands.and_then(|number| self.once.nodes().of(number));
        match row.kind {
            Kind::Started => {
                self.case.again = row.reply == Some("again");
                self.arrive(None, row, stands);
            }
            Kind::Answered => self.answered(row, stands),
            Kind::WentBack => self.moved(Some(Happened::WentBack)),
            Kind::Changed => {
                self.touch_passed(row);
                self.moved(None);
            }
            Kind::Left => {
                self.moved(Some(Happened::Switched));
                self.arrive(None, row, stands);
            }
            Kind::Noted => {}
            Kind::Parked => self.case.status = Status::Parked,
            Kind::Resumed => self.case.status = Status::Open,
            Kind::HandedOver => self.handed_over(row),
            Kind::Taken => {
                self.case.status = Status::Open;
                self.moved(None);
            }
            Kind::Closed => {
                self.case.status = match row.reply {
                    Some("resolved") => Status::Resolved,
                    Some("escalated") => Status::Escalated,
                    _ => Status::Ended,
                }
            }
        }
        self.stand(stands, row.shown);
    }

    /// Ends the case that is being counted. Nothing is lost where there is none.
    pub fn finish(&mut self) {
        let Some(tree) = self.case.tree.take() else {
            return;
        };
        let is_left = matches!(self.case.status, Status::Open | Status::Parked);
        if is_left && let Some(here) = self.case.here {
            self.once.mark(here, Happened::Left);
        }
        if let Some(remedy) = self.case.helped {
            self.once.mark(remedy, Happened::Helped);
        }
        if let Some(tally) = self.trees.get_mut(&tree) {
            self.case.count(tally);
        }
        self.case = Case::default();
        self.once.next_case();
    }

    /// Adds what another fold has counted over other cases and the same steps.
    pub fn merge(&mut self, mut other: Self) {
        self.finish();
        other.finish();
        for (tree, tally) in &other.trees {
            self.trees.entry(Arc::clone(tree)).or_default().merge(tally);
        }
        self.once.merge(other.once);
    }

    /// The time since the last event: worked, unless the case lay somewhere or nobody was there.
    fn pass_time(&mut self, at: i64) {
        let case = &mut self.case;
        let gap = case.last_at.map_or(0, |last| at.saturating_sub(last));
        case.last_at = Some(at);
        if case.status == Status::Open && (0..=BREAK).contains(&gap) {
            case.worked += gap;
            case.here_for += gap;
        }
    }

    fn answered(&mut self, row: Row<'_>, stands: Option<NodeId>) {
        let (from, was) = (self.case.here, self.case.shown);
        let took = mem::take(&mut self.case.here_for);
        self.case.helped = None;
        let Some(here) = from else {
            return self.arrive(None, row, stands);
        };
        // Nobody was asked: what was shown and done there counts in the case before.
        if matches!(row.reply, Some("before" | "came_back")) {
            self.once.unmark(here, Happened::Remedy);
        } else {
            self.once.took(here, took);
        }
        if let Some(mark) = row.reply.and_then(Happened::of_reply) {
            self.once.mark(here, mark);
        }
        if was == Some(Shown::Remedy) && matches!(row.reply, Some("=yes" | "=no")) {
            self.once.mark(here, Happened::CarriedOut);
            if row.reply == Some("=yes") && row.shown == Some(Shown::Confirmed) {
                self.case.helped = Some(here);
            }
        }
        // From one question before an end to the next, or to the end itself, is no way.
        let is_asked_at_end = matches!(was, Some(Shown::Need | Shown::Solved));
        if !(is_asked_at_end && stands == from) {
            self.arrive(from, row, stands);
        }
    }

    /// The walk went on from a step, or from nowhere, past what is silent, to where it stands.
    fn arrive(&mut self, from: Option<NodeId>, row: Row<'_>, stands: Option<NodeId>) {
        let passed = self.passed(row);
        let mut last = from;
        for node in passed.iter().copied().chain(stands) {
            self.once.mark(node, Happened::Reached);
            if let Some(last) = last {
                self.once.way(last, node);
                if let Some(call) = self.case.calls.cross(self.once.nodes(), last, node) {
                    self.once.way(call, node);
                }
            }
            last = Some(node);
        }
        self.passed = passed;
    }

    fn touch_passed(&mut self, row: Row<'_>) {
        let passed = self.passed(row);
        for node in &passed {
            self.once.mark(*node, Happened::Reached);
        }
        self.passed = passed;
    }

    /// The steps that an event passed silently, in a vector that is to be given back.
    fn passed(&mut self, row: Row<'_>) -> Vec<NodeId> {
        let mut passed = mem::take(&mut self.passed);
        passed.clear();
        let numbers = row.passed.unwrap_or_default().split_ascii_whitespace();
        passed.extend(numbers.filter_map(|number| self.once.nodes().of(number.parse().ok()?)));
        passed
    }

    /// The walk moved on without a reply: what was confirmed is so no more.
    fn moved(&mut self, mark: Option<Happened>) {
        if let (Some(here), Some(mark)) = (self.case.here, mark) {
            self.once.mark(here, mark);
        }
        self.case.helped = None;
        self.case.here_for = 0;
    }

    fn handed_over(&mut self, row: Row<'_>) {
        self.case.status = Status::HandedOver;
        if let Some(here) = self.case.here {
            let key = (row.reply.map(Arc::from), here);
            if !self.case.handed_over.contains(&key) {
                self.case.handed_over.push(key);
            }
        }
    }

    fn stand(&mut self, stands: Option<NodeId>, shown: Option<Shown>) {
        self.case.calls.moved(self.once.nodes(), stands);
        self.case.here = stands;
        self.case.shown = shown;
        if let Some(here) = stands {
            self.once.mark(here, Happened::Reached);
            if shown == Some(Shown::Remedy) {
                self.once.mark(here, Happened::Remedy);
            }
        }
    }
}

impl Case {
    /// Counts the case itself.
    fn count(&mut self, tally: &mut TreeTally) {
        tally.cases += 1;
        tally.again += u64::from(self.again);
        let is_resolved = self.status == Status::Resolved;
        match (self.status, self.shown) {
            (Status::Open, _) => tally.open += 1,
            (Status::Parked, _) => tally.parked += 1,
            (Status::HandedOver | Status::Escalated, _) => tally.escalated += 1,
            (Status::Resolved, Some(Shown::Confirmed)) => tally.confirmed += 1,
            (Status::Resolved, _) => tally.claimed += 1,
            (Status::Ended, _) => tally.ended += 1,
        }
        if !matches!(self.status, Status::Open | Status::Parked) {
            tally.times.add(self.worked);
        }
        // Closed as escalated without a word to whom.
        if self.status == Status::Escalated && self.handed_over.is_empty() {
            self.handed_over.extend(self.here.map(|here| (None, here)));
        }
        for key in self.handed_over.drain(..) {
            let handed_over = tally.handed_over.entry(key).or_default();
            handed_over.cases += 1;
            handed_over.resolved += u64::from(is_resolved);
        }
    }
}
