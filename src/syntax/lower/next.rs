//! `next:`: an edge, or several with conditions.

use super::super::NextNode;
use super::super::key::Key;
use super::super::yaml::{Kind, Node};
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// `next:`; `None` where the key is absent or a list without an entry.
    pub(super) fn next_of(&mut self, fields: &Fields<'y>) -> Option<NextNode> {
        let node = fields.value(Key::Next)?;
        let edges = self.next_edges(node);
        (!edges.is_empty()).then_some(edges)
    }

    fn next_edges(&mut self, node: Node<'y>) -> NextNode {
        if !matches!(node.kind(), Kind::List { .. }) {
            return vec![self.next_edge(node, What::Key(Key::Next))];
        }
        self.items(node, What::Key(Key::Next))
            .into_iter()
            .map(|item| self.next_edge(item, What::Entry(Key::Next)))
            .collect()
    }
}
