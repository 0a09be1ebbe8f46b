//! When something happened, and what day it was there. It reads no clock: whoever makes an event brings the moment.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use jiff::civil::Date;
use jiff::fmt::temporal::Pieces;
use jiff::tz::Offset;
use jiff::{Timestamp, Zoned};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::openapi::schema::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// Milliseconds since 1970 in UTC, and how far the clock on the wall was from UTC. It is written as RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// Milliseconds since 1970, UTC; always a valid [`Timestamp`].
    milliseconds: i64,
    /// Minutes east of UTC, less than a day.
    offset: i16,
}

/// The text is no moment: see [`Moment::from_str`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotAMoment(pub String);

const DAY_IN_MINUTES: i16 = 24 * 60;

impl Moment {
    /// The first moment of 1970, UTC.
    pub(super) const START: Self = Self {
        milliseconds: 0,
        offset: 0,
    };

    /// A moment from milliseconds since 1970 (UTC) and the minutes that the local clock is ahead of UTC. `None` outside
    /// the years -9999 to 9999 and for offsets of a day or more.
    pub fn new(milliseconds: i64, offset: i16) -> Option<Self> {
        if offset <= -DAY_IN_MINUTES || offset >= DAY_IN_MINUTES {
            return None;
        }
        Timestamp::from_millisecond(milliseconds).ok()?;
        Some(Self {
            milliseconds,
            offset,
        })
    }

    /// The moment of a date and time with its zone; what is finer than a millisecond or (in the offset) a minute is
    /// dropped.
    pub fn of(zoned: &Zoned) -> Option<Self> {
        let offset = i16::try_from(zoned.offset().seconds() / 60).ok()?;
        Self::new(zoned.timestamp().as_millisecond(), offset)
    }

    /// Milliseconds since 1970, UTC.
    pub const fn milliseconds(self) -> i64 {
        self.milliseconds
    }

    /// Minutes that the local clock is ahead of UTC.
    pub const fn offset(self) -> i16 {
        self.offset
    }

    /// The day on the calendar at that place.
    pub fn day(self) -> Date {
        self.zone().to_datetime(self.timestamp()).date()
    }

    /// Hours and minutes on the clock at that place: `14:05`.
    pub fn clock(self) -> String {
        let time = self.zone().to_datetime(self.timestamp()).time();
        format!("{:02}:{:02}", time.hour(), time.minute())
    }

    /// How long after `earlier`; zero if it was before.
    pub fn since(self, earlier: Self) -> Duration {
        let passed = self.milliseconds().saturating_sub(earlier.milliseconds());
        Duration::from_millis(u64::try_from(passed).unwrap_or(0))
    }

    fn timestamp(self) -> Timestamp {
        Timestamp::from_millisecond(self.milliseconds).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    fn zone(self) -> Offset {
        Offset::from_seconds(i32::from(self.offset) * 60).unwrap_or(Offset::UTC)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.timestamp().display_with_offset(self.zone()))
    }
}

impl FromStr for Moment {
    type Err = NotAMoment;

    /// Reads RFC 3339: `2026-11-21T14:05:00.250+01:00`.
    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        let moment = || {
            let pieces = Pieces::parse(text).ok()?;
            let offset = pieces.to_numeric_offset()?;
            let at = offset
                .to_timestamp(pieces.date().to_datetime(pieces.time()?))
                .ok()?;
            Self::new(
                at.as_millisecond(),
                i16::try_from(offset.seconds() / 60).ok()?,
            )
        };
        moment().ok_or_else(|| NotAMoment(text.to_owned()))
    }
}

impl fmt::Display for NotAMoment {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "`{}` is no moment; write date, time and distance from UTC like 2026-11-21T14:05:00+01:00",
            self.0
        )
    }
}

impl std::error::Error for NotAMoment {}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .description(Some("When (RFC 3339), with the distance from UTC there."))
            .into()
    }
}

impl ToSchema for Moment {}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn the_day_is_that_of_the_place() {
        let late = Moment::new(1_795_301_100_000, 0).unwrap();
        assert_eq!(late.to_string(), "2026-11-21T22:45:00+00:00");
        assert_eq!(late.day().to_string(), "2026-11-21");
        let there = Moment::new(1_795_301_100_000, 120).unwrap();
        assert_eq!(
            (there.day().to_string(), there.clock()),
            ("2026-11-22".into(), "00:45".into())
        );
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (milliseconds, offset) in [
            (0, 0),
            (1_795_301_100_123, -570),
            (-1, 839),
            (i64::from(i32::MAX), 1439),
        ] {
            let moment = Moment::new(milliseconds, offset).unwrap();
            assert_eq!(moment.to_string().parse(), Ok(moment));
        }
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        assert!(Moment::new(0, 1440).is_none());
        assert!(Moment::new(i64::MAX, 0).is_none());
        for text in ["", "today", "2026-11-21", "2026-11-21T10:00:00"] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }
}
