//! What is erased is gone, and what was counted stays. The same on both stores; on SQLite the words are in no file, either.

use std::fs;
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use fixpath::session::Started;
use fixpath::store::{Keeper, Outgoing, Store, StoreError};
use fixpath::tree::{Audience, Channel};

use crate::on_both;
use crate::support::{Place, Server, begin, begin_with, endless, minute, say};

on_both!(
    erasing_takes_the_words_and_keeps_the_counts,
    purging_takes_what_is_quiet_for_long,
    nothing_stays_behind_where_rows_were_moved,
    nothing_is_said_in_a_case_while_it_is_erased,
);

const WORDS: &str = "Zebrafinch";

/// A case with those words in every place where words can be; so long that they stand on many pages.
fn talkative(store: &Store, at: u64) -> Keeper {
    let library = endless();
    let mut started = Started::new("example", Audience::Agent, Channel::Phone);
    started.library = Some(library.hash().clone());
    started.ticket = Some(format!("{WORDS} ticket").into());
    started.words = Some(format!("{WORDS} words").into());
    started.by = Some(format!("{WORDS} by").into());
    let mut session = begin_with(&library, started);
    let agent = format!("{WORDS} agent");
    let mut keeper = Keeper::begin(store, &session, Some(agent.into())).unwrap();
    for length in [1, 10, 100, 1_000, 3_000] {
        say(&mut session, "yes");
        let long = WORDS.repeat(length);
        session.note(&long, minute(at)).unwrap();
        let outgoing = Outgoing {
            id: format!("{}-{length}", keeper.id()),
            hook: "desk".to_owned(),
            url: "https://example.org/".to_owned(),
            body: format!("{WORDS} body"),
            content_type: "application/json".to_owned(),
            made_at: 0,
        };
        keeper.keep(&session, vec![outgoing]).unwrap();
        keeper.add_feedback(&session, &long, minute(at)).unwrap();
    }
    keeper
}

/// How often the words stand in the store's files.
fn in_files(place: &Place) -> usize {
    let Some(path) = place.address().file() else {
        return 0;
    };
    let folder = fs::read_dir(path.parent().unwrap()).unwrap();
    let files = folder.map(|entry| // A log may just have been removed.
 fs::read(entry.unwrap().path()).unwrap_or_default());
    files
        .map(|bytes: Vec<u8>| {
            let words = bytes.windows(WORDS.len());
            words.filter(|part| *part == WORDS.as_bytes()).count()
        })
        .sum()
}

/// How often they stand in rows.
fn in_rows(place: &Place) -> u64 {
    let columns = [
        ("event", "body"),
        ("cases", "ticket"),
        ("cases", "agent"),
        ("feedback", "words"),
        ("feedback", "agent"),
        ("outbox", "body"),
    ];
    let count = |(table, column): &(&str, &str)| {
        let sql = format!("SELECT count(*) FROM {table} WHERE {column} LIKE '%{WORDS}%'");
        place.sql(&sql).parse::<u64>().unwrap()
    };
    columns.iter().map(count).sum()
}

fn erasing_takes_the_words_and_keeps_the_counts(place: &Place) {
    let store = place.open();
    let counted = "SELECT count(*) || ' ' || count(kind) || ' ' || count(place) || ' ' || count(reply) || ' ' || sum(at) FROM event";
    let mut keepers: Vec<Keeper> = (0..5).map(|_| talkative(&store, 9)).collect();
    let before = place.sql(counted);
    assert!(in_rows(place) > 20);
    for keeper in &keepers {
        store
            .erase(&store.case(keeper.id().as_str()).unwrap())
            .unwrap();
    }
    assert_eq!(in_rows(place), 0);
    assert_eq!(in_files(place), 0);
    assert_eq!(place.sql(counted), before);
    let mut keeper = keepers.pop().unwrap();
    let case = store.case(keeper.id().as_str()).unwrap();
    assert!(case.is_erased);
    let id = keeper.id().to_string();
    let erased = || StoreError::Erased(id.clone());
    assert_eq!(store.events(&case, 0), Err(erased()));
    assert_eq!(
        Keeper::open(&store, &id, &endless(), None).unwrap_err(),
        erased()
    );
    // Whoever walks it still is told.
    let mut session = begin(&endless(), "example");
    (2..=case.seq + 1).for_each(|_| say(&mut session, "yes"));
    assert_eq!(keeper.keep(&session, Vec::new()), Err(erased()));
    assert_eq!(
        keeper.add_feedback(&session, WORDS, minute(10)),
        Err(erased())
    );
    store.erase(&case).unwrap();
    assert_eq!((in_rows(place), in_files(place)), (0, 0));
}

fn purging_takes_what_is_quiet_for_long(place: &Place) {
    let store = place.open();
    let library = endless();
    for _ in 0..450 {
        Keeper::begin(&store, &begin(&library, "example"), None).unwrap();
    }
    let busy = talkative(&store, 1_000);
    assert_eq!(store.purge(minute(500).milliseconds()), Ok(450));
    assert_eq!(store.purge(minute(500).milliseconds()), Ok(0));
    assert_eq!(
        place.sql("SELECT count(*) FROM event WHERE body IS NULL"),
        "450"
    );
    assert!(Keeper::open(&store, busy.id().as_str(), &library, None).is_ok());
    assert_eq!(store.purge(minute(1_001).milliseconds()), Ok(1));
    assert_eq!((in_rows(place), in_files(place)), (0, 0));
    assert_eq!(
        place.sql("SELECT count(*) FROM library WHERE length(form) > 0"),
        "0"
    );
}

/// Rows of many cases that grow at once are moved from page to page again and again, and leave copies behind.
fn grown(store: &Store) -> Keeper {
    let library = endless();
    let mut cases: Vec<_> = (0..40)
        .map(|_| {
            let session = begin(&library, "example");
            let keeper = Keeper::begin(store, &session, None).unwrap();
            (session, keeper)
        })
        .collect();
    let mut mixed = 1_u32;
    for _ in 0..8 {
        for (session, keeper) in &mut cases {
            for _ in 0..5 {
                mixed = mixed.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                let long = WORDS.repeat(1 + (mixed >> 16) as usize % 40);
                session.note(&long, minute(1)).unwrap();
            }
            keeper.keep(session, Vec::new()).unwrap();
        }
    }
    cases.pop().unwrap().1
}

fn nothing_stays_behind_where_rows_were_moved(place: &Place) {
    let store = place.open();
    let last = grown(&store);
    store.purge(minute(1_000).milliseconds()).unwrap();
    assert_eq!((in_rows(place), in_files(place)), (0, 0));
    assert!(store.case(last.id().as_str()).unwrap().is_erased);
}

/// Killed when the words are erased and the file is not written anew yet: the next who opens it does that.
#[test]
fn an_erasure_that_was_killed_is_finished_by_the_next_who_opens() {
    for _ in 0..20 {
        let place = Place::sqlite();
        drop(grown(&place.open()));
        // To write so much anew takes a while.
        place.run("INSERT INTO setting (name, value) VALUES ('filler', randomblob(30000000))");
        let path = place.address().file().unwrap();
        let mut purge = Command::new(env!("CARGO_BIN_EXE_fixpath"))
            .args(["cases", "purge", "--older-than", "1d", "--store"])
            .arg(path)
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        // It stays open, so that nobody cuts the log by leaving.
        let watcher = rusqlite::Connection::open(path).unwrap();
        let find = |what: &str| -> bool {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM {what})");
            watcher.query_row(&sql, (), |row| row.get(0)).unwrap()
        };
        while !find("cases WHERE erased_at IS NOT NULL") {}
        purge.kill().unwrap();
        purge.wait().unwrap();
        if !find("setting WHERE name = 'pages-to-write-anew'") {
            // It was quicker.
            continue;
        }
        assert_eq!(in_rows(&place), 0);
        assert!(in_files(&place) > 0);
        drop(place.open());
        assert_eq!(in_files(&place), 0);
        assert!(!find("setting WHERE name LIKE '%-to-%'"), "all is done");
        return;
    }
    panic!("it was never killed in between");
}

fn nothing_is_said_in_a_case_while_it_is_erased(place: &Place) {
    let library = endless();
    for _ in 0..20 {
        let (store, other) = (place.open(), place.open());
        let mut session = begin(&library, "example");
        let mut keeper = Keeper::begin(&store, &session, None).unwrap();
        let case = other.case(keeper.id().as_str()).unwrap();
        let (barrier, is_over) = (Barrier::new(2), AtomicBool::new(false));
        thread::scope(|scope| {
            scope.spawn(|| {
                barrier.wait();
                loop {
                    session.note(WORDS, minute(1)).unwrap();
                    let was_over = is_over.load(Ordering::SeqCst);
                    match keeper.keep(&session, Vec::new()) {
                        Ok(_) => assert!(!was_over, "kept after the case was erased"),
                        Err(StoreError::Erased(_)) => break,
                        Err(why) => panic!("{why}"),
                    }
                }
            });
            barrier.wait();
            let erased = other.erase(&case);
            is_over.store(true, Ordering::SeqCst);
            erased.unwrap();
        });
    }
    // Where others write for longer than it waits, the log is cut by whoever cleans up next.
    place.open().purge(0).unwrap();
    assert_eq!((in_rows(place), in_files(place)), (0, 0));
}

/// A plain answer locks no case on PostgreSQL; still it waits for whoever erases one, and sees what became of it.
#[test]
fn an_answer_that_waits_for_an_erasure_is_told_of_it() {
    let Some(server) = Server::shared() else {
        return;
    };
    let database = server.database();
    let address = server.address(&database);
    let (store, other) = (
        Store::open(&address).unwrap(),
        Store::open(&address).unwrap(),
    );
    let mut session = begin(&endless(), "example");
    let mut keeper = Keeper::begin(&store, &session, None).unwrap();
    keeper.add_feedback(&session, WORDS, minute(1)).unwrap();
    say(&mut session, "yes");
    keeper.keep(&session, Vec::new()).unwrap();
    let case = other.case(keeper.id().as_str()).unwrap();
    say(&mut session, "yes");
    let waiting = || {
        let sql = "SELECT count(DISTINCT l.pid) FROM pg_locks l JOIN pg_stat_activity a USING (pid) WHERE NOT l.granted AND a.datname = current_database()";
        server.sql(&database, sql)
    };
    // The erasure comes to a stand in its middle.
    let mut holder = server.hold(&database, "SELECT FROM fixpath.feedback FOR UPDATE");
    thread::scope(|scope| {
        let erasure = scope.spawn(|| other.erase(&case));
        while waiting() != "1" {
            assert!(!erasure.is_finished());
        }
        let answer = scope.spawn(|| keeper.keep(&session, Vec::new()));
        while waiting() != "2" {
            assert!(!answer.is_finished(), "an answer got past an erasure");
        }
        drop(holder.stdin.take());
        erasure.join().unwrap().unwrap();
        let said = answer.join().unwrap();
        assert!(matches!(said, Err(StoreError::Erased(_))), "{said:?}");
    });
    holder.wait().unwrap();
}
