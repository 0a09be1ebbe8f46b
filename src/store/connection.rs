//! One connection to a database, as little as the store needs of it. All that the store does is written once over this
//! trait, so that SQLite and PostgreSQL behave the same; placeholders are `$1`, `$2` … in order of first appearance.

use std::borrow::Cow;

use super::error::{Result, StoreError};

/// A value given to a statement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Param<'a> {
    /// Nothing.
    Null,
    /// A number.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

impl<'a> Param<'a> {
    /// A text, or nothing.
    pub fn text(text: Option<&'a str>) -> Self {
        text.map_or(Self::Null, Self::Text)
    }

    /// A number, or nothing.
    pub fn int(number: Option<i64>) -> Self {
        number.map_or(Self::Null, Self::Int)
    }
}

/// A text as it is kept: PostgreSQL takes no NUL in one, so neither store does.
pub fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') {
        Cow::Owned(text.replace('\0', "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// One row of what a query gives, columns counted from 0. A column of another kind reads as nothing.
pub trait Row {
    /// A number.
    fn int(&self, column: usize) -> Option<i64>;
    /// A text.
    fn text(&self, column: usize) -> Option<&str>;
    /// Bytes.
    fn bytes(&self, column: usize) -> Option<&[u8]>;
}

/// Which database it is, where statements must differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// SQLite.
    Sqlite,
    /// PostgreSQL.
    Postgres,
}

/// What a transaction keeps others from changing until it ends. A file has one writer at a time anyway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lock<'a> {
    /// The tables themselves.
    Tables,
    /// Cases, by their numbers: whoever changes one locks it first, so that what it reads of it holds. A plain event may
    /// still be added.
    Cases(&'a [i64]),
    /// Cases with their events: nobody adds one to any until the end. For what is rare and short, for all writers wait.
    Whole(&'a [i64]),
    /// The versions of the library, against being taken out.
    VersionsStay,
    /// The versions of the library, against coming into use.
    VersionsGo,
}

/// Takes the rows of a query, one after the other.
pub type Each<'f> = dyn FnMut(&dyn Row) -> Result<()> + 'f;

/// A connection.
pub trait Connection: Send {
    /// Which database it is.
    fn dialect(&self) -> Dialect;

    /// Begins a transaction that may write.
    ///
    /// # Errors
    /// The store is locked or gone.
    fn begin(&mut self) -> Result<()>;

    /// Ends the transaction; when it says so, all of it is durable.
    ///
    /// # Errors
    /// Nothing of it is kept, or (where the connection was lost) nobody knows.
    fn commit(&mut self) -> Result<()>;

    /// Takes the transaction back, if there is one.
    fn rollback(&mut self);

    /// Locks something for the rest of the transaction, at the latest with its next statement.
    ///
    /// # Errors
    /// Others keep it locked for too long.
    fn lock(&mut self, _: Lock<'_>) -> Result<()> {
        Ok(())
    }

    /// Runs a statement; gives how many rows it changed.
    ///
    /// # Errors
    /// It cannot be run.
    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64>;

    /// Runs a statement outside of a transaction: it is durable when it says so.
    ///
    /// # Errors
    /// It cannot be run, or (where the connection was lost) nobody knows what came of it.
    fn execute_alone(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        self.execute(sql, params)
    }

    /// Runs one statement for many rows, in one round trip where that is possible.
    ///
    /// # Errors
    /// It cannot be run for one of them.
    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param<'_>>]) -> Result<Vec<u64>> {
        rows.iter().map(|row| self.execute(sql, row)).collect()
    }

    /// Runs a statement once over many rows, of which each column is given as one array, outside of a transaction; only
    /// where a database has arrays. Gives how many rows it changed.
    ///
    /// # Errors
    /// As [`Self::execute_alone`].
    fn execute_over(&mut self, _sql: &str, _rows: &[Vec<Param<'_>>]) -> Result<u64> {
        Err(StoreError::Unavailable {
            place: String::new(),
            why: "has no arrays".to_owned(),
            lost: false,
        })
    }

    /// Runs a query and hands over its rows as they come, without gathering them.
    ///
    /// # Errors
    /// It cannot be run, or the one who takes the rows refuses.
    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut Each<'_>) -> Result<()>;

    /// Runs several statements without parameters.
    ///
    /// # Errors
    /// One of them cannot be run.
    fn script(&mut self, sql: &str) -> Result<()>;

    /// Makes room for tables, where a database wants that; within the transaction.
    ///
    /// # Errors
    /// One may not.
    fn make_room(&mut self) -> Result<()> {
        Ok(())
    }

    /// The version of the tables; 0 where there are none.
    ///
    /// # Errors
    /// It cannot be read.
    fn version(&mut self) -> Result<i64>;

    /// Notes the version of the tables, within the transaction.
    ///
    /// # Errors
    /// It cannot be written.
    fn set_version(&mut self, version: i64) -> Result<()>;

    /// Makes ready for one who writes the same kinds of rows all the time, and hardly looks anything up.
    ///
    /// # Errors
    /// The store cannot be reached.
    fn expect_writes(&mut self) -> Result<()> {
        Ok(())
    }

    /// Notes within a transaction that erases something that [`Self::clean_up`] is still to come, so that it is made up for
    /// where the process is killed in between.
    ///
    /// # Errors
    /// It cannot be written.
    fn expect_clean_up(&mut self) -> Result<()> {
        Ok(())
    }

    /// Sees to it that what was erased is not left over in files, as far as the database lets one.
    ///
    /// # Errors
    /// They cannot be written, or others keep old ones in use.
    fn clean_up(&mut self) -> Result<()> {
        Ok(())
    }

    /// Does what a [`Self::clean_up`] left undone, where nobody is in the way.
    ///
    /// # Errors
    /// They cannot be written.
    fn clean_rest(&mut self) -> Result<()> {
        Ok(())
    }
}

impl dyn Connection + '_ {
    /// Runs something in a transaction: all of it is kept, or nothing.
    ///
    /// # Errors
    /// It refuses, or the store does.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        self.begin()?;
        match work(self) {
            Ok(done) => {
                self.commit()?;
                Ok(done)
            }
            Err(why) => {
                self.rollback();
                Err(why)
            }
        }
    }

    /// The first row of a query, read by a closure.
    ///
    /// # Errors
    /// It cannot be run.
    pub fn first<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&dyn Row) -> T,
    ) -> Result<Option<T>> {
        let mut first = None;
        self.query(sql, params, &mut |row| {
            if first.is_none() {
                first = Some(read(row));
            }
            Ok(())
        })?;
        Ok(first)
    }

    /// All rows of a query, each read by a closure.
    ///
    /// # Errors
    /// It cannot be run, or a row cannot be read.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&dyn Row) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut all = Vec::new();
        self.query(sql, params, &mut |row| {
            all.push(read(row)?);
            Ok(())
        })?;
        Ok(all)
    }
}
