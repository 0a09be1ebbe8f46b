//! Messages that were sent: counted by hook, and forgotten after a while. What was in them is forgotten as soon as they
//! are sent; what is left of them here says that they were.

use std::collections::BTreeMap;

use super::super::connection::{Connection, Param};
use super::super::error::Result;
use super::super::{Desk, Store};

impl Store {
    /// Forgets so many of the messages that were sent before a moment (milliseconds since 1970), but not how many they
    /// were. Gives how many.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn forget_sent(&self, before: i64, limit: u32) -> Result<u64> {
        let find = move |desk: &mut Desk| old(desk.connection.as_mut(), before, limit);
        let found = self.reader().run(find).wait()?;
        if found.is_empty() {
            return Ok(0);
        }
        let forget = move |desk: &mut Desk| {
            desk.connection
                .transaction(|connection| forget(connection, &found))
        };
        self.writer.run(forget).wait()
    }

    /// How many messages were sent for each hook, by its name.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn sent(&self) -> Result<Vec<(String, u64)>> {
        let sql = "SELECT hook, CAST(sum(count) AS BIGINT) FROM (
                SELECT hook, count FROM sent
                UNION ALL SELECT hook, count(*) FROM outbox WHERE sent_at IS NOT NULL GROUP BY hook
            ) AS counted GROUP BY hook ORDER BY hook";
        let list = move |desk: &mut Desk| {
            desk.connection.as_mut().all(sql, &[], |row| {
                let count = row.int(1).and_then(|count| u64::try_from(count).ok());
                Ok((
                    row.text(0).unwrap_or_default().to_owned(),
                    count.unwrap_or_default(),
                ))
            })
        };
        self.reader().run(list).wait()
    }
}

/// The ids and hooks of the messages that were sent before a moment, those sent first before the others.
fn old(connection: &mut dyn Connection, before: i64, limit: u32) -> Result<Vec<(String, String)>> {
    let sql = format!(
        "SELECT id, hook FROM outbox WHERE sent_at < $1 ORDER BY sent_at, id LIMIT {limit}"
    );
    connection.all(&sql, &[Param::Int(before)], |row| {
        let text = |column| row.text(column).unwrap_or_default().to_owned();
        Ok((text(0), text(1)))
    })
}

fn forget(connection: &mut dyn Connection, found: &[(String, String)]) -> Result<u64> {
    let rows: Vec<_> = found.iter().map(|(id, _)| vec![Param::Text(id)]).collect();
    // Somebody else may have been quicker with some of them: those are counted already.
    let gone = connection.execute_each(
        "DELETE FROM outbox WHERE id = $1 AND sent_at IS NOT NULL",
        &rows,
    )?;
    let mut by_hook: BTreeMap<&str, u64> = BTreeMap::new();
    for ((_, hook), gone) in found.iter().zip(&gone) {
        *by_hook.entry(hook).or_default() += gone;
    }
    for (hook, count) in by_hook {
        connection.execute(
            "INSERT INTO sent (hook, count) VALUES ($1, $2) ON CONFLICT (hook) DO UPDATE SET count = sent.count + excluded.count",
            &[
                Param::Text(hook),
                Param::Int(i64::try_from(count).unwrap_or(i64::MAX)),
            ],
        )?;
    }
    Ok(gone.iter().sum())
}
