//! A thread that owns one connection and does what it is asked, one thing after the other. Answers that wait at the same
//! time share one commit. A connection that was lost is made again for the next one.

use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use super::append::{self, Append};
use super::connection::Connection;
use super::error::{Result, StoreError};
use super::places::Places;
use super::ticket::{Promise, Ticket};

/// So many answers share one commit at most.
const BATCH: usize = 256;

/// Makes a connection.
pub(super) type Open = Box<dyn Fn() -> Result<Box<dyn Connection>> + Send>;

/// Something to do with a connection; it says itself what came of it. `true` asks for the connection to be made anew.
type Task = Box<dyn FnOnce(Result<&mut Desk>) -> bool + Send>;

enum Job {
    Append(Box<Append>, Promise<()>),
    Task(Task),
}

/// A connection with what is remembered about it.
pub(super) struct Desk {
    pub(super) connection: Box<dyn Connection>,
    pub(super) places: Places,
}

/// The way to the thread. It ends when the last of these is gone, after all that it was asked for.
#[derive(Debug, Clone)]
pub(super) struct Worker {
    jobs: Sender<Job>,
}

impl Worker {
    /// Begins; the first connection is made by the first job.
    pub(super) fn start(open: Open) -> Self {
        let (jobs, waiting) = mpsc::channel();
        thread::spawn(move || {
            let mut thread = Thread { open, desk: None };
            thread.work(&waiting);
        });
        Self { jobs }
    }

    /// Adds to a case. The ticket says so when it is durable.
    pub(super) fn append(&self, append: Append) -> Ticket<()> {
        let (promise, ticket) = Ticket::new();
        self.send(Job::Append(Box::new(append), promise));
        ticket
    }

    /// Does something with the connection; what it does is tried once more on a new connection if the old one was lost
    /// before anything could be said.
    pub(super) fn run<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Desk) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        let (promise, ticket) = Ticket::new();
        self.send(Job::Task(Box::new(move |desk| {
            let done = desk.and_then(&mut work);
            let lost = done.as_ref().is_err_and(StoreError::is_lost);
            // Whoever asked may have stopped waiting.
            let _ = promise.send(done);
            lost
        })));
        ticket
    }

    fn send(&self, job: Job) {
        // A thread that is gone drops the promise, and the ticket says so.
        let _ = self.jobs.send(job);
    }
}

struct Thread {
    open: Open,
    desk: Option<Desk>,
}

impl Thread {
    fn work(&mut self, waiting: &Receiver<Job>) {
        let mut next = waiting.recv().ok();
        while let Some(job) = next.take() {
            match job {
                Job::Task(task) => {
                    if task(self.desk()) {
                        self.desk = None;
                    }
                }
                Job::Append(first, promise) => {
                    let mut batch = vec![(first, promise)];
                    while batch.len() < BATCH {
                        match waiting.try_recv() {
                            Ok(Job::Append(append, promise)) => batch.push((append, promise)),
                            Ok(other) => {
                                next = Some(other);
                                break;
                            }
                            Err(_) => break,
                        }
                    }
                    self.append(batch);
                }
            }
            if next.is_none() {
                next = waiting.recv().ok();
            }
        }
    }

    fn desk(&mut self) -> Result<&mut Desk> {
        if self.desk.is_none() {
            self.desk = Some(Desk {
                connection: (self.open)()?,
                places: Places::default(),
            });
        }
        self.desk.as_mut().ok_or_else(no_desk)
    }

    fn append(&mut self, batch: Vec<(Box<Append>, Promise<()>)>) {
        let (appends, promises): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let said = self.keep(&appends);
        for (promise, said) in promises.into_iter().zip(said) {
            let _ = promise.send(said);
        }
    }

    /// Keeps all of them in one commit. Where that fails each is tried for itself, so that one that cannot be kept does
    /// not take the others with it; after a lost connection all are tried again on a new one: what was kept already is
    /// found and not kept twice.
    fn keep(&mut self, appends: &[Box<Append>]) -> Vec<Result<()>> {
        let mut done = self.try_keep(appends);
        if matches!(&done, Err(why) if why.is_lost() && !matches!(why, StoreError::Deleted { .. }))
        {
            done = self.try_keep(appends);
        }
        match done {
            Ok(said) => said,
            Err(why) if appends.len() == 1 || why.is_passing() && why.is_lost() => {
                appends.iter().map(|_| Err(why.clone())).collect()
            }
            Err(_) => appends
                .iter()
                .map(|append| {
                    let mut said = self.try_keep(std::slice::from_ref(append))?;
                    said.pop().unwrap_or_else(|| Err(no_desk()))
                })
                .collect(),
        }
    }

    fn try_keep(&mut self, appends: &[Box<Append>]) -> Result<Vec<Result<()>>> {
        let desk = self.desk()?;
        let said = append::keep(desk, appends);
        if said.as_ref().is_err_and(StoreError::is_lost) {
            self.desk = None;
        }
        said
    }
}

fn no_desk() -> StoreError {
    StoreError::Unavailable {
        place: String::new(),
        why: "gave no answer".to_owned(),
        lost: true,
    }
}
