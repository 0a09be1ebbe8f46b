//! What is known, to be listed: where it came from, and whether it can be corrected.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::condition::{FactValue, Value};
use crate::tree::{StepId, Tree};

use super::markdown::PublicMarkdown;
use super::words::Words;
use crate::session::known::Slot;
use crate::session::trail::Visit;
use crate::session::{Changing, Event, Happening, Session, Source};

/// One fact that is known.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FactView {
    /// Its name: a shared fact's, or that of the step that asked.
    pub name: Arc<str>,
    /// The tree of a step fact; none for shared ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tree: Option<Arc<str>>,
    /// Its question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ask: Option<PublicMarkdown>,
    /// The value; a secret is only a marker.
    #[schema(value_type = FactValue)]
    pub value: Value,
    /// The value as people read it; a secret is masked.
    pub shown: String,
    /// Where it came from.
    pub source: Source,
    /// How to correct it; none where it follows from another answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Changing>,
}

impl Session {
    /// What is known: shared facts by name, then the step facts of the open trees, the outermost first.
    pub fn facts(&self) -> Vec<FactView> {
        let shared = self.state.all_shared().iter().enumerate();
        let mut facts: Vec<FactView> = shared
            .filter_map(|(at, slot)| Some(self.shared_fact(at as u32, slot.as_ref()?)))
            .collect();
        for frame in self.state.frames() {
            let tree = self.library.tree(frame.tree);
            let known = frame.facts.iter();
            facts.extend(known.filter_map(|(step, slot)| self.step_fact(tree, *step, slot)));
        }
        facts
    }

    fn shared_fact(&self, fact: u32, slot: &Slot) -> FactView {
        let declared = self.library.fact(fact);
        let words = Words::new(
            &self.library,
            self.library.tree(self.state.top().tree),
            &self.state,
        );
        FactView {
            name: Arc::clone(&declared.name),
            tree: None,
            ask: words.maybe(&declared.ask),
            value: slot.value.clone(),
            shown: words.shared(fact, &slot.value).into_owned(),
            source: self.source_of(&declared.name, slot.source),
            change: (slot.source != Source::Set).then(|| match self.set_by(slot) {
                Some(visit) => Changing::Visit(visit.seq),
                None => Changing::Fact(Arc::clone(&declared.name)),
            }),
        }
    }

    /// A step fact; `None` for a remedy's `if`, which is no fact that anything can read.
    fn step_fact(&self, tree: &Tree, step: u32, slot: &Slot) -> Option<FactView> {
        let about = tree.graph().node_weight(StepId::new(step as usize))?;
        if about.name.contains('.') {
            return None;
        }
        let words = Words::new(&self.library, tree, &self.state);
        Some(FactView {
            name: Arc::clone(&about.name),
            tree: Some(Arc::clone(&tree.name)),
            ask: words.maybe(&about.ask),
            value: slot.value.clone(),
            shown: words.step(step, &slot.value).into_owned(),
            source: slot.source,
            change: self.set_by(slot).map(|visit| Changing::Visit(visit.seq)),
        })
    }

    /// Where a shared fact comes from: what was known beforehand and corrected since has been asked.
    pub(super) fn source_of(&self, fact: &Arc<str>, source: Source) -> Source {
        let corrects = |event: &Event| matches!(&event.what, Happening::Changed { what: Changing::Fact(name), .. } if name == fact);
        if source == Source::Prefilled && self.events.iter().any(corrects) {
            Source::Asked
        } else {
            source
        }
    }

    /// The visit whose reply gave the value.
    fn set_by(&self, slot: &Slot) -> Option<&Visit> {
        self.state.trail.get(slot.by? as usize)
    }
}
