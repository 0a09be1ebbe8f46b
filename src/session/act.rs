//! The shortest way to add an event: each makes it with the next number and applies it.

use std::sync::Arc;

use crate::condition::Value;
use crate::tree::{Audience, Channel};

use super::answer::Here;
use super::trail::Part;
use super::{
    Changing, Event, Happening, Moment, Outcome, Prompt, Rejected, Reply, Session, Source,
};

impl Session {
    /// Replies to the prompt that stands: `seq` and `step` are what the prompt gave.
    ///
    /// # Errors
    /// The prompt is another one by now, or does not take this reply.
    pub fn reply(
        &mut self,
        seq: u64,
        step: &str,
        reply: Reply,
        source: Source,
        at: Moment,
    ) -> Result<&Event, Rejected> {
        self.must_be_current(seq)?;
        let here = Here::of(&self.library, self.current());
        let tree = Arc::clone(&here.tree.name);
        let step = match here.part {
            Part::Step if *step == *here.step.name => Arc::clone(&here.step.name),
            _ => Arc::from(step),
        };
        self.add(
            at,
            Happening::Answered {
                tree,
                step,
                reply,
                source,
            },
        )
    }

    /// Goes back to the prompt that came up by event `to` (see [`super::At::visit`] and [`Session::previous_prompt`]).
    ///
    /// # Errors
    /// The case has moved on, or there is no such earlier prompt.
    pub fn back(&mut self, seq: u64, to: u64, at: Moment) -> Result<&Event, Rejected> {
        self.must_be_current(seq)?;
        self.add(at, Happening::WentBack { to })
    }

    /// The prompt before the one that stands: where one step back leads.
    pub fn previous_prompt(&self) -> Option<u64> {
        let earlier = self.state.trail.iter().rev().skip(1);
        earlier
            .into_iter()
            .find(|visit| visit.is_prompt())
            .map(|visit| visit.seq)
    }

    /// Changes an earlier answer or a prefilled fact.
    ///
    /// # Errors
    /// The case has moved on, there is nothing to change, or the value does not fit.
    pub fn change(
        &mut self,
        seq: u64,
        what: Changing,
        value: Value,
        at: Moment,
    ) -> Result<&Event, Rejected> {
        self.must_be_current(seq)?;
        self.add(at, Happening::Changed { what, value })
    }

    /// Leaves for another tree, for good.
    ///
    /// # Errors
    /// The case has moved on, there is no such tree, or a customer may not walk it.
    pub fn leave(&mut self, seq: u64, tree: &str, at: Moment) -> Result<&Event, Rejected> {
        self.must_be_current(seq)?;
        self.add(at, Happening::Left { tree: tree.into() })
    }

    /// Adds a remark.
    ///
    /// # Errors
    /// The case is closed.
    pub fn note(&mut self, text: &str, at: Moment) -> Result<&Event, Rejected> {
        self.add(at, Happening::Noted { text: text.into() })
    }

    /// Puts the case aside.
    ///
    /// # Errors
    /// It is parked, handed over or closed already.
    pub fn park(&mut self, until: Option<Moment>, at: Moment) -> Result<&Event, Rejected> {
        self.add(at, Happening::Parked { until })
    }

    /// Takes up a parked case.
    ///
    /// # Errors
    /// It is not parked.
    pub fn resume(&mut self, by: Option<&str>, at: Moment) -> Result<&Event, Rejected> {
        self.add(
            at,
            Happening::Resumed {
                by: by.map(Arc::from),
            },
        )
    }

    /// Hands the case over.
    ///
    /// # Errors
    /// It is parked, handed over or closed already.
    pub fn hand_over(&mut self, to: &str, at: Moment) -> Result<&Event, Rejected> {
        self.add(at, Happening::HandedOver { to: to.into() })
    }

    /// An agent takes the case; the channel may change.
    ///
    /// # Errors
    /// It is parked or closed.
    pub fn take(
        &mut self,
        by: Option<&str>,
        channel: Option<Channel>,
        at: Moment,
    ) -> Result<&Event, Rejected> {
        self.add(
            at,
            Happening::Taken {
                by: by.map(Arc::from),
                channel,
            },
        )
    }

    /// Brings a case that is put aside back to its prompt: a parked one is taken up again, one that was handed over is
    /// taken; any other stays as it is.
    ///
    /// # Errors
    /// The case is closed.
    pub fn go_on(&mut self, by: Option<&str>, at: Moment) -> Result<(), Rejected> {
        match self.prompt() {
            Prompt::Parked(_) => self.resume(by, at).map(drop),
            Prompt::HandedOver(_) => self.take(by, None, at).map(drop),
            Prompt::Closed(..) => Err(Rejected::Closed),
            _ => Ok(()),
        }
    }

    /// As [`Session::go_on`], and takes a case that another agent walks: the note tells whose the answers are from here on.
    ///
    /// # Errors
    /// The case is closed.
    pub fn walk_on(&mut self, by: Option<&str>, at: Moment) -> Result<(), Rejected> {
        self.go_on(by, at)?;
        if self.is_of_another(by) {
            self.take(by, None, at)?;
        }
        Ok(())
    }

    /// Whether another agent walks it.
    fn is_of_another(&self, agent: Option<&str>) -> bool {
        let is_other = |agent: &str| self.agent().is_none_or(|one| **one != *agent);
        self.audience() == Audience::Agent && agent.is_some_and(is_other)
    }

    /// An agent takes the case, be it parked, handed over or walked by somebody else; the channel may change.
    ///
    /// # Errors
    /// The case is closed.
    pub fn take_over(
        &mut self,
        by: Option<&str>,
        channel: Option<Channel>,
        at: Moment,
    ) -> Result<(), Rejected> {
        if let Prompt::Parked(_) = self.prompt() {
            self.resume(by, at)?;
        }
        self.take(by, channel, at).map(drop)
    }

    /// Closes the case at the end where it stands.
    ///
    /// # Errors
    /// It stands at no end, or at an escalation, which is handed over instead.
    pub fn close(&mut self, at: Moment) -> Result<&Event, Rejected> {
        let (outcome, confirmed) = self.outcome().unwrap_or((Outcome::Ended, false));
        self.add(at, Happening::Closed { outcome, confirmed })
    }

    fn must_be_current(&self, given: u64) -> Result<(), Rejected> {
        let expected = self.seq();
        if given == expected {
            Ok(())
        } else {
            Err(Rejected::Stale { given, expected })
        }
    }

    #[allow(
        clippy::expect_used,
        reason = "an event that was applied is the last one"
    )]
    fn add(&mut self, at: Moment, what: Happening) -> Result<&Event, Rejected> {
        self.apply(Event {
            seq: self.seq() + 1,
            at,
            what,
        })?;
        Ok(self.events.last().expect("the event just added"))
    }
}
