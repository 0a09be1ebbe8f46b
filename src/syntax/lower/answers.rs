//! `answers:`: key → edge, or a list of keys, or key → label.

use crate::diagnostic::Code;

use super::super::AnswerNode;
use super::super::key::Key;
use super::super::yaml::{Kind, Node};
use super::dashes::NAMES;
use super::seen::Seen;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// Answers that say where they lead.
    pub(super) fn answers_with_edges(&mut self, node: Node<'y>) -> Vec<AnswerNode> {
        if matches!(node.kind(), Kind::List { .. }) {
            let finding = self
                .finding(
                    Code::WrongType,
                    node.span(),
                    "a list of answers does not say where they lead",
                )
                .label("a list")
                .help(
                    "write each as `answer: step` without a dash, or add a `next:` for all of them",
                );
            self.report(finding);
            return Vec::new();
        }
        self.answer_entries(node, |lower, name, value| AnswerNode {
            edge: Some(lower.edge(value, What::Named("answer", &name.value))),
            key: name,
            label: None,
        })
    }

    /// Answers beside `next:` or of a shared fact: keys, perhaps with labels.
    pub(super) fn answers_with_labels(&mut self, node: Node<'y>) -> Vec<AnswerNode> {
        if !matches!(node.kind(), Kind::List { .. }) {
            return self.answer_entries(node, |lower, name, value| AnswerNode {
                label: lower.text(value, What::Named("label of the answer", &name.value)),
                edge: None,
                key: name,
            });
        }
        if self.before_names(node).is_some() {
            self.listed(node, What::Key(Key::Answers), NAMES);
            return Vec::new();
        }
        let mut seen = Seen::default();
        let mut answers = Vec::new();
        for item in self.items(node, What::Key(Key::Answers)) {
            let Some(key) = self.line(item, What::Entry(Key::Answers)) else {
                continue;
            };
            if let Some(first) = seen.add(&key) {
                self.duplicate(&key.value, key.span, first);
                continue;
            }
            answers.push(AnswerNode {
                key,
                label: None,
                edge: None,
            });
        }
        answers
    }

    fn answer_entries(
        &mut self,
        node: Node<'y>,
        read: impl Fn(&mut Self, super::super::Word, Node<'y>) -> AnswerNode,
    ) -> Vec<AnswerNode> {
        let entries = self.named_entries(node, What::Key(Key::Answers));
        let mut answers = Vec::with_capacity(entries.len());
        for (name, value) in entries {
            self.check_line(&name, What::Entry(Key::Answers));
            answers.push(read(self, name, value));
        }
        answers
    }
}
