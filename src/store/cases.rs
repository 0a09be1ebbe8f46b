//! Cases in lists, and their events.

use std::sync::Arc;

use crate::session::{Event, Happening, Moment};

use super::case_id::{CaseId, typed_letters};
use super::connection::{Connection, Dialect, Param, Row};
use super::error::{Result, StoreError};
use super::head::Status;

/// A case as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct CaseRow {
    pub id: CaseId,
    /// The tree in which it began.
    pub tree: Arc<str>,
    /// Where it stands: the tree, and the prompt in it.
    pub stands: Option<(Arc<str>, Arc<str>)>,
    pub audience: Arc<str>,
    pub channel: Arc<str>,
    pub status: Status,
    /// Parked until then, in milliseconds since 1970.
    pub until: Option<i64>,
    pub outcome: Option<Arc<str>>,
    pub confirmed: bool,
    pub team: Option<Arc<str>>,
    pub priority: Option<u8>,
    pub agent: Option<Arc<str>>,
    pub ticket: Option<Arc<str>>,
    /// When it began and when something happened last, in milliseconds since 1970.
    pub started_at: i64,
    pub last_at: i64,
    /// Since when it waits for a team, if it does.
    pub waits_since: Option<i64>,
    /// How many events there are.
    pub seq: u64,
    pub is_erased: bool,
    /// The hash of the library's version that it is pinned to.
    pub version: Arc<str>,
    pub(super) no: i64,
    pub(super) library: i64,
}

/// Which cases a list shows; what is not said does not matter.
#[derive(Debug, Clone, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Filter {
    pub status: Vec<Status>,
    /// The tree in which it began or stands.
    pub tree: Option<String>,
    pub agent: Option<String>,
    /// Handed over to one of these.
    pub teams: Vec<String>,
    pub outcome: Option<String>,
    pub ticket: Option<String>,
    /// Begun at that moment or later, in milliseconds since 1970.
    pub since: Option<i64>,
    /// Begun before that moment.
    pub before: Option<i64>,
    /// Leave out those that were erased.
    pub readable: bool,
    pub order: Order,
    /// Those that came into the store before this one.
    pub behind: Option<CaseId>,
    /// So many at most.
    pub limit: Option<u32>,
}

/// Which cases come first in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Order {
    /// Those parked by when they are due, then the newest.
    #[default]
    Due,
    /// Those with which something happened last.
    Latest,
    /// Those that came into the store last.
    Newest,
    /// By priority, then those that wait for a team the longest.
    Urgent,
}

impl Order {
    const fn sql(self) -> &'static str {
        match self {
            Self::Due => " ORDER BY c.until IS NULL, c.until, c.started_at DESC, c.no DESC",
            Self::Newest => " ORDER BY c.no DESC",
            Self::Latest => " ORDER BY e.at DESC, c.no DESC",
            Self::Urgent => " ORDER BY c.priority IS NULL, c.priority, waits_since, c.no",
        }
    }
}

const COLUMNS: &str = "
c.no, c.id, c.library, c.tree, c.audience, c.channel, c.status, c.until, c.outcome, c.confirmed, c.team, c.priority,
    c.agent, c.ticket, c.started_at, c.erased_at, e.at, e.seq, p.tree, p.step, l.hash,
    CASE WHEN c.status = 'handed_over' THEN (SELECT max(h.at) FROM event h WHERE h.case_no = c.no AND h.kind = 9) END AS waits_since";

const TABLES: &str = "
FROM cases c
JOIN library l ON l.no = c.library
JOIN event e ON e.case_no = c.no AND e.seq = (SELECT max(x.seq) FROM event x WHERE x.case_no = c.no)
LEFT JOIN place p ON p.no = e.stands";

/// The cases that a filter leaves, in its order.
pub(super) fn list(connection: &mut dyn Connection, filter: &Filter) -> Result<Vec<CaseRow>> {
    let (conditions, params) = filter.conditions();
    let order = filter.order.sql();
    let mut sql = format!("SELECT {COLUMNS}{TABLES}{conditions}{order}");
    if let Some(limit) = filter.limit {
        sql.push_str(&format!(" LIMIT {limit}"));
    }
    connection.all(&sql, &params, read)
}

/// How many cases a filter leaves, whatever its limit.
pub(super) fn count(connection: &mut dyn Connection, filter: &Filter) -> Result<u64> {
    let (conditions, params) = filter.conditions();
    // Where it stands matters only if the filter asks for it.
    let tables = match filter.tree {
        Some(_) => TABLES,
        None => " FROM cases c",
    };
    let sql = format!("SELECT count(*){tables}{conditions}");
    let count = connection.first(&sql, &params, |row| number(row.int(0)))?;
    Ok(count.unwrap_or(0))
}

impl Filter {
    fn conditions(&self) -> (String, Vec<Param<'_>>) {
        let mut params = Vec::new();
        let mut conditions = Vec::new();
        let mut add = |condition: &str, param| {
            params.push(param);
            conditions.push(condition.replace('?', &format!("${}", params.len())));
        };
        if let Some(tree) = &self.tree {
            add("? IN (c.tree, p.tree)", Param::Text(tree));
        }
        let texts = [
            ("c.agent = ?", &self.agent),
            ("c.outcome = ?", &self.outcome),
            ("c.ticket = ?", &self.ticket),
        ];
        for (condition, text) in texts {
            if let Some(text) = text {
                add(condition, Param::Text(text));
            }
        }
        if let Some(behind) = &self.behind {
            let no = "c.no < (SELECT x.no FROM cases x WHERE x.id = ?)";
            add(no, Param::Text(behind.as_str()));
        }
        if let Some(since) = self.since {
            add("c.started_at >= ?", Param::Int(since));
        }
        if let Some(before) = self.before {
            add("c.started_at < ?", Param::Int(before));
        }
        if !self.teams.is_empty() {
            let first = params.len() + 1;
            params.extend(self.teams.iter().map(|team| Param::Text(team)));
            let places: Vec<String> = (first..=params.len()).map(|at| format!("${at}")).collect();
            conditions.push(format!("c.team IN ({})", places.join(", ")));
        }
        if self.readable {
            conditions.push("c.erased_at IS NULL".to_owned());
        }
        if !self.status.is_empty() {
            let names = self
                .status
                .iter()
                .map(|status| format!("'{}'", status.name()));
            let names: Vec<String> = names.collect();
            conditions.push(format!("c.status IN ({})", names.join(", ")));
        }
        if conditions.is_empty() {
            return (String::new(), params);
        }
        (format!(" WHERE {}", conditions.join(" AND ")), params)
    }
}

/// The case that somebody means: its whole name, or the beginning of it if no other case begins so.
pub(super) fn find(connection: &mut dyn Connection, given: &str) -> Result<CaseRow> {
    let unknown = || StoreError::NoSuchCase(given.to_owned());
    let letters = typed_letters(given)
        .filter(|letters| !letters.is_empty())
        .ok_or_else(unknown)?;
    // A range, because no index helps with LIKE; names are in ASCII, and nothing in them comes behind a tilde.
    let sql = format!(
        "SELECT {COLUMNS}{TABLES} WHERE c.id >= $1 AND c.id < $2 ORDER BY c.no DESC LIMIT 4"
    );
    let end = format!("{letters}~");
    let mut found = connection.all(&sql, &[Param::Text(&letters), Param::Text(&end)], read)?;
    match (found.pop(), found.is_empty()) {
        (None, _) => Err(unknown()),
        (Some(case), true) => Ok(case),
        (Some(case), false) => {
            found.push(case);
            Err(StoreError::SeveralCases {
                given: given.to_owned(),
                cases: found.iter().map(|case| case.id.to_string()).collect(),
            })
        }
    }
}

/// The number of a case's last event.
pub(super) fn last_seq(connection: &mut dyn Connection, case: &CaseId) -> Result<u64> {
    let sql = "SELECT max(seq) FROM event WHERE case_no = (SELECT no FROM cases WHERE id = $1)";
    let last = connection.first(sql, &[Param::Text(case.as_str())], |row| row.int(0))?;
    Ok(number(last.flatten()))
}

/// Whether there is more of a case than the events up to that number, or nothing of it any more: it was erased.
pub(super) fn is_other(connection: &mut dyn Connection, case: &CaseId, kept: u64) -> Result<bool> {
    let sql = "SELECT (SELECT max(seq) FROM event WHERE case_no = c.no), c.erased_at FROM cases c WHERE c.id = $1";
    let other = connection.first(sql, &[Param::Text(case.as_str())], |row| {
        number(row.int(0)) > kept || row.int(1).is_some()
    })?;
    Ok(other.unwrap_or(false))
}

/// The number of the last event of each of these cases that is there.
pub(super) fn last_seqs(
    connection: &mut dyn Connection,
    cases: &[CaseId],
) -> Result<Vec<(CaseId, u64)>> {
    // All names in one parameter, so that one statement stays prepared for however many.
    let names = match connection.dialect() {
        Dialect::Sqlite => "SELECT value FROM json_each($1)",
        Dialect::Postgres => "SELECT json_array_elements_text($1::json)",
    };
    let sql = format!(
        "SELECT c.id, (SELECT max(seq) FROM event WHERE case_no = c.no) FROM cases c WHERE c.id IN ({names})"
    );
    let wanted: Vec<&str> = cases.iter().map(CaseId::as_str).collect();
    let wanted = serde_json::Value::from(wanted).to_string();
    let found = connection.all(&sql, &[Param::Text(&wanted)], |row| {
        Ok(row.text(0).map(|id| (CaseId::kept(id), number(row.int(1)))))
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// The events of a case behind that number.
pub(super) fn events(
    connection: &mut dyn Connection,
    case: &CaseRow,
    after: u64,
) -> Result<Vec<Event>> {
    if case.is_erased {
        return Err(StoreError::Erased(case.id.to_string()));
    }
    let sql = "SELECT seq, at, zone, body FROM event WHERE case_no = $1 AND seq > $2 ORDER BY seq";
    let after = i64::try_from(after).unwrap_or(i64::MAX);
    connection.all(sql, &[Param::Int(case.no), Param::Int(after)], |row| {
        let mut event = event(row).ok_or_else(|| StoreError::Damaged {
            place: String::new(),
            why: format!(
                "event {} of case {} cannot be read",
                number(row.int(0)),
                case.id
            ),
        })?;
        if let Happening::Started(started) = &mut event.what {
            // The case may have been moved to another version since it began.
            started.library = Some(Arc::clone(&case.version));
        }
        Ok(event)
    })
}

fn event(row: &dyn Row) -> Option<Event> {
    let zone = i16::try_from(row.int(2)?).ok()?;
    let what: Happening = serde_json::from_str(row.text(3)?).ok()?;
    Some(Event {
        seq: u64::try_from(row.int(0)?).ok()?,
        at: Moment::new(row.int(1)?, zone)?,
        what,
    })
}

fn read(row: &dyn Row) -> Result<CaseRow> {
    let text = |column| row.text(column).map(Arc::from);
    let case = || {
        Some(CaseRow {
            no: row.int(0)?,
            id: CaseId::kept(row.text(1)?),
            library: row.int(2)?,
            tree: text(3)?,
            audience: text(4)?,
            channel: text(5)?,
            status: Status::from_name(row.text(6)?)?,
            until: row.int(7),
            outcome: text(8),
            confirmed: row.int(9) == Some(1),
            team: text(10),
            priority: row.int(11).and_then(|number| u8::try_from(number).ok()),
            agent: text(12),
            ticket: text(13),
            started_at: row.int(14)?,
            is_erased: row.int(15).is_some(),
            last_at: row.int(16)?,
            seq: number(row.int(17)),
            stands: text(18).zip(text(19)),
            version: text(20)?,
            waits_since: row.int(21),
        })
    };
    case().ok_or_else(|| StoreError::Damaged {
        place: String::new(),
        why: "a case cannot be read".to_owned(),
    })
}

fn number(read: Option<i64>) -> u64 {
    read.and_then(|number| u64::try_from(number).ok())
        .unwrap_or(0)
}
