//! The fold: one event after the other. An event that is refused changes nothing.

use std::sync::Arc;

use crate::condition::Value;
use crate::tree::{Audience, Channel, End, Library, StepKind};

use super::answer::Here;
use super::known::{Slot, Talk};
use super::state::State;
use super::trail::{Came, Part};
use super::{
    Changing, Event, Happening, Moment, Outcome, Phase, Rejected, Reply, Session, Source, Stopped,
    name,
};

impl Session {
    /// Applies the next event.
    ///
    /// # Errors
    /// The event does not fit; the session is as it was.
    pub fn apply(&mut self, mut event: Event) -> Result<(), Rejected> {
        if event.seq != self.seq() + 1 {
            return Err(Rejected::Stale {
                given: event.seq.saturating_sub(1),
                expected: self.seq(),
            });
        }
        let at = event.at;
        self.state.now = event.seq;
        match &mut event.what {
            Happening::Started(_) => return Err(Rejected::AlreadyStarted),
            Happening::Answered {
                tree,
                step,
                reply,
                source,
            } => self.answered(tree, step, reply, *source, at)?,
            Happening::WentBack { to } => self.went_back(*to)?,
            Happening::Changed { what, value } => self.changed(what, value, at)?,
            Happening::Left { tree } => self.left(tree)?,
            Happening::Noted { .. } => self.must_not_be_closed()?,
            Happening::Parked { until } => {
                self.must_walk()?;
                self.state.phase = Phase::Parked(*until);
            }
            Happening::Resumed { .. } => self.resumed()?,
            Happening::HandedOver { to } => {
                self.must_walk()?;
                self.state.phase = Phase::HandedOver(Arc::clone(to));
            }
            Happening::Taken { channel, .. } => self.taken(*channel)?,
            Happening::Closed { outcome, confirmed } => self.closed(*outcome, *confirmed)?,
        }
        self.events.push(event);
        Ok(())
    }

    /// Makes a case again from its events.
    ///
    /// # Errors
    /// The first event that does not fit, and the case up to there.
    pub fn replay(library: Arc<Library>, events: &[Event]) -> Result<Self, Stopped> {
        let stopped = |seq, why, session| Stopped { seq, why, session };
        let Some((first, rest)) = events.split_first() else {
            return Err(stopped(1, Rejected::NotAStart, None));
        };
        let mut session =
            Self::start(library, first.clone()).map_err(|why| stopped(first.seq, why, None))?;
        for event in rest {
            if let Err(why) = session.apply(event.clone()) {
                return Err(stopped(event.seq, why, Some(Box::new(session))));
            }
        }
        Ok(session)
    }

    fn must_not_be_closed(&self) -> Result<(), Rejected> {
        match self.state.phase {
            Phase::Closed(..) => Err(Rejected::Closed),
            Phase::Walking | Phase::Parked(_) | Phase::HandedOver(_) => Ok(()),
        }
    }

    fn must_walk(&self) -> Result<(), Rejected> {
        match &self.state.phase {
            Phase::Walking => Ok(()),
            Phase::Parked(_) => Err(Rejected::Parked),
            Phase::HandedOver(to) => {
                let name = self.library().team(to).and_then(|team| team.name.as_ref());
                // Names of teams hold no facts.
                let to = Arc::clone(name.map_or(to, |name| name.0.source()));
                Err(Rejected::HandedOver { to })
            }
            Phase::Closed(..) => Err(Rejected::Closed),
        }
    }

    /// A reply. The reply of the event becomes the typed one: what a secret was is forgotten here.
    fn answered(
        &mut self,
        tree: &str,
        step: &str,
        reply: &mut Reply,
        source: Source,
        at: Moment,
    ) -> Result<(), Rejected> {
        self.must_walk()?;
        if source == Source::Before && self.started().is_none_or(|was| was.before.is_none()) {
            return Err(Rejected::NotASource {
                source: source.name(),
            });
        }
        let Self { library, state, .. } = self;
        let Some(visit) = state.trail.last() else {
            return Err(Rejected::NotAStart);
        };
        let here = Here::of(library, visit);
        if *tree != *here.tree.name || !name::is(step, library, here.step, here.part) {
            let given = if *tree == *here.tree.name {
                step.to_owned()
            } else {
                format!("{tree}: {step}")
            };
            return Err(Rejected::WrongStep {
                given,
                expected: here.name(),
            });
        }
        let place = (visit.tree, visit.step, visit.part);
        let accepted = here.accept(reply.clone(), source, at)?;
        *reply = accepted.reply.clone();
        state.aside.take(place);
        let given = state.now;
        state.commit(here, accepted, given);
        Ok(())
    }

    fn went_back(&mut self, to: u64) -> Result<(), Rejected> {
        self.must_walk()?;
        let no_such = Rejected::NoSuchPrompt { seq: to };
        let place = self.state.find_prompt(to).ok_or(no_such.clone())?;
        if place + 1 >= self.state.trail.len() {
            return Err(no_such);
        }
        self.state.go_back(&self.library, place, false);
        Ok(())
    }

    fn changed(&mut self, what: &Changing, value: &mut Value, at: Moment) -> Result<(), Rejected> {
        self.must_walk()?;
        let change = self.state.find_change(&self.library, what, value, at)?;
        *value = change.value().clone();
        self.state.change(&self.library, change, at)
    }

    fn left(&mut self, tree: &Arc<str>) -> Result<(), Rejected> {
        self.must_walk()?;
        let unknown = || Rejected::UnknownTree {
            tree: Arc::clone(tree),
        };
        let id = self.library.find(tree).ok_or_else(unknown)?;
        let target = self.library.tree(id);
        if self.state.is_kept_from(target) {
            return Err(Rejected::NotForCustomers {
                tree: Arc::clone(tree),
            });
        }
        if let Some(visit) = self.state.trail.last_mut()
            && visit.came == Came::Open
        {
            visit.came = Came::Abandoned;
        }
        self.state.leave(id);
        self.state.arrive(&self.library, target.start(), false);
        Ok(())
    }

    fn resumed(&mut self) -> Result<(), Rejected> {
        self.must_not_be_closed()?;
        match self.state.phase {
            Phase::Parked(_) => {
                self.state.phase = Phase::Walking;
                Ok(())
            }
            _ => Err(Rejected::NotParked),
        }
    }

    /// An agent takes over: who takes an escalated case stands at the last step before the end.
    fn taken(&mut self, channel: Option<Channel>) -> Result<(), Rejected> {
        match self.state.phase {
            Phase::Walking | Phase::HandedOver(_) => {}
            Phase::Parked(_) => return Err(Rejected::Parked),
            Phase::Closed(..) => return Err(Rejected::Closed),
        }
        self.state.phase = Phase::Walking;
        self.state.talk = Talk::new(
            Audience::Agent,
            channel.unwrap_or(self.state.talk.channel()),
        );
        self.state.step_back_from_escalation(&self.library);
        Ok(())
    }

    fn closed(&mut self, outcome: Outcome, confirmed: bool) -> Result<(), Rejected> {
        self.must_walk()?;
        match self.outcome() {
            None | Some((Outcome::Escalated, _)) => Err(Rejected::NotAtAnEnd {
                step: Here::of(&self.library, self.current()).name(),
            }),
            Some(reached) if reached != (outcome, confirmed) => Err(Rejected::NotThatOutcome),
            Some(_) => {
                self.state.phase = Phase::Closed(outcome, confirmed);
                Ok(())
            }
        }
    }
}

impl State {
    /// From the end of an escalation, back to the last prompt before it. What was asked for it stays known there.
    fn step_back_from_escalation(&mut self, library: &Library) {
        let Some(end) = self.trail.last().filter(|visit| visit.part == Part::End) else {
            return;
        };
        let (step, tree) = (end.step, end.tree);
        let escalates = match &library.tree(tree).step(step).kind {
            StepKind::End(end) => matches!(**end, End::Escalate { .. }),
            _ => false,
        };
        let is_before = |visit: &super::trail::Visit| {
            visit.is_prompt()
                && !(visit.step == step && visit.tree == tree && visit.part != Part::Step)
        };
        let Some(place) = self.trail.iter().rposition(is_before).filter(|_| escalates) else {
            return;
        };
        let known: Vec<(u32, Slot)> = self
            .trail
            .iter()
            .skip(place + 1)
            .filter_map(|visit| match visit.part {
                Part::Need(fact) => self.shared(fact).map(|slot| {
                    (
                        fact,
                        Slot {
                            by: None,
                            ..slot.clone()
                        },
                    )
                }),
                _ => None,
            })
            .collect();
        self.go_back(library, place, false);
        for (fact, slot) in known {
            self.set_shared(fact, Some(slot));
        }
        self.keep_for_last();
    }
}
