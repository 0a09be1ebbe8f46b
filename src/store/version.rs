//! Versions of the library: the canonical form of each that a case needs, once, compressed. It is walked without checking
//! it again: its hash says that it once was.

use std::collections::VecDeque;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use crate::tree::Library;

use super::connection::{Connection, Lock, Param, Row};
use super::error::{Result, StoreError};

/// No canonical form is longer: what unpacks to more is damaged.
const LONGEST: u64 = 1 << 30;

/// Keeps a version within a transaction, unless it is there; gives its number. It stays until the transaction ends, and
/// then as long as a case needs it.
pub(super) fn keep(connection: &mut dyn Connection, library: &Library, now: i64) -> Result<i64> {
    connection.lock(Lock::VersionsStay)?;
    let hash = library.hash();
    // A form that no case needed any more was taken out.
    let find = "SELECT no, length(form) FROM library WHERE hash = $1";
    let found = connection.first(find, &[Param::Text(hash)], |row| (row.int(0), row.int(1)))?;
    if let Some((Some(number), Some(1..))) = found {
        return Ok(number);
    }
    let form = pack(&library.canonical()).map_err(|why| unreadable(hash, &why))?;
    connection.execute(
        "INSERT INTO library (hash, form, kept_at) VALUES ($1, $2, $3) ON CONFLICT (hash) DO UPDATE SET form = excluded.form",
        &[Param::Text(hash), Param::Bytes(&form), Param::Int(now)],
    )?;
    let found = connection.first(find, &[Param::Text(hash)], |row| row.int(0))?;
    found.flatten().ok_or_else(|| missing(hash))
}

/// Takes out the forms that no case needs any more, in a transaction of its own: all of their cases are erased.
pub(super) fn drop_unneeded(connection: &mut dyn Connection) -> Result<()> {
    connection.transaction(|connection| {
        connection.lock(Lock::VersionsGo)?;
        connection.execute(
            "UPDATE library SET form = $1 WHERE length(form) > 0 AND NOT EXISTS (SELECT 1 FROM cases c WHERE c.library = library.no AND c.erased_at IS NULL)",
            &[Param::Bytes(&[])],
        )?;
        Ok(())
    })
}

/// The version of that number, and its hash.
pub(super) fn load(connection: &mut dyn Connection, number: i64) -> Result<Library> {
    let sql = "SELECT hash, form FROM library WHERE no = $1";
    let found = connection.first(sql, &[Param::Int(number)], |row| {
        let hash: Option<Arc<str>> = row.text(0).map(Arc::from);
        hash.zip(row.bytes(1).map(unpack))
    })?;
    let Some((hash, form)) = found.flatten() else {
        return Err(missing(&number.to_string()));
    };
    let form = form.map_err(|why| unreadable(&hash, &why))?;
    let library = Library::from_canonical(&form).map_err(|why| unreadable(&hash, &why))?;
    if *library.hash() != hash {
        return Err(unreadable(&hash, &"it does not give its own hash"));
    }
    Ok(library)
}

/// A version of the library that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The hash of its content.
    pub hash: Arc<str>,
    /// Since when it is kept, in milliseconds since 1970.
    pub kept_at: i64,
    /// How many cases are on it.
    pub cases: u64,
    /// How many of them are not closed.
    pub unfinished: u64,
}

/// All versions that are kept, the newest first.
pub(super) fn list(connection: &mut dyn Connection) -> Result<Vec<Version>> {
    let sql =
        "SELECT l.hash, l.kept_at, count(c.no), count(CASE WHEN c.status <> 'closed' THEN 1 END)
        FROM library l LEFT JOIN cases c ON c.library = l.no
        GROUP BY l.no, l.hash, l.kept_at ORDER BY l.kept_at DESC, l.no DESC";
    connection.all(sql, &[], read)
}

/// The versions on which cases are that began in a tree and are not closed, the newest first.
pub(super) fn of_open_cases(connection: &mut dyn Connection, tree: &str) -> Result<Vec<Version>> {
    let sql = "SELECT l.hash, l.kept_at, count(*), count(*)
        FROM cases c JOIN library l ON l.no = c.library
        WHERE c.tree = $1 AND c.status IN ('open', 'parked', 'handed_over')
        GROUP BY l.no, l.hash, l.kept_at ORDER BY l.kept_at DESC, l.no DESC";
    connection.all(sql, &[Param::Text(tree)], read)
}

fn read(row: &dyn Row) -> Result<Version> {
    let count = |column| u64::try_from(row.int(column)?).ok();
    let version = || {
        Some(Version {
            hash: row.text(0)?.into(),
            kept_at: row.int(1)?,
            cases: count(2)?,
            unfinished: count(3)?,
        })
    };
    version().ok_or_else(|| missing("?"))
}

/// The version's number, today's library that was put into it, and what came of that.
type Loaded = (i64, Arc<Library>, Arc<Library>);

/// Versions that were loaded last, so that each case on an older one need not load it again.
#[derive(Debug, Default)]
pub(super) struct Versions {
    loaded: Mutex<VecDeque<Loaded>>,
}

/// So many are remembered.
const REMEMBERED: usize = 8;

impl Versions {
    /// The version of that number with what is always that of today, if it was loaded lately.
    pub(super) fn get(&self, number: i64, today: &Arc<Library>) -> Option<Arc<Library>> {
        let loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, _, library) = loaded
            .iter()
            .find(|(known, with, _)| *known == number && Arc::ptr_eq(with, today))?;
        Some(Arc::clone(library))
    }

    /// Remembers a version.
    pub(super) fn put(&self, number: i64, today: &Arc<Library>, library: &Arc<Library>) {
        let mut loaded = self.loaded.lock().unwrap_or_else(PoisonError::into_inner);
        loaded.push_front((number, Arc::clone(today), Arc::clone(library)));
        loaded.truncate(REMEMBERED);
    }
}

fn pack(form: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::default());
    packer.write_all(form)?;
    packer.finish()
}

fn unpack(packed: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut form = Vec::new();
    ZlibDecoder::new(packed)
        .take(LONGEST)
        .read_to_end(&mut form)?;
    Ok(form)
}

fn missing(version: &str) -> StoreError {
    StoreError::Damaged {
        place: String::new(),
        why: format!("version {version} of the library is missing"),
    }
}

fn unreadable(hash: &str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged {
        place: String::new(),
        why: format!("version {hash} of the library cannot be read: {why}"),
    }
}
