//! Floor 6: keeps cases, event by event, in SQLite or PostgreSQL behind one trait (`connection`). The log of events is
//! the truth: `(case, seq)` is unique, so of two writers one wins and the other is told. What the store says is kept is
//! on the disk. It walks nothing and shows nothing; what a kept case means is `session`'s business.
//!
//! | file | holds |
//! | --- | --- |
//! | `address`, `error`, `ticket`, `case_id` | where it is, what it says, how one waits for it, how cases are called |
//! | `connection`, `sqlite`, `postgres`, `schema` | the databases behind one trait, and the tables |
//! | `worker` | the thread that owns a connection; answers that wait together share a commit |
//! | `append`, `places`, `head`, `version` | what is kept of an event, and of the library that it needs |
//! | `keeper`, `new_case`, `replay`, `again` | one case while it is walked; how it comes into the store, and out of it; the case that goes on with it |
//! | `cases`, `erase` | lists; forgetting |
//! | `code`, `feedback` | how a case is handed over; what people say about the script |
//! | `recorded` | what statistics count, read as a stream |
//! | `account`, `secret`, `bearer` | who may come in, and what proves it |
//! | `queue` | what waits for one person |
//! | `lookers` | who looks at which case, in which process |
//! | `outbox` | what is to be sent to other systems: messages, and the queue in which they wait |

mod account;
mod address;
mod again;
mod append;
mod bearer;
mod case_id;
mod cases;
mod clock;
mod code;
mod connection;
mod erase;
mod error;
mod feedback;
mod head;
mod keeper;
mod lookers;
mod new_case;
mod outbox;
mod places;
mod postgres;
mod queue;
mod recorded;
mod replay;
mod schema;
mod secret;
mod sqlite;
#[cfg(test)]
mod tests;
mod ticket;
mod version;
mod worker;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::session::Event;
use crate::tree::Library;

pub use account::{
    Attempt, Gate, IDLE_SIGN_IN, LONGEST_SIGN_IN, NewToken, NewUser, PasswordHash, Proven, Role,
    Roles, SHORTEST_PASSWORD, SignedIn, TOKEN_PREFIX, Token, User, UserChange, UserName,
    random_password,
};
pub use address::Address;
pub use bearer::Bearer;
pub use case_id::{CaseId, letters_of};
pub use cases::{CaseRow, Filter, Order};
pub use clock::moment;
pub use code::{OpenCode, code_letters, shown_code};
pub use error::{Result, StoreError};
pub use feedback::Feedback;
pub use head::{Status, outcome_name};
pub use keeper::{Keeper, Kept};
pub use lookers::{Lookout, Seen};
pub use outbox::{Claimed, Outgoing, Settled, Waiting};
pub use queue::{Part, Queue};
pub use recorded::Progress;
pub use secret::{Key, Secret};
pub use ticket::Ticket;
pub use version::Version;

use connection::Connection;
use version::Versions;
use worker::{Desk, Ends, Open, Worker};

/// So many connections read, beside the one that writes.
const READERS: usize = 2;

/// A store that is open: one thread writes, others read. Clones share it.
#[derive(Debug, Clone)]
pub struct Store {
    address: Arc<Address>,
    writer: Worker,
    readers: Arc<[Worker; READERS]>,
    next: Arc<AtomicUsize>,
    versions: Arc<Versions>,
    /// Behind the workers: they are gone when this one waits for their threads.
    _ends: Arc<Ends>,
}

impl Store {
    /// Opens a store, and makes it where there is none.
    ///
    /// # Errors
    /// It cannot be reached, is damaged, or was written by a newer fixpath.
    pub fn open(address: &Address) -> Result<Self> {
        let open = || {
            let address = address.clone();
            Box::new(move || connect(&address)) as Open
        };
        let read = open();
        let write = Box::new(move || {
            let mut connection = read()?;
            connection.expect_writes()?;
            Ok(connection)
        });
        let (writer, thread) = Worker::start(write);
        let mut threads = vec![thread];
        let readers = [(); READERS].map(|()| {
            let (reader, thread) = Worker::start(open());
            threads.push(thread);
            reader
        });
        if address.file().is_none() {
            // A server closes a connection itself, and may be one that cannot be reached just now.
            threads.clear();
        }
        let store = Self {
            address: Arc::new(address.clone()),
            writer,
            readers: Arc::new(readers),
            next: Arc::default(),
            versions: Arc::default(),
            _ends: Arc::new(Ends(threads)),
        };
        store.writer.run(|_| Ok(())).wait()?;
        Ok(store)
    }

    /// Where it is.
    pub fn address(&self) -> &Address {
        &self.address
    }

    /// Whether the file of the store is gone. Nothing makes it anew for this question.
    pub fn is_gone(&self) -> bool {
        self.address.file().is_some_and(|path| !path.exists())
    }

    /// A connection to read with, each in turn.
    fn reader(&self) -> &Worker {
        let turn = self.next.fetch_add(1, Ordering::Relaxed) % READERS;
        self.readers.get(turn).unwrap_or(&self.writer)
    }

    /// A version of the library, with what is always that of `today`.
    async fn version(&self, number: i64, hash: &str, today: &Arc<Library>) -> Result<Arc<Library>> {
        if *hash == **today.hash() {
            return Ok(Arc::clone(today));
        }
        // In a store that was put in this one's place the number may be another version's.
        if let Some(library) = self.versions.get(number, today)
            && **library.hash() == *hash
        {
            return Ok(library);
        }
        let load = move |desk: &mut Desk| version::load(desk.connection.as_mut(), number);
        let library = self.reader().run(load).await?.with_todays(today);
        let library = Arc::new(library);
        self.versions.put(number, today, &library);
        Ok(library)
    }

    /// The case that somebody means by its name or the beginning of it.
    ///
    /// # Errors
    /// There is none, or several.
    pub fn case(&self, given: &str) -> Result<CaseRow> {
        self.case_async(given).wait()
    }

    /// As [`Self::case`].
    pub fn case_async(&self, given: &str) -> Ticket<CaseRow> {
        let given = given.to_owned();
        let find = move |desk: &mut Desk| cases::find(desk.connection.as_mut(), &given);
        self.reader().run(find)
    }

    /// The cases that a filter leaves, in its order.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn cases(&self, filter: Filter) -> Result<Vec<CaseRow>> {
        self.cases_async(filter).wait()
    }

    /// As [`Self::cases`].
    pub fn cases_async(&self, filter: Filter) -> Ticket<Vec<CaseRow>> {
        let list = move |desk: &mut Desk| cases::list(desk.connection.as_mut(), &filter);
        self.reader().run(list)
    }

    /// The number of the last event of each of these cases, in one look, to see in which of them somebody went on. Those
    /// that are not there are left out.
    pub fn last_seqs(&self, cases: &[CaseId]) -> Ticket<Vec<(CaseId, u64)>> {
        let cases = cases.to_vec();
        let look = move |desk: &mut Desk| cases::last_seqs(desk.connection.as_mut(), &cases);
        self.reader().run(look)
    }

    /// The events of a case behind that number.
    ///
    /// # Errors
    /// They were erased, or cannot be read.
    pub fn events(&self, case: &CaseRow, after: u64) -> Result<Vec<Event>> {
        self.events_async(case, after).wait()
    }

    /// As [`Self::events`].
    pub fn events_async(&self, case: &CaseRow, after: u64) -> Ticket<Vec<Event>> {
        let case = case.clone();
        let read = move |desk: &mut Desk| cases::events(desk.connection.as_mut(), &case, after);
        self.reader().run(read)
    }

    /// A code with which somebody takes a case over, until a moment (milliseconds since 1970).
    ///
    /// # Errors
    /// It cannot be kept.
    pub fn issue_code(&self, case: &CaseRow, until: i64) -> Result<String> {
        self.issue_code_async(case, until).wait()
    }

    /// As [`Self::issue_code`].
    pub fn issue_code_async(&self, case: &CaseRow, until: i64) -> Ticket<String> {
        let no = case.no;
        let issue = move |desk: &mut Desk| code::issue(desk.connection.as_mut(), no, now(), until);
        self.writer.run(issue)
    }

    /// The case of a code that is still good.
    ///
    /// # Errors
    /// The code is wrong, used already or too old.
    pub fn code_case(&self, typed: &str) -> Result<CaseId> {
        self.code_case_async(typed).wait()
    }

    /// As [`Self::code_case`]. [`Keeper::take`] uses the code up.
    pub fn code_case_async(&self, typed: &str) -> Ticket<CaseId> {
        let typed = typed.to_owned();
        let find = move |desk: &mut Desk| code::case(desk.connection.as_mut(), &typed, now());
        self.reader().run(find)
    }

    /// What people said about steps; of one tree if it is named.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn feedback(&self, tree: Option<&str>) -> Result<Vec<Feedback>> {
        self.feedback_async(tree).wait()
    }

    /// As [`Self::feedback`].
    pub fn feedback_async(&self, tree: Option<&str>) -> Ticket<Vec<Feedback>> {
        let tree = tree.map(str::to_owned);
        let list = move |desk: &mut Desk| feedback::list(desk.connection.as_mut(), tree.as_deref());
        self.reader().run(list)
    }

    /// The versions of the library that are kept, the newest first.
    pub fn versions(&self) -> Ticket<Vec<Version>> {
        self.reader()
            .run(|desk| version::list(desk.connection.as_mut()))
    }

    /// The versions on which cases are that began in a tree and are not closed, the newest first.
    pub fn versions_of(&self, tree: &str) -> Ticket<Vec<Version>> {
        let tree = tree.to_owned();
        let list = move |desk: &mut Desk| version::of_open_cases(desk.connection.as_mut(), &tree);
        self.reader().run(list)
    }

    /// Forgets what was said in a case; what was counted stays. In a file that takes as long as to write all of it anew.
    ///
    /// # Errors
    /// It cannot be written, or copies are left over.
    pub fn erase(&self, case: &CaseRow) -> Result<()> {
        let id = case.id.clone();
        let erase = move |desk: &mut Desk| erase::one(desk.connection.as_mut(), &id, now());
        self.writer.run(erase).wait()
    }

    /// Forgets what was said in all cases in which nothing has happened since a moment (milliseconds since 1970); gives
    /// how many. In a file that takes as long as to write all of it anew.
    ///
    /// # Errors
    /// It cannot be written, or copies are left over.
    pub fn purge(&self, before: i64) -> Result<u64> {
        let purge =
            move |desk: &mut Desk| erase::older_than(desk.connection.as_mut(), before, now());
        self.writer.run(purge).wait()
    }
}

/// A connection whose tables are those of today.
fn connect(address: &Address) -> Result<Box<dyn Connection>> {
    let mut connection: Box<dyn Connection> = match address {
        Address::File(path) => Box::new(sqlite::Sqlite::open(path)?),
        Address::Postgres(url) => Box::new(postgres::Postgres::open(url, address.to_string())?),
    };
    schema::migrate(connection.as_mut())?;
    // Where that fails, too, the next one does it.
    let _ = connection.clean_rest();
    Ok(connection)
}

/// Milliseconds since 1970.
fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}
