//! A tree made ready for its tests: alone in a library of its own, for a test walks its own tree only. Calls become
//! questions about what came back; what leads to other trees, and calls that never come back, become ends; nothing is
//! asked for at an escalation. All else is walked by the real session. Steps and edges keep their ids.

use std::cell::OnceCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::ending;
use crate::condition::{FactRef, Text};
use crate::session::{Event, Happening, Moment, Rejected, Session, Started};
use crate::tree::{
    Arm, Builder, Call, Choice, Edge, End, Library, PublicText, Question, QuestionKind, Step,
    StepId, StepKind, Tree, TreeId,
};

/// A tree alone, to be walked by its tests.
#[derive(Debug)]
pub(super) struct Stage<'l> {
    /// The tree as it is, with the same ids.
    pub(super) tree: &'l Tree,
    /// What stands for other trees at their calls and ways: the names by which tests end there.
    pub(super) doors: HashMap<StepId, Arc<str>>,
    origin: &'l Library,
    library: Arc<Library>,
    now: Moment,
    ends: OnceCell<BTreeSet<String>>,
}

impl<'l> Stage<'l> {
    /// Takes a tree out of its library; `None` only if it cannot be built again, which is never so.
    pub(super) fn of(origin: &'l Library, id: TreeId, today: Date) -> Option<Self> {
        let tree = origin.tree(id);
        let mut doors = HashMap::new();
        let alone = rebuilt(origin, tree, &mut doors)?;
        let library = Library {
            trees: vec![Arc::new(alone)],
            facts: origin.facts.clone(),
            ..Library::default()
        };
        let now = Moment::of(&today.to_zoned(TimeZone::UTC).ok()?)?;
        Some(Self {
            tree,
            doors,
            origin,
            library: Arc::new(library),
            now,
            ends: OnceCell::new(),
        })
    }

    /// The tree as tests walk it.
    pub(super) fn alone(&self) -> &Tree {
        self.library.tree(TreeId(0))
    }

    /// The library that holds nothing but the tree.
    pub(super) fn library(&self) -> &Library {
        &self.library
    }

    /// The moment at which all tests run.
    pub(super) const fn now(&self) -> Moment {
        self.now
    }

    /// The words of all ends of the tree, collected once.
    pub(super) fn ends(&self) -> &BTreeSet<String> {
        self.ends.get_or_init(|| ending::all(self))
    }

    /// Begins a walk.
    pub(super) fn start(&self, started: Started) -> Result<Session, Rejected> {
        let event = Event {
            seq: 1,
            at: self.now,
            what: Happening::Started(Box::new(started)),
        };
        Session::start(Arc::clone(&self.library), event)
    }

    /// The tree that a step calls.
    pub(super) fn called(&self, step: &str) -> Option<&Arc<str>> {
        match &self.tree.step(self.tree.find(step)?).kind {
            StepKind::Call(call) => Some(&self.origin.tree(call.tree).name),
            _ => None,
        }
    }

    /// Whether a step is a `call`, which is answered by what comes back.
    pub(super) fn is_call(&self, step: StepId) -> bool {
        matches!(self.tree.step(step).kind, StepKind::Call(_))
    }
}

fn rebuilt(library: &Library, tree: &Tree, doors: &mut HashMap<StepId, Arc<str>>) -> Option<Tree> {
    let mut builder = Builder::with_capacity(tree.len());
    for (id, step) in tree.steps() {
        let mut step = step.clone();
        if let Some(kind) = staged(library, id, &step, doors) {
            step.kind = kind;
        }
        builder.step(step).ok()?;
    }
    for (from, _) in tree.steps() {
        for (_, edge, to) in tree.edges(from) {
            builder.edge(from, staged_edge(edge), to);
        }
    }
    let name = Arc::clone(&tree.name);
    builder
        .finish(name, tree.about.clone(), tree.start(), tree.stuck())
        .ok()
}

/// What a step becomes, if it does not stay as it is.
fn staged(
    library: &Library,
    id: StepId,
    step: &Step,
    doors: &mut HashMap<StepId, Arc<str>>,
) -> Option<StepKind> {
    match &step.kind {
        StepKind::Leave(target) => Some(door(library, id, *target, doors)),
        StepKind::Call(call) => {
            let values = returned(library, call);
            if values.is_empty() {
                return Some(door(library, id, call.tree, doors));
            }
            let choices = values.into_iter().map(|key| Choice {
                key,
                label: None,
                help: None,
            });
            let question = Question {
                fact: FactRef::Step(id.index() as u32),
                kind: QuestionKind::Choice(choices.collect()),
                probe: None,
            };
            Some(StepKind::Question(Box::new(question)))
        }
        StepKind::End(end) => match &**end {
            End::Escalate {
                team,
                reason,
                priority,
                needs: _,
            } => Some(StepKind::End(Box::new(End::Escalate {
                team: Arc::clone(team),
                reason: reason.clone(),
                priority: *priority,
                needs: Box::default(),
            }))),
            End::Fix { .. } | End::Information { .. } | End::Return { .. } => None,
        },
        _ => None,
    }
}

/// An end that stands for another tree.
fn door(
    library: &Library,
    id: StepId,
    target: TreeId,
    doors: &mut HashMap<StepId, Arc<str>>,
) -> StepKind {
    let name = Arc::clone(&library.tree(target).name);
    let text = PublicText(Text::literal(Arc::clone(&name)));
    doors.insert(id, name);
    StepKind::End(Box::new(End::Information { text }))
}

/// The values with which a call comes back: those that it names first, then the others, each once.
fn returned(library: &Library, call: &Call) -> Vec<Arc<str>> {
    let mut values = call.returns.to_vec();
    for (_, step) in library.tree(call.tree).steps() {
        if let StepKind::End(end) = &step.kind
            && let End::Return { value } = &**end
            && !values.contains(value)
        {
            values.push(Arc::clone(value));
        }
    }
    values
}

fn staged_edge(edge: &Edge) -> Edge {
    let mut edge = edge.clone();
    if let Arm::Return(place) = edge.arm {
        edge.arm = Arm::Answer(place);
    }
    edge
}
