//! `tests:` of a tree.

use crate::diagnostic::Code;
use crate::source::Span;

use super::super::key::Key;
use super::super::shape::TEST;
use super::super::yaml::{Kind, Node};
use super::super::{TestNode, ValueNode, Word};
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// `tests:`.
    pub(super) fn tests(&mut self, fields: &Fields<'y>) -> Vec<TestNode> {
        let Some(node) = fields.value(Key::Tests) else {
            return Vec::new();
        };
        let mut tests = Vec::new();
        for (name, body) in self.named_entries(node, What::Key(Key::Tests)) {
            let span = name.span.to(body.span());
            tests.extend(self.test(name, body, span));
        }
        tests
    }

    fn test(&mut self, name: Word, node: Node<'y>, span: Span) -> Option<TestNode> {
        let fields = self.fields(node, &TEST, What::Named("test", &name.value))?;
        if !fields.has(Key::Ends) && !fields.faulty {
            let message = format!("the test `{}` does not say where it ends", name.value);
            self.missing(name.span, &message, "add `ends: step`");
        }
        let facts = self.prefills(&fields);
        let answers = self.walk(&fields);
        let ends = self.text_of(&fields, Key::Ends);
        Some(TestNode {
            name,
            span,
            facts,
            answers,
            ends: ends?,
        })
    }

    /// `facts:`, with `audience` and `channel` among them or beside them.
    fn prefills(&mut self, fields: &Fields<'y>) -> Vec<(Word, ValueNode)> {
        let mut facts = self.values_of(fields, Key::Facts);
        for key in [Key::Audience, Key::Channel] {
            let Some(entry) = fields.entry(key) else {
                continue;
            };
            let what = What::Key(key);
            let name = self.word(entry.key, what);
            let value = self.word(entry.value, what).map(ValueNode::One);
            let (Some(name), Some(value)) = (name, value) else {
                continue;
            };
            match facts.iter().find(|(known, _)| known.value == name.value) {
                Some((first, _)) => {
                    let first = first.span;
                    self.duplicate(&name.value, name.span, first);
                }
                None => facts.push((name, value)),
            }
        }
        facts
    }

    /// `answers:` of a test: replies in order, as a list of `step: reply`, or as a mapping where no step comes twice.
    fn walk(&mut self, fields: &Fields<'y>) -> Vec<(Word, ValueNode)> {
        let Some(node) = fields.value(Key::Answers) else {
            return Vec::new();
        };
        if !matches!(node.kind(), Kind::List { .. }) {
            return self.values_of(fields, Key::Answers);
        }
        let mut walk = Vec::new();
        for item in node.items() {
            walk.extend(self.replies(item));
        }
        walk
    }

    fn replies(&mut self, item: Node<'y>) -> Vec<(Word, ValueNode)> {
        let what = What::Entry(Key::Answers);
        if !matches!(item.kind(), Kind::Map { .. }) {
            if item.text().is_none() || item.is_doubtful() {
                self.wrong_kind(item, what, "a step and a reply");
                return Vec::new();
            }
            let finding = self
                .finding(
                    Code::WrongType,
                    item.span(),
                    "an entry of `answers` takes a step and a reply",
                )
                .label("no reply")
                .help("write it like `lights: yes`");
            self.report(finding);
            return Vec::new();
        }
        self.named_entries(item, what)
            .into_iter()
            .filter_map(|(step, reply)| {
                let what = What::Named("reply to", &step.value);
                let value = self.value(reply, what)?;
                Some((step, value))
            })
            .collect()
    }
}
