//! `limit: {visits: 3, then: edge}`.

use crate::source::Spanned;

use super::super::key::Key;
use super::super::shape::LIMIT;
use super::super::{EdgeNode, LimitNode, Target};
use super::Lower;
use super::fields::Fields;
use super::what::What;

impl<'y> Lower<'y> {
    /// `limit:`.
    pub(super) fn limit(&mut self, fields: &Fields<'y>) -> Option<Box<LimitNode>> {
        let node = fields.value(Key::Limit)?;
        let inner = self.fields(node, &LIMIT, What::Key(Key::Limit))?;
        let visits = self.whole(&inner, Key::Visits, 1, u32::MAX);
        let then = self.edge_of(&inner, Key::Then);
        if !inner.faulty {
            if !inner.has(Key::Visits) {
                let message = "the limit does not say how many visits it allows";
                self.missing(node.span(), message, "add `visits: 3`");
            }
            if !inner.has(Key::Then) {
                let message = "the limit does not say where the next visit goes";
                self.missing(node.span(), message, "add `then: step`");
            }
        }
        // What cannot be read is stood in for: there is a limit, so nobody is told that there is none.
        Some(Box::new(LimitNode {
            span: node.span(),
            visits: visits.unwrap_or(Spanned::new(1, node.span())),
            then: then.unwrap_or(EdgeNode {
                span: node.span(),
                target: Target::Broken,
                extras: None,
            }),
        }))
    }
}
