//! A line that is there twice, and two lines in one.

use crate::diagnostic::{Code, Edit};
use crate::source::Span;

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
        let depths: &[usize] = if first { &[column + LEVEL] } else { &[column] };
        repairs.extend(depths.iter().map(|depth| part(page, line, word, *depth)));
    }
    repairs
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
        let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
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
