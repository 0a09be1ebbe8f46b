//! Faults of words: misspelled keys, names and values, and values of another kind.

use super::{Fault, Page};

/// The keys whose values lead on.
const EDGES: [&str; 7] = ["yes", "no", "next", "unsure", "tried", "cannot", "goto"];

impl<'t> Page<'t> {
    pub(super) fn misspelled_key(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        let misspelled = misspelled(key)?;
        self.is_language(at).then_some(())?;
        self.replaced(at, key, &misspelled)
    }

    pub(super) fn capital_key(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_language(at).then_some(())?;
        self.replaced(at, key, &capital(key))
    }

    pub(super) fn misspelled_target(&self, at: usize) -> Option<Fault> {
        let misspelled = misspelled(self.led_to(at)?)?;
        self.target(at, |_| misspelled.clone())
    }

    /// Another name for the step that a line leads to.
    pub(super) fn target(&self, at: usize, change: impl Fn(&str) -> String) -> Option<Fault> {
        let name = self.led_to(at)?;
        let wrong = change(name);
        let line = self.lines[at].replace(&format!(": {name}"), &format!(": {wrong}"));
        self.fault(at, line)
    }

    /// The step that a line leads to.
    fn led_to(&self, at: usize) -> Option<&'t str> {
        let (key, value) = self.key(at)?;
        let owner = self.owner(at).and_then(|owner| self.key(owner));
        let leads = EDGES.contains(&key)
            || matches!(owner, Some(("answers" | "returns", _))) && !self.in_tests(at);
        let is_name = |byte: u8| byte.is_ascii_lowercase() || byte == b'_';
        (leads && !value.is_empty() && value.bytes().all(is_name)).then_some(value)
    }

    pub(super) fn foreign_target(&self, at: usize) -> Option<Fault> {
        self.target(at, foreign)
    }

    pub(super) fn foreign_key(&self, at: usize) -> Option<Fault> {
        self.other_key(at, foreign)
    }

    /// Another word for a key of the language.
    pub(super) fn other_key(&self, at: usize, change: impl Fn(&str) -> String) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_language(at).then_some(())?;
        self.replaced(at, key, &change(key))
    }

    /// Another name for a step, where it is defined.
    pub(super) fn other_step(&self, at: usize, change: impl Fn(&str) -> String) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_step(at).then_some(())?;
        self.replaced(at, key, &change(key))
    }

    /// Another line where a step begins.
    pub(super) fn other_step_line(
        &self,
        at: usize,
        change: impl Fn(&str) -> String,
    ) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_step(at).then_some(())?;
        self.replaced(at, &format!("{key}:"), &change(key))
    }

    /// A word that means the same to people.
    pub(super) fn other_word(&self, at: usize) -> Option<Fault> {
        const ALIKE: [(&str, &str); 8] = [
            ("ask", "question"),
            ("do", "instruction"),
            ("fix", "solution"),
            ("escalate", "handover"),
            ("say", "script"),
            ("help", "hint"),
            ("next", "then"),
            ("takes", "duration"),
        ];
        let (key, _) = self.key(at)?;
        let (_, other) = ALIKE.iter().find(|(word, _)| *word == key)?;
        self.other_key(at, |_| (*other).to_owned())
    }

    pub(super) fn foreign_word(&self, at: usize) -> Option<Fault> {
        const ALIKE: [(&str, &str); 4] = [
            ("ask", "frage"),
            ("yes", "ja"),
            ("no", "nein"),
            ("answers", "antworten"),
        ];
        let (key, _) = self.key(at)?;
        let (_, other) = ALIKE.iter().find(|(word, _)| *word == key)?;
        self.other_key(at, |_| (*other).to_owned())
    }

    /// Another value for some keys.
    pub(super) fn value_of(&self, at: usize, keys: &[&str], value: &str) -> Option<Fault> {
        let (key, old) = self.key(at)?;
        (keys.contains(&key) && self.is_language(at)).then_some(())?;
        self.replaced(at, old, value)
    }

    pub(super) fn misspelled_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_step(at).then_some(())?;
        self.replaced(at, key, &misspelled(key)?)
    }

    pub(super) fn capital_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_step(at).then_some(())?;
        self.replaced(at, key, &capital(key))
    }

    pub(super) fn dashed_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        (self.is_step(at) && key.contains('_')).then_some(())?;
        self.replaced(at, key, &key.replace('_', "-"))
    }

    pub(super) fn misspelled_value(&self, at: usize) -> Option<Fault> {
        let (key, value) = self.key(at)?;
        let words = [
            "escalate",
            "impact",
            "urgency",
            "fact",
            "call",
            "order",
            "review_by",
            "wait",
        ];
        (words.contains(&key) && self.is_language(at)).then_some(())?;
        let misspelled = misspelled(value).unwrap_or_else(|| format!("{value}x"));
        self.fault(
            at,
            self.lines[at].replace(&format!(": {value}"), &format!(": {misspelled}")),
        )
    }

    pub(super) fn without_value(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        (!value.is_empty() && value != "|").then_some(())?;
        self.fault(at, self.lines[at].strip_suffix(value)?.trim_end())
    }

    pub(super) fn list_for_text(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.plain_text(at)?;
        let first = value.split([',', ':', '#']).next()?;
        self.fault(
            at,
            self.lines[at].strip_suffix(value)?.to_owned() + "[" + first + "]",
        )
    }

    pub(super) fn text_for_block(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        let end = self.end(at);
        (value.is_empty() && end > at + 1).then_some(())?;
        Some(Fault {
            text: self.with(at..end, &[format!("{} something else", self.lines[at])]),
            lines: at.max(1)..=at + 2,
        })
    }
}

/// A word with two letters swapped, or one left out where it is short.
fn misspelled(word: &str) -> Option<String> {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    if letters.len() < 2 || letters[middle] == letters[middle - 1] {
        return None;
    }
    letters.swap(middle - 1, middle);
    Some(letters.into_iter().collect())
}

pub(super) fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// A word in which one letter is of another script and looks the same.
fn foreign(word: &str) -> String {
    const ALIKE: [(char, &str); 5] = [
        ('o', "\u{43e}"),
        ('e', "\u{435}"),
        ('a', "\u{430}"),
        ('i', "\u{456}"),
        ('c', "\u{441}"),
    ];
    let found = ALIKE.iter().find(|(letter, _)| word.contains(*letter));
    found.map_or_else(
        || word.to_owned(),
        |(letter, other)| word.replacen(*letter, other, 1),
    )
}
