//! Statements that a session has prepared: each once, not endlessly many.

use std::collections::HashMap;

use tokio_postgres::Statement;

/// So many are kept; lists are asked for in many ways.
const MOST: usize = 64;

/// The statements of a session.
#[derive(Default)]
pub(super) struct Statements {
    prepared: HashMap<String, Statement>,
}

impl Statements {
    pub(super) fn get(&self, sql: &str) -> Option<Statement> {
        self.prepared.get(sql).cloned()
    }

    pub(super) fn keep(&mut self, sql: &str, statement: Statement) {
        if self.prepared.len() >= MOST {
            // The server forgets each when its last copy is gone.
            self.prepared.clear();
        }
        self.prepared.insert(sql.to_owned(), statement);
    }
}
