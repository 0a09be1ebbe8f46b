//! A store of a test's own, on SQLite or on PostgreSQL, and sessions to keep in it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use fixpath::session::{Event, Happening, Reply, Session, Source, Started};
use fixpath::store::{Address, Store};
use fixpath::tree::{Audience, Channel, Library};

use super::{Files, Folder, Server, minute, value};

/// Where a test keeps cases.
#[derive(Debug)]
pub struct Place {
    address: Address,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Sqlite(Folder),
    Postgres(&'static Server, String),
}

/// Runs each test on both stores: `on_both!(one, two)` for functions that take a [`Place`].
#[macro_export]
macro_rules! on_both {
    ($($name:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test] fn $name() { super::$name(&$crate::support::Place::sqlite()); })*
        }
        mod on_postgres {
            $(#[test] fn $name() {
                if let Some(place) = $crate::support::Place::postgres() { super::$name(&place); }
            })*
        }
    };
}

impl Place {
    /// A file that is not there yet.
    pub fn sqlite() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("store-{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Folder::new(&name);
        Self {
            address: Address::File(folder.path().join("cases.db")),
            kind: Kind::Sqlite(folder),
        }
    }

    /// An empty database, if there is a server.
    pub fn postgres() -> Option<Self> {
        let server = Server::shared()?;
        let database = server.database();
        Some(Self {
            address: server.address(&database),
            kind: Kind::Postgres(server, database),
        })
    }

    /// Its address.
    pub const fn address(&self) -> &Address {
        &self.address
    }

    /// Opens it, as another process would.
    pub fn open(&self) -> Store {
        Store::open(&self.address).unwrap()
    }

    /// Runs a statement past the store.
    pub fn run(&self, sql: &str) {
        match &self.kind {
            Kind::Sqlite(_) => {
                let path = self.address.file().unwrap();
                let connection = rusqlite::Connection::open(path).unwrap();
                connection.execute_batch(sql).unwrap();
            }
            Kind::Postgres(..) => drop(self.sql(sql)),
        }
    }

    /// The version of the tables.
    pub fn version(&self) -> i64 {
        let sql = match &self.kind {
            Kind::Sqlite(_) => "PRAGMA user_version",
            Kind::Postgres(..) => "SELECT number FROM version",
        };
        self.sql(sql).parse().unwrap()
    }

    /// Makes it look as if another fixpath had made the tables.
    pub fn set_version(&self, version: i64) {
        self.run(&match &self.kind {
            Kind::Sqlite(_) => format!("PRAGMA user_version = {version}"),
            Kind::Postgres(..) => format!("UPDATE version SET number = {version}"),
        });
    }

    /// What a statement gives, one value a line, past the store.
    pub fn sql(&self, sql: &str) -> String {
        match &self.kind {
            Kind::Sqlite(_) => {
                let path = self.address.file().unwrap();
                let connection = rusqlite::Connection::open(path).unwrap();
                let mut statement = connection.prepare(sql).unwrap();
                let rows = statement.query_map((), |row| {
                    let value: rusqlite::types::Value = row.get(0)?;
                    Ok(match value {
                        rusqlite::types::Value::Integer(number) => number.to_string(),
                        rusqlite::types::Value::Text(text) => text,
                        other => format!("{other:?}"),
                    })
                });
                let rows: Vec<String> = rows.unwrap().map(Result::unwrap).collect();
                rows.join("\n")
            }
            Kind::Postgres(server, database) => {
                server.sql(database, &format!("SET search_path = fixpath; {sql}"))
            }
        }
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self.kind {
            Kind::Sqlite(_) => "SQLite",
            Kind::Postgres(..) => "PostgreSQL",
        })
    }
}

/// A session that is pinned to its library, as those are that are kept.
pub fn begin(library: &Arc<Library>, tree: &str) -> Session {
    let mut started = Started::new(tree, Audience::Agent, Channel::Phone);
    started.library = Some(Arc::clone(library.hash()));
    begin_with(library, started)
}

/// As [`begin`], with everything that a case can begin with.
pub fn begin_with(library: &Arc<Library>, started: Started) -> Session {
    let event = Event {
        seq: 1,
        at: minute(0),
        what: Happening::Started(Box::new(started)),
    };
    Session::start(Arc::clone(library), event).unwrap()
}

/// Says something at the prompt that stands, a minute after what was said before.
pub fn say(session: &mut Session, word: &str) {
    let seq = session.seq();
    let step = session.prompt().at().unwrap().name().into_owned();
    let answer = match word {
        "done" => Reply::Done,
        "unsure" => Reply::Unsure,
        word => Reply::Answer(value(word)),
    };
    session
        .reply(seq, &step, answer, Source::Asked, minute(seq))
        .unwrap();
}

/// A tree that goes round for ever: `a`, `b`, `a`, … with `yes`, and ends with `no`.
pub fn endless() -> Arc<Library> {
    let text = "title: Round and round
steps:
  a:
    ask: Again?
    yes: b
    no: over
  b:
    ask: And again?
    yes: a
    no: over
  over:
    fix: It is over
";
    Arc::new(Files::example(text).compile().into_library())
}
