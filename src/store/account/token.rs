//! Tokens with which other programs come. Given out once, kept as a digest.

use std::sync::Arc;
use std::time::Duration;

use super::super::bearer::{Bearer, digest};
use super::super::connection::{Connection, Param, Row};
use super::super::error::{Result, StoreError};
use super::role::Roles;

/// What each begins with, so that people and leak scanners know what it is.
pub const TOKEN_PREFIX: &str = "fxp_";

/// When one was used last is written at most so often.
const USED_EVERY: Duration = Duration::from_hours(1);

/// A program's right to come.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Token {
    pub name: Arc<str>,
    pub roles: Roles,
    pub made_by: Option<Arc<str>>,
    /// In milliseconds since 1970, as the following.
    pub made_at: i64,
    pub expires_at: Option<i64>,
    /// When it was used last, to the hour.
    pub used_at: Option<i64>,
}

/// A right that is to be given.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NewToken {
    pub name: String,
    pub roles: Roles,
    pub made_by: Option<Arc<str>>,
    /// In milliseconds since 1970.
    pub expires_at: Option<i64>,
}

const SELECT: &str = "SELECT name, roles, made_by, made_at, expires_at, used_at FROM token";

/// Longest name, in characters.
const LONGEST: usize = 64;

pub(super) fn add(connection: &mut dyn Connection, new: &NewToken, now: i64) -> Result<Bearer> {
    let is_fit =
        |name: &str| name.trim() == name && !name.is_empty() && !name.contains(char::is_control);
    if !is_fit(&new.name) || new.name.chars().count() > LONGEST {
        return Err(StoreError::Unfit(format!(
            "a token's name has 1 to {LONGEST} characters that can be printed, and no space around it"
        )));
    }
    let bearer = Bearer::random(TOKEN_PREFIX)?;
    let added = connection.execute(
        "INSERT INTO token (name, digest, roles, made_by, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        &[
            Param::Text(&new.name),
            Param::Text(&bearer.digest()),
            Param::Text(&new.roles.to_string()),
            Param::text(new.made_by.as_deref()),
            Param::Int(now),
            Param::int(new.expires_at),
        ],
    )?;
    if added == 1 {
        Ok(bearer)
    } else {
        Err(StoreError::TokenExists(new.name.clone()))
    }
}

/// All of them, by name; those that have ended, too.
pub(super) fn list(connection: &mut dyn Connection) -> Result<Vec<Token>> {
    let sql = format!("{SELECT} ORDER BY name");
    connection.all(&sql, &[], |row| read(row).ok_or_else(unreadable))
}

/// The one that is shown, unless it has ended; and whether it is time to write down that it was used.
pub(super) fn find(
    connection: &mut dyn Connection,
    shown: &str,
    now: i64,
) -> Result<Option<(Token, bool)>> {
    if !shown.starts_with(TOKEN_PREFIX) {
        return Ok(None);
    }
    let sql = format!("{SELECT} WHERE digest = $1 AND (expires_at IS NULL OR expires_at > $2)");
    let digest = digest(shown);
    let found = connection.first(&sql, &[Param::Text(&digest), Param::Int(now)], read)?;
    let every = i64::try_from(USED_EVERY.as_millis()).unwrap_or_default();
    let with_use = |token: Token| {
        let is_to_be_noted = token.used_at.is_none_or(|at| at <= now - every);
        (token, is_to_be_noted)
    };
    found
        .map(|found| found.map(with_use).ok_or_else(unreadable))
        .transpose()
}

/// Notes that it was used.
pub(super) fn used(connection: &mut dyn Connection, shown: &str, now: i64) -> Result<()> {
    let sql = "UPDATE token SET used_at = $1 WHERE digest = $2";
    connection.execute(sql, &[Param::Int(now), Param::Text(&digest(shown))])?;
    Ok(())
}

/// Ends one for good.
pub(super) fn remove(connection: &mut dyn Connection, name: &str) -> Result<()> {
    let removed = connection.execute("DELETE FROM token WHERE name = $1", &[Param::Text(name)])?;
    if removed == 1 {
        Ok(())
    } else {
        Err(StoreError::NoSuchToken(name.to_owned()))
    }
}

fn read(row: &dyn Row) -> Option<Token> {
    Some(Token {
        name: row.text(0)?.into(),
        roles: Roles::kept(row.text(1)?),
        made_by: row.text(2).map(Arc::from),
        made_at: row.int(3)?,
        expires_at: row.int(4),
        used_at: row.int(5),
    })
}

fn unreadable() -> StoreError {
    StoreError::Damaged {
        place: String::new(),
        why: "a token cannot be read".to_owned(),
    }
}
