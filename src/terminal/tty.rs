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
use crossterm::terminal::{disable_raw_mode, enable_raw_mode, size};
use crossterm::{cursor, execute};
use signal_hook::consts::{SIGINT, SIGTERM};

use super::canvas::Canvas;
use super::keys::{self, Input};
use super::line::Line;
use super::menu;
use super::screen::{Screen, Size};
use super::style::Colors;
use super::unread_keys;

/// How long a wait goes on before signals are looked at.
const SLICE: Duration = Duration::from_millis(250);

/// The terminal of this process, in raw mode until it is dropped.
pub struct Tty {
    out: Stdout,
    colors: Colors,
    canvas: Canvas,
    /// The window's size at the last drawing.
    drawn_for: Option<Size>,
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
            canvas: Canvas::default(),
            drawn_for: None,
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

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)?;
        self.out.flush()
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
        let bytes = self.canvas.print(lines, self.size(), self.colors);
        self.write(&bytes)
    }

    fn draw(&mut self, block: &[Line], cursor: Option<(usize, usize)>) -> io::Result<()> {
        let size = self.size();
        self.drawn_for = Some(size);
        let bytes = self.canvas.draw(block, cursor, size, self.colors);
        self.write(&bytes)
    }

    fn input(&mut self, timeout: Option<Duration>) -> io::Result<Option<Input>> {
        let end = timeout.map(|timeout| Instant::now() + timeout);
        loop {
            if self.interrupted.swap(false, Ordering::Relaxed) {
                return Ok(Some(Input::Interrupt));
            }
            // crossterm loses the news of a resize that comes together with a key.
            if self.drawn_for.is_some_and(|size| size != self.size()) {
                self.drawn_for = None;
                return Ok(Some(Input::Resize));
            }
            let left = end.map_or(SLICE, |end| {
                end.saturating_duration_since(Instant::now()).min(SLICE)
            });
            if unread_keys::poll(left)? {
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
        let bytes = self.canvas.erase(self.size());
        self.write(&bytes)?;
        let first =
            match menu::typed_ahead(first, items.len(), || self.input(Some(Duration::ZERO)))? {
                menu::Ahead::Chosen(chosen) => return Ok(chosen),
                menu::Ahead::At(first) => first,
            };
        execute!(self.out, DisableBracketedPaste)?;
        let chosen = menu::choose(prompt, items, first, self.size(), self.colors);
        execute!(self.out, EnableBracketedPaste, cursor::Hide)?;
        chosen
    }
}

impl Drop for Tty {
    fn drop(&mut self) {
        // Nothing is left to be done about a terminal that is gone.
        let bytes = self.canvas.erase(self.size());
        drop(self.write(&bytes));
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
