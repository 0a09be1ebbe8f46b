//! `incidents:` of the library file.

use super::super::IncidentNode;
use super::super::key::Key;
use super::super::shape::INCIDENT;
use super::super::yaml::{Kind, Node};
use super::Lower;
use super::fields::Fields;
use super::what::What;

impl<'y> Lower<'y> {
    /// `incidents:`, a list, or one under a name each; the name is for the author alone.
    pub(super) fn incidents(&mut self, fields: &Fields<'y>) -> Vec<IncidentNode> {
        let Some(node) = fields.value(Key::Incidents) else {
            return Vec::new();
        };
        if matches!(node.kind(), Kind::Map { .. }) {
            return self
                .named_entries(node, What::Key(Key::Incidents))
                .into_iter()
                .filter_map(|(_, body)| self.incident(body))
                .collect();
        }
        self.items(node, What::Key(Key::Incidents))
            .into_iter()
            .filter_map(|item| self.incident(item))
            .collect()
    }

    fn incident(&mut self, node: Node<'y>) -> Option<IncidentNode> {
        let fields = self.fields(node, &INCIDENT, What::Entry(Key::Incidents))?;
        if !fields.has(Key::Title) && !fields.faulty {
            self.missing(fields.span, "the incident has no `title`", "add `title: …`");
        }
        let title = self.prose_of(&fields, Key::Title);
        let text = self.text_of(&fields, Key::Text);
        let say = self.prose_of(&fields, Key::Say);
        let trees = self.words_of(&fields, Key::Trees);
        let until = self.date(&fields, Key::Until);
        Some(IncidentNode {
            span: fields.span,
            title: title?,
            text,
            say,
            trees,
            until,
        })
    }
}
