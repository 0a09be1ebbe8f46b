//! Finds a name that is written twice in one mapping.

use std::collections::HashMap;
use std::sync::Arc;

use crate::source::Span;

use super::super::Word;

/// Entries up to which looking at all of them is quicker than a table.
const FEW: usize = 8;

/// The names of one mapping so far.
#[derive(Debug, Default)]
pub(super) struct Seen {
    few: Vec<(Arc<str>, Span)>,
    many: HashMap<Arc<str>, Span>,
}

impl Seen {
    /// Notes a name; gives the place of the same name before it.
    pub(super) fn add(&mut self, name: &Word) -> Option<Span> {
        if self.few.len() < FEW {
            let first = self.few.iter().find(|(known, _)| *known == name.value);
            if let Some((_, span)) = first {
                return Some(*span);
            }
            self.few.push((Arc::clone(&name.value), name.span));
            return None;
        }
        if self.many.is_empty() {
            self.many.extend(self.few.iter().cloned());
        }
        let first = self.many.get(&name.value).copied();
        if first.is_none() {
            self.many.insert(Arc::clone(&name.value), name.span);
        }
        first
    }
}
