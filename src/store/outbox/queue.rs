//! The messages that wait to be sent. A message is claimed for a while before it is sent: so no two processes send the
//! same one at a time, and one whose sender died is sent by another. Of the messages of one case to one hook the earlier
//! goes first.

use super::super::case_id::{CaseId, typed_letters};
use super::super::connection::{Connection, Param, Row};
use super::super::error::{Result, StoreError};
use super::super::{Desk, Store};

/// A message that the other side has not taken yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Its id: the same however often it is sent.
    pub id: String,
    /// The case that it tells of.
    pub case: CaseId,
    /// The name of the hook.
    pub hook: String,
    /// Where to, as written.
    pub url: String,
    /// When it was made, in milliseconds since 1970.
    pub made_at: i64,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried again; none where it was given up.
    pub next_at: Option<i64>,
    /// What came of the last attempt.
    pub problem: Option<String>,
}

/// A message that one may send, for a while and as the only one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    /// It, with this attempt counted.
    pub waiting: Waiting,
    /// What to send.
    pub body: String,
    /// Of what kind; empty where the body is the message, for its template could not be filled in with it.
    pub content_type: String,
}

/// What came of an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    /// The other side has taken it.
    Sent,
    /// It is tried again at that moment.
    Later {
        /// In milliseconds since 1970.
        at: i64,
        /// What was wrong.
        problem: String,
    },
    /// It is not tried again before somebody says so.
    GivenUp {
        /// What was wrong.
        problem: String,
    },
}

const COLUMNS: &str = "
SELECT o.id, c.id, o.hook, o.url, o.made_at, o.attempts, o.next_at, o.problem
FROM outbox o JOIN cases c ON c.no = o.case_no
WHERE o.sent_at IS NULL AND o.body IS NOT NULL";

/// No earlier message of the same case waits for the same hook.
const FIRST_OF_ITS_CASE: &str = "
AND NOT EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.case_no = o.case_no AND e.hook = o.hook AND e.url = o.url
    AND e.made_at < o.made_at AND e.sent_at IS NULL AND e.next_at IS NOT NULL
)";

impl Store {
    /// The messages that wait, the oldest first; those given up are among them.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn waiting(&self) -> Result<Vec<Waiting>> {
        let sql = format!("{COLUMNS} ORDER BY o.made_at, o.id");
        let list = move |desk: &mut Desk| desk.connection.as_mut().all(&sql, &[], read);
        self.reader().run(list).wait()
    }

    /// So many of the messages for these hooks that are due at a moment: those tried least first, so that one at
    /// which the other side stumbles does not keep the others back, then those that are due longest. A hook is its
    /// name and its address as written; none stands for any address.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn due(
        &self,
        now: i64,
        hooks: &[(String, Option<String>)],
        limit: u32,
    ) -> Result<Vec<Waiting>> {
        if hooks.is_empty() {
            return Ok(Vec::new());
        }
        let hooks = hooks.to_vec();
        let list = move |desk: &mut Desk| {
            let mut params = vec![Param::Int(now)];
            let mut wanted = Vec::new();
            for (name, url) in &hooks {
                params.push(Param::Text(name));
                let mut one = format!("o.hook = ${}", params.len());
                if let Some(url) = url {
                    params.push(Param::Text(url));
                    one = format!("({one} AND o.url = ${})", params.len());
                }
                wanted.push(one);
            }
            let wanted = wanted.join(" OR ");
            let sql = format!(
                "{COLUMNS} AND o.next_at <= $1 AND ({wanted}) {FIRST_OF_ITS_CASE} ORDER BY o.attempts, o.next_at, o.made_at, o.id LIMIT {limit}"
            );
            desk.connection.as_mut().all(&sql, &params, read)
        };
        self.reader().run(list).wait()
    }

    /// Takes a message that is due to be sent by the caller alone until a moment; `None` if somebody else was quicker.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn claim(&self, waiting: &Waiting, now: i64, until: i64) -> Result<Option<Claimed>> {
        let waiting = waiting.clone();
        let claim = move |desk: &mut Desk| {
            let connection = desk.connection.as_mut();
            let changed = connection.execute(
                "UPDATE outbox SET next_at = $1, attempts = attempts + 1
                WHERE id = $2 AND attempts = $3 AND next_at <= $4 AND sent_at IS NULL AND body IS NOT NULL",
                &[
                    Param::Int(until),
                    Param::Text(&waiting.id),
                    Param::Int(waiting.attempts.into()),
                    Param::Int(now),
                ],
            )?;
            if changed == 0 {
                return Ok(None);
            }
            let sql = "SELECT body, content_type FROM outbox WHERE id = $1";
            let text = |row: &dyn Row, column| row.text(column).unwrap_or_default().to_owned();
            let found = connection.first(sql, &[Param::Text(&waiting.id)], |row| {
                (text(row, 0), text(row, 1))
            })?;
            Ok(found.map(|(body, content_type)| Claimed {
                waiting: Waiting {
                    attempts: waiting.attempts + 1,
                    next_at: Some(until),
                    ..waiting.clone()
                },
                body,
                content_type,
            }))
        };
        self.writer.run(claim).wait()
    }

    /// Notes what came of an attempt. What was sent is sent, whoever has claimed it in the meantime; anything else counts
    /// only for who holds the claim.
    ///
    /// # Errors
    /// It cannot be written; the message is then tried again when the claim has run out.
    pub fn settle(&self, claimed: &Claimed, settled: Settled, now: i64) -> Result<()> {
        let id = claimed.waiting.id.clone();
        let attempts = i64::from(claimed.waiting.attempts);
        let settle = move |desk: &mut Desk| {
            let connection = desk.connection.as_mut();
            let not_sent = |connection: &mut dyn Connection, next_at, problem: &str| {
                connection.execute(
                    "UPDATE outbox SET next_at = $1, problem = $2 WHERE id = $3 AND attempts = $4 AND sent_at IS NULL AND body IS NOT NULL",
                    &[
                        Param::int(next_at),
                        Param::Text(problem),
                        Param::Text(&id),
                        Param::Int(attempts),
                    ],
                )
            };
            match &settled {
                Settled::Sent => connection.execute(
                    "UPDATE outbox SET sent_at = $1, next_at = NULL, problem = NULL, body = NULL WHERE id = $2 AND sent_at IS NULL",
                    &[Param::Int(now), Param::Text(&id)],
                )?,
                Settled::Later { at, problem } => not_sent(connection, Some(*at), problem)?,
                Settled::GivenUp { problem } => not_sent(connection, None, problem)?,
            };
            Ok(())
        };
        self.writer.run(settle).wait()
    }

    /// Puts off all messages to an address that are due at a moment: it does not answer just now.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn postpone(&self, hook: &str, url: &str, now: i64, until: i64) -> Result<()> {
        let (hook, url) = (hook.to_owned(), url.to_owned());
        let postpone = move |desk: &mut Desk| {
            desk.connection.as_mut().execute(
                "UPDATE outbox SET next_at = $1 WHERE hook = $2 AND url = $3 AND next_at <= $4 AND sent_at IS NULL",
                &[
                    Param::Int(until),
                    Param::Text(&hook),
                    Param::Text(&url),
                    Param::Int(now),
                ],
            )
        };
        self.writer.run(postpone).wait().map(drop)
    }

    /// Makes messages due at a moment as if they had never been tried: one by its id, those of a case by its name, or
    /// all. Gives how many.
    ///
    /// # Errors
    /// There is none of that name, or it cannot be written.
    pub fn retry(&self, which: Option<&str>, now: i64) -> Result<u64> {
        self.change(
            "UPDATE outbox SET next_at = $1, attempts = 0 WHERE sent_at IS NULL AND body IS NOT NULL",
            vec![now],
            which,
        )
    }

    /// Forgets messages that were not sent, as [`Store::retry`] names them.
    ///
    /// # Errors
    /// There is none of that name, or it cannot be written.
    pub fn drop_waiting(&self, which: Option<&str>) -> Result<u64> {
        self.change(
            "DELETE FROM outbox WHERE sent_at IS NULL",
            Vec::new(),
            which,
        )
    }

    fn change(&self, sql: &'static str, numbers: Vec<i64>, which: Option<&str>) -> Result<u64> {
        let which = which.map(str::to_owned);
        let change = move |desk: &mut Desk| {
            let connection = desk.connection.as_mut();
            let mut params: Vec<Param<'_>> = numbers.iter().copied().map(Param::Int).collect();
            let Some(which) = &which else {
                return connection.execute(sql, &params);
            };
            let letters = typed_letters(which);
            let place = params.len() + 1;
            let changed = match &letters {
                Some(letters) => {
                    params.push(Param::Text(letters));
                    let of_case =
                        format!("{sql} AND case_no IN (SELECT no FROM cases WHERE id = ${place})");
                    connection.execute(&of_case, &params)?
                }
                None => {
                    params.push(Param::Text(which));
                    connection.execute(&format!("{sql} AND id = ${place}"), &params)?
                }
            };
            if changed == 0 {
                return Err(StoreError::NoSuchMessage(which.clone()));
            }
            Ok(changed)
        };
        self.writer.run(change).wait()
    }
}

fn read(row: &dyn Row) -> Result<Waiting> {
    let text = |column| row.text(column).map(str::to_owned);
    let waiting = || {
        Some(Waiting {
            id: text(0)?,
            case: CaseId::kept(row.text(1)?),
            hook: text(2)?,
            url: text(3)?,
            made_at: row.int(4)?,
            attempts: u32::try_from(row.int(5)?).ok()?,
            next_at: row.int(6),
            problem: text(7),
        })
    };
    waiting().ok_or_else(|| StoreError::Damaged {
        place: String::new(),
        why: "a message cannot be read".to_owned(),
    })
}
