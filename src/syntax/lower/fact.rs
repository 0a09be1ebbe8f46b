//! `facts:` of the library file.

use crate::diagnostic::Severity;

use super::super::key::{Key, KeySet};
use super::super::shape::FACT;
use super::super::yaml::Node;
use super::super::{FactNode, Kind, Word};
use super::Lower;
use super::fields::Fields;
use super::what::What;

/// The keys that say what values a fact takes.
const KINDS: KeySet = KeySet::of(&[Key::Answers, Key::Number, Key::Text, Key::Date]);

impl<'y> Lower<'y> {
    /// `facts:`. A fact that cannot be read is left out.
    pub(super) fn facts(&mut self, fields: &Fields<'y>) -> Option<Vec<FactNode>> {
        let node = fields.value(Key::Facts)?;
        let mut facts = Vec::new();
        for (name, body) in self.named_entries(node, What::Key(Key::Facts)) {
            self.check_name(&name, "a shared fact");
            match self.fact(name, body) {
                Some(fact) => facts.push(fact),
                None => self.broken = true,
            }
        }
        self.broken |= facts.is_empty() || node.lacks_entries();
        Some(facts)
    }

    fn fact(&mut self, name: Word, node: Node<'y>) -> Option<FactNode> {
        let fields = self.fields(node, &FACT, What::Named("fact", &name.value))?;
        let kinds = fields.all_of(KINDS);
        if let Some((first, others)) = kinds.split_first() {
            for other in others {
                self.conflict(&fields, *first, *other, "a fact has values of one kind");
            }
        }
        let ask = self.prose_of(&fields, Key::Ask);
        let help = self.prose_of(&fields, Key::Help);
        let many = self.is_many(&fields);
        if many && !fields.has(Key::Answers) && !fields.faulty {
            let message = format!("the fact `{}` does not say what can be picked", name.value);
            self.missing(name.span, &message, "add `answers:` with a list");
        }
        let known = self.findings.len();
        let choices = match fields.value(Key::Answers) {
            Some(node) => self.answers_with_labels(node),
            None => Vec::new(),
        };
        let kind = self.fact_kind(&fields, many)?;
        let mut found = self.findings.iter().skip(known);
        if found.any(|finding| finding.severity == Severity::Error) {
            return None; // What it can be is only half known: who uses it must not be blamed.
        }
        Some(FactNode {
            kind_span: fields
                .first_of(KINDS)
                .map_or(name.span, |key| fields.key_span(key)),
            name,
            ask,
            help,
            kind,
            choices,
        })
    }

    /// What values the fact takes; `None` where a key that would say it could not be told.
    fn fact_kind(&mut self, fields: &Fields<'y>, many: bool) -> Option<Kind> {
        Some(match fields.first_of(KINDS) {
            Some(Key::Answers) if many => Kind::Many,
            Some(Key::Answers) => Kind::Choice,
            Some(Key::Number) => Kind::Number(self.number_spec(fields.value(Key::Number)?)),
            Some(Key::Text) => Kind::Text(self.shared_text_spec(fields.value(Key::Text)?)),
            Some(_) => Kind::Date(self.date_spec(fields.value(Key::Date)?)),
            None if fields.faulty => return None,
            None => Kind::YesNo,
        })
    }
}
