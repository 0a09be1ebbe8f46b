//! Lists of texts, words and codes.

use crate::diagnostic::{Code, Diagnostic, Edit, Severity, nearest};
use crate::source::{Span, Spanned};

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
            self.nothing_within(node, what);
        }
        items
    }

    fn no_list(&mut self, node: Node<'y>, what: What<'_>) {
        let Some(text) = node.text() else {
            self.wrong_kind(node, what, "a list");
            return;
        };
        if node.is_doubtful() {
            return;
        }
        let written = self.slice(node.span());
        if let Some(edits) = missing_blanks(written, node.span().start) {
            let first = Span::new(node.span().start, node.span().start + 1);
            let finding = self
                .finding(
                    Code::YamlSyntax,
                    first,
                    "a space is missing behind the dash",
                )
                .label("without it this is a text, no list")
                .help("write a space behind the dash of every entry")
                .fix("add the spaces", edits);
            self.report(finding);
            return;
        }
        let finding = self
            .finding(
                Code::WrongType,
                node.span(),
                format!("{what} takes a list, not a text"),
            )
            .label("a text");
        if written.contains('\n') {
            self.report(lines_without_dashes(finding, written, node.span().start));
            return;
        }
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

/// What word processors write for the dash of a list.
const DASHES: [char; 7] = [
    '-', '\u{2013}', '\u{2014}', '\u{2212}', '\u{2010}', '\u{2022}', '\u{b7}',
];

/// Signs with which no entry without quotes can begin.
const SIGNS: [char; 16] = [
    '*', '&', '!', '%', '@', '`', ',', '[', ']', '{', '}', '|', '>', '?', '#', '"',
];

/// Completes the finding about lines that YAML joined into one text, for not every one of them begins with a dash and
/// a space.
fn lines_without_dashes(finding: Diagnostic, written: &str, start: u32) -> Diagnostic {
    let finding =
        finding.help("write each entry on a line of its own, with a dash and a space before it");
    let mut edits = Vec::new();
    let mut begin = start;
    for line in written.split_inclusive('\n') {
        let content = line.trim_start();
        let entry = content.trim_start_matches(DASHES).trim_start();
        let at = begin + (line.len() - content.len()) as u32;
        begin += line.len() as u32;
        if content.trim().is_empty() || content.starts_with("- ") && !entry.is_empty() {
            continue;
        }
        if entry.is_empty() || entry.starts_with(SIGNS) {
            return finding;
        }
        edits.push(Edit {
            span: Span::new(at, at + (content.len() - entry.len()) as u32),
            text: "- ".to_owned(),
        });
    }
    finding.fix("write a dash and a space", edits)
}

/// The edits that make a list of lines that all begin with a dash and no space.
fn missing_blanks(written: &str, start: u32) -> Option<Vec<Edit>> {
    let mut edits = Vec::new();
    let mut begin = start;
    for line in written.split_inclusive('\n') {
        let entry = line.trim_start_matches([' ', '\t']);
        let behind = entry.strip_prefix('-')?;
        if behind
            .starts_with(|sign: char| sign == '-' || sign.is_whitespace() || sign.is_ascii_digit())
        {
            return None;
        }
        let at = begin + (line.len() - behind.len()) as u32;
        edits.push(Edit {
            span: Span::new(at, at),
            text: " ".to_owned(),
        });
        begin += line.len() as u32;
    }
    Some(edits)
}
