//! What people say about the script itself, at a step: "this button is called something else by now".

use std::sync::Arc;

use super::case_id::CaseId;
use super::connection::{Connection, Lock, Param, Row};
use super::error::{Result, StoreError};

/// What somebody said about a step.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Feedback {
    pub tree: Arc<str>,
    /// The prompt's name.
    pub step: Arc<str>,
    /// The hash of the library's version that was walked.
    pub version: Arc<str>,
    pub case: Option<String>,
    /// In milliseconds since 1970.
    pub at: i64,
    pub agent: Option<Arc<str>>,
    /// None where it was erased with its case.
    pub words: Option<Arc<str>>,
}

/// What is to be added.
#[derive(Debug, Clone)]
pub(super) struct NewFeedback {
    pub(super) case: i64,
    pub(super) id: CaseId,
    pub(super) version: i64,
    pub(super) tree: Arc<str>,
    pub(super) step: Arc<str>,
    pub(super) at: i64,
    pub(super) agent: Option<Arc<str>>,
    pub(super) words: String,
}

pub(super) fn add(connection: &mut dyn Connection, new: &NewFeedback) -> Result<()> {
    connection.transaction(|connection| {
        // Nothing is said in a case that is erased, not even while it is.
        connection.lock(Lock::Cases(&[new.case]))?;
        let added = connection.execute(
            "INSERT INTO feedback (case_no, library, tree, step, at, agent, words)
            SELECT $1, $2, $3, $4, $5, $6, $7 FROM cases WHERE no = $1 AND id = $8 AND erased_at IS NULL",
            &[
                Param::Int(new.case),
                Param::Int(new.version),
                Param::Text(&new.tree),
                Param::Text(&new.step),
                Param::Int(new.at),
                Param::text(new.agent.as_deref()),
                Param::Text(&new.words),
                Param::Text(new.id.as_str()),
            ],
        )?;
        if added == 1 {
            Ok(())
        } else {
            Err(StoreError::Erased(new.id.to_string()))
        }
    })
}

/// All of it, by tree, step and time; of one tree if it is named.
pub(super) fn list(connection: &mut dyn Connection, tree: Option<&str>) -> Result<Vec<Feedback>> {
    let sql = "SELECT f.tree, f.step, l.hash, c.id, f.at, f.agent, f.words FROM feedback f
        JOIN library l ON l.no = f.library LEFT JOIN cases c ON c.no = f.case_no
        WHERE $1 = '' OR f.tree = $1 ORDER BY f.tree, f.step, f.at, f.no";
    connection.all(sql, &[Param::Text(tree.unwrap_or_default())], |row| {
        read(row).ok_or_else(|| StoreError::Damaged {
            place: String::new(),
            why: "a remark about a step cannot be read".to_owned(),
        })
    })
}

fn read(row: &dyn Row) -> Option<Feedback> {
    let text = |column| row.text(column).map(Arc::from);
    Some(Feedback {
        tree: text(0)?,
        step: text(1)?,
        version: text(2)?,
        case: row.text(3).map(|id| super::CaseId::kept(id).to_string()),
        at: row.int(4)?,
        agent: text(5),
        words: text(6),
    })
}
