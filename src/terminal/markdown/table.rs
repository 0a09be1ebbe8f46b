//! A table of a Markdown text as lines: columns side by side where they fit, a cell broken within its column where that
//! stays readable, else each row as lines of its own. It reads no Markdown.

use pulldown_cmark::Alignment;

use crate::terminal::line::{Line, width};
use crate::terminal::style::Style;
use crate::terminal::wrap::{wrap, wrap_hanging};

/// What parts two columns.
const GAP: &str = "  ";

/// A column is not made narrower than this: words would break in the middle.
const NARROWEST: usize = 12;

/// A table, as far as it is read.
#[derive(Debug)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    /// The head, then the others.
    rows: Vec<Vec<Line>>,
}

impl Table {
    pub(super) fn new(alignments: Vec<Alignment>) -> Self {
        Self {
            alignments,
            rows: Vec::new(),
        }
    }

    /// Begins a row.
    pub(super) fn row(&mut self) {
        self.rows.push(Vec::new());
    }

    /// Adds a cell to the row begun last.
    pub(super) fn cell(&mut self, cell: Line) {
        if let Some(row) = self.rows.last_mut() {
            row.push(cell);
        }
    }

    /// The table within so many columns; `style` is that of what is not in a cell.
    pub(super) fn lines(&self, columns: usize, style: Style) -> Vec<Line> {
        match self.widths(columns) {
            Some(widths) => self.side_by_side(&widths, style),
            None => self.one_below_the_other(columns, style),
        }
    }

    /// Each row on one line, for a place that has no more.
    pub(super) fn flat(&self, style: Style) -> Vec<Line> {
        let joined = |row: &Vec<Line>| {
            let mut line = Line::default();
            for (at, cell) in row.iter().enumerate() {
                line.push(if at > 0 { " | " } else { "" }, style);
                line.extend(cell);
            }
            line
        };
        self.rows.iter().map(joined).collect()
    }

    /// How wide each column is; `None` where they do not fit beside each other.
    fn widths(&self, columns: usize) -> Option<Vec<usize>> {
        let wanted: Vec<usize> = (0..self.alignments.len())
            .map(|at| {
                let cells = self.rows.iter().filter_map(|row| row.get(at));
                cells.map(Line::width).max().unwrap_or_default().max(1)
            })
            .collect();
        let gaps = width(GAP) * wanted.len().saturating_sub(1);
        let room = columns.checked_sub(gaps)?;
        let taken = |most: usize| {
            wanted
                .iter()
                .map(|wanted| *wanted.min(&most))
                .sum::<usize>()
        };
        let widest = wanted.iter().copied().max()?;
        if taken(widest) <= room {
            return Some(wanted);
        }
        let most = (NARROWEST..widest)
            .rev()
            .find(|most| taken(*most) <= room)?;
        Some(wanted.iter().map(|wanted| *wanted.min(&most)).collect())
    }

    fn side_by_side(&self, widths: &[usize], style: Style) -> Vec<Line> {
        let mut lines = Vec::new();
        for (at, row) in self.rows.iter().enumerate() {
            let cells: Vec<Vec<Line>> = widths
                .iter()
                .enumerate()
                .map(|(at, width)| row.get(at).map_or_else(Vec::new, |cell| wrap(cell, *width)))
                .collect();
            let height = cells.iter().map(Vec::len).max().unwrap_or_default();
            lines.extend((0..height).map(|part| self.beside(&cells, part, widths, style)));
            if at == 0 {
                let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
                lines.push(Line::of(&rule.join(GAP), style));
            }
        }
        lines
    }

    /// The lines of that number of all cells of a row.
    fn beside(&self, cells: &[Vec<Line>], part: usize, widths: &[usize], style: Style) -> Line {
        let mut line = Line::default();
        let mut blanks = 0;
        for (at, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let empty = Line::default();
            let text = cell.get(part).unwrap_or(&empty);
            let left_over = width.saturating_sub(text.width());
            let before = match self.alignments.get(at) {
                Some(Alignment::Right) => left_over,
                Some(Alignment::Center) => left_over / 2,
                _ => 0,
            };
            blanks += before;
            if !text.is_empty() {
                line.push(&" ".repeat(blanks), style);
                line.extend(text);
                blanks = 0;
            }
            blanks += left_over - before + GAP.len();
        }
        line
    }

    fn one_below_the_other(&self, columns: usize, style: Style) -> Vec<Line> {
        let Some((head, rows)) = self.rows.split_first() else {
            return Vec::new();
        };
        let mut lines = Vec::new();
        for row in rows {
            if !lines.is_empty() {
                lines.push(Line::default());
            }
            for (name, cell) in head.iter().zip(row) {
                if cell.is_empty() {
                    continue;
                }
                let mut line = name.clone();
                line.push(if name.is_empty() { "" } else { ": " }, style);
                line.extend(cell);
                lines.extend(wrap_hanging(&line, columns, 2));
            }
        }
        if rows.is_empty() {
            lines.extend(head.iter().flat_map(|name| wrap(name, columns)));
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use crate::terminal::markdown::{inline, render};
    use crate::terminal::style::Role;

    const LIGHTS: &str = "Look:\n\n| Light | What it means | Times |\n| --- | :---: | ---: |\n| red | **no** line | 3 |\n| green 📡 | all is well | 12 |\n| off | | 0 |\n\nThen wait.\n";

    fn shown(text: &str, columns: usize) -> String {
        let lines = render(text, Role::Body, columns);
        let lines: Vec<String> = lines.iter().map(|line| line.text()).collect();
        assert!(
            lines.iter().all(|line| super::width(line) <= columns),
            "{lines:#?}"
        );
        lines.join("\n")
    }

    #[test]
    fn columns_stand_side_by_side() {
        assert_eq!(
            shown(LIGHTS, 60),
            "Look:\n\nLight     What it means  Times\n────────  ─────────────  ─────\nred          no line         3\ngreen 📡   all is well      12\noff                          0\n\nThen wait."
        );
    }

    #[test]
    fn a_wide_cell_is_broken_within_its_column() {
        let text = "| Light | What to do |\n|---|---|\n| red | Unplug the router and wait for a minute |\n| off | Plug it in |";
        assert_eq!(
            shown(text, 26),
            "Light  What to do\n─────  ───────────────────\nred    Unplug the router\n       and wait for a\n       minute\noff    Plug it in"
        );
    }

    #[test]
    fn where_columns_do_not_fit_each_row_is_lines() {
        let text = "| Light | What to do |\n|---|---|\n| red | Unplug the router and wait |\n| off | Plug it in |";
        assert_eq!(
            shown(text, 16),
            "Light: red\nWhat to do:\n  Unplug the\n  router and\n  wait\n\nLight: off\nWhat to do: Plug\n  it in"
        );
    }

    #[test]
    fn in_a_list_it_stands_below_its_item() {
        let text = "1. Look:\n\n   | A | B |\n   |---|---|\n   | 1 | 2 |\n2. Wait";
        assert_eq!(
            shown(text, 40),
            "1. Look:\n\n   A  B\n   ─  ─\n   1  2\n\n2. Wait"
        );
    }

    #[test]
    fn on_one_line_its_cells_are_kept_apart() {
        assert_eq!(
            inline("| A | B |\n|---|---|\n| 1 | 2 |", Role::Body).text(),
            "A | B 1 | 2"
        );
    }

    #[test]
    fn lines_that_only_look_like_one_stay_text() {
        assert_eq!(shown("a | b\nc | d", 40), "a | b c | d");
    }
}
