//! For how long a case was walked, and for how long it lay somewhere.

use serde::Serialize;
use utoipa::ToSchema;

use crate::session::{Event, Happening, Moment};

/// When a case began and when something happened last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Times {
    /// When it began.
    pub started: Option<Moment>,
    /// The last event.
    pub last: Option<Moment>,
    /// Seconds between the two, less those in which the case lay somewhere.
    pub seconds: u64,
    /// Seconds in which the case was parked or waited for who takes it over.
    pub waited: u64,
}

impl Times {
    /// Of all that happened in a case.
    pub(super) fn of(events: &[Event]) -> Self {
        let (first, last) = (events.first(), events.last());
        let all = first
            .zip(last)
            .map_or(0, |(first, last)| last.at.since(first.at).as_millis());
        let waited = waited(events);
        let seconds = |milliseconds: u128| u64::try_from(milliseconds / 1000).unwrap_or(u64::MAX);
        Self {
            started: first.map(|event| event.at),
            last: last.map(|event| event.at),
            seconds: seconds(all.saturating_sub(waited)),
            waited: seconds(waited),
        }
    }
}

/// Milliseconds in which a case lay somewhere up to its last event: parked, or handed over and not yet taken. A remark
/// does not end that.
fn waited(events: &[Event]) -> u128 {
    let (mut all, mut lies_since) = (0, None);
    for event in events {
        let lay = lies_since.map_or(0, |since| event.at.since(since).as_millis());
        lies_since = match event.what {
            Happening::Parked { .. } | Happening::HandedOver { .. } => Some(event.at),
            Happening::Noted { .. } => lies_since.map(|_| event.at),
            _ => None,
        };
        all += lay;
    }
    all
}
