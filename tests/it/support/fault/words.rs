//! Faults of words: misspelled keys, names and values, and values of another kind.

use super::{Fault, Page};

/// The keys whose values lead on.
const EDGES: [&str; 7] = ["yes", "no", "next", "unsure", "tried", "cannot", "goto"];

impl Page<'_> {
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
        let (key, value) = self.key(at)?;
        let owner = self.owner(at).and_then(|owner| self.key(owner));
        let leads = EDGES.contains(&key)
            || matches!(owner, Some(("answers" | "returns", _))) && !self.in_tests(at);
        let name = leads
            && value
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let misspelled = name.then(|| misspelled(value))??;
        self.fault(
            at,
            self.lines[at].replace(&format!(": {value}"), &format!(": {misspelled}")),
        )
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

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
