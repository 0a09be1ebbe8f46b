//! Numbers for the places of walks: a tree and a prompt's name in it. Names stand once in the store, whatever versions of
//! a tree there are; a number never means anything outside of it.

use std::collections::HashMap;

use crate::stats::Place;

use super::connection::{Connection, Param};
use super::error::Result;

/// The numbers that are known already.
#[derive(Debug, Default)]
pub(super) struct Places {
    known: HashMap<Place, i64>,
}

impl Places {
    /// Makes sure that places have numbers; in a transaction of its own, so that a number once known always holds.
    pub(super) fn learn<'p>(
        &mut self,
        connection: &mut dyn Connection,
        places: impl Iterator<Item = &'p Place>,
    ) -> Result<()> {
        for place in places {
            if !self.known.contains_key(place) {
                let number = number(connection, place)?;
                self.known.insert(place.clone(), number);
            }
        }
        Ok(())
    }

    /// The number of a place that was learnt.
    pub(super) fn get(&self, place: &Place) -> Option<i64> {
        self.known.get(place).copied()
    }
}

fn number(connection: &mut dyn Connection, place: &Place) -> Result<i64> {
    let names = [Param::Text(&place.tree), Param::Text(&place.step)];
    let find = "SELECT no FROM place WHERE tree = $1 AND step = $2";
    if let Some(number) = connection.first(find, &names, |row| row.int(0).unwrap_or(0))? {
        return Ok(number);
    }
    connection.transaction(|connection| {
        connection.execute(
            "INSERT INTO place (tree, step) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &names,
        )?;
        let found = connection.first(find, &names, |row| row.int(0).unwrap_or(0))?;
        Ok(found.unwrap_or(0))
    })
}
