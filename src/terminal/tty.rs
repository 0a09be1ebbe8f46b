//! The real terminal: raw mode while a prompt stands, a block redrawn in place, everything restored on the way out,
//! however one leaves. It never clears the screen: what was shown can be scrolled back to.

use std::io::{self, Stdout, Write};
use std::panic;
use std::sync::Arc;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use crossterm::terminal::{Clear, ClearType, disable_raw_mode, enable_raw_mode, size};
use crossterm::{cursor, execute, queue};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::keys::{self, Input};
use super::line::Line;
use super::menu;
use super::screen::{Screen, Size};
use super::style::Colors;

/// How long a wait goes on before signals are looked at.
const SLICE: Duration = Duration::from_millis(250);

/// The terminal of this process, in raw mode until it is dropped.
pub struct Tty {
    out: Stdout,
    colors: Colors,
    /// Widths of the block's lines that are on the screen, from the first that has not scrolled away.
    drawn: Vec<usize>,
    /// In which of them the cursor stands.
    cursor_row: usize,
    /// The block's lines that have scrolled away as it is higher than the window.
    scrolled: Vec<Line>,
    interrupted: Arc<AtomicBool>,
    signals: Vec<signal_hook::SigId>,
}

impl Tty {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// Standard input or output is no terminal.
    pub fn open(colors: Colors) -> io::Result<Self> {
        restore_on_panic();
        let interrupted = Arc::new(AtomicBool::new(false));
        let signals = [SIGINT, SIGTERM]
            .into_iter()
            .map(|signal| signal_hook::flag::register(signal, Arc::clone(&interrupted)))
            .collect::<io::Result<_>>()?;
        let mut tty = Self {
            out: io::stdout(),
            colors,
            drawn: Vec::new(),
            cursor_row: 0,
            scrolled: Vec::new(),
            interrupted,
            signals,
        };
        tty.enter()?;
        Ok(tty)
    }

    fn enter(&mut self) -> io::Result<()> {
        enable_raw_mode()?;
        execute!(self.out, EnableBracketedPaste, cursor::Hide)
    }

    /// Takes the block away: the cursor stands where it began.
    fn erase(&mut self) -> io::Result<()> {
        let columns = self.size().columns;
        let above: usize = self
            .drawn
            .iter()
            .take(self.cursor_row)
            .map(|line| rows(*line, columns))
            .sum();
        self.up(above)?;
        queue!(
            self.out,
            cursor::MoveToColumn(0),
            Clear(ClearType::FromCursorDown)
        )?;
        self.drawn.clear();
        self.cursor_row = 0;
        Ok(())
    }

    /// Moves the cursor up; no further than the window goes.
    fn up(&mut self, rows: usize) -> io::Result<()> {
        match u16::try_from(rows).unwrap_or(u16::MAX) {
            0 => Ok(()),
            rows => queue!(self.out, cursor::MoveUp(rows)),
        }
    }

    fn write_lines(&mut self, lines: &[Line], between_only: bool) -> io::Result<()> {
        let last = lines.len().saturating_sub(1);
        for (at, line) in lines.iter().enumerate() {
            write!(self.out, "{}", line.paint(self.colors))?;
            if !between_only || at < last {
                write!(self.out, "\r\n")?;
            }
        }
        Ok(())
    }

    /// The lines of a block that are still to be written: those that scrolled away unchanged are not.
    fn unscrolled<'a>(&mut self, block: &'a [Line]) -> &'a [Line] {
        match block.strip_prefix(self.scrolled.as_slice()) {
            Some(rest) => rest,
            None => {
                self.scrolled.clear();
                block
            }
        }
    }

    fn place_cursor(&mut self, cursor: Option<(usize, usize)>) -> io::Result<()> {
        self.cursor_row = self.drawn.len().saturating_sub(1);
        let Some((row, column)) = cursor else {
            return queue!(self.out, cursor::Hide);
        };
        let row = row.saturating_sub(self.scrolled.len()).min(self.cursor_row);
        let columns = self.size().columns;
        let below: usize = self
            .drawn
            .iter()
            .skip(row + 1)
            .map(|line| rows(*line, columns))
            .sum();
        self.up(below)?;
        self.cursor_row = row;
        let column = u16::try_from(column.min(columns.saturating_sub(1))).unwrap_or(0);
        queue!(self.out, cursor::MoveToColumn(column), cursor::Show)
    }
}

/// How many rows a line takes that was written at another width.
const fn rows(width: usize, columns: usize) -> usize {
    if width == 0 || columns == 0 {
        1
    } else {
        width.div_ceil(columns)
    }
}

impl Screen for Tty {
    fn size(&self) -> Size {
        // A terminal that does not tell its size (0 × 0, serial lines) gets the old standard one.
        match size() {
            Ok((columns, rows)) if columns > 0 && rows > 0 => Size {
                columns: columns.into(),
                rows: rows.into(),
            },
            Ok(_) | Err(_) => Size {
                columns: 80,
                rows: 24,
            },
        }
    }

    fn print(&mut self, lines: &[Line]) -> io::Result<()> {
        self.erase()?;
        self.scrolled.clear();
        self.write_lines(lines, false)?;
        self.out.flush()
    }

    fn draw(&mut self, block: &[Line], cursor: Option<(usize, usize)>) -> io::Result<()> {
        self.erase()?;
        let rest = self.unscrolled(block);
        self.write_lines(rest, true)?;
        let over = rest.len().saturating_sub(self.size().rows);
        self.scrolled.extend(rest.iter().take(over).cloned());
        self.drawn = rest.iter().skip(over).map(Line::width).collect();
        self.place_cursor(cursor)?;
        self.out.flush()
    }

    fn input(&mut self, timeout: Option<Duration>) -> io::Result<Option<Input>> {
        let end = timeout.map(|timeout| Instant::now() + timeout);
        loop {
            if self.interrupted.swap(false, Ordering::Relaxed) {
                return Ok(Some(Input::Interrupt));
            }
            let left = end.map_or(SLICE, |end| {
                end.saturating_duration_since(Instant::now()).min(SLICE)
            });
            if event::poll(left)? {
                if let Some(input) = keys::read(event::read()?) {
                    return Ok(Some(input));
                }
            } else if end.is_some_and(|end| Instant::now() >= end) {
                return Ok(None);
            }
        }
    }

    fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.out, CopyToClipboard::to_clipboard_from(text))
    }

    fn ring(&mut self) -> io::Result<()> {
        write!(self.out, "\x07")?;
        self.out.flush()
    }

    fn choose(
        &mut self,
        prompt: &str,
        items: &[String],
        first: usize,
    ) -> io::Result<Option<usize>> {
        self.erase()?;
        self.out.flush()?;
        let first =
            match menu::typed_ahead(first, items.len(), || self.input(Some(Duration::ZERO)))? {
                menu::Ahead::Chosen(chosen) => return Ok(chosen),
                menu::Ahead::At(first) => first,
            };
        leave()?;
        let chosen = menu::choose(prompt, items, first, self.size(), self.colors);
        self.enter()?;
        chosen
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // Nothing is left to be done about a terminal that is gone.
        drop(self.erase());
        drop(leave());
        for signal in self.signals.drain(..) {
            signal_hook::low_level::unregister(signal);
        }
    }
}

/// Gives the terminal back as it was. May be called any number of times.
fn leave() -> io::Result<()> {
    let written = execute!(io::stdout(), DisableBracketedPaste, cursor::Show);
    disable_raw_mode().and(written)
}

/// A panic gives the terminal back before it prints its message: release builds abort without dropping anything.
fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            drop(leave());
            previous(info);
        }));
    });
}
