//! One typical fault of an author, put into a tree in the house style: what the text is then, and where a finding is
//! right. It judges lines, not YAML: it holds for the trees that are shipped, not for any text.

mod kinds;
mod layout;
mod pasted;
mod places;
mod signs;
mod words;

use std::ops::RangeInclusive;

pub use kinds::KINDS;

/// A tree with one fault.
#[derive(Debug, Clone)]
pub struct Fault {
    /// The spoiled text.
    pub text: String,
    /// The lines, from 1, at which a finding is right.
    pub lines: RangeInclusive<usize>,
}

/// A kind of fault: its name, and what it makes of a line.
pub type Kind = (&'static str, fn(&Page<'_>, usize) -> Option<Fault>);

/// What stands on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What<'t> {
    /// Nothing but blanks or a comment.
    Nothing,
    /// A line of a text in block form.
    Text,
    /// A key, and the value behind it.
    Key(&'t str, &'t str),
    /// An entry of a list, and what stands behind its dash.
    Item(&'t str),
}

/// The lines of a tree.
#[derive(Debug)]
pub struct Page<'t> {
    lines: Vec<&'t str>,
    whats: Vec<What<'t>>,
}

/// The keys whose values are texts.
const TEXTS: [&str; 12] = [
    "title", "summary", "ask", "say", "help", "do", "note", "warn", "check", "reason", "fix", "end",
];

impl<'t> Page<'t> {
    /// Reads a tree in the house style.
    pub fn new(text: &'t str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let mut whats = Vec::new();
        let mut block: Option<usize> = None;
        for line in &lines {
            let content = line.trim_start();
            let depth = line.len() - content.len();
            if content.is_empty() {
                whats.push(What::Nothing);
                continue;
            }
            if block.is_some_and(|owner| depth > owner) {
                whats.push(What::Text);
                continue;
            }
            block = None;
            let what = what(content);
            if let What::Key(_, "|" | ">") = what {
                block = Some(depth);
            }
            whats.push(what);
        }
        Self { lines, whats }
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    fn depth(&self, at: usize) -> usize {
        self.lines[at].len() - self.lines[at].trim_start().len()
    }

    fn key(&self, at: usize) -> Option<(&'t str, &'t str)> {
        match self.whats[at] {
            What::Key(key, value) => Some((key, value)),
            _ => None,
        }
    }

    /// Whether a line is a key of the language, not a name that the author gave.
    fn is_language(&self, at: usize) -> bool {
        let owner = self.owner(at).and_then(|owner| self.key(owner));
        let named = ["steps", "answers", "returns", "tests", "try"];
        self.key(at).is_some() && !owner.is_some_and(|(key, _)| named.contains(&key))
    }

    fn is_step(&self, at: usize) -> bool {
        let owner = self.owner(at).and_then(|owner| self.key(owner));
        self.key(at).is_some() && matches!(owner, Some(("steps", _)))
    }

    fn in_tests(&self, at: usize) -> bool {
        let tests = self
            .whats
            .iter()
            .position(|what| *what == What::Key("tests", ""));
        tests.is_some_and(|tests| at > tests)
    }

    /// The line that a line belongs to.
    fn owner(&self, at: usize) -> Option<usize> {
        let depth = self.depth(at);
        (0..at)
            .rev()
            .find(|above| self.whats[*above] != What::Nothing && self.depth(*above) < depth)
    }

    /// The line behind the last one that belongs to a line.
    fn end(&self, at: usize) -> usize {
        let depth = self.depth(at);
        let mut end = at + 1;
        for below in at + 1..self.len() {
            if self.whats[below] == What::Nothing {
                continue;
            }
            if self.depth(below) <= depth {
                break;
            }
            end = below + 1;
        }
        end
    }

    /// The tree with other lines in the place of some.
    fn with(&self, range: std::ops::Range<usize>, lines: &[String]) -> String {
        let before = self.lines[..range.start]
            .iter()
            .map(|line| (*line).to_owned());
        let behind = self.lines[range.end..]
            .iter()
            .map(|line| (*line).to_owned());
        let all: Vec<String> = before.chain(lines.iter().cloned()).chain(behind).collect();
        all.join("\n") + "\n"
    }

    /// A fault on one line, found there or right beside it.
    fn fault(&self, at: usize, line: impl Into<String>) -> Option<Fault> {
        let line = line.into();
        (line != self.lines[at]).then(|| Fault {
            text: self.with(at..at + 1, &[line]),
            lines: at.max(1)..=at + 2,
        })
    }

    /// The line with the first of a text in it replaced.
    fn replaced(&self, at: usize, from: &str, to: &str) -> Option<Fault> {
        self.fault(at, self.lines[at].replacen(from, to, 1))
    }

    fn moved(&self, at: usize, by: isize) -> Option<String> {
        let depth = self.depth(at).checked_add_signed(by)?;
        Some(" ".repeat(depth) + self.lines[at].trim_start())
    }

    /// A text key with a text on its line.
    fn plain_text(&self, at: usize) -> Option<(&'t str, &'t str)> {
        let (key, value) = self.key(at)?;
        let plain = !value.is_empty() && !value.starts_with(['"', '|', '{', '[', '\'']);
        (plain && self.is_language(at) && TEXTS.contains(&key)).then_some((key, value))
    }
}

fn what(content: &str) -> What<'_> {
    if content.starts_with('#') {
        return What::Nothing;
    }
    if let Some(item) = content.strip_prefix("- ") {
        return What::Item(item);
    }
    match content.split_once(": ") {
        Some((key, value)) => What::Key(key, value.trim()),
        None => content
            .strip_suffix(':')
            .map_or(What::Text, |key| What::Key(key, "")),
    }
}
