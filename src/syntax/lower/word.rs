//! Texts and words: scalars as the author meant them.

use std::sync::Arc;

use crate::diagnostic::{Code, Edit};
use crate::source::{Span, Spanned};

use super::super::Word;
use super::super::key::Key;
use super::super::yaml::{Kind, Node, Style, not_indented};
use super::fields::Fields;
use super::{Lower, what::What};

/// What a key takes that takes a text.
const ONE_TEXT: &str = "one text";

impl<'y> Lower<'y> {
    /// The text of a key, for people to read.
    pub(super) fn text_of(&mut self, fields: &Fields<'y>, key: Key) -> Option<Word> {
        let node = fields.value(key)?;
        self.text(node, What::Key(key))
    }

    /// The text of a key that people are shown. One that cannot be read is stood in for, so that nobody is told that
    /// nothing is shown there.
    pub(super) fn prose_of(&mut self, fields: &Fields<'y>, key: Key) -> Option<Word> {
        let entry = fields.entry(key)?;
        let text = self.text(entry.value, What::Key(key));
        Some(text.unwrap_or_else(|| Spanned::new(Arc::from("…"), entry.key.span())))
    }

    /// A text for people to read, after what YAML may have done to it.
    pub(super) fn text(&mut self, node: Node<'y>, what: What<'_>) -> Option<Word> {
        let text = self.scalar(node, what)?;
        let text = self.as_meant(node, text);
        Some(Spanned::new(Arc::from(&*text), node.span()))
    }

    /// A word of the language or of the author, not for people to read at length: it is kept once, however often it
    /// stands in the file. `None` for a text put together after a fault: what it names is not known.
    pub(super) fn word(&mut self, node: Node<'y>, what: What<'_>) -> Option<Word> {
        if node.is_doubtful() {
            return None;
        }
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
            self.wrong_kind(node, what, ONE_TEXT);
            return None;
        };
        if text.trim().is_empty() {
            if let Kind::Scalar(Style::Literal | Style::Folded) = node.kind()
                && let Some(finding) =
                    not_indented(self.file, self.yaml.source(), node.span().start)
            {
                self.report(finding);
                return None;
            }
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
        let (found, help) = match node.kind() {
            Kind::Broken => return,
            // What stands there, or in the middle of it, has been reported.
            _ if node.is_doubtful() || node.is_torn() => return,
            Kind::Empty => {
                self.nothing(node, what, wanted);
                return;
            }
            Kind::Scalar(_) => {
                if self.missing_blanks(node) {
                    return;
                }
                (
                    "a text",
                    "write keys with values on the lines below it, indented by two spaces",
                )
            }
            Kind::List { .. } if self.listed(node, what, wanted) => return,
            Kind::List { .. } if wanted == ONE_TEXT => (
                "a list",
                "write the lines in block form: `|` behind the key, and the text on the lines below it",
            ),
            Kind::List { flow: true } => ("a list", "take the brackets away"),
            Kind::List { flow: false } => ("a list", "take the dashes away"),
            Kind::Map { .. } if wanted == ONE_TEXT => (
                "keys with values",
                "write the text behind the colon; in quotes, if it holds a colon itself",
            ),
            Kind::Map { .. } => (
                "keys with values",
                "write one entry a line, with a dash before it",
            ),
        };
        let finding = self
            .finding(
                Code::WrongType,
                node.span(),
                format!("{what} takes {wanted}, not {found}"),
            )
            .label(found)
            .help(help);
        self.report(finding);
    }

    /// Reports a key with nothing behind it.
    fn nothing(&mut self, node: Node<'y>, what: What<'_>, wanted: &str) {
        if node.is_torn() {
            return;
        }
        let finding = self
            .finding(
                Code::BadValue,
                node.span(),
                format!("{what} has nothing behind it"),
            )
            .label("nothing here")
            .help(format!("write {wanted}, or delete the key"));
        self.report(finding);
    }

    /// Reports lines like `yes:step` where keys are wanted; YAML reads them as one text.
    fn missing_blanks(&mut self, node: Node<'y>) -> bool {
        let written = self.slice(node.span());
        let mut edits = Vec::new();
        let mut begin = node.span().start;
        for line in written.split_inclusive('\n') {
            let key = line.trim_start();
            let word =
                key.trim_start_matches(|sign: char| sign.is_ascii_lowercase() || sign == '_');
            // What goes on with two strokes is an address.
            let is_key = word.starts_with(':') && !word.starts_with("://");
            if word.len() == key.len() || !is_key || word.trim_end().len() < 2 {
                return false;
            }
            let at = begin + (line.len() - word.len() + 1) as u32;
            edits.push(Edit {
                span: Span::new(at, at),
                text: " ".to_owned(),
            });
            begin += line.len() as u32;
        }
        let Some(first) = edits.first() else {
            return false;
        };
        let span = Span::new(node.span().start, first.span.start);
        let key = self.slice(span);
        let finding = self
            .finding(
                Code::YamlSyntax,
                span,
                format!("a space is missing behind `{key}`"),
            )
            .label("without it this is a text, no key")
            .help("write a space behind the colon of every key")
            .fix("add the spaces", edits);
        self.report(finding);
        true
    }
}
