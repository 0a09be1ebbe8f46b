//! A line that is there twice, and two lines in one.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

use super::super::key::Key;
use super::super::yaml::Line;
use super::{Page, Repair};

/// How much deeper one level is.
const LEVEL: usize = 2;

/// A line without the same one below it.
pub(super) fn doubled(page: Page<'_>, line: Line<'_>) -> Option<Repair> {
    let next = line.next(page.text)?;
    if next.text.trim_end() != line.text.trim_end() || line.is_blank() {
        return None;
    }
    let edit = Edit {
        span: Span::new(line.end(), next.end()),
        text: String::new(),
    };
    let parts = next.parts();
    let (code, name) = match parts.key {
        Some(key) => (Code::DuplicateKey, key),
        None => (Code::YamlSyntax, next.content()),
    };
    let finding = page
        .finding(code, name, "a line is there twice".to_owned())
        .label("the same as the line above")
        .help("delete one of them")
        .fix("delete the line", vec![edit.clone()]);
    Some(Repair::sign(finding, vec![edit]))
}

/// A line parted before each word of it that may be a key.
pub(super) fn joined(page: Page<'_>, line: Line<'_>) -> Vec<Repair> {
    let parts = line.parts();
    let Some(key) = parts.key else {
        return Vec::new();
    };
    let column = (key.start - line.start) as usize;
    let mut repairs = Vec::new();
    for word in words(page, parts.value) {
        let first = word.start == parts.value.start;
        let depth = if first { column + LEVEL } else { column };
        let repair = part(page, line, word, depth);
        let before = page.slice(Span::new(parts.value.start, word.start));
        let whole = !first && is_whole(before) && Key::from_name(page.slice(word)).is_some();
        repairs.push(if whole { repair.likely() } else { repair });
    }
    repairs.extend(name_behind(page, line, column));
    repairs.extend(first_name(page, line, column));
    repairs
}

/// A key that holds names, and the first of them on its line.
fn first_name(page: Page<'_>, line: Line<'_>, column: usize) -> Option<Repair> {
    let parts = line.parts();
    let holder = page.slice(parts.key?);
    let value = page.slice(parts.value);
    let name = value.split(": ").next()?;
    let name = name.strip_suffix(':').unwrap_or(name);
    let is_name = name.len() < value.len() && !name.starts_with(['"', '[', '{']);
    let holds = is_name && super::shift::HOLDERS.contains(&holder);
    let word = Span::new(parts.value.start, parts.value.start + name.len() as u32);
    holds.then(|| part(page, line, word, column + LEVEL).likely())
}

/// Whether a value is surely all of its text: one word, something in brackets or quotes, a sentence.
pub(super) fn is_whole(value: &str) -> bool {
    let value = value.trim_end();
    !value.contains(' ') || value.ends_with(['}', ']', '"', '\'', '.', '?', '!'])
}

/// A value and a name on one line: another answer, behind the step to which the first one leads; or what has keys of
/// its own on the lines below.
fn name_behind(page: Page<'_>, line: Line<'_>, column: usize) -> Option<Repair> {
    let value = line.parts().value;
    let text = page.slice(value);
    let (first, rest) = text.split_once(' ')?;
    let start = value.start + first.len() as u32 + 1;
    let is_name = |text: &str| !text.is_empty() && !text.contains(['"', '[', '{', ':']);
    if let Some(name) = rest.strip_suffix(':').filter(|name| is_name(name)) {
        let below = line.below(page.text)?.depth().checked_sub(LEVEL)?;
        // A word is a step or an end; of a text the last word is taken for the name.
        let whole = first.bytes().all(is_word) && !name.contains(' ') || below < column;
        let last = name.rfind(' ').map_or(0, |blank| blank as u32 + 1);
        let start = if whole { start } else { start + last };
        let word = Span::new(start, value.end - 1);
        return (below <= column).then(|| part(page, line, word, below).likely());
    }
    let (name, _) = rest.split_once(": ")?;
    let owner = super::shift::owner(page.text, line, line.depth())?;
    let holder = owner.parts().key.map(|key| page.slice(key));
    let holds = matches!(holder, Some("answers" | "returns"));
    let word = Span::new(start, start + name.len() as u32);
    let parted = holds && is_name(name) && first.bytes().all(is_word);
    parted.then(|| part(page, line, word, column).likely())
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'
}

/// Single words with a colon and a blank or nothing behind them.
fn words(page: Page<'_>, value: Span) -> Vec<Span> {
    let text = page.slice(value);
    let colons = text.match_indices(':').map(|(at, _)| at);
    let ends = colons.filter(|at| {
        let behind = text.get(at + 1..).unwrap_or_default();
        behind.is_empty() || behind.starts_with(' ')
    });
    ends.filter_map(|end| {
        let before = text.get(..end)?;
        let start = before.rfind(' ').map_or(0, |blank| blank + 1);
        let word = before.get(start..)?;
        (!word.is_empty() && word.bytes().all(is_word))
            .then(|| Span::new(value.start + start as u32, value.start + end as u32))
    })
    .collect()
}

fn part(page: Page<'_>, line: Line<'_>, word: Span, depth: usize) -> Repair {
    let before = page.slice(Span::new(line.start, word.start));
    let edit = Edit {
        span: Span::new(line.start + before.trim_end().len() as u32, word.start),
        text: format!("\n{}", " ".repeat(depth)),
    };
    let finding = page
        .finding(
            Code::YamlSyntax,
            word,
            format!("a line break is missing before `{}`", page.slice(word)),
        )
        .label("a key on the line of another")
        .help("write each key on a line of its own")
        .fix("add the line break", vec![edit.clone()]);
    Repair::sign(finding, vec![edit])
}
