//! The store on a PostgreSQL server: tables in a schema of their own, `fixpath`, one session for each connection, driven
//! by a runtime in the worker's own thread. A commit is on the server's disk (and on that of its synchronous standbys)
//! before it says so, whatever the server is set to. What is written in one step goes out together, without waiting for
//! one answer after the other.
//!
//! Transactions are READ COMMITTED: each statement sees what was committed before it began, and whoever changes a case
//! locks it first ([`Lock`]), so that what he reads of it afterwards holds until he is done.

mod explain;
mod statements;
mod tls;
mod values;

use std::future::{self, Future};
use std::pin::{Pin, pin};
use std::str::FromStr as _;
use std::task::Poll;
use std::time::Duration;

use futures_core::Stream as _;
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;
use tokio_postgres::types::Type;
use tokio_postgres::{Client, Config, RowStream, Statement};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::connection::{Connection, Dialect, Each, Lock, Param};
use super::error::{Result, StoreError};
use explain::{explain, explain_commit, silent};
use statements::Statements;
use tls::Wanted;
use values::{Column, kind};

/// How long one tries to reach the server.
const REACH: Duration = Duration::from_secs(10);

/// How long a server may take for one step of writing before it counts as gone.
const ANSWER: Duration = Duration::from_secs(60);

/// How often one asks whether a silent server is still there.
const ALIVE: Duration = Duration::from_secs(30);

/// What each session begins with. Nobody waits longer than ten seconds for a lock, and a computer that dies in the middle
/// of a transaction keeps nothing locked for more than a minute or so.
const SESSION: &str = "
SET search_path = fixpath;
SET client_min_messages = warning;
SET default_transaction_isolation = 'read committed';
SET lock_timeout = '10s';
SET idle_in_transaction_session_timeout = '60s';
SET tcp_keepalives_idle = 30;
SET tcp_keepalives_interval = 10;
SET tcp_keepalives_count = 3;
SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') <> 'remote_apply';
";

/// Numbers of advisory locks: for the tables, and for the versions of the library ("FIXP", and one more).
const TABLES: i64 = 0x4649_5850;
const VERSIONS: i64 = TABLES + 1;

/// A session on a server.
pub struct Postgres {
    runtime: Runtime,
    client: Client,
    statements: Statements,
    place: String,
    state: State,
}

/// How far a transaction is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    None,
    /// Asked for; it begins with its next statement, and locks these first.
    Asked(Vec<String>),
    Begun,
    /// One statement failed: nothing of it can be kept.
    Failed,
}

impl State {
    fn fail(&mut self) {
        if *self == Self::Begun {
            *self = Self::Failed;
        }
    }
}

impl Postgres {
    /// Reaches a server; `place` is its address without the password.
    ///
    /// # Errors
    /// It cannot be reached or refuses.
    pub fn open(url: &str, place: String) -> Result<Self> {
        let wanted = Wanted::read(url);
        let mut config =
            Config::from_str(&wanted.url).map_err(|why| explain::address(&place, &why))?;
        let tls = wanted
            .connector()
            .map_err(|why| StoreError::NotAnAddress(format!("{place} cannot be used: {why}")))?;
        config
            .application_name("fixpath")
            .keepalives_idle(ALIVE)
            .tcp_user_timeout(ANSWER);
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(REACH);
        }
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|why| StoreError::Unavailable {
                place: place.clone(),
                why: format!("cannot be reached: {why}"),
                lost: true,
            })?;
        let reached = runtime.block_on(async { timeout(2 * REACH, reach(&config, tls)).await });
        let client = match reached {
            Ok(reached) => reached.map_err(|why| explain(&place, &why))?,
            Err(_) => return Err(silent(&place)),
        };
        Ok(Self {
            runtime,
            client,
            statements: Statements::default(),
            place,
            state: State::None,
        })
    }

    /// Does something with the server, but does not wait for ever.
    fn within<T>(
        &self,
        work: impl Future<Output = std::result::Result<T, tokio_postgres::Error>>,
    ) -> Result<T> {
        match self.runtime.block_on(async { timeout(ANSWER, work).await }) {
            Ok(done) => done.map_err(|why| explain(&self.place, &why)),
            Err(_) => Err(silent(&self.place)),
        }
    }

    fn statement(&mut self, sql: &str, params: &[Param<'_>]) -> Result<Statement> {
        if let Some(found) = self.statements.get(sql) {
            return Ok(found);
        }
        let types: Vec<Type> = params.iter().map(kind).collect();
        let prepared = self.within(self.client.prepare_typed(sql, &types));
        let prepared = prepared.inspect_err(|_| self.state.fail())?;
        self.statements.keep(sql, prepared.clone());
        Ok(prepared)
    }

    /// Begins the transaction that was asked for, together with `work`.
    fn run<T>(
        &mut self,
        work: impl AsyncFnOnce(&Client) -> std::result::Result<T, tokio_postgres::Error>,
    ) -> Result<T> {
        let asked = match std::mem::replace(&mut self.state, State::None) {
            State::Asked(locks) => Some(locks),
            state => {
                self.state = state;
                None
            }
        };
        let done = match asked {
            None => self.within(work(&self.client)),
            Some(locks) => {
                self.state = State::Begun;
                let mut sql = "BEGIN READ WRITE;".to_owned();
                sql.extend(locks);
                let client = &self.client;
                self.within(async {
                    let begin: Boxed<'_, Option<T>> = Box::pin(async {
                        client.batch_execute(&sql).await?;
                        Ok(None)
                    });
                    let work: Boxed<'_, Option<T>> =
                        Box::pin(async { Ok(Some(work(client).await?)) });
                    let mut done = in_order(vec![begin, work]).await?;
                    Ok(done.pop().flatten())
                })
                .and_then(|done| done.ok_or_else(|| silent(&self.place)))
            }
        };
        done.inspect_err(|_| self.state.fail())
    }
}

/// Connects, and sees to it that the session is as it must be.
async fn reach(
    config: &Config,
    tls: MakeRustlsConnect,
) -> std::result::Result<Client, tokio_postgres::Error> {
    let (client, connection) = config.connect(tls).await?;
    // What goes wrong there is told to whoever waits for an answer.
    tokio::spawn(connection);
    client.batch_execute(SESSION).await?;
    Ok(client)
}

type Boxed<'f, T> =
    Pin<Box<dyn Future<Output = std::result::Result<T, tokio_postgres::Error>> + 'f>>;

/// Sends all of them off in their order before it waits for any; gives what came of all, or what went wrong first.
async fn in_order<T>(
    futures: Vec<Boxed<'_, T>>,
) -> std::result::Result<Vec<T>, tokio_postgres::Error> {
    let mut waiting: Vec<(Option<Boxed<'_, T>>, Option<_>)> = futures
        .into_iter()
        .map(|future| (Some(future), None))
        .collect();
    let mut first = 0;
    future::poll_fn(|context| {
        for (future, done) in waiting.iter_mut().skip(first) {
            if let Some(running) = future
                && let Poll::Ready(said) = running.as_mut().poll(context)
            {
                *done = Some(said);
                *future = None;
            }
        }
        // Answers come in the same order.
        first += waiting
            .iter()
            .skip(first)
            .take_while(|(future, _)| future.is_none())
            .count();
        if first == waiting.len() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}

impl Connection for Postgres {
    fn dialect(&self) -> Dialect {
        Dialect::Postgres
    }

    fn begin(&mut self) -> Result<()> {
        self.state = State::Asked(Vec::new());
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        match std::mem::replace(&mut self.state, State::None) {
            State::None | State::Asked(_) => Ok(()),
            State::Begun => {
                let commit = self.client.batch_execute("COMMIT");
                match self
                    .runtime
                    .block_on(async { timeout(ANSWER, commit).await })
                {
                    Ok(done) => done.map_err(|why| explain_commit(&self.place, &why)),
                    Err(_) => Err(StoreError::Uncertain {
                        place: self.place.clone(),
                        why: "the server gave no answer".to_owned(),
                    }),
                }
            }
            State::Failed => {
                self.state = State::Failed;
                self.rollback();
                Err(StoreError::Unavailable {
                    place: self.place.clone(),
                    why: "refuses: a part of it failed".to_owned(),
                    lost: false,
                })
            }
        }
    }

    fn rollback(&mut self) {
        let state = std::mem::replace(&mut self.state, State::None);
        if matches!(state, State::Begun | State::Failed) && !self.client.is_closed() {
            // Where it fails the session is over, and the server takes the transaction back itself.
            let _ = self.within(self.client.batch_execute("ROLLBACK"));
        }
    }

    fn lock(&mut self, what: Lock<'_>) -> Result<()> {
        let sql = match what {
            Lock::Tables => format!("SELECT pg_advisory_xact_lock({TABLES});"),
            Lock::VersionsStay => format!("SELECT pg_advisory_xact_lock_shared({VERSIONS});"),
            Lock::VersionsGo => format!("SELECT pg_advisory_xact_lock({VERSIONS});"),
            Lock::Cases([]) | Lock::Whole([]) => return Ok(()),
            Lock::Cases(cases) => lock_cases(cases),
            // Whoever adds an event reads this table, which is never written to: it waits here, before it sees anything.
            Lock::Whole(cases) => format!(
                "{} LOCK TABLE fixpath.version IN ACCESS EXCLUSIVE MODE;",
                lock_cases(cases)
            ),
        };
        if let State::Asked(locks) = &mut self.state {
            locks.push(sql);
            return Ok(());
        }
        self.run(async |client| client.batch_execute(&sql).await)
    }

    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        let statement = self.statement(sql, params)?;
        self.run(async |client| client.execute_raw(&statement, params).await)
    }

    fn execute_alone(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        let statement = self.statement(sql, params)?;
        self.run(async |client| client.execute_raw(&statement, params).await)
            .map_err(explain::uncertain)
    }

    fn execute_each(&mut self, sql: &str, rows: &[Vec<Param<'_>>]) -> Result<Vec<u64>> {
        let Some(first) = rows.first() else {
            return Ok(Vec::new());
        };
        let statement = self.statement(sql, first)?;
        self.run(async |client| {
            let statement = &statement;
            let each = rows.iter().map(|row| -> Boxed<'_, u64> {
                Box::pin(async move { client.execute_raw(statement, row).await })
            });
            in_order(each.collect()).await
        })
    }

    fn execute_over(&mut self, sql: &str, rows: &[Vec<Param<'_>>]) -> Result<u64> {
        let statement = self.statement(sql, &[])?;
        let columns: Vec<Column<'_>> = (0..statement.params().len())
            .map(|at| Column { rows, at })
            .collect();
        self.run(async |client| client.execute_raw(&statement, &columns).await)
            .map_err(explain::uncertain)
    }

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut Each<'_>) -> Result<()> {
        let statement = self.statement(sql, params)?;
        let rows = self.run(async |client| client.query_raw(&statement, params).await)?;
        let taken = self.runtime.block_on(take(rows, &self.place, each));
        taken.inspect_err(|_| self.state.fail())
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.run(async |client| client.batch_execute(sql).await)
    }

    fn version(&mut self) -> Result<i64> {
        // Not `to_regclass`: within a transaction it may not see what others have made since.
        let sql = "SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'fixpath' AND c.relname = 'version'";
        let dynamic: &mut dyn Connection = self;
        let is_there = dynamic.first(sql, &[], |row| row.int(0))?.flatten();
        if is_there != Some(1) {
            return Ok(0);
        }
        let sql = "SELECT max(number) FROM fixpath.version";
        let number = dynamic.first(sql, &[], |row| row.int(0))?;
        Ok(number.flatten().unwrap_or(0))
    }

    fn set_version(&mut self, version: i64) -> Result<()> {
        self.script("CREATE TABLE IF NOT EXISTS fixpath.version (number BIGINT NOT NULL)")?;
        self.execute("DELETE FROM fixpath.version", &[])?;
        let sql = "INSERT INTO fixpath.version (number) VALUES ($1)";
        self.execute(sql, &[Param::Int(version)])?;
        Ok(())
    }

    fn expect_writes(&mut self) -> Result<()> {
        // To plan anew how a row is inserted takes longer than to insert it.
        self.script("SET plan_cache_mode = force_generic_plan")
    }

    fn make_room(&mut self) -> Result<()> {
        // Not `IF NOT EXISTS` alone: it asks for the right to make one even where one is there.
        self.script(
            "DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'fixpath') THEN CREATE SCHEMA fixpath; END IF; END $$",
        )
    }
}

fn lock_cases(cases: &[i64]) -> String {
    let numbers: Vec<String> = cases.iter().map(i64::to_string).collect();
    format!(
        "SELECT no FROM cases WHERE no IN ({}) ORDER BY no FOR NO KEY UPDATE;",
        numbers.join(",")
    )
}

/// Hands over rows as they come; while one is looked at no more are fetched than fit into the socket.
async fn take(rows: RowStream, place: &str, each: &mut Each<'_>) -> Result<()> {
    let mut rows = pin!(rows);
    while let Some(row) = future::poll_fn(|context| rows.as_mut().poll_next(context)).await {
        each(&row.map_err(|why| explain(place, &why))?)?;
    }
    Ok(())
}
