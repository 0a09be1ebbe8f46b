//! Forgetting what people said, for good; what was counted stays.

use super::case_id::CaseId;
use super::connection::{Connection, Lock, Param};
use super::error::{Result, StoreError};
use super::version;

/// Each takes the number of the case; what was said stands nowhere else.
const STATEMENTS: [&str; 5] = [
    "UPDATE event SET body = NULL WHERE case_no = $1",
    "UPDATE feedback SET words = NULL, agent = NULL WHERE case_no = $1",
    "UPDATE outbox SET body = NULL, problem = NULL, next_at = NULL WHERE case_no = $1",
    "DELETE FROM code WHERE case_no = $1",
    "UPDATE cases SET ticket = NULL, agent = NULL WHERE no = $1",
];

/// So many cases are erased in one transaction: nobody waits long to write.
const AT_ONCE: usize = 200;

/// Erases a case.
pub(super) fn one(connection: &mut dyn Connection, case: &CaseId, now: i64) -> Result<()> {
    connection.transaction(|connection| {
        let sql = "SELECT no FROM cases WHERE id = $1";
        let no = connection.first(sql, &[Param::Text(case.as_str())], |row| row.int(0))?;
        let no = no
            .flatten()
            .ok_or_else(|| StoreError::NoSuchCase(case.to_string()))?;
        connection.lock(Lock::Whole(&[no]))?;
        erase(connection, &[no], now)
    })?;
    clean_up(connection, 1)
}

/// Erases all cases in which nothing has happened since a moment; gives how many.
pub(super) fn older_than(connection: &mut dyn Connection, moment: i64, now: i64) -> Result<u64> {
    let (mut erased, mut after) = (0, 0);
    loop {
        let (last, count) = connection.transaction(|connection| {
            let found = quiet(connection, moment, after)?;
            connection.lock(Lock::Whole(&found))?;
            // Asked again: something may have happened in one before it was locked.
            let mut cases = quiet(connection, moment, after)?;
            cases.retain(|case| found.contains(case));
            erase(connection, &cases, now)?;
            Ok((found.last().copied(), cases.len() as u64))
        })?;
        erased += count;
        let Some(last) = last else { break };
        after = last;
    }
    clean_up(connection, erased)?;
    Ok(erased)
}

/// Done even where nothing was erased just now: an earlier one may have had to leave something.
fn clean_up(connection: &mut dyn Connection, erased: u64) -> Result<()> {
    version::drop_unneeded(connection)
        .and_then(|()| connection.clean_up())
        .map_err(|why| StoreError::LeftOver {
            erased,
            why: why.to_string(),
        })
}

/// The next cases behind that number in which nothing has happened since.
fn quiet(connection: &mut dyn Connection, moment: i64, after: i64) -> Result<Vec<i64>> {
    let sql = format!(
        "SELECT no FROM cases c WHERE erased_at IS NULL AND started_at < $1 AND no > $2
        AND NOT EXISTS (SELECT 1 FROM event e WHERE e.case_no = c.no AND e.at >= $1) ORDER BY no LIMIT {AT_ONCE}"
    );
    connection.all(&sql, &[Param::Int(moment), Param::Int(after)], |row| {
        row.int(0)
            .ok_or_else(|| StoreError::NoSuchCase(String::new()))
    })
}

fn erase(connection: &mut dyn Connection, cases: &[i64], now: i64) -> Result<()> {
    let rows: Vec<_> = cases.iter().map(|case| vec![Param::Int(*case)]).collect();
    for statement in STATEMENTS {
        connection.execute_each(statement, &rows)?;
    }
    let rows: Vec<_> = cases
        .iter()
        .map(|case| vec![Param::Int(now), Param::Int(*case)])
        .collect();
    connection.execute_each("UPDATE cases SET erased_at = $1 WHERE no = $2", &rows)?;
    if cases.is_empty() {
        return Ok(());
    }
    connection.expect_clean_up()
}
