//! Texts and words: scalars as the author meant them.

use std::sync::Arc;

use crate::diagnostic::Code;
use crate::source::Spanned;

use super::super::Word;
use super::super::key::Key;
use super::super::yaml::{Kind, Node};
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// The text of a key, for people to read.
    pub(super) fn text_of(&mut self, fields: &Fields<'y>, key: Key) -> Option<Word> {
        let node = fields.value(key)?;
        self.text(node, What::Key(key))
    }

    /// A text for people to read, after what YAML may have done to it.
    pub(super) fn text(&mut self, node: Node<'y>, what: What<'_>) -> Option<Word> {
        let text = self.scalar(node, what)?;
        let text = self.as_meant(node, text);
        Some(Spanned::new(Arc::from(&*text), node.span()))
    }

    /// A word of the language or of the author, not for people to read at length: it is kept once, however often it
    /// stands in the file.
    pub(super) fn word(&mut self, node: Node<'y>, what: What<'_>) -> Option<Word> {
        let text = self.scalar(node, what)?;
        Some(Spanned::new(self.intern(text), node.span()))
    }

    /// The word of a key.
    pub(super) fn word_of(&mut self, fields: &Fields<'y>, key: Key) -> Option<Word> {
        let node = fields.value(key)?;
        self.word(node, What::Key(key))
    }

    /// The one copy of a name.
    pub(super) fn intern(&mut self, name: &str) -> Arc<str> {
        match self.names.get_key_value(name) {
            Some((known, _)) => Arc::clone(known),
            None => {
                let name: Arc<str> = Arc::from(name);
                self.names.insert(Arc::clone(&name), None);
                name
            }
        }
    }

    /// A scalar that is not blank, as it stands in the file.
    pub(super) fn scalar(&mut self, node: Node<'y>, what: What<'_>) -> Option<&'y str> {
        let Some(text) = node.text() else {
            self.wrong_kind(node, what, "one text");
            return None;
        };
        if text.trim().is_empty() {
            let finding = self
                .finding(Code::BadValue, node.span(), format!("{what} is blank"))
                .label("nothing to read here")
                .help("write the text, or delete the key");
            self.report(finding);
            return None;
        }
        Some(text)
    }

    /// Reports that something of another kind stands where `wanted` should.
    pub(super) fn wrong_kind(&mut self, node: Node<'y>, what: What<'_>, wanted: &str) {
        let found = match node.kind() {
            Kind::Broken => return,
            Kind::Empty if node.is_torn() => return,
            Kind::Empty => {
                let finding = self
                    .finding(
                        Code::BadValue,
                        node.span(),
                        format!("{what} has nothing behind it"),
                    )
                    .label("nothing here")
                    .help(format!("write {wanted}, or delete the key"));
                self.report(finding);
                return;
            }
            Kind::Scalar(_) => "a text",
            Kind::List { .. } => "a list",
            Kind::Map { .. } => "keys with values",
        };
        let finding = self
            .finding(
                Code::WrongType,
                node.span(),
                format!("{what} is {wanted}, not {found}"),
            )
            .label(found);
        self.report(finding);
    }
}
