//! What statistics count, streamed out of the store: cases by ranges of their numbers, each range one ordered read of the
//! events, several ranges at once on connections of their own. It reads no event's body: erased cases count like others.

use std::collections::HashSet;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::thread;

use crate::stats::{Fold, Kind, Nodes, Place, Row as Recorded, Shown};
use crate::tree::Library;

use super::connection::{Connection, Param, Row};
use super::error::{Result, StoreError};
use super::{Store, connect};

/// So many cases are read at once.
const RANGE: i64 = 4096;

/// So many connections read at most.
const READERS: usize = 4;

/// Is told how many of how many case numbers are done, from several threads.
pub type Progress<'p> = dyn Fn(u64, u64) + Sync + 'p;

impl Store {
    /// Counts all cases, or those begun at a moment (milliseconds since 1970) or later. The library of today says which
    /// steps there are.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn count(
        &self,
        library: &Library,
        since: Option<i64>,
        progress: &Progress<'_>,
    ) -> Result<Fold> {
        let mut connection = connect(&self.address)?;
        let nodes = Arc::new(nodes(connection.as_mut(), library)?);
        let Some((first, last)) = range(connection.as_mut(), since)? else {
            return Ok(Fold::new(nodes));
        };
        let job = Job {
            since: since.unwrap_or(i64::MIN),
            first,
            last,
            next: AtomicI64::new(first),
            nodes,
            progress,
        };
        thread::scope(|scope| {
            let others: Vec<_> = (1..job.readers())
                .map(|_| scope.spawn(|| job.work(connect(&self.address)?.as_mut())))
                .collect();
            let mut all = job.work(connection.as_mut());
            for other in others {
                let other = other.join().unwrap_or_else(|_| Err(stopped()));
                all = all.and_then(|mut all| {
                    all.merge(other?);
                    Ok(all)
                });
            }
            all
        })
    }
}

/// All places, with their numbers.
fn nodes(connection: &mut dyn Connection, library: &Library) -> Result<Nodes> {
    let mut trees: HashSet<Arc<str>> = HashSet::new();
    let places = connection.all("SELECT no, tree, step FROM place", &[], |row| {
        let (number, tree, step) = (row.int(0), row.text(1), row.text(2));
        let (Some(number), Some(tree), Some(step)) = (number, tree, step) else {
            return Err(damaged("a place cannot be read"));
        };
        let tree = match trees.get(tree) {
            Some(tree) => Arc::clone(tree),
            None => Arc::from(tree),
        };
        trees.insert(Arc::clone(&tree));
        let step = step.into();
        Ok((number, Place { tree, step }))
    })?;
    Ok(Nodes::new(places, library))
}

/// The first and the last number of the cases that are counted.
fn range(connection: &mut dyn Connection, since: Option<i64>) -> Result<Option<(i64, i64)>> {
    let read = |row: &dyn Row| row.int(0).zip(row.int(1));
    let found = match since {
        None => connection.first("SELECT min(no), max(no) FROM cases", &[], read)?,
        Some(since) => connection.first(
            "SELECT min(no), max(no) FROM cases WHERE started_at >= $1",
            &[Param::Int(since)],
            read,
        )?,
    };
    Ok(found.flatten())
}

/// What the readers share.
struct Job<'p> {
    since: i64,
    first: i64,
    last: i64,
    /// Where the next range begins that nobody reads yet.
    next: AtomicI64,
    nodes: Arc<Nodes>,
    progress: &'p Progress<'p>,
}

/// A case that is counted: its number, and the tree in which it began.
type Begun = (i64, Arc<str>);

impl Job<'_> {
    fn readers(&self) -> usize {
        let ranges = usize::try_from((self.last - self.first) / RANGE + 1).unwrap_or(READERS);
        let cores = thread::available_parallelism().map_or(1, NonZero::get);
        READERS.min(cores).min(ranges)
    }

    /// Reads one range after the other, as long as there are any.
    fn work(&self, connection: &mut dyn Connection) -> Result<Fold> {
        let mut fold = Fold::new(Arc::clone(&self.nodes));
        loop {
            let from = self.next.fetch_add(RANGE, Ordering::Relaxed);
            if from > self.last {
                fold.finish();
                return Ok(fold);
            }
            if let Err(why) = self.read(connection, from, &mut fold) {
                // The others need not go on.
                self.next
                    .store(self.last.saturating_add(1), Ordering::Relaxed);
                return Err(why);
            }
            let done = (from + RANGE - self.first).min(self.total());
            (self.progress)(done.unsigned_abs(), self.total().unsigned_abs());
        }
    }

    const fn total(&self) -> i64 {
        self.last - self.first + 1
    }

    fn read(&self, connection: &mut dyn Connection, from: i64, fold: &mut Fold) -> Result<()> {
        let cases = self.cases(connection, from)?;
        let (Some((first, _)), Some((last, _))) = (cases.first(), cases.last()) else {
            return Ok(());
        };
        let mut cases = cases.iter().peekable();
        let mut current = None;
        connection.query(
            "SELECT case_no, at, kind, reply, stands, shown, passed FROM event WHERE case_no >= $1 AND case_no <= $2 ORDER BY case_no, seq",
            &[Param::Int(*first), Param::Int(*last)],
            &mut |row| {
                let case = row.int(0);
                if case != current {
                    while cases.next_if(|(no, _)| Some(*no) < case).is_some() {}
                    let Some((no, tree)) = cases.next_if(|(no, _)| Some(*no) == case) else {
                        // Begun too early.
                        return Ok(());
                    };
                    current = Some(*no);
                    fold.case(tree);
                }
                fold.event(recorded(row)?);
                Ok(())
            },
        )
    }

    /// The cases of a range, by number.
    fn cases(&self, connection: &mut dyn Connection, from: i64) -> Result<Vec<Begun>> {
        let mut known: Option<Arc<str>> = None;
        connection.all(
            "SELECT no, tree FROM cases WHERE no >= $1 AND no < $2 AND started_at >= $3 ORDER BY no",
            &[
                Param::Int(from),
                Param::Int(from + RANGE),
                Param::Int(self.since),
            ],
            |row| {
                let (Some(no), Some(tree)) = (row.int(0), row.text(1)) else {
                    return Err(damaged("a case cannot be read"));
                };
                let tree = match &known {
                    Some(known) if **known == *tree => Arc::clone(known),
                    _ => Arc::from(tree),
                };
                known = Some(Arc::clone(&tree));
                Ok((no, tree))
            },
        )
    }
}

fn recorded(row: &dyn Row) -> Result<Recorded<'_>> {
    let event = || {
        Some(Recorded {
            at: row.int(1)?,
            kind: Kind::from_number(row.int(2)?)?,
            reply: row.text(3),
            stands: row.int(4),
            shown: row.int(5).and_then(Shown::from_number),
            passed: row.text(6),
        })
    };
    event().ok_or_else(|| damaged("an event cannot be read"))
}

fn damaged(why: &str) -> StoreError {
    StoreError::Damaged {
        place: String::new(),
        why: why.to_owned(),
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable {
        place: String::new(),
        why: "could not be read to its end; try again".to_owned(),
        lost: true,
    }
}
