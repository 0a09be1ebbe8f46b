//! When a message is tried again: soon at first, then ever more rarely, for about a week.

use sha2::{Digest as _, Sha256};

use crate::store::{Settled, Waiting};

use super::attempt::{Fault, Verdict};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// After the first attempt, the second, …; after the last of these it is given up.
const WAITS: [i64; 13] = [
    5 * SECOND,
    30 * SECOND,
    2 * MINUTE,
    10 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
    24 * HOUR,
];

/// The longest that the other side can ask to wait.
const LONGEST: i64 = 7 * 24 * HOUR;

/// What comes of an attempt for a message; its own attempt is counted already.
pub(super) fn settled(waiting: &Waiting, verdict: Verdict, now: i64) -> Settled {
    let Fault {
        problem,
        retry_after,
    } = match verdict {
        Verdict::Taken => return Settled::Sent,
        Verdict::Gone(problem) => return Settled::GivenUp { problem },
        Verdict::Refused(fault) | Verdict::Silent(fault) => fault,
    };
    let attempt = usize::try_from(waiting.attempts).unwrap_or(usize::MAX);
    match WAITS.get(attempt.saturating_sub(1)) {
        None => Settled::GivenUp { problem },
        Some(wait) => {
            let wait = wait + jitter(*wait, &waiting.id, waiting.attempts);
            let asked = retry_after.unwrap_or(0).clamp(0, LONGEST);
            Settled::Later {
                at: now + wait.max(asked),
                problem,
            }
        }
    }
}

/// Up to a fifth more, so that not all come back at once when an address answers again. It follows from the message.
fn jitter(wait: i64, id: &str, attempts: u32) -> i64 {
    let digest = Sha256::digest(format!("{id}.{attempts}").as_bytes());
    let part = digest.first().copied().map_or(0, i64::from);
    wait * part / (5 * 255)
}
