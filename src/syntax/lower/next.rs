//! `next:`: an edge, or several with conditions.

use crate::diagnostic::Code;

use super::super::key::Key;
use super::super::yaml::{Kind, Node};
use super::super::{EdgeNode, NextNode, Target};
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
        let edges: NextNode = self
            .items(node, What::Key(Key::Next))
            .into_iter()
            .map(|item| {
                let item = self.without_else(item);
                self.next_edge(item, What::Entry(Key::Next))
            })
            .collect();
        self.check_order(&edges);
        edges
    }

    /// What stands behind `else:`, which is reported; anything else as it is.
    fn without_else(&mut self, item: Node<'y>) -> Node<'y> {
        let mut entries = item.entries();
        let (Some(entry), None) = (entries.next(), entries.next()) else {
            return item;
        };
        let key = entry.key.text().unwrap_or_default();
        let leads = matches!(
            entry.value.kind(),
            Kind::Scalar(_) | Kind::Map { flow: true }
        );
        if !matches!(key, "else" | "otherwise" | "default") || !leads {
            return item;
        }
        let (whole, edge) = (item.span(), self.slice(entry.value.span()));
        let finding = self
            .finding(
                Code::UnknownKey,
                entry.key.span(),
                format!("an edge of `next` has no key `{key}`"),
            )
            .label("the last entry has no condition and no key")
            .help(format!("write `- {edge}`"))
            .replace(format!("write `{edge}`"), whole, edge);
        self.report(finding);
        entry.value
    }

    /// What stands below an entry without `when` is never reached.
    fn check_order(&mut self, edges: &[EdgeNode]) {
        let Some((_, before)) = edges.split_last() else {
            return;
        };
        let Some(edge) = before.iter().find(|edge| is_always_taken(edge)) else {
            return;
        };
        let finding = self
            .finding(
                Code::MissingKey,
                edge.span,
                "only the last entry of a list of `next` has no `when`",
            )
            .label("always taken: what stands below is never reached")
            .help("add `when:` with a condition, or move the entry to the end");
        self.report(finding);
    }
}

/// Whether an edge has no condition, as far as it could be read.
fn is_always_taken(edge: &EdgeNode) -> bool {
    let when = edge.extras.as_ref().and_then(|extras| extras.when.as_ref());
    when.is_none() && !matches!(edge.target, Target::Broken)
}
