//! Several people on one case see each other: who looks at it, and that somebody went on with it. What is done in this
//! process is told at once. What another process does, on whichever computer, is seen in the store, which is asked once a
//! second for all cases that somebody looks at together; it also knows who looks there, for every process says so in it
//! ([`Lookout`]). While the store does not answer nobody hears of others, and a second after it does, everybody does.

mod stream;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, watch};
use tokio::time::{MissedTickBehavior, interval, timeout};
use tokio_stream::wrappers::WatchStream;

use crate::store::{CaseId, Lookout, Seen};
use crate::web::trouble::Trouble;
use stream::Looking;

pub use stream::get as events;

/// How often the store is asked.
const LOOK: Duration = Duration::from_secs(1);
/// How often it is said again who looks here, that it is believed.
const SAY: Duration = Duration::from_secs(10);
/// So long may it take to say at the end that nobody does.
const LAST_WORD: Duration = Duration::from_secs(2);

/// What is told of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct News {
    /// The number of its last event.
    seq: u64,
    /// Who did that, where it was an agent.
    by: Option<Arc<str>>,
    /// Who looks at it.
    lookers: Arc<[Arc<str>]>,
}

/// The cases that somebody looks at.
#[derive(Debug)]
pub struct Onlookers {
    lookout: Lookout,
    watched: Mutex<Watched>,
    came_or_went: Notify,
}

#[derive(Debug, Default)]
struct Watched {
    cases: HashMap<CaseId, Topic>,
    last: u64,
    is_asked_for: bool,
    has_ended: bool,
}

#[derive(Debug)]
struct Topic {
    news: watch::Sender<News>,
    here: BTreeMap<u64, Arc<str>>,
    elsewhere: Vec<Arc<str>>,
}

impl Topic {
    /// Tells that something happened in the case, unless that is known.
    fn tell(&self, seq: u64, by: Option<&Arc<str>>) {
        self.news.send_if_modified(|news| {
            let is_new = seq > news.seq;
            if is_new {
                news.seq = seq;
                news.by = by.cloned();
            }
            is_new
        });
    }

    /// Tells who looks now, each name once.
    fn tell_lookers(&self) {
        let all = self.here.values().chain(&self.elsewhere);
        let mut names: Vec<Arc<str>> = all.cloned().collect();
        names.sort();
        names.dedup();
        self.news.send_if_modified(|news| {
            let is_new = *news.lookers != *names;
            news.lookers = names.into();
            is_new
        });
    }
}

impl Onlookers {
    /// Nobody looks yet.
    pub fn new(lookout: Lookout) -> Self {
        Self {
            lookout,
            watched: Mutex::default(),
            came_or_went: Notify::new(),
        }
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody went on with a case in this process.
    pub fn changed(&self, case: &CaseId, seq: u64, by: &Arc<str>) {
        if let Some(topic) = self.watched().cases.get(case) {
            topic.tell(seq, Some(by));
        }
    }

    /// Who looks at a case besides somebody.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn others(&self, case: &CaseId, than: &str) -> Result<Vec<Arc<str>>, Trouble> {
        let known =
            |watched: &Watched| Some(Arc::clone(&watched.cases.get(case)?.news.borrow().lookers));
        let known = known(&self.watched());
        Ok(match known {
            Some(lookers) => others(&lookers, than),
            None => {
                let seen = self.see(case).await?;
                seen.map_or_else(Vec::new, |seen| others(&seen.elsewhere, than))
            }
        })
    }

    /// How a case stands in the store, and who looks at it in other processes; none where there is no such case.
    async fn see(&self, case: &CaseId) -> Result<Option<Seen>, Trouble> {
        let mut seen = self.lookout.see(std::slice::from_ref(case)).await?;
        Ok(seen.pop())
    }

    /// Ends all streams: the process is told to stop. Browsers come back by themselves.
    pub fn end(&self) {
        let mut watched = self.watched();
        watched.has_ended = true;
        watched.cases.clear();
    }

    /// Says that nobody looks here any more, if anybody did.
    pub async fn say_goodbye(&self) {
        if self.watched().last > 0 {
            // What is not said is not believed for long.
            let _ = timeout(LAST_WORD, self.lookout.tell(Vec::new())).await;
        }
    }

    /// Begins to look at a case that stands so.
    fn look(self: &Arc<Self>, seen: Seen, name: Arc<str>) -> Option<Looking> {
        let Seen {
            case,
            seq,
            elsewhere,
            ..
        } = seen;
        let mut watched = self.watched();
        if watched.has_ended {
            return None;
        }
        watched.last += 1;
        let no = watched.last;
        let topic = watched.cases.entry(case.clone()).or_insert_with(|| Topic {
            news: watch::Sender::new(News {
                seq,
                ..News::default()
            }),
            here: BTreeMap::new(),
            elsewhere,
        });
        topic.here.insert(no, Arc::clone(&name));
        topic.tell_lookers();
        let news = WatchStream::new(topic.news.subscribe());
        if !watched.is_asked_for {
            watched.is_asked_for = true;
            tokio::spawn(Arc::clone(self).ask());
        }
        drop(watched);
        self.came_or_went.notify_one();
        Some(Looking {
            onlookers: Arc::clone(self),
            case,
            no,
            name,
            news,
        })
    }

    /// Ends a look.
    fn look_away(&self, case: &CaseId, no: u64) {
        let mut watched = self.watched();
        if let Some(topic) = watched.cases.get_mut(case) {
            topic.here.remove(&no);
            if topic.here.is_empty() {
                watched.cases.remove(case);
            } else {
                topic.tell_lookers();
            }
            self.came_or_went.notify_one();
        }
    }

    /// Tells the store who looks here and hears from it, as long as anybody looks at anything.
    async fn ask(self: Arc<Self>) {
        let mut clock = interval(LOOK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut said = Said::default();
        loop {
            tokio::select! {
                _ = clock.tick() => {}
                () = self.came_or_went.notified() => {}
            }
            let here = self.here();
            said.say(&self.lookout, here).await;
            let cases: Vec<CaseId> = {
                let mut watched = self.watched();
                if watched.cases.is_empty() {
                    watched.is_asked_for = false;
                    return;
                }
                watched.cases.keys().cloned().collect()
            };
            // A store that cannot say now will say in a second.
            let seen = self.lookout.see(&cases).await;
            self.hear(seen.unwrap_or_default());
        }
    }

    /// Who looks at what in this process.
    fn here(&self) -> HashSet<(CaseId, Arc<str>)> {
        let watched = self.watched();
        let cases = watched.cases.iter();
        let here = cases.flat_map(|(case, topic)| {
            let names = topic.here.values();
            names.map(|name| (case.clone(), Arc::clone(name)))
        });
        here.collect()
    }

    fn hear(&self, seen: Vec<Seen>) {
        let mut watched = self.watched();
        for seen in seen {
            if let Some(topic) = watched.cases.get_mut(&seen.case) {
                topic.tell(seen.seq, seen.agent.as_ref());
                topic.elsewhere = seen.elsewhere;
                topic.tell_lookers();
            }
        }
    }
}

/// What was said last of who looks here.
#[derive(Default)]
struct Said {
    here: HashSet<(CaseId, Arc<str>)>,
    /// When; none where the last word got lost.
    at: Option<Instant>,
}

impl Said {
    /// Says it, where it is new or was said long ago.
    async fn say(&mut self, lookout: &Lookout, here: HashSet<(CaseId, Arc<str>)>) {
        let is_fresh = self.at.is_some_and(|at| at.elapsed() < SAY);
        if is_fresh && self.here == here {
            return;
        }
        let told = lookout.tell(here.iter().cloned().collect()).await;
        self.at = told.is_ok().then(Instant::now);
        self.here = here;
    }
}

fn others(lookers: &[Arc<str>], than: &str) -> Vec<Arc<str>> {
    let others = lookers.iter().filter(|name| ***name != *than);
    others.cloned().collect()
}
