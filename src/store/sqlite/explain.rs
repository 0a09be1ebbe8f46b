//! What SQLite says, in words for the person who waits.

use std::path::Path;

use rusqlite::ErrorCode;

use super::super::error::StoreError;

/// What it says, in words that help.
pub(super) fn explain(path: &Path, why: &rusqlite::Error) -> StoreError {
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

/// Whether others are in the way.
pub(super) fn is_busy(why: &rusqlite::Error) -> bool {
    let code = why.sqlite_error_code();
    matches!(
        code,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
    )
}
