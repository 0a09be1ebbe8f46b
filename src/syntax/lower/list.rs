//! Lists of texts, words and codes.

use crate::diagnostic::{Code, Severity, nearest};
use crate::source::Spanned;

use super::super::Word;
use super::super::key::Key;
use super::super::yaml::{Kind, Node};
use super::fields::Fields;
use super::{Lower, what::What};

impl<'y> Lower<'y> {
    /// The entries of a list; nothing, and reported, for anything else.
    pub(super) fn items(&mut self, node: Node<'y>, what: What<'_>) -> Vec<Node<'y>> {
        if !matches!(node.kind(), Kind::List { .. }) {
            self.no_list(node, what);
            return Vec::new();
        }
        let items: Vec<_> = node.items().collect();
        if items.is_empty() && !node.is_torn() {
            let finding = self
                .finding(
                    Code::BadValue,
                    node.span(),
                    format!("{what} is a list with nothing in it"),
                )
                .label("nothing in here")
                .help("write an entry, or delete the key");
            self.report(finding);
        }
        items
    }

    fn no_list(&mut self, node: Node<'y>, what: What<'_>) {
        let Some(text) = node.text() else {
            self.wrong_kind(node, what, "a list");
            return;
        };
        let written = self.slice(node.span());
        let finding = self
            .finding(
                Code::WrongType,
                node.span(),
                format!("{what} is a list, not a text"),
            )
            .label("a text");
        let finding = if text.contains(['\n', ',', '[', ']', '{', '}']) {
            finding.help("write each entry on a line of its own, with a dash before it")
        } else {
            finding
                .help(format!("put it in brackets: `[{written}]`"))
                .replace("put it in brackets", node.span(), format!("[{written}]"))
        };
        self.report(finding);
    }

    /// The texts of a key, for people to read.
    pub(super) fn texts_of(&mut self, fields: &Fields<'y>, key: Key) -> Vec<Word> {
        let Some(node) = fields.value(key) else {
            return Vec::new();
        };
        self.items(node, What::Key(key))
            .into_iter()
            .filter_map(|item| {
                self.entry_with_colon(item)
                    .or_else(|| self.text(item, What::Entry(key)))
            })
            .collect()
    }

    /// The words of a key.
    pub(super) fn words_of(&mut self, fields: &Fields<'y>, key: Key) -> Vec<Word> {
        let Some(node) = fields.value(key) else {
            return Vec::new();
        };
        self.items(node, What::Key(key))
            .into_iter()
            .filter_map(|item| self.word(item, What::Entry(key)))
            .collect()
    }

    /// The codes of `allow:`; only warnings can be allowed.
    pub(super) fn allow(&mut self, fields: &Fields<'y>) -> Vec<Spanned<Code>> {
        let words = self.words_of(fields, Key::Allow);
        words
            .into_iter()
            .filter_map(|word| {
                let code = self.allowed_code(&word)?;
                Some(Spanned::new(code, word.span))
            })
            .collect()
    }

    fn allowed_code(&mut self, word: &Word) -> Option<Code> {
        let finding = match Code::from_name(&word.value) {
            Some(code) if code.severity() == Severity::Warning => return Some(code),
            Some(_) => self
                .finding(
                    Code::BadValue,
                    word.span,
                    format!("`{}` is an error and cannot be allowed", word.value),
                )
                .label("not a warning")
                .help("mend what it reports; only warnings can be allowed"),
            None => self.unknown_code(word),
        };
        self.report(finding);
        None
    }

    fn unknown_code(&self, word: &Word) -> crate::diagnostic::Diagnostic {
        let warnings = Code::ALL
            .iter()
            .filter(|code| code.severity() == Severity::Warning)
            .map(|code| code.name());
        let finding = self.finding(
            Code::BadValue,
            word.span,
            format!("there is no finding named `{}`", word.value),
        );
        match nearest(&word.value, warnings) {
            Some(name) => finding
                .label(format!("did you mean `{name}`?"))
                .help(format!("write `{name}`"))
                .replace(format!("write `{name}`"), word.span, name),
            None => finding
                .label("not a code")
                .help("write the code that a warning shows in brackets, like `unreachable-step`"),
        }
    }
}
