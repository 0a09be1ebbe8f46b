//! The same rows in the tables of a PostgreSQL server: copied in through a pipe, indexed afterwards.

use std::fs::{self, OpenOptions};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;
use std::thread;

use fixpath::store::Store;

use crate::desk::{self, Case, Desk};
use crate::server::Server;

/// Fills a new database.
pub fn fill(server: &Server, database: &str, cases: u64) {
    drop(Store::open(&server.address(database)).unwrap());
    let sql = |sql: &str| server.sql(database, &format!("SET search_path = fixpath; {sql}"));
    sql(
        "INSERT INTO library (no, hash, form, kept_at) OVERRIDING SYSTEM VALUE VALUES (1, 'none', '', 0)",
    );
    sql("ALTER TABLE event DROP CONSTRAINT event_pkey");
    copy(&sql, "place (no, tree, step)", |out| {
        for (at, (tree, step)) in desk::places().enumerate() {
            writeln!(out, "{}\t{tree}\t{step}", at + 1).unwrap();
        }
    });
    let mut desk = Desk::new();
    let columns = "event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body)";
    copy(&sql, columns, |out| {
        for no in 1..=cases as i64 {
            events(out, no, &desk.case(no));
        }
    });
    let mut desk = Desk::new();
    let columns = "cases (no, id, library, tree, audience, channel, status, outcome, confirmed, team, agent, started_at)";
    copy(&sql, columns, |out| {
        for no in 1..=cases as i64 {
            let Case {
                id,
                tree,
                status,
                started_at,
                ..
            } = &desk.case(no);
            writeln!(
                out,
                "{no}\t{id}\t1\t{tree}\tagent\tphone\t{status}\t\\N\t\\N\t\\N\tagent 7\t{started_at}"
            )
            .unwrap();
        }
    });
    sql("ALTER TABLE event ADD PRIMARY KEY (case_no, seq)");
    server.sql(database, "VACUUM ANALYZE");
}

fn events(out: &mut dyn std::io::Write, no: i64, case: &Case) {
    for (at, row) in case.events.iter().enumerate() {
        let place = row
            .place
            .map_or("\\N".to_owned(), |place| place.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "\\N".to_owned());
        writeln!(
            out,
            "{no}\t{}\t{}\t60\t{}\t{place}\t{}\t{}\t{}\t{}\t{}",
            at + 1,
            row.at,
            row.kind,
            text(&row.reply),
            row.stands,
            row.shown,
            text(&row.passed),
            row.body
        )
        .unwrap();
    }
}

/// Copies lines into a table while they are written.
fn copy(
    sql: &(dyn Fn(&str) -> String + Sync),
    into: &str,
    write: impl FnOnce(&mut BufWriter<fs::File>),
) {
    let pipe = std::env::temp_dir().join(format!("fixpath-bench-{}.pipe", std::process::id()));
    let made = Command::new("mkfifo")
        .args(["-m", "666"])
        .arg(&pipe)
        .status();
    assert!(made.unwrap().success());
    thread::scope(|scope| {
        let copy = format!("COPY {into} FROM '{}'", Path::new(&pipe).display());
        let copying = scope.spawn(move || sql(&copy));
        let mut out = BufWriter::new(OpenOptions::new().write(true).open(&pipe).unwrap());
        write(&mut out);
        out.flush().unwrap();
        drop(out);
        copying.join().unwrap();
    });
    fs::remove_file(pipe).unwrap();
}
