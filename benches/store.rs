//! What keeping costs, in one run beside raw inserts of the same rows into the same tables through the same driver. The
//! commit rule is the same, too: a row is durable before the next of its case is made, and rows that wait share a commit.
//! A thread commits whatever waits; nothing is walked, checked or looked up. A loop that nobody waits for, with one row of
//! each case a commit, is measured beside it: no rule could be kept faster. Every round measures everything once, in turn;
//! medians are printed.
//!
//! `cargo bench --bench store [-- WORD…]`; words pick sections: `answers`, `resume`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::fs;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::Poll;
use std::time::Instant;

use fixpath::compile::Options;
use fixpath::condition::Value;
use fixpath::load::Files;
use fixpath::session::{Event, Happening, Moment, Reply, Session, Source, Started};
use fixpath::store::{Address, Keeper, Store};
use fixpath::syntax::Limits;
use fixpath::tree::{Audience, Channel, Library};
use tokio::sync::oneshot;
use tokio::task::LocalSet;
use tokio_postgres::{Client, NoTls};

#[path = "../tests/it/support/server.rs"]
#[allow(dead_code)]
mod server;

use server::Server;

const ROUNDS: usize = 5;

/// Cases at once, and answers a round.
const LOADS: [(usize, usize); 3] = [(1, 1_000), (8, 6_000), (64, 24_000)];

const TREE: &str = "title: Round and round
stuck: {escalate: desk, reason: The script did not help}
steps:
  a:
    ask: Again?
    yes: b
    no: over
  b:
    ask: And again?
    yes: a
    no: over
  over:
    fix: It is over
";

const INSERT: &str = "INSERT INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

fn main() {
    let words: Vec<String> = std::env::args()
        .skip(1)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let wanted = |section: &str| words.is_empty() || words.iter().any(|word| word == section);
    let folder = std::env::temp_dir().join(format!("fixpath-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let server = Server::start("bench");
    let mut databases = vec![Database::Sqlite(folder.clone())];
    databases.extend(server.as_ref().map(Database::Postgres));
    if wanted("answers") {
        println!(
            "Durable answers per second beside raw inserts of the same rows; medians of {ROUNDS} interleaved rounds"
        );
        println!(
            "  {:<12} {:>6} {:>10} {:>10} {:>7} {:>10} {:>7}",
            "", "cases", "fixpath", "raw", "ratio", "loop", "ratio"
        );
        for database in &databases {
            answers(database);
        }
    }
    if wanted("resume") {
        println!(
            "Taking up a case of 1,000 events, its version of the library included; medians of {ROUNDS} rounds"
        );
        for database in &databases {
            resume(database);
        }
    }
    fs::remove_dir_all(folder).unwrap();
}

enum Database<'s> {
    Sqlite(PathBuf),
    Postgres(&'s Server),
}

impl Database<'_> {
    const fn name(&self) -> &'static str {
        match self {
            Self::Sqlite(_) => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// A connection past the store, to tables of its own.
    fn raw(&self) -> Box<dyn Rows + Send> {
        match self {
            Self::Sqlite(_) => Box::new(Sqlite::open(self)),
            Self::Postgres(_) => Box::new(Postgres::open(self)),
        }
    }

    /// A new store with its tables.
    fn new_store(&self, name: &str) -> Address {
        let address = match self {
            Self::Sqlite(folder) => {
                let path = folder.join(format!("{name}.db"));
                for ending in ["", "-wal", "-shm"] {
                    let _ = fs::remove_file(folder.join(format!("{name}.db{ending}")));
                }
                Address::File(path)
            }
            Self::Postgres(server) => server.address(&server.database()),
        };
        drop(Store::open(&address).unwrap());
        address
    }
}

fn library(text: &str) -> Arc<Library> {
    let mut files = Files::empty(Limits::default());
    files.replace("example", "example.yaml", text.as_bytes().to_vec());
    let options = Options::new(jiff::civil::date(2026, 11, 21));
    let compilation = files.compile(&options).compilation;
    Arc::new(compilation.into_library().expect("no errors"))
}

fn begin(library: &Arc<Library>) -> Session {
    let mut started = Started::new("example", Audience::Agent, Channel::Phone);
    started.library = Some(Arc::clone(library.hash()));
    let event = Event {
        seq: 1,
        at: moment(1),
        what: Happening::Started(Box::new(started)),
    };
    Session::start(Arc::clone(library), event).unwrap()
}

fn moment(seq: u64) -> Moment {
    Moment::new(1_795_298_400_000 + seq as i64 * 1_000, 60).unwrap()
}

fn answer(session: &mut Session) {
    let seq = session.seq();
    let step = session.prompt().at().unwrap().name().into_owned();
    let yes = Reply::Answer(Value::YesNo(true));
    session
        .reply(seq, &step, yes, Source::Asked, moment(seq))
        .unwrap();
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn answers(database: &Database<'_>) {
    let library = library(TREE);
    let runtime = runtime();
    // Answers, rows that wait, rows in a loop; and the first as parts of the others.
    let mut rates = vec![<[Vec<f64>; 5]>::default(); LOADS.len()];
    for _ in 0..ROUNDS {
        for ((cases, answers), rates) in LOADS.iter().zip(&mut rates) {
            let kept = kept(database, &library, &runtime, *cases, *answers);
            let looped = alone(&mut *database.raw(), *cases, *answers);
            // One case waits for itself alone.
            let waited = match cases {
                1 => looped,
                _ => shared(&mut *database.raw(), &runtime, *cases, *answers),
            };
            let round = [kept, waited, looped, kept / waited, kept / looped];
            for (rates, rate) in rates.iter_mut().zip(round) {
                rates.push(rate);
            }
        }
    }
    for ((cases, _), rates) in LOADS.iter().zip(&mut rates) {
        let [kept, waited, looped, of_waited, of_looped] =
            rates.each_mut().map(|rates| median(rates));
        println!(
            "  {:<12} {cases:>6} {kept:>10.0} {waited:>10.0} {of_waited:>7.2} {looped:>10.0} {of_looped:>7.2}",
            database.name(),
        );
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

/// Answers per second, kept: one thread walks the cases, each waits for its answer to be durable.
fn kept(
    database: &Database<'_>,
    library: &Arc<Library>,
    runtime: &tokio::runtime::Runtime,
    cases: usize,
    answers: usize,
) -> f64 {
    let store = Store::open(&database.new_store("kept")).unwrap();
    let walks: Vec<(Keeper, Session)> = (0..cases)
        .map(|_| {
            let session = begin(library);
            (Keeper::begin(&store, &session, None).unwrap(), session)
        })
        .collect();
    let started = Instant::now();
    if let [(..)] = &walks[..] {
        for (mut keeper, mut session) in walks {
            for _ in 0..answers {
                answer(&mut session);
                keeper.keep(&session, Vec::new()).unwrap();
            }
        }
    } else {
        let local = LocalSet::new();
        for (mut keeper, mut session) in walks {
            local.spawn_local(async move {
                for _ in 0..answers / cases {
                    answer(&mut session);
                    keeper.keep_async(&session, Vec::new()).await.unwrap();
                }
            });
        }
        runtime.block_on(local);
    }
    answers as f64 / started.elapsed().as_secs_f64()
}

/// The rows that the store writes for the same answers.
fn row(case: usize, seq: usize) -> (i64, i64, String) {
    let step = if seq.is_multiple_of(2) { "a" } else { "b" };
    let body = format!(
        r#"{{"answered":{{"tree":"example","step":"{step}","reply":{{"answer":true}},"source":"asked"}}}}"#
    );
    (case as i64, seq as i64, body)
}

/// Who inserts the rows past the store.
trait Rows {
    /// Inserts one row of several cases and commits.
    fn commit(&mut self, group: &[(i64, i64, String)]);
}

/// Rows per second by a loop that nobody waits for: one row of each case is a commit.
fn alone(rows: &mut dyn Rows, cases: usize, answers: usize) -> f64 {
    let group = |seq| (1..=cases).map(|case| row(case, seq)).collect();
    let groups: Vec<Vec<_>> = (2..2 + answers / cases).map(group).collect();
    let started = Instant::now();
    for group in &groups {
        rows.commit(group);
    }
    answers as f64 / started.elapsed().as_secs_f64()
}

/// A row, and who waits until it is durable.
type Asked = ((i64, i64, String), oneshot::Sender<()>);

/// Rows per second under the rule of the store: each case makes its next row when its last one is durable, and a thread
/// commits whatever waits.
fn shared(
    rows: &mut (dyn Rows + Send),
    runtime: &tokio::runtime::Runtime,
    cases: usize,
    answers: usize,
) -> f64 {
    let (ask, asked) = mpsc::channel::<Asked>();
    let started = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while let Ok(first) = asked.recv() {
                let all = [first].into_iter().chain(asked.try_iter());
                let (group, waiting): (Vec<_>, Vec<_>) = all.unzip();
                rows.commit(&group);
                for one in waiting {
                    let _ = one.send(());
                }
            }
        });
        let local = LocalSet::new();
        for case in 1..=cases {
            let ask = ask.clone();
            local.spawn_local(async move {
                for seq in 2..2 + answers / cases {
                    let (promise, durable) = oneshot::channel();
                    ask.send((row(case, seq), promise)).unwrap();
                    durable.await.unwrap();
                }
            });
        }
        drop(ask);
        runtime.block_on(local);
    });
    answers as f64 / started.elapsed().as_secs_f64()
}

/// Straight into SQLite.
struct Sqlite(rusqlite::Connection);

impl Sqlite {
    fn open(database: &Database<'_>) -> Self {
        let address = database.new_store("raw");
        let connection = rusqlite::Connection::open(address.file().unwrap()).unwrap();
        connection
            .execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;")
            .unwrap();
        Self(connection)
    }
}

impl Rows for Sqlite {
    fn commit(&mut self, group: &[(i64, i64, String)]) {
        self.0.execute_batch("BEGIN IMMEDIATE").unwrap();
        let mut insert = self.0.prepare_cached(INSERT).unwrap();
        for (case, seq, body) in group {
            let at = moment(*seq as u64).milliseconds();
            let (yes, passed) = ("yes", None::<&str>);
            let row = rusqlite::params![
                case,
                seq,
                at,
                60,
                2,
                1,
                yes,
                2,
                1,
                passed,
                body,
                1_234_567_890
            ];
            insert.execute(row).unwrap();
        }
        self.0.execute_batch("COMMIT").unwrap();
    }
}

/// Straight into PostgreSQL: one alone commits itself; several go out together.
struct Postgres {
    runtime: tokio::runtime::Runtime,
    client: Client,
    insert: tokio_postgres::Statement,
}

impl Postgres {
    fn open(database: &Database<'_>) -> Self {
        let Address::Postgres(url) = database.new_store("raw") else {
            panic!("a server");
        };
        let runtime = runtime();
        let (client, insert) = runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&url, NoTls).await.unwrap();
            tokio::spawn(connection);
            let session = "SET search_path = fixpath; SET synchronous_commit = on";
            client.batch_execute(session).await.unwrap();
            let insert = client.prepare(INSERT).await.unwrap();
            (client, insert)
        });
        Self {
            runtime,
            client,
            insert,
        }
    }
}

impl Rows for Postgres {
    fn commit(&mut self, group: &[(i64, i64, String)]) {
        let (client, insert) = (&self.client, &self.insert);
        self.runtime.block_on(async {
            if let [row] = group {
                insert_row(client, insert, row).await;
                return;
            }
            let rows = group
                .iter()
                .map(|row| -> Running<'_> { Box::pin(insert_row(client, insert, row)) });
            let begin: Running<'_> =
                Box::pin(async { client.batch_execute("BEGIN").await.unwrap() });
            let commit: Running<'_> =
                Box::pin(async { client.batch_execute("COMMIT").await.unwrap() });
            together([begin].into_iter().chain(rows).chain([commit]).collect()).await;
        });
    }
}

async fn insert_row(
    client: &Client,
    insert: &tokio_postgres::Statement,
    (case, seq, body): &(i64, i64, String),
) {
    let at = moment(*seq as u64).milliseconds();
    let (zone, kind, one, two, writer) = (60_i64, 2_i64, 1_i64, 2_i64, 1_234_567_890_i64);
    let yes = "yes";
    client
        .execute(
            insert,
            &[
                case,
                seq,
                &at,
                &zone,
                &kind,
                &one,
                &yes,
                &two,
                &one,
                &None::<&str>,
                body,
                &writer,
            ],
        )
        .await
        .unwrap();
}

type Running<'f> = Pin<Box<dyn Future<Output = ()> + 'f>>;

/// Sends all off in their order, then waits for all.
async fn together(mut running: Vec<Running<'_>>) {
    let mut done = vec![false; running.len()];
    std::future::poll_fn(|context| {
        for (future, done) in running.iter_mut().zip(&mut done) {
            *done = *done || future.as_mut().poll(context).is_ready();
        }
        if done.iter().all(|done| *done) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
}

fn resume(database: &Database<'_>) {
    let old = library(TREE);
    let today = library(&TREE.replace("Again?", "Again today?"));
    let address = database.new_store("resume");
    let store = Store::open(&address).unwrap();
    let mut session = begin(&old);
    let mut keeper = Keeper::begin(&store, &session, None).unwrap();
    while session.seq() < 1_000 {
        answer(&mut session);
    }
    keeper.keep(&session, Vec::new()).unwrap();
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let started = Instant::now();
            let (_, back) = Keeper::open(&store, keeper.id().as_str(), &today, None).unwrap();
            assert_eq!(back.seq(), 1_000);
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    println!("  {:<12} {:>8.2} ms", database.name(), median(&mut times));
}
