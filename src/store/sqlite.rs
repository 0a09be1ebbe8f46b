//! The store in a file: SQLite with a write-ahead log. A commit is on the disk before it says so.

mod explain;
mod file;
mod traces;

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql, params_from_iter};

use super::connection::{Connection, Dialect, Each, Param, Row, storable};
use super::error::{Result, StoreError};
use explain::{explain, is_busy};
use file::{FileId, file_id, make_folder, make_private, make_sure};

/// How long another process may hold the file before one gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long one waits before one looks again whether it was let go. SQLite itself would look more and more seldom, and
/// come to nothing beside one who writes all the time and lets go in between for microseconds only.
const GLANCE: Duration = Duration::from_millis(1);

/// The same where SQLite does not wait itself.
const PAUSE: Duration = Duration::from_millis(5);

/// Who writes for so long without a pause makes one, so that others get their turn.
const TURN: Duration = Duration::from_millis(250);
const WAY: Duration = Duration::from_millis(5);

/// Says in the file whose it is ("FIXP").
const APPLICATION: i64 = 0x4649_5850;

/// Statements kept ready.
const STATEMENTS: usize = 64;

/// A connection to a file.
#[derive(Debug)]
pub struct Sqlite {
    connection: rusqlite::Connection,
    path: PathBuf,
    /// Which file it was when it was opened.
    file: Option<FileId>,
    /// Since when it has written without a pause, and when it did last.
    writing: (Instant, Instant),
}

impl Sqlite {
    /// Opens the file, makes it where there is none, and its folders.
    ///
    /// # Errors
    /// It cannot be opened or made, or is no store.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            make_folder(folder).map_err(|why| StoreError::Unavailable {
                place: path.display().to_string(),
                why: format!(
                    "cannot be made: {}: {why}; choose another place with --store",
                    folder.display()
                ),
                lost: true,
            })?;
            if make_private(path) {
                make_sure(folder);
            }
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags)
            .map_err(|why| explain(path, &why))?;
        let mut made = Self {
            connection,
            path: path.to_owned(),
            file: file_id(path),
            writing: (Instant::now(), Instant::now()),
        };
        let began = Instant::now();
        loop {
            match made.prepare() {
                // While another process makes the file nobody is told to wait, so one looks again.
                Err(why) if is_busy(&why) && began.elapsed() < PATIENCE => thread::sleep(PAUSE),
                done => {
                    done.map_err(|why| explain(path, &why))?;
                    return Ok(made);
                }
            }
        }
    }

    /// Every commit waits until the disk has it (on a Mac, too); what is deleted is overwritten; the log does not stay as
    /// long as it once was. It is taken over into the file every 4,000 pages (16 MB, 1,000 if nothing is said): cases that
    /// are walked change the same pages over and over, and each is written to the file once for all of these changes. Nothing is mapped into memory: a file that somebody cuts short would end the process.
    fn prepare(&mut self) -> rusqlite::Result<()> {
        wait_for_others(&mut self.connection, PATIENCE)?;
        self.connection
            .set_prepared_statement_cache_capacity(STATEMENTS);
        self.connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;
            PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000; PRAGMA journal_size_limit = 16777216;
            PRAGMA wal_autocheckpoint = 4000;",
        )
    }

    /// Whether there are tables that no fixpath made.
    fn is_foreign(&self) -> rusqlite::Result<bool> {
        let tables = "SELECT EXISTS (SELECT 1 FROM sqlite_schema)";
        let has_tables: bool = self.connection.query_row(tables, (), |row| row.get(0))?;
        // Looked at second: another process may be making both, and makes them at once.
        let application: i64 =
            self.connection
                .pragma_query_value(None, "application_id", |row| row.get(0))?;
        Ok(has_tables && application != APPLICATION)
    }

    /// The file has no queue: whoever waits for it looks now and then whether it is free.
    fn make_way(&mut self) {
        let (since, last) = self.writing;
        if last.elapsed() < WAY && since.elapsed() < TURN {
            return;
        }
        thread::sleep(WAY.saturating_sub(last.elapsed()));
        self.writing = (Instant::now(), Instant::now());
    }

    fn explain(&self, why: &rusqlite::Error) -> StoreError {
        if self.is_deleted() {
            return self.deleted();
        }
        explain(&self.path, why)
    }

    /// Whether the file in which is written is no longer the one at its path: what is written would be lost.
    fn is_deleted(&self) -> bool {
        self.file.is_some() && file_id(&self.path) != self.file
    }

    fn deleted(&self) -> StoreError {
        StoreError::Deleted {
            place: self.path.display().to_string(),
        }
    }
}

impl Connection for Sqlite {
    fn dialect(&self) -> Dialect {
        Dialect::Sqlite
    }

    fn begin(&mut self) -> Result<()> {
        if self.is_deleted() {
            return Err(self.deleted());
        }
        self.make_way();
        // IMMEDIATE: one that reads first and writes then would fail if another writes in between.
        self.execute("BEGIN IMMEDIATE", &[]).map(drop)
    }

    fn commit(&mut self) -> Result<()> {
        let commit = || self.connection.prepare_cached("COMMIT")?.execute(());
        if let Err(why) = commit() {
            let explained = self.explain(&why);
            self.rollback();
            // The log may hold it although the disk did not say so.
            return Err(match why.sqlite_error_code() {
                Some(ErrorCode::SystemIoFailure) => StoreError::Uncertain {
                    place: self.path.display().to_string(),
                    why: why.to_string(),
                },
                _ => explained,
            });
        }
        self.writing.1 = Instant::now();
        if self.is_deleted() {
            return Err(self.deleted());
        }
        Ok(())
    }

    fn rollback(&mut self) {
        if !self.connection.is_autocommit() {
            // Where it fails SQLite has taken the transaction back already.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
    }

    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        let run = || {
            self.connection
                .prepare_cached(sql)?
                .execute(params_from_iter(params))
        };
        run()
            .map(|changed| changed as u64)
            .map_err(|why| self.explain(&why))
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param<'_>>]) -> Result<Vec<u64>> {
        let run = || {
            let mut statement = self.connection.prepare_cached(sql)?;
            let changed = rows.iter().map(|row| {
                let changed = statement.execute(params_from_iter(row))?;
                Ok(changed as u64)
            });
            changed.collect::<rusqlite::Result<Vec<u64>>>()
        };
        run().map_err(|why| self.explain(&why))
    }

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut Each<'_>) -> Result<()> {
        if self.connection.is_autocommit() && self.is_deleted() {
            return Err(self.deleted());
        }
        let explain = |why: rusqlite::Error| self.explain(&why);
        let mut statement = self.connection.prepare_cached(sql).map_err(explain)?;
        let mut rows = statement.query(params_from_iter(params)).map_err(explain)?;
        while let Some(row) = rows.next().map_err(explain)? {
            each(&row)?;
        }
        Ok(())
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.connection
            .execute_batch(sql)
            .map_err(|why| self.explain(&why))
    }

    fn version(&mut self) -> Result<i64> {
        if self.is_foreign().map_err(|why| self.explain(&why))? {
            return Err(StoreError::NotAnAddress(format!(
                "{} belongs to another program; choose another file with --store",
                self.path.display()
            )));
        }
        self.connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(|why| self.explain(&why))
    }

    fn set_version(&mut self, version: i64) -> Result<()> {
        self.connection
            .pragma_update(None, "application_id", APPLICATION)
            .and_then(|()| self.connection.pragma_update(None, "user_version", version))
            .map_err(|why| self.explain(&why))
    }

    fn expect_clean_up(&mut self) -> Result<()> {
        traces::expect(&self.connection).map_err(|why| self.explain(&why))
    }

    fn clean_up(&mut self) -> Result<()> {
        if traces::remove(&mut self.connection, PATIENCE).map_err(|why| self.explain(&why))? {
            return Ok(());
        }
        Err(StoreError::Unavailable {
            place: self.path.display().to_string(),
            why: "is being read by another program all the time".to_owned(),
            lost: false,
        })
    }

    fn clean_rest(&mut self) -> Result<()> {
        traces::remove_rest(&mut self.connection).map_err(|why| self.explain(&why))
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => match storable(text) {
                Cow::Borrowed(text) => ValueRef::Text(text.as_bytes()),
                Cow::Owned(text) => return Ok(ToSqlOutput::Owned(text.into())),
            },
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Row for &rusqlite::Row<'_> {
    fn int(&self, column: usize) -> Option<i64> {
        self.get_ref(column).ok()?.as_i64().ok()
    }

    fn text(&self, column: usize) -> Option<&str> {
        self.get_ref(column).ok()?.as_str().ok()
    }

    fn bytes(&self, column: usize) -> Option<&[u8]> {
        self.get_ref(column).ok()?.as_bytes().ok()
    }
}

/// Lets a connection wait for so long where others are in its way.
fn wait_for_others(
    connection: &mut rusqlite::Connection,
    patience: Duration,
) -> rusqlite::Result<()> {
    let mut since = Instant::now();
    connection.busy_handler(Some(move |times| {
        if times == 0 {
            since = Instant::now();
        }
        thread::sleep(GLANCE);
        since.elapsed() < patience
    }))
}
