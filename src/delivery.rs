//! Floor 7: sends what waits in the store's outbox to other systems, signed as in the Standard Webhooks specification
//! (<https://www.standardwebhooks.com>), until they say 2xx. A message keeps its id over all attempts, so that whoever
//! gets it twice can tell. Tokens and secrets are taken from the environment at the last moment and kept nowhere. It
//! makes no messages and decides nothing about cases.
//!
//! | file | holds |
//! | --- | --- |
//! | `attempt` | one message, once: filled in, signed, posted, judged |
//! | `post` | HTTP: time, redirects and answers are bounded |
//! | `signature` | the signature |
//! | `waits` | when to try again |
//! | `background` | sending while somebody walks |

mod attempt;
mod background;
mod post;
mod signature;
mod waits;

use std::collections::{BTreeMap, HashSet};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::hooks::{Hook, Hooks};
use crate::store::{Result, Settled, Store, Waiting};

pub use background::{Background, keep_sending};
pub use signature::signature;

use attempt::{Ready, Verdict};
use post::Poster;

/// So many messages are looked at at a time, and so many addresses posted to side by side.
const PAGE: u32 = 500;
const SENDERS: usize = 8;

/// How long one attempt may take, from looking up the host to the end of the answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// A message that was claimed is due again after that time, in milliseconds, if nobody says what came of it: its sender
/// died. It is longer than any attempt takes.
const CLAIM: i64 = 60_000;

/// A message that was sent is forgotten after that time, in milliseconds: 30 days; so many at most by one delivery, so that
/// nobody waits for it.
const KEPT_WHEN_SENT: i64 = 30 * 24 * 60 * 60 * 1_000;
const FORGOTTEN_AT_ONCE: u32 = 500;

/// What sending needs of the outside world.
#[derive(Clone, Copy)]
pub struct World<'a> {
    /// Milliseconds since 1970.
    pub clock: &'a (dyn Fn() -> i64 + Sync),
    /// What an environment variable holds; none where it is not set or blank.
    pub variable: &'a (dyn Fn(&str) -> Option<String> + Sync),
    /// How long one attempt may take.
    pub patience: Duration,
}

impl std::fmt::Debug for World<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("World")
    }
}

impl World<'static> {
    /// The real one.
    pub fn real() -> Self {
        Self {
            clock: &|| jiff::Timestamp::now().as_millisecond(),
            variable: &|name| {
                std::env::var(name)
                    .ok()
                    .filter(|value| !value.trim().is_empty())
            },
            patience: PATIENCE,
        }
    }
}

/// What became of the messages that were due.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// The messages that were tried, in order for each address, with what came of it.
    pub tried: Vec<(Waiting, Settled)>,
    /// Messages that cannot be sent from here, with why: their token or secret is not in this environment. They are as
    /// they were.
    pub held: Vec<(Waiting, String)>,
}

impl Report {
    /// How many the other side has taken.
    pub fn sent(&self) -> usize {
        let sent = self.tried.iter();
        sent.filter(|(_, settled)| *settled == Settled::Sent)
            .count()
    }

    /// How many it has not.
    pub fn failed(&self) -> usize {
        self.tried.len() - self.sent()
    }

    fn add(&mut self, other: Self) {
        self.tried.extend(other.tried);
        self.held.extend(other.held);
    }
}

/// Sends all messages for the hooks that are due, each once at most: addresses side by side, the messages to one in their
/// order. Where an address does not answer, what is due for it is put off with it.
///
/// # Errors
/// The store cannot be read or written; what was sent before is noted, or sent again under the same id.
pub fn deliver_due(store: &Store, hooks: &Hooks, world: World<'_>) -> Result<Report> {
    let mut report = Report::default();
    let mut seen = HashSet::new();
    let senders = hooks.senders();
    let sending = Sending {
        store,
        hooks,
        world,
        poster: Poster::new(world.patience),
    };
    loop {
        let due = store.due((world.clock)(), &senders, PAGE)?;
        let mut by_address: BTreeMap<(String, String), Vec<Waiting>> = BTreeMap::new();
        for waiting in due {
            if seen.insert(waiting.id.clone()) {
                let address = (waiting.hook.clone(), waiting.url.clone());
                by_address.entry(address).or_default().push(waiting);
            }
        }
        if by_address.is_empty() {
            // Where it fails just now, the next delivery does it.
            let _ = store.forget_sent((world.clock)() - KEPT_WHEN_SENT, FORGOTTEN_AT_ONCE);
            return Ok(report);
        }
        let queues = by_address.into_values().collect();
        report.add(sending.side_by_side(queues)?);
    }
}

/// What all threads of a delivery share.
struct Sending<'a> {
    store: &'a Store,
    hooks: &'a Hooks,
    world: World<'a>,
    poster: Poster,
}

impl Sending<'_> {
    /// Each queue is worked on by one thread, in its order.
    fn side_by_side(&self, queues: Vec<Vec<Waiting>>) -> Result<Report> {
        let senders = queues.len().min(SENDERS);
        let waiting = Mutex::new(queues.into_iter());
        let next = || {
            let mut queues = waiting.lock().unwrap_or_else(PoisonError::into_inner);
            queues.next()
        };
        let work = || {
            let mut report = Report::default();
            while let Some(queue) = next() {
                report.add(self.queue(queue)?);
            }
            Ok(report)
        };
        thread::scope(|scope| {
            let running: Vec<_> = (0..senders).map(|_| scope.spawn(work)).collect();
            let mut report = Report::default();
            for thread in running {
                // A thread fails by a bug alone; its messages are due again when their claims have run out.
                let done: Result<Report> = thread.join().unwrap_or_else(|_| Ok(Report::default()));
                report.add(done?);
            }
            Ok(report)
        })
    }

    /// The messages to one address, until it does not answer.
    fn queue(&self, queue: Vec<Waiting>) -> Result<Report> {
        let mut report = Report::default();
        for waiting in queue {
            let Some(hook) = self.hooks.sender(&waiting.hook, &waiting.url) else {
                continue;
            };
            let ready = match Ready::new(&hook, self.world.variable) {
                Ok(ready) => ready,
                Err(why) => {
                    report.held.push((waiting, why));
                    continue;
                }
            };
            let Some((tried, settled, is_silent)) = self.one(&ready, &waiting)? else {
                continue;
            };
            report.tried.push((tried, settled));
            if is_silent {
                break;
            }
        }
        Ok(report)
    }

    /// One message, if nobody else is sending it; whether the address is silent.
    fn one(
        &self,
        ready: &Ready<'_>,
        waiting: &Waiting,
    ) -> Result<Option<(Waiting, Settled, bool)>> {
        let clock = self.world.clock;
        let now = clock();
        let Some(claimed) = self.store.claim(waiting, now, now + CLAIM)? else {
            return Ok(None);
        };
        let verdict = ready.attempt(&self.poster, &claimed, now);
        let now = clock();
        let is_silent = matches!(verdict, Verdict::Silent(_));
        let settled = waits::settled(&claimed.waiting, verdict, now);
        self.store.settle(&claimed, settled.clone(), now)?;
        if let (true, Settled::Later { at, .. }) = (is_silent, &settled) {
            self.store.postpone(&waiting.hook, &waiting.url, now, *at)?;
        }
        Ok(Some((claimed.waiting, settled, is_silent)))
    }
}

/// Why the messages of a hook cannot be sent from here, if that is so: what is missing in the environment.
pub fn hindrance(hook: &Hook, world: World<'_>) -> Option<String> {
    Ready::new(hook, world.variable).err()
}
