//! Being signed in: a random text that a browser keeps, and its digest in the store. It ends after a while without use,
//! at the latest after a week, when somebody signs out, or when what they may do is changed.

use std::time::Duration;

use super::super::bearer::{Bearer, digest};
use super::super::connection::{Connection, Param};
use super::super::error::Result;
use super::attempt::{self, Proven};
use super::user::{self, User};

/// Without use it ends after a working day.
pub const IDLE_SIGN_IN: Duration = Duration::from_hours(12);

/// In any case it ends after a week.
pub const LONGEST_SIGN_IN: Duration = Duration::from_hours(7 * 24);

/// When it was used last is written at most so often, so that reading pages writes nothing.
const SEEN_EVERY: Duration = Duration::from_mins(5);

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who it is, with what they may do now.
    pub user: User,
    /// When they signed in, in milliseconds since 1970.
    pub made_at: i64,
    /// Whether it is time to write down that they were seen.
    pub(super) is_to_be_noted: bool,
}

/// Lets somebody in, unless what they proved holds no longer.
pub(super) fn begin(
    connection: &mut dyn Connection,
    proven: &Proven,
    now: i64,
) -> Result<Option<Bearer>> {
    let bearer = Bearer::random("")?;
    let is_in = connection.transaction(|connection| {
        end_old(connection, now)?;
        let sql = "UPDATE account SET signed_in_at = $1 WHERE no = $2 AND password = $3 AND disabled_at IS NULL";
        let still = connection.execute(
            sql,
            &[
                Param::Int(now),
                Param::Int(proven.user.no),
                Param::Text(proven.hash.as_str()),
            ],
        )?;
        if still == 0 {
            return Ok(false);
        }
        connection.execute(
            "INSERT INTO sign_in (digest, account, made_at, seen_at) VALUES ($1, $2, $3, $3)",
            &[
                Param::Text(&bearer.digest()),
                Param::Int(proven.user.no),
                Param::Int(now),
            ],
        )?;
        attempt::succeeded(connection, &proven.tried)?;
        Ok(true)
    })?;
    Ok(is_in.then_some(bearer))
}

fn end_old(connection: &mut dyn Connection, now: i64) -> Result<()> {
    let sql = "DELETE FROM sign_in WHERE seen_at <= $1 OR made_at <= $2";
    let oldest = [before(now, IDLE_SIGN_IN), before(now, LONGEST_SIGN_IN)];
    connection.execute(sql, &oldest.map(Param::Int))?;
    Ok(())
}

/// Who is signed in with that text.
pub(super) fn find(
    connection: &mut dyn Connection,
    shown: &str,
    now: i64,
) -> Result<Option<SignedIn>> {
    let sql = "SELECT a.no, a.name, a.password, a.roles, a.teams, a.made_at, a.disabled_at, a.signed_in_at, s.made_at, s.seen_at
        FROM sign_in s JOIN account a ON a.no = s.account
        WHERE s.digest = $1 AND s.seen_at > $2 AND s.made_at > $3 AND a.disabled_at IS NULL";
    let digest = digest(shown);
    let params = [
        Param::Text(&digest),
        Param::Int(before(now, IDLE_SIGN_IN)),
        Param::Int(before(now, LONGEST_SIGN_IN)),
    ];
    let found = connection.first(sql, &params, |row| {
        let seen_at = row.int(9)?;
        Some(SignedIn {
            user: user::read(row, 0)?,
            made_at: row.int(8)?,
            is_to_be_noted: seen_at <= before(now, SEEN_EVERY),
        })
    })?;
    found
        .map(|found| found.ok_or_else(user::unreadable))
        .transpose()
}

/// Notes that it was used.
pub(super) fn seen(connection: &mut dyn Connection, shown: &str, now: i64) -> Result<()> {
    let sql = "UPDATE sign_in SET seen_at = $1 WHERE digest = $2 AND seen_at < $1";
    connection.execute(sql, &[Param::Int(now), Param::Text(&digest(shown))])?;
    Ok(())
}

/// Ends it, if it had not ended.
pub(super) fn end(connection: &mut dyn Connection, shown: &str) -> Result<()> {
    let sql = "DELETE FROM sign_in WHERE digest = $1";
    connection.execute(sql, &[Param::Text(&digest(shown))])?;
    Ok(())
}

fn before(now: i64, span: Duration) -> i64 {
    now - i64::try_from(span.as_millis()).unwrap_or_default()
}
