//! One typical fault of an author, put into a tree in the house style: what the text is then, and where a finding is
//! right. It judges lines, not YAML: it holds for the trees that are shipped, not for any text.

use std::ops::RangeInclusive;

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

/// Every kind of fault.
pub const KINDS: &[Kind] = &[
    ("a key too far left", |page, at| page.shifted(at, -1)),
    ("a key two too far left", |page, at| page.shifted(at, -2)),
    ("a key too far right", |page, at| page.shifted(at, 1)),
    ("a key two too far right", |page, at| page.shifted(at, 2)),
    ("a block too far left", |page, at| {
        page.block_shifted(at, -1)
    }),
    ("a block two too far left", |page, at| {
        page.block_shifted(at, -2)
    }),
    ("a block too far right", |page, at| {
        page.block_shifted(at, 1)
    }),
    ("a block two too far right", |page, at| {
        page.block_shifted(at, 2)
    }),
    ("a line of text at the edge of its key", |page, at| {
        page.text_at_key(at)
    }),
    ("a tab", |page, at| page.tabbed(at)),
    ("a hard space", |page, at| page.hard_space(at)),
    ("no colon", |page, at| page.without_colon(at)),
    ("no space behind a colon", |page, at| page.tight_colon(at)),
    ("a semicolon", |page, at| page.other_colon(at, ";")),
    ("an equals sign", |page, at| page.other_colon(at, " =")),
    ("no opening quote", |page, at| {
        page.without_opening_quote(at)
    }),
    ("no closing quote", |page, at| {
        page.without_closing_quote(at)
    }),
    ("a quote too many", |page, at| page.stray_quote(at)),
    ("smart quotes", |page, at| page.smart_quotes(at)),
    ("an unclosed bracket", |page, at| {
        page.without_last(at, &['}', ']'])
    }),
    ("an unopened bracket", |page, at| {
        page.without_first(at, &['{', '['])
    }),
    ("no comma", |page, at| page.without_first(at, &[','])),
    ("a colon in a text", |page, at| page.in_text(at, ": ")),
    ("a hash in a text", |page, at| page.in_text(at, " #5 ")),
    ("a line of a list without its dash", |page, at| {
        page.without_dash(at)
    }),
    ("a dash without its space", |page, at| {
        page.other_dash(at, "-")
    }),
    ("another sign for a dash", |page, at| {
        page.other_dash(at, "\u{2022} ")
    }),
    ("a long dash", |page, at| page.other_dash(at, "\u{2013} ")),
    ("a dash before a key", |page, at| page.dash_before_key(at)),
    ("a text without its bar", |page, at| page.without_bar(at)),
    ("a misspelled key", |page, at| page.misspelled_key(at)),
    ("a capital letter in a key", |page, at| page.capital_key(at)),
    ("a misspelled target", |page, at| page.misspelled_target(at)),
    ("a misspelled step", |page, at| page.misspelled_step(at)),
    ("a capital letter in a step", |page, at| {
        page.capital_step(at)
    }),
    ("a dash in a step", |page, at| page.dashed_step(at)),
    ("a misspelled word of a value", |page, at| {
        page.misspelled_value(at)
    }),
    ("a single equals sign in a condition", |page, at| {
        page.single_equals(at)
    }),
    ("a deleted line", |page, at| page.deleted(at)),
    ("a doubled line", |page, at| page.doubled(at)),
    ("a doubled step", |page, at| page.doubled_step(at)),
    ("two lines in one", |page, at| page.joined(at)),
    ("no value", |page, at| page.without_value(at)),
    ("a list for a text", |page, at| page.list_for_text(at)),
    ("a text for a block", |page, at| page.text_for_block(at)),
];

/// The keys whose values are texts.
const TEXTS: [&str; 12] = [
    "title", "summary", "ask", "say", "help", "do", "note", "warn", "check", "reason", "fix", "end",
];

/// The keys whose values lead on.
const EDGES: [&str; 7] = ["yes", "no", "next", "unsure", "tried", "cannot", "goto"];

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

    fn shifted(&self, at: usize, by: isize) -> Option<Fault> {
        self.key(at)?;
        self.fault(at, self.moved(at, by)?)
    }

    fn block_shifted(&self, at: usize, by: isize) -> Option<Fault> {
        self.key(at)?;
        let end = self.end(at);
        if end == at + 1 {
            return None;
        }
        let lines: Option<Vec<String>> = (at..end)
            .map(|line| match self.whats[line] {
                What::Nothing => Some(self.lines[line].to_owned()),
                _ => self.moved(line, by),
            })
            .collect();
        Some(Fault {
            text: self.with(at..end, &lines?),
            lines: at.max(1)..=at + 2,
        })
    }

    fn text_at_key(&self, at: usize) -> Option<Fault> {
        if self.whats[at] != What::Text || self.lines[at].trim().is_empty() {
            return None;
        }
        let owner = (0..at).rev().find(|above| self.key(*above).is_some())?;
        self.fault(
            at,
            " ".repeat(self.depth(owner)) + self.lines[at].trim_start(),
        )
    }

    fn tabbed(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        let depth = self.depth(at);
        self.fault(at, "\t".repeat(depth / 2) + self.lines[at].trim_start())
    }

    fn hard_space(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        let depth = self.depth(at);
        self.fault(at, "\u{a0}".repeat(depth) + self.lines[at].trim_start())
    }

    fn without_colon(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        self.replaced(at, ":", "")
    }

    fn tight_colon(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        if value.is_empty() {
            return None;
        }
        self.replaced(at, ": ", ":")
    }

    fn other_colon(&self, at: usize, sign: &str) -> Option<Fault> {
        self.key(at)?;
        self.replaced(at, ":", sign)
    }

    fn without_opening_quote(&self, at: usize) -> Option<Fault> {
        self.replaced(at, self.quoted(at)?, &self.quoted(at)?[1..])
    }

    fn without_closing_quote(&self, at: usize) -> Option<Fault> {
        let quoted = self.quoted(at)?;
        self.replaced(at, quoted, &quoted[..quoted.len() - 1])
    }

    fn smart_quotes(&self, at: usize) -> Option<Fault> {
        let quoted = self.quoted(at)?;
        let inner = &quoted[1..quoted.len() - 1];
        self.replaced(at, quoted, &format!("\u{201c}{inner}\u{201d}"))
    }

    /// The first text in double quotes on a line, where quotes mean something.
    fn quoted(&self, at: usize) -> Option<&'t str> {
        let line = self.lines[at];
        let start = line.find('"')?;
        let end = start + 1 + line[start + 1..].find('"')? + 1;
        let opens = line[..start].ends_with([' ', '[', '{']);
        let is_text = self.key(at).is_some_and(|(key, value)| {
            TEXTS.contains(&key) && !value.starts_with(['"', '{', '['])
        });
        let meant = !matches!(self.whats[at], What::Text | What::Nothing) && !is_text;
        (opens && meant).then(|| &line[start..end])
    }

    fn stray_quote(&self, at: usize) -> Option<Fault> {
        let (key, value) = self.plain_text(at)?;
        self.replaced(at, &format!("{key}: {value}"), &format!("{key}: \"{value}"))
    }

    /// A text key with a text on its line.
    fn plain_text(&self, at: usize) -> Option<(&'t str, &'t str)> {
        let (key, value) = self.key(at)?;
        let plain = !value.is_empty() && !value.starts_with(['"', '|', '{', '[', '\'']);
        (plain && self.is_language(at) && TEXTS.contains(&key)).then_some((key, value))
    }

    fn without_last(&self, at: usize, signs: &[char]) -> Option<Fault> {
        self.flow(at)?;
        let place = self.lines[at].rfind(signs)?;
        self.without(at, place)
    }

    fn without_first(&self, at: usize, signs: &[char]) -> Option<Fault> {
        let value = self.flow(at)?;
        let place = self.lines[at].len() - value.len() + value.find(signs)?;
        self.without(at, place)
    }

    fn without(&self, at: usize, place: usize) -> Option<Fault> {
        let line = self.lines[at];
        self.fault(at, line[..place].to_owned() + &line[place + 1..])
    }

    /// The value of a line in brackets.
    fn flow(&self, at: usize) -> Option<&'t str> {
        let value = match self.whats[at] {
            What::Key(_, value) | What::Item(value) => value,
            _ => return None,
        };
        value.starts_with(['{', '[']).then_some(value)
    }

    /// Something instead of the second blank of a text.
    fn in_text(&self, at: usize, sign: &str) -> Option<Fault> {
        let (_, value) = self.plain_text(at)?;
        let (first, rest) = value.split_once(' ')?;
        let (second, rest) = rest.split_once(' ')?;
        self.replaced(at, value, &format!("{first} {second}{sign}{rest}"))
    }

    fn without_dash(&self, at: usize) -> Option<Fault> {
        self.other_dash(at, "")
    }

    fn other_dash(&self, at: usize, sign: &str) -> Option<Fault> {
        let What::Item(_) = self.whats[at] else {
            return None;
        };
        self.replaced(at, "- ", sign)
    }

    fn dash_before_key(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.replaced(at, key, &format!("- {key}"))
    }

    fn without_bar(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        let fault = (value == "|").then(|| self.lines[at].trim_end_matches([' ', '|']));
        let mut fault = self.fault(at, fault?)?;
        fault.lines = at.max(1)..=self.end(at) + 1;
        Some(fault)
    }

    fn misspelled_key(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        let misspelled = misspelled(key)?;
        self.is_language(at).then_some(())?;
        self.replaced(at, key, &misspelled)
    }

    fn capital_key(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_language(at).then_some(())?;
        self.replaced(at, key, &capital(key))
    }

    fn misspelled_target(&self, at: usize) -> Option<Fault> {
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

    fn misspelled_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_step(at).then_some(())?;
        self.replaced(at, key, &misspelled(key)?)
    }

    fn capital_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        self.is_step(at).then_some(())?;
        self.replaced(at, key, &capital(key))
    }

    fn dashed_step(&self, at: usize) -> Option<Fault> {
        let (key, _) = self.key(at)?;
        (self.is_step(at) && key.contains('_')).then_some(())?;
        self.replaced(at, key, &key.replace('_', "-"))
    }

    fn misspelled_value(&self, at: usize) -> Option<Fault> {
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

    fn single_equals(&self, at: usize) -> Option<Fault> {
        (self.whats[at] != What::Text).then_some(())?;
        self.replaced(at, " == ", " = ")
    }

    fn deleted(&self, at: usize) -> Option<Fault> {
        if matches!(self.whats[at], What::Nothing | What::Text) {
            return None;
        }
        let (first, end) = self
            .owner(at)
            .map_or((at, at + 1), |owner| (owner, self.end(owner)));
        Some(Fault {
            text: self.with(at..at + 1, &[]),
            lines: first.max(1)..=end,
        })
    }

    fn doubled(&self, at: usize) -> Option<Fault> {
        if matches!(self.whats[at], What::Nothing | What::Text) {
            return None;
        }
        let line = self.lines[at].to_owned();
        Some(Fault {
            text: self.with(at..at + 1, &[line.clone(), line]),
            lines: at + 1..=at + 3,
        })
    }

    fn doubled_step(&self, at: usize) -> Option<Fault> {
        self.is_step(at).then_some(())?;
        let end = self.end(at);
        let lines: Vec<String> = self.lines[at..end]
            .iter()
            .map(|line| (*line).to_owned())
            .collect();
        Some(Fault {
            text: self.with(end..end, &lines),
            lines: at + 1..=end + 2,
        })
    }

    fn joined(&self, at: usize) -> Option<Fault> {
        self.key(at)?;
        if at + 1 == self.len() {
            return None;
        }
        self.key(at + 1)?;
        let line = format!("{} {}", self.lines[at], self.lines[at + 1].trim_start());
        Some(Fault {
            text: self.with(at..at + 2, &[line]),
            lines: at.max(1)..=at + 2,
        })
    }

    fn without_value(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        (!value.is_empty() && value != "|").then_some(())?;
        self.fault(at, self.lines[at].strip_suffix(value)?.trim_end())
    }

    fn list_for_text(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.plain_text(at)?;
        let first = value.split([',', ':', '#']).next()?;
        self.fault(
            at,
            self.lines[at].strip_suffix(value)?.to_owned() + "[" + first + "]",
        )
    }

    fn text_for_block(&self, at: usize) -> Option<Fault> {
        let (_, value) = self.key(at)?;
        let end = self.end(at);
        (value.is_empty() && end > at + 1).then_some(())?;
        Some(Fault {
            text: self.with(at..end, &[format!("{} something else", self.lines[at])]),
            lines: at.max(1)..=at + 2,
        })
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
