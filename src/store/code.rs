//! Codes with which a case is handed over: 8 characters of base 32, 40 random bits (`7kx9-m2pq`). Each is good for one
//! use and for a limited time. With 1,000 codes open, a million guesses find one with a probability of 0.1 %: 1,000 ×
//! 1,000,000 / 2^40. The store keeps a digest, not the code.

use super::bearer::digest;
use super::case_id::{CaseId, letters_of, random_letters, typed_letters};
use super::connection::{Connection, Lock, Param};
use super::error::{Result, StoreError};

/// How many characters a code has.
const LENGTH: usize = 8;

/// Makes a code for a case; `until` is the moment at which it ends. Codes made for it before are good for nothing now.
pub(super) fn issue(
    connection: &mut dyn Connection,
    case: i64,
    now: i64,
    until: i64,
) -> Result<String> {
    connection.transaction(|connection| {
        connection.lock(Lock::Cases(&[case]))?;
        // One code a case: an earlier one may have come into wrong hands.
        drop_open(connection, case)?;
        loop {
            let code = random_letters(LENGTH)?;
            if insert(connection, case, &code, now, until)? {
                return Ok(shown(&code));
            }
        }
    })
}

/// A code that is still good. The store does not know it, only whether it is that one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCode {
    digest: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// When it ends, in milliseconds since 1970.
    pub until: i64,
}

impl OpenCode {
    /// Whether these letters are it.
    pub fn is(&self, letters: &str) -> bool {
        self.digest == digest(letters)
    }
}

/// The letters of a code from a digest that nobody can foresee (of a key and what the code is for): whoever has the key
/// can show the code again, though the store keeps none.
pub fn code_letters(digest: &[u8]) -> String {
    letters_of(digest).take(LENGTH).collect()
}

/// A code as people read it: in two groups.
pub fn shown_code(letters: &str) -> String {
    shown(letters)
}

/// Gives a case this code, in place of any before.
pub(super) fn set(
    connection: &mut dyn Connection,
    case: i64,
    letters: &str,
    made_at: i64,
    until: i64,
) -> Result<()> {
    connection.transaction(|connection| {
        connection.lock(Lock::Cases(&[case]))?;
        drop_open(connection, case)?;
        match insert(connection, case, letters, made_at, until)? {
            true => Ok(()),
            false => Err(StoreError::Conflict {
                place: String::new(),
            }),
        }
    })
}

/// The code of a case that is still good.
pub(super) fn open(
    connection: &mut dyn Connection,
    case: i64,
    now: i64,
) -> Result<Option<OpenCode>> {
    let open = connection.first(
        "SELECT digest, made_at, expires_at FROM code WHERE case_no = $1 AND used_at IS NULL AND expires_at > $2",
        &[Param::Int(case), Param::Int(now)],
        |row| {
            Some(OpenCode {
                digest: row.text(0)?.to_owned(),
                made_at: row.int(1)?,
                until: row.int(2)?,
            })
        },
    )?;
    Ok(open.flatten())
}

fn drop_open(connection: &mut dyn Connection, case: i64) -> Result<()> {
    let drop = "DELETE FROM code WHERE case_no = $1 AND used_at IS NULL";
    connection.execute(drop, &[Param::Int(case)]).map(|_| ())
}

/// Whether it was new.
fn insert(
    connection: &mut dyn Connection,
    case: i64,
    letters: &str,
    made_at: i64,
    until: i64,
) -> Result<bool> {
    let made = connection.execute(
        "INSERT INTO code (digest, case_no, made_at, expires_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        &[
            Param::Text(&digest(letters)),
            Param::Int(case),
            Param::Int(made_at),
            Param::Int(until),
        ],
    )?;
    Ok(made == 1)
}

/// The case of a code that is still good.
pub(super) fn case(connection: &mut dyn Connection, typed: &str, now: i64) -> Result<CaseId> {
    let case = connection.first(
        "SELECT c.id FROM code k JOIN cases c ON c.no = k.case_no WHERE k.digest = $1 AND k.used_at IS NULL AND k.expires_at > $2",
        &[Param::Text(&typed_digest(typed)?), Param::Int(now)],
        |row| row.text(0).map(CaseId::kept),
    )?;
    case.flatten().ok_or(StoreError::NoSuchCode)
}

/// A code that is used up in the same commit in which its case is taken over, so that neither is without the other.
#[derive(Debug, Clone)]
pub(super) struct Redeemed {
    digest: String,
    /// When, in milliseconds since 1970.
    at: i64,
}

impl Redeemed {
    pub(super) fn new(typed: &str, at: i64) -> Result<Self> {
        let digest = typed_digest(typed)?;
        Ok(Self { digest, at })
    }

    /// Uses it up within a transaction, and says whether it was good for this case: of two who use it at once it is for
    /// one alone.
    pub(super) fn write(&self, connection: &mut dyn Connection, case: i64) -> Result<bool> {
        let used = connection.execute(
            "UPDATE code SET used_at = $1 WHERE digest = $2 AND case_no = $3 AND used_at IS NULL AND expires_at > $1",
            &[
                Param::Int(self.at),
                Param::Text(&self.digest),
                Param::Int(case),
            ],
        )?;
        Ok(used == 1)
    }
}

fn typed_digest(typed: &str) -> Result<String> {
    typed_letters(typed)
        .filter(|letters| letters.len() == LENGTH)
        .map(|code| digest(&code))
        .ok_or(StoreError::NoSuchCode)
}

/// In two groups.
fn shown(code: &str) -> String {
    let (first, second) = code.split_at_checked(LENGTH / 2).unwrap_or((code, ""));
    format!("{first}-{second}")
}
