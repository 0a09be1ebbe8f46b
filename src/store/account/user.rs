//! Who may sign in: names, roles, teams. Whoever changes what somebody may do ends all of that person's sign-ins.

use std::sync::Arc;

use super::super::connection::{Connection, Param, Row};
use super::super::error::{Result, StoreError};
use super::name::UserName;
use super::password::PasswordHash;
use super::role::Roles;

/// Somebody who may sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name.
    pub name: UserName,
    /// What they may do.
    pub roles: Roles,
    /// The teams whose hand-overs they see, by the library's keys; all teams where there is none.
    pub teams: Vec<Arc<str>>,
    /// Without one they come by single sign-on alone.
    pub has_password: bool,
    /// When the account was made, in milliseconds since 1970.
    pub made_at: i64,
    /// Since when they may not sign in.
    pub disabled_at: Option<i64>,
    /// When they signed in last.
    pub signed_in_at: Option<i64>,
    pub(in crate::store) no: i64,
}

/// Somebody who is to be let in.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the names say it")]
pub struct NewUser {
    pub name: UserName,
    /// Without one they come by single sign-on alone.
    pub password: Option<PasswordHash>,
    pub roles: Roles,
    pub teams: Vec<Arc<str>>,
}

/// What is to be changed of a user; what is not said stays.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct UserChange {
    pub password: Option<PasswordHash>,
    pub roles: Option<Roles>,
    pub teams: Option<Vec<Arc<str>>>,
    /// Whether they may sign in.
    pub enabled: Option<bool>,
}

const SELECT: &str =
    "SELECT no, name, password, roles, teams, made_at, disabled_at, signed_in_at FROM account";

pub(super) fn add(connection: &mut dyn Connection, new: &NewUser, now: i64) -> Result<()> {
    let added = connection.execute(
        "INSERT INTO account (name, password, roles, teams, made_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        &[
            Param::Text(new.name.as_str()),
            Param::text(new.password.as_ref().map(PasswordHash::as_str)),
            Param::Text(&new.roles.to_string()),
            Param::Text(&new.teams.join(" ")),
            Param::Int(now),
        ],
    )?;
    if added == 1 {
        Ok(())
    } else {
        Err(StoreError::UserExists(new.name.to_string()))
    }
}

/// All of them, by name.
pub(super) fn list(connection: &mut dyn Connection) -> Result<Vec<User>> {
    let sql = format!("{SELECT} ORDER BY name");
    connection.all(&sql, &[], |row| read(row, 0).ok_or_else(unreadable))
}

/// The one of that name, with the hash of the password.
pub(super) fn find(
    connection: &mut dyn Connection,
    name: &UserName,
) -> Result<Option<(User, Option<PasswordHash>)>> {
    let sql = format!("{SELECT} WHERE name = $1");
    let found = connection.first(&sql, &[Param::Text(name.as_str())], |row| {
        let hash = row.text(2).map(PasswordHash::kept);
        Some((read(row, 0)?, hash))
    })?;
    found.map(|found| found.ok_or_else(unreadable)).transpose()
}

/// Changes somebody, and ends what they were signed in to.
pub(super) fn change(
    connection: &mut dyn Connection,
    name: &UserName,
    change: &UserChange,
    now: i64,
) -> Result<()> {
    connection.transaction(|connection| {
        let (user, hash) = there(connection, name)?;
        let hash = change.password.as_ref().or(hash.as_ref());
        let disabled_at = match change.enabled {
            Some(true) => None,
            Some(false) => user.disabled_at.or(Some(now)),
            None => user.disabled_at,
        };
        let teams = change.teams.as_ref().unwrap_or(&user.teams);
        let sql = "UPDATE account SET password = $1, roles = $2, teams = $3, disabled_at = $4 WHERE no = $5";
        connection.execute(
            sql,
            &[
                Param::text(hash.map(PasswordHash::as_str)),
                Param::Text(&change.roles.unwrap_or(user.roles).to_string()),
                Param::Text(&teams.join(" ")),
                Param::int(disabled_at),
                Param::Int(user.no),
            ],
        )?;
        sign_out(connection, &user)
    })
}

/// Takes somebody out. Cases keep their name.
pub(super) fn remove(connection: &mut dyn Connection, name: &UserName) -> Result<()> {
    connection.transaction(|connection| {
        let (user, _) = there(connection, name)?;
        sign_out(connection, &user)?;
        connection.execute("DELETE FROM account WHERE no = $1", &[Param::Int(user.no)])?;
        Ok(())
    })
}

/// Whoever is changed is locked first, so that nobody signs in meanwhile.
fn there(connection: &mut dyn Connection, name: &UserName) -> Result<(User, Option<PasswordHash>)> {
    let lock = "UPDATE account SET name = name WHERE name = $1";
    connection.execute(lock, &[Param::Text(name.as_str())])?;
    find(connection, name)?.ok_or_else(|| StoreError::NoSuchUser(name.to_string()))
}

fn sign_out(connection: &mut dyn Connection, user: &User) -> Result<()> {
    let sql = "DELETE FROM sign_in WHERE account = $1";
    connection.execute(sql, &[Param::Int(user.no)])?;
    Ok(())
}

/// Reads the columns of [`SELECT`] from that one on.
pub(super) fn read(row: &dyn Row, first: usize) -> Option<User> {
    Some(User {
        no: row.int(first)?,
        name: UserName::kept(row.text(first + 1)?),
        has_password: row.text(first + 2).is_some(),
        roles: Roles::kept(row.text(first + 3)?),
        teams: row
            .text(first + 4)?
            .split_whitespace()
            .map(Arc::from)
            .collect(),
        made_at: row.int(first + 5)?,
        disabled_at: row.int(first + 6),
        signed_in_at: row.int(first + 7),
    })
}

pub(super) fn unreadable() -> StoreError {
    StoreError::Damaged {
        place: String::new(),
        why: "a user cannot be read".to_owned(),
    }
}
