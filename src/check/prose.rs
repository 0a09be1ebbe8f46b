//! How a Markdown text reads: its sentences, their words, and the words in capitals. Code counts as one word,
//! addresses of links do not count at all. It knows English spelling well enough to count syllables, and no more.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, TagEnd};

use crate::condition::MARKDOWN;

/// The sentences of a text.
#[derive(Debug, Default)]
pub struct Prose {
    /// In the order of the text; those without a word are left out.
    pub sentences: Vec<Sentence>,
}

/// One sentence.
#[derive(Debug, Default)]
pub struct Sentence {
    /// The bytes of the text from its first to its last word.
    pub range: Range<usize>,
    /// What it consists of.
    pub words: Vec<Word>,
}

/// One word.
#[derive(Debug)]
pub struct Word {
    /// The bytes of the text that it takes.
    pub range: Range<usize>,
    /// Its letters, with the marks directly around them; of code nothing.
    pub letters: String,
    code: bool,
}

impl Prose {
    /// Reads a Markdown text.
    pub fn of(markdown: &str) -> Self {
        let mut reader = Reader::default();
        for (event, range) in Parser::new_ext(markdown, MARKDOWN).into_offset_iter() {
            match event {
                Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                    reader.text(&text, range);
                }
                Event::Code(_) => reader.code(range),
                Event::SoftBreak | Event::HardBreak => reader.end_word(),
                Event::End(end) if !is_inline(end) => reader.end_sentence(),
                _ => {}
            }
        }
        reader.end_sentence();
        Self {
            sentences: reader.sentences,
        }
    }

    /// All words.
    pub fn words(&self) -> impl Iterator<Item = &Word> {
        self.sentences.iter().flat_map(|sentence| &sentence.words)
    }

    /// The school grade of Kincaid, Fishburne, Rogers and Chissom, "Derivation of New Readability Formulas for Navy
    /// Enlisted Personnel", Research Branch Report 8-75, 1975: 0.39 × words per sentence + 11.8 × syllables per word
    /// − 15.59. None without a word.
    pub fn grade(&self) -> Option<f64> {
        let words = self.words().count() as f64;
        let syllables: usize = self.words().map(Word::syllables).sum();
        (words > 0.0).then(|| {
            let sentences = self.sentences.len() as f64;
            0.39 * words / sentences + 11.8 * syllables as f64 / words - 15.59
        })
    }
}

const fn is_inline(end: TagEnd) -> bool {
    matches!(
        end,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::Superscript
            | TagEnd::Subscript
    )
}

impl Word {
    /// Groups of vowels, an `e` at the end left out unless it is that of `le` behind a consonant; at least one.
    pub fn syllables(&self) -> usize {
        let is_vowel = |letter: char| "aeiouy".contains(letter);
        let letters: Vec<char> = self
            .letters
            .chars()
            .filter(|letter| letter.is_alphabetic())
            .flat_map(char::to_lowercase)
            .collect();
        let spoken = match letters.as_slice() {
            [.., before, 'l', 'e'] if !is_vowel(*before) => letters.as_slice(),
            [before @ .., 'e'] => before,
            all => all,
        };
        let groups = spoken
            .split(|letter| !is_vowel(*letter))
            .filter(|group| !group.is_empty());
        groups.count().max(1)
    }
}

/// Puts words and sentences together from what the Markdown parser gives.
#[derive(Default)]
struct Reader {
    sentences: Vec<Sentence>,
    sentence: Sentence,
    word: Option<Word>,
}

impl Reader {
    /// A piece of text; where it is shorter than its range, something in it was written another way (`&amp;`).
    fn text(&mut self, text: &str, range: Range<usize>) {
        let exact = text.len() == range.len();
        for (at, letter) in text.char_indices() {
            if letter.is_whitespace() {
                self.end_word();
                continue;
            }
            let here = if exact {
                range.start + at..range.start + at + letter.len_utf8()
            } else {
                range.clone()
            };
            self.letter(letter, here);
        }
    }

    fn letter(&mut self, letter: char, range: Range<usize>) {
        let word = self.word_at(range);
        word.letters.push(letter);
    }

    /// Code is a word, or a part of the one that it touches.
    fn code(&mut self, range: Range<usize>) {
        self.word_at(range).code = true;
    }

    /// The word that is being read, which goes on in these bytes.
    fn word_at(&mut self, range: Range<usize>) -> &mut Word {
        let word = self.word.get_or_insert_with(|| Word {
            range: range.clone(),
            letters: String::new(),
            code: false,
        });
        word.range.end = word.range.end.max(range.end);
        word
    }

    fn end_word(&mut self) {
        let Some(word) = self.word.take() else {
            return;
        };
        let last = word
            .letters
            .trim_end_matches(['"', '\'', ')', ']', '”', '’', '»']);
        let ends = last.ends_with(['.', '!', '?', '…']);
        let counts = word.code || word.letters.contains(char::is_alphanumeric);
        if counts {
            self.sentence.words.push(word);
        }
        if ends {
            self.end_sentence();
        }
    }

    fn end_sentence(&mut self) {
        self.end_word();
        let mut sentence = std::mem::take(&mut self.sentence);
        if let (Some(first), Some(last)) = (sentence.words.first(), sentence.words.last()) {
            sentence.range = first.range.start..last.range.end;
            self.sentences.push(sentence);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Prose, Word};

    fn words(markdown: &str) -> Vec<Vec<&str>> {
        let prose = Prose::of(markdown);
        let sentences = prose.sentences.iter();
        sentences
            .map(|sentence| {
                let words = sentence.words.iter();
                words
                    .map(|word| markdown.get(word.range.clone()).unwrap())
                    .collect()
            })
            .collect()
    }

    #[test]
    fn markdown_is_read_as_a_caller_sees_it() {
        let cases: &[(&str, &[&[&str]])] = &[
            ("Is it on? Yes.", &[&["Is", "it", "on?"], &["Yes."]]),
            ("1. Unplug it\n2. Wait\n", &[&["Unplug", "it"], &["Wait"]]),
            (
                "Type `ipconfig /all` now",
                &[&["Type", "`ipconfig /all`", "now"]],
            ),
            (
                "See [the page](https://x.example/a?b) - ok",
                &[&["See", "the", "page", "ok"]],
            ),
            ("**bold**ly\ngo", &[&["bold**ly", "go"]]),
            ("Type `a b`. Go", &[&["Type", "`a b`."], &["Go"]]),
            ("# Head\nbody", &[&["Head"], &["body"]]),
            (
                "He said \"stop.\" Go ü📡 on",
                &[&["He", "said", "\"stop.\""], &["Go", "ü📡", "on"]],
            ),
            (
                "version 1.10 of ${os}.",
                &[&["version", "1.10", "of", "${os}."]],
            ),
        ];
        for (markdown, expected) in cases {
            assert_eq!(words(markdown), *expected, "{markdown}");
        }
    }

    #[test]
    fn syllables_are_groups_of_vowels() {
        for (letters, expected) in [
            ("cable", 2),
            ("the", 1),
            ("restart", 2),
            ("device", 2),
            ("queue", 1),
            ("configuration", 5),
            ("30", 1),
            ("tv", 1),
        ] {
            let word = Word {
                range: 0..0,
                letters: letters.to_owned(),
                code: false,
            };
            assert_eq!(word.syllables(), expected, "{letters}");
        }
    }

    #[test]
    fn the_grade_is_that_of_the_formula() {
        let grade = Prose::of("The cat sat on the mat. It was flat.")
            .grade()
            .unwrap();
        assert!(
            (grade - (0.39 * 4.5 + 11.8 - 15.59)).abs() < 1e-9,
            "{grade}"
        );
    }
}
