//! What a server says, in words that help.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use super::super::error::StoreError;
use super::tls;

/// What went wrong outside of a commit: nothing was kept.
pub(super) fn explain(place: &str, why: &Error) -> StoreError {
    match why.as_db_error() {
        Some(said) => refused(place, said),
        None => unreachable(place, why),
    }
}

/// What went wrong in a commit: where the session ended nobody knows what came of it.
pub(super) fn explain_commit(place: &str, why: &Error) -> StoreError {
    uncertain(explain(place, why))
}

/// A connection lost with a commit on its way.
pub(super) fn uncertain(why: StoreError) -> StoreError {
    match why {
        StoreError::Unavailable {
            place,
            why,
            lost: true,
        } => StoreError::Uncertain { place, why },
        other => other,
    }
}

/// The address cannot be read.
pub(super) fn address(place: &str, why: &Error) -> StoreError {
    let cause = why
        .source()
        .map_or_else(|| why.to_string(), ToString::to_string);
    StoreError::NotAnAddress(format!(
        "{place} cannot be read as an address: {cause}; give postgres://USER:PASSWORD@HOST:PORT/DATABASE"
    ))
}

/// The server said nothing for too long.
pub(super) fn silent(place: &str) -> StoreError {
    lost(
        place,
        "gives no answer; is the server overloaded, or the network down?".to_owned(),
    )
}

fn lost(place: &str, why: String) -> StoreError {
    StoreError::Unavailable {
        place: place.to_owned(),
        why,
        lost: true,
    }
}

/// What the server said itself.
fn refused(place: &str, said: &DbError) -> StoreError {
    let code = said.code();
    let message = said.message();
    let stays = |why: String| StoreError::Unavailable {
        place: place.to_owned(),
        why,
        lost: false,
    };
    match *code {
        SqlState::INVALID_PASSWORD | SqlState::INVALID_AUTHORIZATION_SPECIFICATION => lost(
            place,
            format!("does not let you in: {message}; check the user and the password"),
        ),
        SqlState::INVALID_CATALOG_NAME => lost(
            place,
            format!("cannot be used: {message}; make it with `createdb`, or name another"),
        ),
        SqlState::INSUFFICIENT_PRIVILEGE => stays(format!(
            "cannot be used: {message}; ask whoever runs the server for the right to create a schema in this database"
        )),
        SqlState::READ_ONLY_SQL_TRANSACTION => lost(
            place,
            "cannot be written: this server is a read-only copy; name the one that is written to"
                .to_owned(),
        ),
        SqlState::DISK_FULL => stays(
            "cannot be written: the server's disk is full; make room and try again".to_owned(),
        ),
        SqlState::TOO_MANY_CONNECTIONS => lost(
            place,
            "has too many connections open; try again, or let the server take more".to_owned(),
        ),
        SqlState::LOCK_NOT_AVAILABLE => {
            stays("is kept locked by somebody else; try again".to_owned())
        }
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            StoreError::Conflict {
                place: place.to_owned(),
            }
        }
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => lost(
            place,
            format!("is being stopped or started ({message}); try again"),
        ),
        SqlState::DATA_CORRUPTED | SqlState::INDEX_CORRUPTED => StoreError::Damaged {
            place: place.to_owned(),
            why: message.to_owned(),
        },
        _ if code.code().starts_with("08") || code.code().starts_with("57") => {
            lost(place, format!("broke off: {message}; try again"))
        }
        _ => stays(format!("refuses: {message}")),
    }
}

/// It could not be talked to.
fn unreachable(place: &str, why: &Error) -> StoreError {
    let mut cause: &(dyn std::error::Error + 'static) = why;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    if let Some(words) = tls::explain(cause) {
        return lost(place, words);
    }
    let kind = cause.downcast_ref::<io::Error>().map(io::Error::kind);
    let words = match kind {
        Some(io::ErrorKind::ConnectionRefused | io::ErrorKind::NotFound) => {
            "cannot be reached: no server answers there; is it running, and are host and port right?"
                .to_owned()
        }
        Some(io::ErrorKind::TimedOut) => {
            "cannot be reached: no answer; is the network up, and does a firewall let you through?"
                .to_owned()
        }
        _ if why.is_closed() => "broke off the connection; try again".to_owned(),
        _ => format!("cannot be reached: {cause}"),
    };
    lost(place, words)
}
