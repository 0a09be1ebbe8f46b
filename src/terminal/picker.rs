//! A list in which one finds by typing: long lists of answers, and the trees of a library. The ranking comes from
//! outside. dialoguer's FuzzySelect is not used here: it forgives no typing errors, loses an Enter typed early, and
//! erases lines above itself where an item is not ASCII.

use crate::load::search::folded;

use super::edit::Edit;
use super::keys::Key;
use super::line::{Line, clip};
use super::style::Role;

/// Something to pick.
#[derive(Debug, Clone)]
pub struct Item {
    /// What it says, plain text.
    pub label: String,
    /// What stands dim behind it.
    pub detail: String,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// This item was picked.
    Picked(usize),
    /// Nothing was picked, and nothing typed is left to take back.
    Closed,
    /// The list looks different now, or the key means nothing here.
    Looked,
}

/// A list under a line of text.
#[derive(Debug)]
pub struct Picker {
    items: Vec<Item>,
    edit: Edit,
    /// The items that fit what was typed, best first.
    fitting: Vec<usize>,
    /// Which of them is marked.
    marked: usize,
}

impl Picker {
    /// A list in which everything fits until something is typed.
    pub fn new(items: Vec<Item>) -> Self {
        let fitting = (0..items.len()).collect();
        Self {
            items,
            edit: Edit::default(),
            fitting,
            marked: 0,
        }
    }

    /// Begins at an item.
    pub fn marking(mut self, item: usize) -> Self {
        self.marked = item.min(self.items.len().saturating_sub(1));
        self
    }

    /// What was typed.
    pub fn typed(&self) -> &str {
        self.edit.text()
    }

    /// Applies a key; `rank` gives the items that fit a text, best first.
    pub fn press(&mut self, key: Key, rank: &dyn Fn(&str) -> Vec<usize>) -> Press {
        let last = self.fitting.len().saturating_sub(1);
        match key {
            Key::Enter => {
                return self
                    .fitting
                    .get(self.marked)
                    .map_or(Press::Looked, |item| Press::Picked(*item));
            }
            Key::Escape if self.edit.text().is_empty() => return Press::Closed,
            Key::Escape => {
                self.edit = Edit::default();
                self.search(rank);
            }
            Key::Up => self.marked = self.marked.checked_sub(1).unwrap_or(last),
            Key::Down | Key::Tab => {
                self.marked = if self.marked >= last {
                    0
                } else {
                    self.marked + 1
                }
            }
            Key::PageUp => self.marked = self.marked.saturating_sub(8),
            Key::PageDown => self.marked = (self.marked + 8).min(last),
            other => {
                let before = self.edit.text().to_owned();
                if self.edit.press(other) && self.edit.text() != before {
                    self.search(rank);
                }
            }
        }
        Press::Looked
    }

    /// Puts a pasted text into the search.
    pub fn paste(&mut self, text: &str, rank: &dyn Fn(&str) -> Vec<usize>) {
        self.edit.insert(text);
        self.search(rank);
    }

    /// The item that is marked.
    pub fn marked(&self) -> Option<usize> {
        self.fitting.get(self.marked).copied()
    }

    /// Takes back what was typed; the item that is marked stays so.
    pub fn clear(&mut self) {
        let marked = self.marked();
        self.edit = Edit::default();
        self.fitting = (0..self.items.len()).collect();
        self.marked = marked.unwrap_or(0);
    }

    fn search(&mut self, rank: &dyn Fn(&str) -> Vec<usize>) {
        self.fitting = match self.edit.text().trim() {
            "" => (0..self.items.len()).collect(),
            text => rank(text),
        };
        self.marked = 0;
    }

    /// The list as lines, and where the cursor stands. It takes at most so many rows. With `ticks`, each item shows
    /// whether it is ticked.
    pub fn lines(
        &self,
        columns: usize,
        rows: usize,
        ticks: Option<&[bool]>,
    ) -> (Vec<Line>, (usize, usize)) {
        let (typed, column) = self.edit.window(columns.saturating_sub(3));
        let mut lines = vec![self.typed_line(&typed, ticks.is_some())];
        let room = rows.saturating_sub(2).max(1);
        let first = self.marked.saturating_sub(room.saturating_sub(1));
        for (at, place) in self.fitting.iter().enumerate().skip(first).take(room) {
            if let Some(item) = self.items.get(*place) {
                let tick = ticks.map(|ticks| ticks.get(*place) == Some(&true));
                lines.push(item_line(item, at == self.marked, tick, columns));
            }
        }
        let hidden = self.fitting.len().saturating_sub(first + room);
        if self.fitting.is_empty() {
            lines.push(Line::of(
                "  nothing fits; Esc clears the search",
                Role::Quiet,
            ));
        } else if first > 0 || hidden > 0 {
            lines.push(Line::of(
                &format!("  {} of {}", self.marked + 1, self.fitting.len()),
                Role::Quiet,
            ));
        }
        (lines, (0, 2 + column))
    }
}

impl Picker {
    fn typed_line(&self, typed: &str, ticks: bool) -> Line {
        let line = Line::of("> ", Role::Key).with(typed, Role::Body);
        match (self.edit.text().is_empty(), ticks) {
            (false, _) => line,
            (true, false) => line.with("type to search, Enter picks", Role::Quiet),
            (true, true) => line.with("type to search, Space ticks, Enter answers", Role::Quiet),
        }
    }
}

fn item_line(item: &Item, marked: bool, tick: Option<bool>, columns: usize) -> Line {
    let role = if marked { Role::Key } else { Role::Body };
    let mut line = Line::of(if marked { "▸ " } else { "  " }, role);
    if let Some(ticked) = tick {
        line = line.with(
            if ticked { "[x] " } else { "[ ] " },
            if ticked { Role::Good } else { Role::Quiet },
        );
    }
    let label = clip(&item.label, columns.saturating_sub(line.width() + 1));
    line = line.with(&label, role);
    let room = columns.saturating_sub(line.width() + 3);
    if room > 8 && !item.detail.is_empty() {
        line = line
            .with("  ", Role::Body)
            .with(&clip(&item.detail, room), Role::Quiet);
    }
    line
}

/// Ranks texts by how a typed one stands in them: at their start, at a word's start, inside, misspelled. Texts in
/// which not all typed words stand do not fit.
pub fn rank(texts: &[String], typed: &str) -> Vec<usize> {
    let typed = folded(typed);
    let mut fitting: Vec<(u32, usize)> = texts
        .iter()
        .enumerate()
        .filter_map(|(at, text)| {
            let text = folded(text);
            let found = distance(&text, &typed);
            Some((
                found.or_else(|| distance(&spelled(&text), &spelled(&typed)))?,
                at,
            ))
        })
        .collect();
    fitting.sort_unstable();
    fitting.into_iter().map(|(_, at)| at).collect()
}

/// The same without the `e` by which people write an umlaut that is not on their keyboard.
fn spelled(folded: &str) -> String {
    let plain = folded.replace("ae", "a").replace("oe", "o");
    plain.replace("ue", "u")
}

fn distance(text: &str, typed: &str) -> Option<u32> {
    if text.starts_with(typed) {
        return Some(0);
    }
    typed
        .split_whitespace()
        .map(|word| word_distance(text, word))
        .sum()
}

fn word_distance(text: &str, word: &str) -> Option<u32> {
    let words = || text.split(|one: char| !one.is_alphanumeric());
    if words().any(|known| known.starts_with(word)) {
        return Some(1);
    }
    if text.contains(word) {
        return Some(2);
    }
    let allowed = word.chars().count() / 4;
    let begins_nearly = |known: &str| {
        let beginning: String = known.chars().take(word.chars().count()).collect();
        let nearest = strsim::osa_distance(known, word).min(strsim::osa_distance(&beginning, word));
        nearest <= allowed
    };
    (allowed > 0 && words().any(begins_nearly)).then_some(5)
}

#[cfg(test)]
mod tests {
    use super::rank;

    #[test]
    fn what_begins_so_comes_first_and_typing_errors_are_forgiven() {
        let texts = [
            "a new phone",
            "Phone system",
            "headphones",
            "Größe des Bildschirms",
            "laptop",
        ]
        .map(String::from);
        assert_eq!(rank(&texts, "phone"), [1, 0, 2]);
        assert_eq!(rank(&texts, "PHNOE"), [0, 1]);
        assert_eq!(rank(&texts, "bildschirm grö"), [3]);
        assert_eq!(rank(&texts, "grosse"), [3]);
        assert_eq!(rank(&texts, "groe"), [3]);
        assert!(rank(&texts, "printer").is_empty());
    }
}
