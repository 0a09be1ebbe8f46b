//! The cases that are walked just now, kept in memory so that an answer need not read the whole case again. Nothing
//! depends on them being there: a look asks the store whether somebody else has gone on, a change is refused by it where
//! somebody has, and a case that could not be kept is forgotten here and read again.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use lru::LruCache;
use prometheus_client::metrics::counter::Counter;
use tokio::sync::{Mutex as Turn, OwnedMutexGuard};

use crate::hooks::Hooks;
use crate::session::{Moment, Session};
use crate::store::{CaseId, Keeper, Outgoing, Store, StoreError, moment};
use crate::tree::Library;

use super::trouble::Trouble;

/// A case that is open.
#[derive(Debug)]
pub struct OpenCase {
    /// How it is kept.
    pub keeper: Keeper,
    /// What happened.
    pub session: Session,
    /// When this process kept the last change, until that was looked at.
    kept_at: Option<Instant>,
}

/// So long the page to which an answer leads need not ask whether somebody else has gone on since: it is no older than one
/// that was slow on its way, and an answer to it is refused all the same if somebody has.
const FRESH: Duration = Duration::from_secs(1);

/// A slot for a case, empty until it is read; who holds the turn may change it.
type Slot = Arc<Turn<Option<OpenCase>>>;

/// A case whose turn it is.
#[derive(Debug)]
pub struct Held {
    slot: OwnedMutexGuard<Option<OpenCase>>,
    kept: Counter,
}

/// The cases that are open.
#[derive(Debug)]
pub struct OpenCases {
    store: Store,
    kept: Counter,
    slots: Mutex<LruCache<CaseId, Slot>>,
}

impl OpenCase {
    const fn new(keeper: Keeper, session: Session) -> Self {
        Self {
            keeper,
            session,
            kept_at: None,
        }
    }
}

impl OpenCases {
    /// Room for so many; the one that was not looked at for the longest time makes room. Counts what is kept.
    pub fn new(store: Store, room: NonZeroUsize, kept: Counter) -> Self {
        Self {
            store,
            kept,
            slots: Mutex::new(LruCache::new(room)),
        }
    }

    /// So many are held.
    pub fn len(&self) -> usize {
        self.slots
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .len()
    }

    fn slot(&self, case: &CaseId) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(case) {
            return Arc::clone(slot);
        }
        let slot = Slot::default();
        slots.put(case.clone(), Arc::clone(&slot));
        slot
    }

    /// The case as it stands now, and the turn to change it.
    ///
    /// # Errors
    /// There is none, it was erased, or the store cannot be read.
    pub async fn hold(&self, case: &CaseId, today: &Arc<Library>) -> Result<Held, Trouble> {
        self.held_if(case, today, |_| false).await
    }

    /// The case as it is known here, and the turn to change it. Somebody else may have gone on with it: then it is the
    /// change that is told so.
    ///
    /// # Errors
    /// As [`Self::hold`].
    pub async fn hold_as_known(
        &self,
        case: &CaseId,
        today: &Arc<Library>,
    ) -> Result<Held, Trouble> {
        self.held_if(case, today, |_| true).await
    }

    /// As [`Self::hold`], for the first look at what an answer led to: the store is not asked where this process has just
    /// kept it.
    ///
    /// # Errors
    /// As [`Self::hold`].
    pub async fn hold_after(
        &self,
        case: &CaseId,
        today: &Arc<Library>,
        seq: u64,
    ) -> Result<Held, Trouble> {
        self.held_if(case, today, |open| {
            let kept_at = open.kept_at.take();
            open.session.seq() == seq && kept_at.is_some_and(|at| at.elapsed() < FRESH)
        })
        .await
    }

    async fn held_if(
        &self,
        case: &CaseId,
        today: &Arc<Library>,
        will_do: impl FnOnce(&mut OpenCase) -> bool,
    ) -> Result<Held, Trouble> {
        let mut slot = self.slot(case).lock_owned().await;
        match slot.as_mut() {
            Some(open) => {
                if !will_do(open) && open.keeper.is_behind_async().await? {
                    // Emptied first: if it cannot be read now, it is read next time.
                    *slot = None;
                    *slot = Some(self.read(case, today).await?);
                }
            }
            None => *slot = Some(self.read(case, today).await?),
        }
        let kept = self.kept.clone();
        Ok(Held { slot, kept })
    }

    async fn read(&self, case: &CaseId, today: &Arc<Library>) -> Result<OpenCase, Trouble> {
        let (keeper, session) = Keeper::open_async(&self.store, case.as_str(), today, None).await?;
        Ok(OpenCase::new(keeper, session))
    }

    /// Begins a case under a name. One that was begun under it already stays as it is.
    ///
    /// # Errors
    /// It cannot be kept.
    pub async fn begin(
        &self,
        case: &CaseId,
        session: Session,
        agent: Option<Arc<str>>,
        hooks: &Hooks,
        today: &Arc<Library>,
    ) -> Result<Held, Trouble> {
        let mut slot = self.slot(case).lock_owned().await;
        if slot.is_none() {
            *slot = match self.read(case, today).await {
                Ok(open) => Some(open),
                Err(Trouble::Store(StoreError::NoSuchCase(_))) => None,
                Err(why) => return Err(why),
            };
        }
        if slot.is_none() {
            let outgoing = Outgoing::of(hooks, &session, case);
            let begun =
                Keeper::begin_as(&self.store, case.clone(), &session, agent, outgoing).await;
            *slot = Some(match begun {
                Ok(keeper) => OpenCase::new(keeper, session),
                // Another process was quicker.
                Err(StoreError::Moved { .. }) => self.read(case, today).await?,
                Err(why) => return Err(why.into()),
            });
        }
        let kept = self.kept.clone();
        Ok(Held { slot, kept })
    }
}

impl Held {
    /// The case.
    #[allow(clippy::expect_used, reason = "a turn is only given with its case")]
    pub fn case(&self) -> &OpenCase {
        self.slot.as_ref().expect("a case whose turn it is")
    }

    /// What happened in it.
    pub fn session(&self) -> &Session {
        &self.case().session
    }

    /// Changes the case and keeps what happened: all of it or nothing. What is refused changes nothing, and the turn is
    /// over: who looks on holds the case anew, so nobody sees one that a change left half done.
    ///
    /// # Errors
    /// The change was refused, or it cannot be kept.
    pub async fn change(
        self,
        agent: Option<&Arc<str>>,
        hooks: &Hooks,
        change: impl FnOnce(&mut Session, Moment) -> Result<(), Trouble>,
    ) -> Result<Self, Trouble> {
        self.changed(agent, hooks, None, change).await
    }

    /// As [`Self::change`], and uses up the code by which the case was taken over: both or neither.
    ///
    /// # Errors
    /// As [`Self::change`]; the code is wrong, used already or too old.
    pub async fn change_by_code(
        self,
        agent: &Arc<str>,
        hooks: &Hooks,
        code: &str,
        change: impl FnOnce(&mut Session, Moment) -> Result<(), Trouble>,
    ) -> Result<Self, Trouble> {
        self.changed(Some(agent), hooks, Some(code), change).await
    }

    async fn changed(
        mut self,
        agent: Option<&Arc<str>>,
        hooks: &Hooks,
        code: Option<&str>,
        change: impl FnOnce(&mut Session, Moment) -> Result<(), Trouble>,
    ) -> Result<Self, Trouble> {
        // Taken out: whatever goes wrong from here on, the case is read again.
        let Some(mut open) = self.slot.take() else {
            return Err(Trouble::Gone);
        };
        let before = open.session.seq();
        if let Err(why) = change(&mut open.session, moment()) {
            if open.session.seq() == before {
                *self.slot = Some(open);
            }
            return Err(why);
        }
        if let Some(agent) = agent {
            open.keeper.work_as(Arc::clone(agent));
        }
        let outgoing = Outgoing::of(hooks, &open.session, open.keeper.id());
        let (keeper, session) = (&mut open.keeper, &open.session);
        match code {
            Some(code) => keeper.take_async(session, code, outgoing).await?,
            None => keeper.keep_async(session, outgoing).await.map(|_| ())?,
        }
        open.kept_at = Some(Instant::now());
        *self.slot = Some(open);
        self.kept.inc();
        Ok(self)
    }
}
