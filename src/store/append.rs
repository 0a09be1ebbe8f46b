//! Adding to cases: each event is a row, `(case, seq)` is unique, so of two writers one wins. What goes with an event (the
//! case's status, what is to be sent out) is kept in the same transaction, or not at all.

use crate::session::Event;
use crate::stats::{Place, Recorded};

use super::case_id::CaseId;
use super::code::Redeemed;
use super::connection::{Connection, Dialect, Lock, Param};
use super::error::{Result, StoreError};
use super::head::Head;
use super::outbox::Outgoing;
use super::places::Places;
use super::worker::Desk;

/// An event with what is recorded of it.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) event: Event,
    pub(super) recorded: Recorded,
    /// The event's text, without its number and moment.
    pub(super) body: String,
}

/// What is to be added to a case.
#[derive(Debug, Clone)]
pub(super) struct Append {
    pub(super) case: i64,
    /// Its name: numbers mean nothing in a store that was put in this one's place.
    pub(super) id: CaseId,
    /// Who writes: a random number, so that of two who do the same at the same moment one is told.
    pub(super) writer: i64,
    /// The version of the library that the writer walks.
    pub(super) library: i64,
    /// In order, without a gap.
    pub(super) entries: Vec<Entry>,
    /// The case's status, where it has changed.
    pub(super) head: Option<Head>,
    pub(super) outgoing: Vec<Outgoing>,
    /// The code by which the case is taken over with it.
    pub(super) redeemed: Option<Redeemed>,
}

impl Append {
    /// One event that is not the first, and nothing with it, as nearly always.
    fn is_plain(&self) -> bool {
        matches!(self.entries.as_slice(), [entry] if entry.event.seq > 1)
            && self.head.is_none()
            && self.outgoing.is_empty()
            && self.redeemed.is_none()
    }
}

impl Entry {
    pub(super) fn new(event: Event, recorded: Recorded) -> Result<Self> {
        let body = serde_json::to_string(&event.what).map_err(|why| StoreError::Unavailable {
            place: String::new(),
            why: format!("cannot keep this event: {why}"),
            lost: false,
        })?;
        Ok(Self {
            event,
            recorded,
            body,
        })
    }

    pub(super) fn places(&self) -> impl Iterator<Item = &Place> {
        let ends = self.recorded.place.iter().chain([&self.recorded.stands]);
        ends.chain(&self.recorded.passed)
    }
}

/// Whoever inserts an event must know the version that the case is pinned to and the event before, and the case must not be
/// erased.
const INSERT: &str = "
INSERT INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12 FROM cases
WHERE no = $1 AND id = $13 AND library = $14 AND erased_at IS NULL
AND ($2 = 1 OR EXISTS (SELECT 1 FROM event WHERE case_no = $1 AND seq = $2 - 1))
ON CONFLICT DO NOTHING";

/// The same for SQLite, which would put each row aside first because the table is read, too: a case that is not as it must
/// be has no number, and a row without one is left out like one that is there.
const INSERT_SQLITE: &str = "
INSERT OR IGNORE INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer)
VALUES ((
    SELECT no FROM cases WHERE no = ?1 AND id = ?13 AND library = ?14 AND erased_at IS NULL
    AND (?2 = 1 OR EXISTS (SELECT 1 FROM event WHERE case_no = ?1 AND seq = ?2 - 1))
), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";

/// The same for one row that is a transaction of its own, in PostgreSQL. It locks no case, for that costs a third as much
/// as the row itself: it looks at the table that [`Lock::Whole`] locks, so it waits for whoever holds that, and looks at the
/// case only then. Where the event is there already it fails.
const ADD_ONE: &str = "
INSERT INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
WHERE EXISTS (SELECT FROM fixpath.version)
AND (SELECT true FROM cases WHERE no = $1 AND id = $13 AND library = $14 AND erased_at IS NULL)
AND (SELECT true FROM event WHERE case_no = $1 AND seq = $2 - 1)";

/// The same for many rows in one statement, for PostgreSQL spends more on a statement than on a row. What is looked up is
/// written so that no plan can make a join of it: a look into an index for each row is the best there is, however large
/// the tables are.
const ADD_ALL: &str = "
INSERT INTO event (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer)
SELECT g.case_no, g.seq, g.at, g.zone, g.kind, g.place, g.reply, g.stands, g.shown, g.passed, g.body, g.writer
FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::bigint[],
    $9::bigint[], $10::text[], $11::text[], $12::bigint[], $13::text[], $14::bigint[])
AS g (case_no, seq, at, zone, kind, place, reply, stands, shown, passed, body, writer, id, library)
WHERE EXISTS (SELECT FROM fixpath.version)
AND (SELECT true FROM cases c WHERE c.no = g.case_no AND c.id = g.id AND c.library = g.library AND c.erased_at IS NULL)
AND (SELECT true FROM event e WHERE e.case_no = g.case_no AND e.seq = g.seq - 1)";

/// Keeps all of them in one commit, and says for each whether it was kept. They must be given in the order of their cases,
/// so that two who write the same never wait for each other.
///
/// # Errors
/// None of them is kept; after a lost connection nobody knows, and the same appends may be tried again.
pub(super) fn keep(desk: &mut Desk, appends: &[Box<Append>]) -> Result<Vec<Result<()>>> {
    let Desk { connection, places } = desk;
    let connection = connection.as_mut();
    let all = appends.iter().flat_map(|append| &append.entries);
    places.learn(connection, all.flat_map(Entry::places))?;
    let is_plain = || appends.iter().all(|append| append.is_plain());
    if connection.dialect() == Dialect::Postgres
        && is_plain()
        && write_plain(connection, places, appends)?
    {
        return Ok(appends.iter().map(|_| Ok(())).collect());
    }
    connection.transaction(|connection| write(connection, places, appends))
}

/// One event each and nothing with it: one statement, which is a transaction of its own. Says whether that was all; if not
/// (somebody else was quicker, most likely), a look at each of them is needed, and those kept already are found.
fn write_plain(
    connection: &mut dyn Connection,
    places: &Places,
    appends: &[Box<Append>],
) -> Result<bool> {
    let added = insert(appends, places, |rows| match rows.as_slice() {
        [row] => connection.execute_alone(ADD_ONE, row),
        _ => connection.execute_over(ADD_ALL, &rows),
    });
    match added {
        Ok(added) => Ok(added == appends.len() as u64),
        Err(why) if why.is_lost() => Err(why),
        Err(_) => Ok(false),
    }
}

/// Writes them within a transaction, and says for each whether it is in it. Their places must have been learnt.
pub(super) fn write(
    connection: &mut dyn Connection,
    places: &Places,
    appends: &[Box<Append>],
) -> Result<Vec<Result<()>>> {
    lock(connection, appends)?;
    let statement = match connection.dialect() {
        Dialect::Sqlite => INSERT_SQLITE,
        Dialect::Postgres => INSERT,
    };
    let inserted = insert(appends, places, |rows| {
        connection.execute_each(statement, &rows)
    })?;
    let mut inserted = inserted.into_iter();
    let mut said = Vec::with_capacity(appends.len());
    for append in appends {
        let own: Vec<u64> = inserted.by_ref().take(append.entries.len()).collect();
        said.push(settle(connection, append, &own)?);
    }
    Ok(said)
}

/// In one order, so that two never wait for each other.
fn lock(connection: &mut dyn Connection, appends: &[Box<Append>]) -> Result<()> {
    let mut cases: Vec<i64> = appends.iter().map(|append| append.case).collect();
    cases.sort_unstable();
    cases.dedup();
    connection.lock(Lock::Cases(&cases))
}

fn insert<T>(
    appends: &[Box<Append>],
    places: &Places,
    execute: impl FnOnce(Vec<Vec<Param<'_>>>) -> Result<T>,
) -> Result<T> {
    let entries = || {
        appends
            .iter()
            .flat_map(|append| append.entries.iter().map(move |entry| (append, entry)))
    };
    let passed: Vec<Option<String>> = entries().map(|(_, entry)| passed(places, entry)).collect();
    let rows: Vec<Vec<Param<'_>>> = entries()
        .zip(&passed)
        .map(|((append, entry), passed)| row(places, append, entry, passed.as_deref()))
        .collect();
    execute(rows)
}

fn row<'a>(
    places: &Places,
    append: &'a Append,
    entry: &'a Entry,
    passed: Option<&'a str>,
) -> Vec<Param<'a>> {
    let recorded = &entry.recorded;
    let place = recorded.place.as_ref().and_then(|place| places.get(place));
    vec![
        Param::Int(append.case),
        Param::Int(seq(&entry.event)),
        Param::Int(entry.event.at.milliseconds()),
        Param::Int(entry.event.at.offset().into()),
        Param::Int(recorded.kind as i64),
        Param::int(place),
        Param::text(recorded.reply.as_deref()),
        Param::int(places.get(&recorded.stands)),
        Param::Int(recorded.shown as i64),
        Param::text(passed),
        Param::Text(&entry.body),
        Param::Int(append.writer),
        Param::Text(append.id.as_str()),
        Param::Int(append.library),
    ]
}

/// The numbers of the places passed silently, with spaces between them.
fn passed(places: &Places, entry: &Entry) -> Option<String> {
    let passed = &entry.recorded.passed;
    let numbers = passed.iter().filter_map(|place| places.get(place));
    let text: Vec<String> = numbers.map(|number| number.to_string()).collect();
    (!text.is_empty()).then(|| text.join(" "))
}

/// Looks what came of an append, and keeps what goes with it if it was this one that was kept.
fn settle(
    connection: &mut dyn Connection,
    append: &Append,
    inserted: &[u64],
) -> Result<Result<()>> {
    for (entry, changed) in append.entries.iter().zip(inserted) {
        if *changed == 0
            && let Some(why) = refusal(connection, append, entry)?
        {
            take_back(connection, append, inserted)?;
            return Ok(Err(why));
        }
    }
    // What was kept before was kept with all that goes with it, and others may have gone on since.
    if !inserted.is_empty() && inserted.iter().all(|changed| *changed == 0) {
        return Ok(Ok(()));
    }
    if let Some(code) = &append.redeemed
        && !code.write(connection, append.case)?
    {
        take_back(connection, append, inserted)?;
        return Ok(Err(StoreError::NoSuchCode));
    }
    if let Some(head) = &append.head {
        head.write(connection, append.case)?;
    }
    for outgoing in &append.outgoing {
        outgoing.write(connection, append.case)?;
    }
    Ok(Ok(()))
}

/// Of several events none is kept if one is refused.
fn take_back(connection: &mut dyn Connection, append: &Append, inserted: &[u64]) -> Result<()> {
    for (entry, changed) in append.entries.iter().zip(inserted) {
        if *changed > 0 {
            let key = [Param::Int(append.case), Param::Int(seq(&entry.event))];
            connection.execute("DELETE FROM event WHERE case_no = $1 AND seq = $2", &key)?;
        }
    }
    Ok(())
}

/// Why an event was not inserted; `None` if the very same stands there: it was kept before, and the answer got lost.
fn refusal(
    connection: &mut dyn Connection,
    append: &Append,
    entry: &Entry,
) -> Result<Option<StoreError>> {
    let case = "SELECT id, library, erased_at FROM cases WHERE no = $1";
    let found = connection.first(case, &[Param::Int(append.case)], |row| {
        let is_it = row.text(0) == Some(append.id.as_str());
        (is_it, row.int(1), row.int(2).is_some())
    })?;
    let moved = Some(StoreError::Moved {
        seq: entry.event.seq,
    });
    match found {
        None | Some((false, ..)) => return Ok(Some(StoreError::NoSuchCase(append.id.to_string()))),
        Some((_, _, true)) => return Ok(Some(StoreError::Erased(append.id.to_string()))),
        Some((_, library, _)) if library != Some(append.library) => return Ok(moved),
        Some(_) => {}
    }
    let there = "SELECT at, body, writer FROM event WHERE case_no = $1 AND seq = $2";
    let key = [Param::Int(append.case), Param::Int(seq(&entry.event))];
    let is_same = connection.first(there, &key, |row| {
        row.int(0) == Some(entry.event.at.milliseconds())
            && row.text(1) == Some(entry.body.as_str())
            && row.int(2) == Some(append.writer)
    })?;
    Ok(match is_same {
        Some(true) => None,
        Some(false) => moved,
        // The events before are missing: the store is an older copy of itself.
        None => Some(StoreError::NoSuchCase(append.id.to_string())),
    })
}

fn seq(event: &Event) -> i64 {
    i64::try_from(event.seq).unwrap_or(i64::MAX)
}
