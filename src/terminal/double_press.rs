//! Keeps one press of a key from answering two questions: a double tap, a bouncing or a held key. It judges keys that
//! answer; keys that only look around, and what is typed as text, are never held back.
//!
//! The rule: after a key has answered, the same key is
//! - dropped within [`DOUBLE_TAP`] of the last press of it (dropped ones included, so a held key answers once);
//! - within [`REPEAT_DELAY`] held back for [`REPEAT_GAP`]: if yet another press of it follows, it was the keyboard's
//!   repetition and is dropped, else it counts.
//!
//! Any other key counts at once, however early it was typed.

use std::time::Duration;

use crate::session::Moment;

use super::keys::Key;

/// Two presses this close are one.
pub const DOUBLE_TAP: Duration = Duration::from_millis(250);
/// Keyboards begin to repeat a held key within this time.
pub const REPEAT_DELAY: Duration = Duration::from_millis(1000);
/// Keyboards repeat faster than this.
pub const REPEAT_GAP: Duration = Duration::from_millis(110);

/// What to do with a key that answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Take,
    /// It was not meant.
    Drop,
    /// It counts unless the same key comes again within [`REPEAT_GAP`].
    Wait,
}

/// The key that answered last.
#[derive(Debug, Clone, Copy, Default)]
pub struct DoublePress {
    last: Option<(Key, Moment)>,
}

impl DoublePress {
    /// Judges a key pressed now.
    pub fn judge(&mut self, key: Key, now: Moment) -> Verdict {
        let Some((last, at)) = self.last else {
            return Verdict::Take;
        };
        let passed = now.since(at);
        if last != key || passed >= REPEAT_DELAY {
            Verdict::Take
        } else if passed < DOUBLE_TAP {
            self.last = Some((key, now));
            Verdict::Drop
        } else {
            Verdict::Wait
        }
    }

    /// Remembers a key that has answered, or that turned out to be a repetition.
    pub const fn pressed(&mut self, key: Key, now: Moment) {
        self.last = Some((key, now));
    }
}
