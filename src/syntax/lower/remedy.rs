//! Remedies: `do` and a check, as a step or within a `try`.

use super::super::RemedyNode;
use super::super::key::{Key, KeySet};
use super::super::shape::SHOWN;
use super::Lower;
use super::fields::Fields;

/// What a remedy may have as a step.
pub(super) const OF_REMEDY_STEP: KeySet = KeySet::of(&[
    Key::Do,
    Key::Check,
    Key::Label,
    Key::Cause,
    Key::Yes,
    Key::No,
    Key::Unsure,
    Key::Tried,
    Key::Cannot,
    Key::Takes,
    Key::Odds,
    Key::Wait,
    Key::Limit,
])
.or(SHOWN);

impl<'y> Lower<'y> {
    /// What a remedy has beside its `do`. Keys that cannot stand there have been reported by its shape or its step.
    pub(super) fn remedy(&mut self, fields: &Fields<'y>) -> RemedyNode {
        RemedyNode {
            check: self.prose_of(fields, Key::Check),
            label: self.text_of(fields, Key::Label),
            cause: self.prose_of(fields, Key::Cause),
            yes: self.edge_of(fields, Key::Yes),
            no: self.edge_of(fields, Key::No),
            unsure: self.edge_of(fields, Key::Unsure),
            tried: self.edge_of(fields, Key::Tried),
            cannot: self.edge_of(fields, Key::Cannot),
            takes: self.duration(fields, Key::Takes),
            odds: self.percentage(fields, Key::Odds),
            condition: self.text_of(fields, Key::If),
            when: self.text_of(fields, Key::When),
            after: self.words_of(fields, Key::After),
        }
    }
}
