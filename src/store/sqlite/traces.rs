//! What is left of erased words in the files, and how it goes. SQLite overwrites what is deleted, but not the copies that
//! stay in the unused part of a page when rows are moved to another: only where all pages are written anew none is left. Old
//! pages stand in the log, too, until it is cut.

use std::thread;
use std::time::{Duration, Instant};

use rusqlite::Connection;

/// Whoever cuts the log keeps all others from writing while he waits, so he waits for so long only, and lets them write.
const HOLD: Duration = Duration::from_millis(50);
const REST: Duration = Duration::from_millis(50);

/// Says among the settings that the log is still to be cut.
const MARK: &str = "log-to-cut";

/// Writes all pages anew, and cuts the log, for which one waits so long for those who read what is in it. Says whether it
/// could be cut; if not, it is marked so.
pub(super) fn remove(connection: &mut Connection, patience: Duration) -> rusqlite::Result<bool> {
    connection.execute_batch("VACUUM")?;
    let began = Instant::now();
    loop {
        if cut(connection, HOLD)? {
            unmark(connection)?;
            return Ok(true);
        }
        if began.elapsed() >= patience {
            break;
        }
        thread::sleep(REST);
    }
    let mark = "INSERT OR IGNORE INTO setting (name, value) VALUES (?1, x'')";
    connection.execute(mark, [MARK])?;
    Ok(false)
}

/// Cuts the log if somebody could not, and nobody is in the way now.
pub(super) fn remove_rest(connection: &mut Connection) -> rusqlite::Result<()> {
    let find = "SELECT EXISTS (SELECT 1 FROM setting WHERE name = ?1)";
    let is_marked: bool = connection.query_row(find, [MARK], |row| row.get(0))?;
    if is_marked && cut(connection, Duration::ZERO)? {
        unmark(connection)?;
    }
    Ok(())
}

fn unmark(connection: &mut Connection) -> rusqlite::Result<()> {
    let unmark = "DELETE FROM setting WHERE name = ?1";
    connection.execute(unmark, [MARK]).map(drop)
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
        let make = "CREATE TABLE setting (name TEXT, value BLOB); CREATE TABLE said (words TEXT); INSERT INTO said VALUES ('finch');";
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
}
