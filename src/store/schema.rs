//! The tables, and how older ones become today's. Each version is a step that is never changed once it was released;
//! `{…}` stands for what the two databases call differently.

use super::connection::{Connection, Dialect, Lock};
use super::error::{Result, StoreError};

/// One entry for each version, from 1 on.
const STEPS: [&str; 4] = [FIRST, ACCOUNTS, SENT, LOOKERS];

/// Moments are milliseconds since 1970, UTC. What people said stands in `event.body`, `cases.ticket`, `cases.agent` and
/// `feedback` alone, so that it can be erased while the counts stay.
const FIRST: &str = "
CREATE TABLE library (
    no {key},
    hash TEXT NOT NULL UNIQUE,
    form {bytes} NOT NULL,
    kept_at {int} NOT NULL
);
CREATE TABLE place (
    no {key},
    tree TEXT NOT NULL,
    step TEXT NOT NULL,
    UNIQUE (tree, step)
);
CREATE TABLE cases (
    no {key},
    id TEXT NOT NULL UNIQUE,
    library {int} NOT NULL REFERENCES library (no),
    tree TEXT NOT NULL,
    audience TEXT NOT NULL,
    channel TEXT NOT NULL,
    status TEXT NOT NULL,
    until {int},
    outcome TEXT,
    confirmed {int},
    team TEXT,
    priority {int},
    agent TEXT,
    ticket TEXT,
    started_at {int} NOT NULL,
    erased_at {int}
);
CREATE INDEX cases_by_status ON cases (status, until);
CREATE INDEX cases_by_start ON cases (started_at);
CREATE INDEX cases_by_library ON cases (library);
CREATE TABLE event (
    case_no {int} NOT NULL,
    seq {int} NOT NULL,
    at {int} NOT NULL,
    zone {int} NOT NULL,
    kind {int} NOT NULL,
    place {int},
    reply TEXT,
    stands {int},
    shown {int},
    passed TEXT,
    body TEXT,
    writer {int},
    PRIMARY KEY (case_no, seq)
){clustered};
CREATE TABLE code (
    digest TEXT PRIMARY KEY,
    case_no {int} NOT NULL,
    made_at {int} NOT NULL,
    expires_at {int} NOT NULL,
    used_at {int}
){clustered};
CREATE TABLE feedback (
    no {key},
    case_no {int},
    library {int} NOT NULL,
    tree TEXT NOT NULL,
    step TEXT NOT NULL,
    at {int} NOT NULL,
    agent TEXT,
    words TEXT
);
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    case_no {int} NOT NULL,
    hook TEXT NOT NULL,
    url TEXT NOT NULL,
    body TEXT,
    content_type TEXT NOT NULL,
    made_at {int} NOT NULL,
    attempts {int} NOT NULL,
    next_at {int},
    sent_at {int},
    problem TEXT
){clustered};
CREATE INDEX outbox_by_next ON outbox (next_at);
CREATE INDEX outbox_by_case ON outbox (case_no);
";

/// Who may sign in. What was given out as a proof (`sign_in`, `token`) is kept as a digest only, passwords as hashes; of
/// those who tried to sign in and failed (`attempt`) nothing is known but digests. Customers' cases have no agent.
const ACCOUNTS: &str = "
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value {bytes} NOT NULL
){clustered};
CREATE TABLE account (
    no {key},
    name TEXT NOT NULL UNIQUE,
    password TEXT,
    roles TEXT NOT NULL,
    teams TEXT NOT NULL,
    made_at {int} NOT NULL,
    disabled_at {int},
    signed_in_at {int}
);
CREATE TABLE sign_in (
    digest TEXT PRIMARY KEY,
    account {int} NOT NULL REFERENCES account (no),
    made_at {int} NOT NULL,
    seen_at {int} NOT NULL
){clustered};
CREATE INDEX sign_in_by_account ON sign_in (account);
CREATE TABLE attempt (
    digest TEXT PRIMARY KEY,
    failures {int} NOT NULL,
    last_at {int} NOT NULL,
    free_at {int} NOT NULL
){clustered};
CREATE INDEX attempt_by_last ON attempt (last_at);
CREATE TABLE token (
    no {key},
    name TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL UNIQUE,
    roles TEXT NOT NULL,
    made_by TEXT,
    made_at {int} NOT NULL,
    expires_at {int},
    used_at {int}
);
CREATE INDEX cases_by_agent ON cases (agent, status) WHERE agent IS NOT NULL;
CREATE INDEX cases_by_team ON cases (team, status) WHERE team IS NOT NULL;
";

/// How many messages were sent for each hook that are not in the outbox any more.
const SENT: &str = "
CREATE TABLE sent (
    hook TEXT PRIMARY KEY,
    count {int} NOT NULL
){clustered};
CREATE INDEX outbox_by_sent ON outbox (sent_at);
";

/// Who looks at which case in which process, until when it is believed; and cases are looked for by their tickets.
const LOOKERS: &str = "
CREATE TABLE looker (
    server {int} NOT NULL,
    case_id TEXT NOT NULL,
    name TEXT NOT NULL,
    until {int} NOT NULL,
    PRIMARY KEY (server, case_id, name)
){clustered};
CREATE INDEX looker_by_case ON looker (case_id);
CREATE INDEX cases_by_ticket ON cases (ticket) WHERE ticket IS NOT NULL;
";

/// Makes the tables those of today.
///
/// # Errors
/// They are of a newer fixpath, or cannot be changed; then they are as they were.
pub fn migrate(connection: &mut dyn Connection) -> Result<()> {
    let known = STEPS.len() as i64;
    if connection.version()? == known {
        return Ok(());
    }
    connection.transaction(|connection| {
        connection.lock(Lock::Tables)?;
        // Asked again: another process may have been quicker.
        let found = connection.version()?;
        if found > known {
            return Err(StoreError::TooNew { found, known });
        }
        connection.make_room()?;
        let done = usize::try_from(found).unwrap_or(0);
        for step in STEPS.iter().skip(done) {
            let sql = translated(step, connection.dialect());
            connection.script(&sql)?;
        }
        connection.set_version(known)
    })
}

fn translated(sql: &str, dialect: Dialect) -> String {
    let (key, int, bytes, text, clustered) = match dialect {
        Dialect::Sqlite => (
            "INTEGER PRIMARY KEY",
            "INTEGER",
            "BLOB",
            "TEXT",
            " WITHOUT ROWID",
        ),
        // Texts are sorted by their bytes, as SQLite does.
        Dialect::Postgres => (
            "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            "BIGINT",
            "BYTEA",
            "TEXT COLLATE \"C\"",
            "",
        ),
    };
    sql.replace("TEXT", text)
        .replace("{key}", key)
        .replace("{int}", int)
        .replace("{bytes}", bytes)
        .replace("{clustered}", clustered)
}
