//! Columns with heads: words to the left, numbers to the right.

use unicode_width::UnicodeWidthStr;

/// A table that is made row by row.
pub struct Columns {
    heads: Vec<Head>,
    rows: Vec<Vec<String>>,
}

/// A column's head, and to which side it stands.
pub struct Head {
    words: &'static str,
    is_number: bool,
    /// Left out where it holds nothing but zeros.
    may_go: bool,
}

/// A column of words.
pub const fn words(words: &'static str) -> Head {
    Head {
        words,
        is_number: false,
        may_go: false,
    }
}

/// A column of numbers.
pub const fn number(words: &'static str) -> Head {
    Head {
        words,
        is_number: true,
        may_go: false,
    }
}

/// A column of numbers that is left out where it holds nothing but zeros.
pub const fn rare(words: &'static str) -> Head {
    Head {
        words,
        is_number: true,
        may_go: true,
    }
}

impl Columns {
    /// No rows yet.
    pub fn new(heads: impl IntoIterator<Item = Head>) -> Self {
        Self {
            heads: heads.into_iter().collect(),
            rows: Vec::new(),
        }
    }

    /// Adds a row, a cell a column.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// The table, heads first.
    pub fn draw(&self) -> String {
        let heads: Vec<String> = self
            .heads
            .iter()
            .map(|head| head.words.to_owned())
            .collect();
        let lines: Vec<&Vec<String>> = std::iter::once(&heads).chain(&self.rows).collect();
        let mut out = String::new();
        let kept: Vec<(usize, &Head, usize)> = self
            .heads
            .iter()
            .enumerate()
            .filter(|(at, head)| !head.may_go || !self.is_zero(*at))
            .map(|(at, head)| {
                let cells = lines.iter().filter_map(|line| line.get(at));
                (
                    at,
                    head,
                    cells.map(|cell| cell.width()).max().unwrap_or_default(),
                )
            })
            .collect();
        for line in &lines {
            let mut drawn = String::new();
            for (at, head, widest) in &kept {
                let cell = line.get(*at).map_or("", String::as_str);
                let space = " ".repeat(widest - cell.width());
                if head.is_number {
                    drawn += &format!("{space}{cell}  ");
                } else {
                    drawn += &format!("{cell}{space}  ");
                }
            }
            out += drawn.trim_end();
            out.push('\n');
        }
        out
    }

    fn is_zero(&self, column: usize) -> bool {
        let mut cells = self.rows.iter().filter_map(|row| row.get(column));
        cells.all(|cell| cell == "0")
    }
}
