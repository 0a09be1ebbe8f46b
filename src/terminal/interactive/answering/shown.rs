//! The answers as lines: the keys, the text that is typed, or the list that is searched.

use jiff::civil::Date;

use crate::terminal::answers::{self, Takes};
use crate::terminal::edit::Edit;
use crate::terminal::line::Line;
use crate::terminal::markdown::inline;
use crate::terminal::style::Role;
use crate::terminal::wrap::{wrap, wrap_hanging};

use super::{Answering, KEEPS, KEY_WIDTH, Way, key_line};

impl Answering {
    /// The answers as lines, with where the cursor stands.
    pub fn lines(
        &self,
        columns: usize,
        rows: usize,
        today: Date,
    ) -> (Vec<Line>, Option<(usize, usize)>) {
        match &self.way {
            Way::Typing(edit) => self.typing_lines(edit, columns, today),
            Way::Picking(picker) => {
                let ticks = self.is_many().then_some(self.ticks.as_slice());
                let (lines, cursor) = picker.lines(columns, rows, ticks);
                (lines, Some(cursor))
            }
            Way::Keys { marked } => (self.key_lines(*marked, columns), None),
        }
    }

    fn typing_lines(
        &self,
        edit: &Edit,
        columns: usize,
        today: Date,
    ) -> (Vec<Line>, Option<(usize, usize)>) {
        let hint = match &self.takes {
            Takes::Value(kind) => answers::expected(kind, &self.choices, today),
            Takes::Done | Takes::Nothing => String::new(),
        };
        let mut lines = wrap(&Line::of(&hint, Role::Quiet), columns);
        let edit = if self.secret { &edit.masked() } else { edit };
        let (shown, column) = edit.window(columns.saturating_sub(3));
        lines.push(Line::of("> ", Role::Key).with(&shown, Role::Body));
        let row = lines.len() - 1;
        (lines, Some((row, 2 + column)))
    }

    fn key_lines(&self, marked: Option<usize>, columns: usize) -> Vec<Line> {
        match self.takes {
            Takes::Done => return vec![key_line("Enter", "done", false)],
            Takes::Nothing => return vec![key_line("Enter", "finish", false)],
            Takes::Value(_) => {}
        }
        let suggested = self.suggested();
        let mut lines = Vec::new();
        if self.is_many() {
            lines.push(Line::of("Tick by number, then press Enter", Role::Quiet));
        }
        for (at, choice) in self.choices.iter().enumerate() {
            let mut line = key_line(&self.key_of(at), "", marked == Some(at));
            if self.is_many() {
                let ticked = self.ticks.get(at) == Some(&true);
                line.push(
                    if ticked { "[x] " } else { "[ ] " },
                    if ticked { Role::Good } else { Role::Quiet }.into(),
                );
            }
            line.push(&choice.plain, Role::Body.into());
            if suggested == Some(at) {
                line.push(&format!("  ({KEEPS})"), Role::Quiet.into());
            }
            lines.extend(wrap_hanging(&line, columns, KEY_WIDTH));
            if let Some(help) = &choice.help {
                let mut line = Line::of(&" ".repeat(KEY_WIDTH), Role::Body);
                line.extend(&inline(help, Role::Quiet));
                lines.extend(wrap_hanging(&line, columns, KEY_WIDTH));
            }
        }
        lines
    }

    fn key_of(&self, at: usize) -> String {
        match (self.is_yes_no(), at) {
            (true, 0) => "y".to_owned(),
            (true, 1) => "n".to_owned(),
            _ => (at + 1).to_string(),
        }
    }
}
