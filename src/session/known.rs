//! What a case knows: values with where they come from, and who talks how.

use std::sync::Arc;

use crate::condition::{FactRef, Facts, Value};
use crate::tree::{Audience, Channel};

use super::Source;
use super::state::State;

/// A fact's value and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    /// The value.
    pub(super) value: Value,
    /// Who gave it.
    pub(super) source: Source,
    /// The place in the trail of the visit that gave it; none if it was known beforehand.
    pub(super) by: Option<u32>,
}

/// Who walks, and how one talks: always known, never undone by going back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Talk {
    audience: Audience,
    channel: Channel,
    audience_value: Value,
    channel_value: Value,
}

impl Talk {
    pub(super) fn new(audience: Audience, channel: Channel) -> Self {
        Self {
            audience,
            channel,
            audience_value: Value::Choice(Arc::from(audience.name())),
            channel_value: Value::Choice(Arc::from(channel.name())),
        }
    }

    pub(super) const fn audience(&self) -> Audience {
        self.audience
    }

    pub(super) const fn channel(&self) -> Channel {
        self.channel
    }
}

impl Facts for State {
    fn value(&self, fact: FactRef) -> Option<&Value> {
        match fact {
            FactRef::Shared(at) => self.shared(at).map(|slot| &slot.value),
            FactRef::Step(at) => self.top().fact(at).map(|slot| &slot.value),
            FactRef::Audience => Some(&self.talk.audience_value),
            FactRef::Channel => Some(&self.talk.channel_value),
            FactRef::Exit | FactRef::Output => None,
        }
    }
}
