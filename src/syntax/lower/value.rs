//! Facts with values as written: `set:`, and `facts:` and `answers:` of tests.

use crate::diagnostic::Code;
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::{Entry, Kind, Node, Style};
use super::super::{ValueNode, Word};
use super::dashes::NAMES;
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

    /// Reports `red {end: Fine}`, which has its first colon within the bracket.
    fn colon_before_bracket(&mut self, entry: Entry<'y>) -> bool {
        let key = entry.key.span();
        let written = self.slice(key);
        let plain = matches!(entry.key.kind(), Kind::Scalar(Style::Plain));
        let Some(at) = written.find(" {").filter(|_| plain) else {
            return false;
        };
        if !self.slice(entry.value.span()).ends_with('}') {
            return false;
        }
        let name = written.get(..at).unwrap_or_default().trim_end();
        let end = key.start + name.len() as u32;
        let behind = Span::new(end, key.start + at as u32 + 1);
        let finding = self
            .finding(
                Code::YamlSyntax,
                Span::new(key.start, end),
                format!("a colon is missing behind `{name}`"),
            )
            .label("no key without a colon")
            .help("write a colon and a space between a key and its value")
            .replace("write a colon", behind, ": ");
        self.report(finding);
        true
    }

    /// The entries of a mapping whose keys are the author's own: every key a text, each once. Nothing, and reported,
    /// where it is no mapping or an empty one.
    pub(super) fn named_entries(
        &mut self,
        node: Node<'y>,
        what: What<'_>,
    ) -> Vec<(Word, Node<'y>)> {
        if !matches!(node.kind(), Kind::Map { .. }) {
            self.wrong_kind(node, what, NAMES);
            return Vec::new();
        }
        let mut seen = super::seen::Seen::default();
        let mut entries = Vec::new();
        for entry in node.entries() {
            if entry.key.text().is_none() {
                self.no_text_as_key(entry);
                continue;
            }
            if self.colon_before_bracket(entry) {
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
