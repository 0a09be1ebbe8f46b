//! What `fixpath stats` costs over 1,000,000 cases of 10 events each, beside bare SQL counts over the same rows through the
//! same driver, in turn within one run: in SQLite, and the same rows in PostgreSQL where it is installed. The file is made
//! once, below the folder for temporary files (about 2 GB), and used again; the server's tables are made anew.
//!
//! `cargo bench --bench stats [-- CASES] [-- WORD]`; the word is `sqlite` or `postgres`, to measure only one. What others do
//! on the machine costs both sides; the fastest round is judged.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use fixpath::store::{Address, Store};
use rusqlite::{Connection, params};

#[path = "stats/desk.rs"]
mod desk;
#[path = "../tests/it/support/server.rs"]
#[allow(dead_code)]
mod server;
#[path = "stats/table.rs"]
mod table;

use desk::{Desk, EVENTS, STEPS, TREES};
use server::Server;

const ROUNDS: usize = 3;

fn main() {
    let mut numbers = std::env::args().filter_map(|word| word.parse().ok());
    let cases: u64 = numbers.next().unwrap_or(1_000_000);
    let wanted = |word: &str| {
        let mut words = std::env::args().filter(|word| matches!(&**word, "sqlite" | "postgres"));
        words.next().is_none_or(|only| only == word)
    };
    println!(
        "{cases} cases of {EVENTS} events in {TREES} trees of {STEPS} steps; {ROUNDS} interleaved rounds, the fastest of each"
    );
    if wanted("sqlite") {
        let file = sqlite_store(cases);
        let size = fs::metadata(&file).unwrap().len();
        println!("  SQLite: {:.2} GB", size as f64 / 1e9);
        measure_sqlite(&file);
    }
    if wanted("postgres")
        && let Some(server) = Server::start("bench-stats")
    {
        let database = server.database();
        table::fill(&server, &database, cases);
        measure_postgres(&server, &database);
    }
}

/// Seconds that it takes.
fn time<T>(work: impl FnOnce() -> T) -> f64 {
    let started = Instant::now();
    black_box(work());
    started.elapsed().as_secs_f64()
}

fn fastest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

/// The bare counts: how many rows there are, and how many by kind and place, as the simplest statistics would.
const COUNTS: [(&str, &str); 2] = [
    ("count(*)", "SELECT count(*), 0 FROM event WHERE at > 0"),
    (
        "group by",
        "SELECT count(*), max(n) FROM (SELECT kind, stands, count(*) n FROM event GROUP BY kind, stands) AS counted",
    ),
];

fn measure_sqlite(file: &Path) {
    let connection = Connection::open(file).unwrap();
    connection
        .execute_batch("PRAGMA mmap_size = 1073741824")
        .unwrap();
    let (mut bare, mut grouped, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = 0;
    for _ in 0..ROUNDS {
        for ((_, sql), times) in COUNTS.iter().zip([&mut bare, &mut grouped]) {
            times.push(time(|| {
                connection
                    .query_row(sql, [], |row| row.get::<_, i64>(0))
                    .unwrap()
            }));
        }
        let started = Instant::now();
        memory = memory.max(run_stats(&file.display().to_string()));
        ours.push(started.elapsed().as_secs_f64());
    }
    say("SQLite", &bare, &grouped, &ours, memory);
}

fn measure_postgres(server: &Server, database: &str) {
    let store = match server.address(database) {
        Address::Postgres(url) => url,
        Address::File(path) => panic!("{}", path.display()),
    };
    let (mut bare, mut grouped, mut ours) = (Vec::new(), Vec::new(), Vec::new());
    let mut memory = 0;
    for _ in 0..ROUNDS {
        for ((_, sql), times) in COUNTS.iter().zip([&mut bare, &mut grouped]) {
            let sql = format!("SET search_path = fixpath; {sql}");
            times.push(time(|| server.sql(database, &sql)));
        }
        let started = Instant::now();
        memory = memory.max(run_stats(&store));
        ours.push(started.elapsed().as_secs_f64());
    }
    say("PostgreSQL", &bare, &grouped, &ours, memory);
}

fn say(name: &str, bare: &[f64], grouped: &[f64], ours: &[f64], memory: u64) {
    let (bare, grouped, ours) = (fastest(bare), fastest(grouped), fastest(ours));
    println!(
        "  {name}: bare count {bare:.2} s, count by kind and place {grouped:.2} s, `fixpath stats` {ours:.2} s ({:.1} x and {:.1} x), {:.0} MB of its own at its peak",
        ours / bare,
        ours / grouped,
        memory as f64 / 1e6
    );
    assert!(
        ours <= (3.0 * bare).max(15.0),
        "at most 15 s or 3 x the bare count"
    );
}

/// Runs the program over a store; gives the most memory that it had of its own (without pages of the file), in bytes.
fn run_stats(store: &str) -> u64 {
    let mut child = Command::new(env!("CARGO_BIN_EXE_fixpath"))
        .args(["stats", "--format", "json", "--store", store])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut most = 0;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("RssAnon:"));
        let kilobytes =
            line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        most = most.max(kilobytes.unwrap_or_default() * 1024);
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success());
            return most;
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// The store, made if it is not there yet.
fn sqlite_store(cases: u64) -> PathBuf {
    let file = std::env::temp_dir().join(format!("fixpath-bench-stats-{cases}.db"));
    let done = file.with_extension("done");
    if done.exists() && file.exists() {
        return file;
    }
    let _ = fs::remove_file(&file);
    drop(Store::open(&Address::File(file.clone())).unwrap());
    let mut connection = Connection::open(&file).unwrap();
    connection
        .execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -200000;",
        )
        .unwrap();
    fill(&mut connection, cases);
    connection
        .execute_batch("PRAGMA journal_mode = WAL;")
        .unwrap();
    fs::write(done, "").unwrap();
    file
}

fn fill(connection: &mut Connection, cases: u64) {
    let transaction = connection.transaction().unwrap();
    transaction
        .execute(
            "INSERT INTO library (no, hash, form, kept_at) VALUES (1, 'none', x'', 0)",
            [],
        )
        .unwrap();
    for (at, (tree, step)) in desk::places().enumerate() {
        transaction
            .execute(
                "INSERT INTO place (no, tree, step) VALUES (?, ?, ?)",
                params![at as i64 + 1, tree, step],
            )
            .unwrap();
    }
    {
        let mut case = transaction
            .prepare("INSERT INTO cases (no, id, library, tree, audience, channel, status, outcome, confirmed, team, agent, started_at) VALUES (?, ?, 1, ?, 'agent', 'phone', ?, ?, ?, ?, 'agent 7', ?)")
            .unwrap();
        let mut event = transaction
            .prepare("INSERT INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body) VALUES (?, ?, ?, 60, ?, ?, ?, ?, ?, ?, ?)")
            .unwrap();
        let mut desk = Desk::new();
        for no in 1..=cases as i64 {
            let made = desk.case(no);
            case.execute(params![
                no,
                made.id,
                made.tree,
                made.status,
                made.outcome,
                made.confirmed,
                made.team,
                made.started_at
            ])
            .unwrap();
            for (at, row) in made.events.iter().enumerate() {
                event
                    .execute(params![
                        no,
                        at as i64 + 1,
                        row.at,
                        row.kind,
                        row.place,
                        row.reply,
                        row.stands,
                        row.shown,
                        row.passed,
                        row.body
                    ])
                    .unwrap();
            }
        }
    }
    transaction.commit().unwrap();
}
