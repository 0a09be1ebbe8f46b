//! Words of the glossary are explained where they come up first, and not at every prompt after that.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::card::Card;

/// The words that were explained in this walk, each with the visit at which it was.
#[derive(Debug, Default)]
pub(super) struct Explained {
    visits: BTreeMap<Arc<str>, u64>,
}

impl Explained {
    /// Leaves a prompt those words that were not explained before it. The same prompt, shown again, keeps its own.
    pub(super) fn leave_new(&mut self, mut card: Card) -> Card {
        let visit = card.view.visit;
        card.view.terms.retain(|word| {
            let explained = self.visits.entry(Arc::clone(&word.term));
            *explained.or_insert(visit) == visit
        });
        card
    }
}
