//! Forgetting what people said, for good; what was counted stays.

use super::connection::{Connection, Param};
use super::error::{Result, StoreError};
use super::version;

/// Each takes the number of the case; what was said stands nowhere else.
const STATEMENTS: [&str; 5] = [
    "UPDATE event SET body = NULL WHERE case_no = $1",
    "UPDATE feedback SET words = NULL, agent = NULL WHERE case_no = $1",
    "UPDATE outbox SET body = NULL, next_at = NULL WHERE case_no = $1",
    "DELETE FROM code WHERE case_no = $1",
    "UPDATE cases SET ticket = NULL, agent = NULL WHERE no = $1",
];

/// Erases a case.
pub(super) fn one(connection: &mut dyn Connection, case: i64, now: i64) -> Result<()> {
    connection.transaction(|connection| {
        erase(connection, case, now)?;
        version::drop_unneeded(connection)
    })
}

/// Erases all cases in which nothing has happened since a moment; gives how many.
pub(super) fn older_than(connection: &mut dyn Connection, moment: i64, now: i64) -> Result<u64> {
    connection.transaction(|connection| {
        let sql = "SELECT no FROM cases c WHERE erased_at IS NULL AND started_at < $1
            AND NOT EXISTS (SELECT 1 FROM event e WHERE e.case_no = c.no AND e.at >= $1)";
        let cases = connection.all(sql, &[Param::Int(moment)], |row| {
            row.int(0)
                .ok_or_else(|| StoreError::NoSuchCase(String::new()))
        })?;
        for case in &cases {
            erase(connection, *case, now)?;
        }
        version::drop_unneeded(connection)?;
        Ok(cases.len() as u64)
    })
}

fn erase(connection: &mut dyn Connection, case: i64, now: i64) -> Result<()> {
    for statement in STATEMENTS {
        connection.execute(statement, &[Param::Int(case)])?;
    }
    connection.execute(
        "UPDATE cases SET erased_at = $1 WHERE no = $2",
        &[Param::Int(now), Param::Int(case)],
    )?;
    Ok(())
}
