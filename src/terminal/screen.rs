//! The boundary between the walk and a terminal: everything that the interactive runner needs of one, and nothing else.
//! Tests put a screen of their own behind it.

use std::io;
use std::time::Duration;

use super::keys::Input;
use super::line::Line;

/// How large the window is, in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Columns.
    pub columns: usize,
    /// Rows.
    pub rows: usize,
}

/// A window with a block at its lower end that is redrawn in place; what was printed above stays and scrolls away.
pub trait Screen {
    /// Its present size.
    fn size(&self) -> Size;

    /// Takes the block away and prints lines in its place, for good.
    ///
    /// # Errors
    /// The terminal is gone.
    fn print(&mut self, lines: &[Line]) -> io::Result<()>;

    /// Draws the block anew. The cursor is shown in this row and column of the block, or hidden.
    ///
    /// # Errors
    /// The terminal is gone.
    fn draw(&mut self, block: &[Line], cursor: Option<(usize, usize)>) -> io::Result<()>;

    /// Waits for the next thing that the person does; `None` when the time is over. Without a time, for ever.
    ///
    /// # Errors
    /// The terminal is gone.
    fn input(&mut self, timeout: Option<Duration>) -> io::Result<Option<Input>>;

    /// Puts a text on the clipboard, where the terminal can do that.
    ///
    /// # Errors
    /// The terminal is gone.
    fn copy(&mut self, text: &str) -> io::Result<()>;

    /// Calls for attention.
    ///
    /// # Errors
    /// The terminal is gone.
    fn ring(&mut self) -> io::Result<()>;

    /// Lets the person choose one of these; `None` if nothing was chosen.
    ///
    /// # Errors
    /// The terminal is gone.
    fn choose(&mut self, prompt: &str, items: &[String], first: usize)
    -> io::Result<Option<usize>>;
}
