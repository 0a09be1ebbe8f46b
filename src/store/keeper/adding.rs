//! What is added to a case: one answer after the other, by one of several who may walk it, in a store that may have been
//! deleted meanwhile.

use crate::session::Session;
use crate::stats::Mark;

use super::super::append::Append;
use super::super::code::Redeemed;
use super::super::error::{Result, StoreError};
use super::super::head::Head;
use super::super::now;
use super::super::outbox::Outgoing;
use super::super::replay::{entry, record};
use super::super::ticket::wait;
use super::Keeper;

/// How an addition was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// As always.
    Added,
    /// The store had been deleted: the whole case is kept in a new one.
    Anew,
}

/// Who waits for an addition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asker {
    /// A thread, which has nothing else to do meanwhile.
    Thread,
    /// A task of an async runtime, or whoever waits for one.
    Task,
}

impl Keeper {
    /// Keeps what was added to the session since, with what is to be sent out for it. When it says so, it is durable.
    ///
    /// # Errors
    /// Nothing of it is kept: the session must be taken back to what it was.
    pub fn keep(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<Kept> {
        wait(self.keep_by(session, outgoing, Asker::Thread))
    }

    /// As [`Self::keep`].
    ///
    /// # Errors
    /// As [`Self::keep`].
    pub async fn keep_async(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<Kept> {
        self.keep_by(session, outgoing, Asker::Task).await
    }

    async fn keep_by(
        &mut self,
        session: &Session,
        outgoing: Vec<Outgoing>,
        asker: Asker,
    ) -> Result<Kept> {
        match self.add(session, outgoing.clone(), None, asker).await {
            Ok(()) => Ok(Kept::Added),
            // A case is never taken out of a store, so one that lacks it is another one.
            Err(StoreError::Deleted { .. } | StoreError::NoSuchCase(_)) => {
                self.keep_anew(session, outgoing).await
            }
            Err(why) => Err(why),
        }
    }

    /// Keeps what was added to the session since, that it was taken over among it, and uses up the code by which it was:
    /// both or neither.
    ///
    /// # Errors
    /// The code is wrong, used already, too old or another case's, or it cannot be kept: the session must be taken back
    /// to what it was.
    pub fn take(&mut self, session: &Session, code: &str, outgoing: Vec<Outgoing>) -> Result<()> {
        wait(self.take_async(session, code, outgoing))
    }

    /// As [`Self::take`].
    ///
    /// # Errors
    /// As [`Self::take`].
    pub async fn take_async(
        &mut self,
        session: &Session,
        code: &str,
        outgoing: Vec<Outgoing>,
    ) -> Result<()> {
        let redeemed = Redeemed::new(code, now())?;
        self.add(session, outgoing, Some(redeemed), Asker::Task)
            .await
    }

    async fn add(
        &mut self,
        session: &Session,
        outgoing: Vec<Outgoing>,
        redeemed: Option<Redeemed>,
        asker: Asker,
    ) -> Result<()> {
        let (mut append, head, mark) = self.prepare(session, outgoing)?;
        append.redeemed = redeemed;
        if append.entries.is_empty() && append.head.is_none() && append.outgoing.is_empty() {
            return Ok(());
        }
        match asker {
            Asker::Thread => self.store.writer.append_waiting(append)?,
            Asker::Task => self.store.writer.append(append).await?,
        }
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
            redeemed: None,
        };
        Ok((append, head, mark))
    }

    /// The store is another one by now. It may know the case, for it was put there from a backup: then what it lacks is
    /// added, if nobody went on with it there; else the whole case is.
    async fn keep_anew(&mut self, session: &Session, outgoing: Vec<Outgoing>) -> Result<Kept> {
        match self.store.case_async(self.id.as_str()).await {
            Ok(case) => {
                let there = self.store.events_async(&case, 0).await?;
                if there.len() > session.events().len() || !session.events().starts_with(&there) {
                    return Err(StoreError::Moved { seq: case.seq });
                }
                self.no = case.no;
                self.version = case.library;
                self.kept = case.seq;
                self.add(session, outgoing, None, Asker::Task).await?;
            }
            Err(StoreError::NoSuchCase(_)) => {
                let (id, agent) = (self.id.clone(), self.agent.clone());
                *self = Self::begin_as(&self.store, id, session, agent, outgoing).await?;
            }
            Err(why) => return Err(why),
        }
        Ok(Kept::Anew)
    }
}
