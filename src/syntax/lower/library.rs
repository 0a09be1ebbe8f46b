//! The library file.

use crate::source::Span;

use super::super::LibraryScript;
use super::super::Word;
use super::super::key::Key;
use super::Lower;
use super::fields::Fields;
use super::what::What;

impl<'y> Lower<'y> {
    /// The whole document as a library file.
    pub(in crate::syntax) fn library(&mut self) -> LibraryScript {
        let mut library = LibraryScript::empty(self.file);
        match self.document("a library") {
            Some(fields) => self.declarations(&fields, &mut library),
            None => self.broken |= self.yaml.root().is_some(),
        }
        self.lost_words();
        library.broken = self.broken;
        library
    }

    fn declarations(&mut self, fields: &Fields<'y>, library: &mut LibraryScript) {
        self.format(fields);
        library.name = self.text_of(fields, Key::Name);
        library.locale = self.word_of(fields, Key::Locale);
        library.allow = self.allow(fields);
        library.stuck = self.stuck(fields);
        library.teams = self.teams(fields);
        library.facts = self.facts(fields);
        library.priority = self.matrix(fields);
        library.glossary = self.glossary(fields);
        library.incidents = self.incidents(fields);
        library.hooks = self.hooks(fields);
        library.hooks_span = fields.value(Key::Hooks).map(|node| {
            let key = fields.key_span(Key::Hooks);
            Span::new(key.start, node.span().end.max(key.end))
        });
        library.theme = self.theme(fields);
        self.broken |= fields.faulty;
    }

    /// `glossary:`, term → plain words.
    fn glossary(&mut self, fields: &Fields<'y>) -> Vec<(Word, Word)> {
        let Some(node) = fields.value(Key::Glossary) else {
            return Vec::new();
        };
        let mut terms = Vec::new();
        for (term, meaning) in self.named_entries(node, What::Key(Key::Glossary)) {
            match self.text(meaning, What::Named("term", &term.value)) {
                Some(meaning) => terms.push((term, meaning)),
                None => self.broken = true,
            }
        }
        self.broken |= node.lacks_entries();
        terms
    }
}
