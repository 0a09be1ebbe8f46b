//! Finds the glossary's words in what is shown.

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use super::answers::{Answers, ChoiceView};
use super::markdown::PublicMarkdown;
use super::public::PublicView;
use super::words::Words;

/// A word explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TermView {
    /// The word.
    pub term: Arc<str>,
    /// What it means.
    pub meaning: PublicMarkdown,
}

/// The words of the glossary that the view's texts use, in the glossary's order.
pub(super) fn terms(words: Words<'_>, view: &PublicView) -> Vec<TermView> {
    if words.library.glossary.is_empty() {
        return Vec::new();
    }
    let text = all_texts(view);
    let folded = text.to_lowercase();
    let used = words.library.glossary.iter().filter(|term| {
        // `IT` is not "it": a word in capitals is only meant by itself.
        if is_in_capitals(&term.term) {
            has_word(&text, &term.term)
        } else {
            has_word(&folded, &term.term.to_lowercase())
        }
    });
    used.map(|term| TermView {
        term: Arc::clone(&term.term),
        meaning: words.public(&term.meaning),
    })
    .collect()
}

fn all_texts(view: &PublicView) -> String {
    let mut texts: Vec<&str> = Vec::new();
    let one = [&view.label, &view.instruction, &view.ask, &view.help];
    texts.extend(one.into_iter().flatten().map(PublicMarkdown::as_str));
    texts.extend(
        view.warn
            .iter()
            .chain(&view.checklist)
            .map(PublicMarkdown::as_str),
    );
    if let Some(end) = &view.end {
        let end = [&end.fix, &end.cause, &end.prevent, &end.text];
        texts.extend(end.into_iter().flatten().map(PublicMarkdown::as_str));
    }
    for choice in choices(view.answers.as_ref()) {
        texts.push(
            choice
                .label
                .as_ref()
                .map_or(&*choice.key, PublicMarkdown::as_str),
        );
        texts.extend(choice.help.as_ref().map(PublicMarkdown::as_str));
    }
    texts.join("\n")
}

fn choices(answers: Option<&Answers>) -> &[ChoiceView] {
    match answers {
        Some(
            Answers::YesNo { choices } | Answers::Choice { choices } | Answers::Many { choices },
        ) => choices,
        Some(Answers::Number { words, .. }) => words,
        Some(Answers::Text { .. } | Answers::Date { .. }) | None => &[],
    }
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().any(char::is_uppercase) && !word.chars().any(char::is_lowercase)
}

/// Whether a text has a word, not as a part of another.
fn has_word(text: &str, word: &str) -> bool {
    if word.is_empty() {
        return false;
    }
    text.match_indices(word).any(|(at, found)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text
            .get(at + found.len()..)
            .and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::{has_word, is_in_capitals};

    #[test]
    fn a_word_in_capitals_is_told_from_the_word_in_small_letters() {
        assert!(
            is_in_capitals("IT")
                && is_in_capitals("2FA")
                && !is_in_capitals("Wi-Fi")
                && !is_in_capitals("42")
        );
        assert!(
            has_word("ask IT.", "IT") && !has_word("is it on?", "IT") && !has_word("a VPNs", "VPN")
        );
    }
}
