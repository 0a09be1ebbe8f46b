//! `theme:` of the library file.

use super::super::ThemeNode;
use super::super::key::Key;
use super::Lower;
use super::fields::Fields;
use super::what::What;

impl<'y> Lower<'y> {
    /// `theme:`, names with texts; the web pages know which of them they use.
    pub(super) fn theme(&mut self, fields: &Fields<'y>) -> Option<ThemeNode> {
        let node = fields.value(Key::Theme)?;
        let entries = self
            .named_entries(node, What::Key(Key::Theme))
            .into_iter()
            .filter_map(|(name, value)| {
                let value = self.word(value, What::Named("theme's entry", &name.value))?;
                Some((name.value, value))
            })
            .collect();
        Some(ThemeNode {
            span: node.span(),
            entries,
        })
    }
}
