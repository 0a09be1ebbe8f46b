//! Who looks at which case, told to every process on the same store. A process says it again and again while somebody
//! looks there; what was not said for a while is not believed any more, for that process may have died. It is no part of
//! any case: nothing of it is counted, exported or erased.

use std::sync::Arc;

use super::case_id::random_writer;
use super::connection::{Connection, Dialect, Param};
use super::error::Result;
use super::ticket::Ticket;
use super::worker::Desk;
use super::{CaseId, Store, now};

/// So long is it believed, in milliseconds.
const BELIEVED: i64 = 30_000;

/// One process that says who looks there, and sees who looks elsewhere.
#[derive(Debug)]
pub struct Lookout {
    store: Store,
    /// This process, among those on the store.
    server: i64,
}

/// How a case stands for those who look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The case.
    pub case: CaseId,
    /// The number of its last event.
    pub seq: u64,
    /// Which agent worked on it last.
    pub agent: Option<Arc<str>>,
    /// Who looks at it in other processes, each once.
    pub elsewhere: Vec<Arc<str>>,
}

impl Store {
    /// A lookout for a process that nobody has heard of yet.
    ///
    /// # Errors
    /// The system gives no random number.
    pub fn lookout(&self) -> Result<Lookout> {
        Ok(Lookout {
            store: self.clone(),
            server: random_writer()?,
        })
    }
}

impl Lookout {
    /// Says who looks at which case here, in place of what was said before.
    pub fn tell(&self, looking: Vec<(CaseId, Arc<str>)>) -> Ticket<()> {
        let server = self.server;
        let tell = move |desk: &mut Desk| say(desk.connection.as_mut(), server, &looking, now());
        self.store.writer.run(tell)
    }

    /// How each of these cases stands, in one look. Those that are not there are left out.
    pub fn see(&self, cases: &[CaseId]) -> Ticket<Vec<Seen>> {
        let (server, cases) = (self.server, cases.to_vec());
        let see = move |desk: &mut Desk| seen(desk.connection.as_mut(), server, &cases, now());
        self.store.reader().run(see)
    }
}

fn say(
    connection: &mut dyn Connection,
    server: i64,
    looking: &[(CaseId, Arc<str>)],
    now: i64,
) -> Result<()> {
    let until = Param::Int(now.saturating_add(BELIEVED));
    let rows: Vec<Vec<Param<'_>>> = looking
        .iter()
        .map(|(case, name)| {
            let (case, name) = (Param::Text(case.as_str()), Param::Text(name));
            vec![Param::Int(server), case, name, until]
        })
        .collect();
    connection.transaction(|connection| {
        let forget = "DELETE FROM looker WHERE server = $1 OR until < $2";
        connection.execute(forget, &[Param::Int(server), Param::Int(now)])?;
        let add = "INSERT INTO looker (server, case_id, name, until) VALUES ($1, $2, $3, $4)";
        connection.execute_each(add, &rows)?;
        Ok(())
    })
}

fn seen(
    connection: &mut dyn Connection,
    server: i64,
    cases: &[CaseId],
    now: i64,
) -> Result<Vec<Seen>> {
    // All names in one parameter, so that one statement stays prepared for however many.
    let names = match connection.dialect() {
        Dialect::Sqlite => "SELECT value FROM json_each($1)",
        Dialect::Postgres => "SELECT json_array_elements_text($1::json)",
    };
    let wanted: Vec<&str> = cases.iter().map(CaseId::as_str).collect();
    let wanted = serde_json::Value::from(wanted).to_string();
    let sql = format!(
        "SELECT c.id, (SELECT max(seq) FROM event WHERE case_no = c.no), c.agent FROM cases c WHERE c.id IN ({names})"
    );
    let found = connection.all(&sql, &[Param::Text(&wanted)], |row| {
        Ok(row.text(0).map(|id| Seen {
            case: CaseId::kept(id),
            seq: row.int(1).and_then(|seq| seq.try_into().ok()).unwrap_or(0),
            agent: row.text(2).map(Arc::from),
            elsewhere: Vec::new(),
        }))
    })?;
    let mut found: Vec<Seen> = found.into_iter().flatten().collect();
    let sql = format!(
        "SELECT DISTINCT case_id, name FROM looker WHERE case_id IN ({names}) AND server <> $2 AND until >= $3 ORDER BY name"
    );
    let params = [Param::Text(&wanted), Param::Int(server), Param::Int(now)];
    connection.query(&sql, &params, &mut |row| {
        let looker = row.text(0).zip(row.text(1));
        let case =
            looker.and_then(|(id, _)| found.iter_mut().find(|seen| seen.case.as_str() == id));
        if let (Some(seen), Some((_, name))) = (case, looker) {
            seen.elsewhere.push(Arc::from(name));
        }
        Ok(())
    })?;
    Ok(found)
}
