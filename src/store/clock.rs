//! The clock of the runners and of the store: the floors below are told the time and never ask.

use jiff::Zoned;

use crate::session::Moment;

/// Now, with the local distance from UTC.
#[allow(
    clippy::expect_used,
    reason = "the time of a clock lies in the years that a moment can hold, and offset 0 is always taken"
)]
pub fn moment() -> Moment {
    let now = Zoned::now();
    Moment::of(&now)
        .or_else(|| Moment::new(now.timestamp().as_millisecond(), 0))
        .expect("a moment of this clock")
}
