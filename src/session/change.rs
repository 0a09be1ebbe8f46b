//! Changing an earlier answer or a prefilled fact: the walk is redone from there, as far as the replies still fit.

use crate::condition::Value;
use crate::tree::{Library, StepKind};

use super::answer::Here;
use super::known::Slot;
use super::state::State;
use super::trail::{Came, Part};
use super::{Changing, Moment, Rejected, Reply, Source, accept};

/// What is to be changed, found.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Change {
    /// The answer at this place of the trail.
    Answer(usize, Value),
    /// What a shared fact was prefilled with.
    Prefilled(u32, Value),
    /// What somebody who took the case over knew from its hand-over, from the prompt at this place of the trail on.
    Kept(usize, u32, Value),
}

impl State {
    /// Finds what is to be changed and types the new value; changes nothing.
    pub(super) fn find_change(
        &self,
        library: &Library,
        what: &Changing,
        value: &Value,
        at: Moment,
    ) -> Result<Change, Rejected> {
        match what {
            Changing::Visit(seq) => {
                let place = self
                    .find_prompt(*seq)
                    .ok_or(Rejected::NoSuchPrompt { seq: *seq })?;
                self.find_answer(library, place, value, at)
            }
            Changing::Fact(name) => {
                let fact = library
                    .find_fact(name)
                    .ok_or_else(|| self.unknown_fact(library, name))?;
                let slot = self
                    .shared(fact)
                    .ok_or_else(|| self.unknown_fact(library, name))?;
                let typed = || {
                    let declared = &library.fact(fact).kind;
                    accept::of_type(declared, value, at).map_err(|accepted| Rejected::NotAnAnswer {
                        step: name.to_string(),
                        accepted,
                    })
                };
                match (slot.source, slot.by) {
                    (Source::Prefilled, _) => Ok(Change::Prefilled(fact, typed()?)),
                    (Source::Set, Some(by)) => Err(self.set_by_edge(library, name, by as usize)),
                    (_, Some(by)) => self.find_answer(library, by as usize, value, at),
                    (_, None) => {
                        let nothing = || Rejected::NothingToChange {
                            step: name.to_string(),
                        };
                        let place = self.set_before(fact).ok_or_else(nothing)?;
                        Ok(Change::Kept(place, fact, typed()?))
                    }
                }
            }
        }
    }

    fn find_answer(
        &self,
        library: &Library,
        place: usize,
        value: &Value,
        at: Moment,
    ) -> Result<Change, Rejected> {
        let visit = self
            .trail
            .get(place)
            .ok_or(Rejected::NoSuchPrompt { seq: 0 })?;
        let here = Here::of(library, visit);
        let asks = matches!(
            (visit.part, &here.step.kind),
            (Part::Need(_) | Part::Solved, _)
                | (Part::Step, StepKind::Question(_) | StepKind::Remedy(_))
        );
        if !asks || !matches!(visit.came, Came::Replied { .. }) {
            return Err(Rejected::NothingToChange { step: here.name() });
        }
        let accepted = here.accept(Reply::Answer(value.clone()), Source::Asked, at)?;
        match accepted.reply {
            Reply::Answer(value) => Ok(Change::Answer(place, value)),
            _ => Err(Rejected::NothingToChange { step: here.name() }),
        }
    }

    fn set_by_edge(&self, library: &Library, fact: &std::sync::Arc<str>, by: usize) -> Rejected {
        let step = self
            .trail
            .get(by)
            .map(|visit| Here::of(library, visit).name());
        Rejected::SetByEdge {
            fact: fact.clone(),
            step: step.unwrap_or_default(),
        }
    }

    fn unknown_fact(&self, library: &Library, name: &std::sync::Arc<str>) -> Rejected {
        let known = library.facts.iter().zip(self.all_shared());
        let known = known
            .filter(|(_, slot)| slot.is_some())
            .map(|(fact, _)| fact.name.clone());
        Rejected::UnknownFact {
            fact: name.clone(),
            known: known.collect(),
        }
    }

    /// Makes the change and redoes the walk from there.
    pub(super) fn change(
        &mut self,
        library: &Library,
        change: Change,
        at: Moment,
    ) -> Result<(), Rejected> {
        match change {
            Change::Answer(place, value) => {
                let Some(visit) = self.trail.get(place) else {
                    return Ok(());
                };
                let here = Here::of(library, visit);
                let accepted = here.accept(Reply::Answer(value), Source::Asked, at)?;
                self.take_back_to(library, place, true);
                self.commit(here, accepted, self.now);
            }
            Change::Prefilled(fact, value) => {
                self.take_back_all(library, true);
                self.prefill(
                    fact,
                    Slot {
                        value,
                        source: Source::Prefilled,
                        by: None,
                    },
                );
                let start = library.tree(self.top().tree).start();
                self.arrive(library, start, false);
            }
            Change::Kept(place, fact, value) => {
                self.go_back(library, place, true);
                let source = Source::Asked;
                let by = None;
                self.set_shared(fact, Some(Slot { value, source, by }));
                self.keep_for_last();
            }
        }
        self.redo(library, at);
        Ok(())
    }

    /// Gives the replies again that the change set aside, as long as their prompts come up and they fit.
    fn redo(&mut self, library: &Library, at: Moment) {
        while let Some(visit) = self.trail.last() {
            let here = Here::of(library, visit);
            let place = (visit.tree, visit.step, visit.part);
            let again = self
                .aside
                .first(place)
                .filter(|reply| reply.by_change && reply.fits(self));
            let Some(again) = again else { return };
            let (given, shown) = (again.given, again.shown);
            let Ok(accepted) = here.accept(again.reply.clone(), again.source, at) else {
                return;
            };
            self.aside.take(place);
            self.done_before.remove(&given);
            if let Some(visit) = self.trail.last_mut() {
                visit.seq = shown;
            }
            self.commit(here, accepted, given);
        }
    }
}

impl Change {
    /// The new value, typed.
    pub(super) const fn value(&self) -> &Value {
        match self {
            Self::Answer(_, value) | Self::Prefilled(_, value) | Self::Kept(_, _, value) => value,
        }
    }
}
