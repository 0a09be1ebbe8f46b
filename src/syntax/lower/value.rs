//! Facts with values as written: `set:`, and `facts:` and `answers:` of tests.

use super::super::key::Key;
use super::super::yaml::{Kind, Node};
use super::super::{ValueNode, Word};
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// The names with values under a key.
    pub(super) fn values_of(&mut self, fields: &Fields<'y>, key: Key) -> Vec<(Word, ValueNode)> {
        let Some(node) = fields.value(key) else {
            return Vec::new();
        };
        self.named_entries(node, What::Key(key))
            .into_iter()
            .filter_map(|(name, value)| Some((name, self.value(value, What::Entry(key))?)))
            .collect()
    }

    /// One value: a word, or a list of words.
    pub(super) fn value(&mut self, node: Node<'y>, what: What<'_>) -> Option<ValueNode> {
        if !matches!(node.kind(), Kind::List { .. }) {
            return self.word(node, what).map(ValueNode::One);
        }
        let words = node
            .items()
            .filter_map(|item| self.word(item, what))
            .collect();
        Some(ValueNode::List(words, node.span()))
    }

    /// The entries of a mapping whose keys are the author's own: every key a text, each once. Nothing, and reported,
    /// where it is no mapping or an empty one.
    pub(super) fn named_entries(
        &mut self,
        node: Node<'y>,
        what: What<'_>,
    ) -> Vec<(Word, Node<'y>)> {
        if !matches!(node.kind(), Kind::Map { .. }) {
            self.wrong_kind(node, what, "names with something behind each");
            return Vec::new();
        }
        let mut seen = super::seen::Seen::default();
        let mut entries = Vec::new();
        for entry in node.entries() {
            if entry.key.text().is_none() {
                self.no_text_as_key(entry);
                continue;
            }
            let Some(name) = self.word(entry.key, what) else {
                continue;
            };
            if let Some(first) = seen.add(&name) {
                self.duplicate(&name.value, name.span, first);
                continue;
            }
            entries.push((name, entry.value));
        }
        if node.entries().next().is_none() && !node.is_torn() {
            self.nothing_within(node, what);
        }
        entries
    }
}
