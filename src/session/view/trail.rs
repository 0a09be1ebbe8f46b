//! The trail, to be listed: every visit with what came of it, each text as it was shown then.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::condition::{FactRef, FactValue, Facts, Value};
use crate::tree::{End, StepKind};

use super::markdown::PublicMarkdown;
use super::public::SOLVED;
use super::words::Words;
use crate::session::again;
use crate::session::answer::Here;
use crate::session::back::DoneBefore;
use crate::session::state::State;
use crate::session::trail::{Came, Part, Visit};
use crate::session::{Changing, Moment, Outcome, Reply, Session, Source};

/// One visit.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrailView {
    /// The tree's name.
    pub tree: Arc<str>,
    /// The tree's title.
    pub title: PublicMarkdown,
    /// The prompt's name.
    pub step: String,
    /// What it was.
    pub kind: PassKind,
    /// What to call it: a remedy's label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<PublicMarkdown>,
    /// What was to be done.
    #[serde(rename = "do", skip_serializing_if = "Option::is_none")]
    pub instruction: Option<PublicMarkdown>,
    /// What was asked; of a remedy, its check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<PublicMarkdown>,
    /// What came of it.
    pub came: CameView,
    /// Where a reply or a known value came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The number to go back to; none for what was passed silently.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub visit: Option<u64>,
    /// How to correct it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Changing>,
    /// When it came up.
    pub shown_at: Moment,
    /// When it was replied to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replied_at: Option<Moment>,
}

/// What a visit was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum PassKind {
    Question,
    Instruction,
    Remedy,
    Need,
    Solved,
    Fix,
    Escalation,
    Information,
    Return,
    Branch,
    Call,
    Try,
    Leave,
}

/// What came of a visit.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CameView {
    /// The prompt stands.
    Open,
    /// Answered: the value, and as people read it (a secret is masked).
    Answered {
        /// The value.
        #[schema(value_type = FactValue)]
        value: Value,
        /// As people read it.
        shown: String,
    },
    /// Carried out.
    Done,
    /// Had been done before, so the person says.
    Tried,
    /// Could not be done, so the person says.
    Cannot,
    /// "I don't know."
    Unsure,
    /// None of the answers.
    None,
    /// "Let me talk to somebody."
    Person,
    /// Left for another tree.
    Abandoned,
    /// The end, and whether a person confirmed it.
    Ended {
        /// How it went.
        outcome: Outcome,
        /// Whether a person said that the problem is solved.
        confirmed: bool,
    },
    /// Not asked, as it was known.
    Known {
        /// The value.
        #[schema(value_type = FactValue)]
        value: Value,
        /// As people read it.
        shown: String,
    },
    /// Passed silently.
    Passed,
    /// Not shown, as its limit was used up.
    Limited,
}

impl Session {
    /// Every visit in order, each text as it was shown then.
    pub fn trail(&self) -> Vec<TrailView> {
        let mut state = self.state.clone();
        let mut views = Vec::with_capacity(state.trail.len());
        while let Some(visit) = state.trail.last().cloned() {
            state.reopen_last();
            state.trail.pop();
            views.push(self.visit_view(&state, &visit));
        }
        views.reverse();
        views
    }

    /// Remedies and instructions that were carried out before somebody went back, in the order of their replies.
    pub fn done_before(&self) -> Vec<TrailView> {
        let done = self.state.done_before.values();
        done.map(|DoneBefore { visit, uses }| TrailView {
            visit: None,
            change: None,
            ..self.visit_view(&AsTheyWere(uses), visit)
        })
        .collect()
    }

    /// Remedies and instructions that were carried out in the case before, as far as the library still has them, in the
    /// order of that walk. Of a step's own facts nothing is known here.
    pub fn done_in_case_before(&self) -> Vec<TrailView> {
        let before = self.started().and_then(|started| started.before.as_ref());
        let said = before.map_or(&[][..], |before| &before.said);
        let done = said
            .iter()
            .filter(|said| matches!(said.reply, Reply::Done | Reply::Answer(_) | Reply::Unsure));
        done.filter_map(|said| {
            let (visit, here) = again::found(&self.library, said)?;
            let is_done = matches!(
                (&here.step.kind, &said.reply),
                (StepKind::Remedy(_), _) | (StepKind::Instruction, Reply::Done)
            );
            let known = AsTheyAre(&self.state);
            is_done.then(|| TrailView {
                visit: None,
                change: None,
                source: None,
                shown_at: said.at,
                replied_at: Some(said.at),
                ..self.visit_view(&known, &visit)
            })
        })
        .collect()
    }

    pub(super) fn visit_view(&self, facts: &dyn Facts, visit: &Visit) -> TrailView {
        let here = Here::of(&self.library, visit);
        let words = Words::new(&self.library, here.tree, facts);
        let (source, replied_at) = match &visit.came {
            Came::Replied { source, given, .. } => (Some(*source), Some(self.moment(*given))),
            Came::Known { source, .. } => (Some(self.known_from(here, *source)), None),
            _ => (None, None),
        };
        TrailView {
            tree: Arc::clone(&here.tree.name),
            title: words.public(&here.tree.about.title),
            step: here.name(),
            kind: kind(here),
            label: label(words, here),
            instruction: match here.part {
                Part::Step | Part::End => words.maybe(&here.step.instruction),
                Part::Need(_) | Part::Solved => None,
            },
            ask: asked(words, here),
            came: came(words, here, visit),
            source,
            visit: visit.is_prompt().then_some(visit.seq),
            change: change(words, here, visit),
            shown_at: self.moment(visit.seq),
            replied_at,
        }
    }
}

impl Session {
    /// Where the fact that a question asks for comes from.
    fn known_from(&self, here: Here<'_>, source: Source) -> Source {
        if let StepKind::Question(question) = &here.step.kind
            && let FactRef::Shared(fact) = question.fact
        {
            self.source_of(&self.library.fact(fact).name, source)
        } else {
            source
        }
    }
}

/// The facts that a step used, as they were.
struct AsTheyWere<'a>(&'a [(FactRef, Option<Value>)]);

impl Facts for AsTheyWere<'_> {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        let (_, value) = self.0.iter().find(|(used, _)| *used == fact)?;
        value.as_ref()
    }
}

/// The shared facts as they are now.
pub(super) struct AsTheyAre<'a>(pub(super) &'a State);

impl Facts for AsTheyAre<'_> {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        match fact {
            // Those of the tree in which the walk stands, not of the one before.
            FactRef::Step(_) => None,
            shared => self.0.value(shared),
        }
    }
}

fn kind(here: Here<'_>) -> PassKind {
    match (here.part, &here.step.kind) {
        (Part::Need(_), _) => PassKind::Need,
        (Part::Solved, _) => PassKind::Solved,
        (_, StepKind::Question(_)) => PassKind::Question,
        (_, StepKind::Instruction) => PassKind::Instruction,
        (_, StepKind::Remedy(_)) => PassKind::Remedy,
        (_, StepKind::Branch) => PassKind::Branch,
        (_, StepKind::Call(_)) => PassKind::Call,
        (_, StepKind::Try(_)) => PassKind::Try,
        (_, StepKind::Leave(_)) => PassKind::Leave,
        (_, StepKind::End(end)) => match **end {
            End::Fix { .. } => PassKind::Fix,
            End::Escalate { .. } => PassKind::Escalation,
            End::Information { .. } => PassKind::Information,
            End::Return { .. } => PassKind::Return,
        },
    }
}

fn label(words: Words<'_>, here: Here<'_>) -> Option<PublicMarkdown> {
    match &here.step.kind {
        StepKind::Remedy(remedy) => words.maybe(&remedy.label),
        StepKind::End(end) => match &**end {
            End::Fix { what, .. } => Some(words.public(what)),
            End::Information { text } => Some(words.public(text)),
            End::Escalate { .. } | End::Return { .. } => None,
        },
        _ => None,
    }
}

pub(super) fn asked(words: Words<'_>, here: Here<'_>) -> Option<PublicMarkdown> {
    match (here.part, &here.step.kind) {
        (Part::Need(fact), _) => Some(words.declared_ask(fact)),
        (Part::Solved, _) => Some(PublicMarkdown(SOLVED.to_owned())),
        (_, StepKind::Question(question)) => {
            let own = words.maybe(&here.step.ask);
            match question.fact {
                FactRef::Shared(fact) => own.or_else(|| Some(words.declared_ask(fact))),
                _ => own,
            }
        }
        (_, StepKind::Remedy(remedy)) => Some(words.check(remedy)),
        _ => None,
    }
}

fn came(words: Words<'_>, here: Here<'_>, visit: &Visit) -> CameView {
    let shown = |value: &Value| words.reply(here, value);
    match &visit.came {
        Came::Open => CameView::Open,
        Came::Abandoned => CameView::Abandoned,
        Came::Passed => CameView::Passed,
        Came::Limited => CameView::Limited,
        Came::Known { value, .. } => CameView::Known {
            value: value.clone(),
            shown: shown(value),
        },
        Came::Ended { confirmed } => match &here.step.kind {
            StepKind::End(end) => CameView::Ended {
                outcome: Outcome::of(end),
                confirmed: *confirmed,
            },
            _ => CameView::Passed,
        },
        Came::Replied { reply, .. } => match reply {
            Reply::Answer(value) => CameView::Answered {
                value: value.clone(),
                shown: shown(value),
            },
            Reply::Done => CameView::Done,
            Reply::Tried => CameView::Tried,
            Reply::Cannot => CameView::Cannot,
            Reply::Unsure => CameView::Unsure,
            Reply::None => CameView::None,
            Reply::Person => CameView::Person,
        },
    }
}

/// How the visit's answer can be corrected.
fn change(words: Words<'_>, here: Here<'_>, visit: &Visit) -> Option<Changing> {
    let asks = !matches!(
        (here.part, &here.step.kind),
        (Part::Step, StepKind::Instruction) | (Part::End, _)
    );
    match (&visit.came, &here.step.kind) {
        (Came::Replied { .. }, _) if asks => Some(Changing::Visit(visit.seq)),
        (
            Came::Known {
                source: Source::Set,
                ..
            },
            _,
        ) => None,
        (Came::Known { .. }, StepKind::Question(question)) => match question.fact {
            FactRef::Shared(fact) => {
                Some(Changing::Fact(Arc::clone(&words.library.fact(fact).name)))
            }
            _ => None,
        },
        _ => None,
    }
}
