//! One case, kept while it is walked: what happened counts when the keeper says so. It knows how far the case is kept,
//! and notices when somebody else goes on with it. Each method waits in its thread; its twin `…_async` is for tasks of
//! an async runtime.

mod adding;

use std::sync::Arc;

use crate::session::{Moment, Session};
use crate::stats::{Mark, Place};
use crate::tree::Library;

use super::case_id::{CaseId, random_writer};
use super::cases::{self, CaseRow};
use super::code::{self, OpenCode};
use super::connection::{Lock, Param};
use super::error::{Result, StoreError};
use super::feedback::{self, NewFeedback};
use super::head::Head;
use super::new_case::NewCase;
use super::outbox::Outgoing;
use super::replay::{record, replay};
use super::ticket::{Ticket, wait};
use super::{Desk, Store, now, version};

pub use adding::Kept;

/// A case that is kept.
#[derive(Debug)]
pub struct Keeper {
    store: Store,
    id: CaseId,
    /// The numbers of the case and of its library's version in the store.
    no: i64,
    version: i64,
    /// So many events are kept.
    kept: u64,
    head: Head,
    mark: Mark,
    agent: Option<Arc<str>>,
    /// Marks what this keeper wrote.
    writer: i64,
}

impl Keeper {
    /// Begins to keep a case, from its first event on; its start must name the library's hash.
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn begin(store: &Store, session: &Session, agent: Option<Arc<str>>) -> Result<Self> {
        wait(Self::begin_async(store, session, agent))
    }

    /// As [`Self::begin`].
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub async fn begin_async(
        store: &Store,
        session: &Session,
        agent: Option<Arc<str>>,
    ) -> Result<Self> {
        Self::begin_as(store, CaseId::random()?, session, agent, Vec::new()).await
    }

    /// As [`Self::begin`], under a name that was made before: who begins twice under one name, as by pressing a button
    /// twice, is told the second time that the case has moved.
    ///
    /// # Errors
    /// As [`Self::begin`].
    pub async fn begin_as(
        store: &Store,
        id: CaseId,
        session: &Session,
        agent: Option<Arc<str>>,
        outgoing: Vec<Outgoing>,
    ) -> Result<Self> {
        let (entries, mark) = record(session)?;
        let head = Head::of(session, agent.clone());
        let writer = random_writer()?;
        let new = Arc::new(NewCase {
            id: id.clone(),
            library: Arc::clone(session.library()),
            head: head.clone(),
            entries,
            writer,
            outgoing,
        });
        let write = || {
            let new = Arc::clone(&new);
            store.writer.run(move |desk| new.write(desk))
        };
        let (no, version) = match write().await {
            // Written again it is the same case, not a second one.
            Err(StoreError::Uncertain { .. }) => write().await?,
            done => done?,
        };
        Ok(Self {
            writer,
            store: store.clone(),
            id,
            no,
            version,
            kept: session.seq(),
            head,
            mark,
            agent,
        })
    }

    /// Takes up a kept case on its own version of the library, with what is always that of `today`.
    ///
    /// # Errors
    /// There is no such case, it was erased, or it cannot be read.
    pub fn open(
        store: &Store,
        given: &str,
        today: &Arc<Library>,
        agent: Option<Arc<str>>,
    ) -> Result<(Self, Session)> {
        wait(Self::open_async(store, given, today, agent))
    }

    /// As [`Self::open`].
    ///
    /// # Errors
    /// As [`Self::open`].
    pub async fn open_async(
        store: &Store,
        given: &str,
        today: &Arc<Library>,
        agent: Option<Arc<str>>,
    ) -> Result<(Self, Session)> {
        let case = store.case_async(given).await?;
        Self::load(store, &case, today, agent).await
    }

    /// Takes up a case that was looked up already, as the one whose it is.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_listed(
        store: &Store,
        case: &CaseRow,
        today: &Arc<Library>,
    ) -> Result<(Self, Session)> {
        wait(Self::load(store, case, today, None))
    }

    async fn load(
        store: &Store,
        case: &CaseRow,
        today: &Arc<Library>,
        agent: Option<Arc<str>>,
    ) -> Result<(Self, Session)> {
        let events = store.events_async(case, 0).await?;
        let number = case.library;
        let library = store.version(number, &case.version, today).await?;
        let session = replay(library, &events, &case.id, |_, _| Ok(()))?;
        let keeper = Self {
            store: store.clone(),
            id: case.id.clone(),
            no: case.no,
            version: number,
            kept: session.seq(),
            head: Head::of(&session, case.agent.clone()),
            mark: Mark::of(&session),
            agent: agent.or_else(|| case.agent.clone()),
            writer: random_writer()?,
        };
        Ok((keeper, session))
    }

    /// The store in which it is kept.
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The case's name.
    pub const fn id(&self) -> &CaseId {
        &self.id
    }

    /// From now on this agent works on the case.
    pub fn work_as(&mut self, agent: Arc<str>) {
        self.agent = Some(agent);
    }

    /// Gives the case a code by which it is taken over, in place of any before: `letters` as [`super::code_letters`]
    /// makes them from the moment. Until a moment (milliseconds since 1970).
    ///
    /// # Errors
    /// It cannot be kept, or another case has the same code just now.
    pub fn set_code_async(&self, letters: String, made_at: i64, until: i64) -> Ticket<()> {
        let no = self.no;
        self.store.writer.run(move |desk: &mut Desk| {
            code::set(desk.connection.as_mut(), no, &letters, made_at, until)
        })
    }

    /// The code of the case that is still good, if there is one.
    pub fn open_code_async(&self) -> Ticket<Option<OpenCode>> {
        let no = self.no;
        self.store
            .reader()
            .run(move |desk: &mut Desk| code::open(desk.connection.as_mut(), no, now()))
    }

    /// Keeps what somebody says about the script at the prompt that stands.
    ///
    /// # Errors
    /// It is not kept.
    pub fn add_feedback(&self, session: &Session, words: &str, at: Moment) -> Result<()> {
        self.add_feedback_async(session, words, at).wait()
    }

    /// As [`Self::add_feedback`].
    pub fn add_feedback_async(&self, session: &Session, words: &str, at: Moment) -> Ticket<()> {
        let place = Place::of(session);
        let new = NewFeedback {
            case: self.no,
            id: self.id.clone(),
            version: self.version,
            tree: place.tree,
            step: place.step,
            at: at.milliseconds(),
            agent: self.agent.clone(),
            words: words.to_owned(),
        };
        let add = move |desk: &mut Desk| feedback::add(desk.connection.as_mut(), &new);
        self.store.writer.run(add)
    }

    /// Whether somebody else has gone on with the case, or erased it.
    ///
    /// # Errors
    /// The store cannot say.
    pub fn is_behind(&self) -> Result<bool> {
        self.is_behind_async().wait()
    }

    /// As [`Self::is_behind`].
    pub fn is_behind_async(&self) -> Ticket<bool> {
        let (id, kept) = (self.id.clone(), self.kept);
        self.store
            .reader()
            .run(move |desk| cases::is_other(desk.connection.as_mut(), &id, kept))
    }

    /// The case as it stands in the store by now.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn reload(&mut self, today: &Arc<Library>) -> Result<Session> {
        wait(self.reload_async(today))
    }

    /// As [`Self::reload`].
    ///
    /// # Errors
    /// As [`Self::reload`].
    pub async fn reload_async(&mut self, today: &Arc<Library>) -> Result<Session> {
        let (id, agent) = (self.id.as_str(), self.agent.clone());
        let (keeper, session) = Self::open_async(&self.store, id, today, agent).await?;
        *self = keeper;
        Ok(session)
    }

    /// Moves the case to another version of the library, on which all of its events fit: `session` is it there.
    ///
    /// # Errors
    /// Somebody else went on with it in the meantime, or it cannot be kept.
    pub fn repin(&mut self, session: &Session) -> Result<()> {
        wait(self.repin_async(session))
    }

    /// As [`Self::repin`].
    ///
    /// # Errors
    /// As [`Self::repin`].
    pub async fn repin_async(&mut self, session: &Session) -> Result<()> {
        let library = Arc::clone(session.library());
        let (id, no, version, kept) = (self.id.clone(), self.no, self.version, self.kept);
        let repin = move |desk: &mut Desk| {
            desk.connection.transaction(|connection| {
                connection.lock(Lock::Whole(&[no]))?;
                let new = version::keep(connection, &library, now())?;
                // From the new one, too: the answer may have got lost, and this is the second try.
                let changed = connection.execute(
                    "UPDATE cases SET library = $1 WHERE no = $2 AND id = $3 AND library IN ($1, $4) AND erased_at IS NULL",
                    &[
                        Param::Int(new),
                        Param::Int(no),
                        Param::Text(id.as_str()),
                        Param::Int(version),
                    ],
                )?;
                let last = cases::last_seq(connection, &id)?;
                if changed == 0 || last != kept {
                    return Err(StoreError::Moved { seq: last });
                }
                Ok(new)
            })
        };
        self.version = self.store.writer.run(repin).await?;
        Ok(())
    }
}
