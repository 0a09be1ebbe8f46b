//! Names that authors give: steps, remedies, facts; keys of answers and values that are returned.

use crate::condition::WORDS;
use crate::diagnostic::Code;
use crate::source::Span;

use super::super::Word;
use super::super::yaml::Node;
use super::{Lower, what::What};

/// Names that a runner or a test gives a meaning of its own.
const RESERVED: [&str; 4] = ["stuck", "solved", "audience", "channel"];

/// Longest key of an answer, in characters.
const LONGEST_KEY: usize = 60;

impl<'y> Lower<'y> {
    /// The name of a step, a remedy or a shared fact, held against the rules for names. A bad name is still used, so
    /// that what refers to it is not blamed.
    pub(super) fn name(&mut self, node: Node<'y>, kind: &str) -> Option<Word> {
        let word = self.word(node, What::Named("name of", kind))?;
        self.check_name(&word, kind);
        Some(word)
    }

    /// Holds a word against the rules for names.
    pub(super) fn check_name(&mut self, word: &Word, kind: &str) {
        let taken = RESERVED.contains(&&*word.value) || WORDS.contains(&&*word.value);
        if taken {
            let finding = self
                .finding(
                    Code::BadName,
                    word.span,
                    format!("{kind} cannot be named `{}`", word.value),
                )
                .label("a word of the language")
                .help("choose another name");
            self.report(finding);
        } else if !is_name(&word.value) {
            let finding = self
                .finding(
                    Code::BadName,
                    word.span,
                    format!("`{}` cannot be the name of {kind}", word.value),
                )
                .label("not a name")
                .help(format!(
                    "use small letters, digits and `_`, and begin with a letter: `{}`",
                    suggestion(&word.value)
                ));
            self.report(finding);
        }
    }

    /// The key of an answer, or a value that is returned: one line of up to 60 characters.
    pub(super) fn line(&mut self, node: Node<'y>, what: What<'_>) -> Option<Word> {
        let word = self.word(node, what)?;
        self.check_line(&word, what);
        Some(word)
    }

    /// Holds a word against the rules for keys of answers. A bad one is still used.
    pub(super) fn check_line(&mut self, word: &Word, what: What<'_>) {
        if word.value.len() <= LONGEST_KEY && !word.value.bytes().any(|byte| byte < b' ') {
            return;
        }
        let length = word.value.chars().count();
        let (problem, label) = if word.value.chars().any(char::is_control) {
            (
                "must stand on one line".to_owned(),
                "has a line break or a tab".to_owned(),
            )
        } else if length > LONGEST_KEY {
            let problem = format!("has more than {LONGEST_KEY} characters");
            (problem, format!("{length} characters"))
        } else {
            return;
        };
        let finding = self
            .finding(Code::BadName, word.span, format!("{what} {problem}"))
            .label(label)
            .help("use a few words, and show the long text with `label`");
        self.report(finding);
    }

    /// Notes the name of a step or remedy; `false`, and reported, where it is taken.
    pub(super) fn claim(&mut self, word: &Word) -> bool {
        let place = self.names.get_mut(&word.value);
        let first: Option<Span> = match place {
            Some(place) => match place {
                Some(first) => Some(*first),
                None => {
                    *place = Some(word.span);
                    None
                }
            },
            None => {
                self.names.insert(word.value.clone(), Some(word.span));
                None
            }
        };
        if let Some(first) = first {
            self.duplicate(&word.value, word.span, first);
        }
        first.is_none()
    }
}

/// Whether a text is `[a-z][a-z0-9_]*`.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// A name made of a text that is none.
fn suggestion(text: &str) -> String {
    let mut name = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            name.push(character.to_ascii_lowercase());
        } else if !name.ends_with('_') && !name.is_empty() {
            name.push('_');
        }
    }
    let name = name.trim_end_matches('_');
    if name.starts_with(|first: char| first.is_ascii_lowercase()) {
        name.to_owned()
    } else if name.is_empty() {
        "step_1".to_owned()
    } else {
        format!("step_{name}")
    }
}
