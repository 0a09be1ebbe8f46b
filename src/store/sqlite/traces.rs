//! What is left of erased words in the files, and how it goes. SQLite overwrites what is deleted, but not the copies that
//! stay in the unused part of a page when rows are moved to another: only where all pages are written anew none is left. Old
//! pages stand in the log, too, until it is cut.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::{Connection, OptionalExtension as _};

use super::explain::is_busy;

/// Whoever cuts the log keeps all others from writing while he waits, so he waits for so long only, and lets them write.
const HOLD: Duration = Duration::from_millis(50);
const REST: Duration = Duration::from_millis(50);

/// Whoever opens a store waits no longer than that for those who write, before he leaves to the next what is left to do.
const GLANCE: Duration = Duration::from_millis(500);

/// Says among the settings that the log is still to be cut.
const CUT: &str = "log-to-cut";

/// Says among the settings that all pages are still to be written anew; its value is another one for each that says so.
const REWRITE: &str = "pages-to-write-anew";

/// Among the settings: when whoever opened the store could not write them, for want of room.
const FAILED: &str = "pages-not-written-anew";

/// After that it is tried again by whoever opens the store, in seconds: it takes its time, and may fail again.
const AGAIN: i64 = 60 * 60;

/// Notes, within the transaction that erases something, that all pages are to be written anew.
pub(super) fn expect(connection: &Connection) -> rusqlite::Result<()> {
    let mark = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, randomblob(8))";
    connection.execute(mark, [REWRITE]).map(drop)
}

/// Writes all pages anew, and cuts the log, for which one waits so long for those who read what is in it. Says whether it
/// could be cut; if not, it is marked so.
pub(super) fn remove(connection: &mut Connection, patience: Duration) -> rusqlite::Result<bool> {
    rewrite(connection)?;
    let began = Instant::now();
    loop {
        if cut(connection, HOLD)? {
            unmark(connection, CUT)?;
            return Ok(true);
        }
        if began.elapsed() >= patience {
            return Ok(false);
        }
        thread::sleep(REST);
    }
}

/// Writes all pages anew if whoever erased something was ended before he could, and cuts the log if somebody could not; where
/// nobody is in the way now.
pub(super) fn remove_rest(connection: &mut Connection) -> rusqlite::Result<()> {
    if is_marked(connection, REWRITE)? && !has_failed(connection)? {
        super::wait_for_others(connection, GLANCE)?;
        let done = rewrite(connection);
        super::wait_for_others(connection, super::PATIENCE)?;
        match done {
            // He may still be about it.
            Err(why) if is_busy(&why) => return Ok(()),
            Err(why) => {
                let note = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, CAST(unixepoch() AS BLOB))";
                connection.execute(note, [FAILED])?;
                return Err(why);
            }
            Ok(()) => {}
        }
    }
    if is_marked(connection, CUT)? && cut(connection, Duration::ZERO)? {
        unmark(connection, CUT)?;
    }
    Ok(())
}

/// What was erased by somebody else meanwhile has set a mark of its own, which stays.
fn rewrite(connection: &mut Connection) -> rusqlite::Result<()> {
    let find = "SELECT value FROM setting WHERE name = ?1";
    let mark: Option<Vec<u8>> = connection
        .query_row(find, [REWRITE], |row| row.get(0))
        .optional()?;
    connection.execute_batch("VACUUM")?;
    let transaction = connection.transaction()?;
    let set = "INSERT OR IGNORE INTO setting (name, value) VALUES (?1, x'')";
    transaction.execute(set, [CUT])?;
    let clear = "DELETE FROM setting WHERE (name = ?1 AND value = ?2) OR name = ?3";
    transaction.execute(clear, (REWRITE, mark, FAILED))?;
    transaction.commit()
}

fn is_marked(connection: &Connection, mark: &str) -> rusqlite::Result<bool> {
    let find = "SELECT EXISTS (SELECT 1 FROM setting WHERE name = ?1)";
    connection.query_row(find, [mark], |row| row.get(0))
}

/// Whether somebody has tried it in vain not long ago.
fn has_failed(connection: &Connection) -> rusqlite::Result<bool> {
    let find = "SELECT EXISTS (SELECT 1 FROM setting WHERE name = ?1 AND CAST(CAST(value AS TEXT) AS INTEGER) > unixepoch() - ?2)";
    connection.query_row(find, (FAILED, AGAIN), |row| row.get(0))
}

fn unmark(connection: &mut Connection, mark: &str) -> rusqlite::Result<()> {
    let unmark = "DELETE FROM setting WHERE name = ?1";
    connection.execute(unmark, [mark]).map(drop)
}

/// Says whether it did: others who write or read just then are no error to SQLite.
fn cut(connection: &mut Connection, patience: Duration) -> rusqlite::Result<bool> {
    super::wait_for_others(connection, patience)?;
    let cut = "PRAGMA wal_checkpoint(TRUNCATE)";
    let done = connection.query_row(cut, (), |row| row.get::<_, i64>(0));
    super::wait_for_others(connection, super::PATIENCE)?;
    done.map(|was_busy| was_busy == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file with its log in a folder of its own, and how often a word stands in both.
    fn count(folder: &std::path::Path) -> usize {
        let files = std::fs::read_dir(folder).unwrap();
        let bytes = files.flat_map(|file| std::fs::read(file.unwrap().path()).unwrap());
        let bytes: Vec<u8> = bytes.collect();
        bytes.windows(5).filter(|part| part == b"finch").count()
    }

    #[test]
    fn what_somebody_still_reads_goes_when_he_has_done() {
        let name = format!("fixpath-traces-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let open = || {
            let path = folder.join("store.db");
            super::super::Sqlite::open(&path).unwrap().connection
        };
        let (mut writer, reader) = (open(), open());
        let make = "CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB); CREATE TABLE said (words TEXT); INSERT INTO said VALUES ('finch');";
        writer.execute_batch(make).unwrap();
        reader.execute_batch("BEGIN; SELECT * FROM said;").unwrap();
        writer.execute_batch("DELETE FROM said").unwrap();
        assert!(!remove(&mut writer, Duration::ZERO).unwrap());
        remove_rest(&mut open()).unwrap();
        let read = "SELECT words FROM said";
        let seen: String = reader.query_row(read, (), |row| row.get(0)).unwrap();
        assert_eq!((seen.as_str(), count(&folder) > 0), ("finch", true));
        reader.execute_batch("COMMIT").unwrap();
        remove_rest(&mut open()).unwrap();
        assert_eq!(count(&folder), 0);
        assert!(remove(&mut writer, Duration::ZERO).unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_is_erased_while_pages_are_written_is_written_again() {
        let name = format!("fixpath-traces-mark-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        let _ = std::fs::remove_dir_all(&folder);
        let open = || {
            let path = folder.join("store.db");
            super::super::Sqlite::open(&path).unwrap().connection
        };
        let (mut one, two) = (open(), open());
        one.execute_batch("CREATE TABLE setting (name TEXT PRIMARY KEY, value BLOB)")
            .unwrap();
        let is_expected = || is_marked(&two, REWRITE).unwrap();
        expect(&one).unwrap();
        assert!(is_expected());
        remove_rest(&mut one).unwrap();
        assert!(!is_expected());
        // Another is about to write: he is not waited for, and it stays to be done.
        expect(&one).unwrap();
        two.execute_batch("BEGIN IMMEDIATE").unwrap();
        remove_rest(&mut one).unwrap();
        assert!(is_expected() && !has_failed(&one).unwrap());
        // What he erases is another thing to be done.
        expect(&two).unwrap();
        two.execute_batch("COMMIT").unwrap();
        // Where it failed it is not tried again at once, but by whoever erases something.
        let note = "INSERT INTO setting (name, value) VALUES (?1, CAST(unixepoch() AS BLOB))";
        one.execute(note, [FAILED]).unwrap();
        remove_rest(&mut one).unwrap();
        assert!(is_expected());
        assert!(remove(&mut one, Duration::ZERO).unwrap());
        assert!(!is_expected() && !has_failed(&one).unwrap());
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
