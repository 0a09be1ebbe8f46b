//! `hard-to-read`: English texts for customers with a long sentence, long words, or a word in capitals that the
//! glossary does not explain. Other languages are not judged.

mod everyday;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::{EndNode, LibraryScript, StepNode, Word};
use crate::tree::Library;

use super::Subject;
use super::parts::{self, Readers};
use super::prose::{Prose, Sentence, Word as Spoken};
use super::written::Written;
use everyday::{is_everyday, is_word};

/// The most words that a sentence may have.
const MOST_WORDS: usize = 25;

/// From how many words on a text has a grade.
const GRADED_WORDS: usize = 30;

/// The highest school grade.
const HIGHEST_GRADE: f64 = 9.0;

/// Judges the texts of the library file.
pub fn check_library(
    script: &LibraryScript,
    library: &Library,
    written: Written<'_>,
    found: &mut Vec<Diagnostic>,
) {
    if !is_english(library) {
        return;
    }
    let mut reader = Reader::new(library, !script.broken, written);
    for fact in script.facts.iter().flatten() {
        let labels = fact
            .choices
            .iter()
            .filter_map(|choice| choice.label.as_ref());
        let texts = [&fact.ask, &fact.help].into_iter().flatten().chain(labels);
        texts.for_each(|text| reader.read(text));
    }
    for incident in &script.incidents {
        reader.read(&incident.title);
        incident.text.iter().for_each(|text| reader.read(text));
    }
    for (_, meaning) in &script.glossary {
        reader.read(meaning);
    }
    if let Some(stuck) = &script.stuck {
        reader.read_end(stuck);
    }
    found.append(&mut reader.found);
}

fn is_english(library: &Library) -> bool {
    library.locale.as_ref().is_none_or(|locale| {
        let language = locale.split(['-', '_']).next().unwrap_or(locale);
        language.eq_ignore_ascii_case("en")
    })
}

/// Judges one file's texts; a word in capitals is reported once.
pub struct Reader<'a> {
    written: Written<'a>,
    explained: HashSet<String>,
    told: HashSet<String>,
    /// Whether the glossary is all there, so that a word that it lacks may be blamed.
    knows_glossary: bool,
    found: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    /// A reader for a tree, which has read what stands at its head; none where the tree is for agents alone or its
    /// language is not known here.
    pub fn of(subject: &'a Subject<'a>) -> Option<Self> {
        let script = subject.script;
        if script.agents_only.is_some() || !is_english(subject.library) {
            return None;
        }
        let broken = subject.library_script.is_some_and(|library| library.broken);
        let mut reader = Self::new(subject.library, !broken, subject.written());
        let about = [&script.title, &script.summary, &script.warn, &script.check];
        let about = about.into_iter().flatten();
        about.for_each(|text| reader.read(text));
        script.stuck.iter().for_each(|stuck| reader.read_end(stuck));
        Some(reader)
    }

    /// Judges the texts of a step.
    pub fn read_step(&mut self, step: &StepNode) {
        parts::texts(step, &mut |readers, text| {
            if readers == Readers::Everybody {
                self.read(text);
            }
        });
    }

    /// What was found.
    pub fn found(self) -> Vec<Diagnostic> {
        self.found
    }

    fn new(library: &Library, knows_glossary: bool, written: Written<'a>) -> Self {
        let terms = library.glossary.iter();
        let words = terms.flat_map(|term| term.term.split_whitespace());
        let parts = words.flat_map(|word| capitals_in(word).chain([word]));
        Self {
            written,
            explained: parts.map(str::to_lowercase).collect(),
            told: HashSet::new(),
            knows_glossary,
            found: Vec::new(),
        }
    }

    fn read_end(&mut self, end: &EndNode) {
        parts::end_texts(end, &mut |readers, text| {
            if readers == Readers::Everybody {
                self.read(text);
            }
        });
    }

    fn read(&mut self, text: &Word) {
        if is_surely_easy(&text.value) {
            return;
        }
        let prose = Prose::of(&text.value);
        let long = self.long_sentences(text, &prose);
        if !long {
            self.long_words(text, &prose);
        }
        self.capitals(text, &prose);
    }

    fn long_sentences(&mut self, text: &Word, prose: &Prose) -> bool {
        let mut any = false;
        for sentence in &prose.sentences {
            let words = sentence.words.len();
            if words <= MOST_WORDS {
                continue;
            }
            any = true;
            let place = self.written.inside(text, sentence.range.clone());
            let message = format!("a sentence of {words} words is hard to follow");
            self.found.push(
                Diagnostic::new(Code::HardToRead, place, message)
                    .label(format!(
                        "customers read this; {MOST_WORDS} words are the limit"
                    ))
                    .help(
                        "make two sentences or a list of it, or move what explains it into `help`",
                    ),
            );
        }
        any
    }

    fn long_words(&mut self, text: &Word, prose: &Prose) {
        let grade = prose.grade().unwrap_or_default();
        if prose.words().count() < GRADED_WORDS || grade <= HIGHEST_GRADE {
            return;
        }
        let message = format!("this text needs {grade:.0} years of school");
        self.found.push(
            Diagnostic::new(Code::HardToRead, self.written.whole(text), message)
                .label(format!(
                    "Flesch-Kincaid grade {grade:.1}; {HIGHEST_GRADE:.0} is the limit"
                ))
                .help("use shorter words and sentences: what would you say on the phone?"),
        );
    }

    fn capitals(&mut self, text: &Word, prose: &Prose) {
        if !self.knows_glossary {
            return;
        }
        for sentence in &prose.sentences {
            let shouted = shouted(sentence);
            for (at, word) in sentence.words.iter().enumerate() {
                if !shouted.contains(&at) && !is_no_word(&word.letters) {
                    self.capitals_of(text, word);
                }
            }
        }
    }

    /// Judges the parts of one word.
    fn capitals_of(&mut self, text: &Word, word: &Spoken) {
        let whole = word
            .letters
            .trim_matches(|letter: char| !letter.is_alphanumeric());
        if self.explained.contains(&whole.to_lowercase()) {
            return;
        }
        for capitals in capitals_in(&word.letters) {
            let known = capitals.to_lowercase();
            if is_everyday(&known) || self.explained.contains(&known) || !self.told.insert(known) {
                continue;
            }
            let written = text.value.get(word.range.clone()).unwrap_or_default();
            let start = word.range.start + written.find(capitals).unwrap_or_default();
            let place = self.written.inside(text, start..start + capitals.len());
            self.found.push(
                Diagnostic::new(Code::HardToRead, place, format!("not everybody knows what `{capitals}` means"))
                    .label("in capitals, and not in the glossary")
                    .help(format!("use plain words, put what is printed on a device in backticks, or write `{capitals}: …` under `glossary:` in the library file")),
            );
        }
    }
}

/// Whether what stands there is filled in, or is an address.
fn is_no_word(letters: &str) -> bool {
    let start = letters.trim_start_matches(|letter: char| !letter.is_alphanumeric());
    let is_page = start
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."));
    letters.contains("${") || letters.contains("://") || letters.contains('@') || is_page
}

/// The words of a sentence that stand in capitals for emphasis: several in a row, more than half of them everyday words.
fn shouted(sentence: &Sentence) -> HashSet<usize> {
    let mut shouted = HashSet::new();
    let loud = |word: &Spoken| {
        let mut letters = word.letters.chars().filter(|letter| letter.is_alphabetic());
        letters.clone().next().is_some() && letters.all(char::is_uppercase)
    };
    let mut from = 0;
    for run in sentence
        .words
        .chunk_by(|one, other| loud(one) == loud(other))
    {
        let range = from..from + run.len();
        from = range.end;
        let plain = |word: &&Spoken| {
            let letters = word
                .letters
                .trim_matches(|letter: char| !letter.is_alphanumeric());
            is_word(&letters.to_lowercase())
        };
        let known = run.iter().filter(plain).count();
        if run.len() > 1 && run.first().is_some_and(loud) && 2 * known > run.len() {
            shouted.extend(range);
        }
    }
    shouted
}

/// The parts of a word in capitals: two letters or more, digits left aside.
fn capitals_in(word: &str) -> impl Iterator<Item = &str> {
    let parts = word.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|part| {
        let mut letters = part.chars().filter(|letter| letter.is_alphabetic());
        letters.clone().count() >= 2 && letters.all(char::is_uppercase)
    })
}

/// Whether a look at the bytes shows that there is nothing to find: most texts are short and have no capitals.
fn is_surely_easy(text: &str) -> bool {
    let (mut words, mut in_word) = (0, false);
    let (mut capitals, mut others) = (0, false);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || !byte.is_ascii() {
            capitals += usize::from(byte.is_ascii_uppercase());
            others |= byte.is_ascii_lowercase();
            // What is not ASCII may be anything.
            capitals += 2 * usize::from(!byte.is_ascii());
        } else {
            if capitals >= 2 && !others {
                return false;
            }
            (capitals, others) = (0, false);
        }
        words += usize::from(!in_word && !byte.is_ascii_whitespace());
        in_word = !byte.is_ascii_whitespace();
    }
    words <= MOST_WORDS && (capitals < 2 || others)
}
