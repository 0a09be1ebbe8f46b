//! Draws a block of lines in place at the lower end of a window, as bytes for a terminal. What scrolled away is left
//! alone. It overwrites line by line: clearing a window from its top makes some terminals copy it to their history.

use crossterm::cursor::{Hide, MoveDown, MoveToColumn, MoveUp, Show};
use crossterm::terminal::{Clear, ClearType};
use crossterm::{Command, queue};

use super::line::Line;
use super::screen::Size;
use super::style::Colors;

/// What of a block is on the screen, and where the cursor stands in it.
#[derive(Debug, Default)]
pub struct Canvas {
    /// The lines on the screen, from the first that has not scrolled away.
    drawn: Vec<Line>,
    /// In which of them the cursor stands.
    cursor_row: usize,
    /// Where the cursor was wanted, and in which window.
    wanted: Option<(Option<(usize, usize)>, Size)>,
    /// Lines of a block that have scrolled away, as it is higher than the window. They stand right above the window until
    /// something is printed, also while another block is shown in between.
    scrolled: Vec<Line>,
    bytes: Vec<u8>,
}

impl Canvas {
    /// Draws the block anew. The cursor is shown in this row and column of it, or hidden.
    pub fn draw(
        &mut self,
        block: &[Line],
        cursor: Option<(usize, usize)>,
        size: Size,
        colors: Colors,
    ) -> Vec<u8> {
        let rest = self.not_scrolled(block);
        let is_other = rest.len() == block.len();
        if !is_other && rest == self.drawn && self.wanted == Some((cursor, size)) {
            return Vec::new();
        }
        let old = self.rows(size);
        self.go_to_top(size);
        self.write(rest, false, colors);
        let over = rest.len().saturating_sub(size.rows);
        if over > 0 {
            if is_other {
                self.scrolled.clear();
            }
            self.scrolled.extend(rest.iter().take(over).cloned());
        }
        self.drawn = rest.iter().skip(over).cloned().collect();
        self.wanted = Some((cursor, size));
        if old > rest.len() {
            self.put(Clear(ClearType::FromCursorDown));
        }
        let above = block.len() - self.drawn.len();
        self.place_cursor(cursor, above, size);
        std::mem::take(&mut self.bytes)
    }

    /// What of a block is to be drawn: what has scrolled away cannot be drawn over, and is not written again for a clock
    /// that has moved on in it.
    fn not_scrolled<'b>(&self, block: &'b [Line]) -> &'b [Line] {
        let Some((top, rest)) = block.split_at_checked(self.scrolled.len()) else {
            return block;
        };
        let pairs = top.iter().zip(&self.scrolled);
        let is_same = pairs
            .into_iter()
            .all(|(new, old)| new == old || still(new) == still(old));
        if is_same { rest } else { block }
    }

    /// Takes the block away and writes lines in its place, for good.
    pub fn print(&mut self, lines: &[Line], size: Size, colors: Colors) -> Vec<u8> {
        self.take_away(size);
        self.write(lines, true, colors);
        std::mem::take(&mut self.bytes)
    }

    /// Takes the block away: the cursor stands where it began.
    pub fn erase(&mut self, size: Size) -> Vec<u8> {
        self.take_away(size);
        std::mem::take(&mut self.bytes)
    }

    fn take_away(&mut self, size: Size) {
        let rows = self.rows(size).min(size.rows);
        self.go_to_top(size);
        for row in 0..rows {
            if row > 0 {
                self.put(MoveDown(1));
            }
            self.put(Clear(ClearType::CurrentLine));
        }
        self.up(rows.saturating_sub(1));
        self.scrolled.clear();
        self.wanted = None;
    }

    /// How many rows the block takes.
    fn rows(&self, size: Size) -> usize {
        self.drawn
            .iter()
            .map(|line| rows(line.width(), size.columns))
            .sum()
    }

    fn go_to_top(&mut self, size: Size) {
        let above = self.drawn.iter().take(self.cursor_row);
        let above = above.map(|line| rows(line.width(), size.columns)).sum();
        self.up(above);
        self.put(MoveToColumn(0));
        self.drawn.clear();
        self.cursor_row = 0;
    }

    /// Writes lines over what is there; with `ended` the last one ends too.
    fn write(&mut self, lines: &[Line], ended: bool, colors: Colors) {
        for (at, line) in lines.iter().enumerate() {
            self.bytes.extend(line.paint(colors).as_bytes());
            self.put(Clear(ClearType::UntilNewLine));
            if ended || at + 1 < lines.len() {
                self.bytes.extend(b"\r\n");
            }
        }
    }

    /// `above` lines of the block are not on the screen.
    fn place_cursor(&mut self, cursor: Option<(usize, usize)>, above: usize, size: Size) {
        self.cursor_row = self.drawn.len().saturating_sub(1);
        let Some((row, column)) = cursor else {
            return self.put(Hide);
        };
        let row = row.saturating_sub(above).min(self.cursor_row);
        self.up(self.cursor_row - row);
        self.cursor_row = row;
        let column = column.min(size.columns.saturating_sub(1));
        self.put(MoveToColumn(u16::try_from(column).unwrap_or(u16::MAX)));
        self.put(Show);
    }

    fn up(&mut self, rows: usize) {
        if rows > 0 {
            self.put(MoveUp(u16::try_from(rows).unwrap_or(u16::MAX)));
        }
    }

    fn put(&mut self, command: impl Command) {
        // Writing to memory does not fail.
        let _ = queue!(self.bytes, command);
    }
}

/// What of a line does not move with the time: clocks are digits, countdowns also bars.
fn still(line: &Line) -> String {
    let text = line.text();
    let stays = |sign: &char| !sign.is_ascii_digit() && !matches!(sign, '━' | '─');
    text.chars().filter(stays).collect()
}

/// How many rows a line takes in a window of so many columns, where terminals break lines anew as the window changes.
const fn rows(width: usize, columns: usize) -> usize {
    if width == 0 || columns == 0 {
        1
    } else {
        width.div_ceil(columns)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use super::{Canvas, Colors, Line, Size};
    use crate::terminal::style::Role;

    const SIZE: Size = Size {
        columns: 20,
        rows: 5,
    };

    struct Window {
        canvas: Canvas,
        terminal: vt100::Parser,
    }

    impl Window {
        fn new() -> Self {
            let cells = |count| NonZero::new(count).unwrap();
            Self {
                canvas: Canvas::default(),
                terminal: vt100::Parser::new(cells(5), cells(20), 100),
            }
        }

        fn draw(&mut self, block: &[&str], cursor: Option<(usize, usize)>) -> String {
            let bytes = self.canvas.draw(&lines(block), cursor, SIZE, Colors::Off);
            assert!(!bytes.windows(4).any(|part| part == b"\x1b[2J"));
            self.terminal.process(&bytes);
            self.shown()
        }

        fn print(&mut self, printed: &[&str]) -> String {
            let bytes = self.canvas.print(&lines(printed), SIZE, Colors::Off);
            self.terminal.process(&bytes);
            self.shown()
        }

        fn shown(&self) -> String {
            self.terminal.screen().contents()
        }
    }

    fn lines(texts: &[&str]) -> Vec<Line> {
        texts
            .iter()
            .map(|text| Line::of(text, Role::Body))
            .collect()
    }

    #[test]
    fn a_block_is_drawn_in_place_below_what_was_printed() {
        let mut window = Window::new();
        assert_eq!(
            window.draw(&["one", "two", "three"], None),
            "one\ntwo\nthree"
        );
        assert_eq!(window.draw(&["1", "2"], Some((0, 1))), "1\n2");
        assert_eq!(window.terminal.screen().cursor_position(), (0, 1));
        assert_eq!(window.print(&["kept"]), "kept");
        assert_eq!(window.draw(&["a", "b"], None), "kept\na\nb");
        assert_eq!(window.print(&[]), "kept");
        assert_eq!(window.print(&["more", "and more"]), "kept\nmore\nand more");
    }

    #[test]
    fn a_block_higher_than_the_window_scrolls_once() {
        let mut window = Window::new();
        let tall = ["1", "2", "3", "4", "5", "6", "7", "x"];
        assert_eq!(window.draw(&tall, None), "4\n5\n6\n7\nx");
        for typed in ["xy", "xyz", "x"] {
            let mut block = tall;
            block[7] = typed;
            assert_eq!(
                window.draw(&block, Some((7, 1))),
                format!("4\n5\n6\n7\n{typed}")
            );
        }
        window.terminal.screen_mut().set_scrollback(usize::MAX);
        assert_eq!(
            window.terminal.screen().scrollback(),
            3,
            "nothing is repeated above"
        );
        window.terminal.screen_mut().set_scrollback(0);
        assert_eq!(window.print(&["end"]), "end");
    }

    #[test]
    fn a_clock_that_scrolled_away_is_not_written_again() {
        let mut window = Window::new();
        let tall = ["0:01", "b", "c", "4", "5", "6", "7", "8"];
        window.draw(&tall, None);
        let mut later = tall;
        later[0] = "0:02";
        let bytes = window.canvas.draw(&lines(&later), None, SIZE, Colors::Off);
        assert!(bytes.is_empty(), "who has scrolled up is left there");
        // Another block in between, such as the list of keys, stands in the window alone.
        assert_eq!(window.draw(&["keys", "and more"], None), "keys\nand more");
        assert_eq!(window.draw(&later, Some((7, 0))), "4\n5\n6\n7\n8");
        assert_eq!(window.terminal.screen().cursor_position(), (4, 0));
        window.terminal.screen_mut().set_scrollback(usize::MAX);
        assert_eq!(window.terminal.screen().scrollback(), 3);
        window.terminal.screen_mut().set_scrollback(0);
        // What is another text altogether is written.
        assert_eq!(
            window.draw(&["a", "b", "c", "d", "e", "f"], None),
            "b\nc\nd\ne\nf"
        );
    }

    #[test]
    fn a_block_is_found_again_after_the_window_changed() {
        let mut window = Window::new();
        window.draw(&["a line of 19 columns", "second"], None);
        let narrow = Size {
            columns: 10,
            rows: 5,
        };
        // The terminal has broken the first line into two.
        let bytes = window
            .canvas
            .draw(&lines(&["x"]), None, narrow, Colors::Off);
        assert!(
            bytes.starts_with(b"\x1b[2A"),
            "{:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
}
