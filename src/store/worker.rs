//! A thread that has one connection and does what it is asked, one thing after the other. Answers that wait at the same
//! time share one commit. Where it has nothing to do, another thread that would only wait for it may do its work itself. A
//! connection that was lost is made again for the next one.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use tokio::runtime::Handle;

use super::append::{self, Append};
use super::connection::Connection;
use super::error::{Result, StoreError};
use super::places::Places;
use super::ticket::{Promise, Ticket};

/// So many answers share one commit at most.
const BATCH: usize = 256;

/// From so many on nobody more is waited for: a commit takes mostly what its answers take then, and while it is made the
/// others get theirs ready.
const ENOUGH: usize = 16;

/// Makes a connection.
pub(super) type Open = Box<dyn Fn() -> Result<Box<dyn Connection>> + Send>;

/// So often is something tried that others get in the way of.
const TRIES: usize = 5;

/// Something to do with a connection; it says itself what came of it.
type Task = Box<dyn FnOnce(&mut Hands) + Send>;

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
    /// How many jobs are not done yet.
    undone: Arc<AtomicUsize>,
    /// The thread keeps it, so that a connection ends where it may wait.
    hands: Weak<Mutex<Hands>>,
}

impl Worker {
    /// Begins; the first connection is made by the first job. The thread ends, with its connection, when the last worker of
    /// it is gone.
    pub(super) fn start(open: Open) -> (Self, JoinHandle<()>) {
        let (jobs, waiting) = mpsc::channel();
        let hands = Arc::new(Mutex::new(Hands { open, desk: None }));
        let worker = Self {
            jobs,
            undone: Arc::default(),
            hands: Arc::downgrade(&hands),
        };
        let undone = Arc::clone(&worker.undone);
        let mut thread = Thread {
            hands,
            undone,
            last: Commit::default(),
        };
        (worker, thread::spawn(move || thread.work(&waiting)))
    }

    /// Adds to a case. The ticket says so when it is durable.
    pub(super) fn append(&self, append: Append) -> Ticket<()> {
        let (promise, ticket) = Ticket::new();
        self.send(Job::Append(Box::new(append), promise));
        ticket
    }

    /// As [`Self::append`], for a thread that has nothing else to do meanwhile. Where nothing is asked for just then it
    /// does it itself: to wake the other thread up, and to be woken up by it, takes longer than many a commit.
    pub(super) fn append_waiting(&self, append: Append) -> Result<()> {
        if self.undone.load(Ordering::Relaxed) == 0
            // A connection may not be waited for within an async task.
            && Handle::try_current().is_err()
            && let Some(hands) = self.hands.upgrade()
            && let Ok(mut hands) = hands.try_lock()
        {
            let mut said = hands.keep(&[Box::new(append)]);
            return said.pop().unwrap_or_else(|| Err(no_desk()));
        }
        self.append(append).wait()
    }

    /// Does something with the connection. It is tried again where others got in its way, and on a new connection if the
    /// old one was lost before a commit: nothing has come of it then.
    pub(super) fn run<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Desk) -> Result<T> + Send + 'static,
    ) -> Ticket<T> {
        let (promise, ticket) = Ticket::new();
        self.send(Job::Task(Box::new(move |hands| {
            // Whoever asked may have stopped waiting.
            let _ = promise.send(hands.attempt(&mut work));
        })));
        ticket
    }

    fn send(&self, job: Job) {
        self.undone.fetch_add(1, Ordering::Relaxed);
        // A thread that is gone drops the promise, and the ticket says so.
        let _ = self.jobs.send(job);
    }
}

/// The threads of a store, for whoever lets go of it last: he waits until they have closed their connections, so that
/// SQLite leaves one file behind that is whole without its log.
#[derive(Debug, Default)]
pub(super) struct Ends(pub(super) Vec<JoinHandle<()>>);

impl Drop for Ends {
    fn drop(&mut self) {
        let this = thread::current().id();
        for thread in self.0.drain(..).filter(|one| one.thread().id() != this) {
            // One that failed has no connection any more.
            let _ = thread.join();
        }
    }
}

/// An answer, and who waits for what comes of it.
type Waiting = (Box<Append>, Promise<()>);

/// What does the work, whoever's thread it is in.
struct Hands {
    open: Open,
    desk: Option<Desk>,
}

struct Thread {
    hands: Arc<Mutex<Hands>>,
    undone: Arc<AtomicUsize>,
    last: Commit,
}

/// The commit made last.
#[derive(Debug, Clone, Copy, Default)]
struct Commit {
    /// How many answers shared it.
    shared: usize,
    took: Duration,
}

/// A commit that took longer says nothing about the next one.
const LONGEST_COMMIT: Duration = Duration::from_millis(50);

impl Thread {
    fn work(&mut self, waiting: &Receiver<Job>) {
        let mut next = waiting.recv().ok();
        while let Some(job) = next.take() {
            match job {
                Job::Task(task) => {
                    task(&mut self.hands());
                    self.undone.fetch_sub(1, Ordering::Relaxed);
                }
                Job::Append(first, promise) => {
                    let mut batch = vec![(first, promise)];
                    next = self.gather(waiting, &mut batch);
                    self.append(batch);
                }
            }
            if next.is_none() {
                next = waiting.recv().ok();
            }
        }
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.hands.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes what waits into one commit, until something else is asked for, which is given back. Where several shared the
    /// last commit, as many will answer again at once: they are waited for, but no longer than half of what that commit
    /// took, so that one who answers alone hardly waits.
    fn gather(&self, waiting: &Receiver<Job>, batch: &mut Vec<Waiting>) -> Option<Job> {
        let began = Instant::now();
        let patience = self.last.took / 2;
        let enough = self.last.shared.min(ENOUGH);
        while batch.len() < BATCH {
            let job = match waiting.try_recv() {
                Ok(job) => job,
                Err(_) if batch.len() >= enough => return None,
                Err(_) => {
                    let left = patience.saturating_sub(began.elapsed());
                    waiting.recv_timeout(left).ok()?
                }
            };
            match job {
                Job::Append(append, promise) => batch.push((append, promise)),
                other => return Some(other),
            }
        }
        None
    }

    fn append(&mut self, mut batch: Vec<Waiting>) {
        batch.sort_by_key(|(append, _)| append.case);
        let (appends, promises): (Vec<_>, Vec<_>) = batch.into_iter().unzip();
        let began = Instant::now();
        let said = self.hands().keep(&appends);
        self.last = Commit {
            shared: appends.len(),
            took: began.elapsed().min(LONGEST_COMMIT),
        };
        self.undone.fetch_sub(appends.len(), Ordering::Relaxed);
        for (promise, said) in promises.into_iter().zip(said) {
            let _ = promise.send(said);
        }
    }
}

impl Hands {
    fn desk(&mut self) -> Result<&mut Desk> {
        if self.desk.is_none() {
            self.desk = Some(Desk {
                connection: (self.open)()?,
                places: Places::default(),
            });
        }
        self.desk.as_mut().ok_or_else(no_desk)
    }

    /// Does something, and again where it is known that nothing came of it and another try may help.
    fn attempt<T>(&mut self, work: &mut impl FnMut(&mut Desk) -> Result<T>) -> Result<T> {
        let mut tries = 0;
        loop {
            let is_old = self.desk.is_some();
            let done = self.once(work);
            tries += 1;
            let again = match &done {
                Err(StoreError::Conflict { .. }) => tries < TRIES,
                Err(StoreError::Uncertain { .. }) | Ok(_) => false,
                // One that was just made need not be made again.
                Err(why) => why.is_lost() && is_old,
            };
            if !again {
                return done;
            }
        }
    }

    fn once<T>(&mut self, work: &mut impl FnMut(&mut Desk) -> Result<T>) -> Result<T> {
        let done = self.desk().and_then(work);
        if done.as_ref().is_err_and(StoreError::is_lost) {
            self.desk = None;
        }
        done
    }

    /// Keeps all of them in one commit. Where that fails each is tried for itself, so that one that cannot be kept does
    /// not take the others with it.
    fn keep(&mut self, appends: &[Box<Append>]) -> Vec<Result<()>> {
        let why = match self.try_keep(appends) {
            Ok(said) => return said,
            Err(why) => why,
        };
        if appends.len() == 1 || why.is_lost() {
            return appends.iter().map(|_| Err(why.clone())).collect();
        }
        let mut said: Vec<Result<()>> = Vec::with_capacity(appends.len());
        for append in appends {
            // Two that fail in the same words are not to blame; one does not wait for all the others to fail so, too.
            if let [.., Err(first), Err(second)] = said.as_slice()
                && first == second
            {
                said.push(Err(second.clone()));
                continue;
            }
            let own = self.try_keep(std::slice::from_ref(append));
            said.push(own.and_then(|mut said| said.pop().unwrap_or_else(|| Err(no_desk()))));
        }
        said
    }

    /// After a connection that was lost in the middle of a commit they are tried again on a new one: what was kept already
    /// is found and not kept twice. A store that was deleted is not tried: each case must be kept as a whole then.
    fn try_keep(&mut self, appends: &[Box<Append>]) -> Result<Vec<Result<()>>> {
        let mut keep = |desk: &mut Desk| append::keep(desk, appends);
        let mut tries = 0;
        loop {
            let is_old = self.desk.is_some();
            let uncertain = match self.once(&mut keep) {
                Err(StoreError::Conflict { .. }) if tries < TRIES => None,
                Err(why @ StoreError::Uncertain { .. }) if tries < TRIES => Some(why),
                Err(StoreError::Unavailable { lost: true, .. }) if is_old => None,
                done => return done,
            };
            tries += 1;
            if let Some(why) = uncertain {
                return match self.once(&mut keep) {
                    Err(again) if again.is_lost() => Err(why),
                    done => done,
                };
            }
        }
    }
}

fn no_desk() -> StoreError {
    StoreError::Unavailable {
        place: String::new(),
        why: "gave no answer".to_owned(),
        lost: true,
    }
}
