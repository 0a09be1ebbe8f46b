//! Breaks a styled line into lines that fit a width, by the line-breaking rules of Unicode. Styles survive the break;
//! a break never stands inside a word unless the word alone is too wide.

use textwrap::WordSeparator;
use textwrap::core::{Word, break_words};
use textwrap::wrap_algorithms::wrap_first_fit;

use super::line::Line;
use super::style::Style;

/// The line, broken so that each part takes at most `columns`.
pub fn wrap(line: &Line, columns: usize) -> Vec<Line> {
    wrap_hanging(line, columns, 0)
}

/// The same, with all parts but the first set in by so many columns.
pub fn wrap_hanging(line: &Line, columns: usize, indent: usize) -> Vec<Line> {
    let columns = columns.max(4);
    if line.width() <= columns {
        return vec![line.clone()];
    }
    let indent = if indent * 2 > columns { 0 } else { indent };
    let rest_columns = columns - indent;
    let text = line.text();
    let words: Vec<Word<'_>> = WordSeparator::UnicodeBreakProperties
        .find_words(&text)
        .collect();
    let words = break_words(words, rest_columns);
    let mut rest = Cutter::new(line);
    wrap_first_fit(&words, &[columns as f64, rest_columns as f64])
        .into_iter()
        .enumerate()
        .map(|(at, words)| {
            let taken = words
                .iter()
                .map(|word| word.word.len() + word.whitespace.len())
                .sum();
            let trailing = words.last().map_or(0, |word| word.whitespace.len());
            let mut part = Line::default();
            if at > 0 {
                part.push(&" ".repeat(indent), Style::default());
            }
            part.extend(&rest.take(taken, trailing));
            part
        })
        .collect()
}

/// Hands out the styled text of a line in parts.
struct Cutter<'a> {
    line: &'a Line,
    piece: usize,
    offset: usize,
}

impl<'a> Cutter<'a> {
    const fn new(line: &'a Line) -> Self {
        Self {
            line,
            piece: 0,
            offset: 0,
        }
    }

    /// The next so many bytes without the last `trailing` of them, which are skipped.
    fn take(&mut self, bytes: usize, trailing: usize) -> Line {
        let mut part = Line::default();
        let mut wanted = bytes - trailing;
        let mut skipped = trailing;
        while let Some(piece) = self.line.pieces().get(self.piece) {
            let left = piece.text.get(self.offset..).unwrap_or_default();
            let step = if wanted > 0 { wanted } else { skipped }.min(left.len());
            if step == 0 && !left.is_empty() {
                break;
            }
            if wanted > 0 {
                part.push(left.get(..step).unwrap_or_default(), piece.style);
                wanted -= step;
            } else {
                skipped -= step;
            }
            self.offset += step;
            if self.offset >= piece.text.len() {
                self.piece += 1;
                self.offset = 0;
            }
        }
        part
    }
}
