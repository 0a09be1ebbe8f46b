//! The store in a file: SQLite with a write-ahead log. A commit is on the disk before it says so.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{ErrorCode, OpenFlags, ToSql, params_from_iter};

use super::connection::{Connection, Dialect, Each, Param, Row};
use super::error::{Result, StoreError};

/// How long another process may hold the file before one gives up.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements kept ready.
const STATEMENTS: usize = 64;

/// A connection to a file.
#[derive(Debug)]
pub struct Sqlite {
    connection: rusqlite::Connection,
    path: PathBuf,
    /// Which file it was when it was opened.
    file: Option<FileId>,
}

impl Sqlite {
    /// Opens the file, makes it where there is none, and its folders.
    ///
    /// # Errors
    /// It cannot be opened or made, or is no store.
    pub fn open(path: &Path) -> Result<Self> {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(|why| StoreError::Unavailable {
                place: path.display().to_string(),
                why: format!(
                    "cannot be made: {}: {why}; choose another place with --store",
                    folder.display()
                ),
                lost: true,
            })?;
        }
        make_private(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = rusqlite::Connection::open_with_flags(path, flags)
            .map_err(|why| explain(path, &why))?;
        let made = Self {
            connection,
            path: path.to_owned(),
            file: file_id(path),
        };
        made.prepare().map_err(|why| explain(path, &why))?;
        Ok(made)
    }

    fn prepare(&self) -> rusqlite::Result<()> {
        self.connection.busy_timeout(PATIENCE)?;
        self.connection
            .set_prepared_statement_cache_capacity(STATEMENTS);
        // Every commit waits until the disk has it.
        self.connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA mmap_size = 1073741824;",
        )
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
        // IMMEDIATE: one that reads first and writes then would fail if another writes in between.
        self.connection
            .execute_batch("BEGIN IMMEDIATE")
            .map_err(|why| self.explain(&why))
    }

    fn commit(&mut self) -> Result<()> {
        if let Err(why) = self.connection.execute_batch("COMMIT") {
            let explained = self.explain(&why);
            self.rollback();
            return Err(explained);
        }
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

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut Each<'_>) -> Result<()> {
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
        self.connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(|why| self.explain(&why))
    }

    fn set_version(&mut self, version: i64) -> Result<()> {
        self.connection
            .pragma_update(None, "user_version", version)
            .map_err(|why| self.explain(&why))
    }
}

impl ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
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

/// What SQLite says, in words that help.
fn explain(path: &Path, why: &rusqlite::Error) -> StoreError {
    let place = path.display().to_string();
    let unavailable = |why: String, lost| StoreError::Unavailable {
        place: place.clone(),
        why,
        lost,
    };
    match why.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => unavailable(
            "cannot be written: the disk is full; make room and try again".to_owned(),
            false,
        ),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => unavailable(
            "cannot be written: you may only read it; ask for the right to write it, or choose another with --store".to_owned(),
            true,
        ),
        Some(ErrorCode::CannotOpen) => unavailable(
            "cannot be opened; is it a file in a folder that you may write?".to_owned(),
            true,
        ),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => unavailable(
            "is kept locked by another program; close it and try again".to_owned(),
            false,
        ),
        Some(ErrorCode::SystemIoFailure) => unavailable(
            format!("cannot be read or written: {why}; is the disk still there, and has it room?"),
            true,
        ),
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => StoreError::Damaged {
            place,
            why: why.to_string(),
        },
        _ => unavailable(format!("refuses: {why}"), false),
    }
}

/// Which file stands at a path, so that one notices when it is another one.
#[cfg(unix)]
type FileId = (u64, u64);

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Elsewhere an open file cannot be deleted.
#[cfg(not(unix))]
type FileId = ();

#[cfg(not(unix))]
fn file_id(_: &Path) -> Option<FileId> {
    None
}

/// Makes the file so that nobody else on this computer reads it: what callers said is in it.
#[cfg(unix)]
fn make_private(path: &Path) {
    use std::os::unix::fs::OpenOptionsExt as _;
    // Where it cannot be made, opening it says why.
    drop(
        fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path),
    );
}

#[cfg(not(unix))]
fn make_private(_: &Path) {}
