//! A table: one that scrolls within itself where it is wider than the page; where no blocks can stand, a line for each row.

use pulldown_cmark::Alignment;

use super::{Page, Shape};

/// The table that is being written.
#[derive(Debug, Default)]
pub(super) struct Table {
    alignments: Vec<Alignment>,
    in_head: bool,
    /// The place of the cell in its row.
    column: usize,
}

impl Page<'_> {
    pub(super) fn table(&mut self, alignments: Vec<Alignment>) {
        self.table.alignments = alignments;
        // Who has no mouse scrolls with the keyboard.
        self.open_only("<div class=\"table\" tabindex=\"0\"><table>");
    }

    pub(super) fn end_table(&mut self) {
        let has_rows = !std::mem::take(&mut self.table.in_head);
        self.close(if has_rows {
            "</tbody></table></div>"
        } else {
            "</table></div>"
        });
    }

    pub(super) fn table_head(&mut self) {
        self.table.in_head = true;
        self.open("<thead><tr>");
        self.table.column = 0;
    }

    pub(super) fn end_table_head(&mut self) {
        self.close("</tr></thead>");
    }

    pub(super) fn table_row(&mut self) {
        if std::mem::take(&mut self.table.in_head) {
            self.open_only("<tbody>");
        }
        self.open("<tr>");
        self.table.column = 0;
    }

    pub(super) fn table_cell(&mut self) {
        let column = self.table.column;
        self.table.column += 1;
        if self.shape != Shape::Block {
            if column > 0 {
                self.tag(" | ");
            }
            return;
        }
        let class = match self.table.alignments.get(column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        let tag = if self.table.in_head {
            "th scope=\"col\""
        } else {
            "td"
        };
        self.tag(&format!("<{tag}{class}>"));
    }

    pub(super) fn end_table_cell(&mut self) {
        self.close(if self.table.in_head { "</th>" } else { "</td>" });
    }

    /// A tag that opens a block, and parts nothing in other shapes.
    fn open_only(&mut self, tag: &str) {
        if self.shape == Shape::Block {
            self.tag(tag);
        }
    }
}
