//! Where one is in a walk: the titles of the open trees, the outermost first, from the trail.

use crate::session::Session;
use crate::session::view::{PassKind, PublicMarkdown};

/// Titles of the open trees.
pub fn titles(session: &Session) -> Vec<PublicMarkdown> {
    let mut open: Vec<(String, PublicMarkdown)> = Vec::new();
    let mut called = false;
    for visit in session.trail() {
        if let Some(at) = open.iter().position(|(tree, _)| **tree == *visit.tree) {
            open.truncate(at + 1);
        } else {
            if !called {
                open.clear();
            }
            open.push((visit.tree.to_string(), visit.title.clone()));
        }
        called = visit.kind == PassKind::Call;
    }
    open.into_iter().map(|(_, title)| title).collect()
}
