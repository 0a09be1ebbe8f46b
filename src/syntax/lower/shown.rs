//! What a step, a remedy or an end shows beside `ask` and `do`.

use super::super::ShownNode;
use super::super::key::{Key, KeySet};
use super::super::shape::SHOWN;
use super::Lower;
use super::fields::Fields;

impl<'y> Lower<'y> {
    /// The keys of `allowed` that show something; `None` where there is none of them.
    pub(super) fn shown(&mut self, fields: &Fields<'y>, allowed: KeySet) -> Option<Box<ShownNode>> {
        let has = |key| allowed.has(key) && fields.has(key);
        if !SHOWN.iter().any(has) {
            return None;
        }
        let mut shown = ShownNode {
            help: self.prose_of(fields, Key::Help),
            link: self.link(fields),
            say: self.prose_of(fields, Key::Say),
            note: self.prose_of(fields, Key::Note),
            ..ShownNode::default()
        };
        if has(Key::Warn) {
            shown.warn = self.prose_of(fields, Key::Warn);
        }
        if has(Key::Checklist) {
            shown.checklist = self.texts_of(fields, Key::Checklist);
        }
        if has(Key::Image) {
            shown.image = self.image(fields);
        }
        Some(Box::new(shown))
    }
}
