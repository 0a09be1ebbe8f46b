//! One case, kept while it is walked: what happened counts when the keeper says so. It knows how far the case is kept,
//! and notices when somebody else goes on with it.

use std::sync::Arc;

use crate::session::{Event, Happening, Moment, Session};
use crate::stats::{Mark, Place, Recorded};
use crate::tree::Library;

use super::append::{self, Append, Entry};
use super::case_id::{CaseId, random_writer};
use super::cases::{self, CaseRow};
use super::connection::{Lock, Param};
use super::error::{Result, StoreError};
use super::feedback::{self, NewFeedback};
use super::head::Head;
use super::outbox::Outgoing;
use super::{Desk, Store, now, ticket, version};

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

/// How an addition was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As always.
    Added,
    /// The store had been deleted: the whole case is kept in a new one.
    Anew,
}

impl Keeper {
    /// Begins to keep a case, from its first event on; its start must name the library's hash.
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn begin(store: &Store, session: &Session, agent: Option<Arc<str>>) -> Result<Self> {
        ticket::wait(Self::begin_as(
            store,
            CaseId::random()?,
            session,
            agent,
            Vec::new(),
        ))
    }

    async fn begin_as(
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
        let case = store.case(given)?;
        Self::load(store, &case, today, agent)
    }

    fn load(
        store: &Store,
        case: &CaseRow,
        today: &Arc<Library>,
        agent: Option<Arc<str>>,
    ) -> Result<(Self, Session)> {
        let events = store.events(case, 0)?;
        let number = case.library;
        let library = store.version(number, &case.version, today)?;
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

    /// Keeps what was added to the session since, with what is to be sent out for it. When it says so, it is durable.
    ///
    /// # Errors
    /// Nothing of it is kept: the session must be taken back to what it was.
    pub fn keep(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<Kept> {
        ticket::wait(self.keep_async(session, outgoing))
    }

    /// As [`Self::keep`], for whoever waits for many cases at once.
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub async fn keep_async(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<Kept> {
        match self.add(session, outgoing.clone()).await {
            Ok(()) => Ok(Kept::Added),
            // A case is never taken out of a store, so one that lacks it is another one.
            Err(StoreError::Deleted { .. } | StoreError::NoSuchCase(_)) => {
                self.keep_anew(session, outgoing).await
            }
            Err(why) => Err(why),
        }
    }

    async fn add(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<()> {
        let (append, head, mark) = self.prepare(session, outgoing)?;
        if append.entries.is_empty() && append.head.is_none() && append.outgoing.is_empty() {
            return Ok(());
        }
        self.store.writer.append(append).await?;
        self.kept = session.seq();
        self.head = head;
        self.mark = mark;
        Ok(())
    }

    fn prepare(&self, session: &Session, outgoing: Vec<Outgoing>) -> Result<(Append, Head, Mark)> {
        let mut mark = self.mark.clone();
        let done = usize::try_from(self.kept).unwrap_or(usize::MAX);
        let fresh = session.events().get(done..).unwrap_or_default();
        let entries = match fresh {
            [] => Vec::new(),
            [event] => vec![entry(session, event, &mut mark)?],
            _ => {
                let (mut all, end) = record(session)?;
                mark = end;
                all.drain(..done.min(all.len()));
                all
            }
        };
        let head = Head::of(session, self.agent.clone());
        let append = Append {
            case: self.no,
            id: self.id.clone(),
            writer: self.writer,
            library: self.version,
            entries,
            head: (head != self.head).then(|| head.clone()),
            outgoing,
        };
        Ok((append, head, mark))
    }

    /// The store is another one by now. It may know the case, for it was put there from a backup: then what it lacks is
    /// added, if nobody went on with it there; else the whole case is.
    async fn keep_anew(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<Kept> {
        match self.store.find(self.id.as_str()).await {
            Ok(case) => {
                let there = self.store.read_events(&case, 0).await?;
                if there.len() > session.events().len() || !session.events().starts_with(&there) {
                    return Err(StoreError::Moved { seq: case.seq });
                }
                self.no = case.no;
                self.version = case.library;
                self.kept = case.seq;
                self.add(session, outgoing).await?;
            }
            Err(StoreError::NoSuchCase(_)) => {
                let (id, agent) = (self.id.clone(), self.agent.clone());
                *self = Self::begin_as(&self.store, id, session, agent, outgoing).await?;
            }
            Err(why) => return Err(why),
        }
        Ok(Kept::Anew)
    }

    /// Keeps what somebody says about the script at the prompt that stands.
    ///
    /// # Errors
    /// It is not kept.
    pub fn add_feedback(&self, session: &Session, words: &str, at: Moment) -> Result<()> {
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
        self.store.writer.run(add).wait()
    }

    /// Whether somebody else has gone on with the case.
    ///
    /// # Errors
    /// The store cannot say.
    pub fn is_behind(&self) -> Result<bool> {
        let id = self.id.clone();
        let last = self
            .store
            .reader()
            .run(move |desk| cases::last_seq(desk.connection.as_mut(), &id))
            .wait()?;
        Ok(last > self.kept)
    }

    /// The case as it stands in the store by now.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn reload(&mut self, today: &Arc<Library>) -> Result<Session> {
        let case = self.store.case(self.id.as_str())?;
        let (keeper, session) = Self::load(&self.store, &case, today, self.agent.clone())?;
        *self = keeper;
        Ok(session)
    }

    /// Moves the case to another version of the library, on which all of its events fit: `session` is it there.
    ///
    /// # Errors
    /// Somebody else went on with it in the meantime, or it cannot be kept.
    pub fn repin(&mut self, session: &Session) -> Result<()> {
        let library = Arc::clone(session.library());
        let (id, no, version, kept) = (self.id.clone(), self.no, self.version, self.kept);
        let repin = move |desk: &mut Desk| {
            desk.connection.transaction(|connection| {
                connection.lock(Lock::Cases(&[no]))?;
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
        self.version = self.store.writer.run(repin).wait()?;
        Ok(())
    }
}

/// A case that is not in the store yet.
struct NewCase {
    id: CaseId,
    library: Arc<Library>,
    head: Head,
    entries: Vec<Entry>,
    writer: i64,
    outgoing: Vec<Outgoing>,
}

impl NewCase {
    /// Writes it, unless it is there, and gives its number and that of its library's version.
    fn write(&self, desk: &mut Desk) -> Result<(i64, i64)> {
        let Desk { connection, places } = desk;
        let connection = connection.as_mut();
        let Some(Entry { event, .. }) = self.entries.first() else {
            return Err(StoreError::NoSuchCase(self.id.to_string()));
        };
        let Happening::Started(started) = &event.what else {
            return Err(StoreError::NoSuchCase(self.id.to_string()));
        };
        let at = event.at.milliseconds();
        places.learn(connection, self.entries.iter().flat_map(Entry::places))?;
        connection.transaction(|connection| {
            let version = version::keep(connection, &self.library, at)?;
            connection.execute(
                "INSERT INTO cases (id, library, tree, audience, channel, status, ticket, started_at) VALUES ($1, $2, $3, $4, $5, 'open', $6, $7) ON CONFLICT DO NOTHING",
                &[
                    Param::Text(self.id.as_str()),
                    Param::Int(version),
                    Param::Text(&started.tree),
                    Param::Text(started.audience.name()),
                    Param::Text(started.channel.name()),
                    Param::text(started.ticket.as_deref()),
                    Param::Int(at),
                ],
            )?;
            let find = "SELECT no FROM cases WHERE id = $1";
            let no = connection.first(find, &[Param::Text(self.id.as_str())], |row| row.int(0))?;
            let case = no.flatten().ok_or_else(|| StoreError::NoSuchCase(self.id.to_string()))?;
            let append = Append {
                case,
                id: self.id.clone(),
                writer: self.writer,
                library: version,
                entries: self.entries.clone(),
                head: Some(self.head.clone()),
                outgoing: self.outgoing.clone(),
            };
            let said = append::write(connection, places, &[Box::new(append)])?;
            said.into_iter().collect::<Result<()>>()?;
            Ok((case, version))
        })
    }
}

/// What is to be kept of a whole session.
fn record(session: &Session) -> Result<(Vec<Entry>, Mark)> {
    let mut mark = Mark::default();
    let mut entries = Vec::with_capacity(session.events().len());
    let library = Arc::clone(session.library());
    let id = CaseId::kept("");
    replay(library, session.events(), &id, |session, event| {
        entries.push(entry(session, event, &mut mark)?);
        Ok(())
    })?;
    Ok((entries, mark))
}

fn entry(session: &Session, event: &Event, mark: &mut Mark) -> Result<Entry> {
    Entry::new(event.clone(), Recorded::of(session, event, mark))
}

/// A session made again from its events, looked at after each.
fn replay(
    library: Arc<Library>,
    events: &[Event],
    id: &CaseId,
    mut look: impl FnMut(&Session, &Event) -> Result<()>,
) -> Result<Session> {
    let misfit = |seq: u64, why: &dyn std::fmt::Display| StoreError::Damaged {
        place: String::new(),
        why: format!("event {seq} of case {id} does not fit: {why}"),
    };
    let Some((first, rest)) = events.split_first() else {
        return Err(misfit(1, &"there is none"));
    };
    let mut session =
        Session::start(library, first.clone()).map_err(|why| misfit(first.seq, &why))?;
    look(&session, first)?;
    for event in rest {
        session
            .apply(event.clone())
            .map_err(|why| misfit(event.seq, &why))?;
        look(&session, event)?;
    }
    Ok(session)
}
