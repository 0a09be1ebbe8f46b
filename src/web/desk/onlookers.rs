//! Several people on one case see each other: who looks at it, and that somebody went on with it. What this process
//! changed is told at once; what another one did, or a terminal, is seen in the store, which is asked once a second for
//! all cases that somebody looks at together. Who looks in another process is not known here.

use std::collections::{BTreeMap, HashMap};
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::extract::{Path, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_core::Stream;
use serde::Serialize;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};
use tokio_stream::wrappers::WatchStream;

use super::SignedIn;
use crate::store::{CaseId, Store, StoreError};
use crate::web::state::Web;
use crate::web::trouble::Trouble;

/// How often the store is asked.
const LOOK: Duration = Duration::from_secs(1);

/// What is told of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct News {
    /// The number of its last event.
    seq: u64,
    /// Who did that, if it was done here.
    by: Option<Arc<str>>,
    /// Who looks at it.
    lookers: Arc<[Arc<str>]>,
}

/// The cases that somebody looks at.
#[derive(Debug)]
pub struct Onlookers {
    store: Store,
    watched: Mutex<Watched>,
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
    lookers: BTreeMap<u64, Arc<str>>,
}

impl Topic {
    /// Tells who looks now, each name once.
    fn tell_lookers(&self) {
        let mut names: Vec<Arc<str>> = self.lookers.values().cloned().collect();
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
    pub fn new(store: Store) -> Self {
        Self {
            store,
            watched: Mutex::default(),
        }
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Somebody went on with a case in this process.
    pub fn changed(&self, case: &CaseId, seq: u64, by: &Arc<str>) {
        self.tell(case, seq, Some(by));
    }

    fn tell(&self, case: &CaseId, seq: u64, by: Option<&Arc<str>>) {
        if let Some(topic) = self.watched().cases.get(case) {
            topic.news.send_if_modified(|news| {
                let is_new = seq > news.seq;
                if is_new {
                    news.seq = seq;
                    news.by = by.cloned();
                }
                is_new
            });
        }
    }

    /// Who looks at a case besides somebody.
    pub fn others(&self, case: &CaseId, than: &str) -> Vec<Arc<str>> {
        let watched = self.watched();
        let Some(topic) = watched.cases.get(case) else {
            return Vec::new();
        };
        let lookers = Arc::clone(&topic.news.borrow().lookers);
        others(&lookers, than)
    }

    /// Ends all streams: the process is told to stop. Browsers come back by themselves.
    pub fn end(&self) {
        let mut watched = self.watched();
        watched.has_ended = true;
        watched.cases.clear();
    }

    /// Begins to look.
    fn look(self: &Arc<Self>, case: CaseId, name: Arc<str>, seq: u64) -> Option<Looking> {
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
            lookers: BTreeMap::new(),
        });
        topic.lookers.insert(no, Arc::clone(&name));
        topic.tell_lookers();
        let news = WatchStream::new(topic.news.subscribe());
        if !watched.is_asked_for {
            watched.is_asked_for = true;
            tokio::spawn(Arc::clone(self).ask());
        }
        drop(watched);
        let onlookers = Arc::clone(self);
        Some(Looking {
            onlookers,
            case,
            no,
            name,
            news,
        })
    }

    /// Asks the store as long as anybody looks at anything.
    async fn ask(self: Arc<Self>) {
        let mut clock = interval(LOOK);
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            let cases: Vec<CaseId> = {
                let mut watched = self.watched();
                if watched.cases.is_empty() {
                    watched.is_asked_for = false;
                    return;
                }
                watched.cases.keys().cloned().collect()
            };
            // A store that cannot say now will say in a second.
            for (case, seq) in self.store.last_seqs(&cases).await.unwrap_or_default() {
                self.tell(&case, seq, None);
            }
        }
    }
}

/// Somebody looks at a case, until this is dropped.
struct Looking {
    onlookers: Arc<Onlookers>,
    case: CaseId,
    no: u64,
    name: Arc<str>,
    news: WatchStream<News>,
}

impl Drop for Looking {
    fn drop(&mut self) {
        let mut watched = self.onlookers.watched();
        if let Some(topic) = watched.cases.get_mut(&self.case) {
            topic.lookers.remove(&self.no);
            if topic.lookers.is_empty() {
                watched.cases.remove(&self.case);
            } else {
                topic.tell_lookers();
            }
        }
    }
}

/// What is sent.
#[derive(Serialize)]
struct Told<'n> {
    seq: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<&'n str>,
    others: Vec<Arc<str>>,
}

impl Stream for Looking {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = Pin::new(&mut self.news).poll_next(context);
        polled.map(|news| {
            let news = news?;
            let told = Told {
                seq: news.seq,
                by: news.by.as_deref(),
                others: others(&news.lookers, &self.name),
            };
            let event = Event::default().event("case").json_data(told);
            Some(Ok(event.unwrap_or_default()))
        })
    }
}

fn others(lookers: &[Arc<str>], than: &str) -> Vec<Arc<str>> {
    let others = lookers.iter().filter(|name| ***name != *than);
    others.cloned().collect()
}

/// `GET /desk/c/ID/events`.
pub async fn events(
    State(web): State<Arc<Web>>,
    user: SignedIn,
    Path(case): Path<String>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Trouble> {
    let case: CaseId = case.parse()?;
    let last = web.store.last_seqs(std::slice::from_ref(&case)).await?;
    let Some((_, seq)) = last.first() else {
        return Err(StoreError::NoSuchCase(case.to_string()).into());
    };
    let looking = web
        .onlookers
        .look(case, user.name, *seq)
        .ok_or(Trouble::Gone)?;
    Ok(Sse::new(looking).keep_alive(KeepAlive::default()))
}
