//! `call:` with `returns:` or `next:`.

use super::super::key::{Key, KeySet};
use super::super::{CallNode, EdgeNode, Word};
use super::Lower;
use super::fields::Fields;
use super::what::What;

/// What a call may have.
pub(super) const OF_CALL: KeySet = KeySet::of(&[Key::Call, Key::Returns, Key::Next, Key::Limit]);

impl<'y> Lower<'y> {
    /// `call:`; `None` where the tree's name cannot be read.
    pub(super) fn call(&mut self, fields: &Fields<'y>, name: &Word) -> Option<CallNode> {
        let tree = self.word_of(fields, Key::Call);
        let returns = self.returns(fields);
        let next = self.next_of(fields);
        if !fields.has(Key::Returns) && !fields.has(Key::Next) && !fields.faulty {
            let message = format!("the call `{}` does not say where to go on", name.value);
            self.missing(
                name.span,
                &message,
                "add `returns:` with an edge for each value, or `next:`",
            );
        }
        Some(CallNode {
            tree: tree?,
            returns,
            returns_span: fields
                .has(Key::Returns)
                .then(|| fields.key_span(Key::Returns)),
            next,
        })
    }

    fn returns(&mut self, fields: &Fields<'y>) -> Vec<(Word, EdgeNode)> {
        let Some(node) = fields.value(Key::Returns) else {
            return Vec::new();
        };
        let mut returns = Vec::new();
        for (value, edge) in self.named_entries(node, What::Key(Key::Returns)) {
            self.check_line(&value, What::Entry(Key::Returns));
            let edge = self.edge(edge, What::Named("value", &value.value));
            returns.push((value, edge));
        }
        returns
    }
}
