//! A menu in a terminal, by dialoguer. What it gets wrong is kept from it: it erases lines above itself where an item
//! has more bytes than the window has columns; it does not see keys that were typed before it began; and it gives the
//! terminal's modes back between two keys, when a Ctrl-C would be lost.

use std::io;

use dialoguer::Select;
use dialoguer::console::Term;
use dialoguer::theme::{ColorfulTheme, SimpleTheme, Theme};

use super::keys::{Input, Key};
use super::screen::Size;
use super::style::Colors;

/// What came of the keys that were typed before the menu was there.
pub enum Ahead {
    /// They chose already; `None`: they closed the menu.
    Chosen(Option<usize>),
    /// They moved to this item.
    At(usize),
}

/// Applies keys typed early.
///
/// # Errors
/// The terminal is gone.
pub fn typed_ahead(
    first: usize,
    count: usize,
    mut input: impl FnMut() -> io::Result<Option<Input>>,
) -> io::Result<Ahead> {
    let mut at = first;
    while let Some(input) = input()? {
        match input {
            Input::Key(Key::Down) => at = (at + 1) % count.max(1),
            Input::Key(Key::Up) => at = at.checked_sub(1).unwrap_or(count.saturating_sub(1)),
            Input::Key(Key::Enter) => return Ok(Ahead::Chosen(Some(at))),
            Input::Key(Key::Escape) | Input::Interrupt => return Ok(Ahead::Chosen(None)),
            Input::Key(_) | Input::Paste(_) | Input::Resize => {}
        }
    }
    Ok(Ahead::At(at))
}

/// Lets the person choose; `None` if Escape, `q` or Ctrl-C closed the menu.
///
/// # Errors
/// The terminal is gone.
pub fn choose(
    prompt: &str,
    items: &[String],
    first: usize,
    size: Size,
    colors: Colors,
) -> io::Result<Option<usize>> {
    let room = size.columns.saturating_sub(4);
    let clipped: Vec<&str> = items.iter().map(|item| clip_bytes(item, room)).collect();
    let colorful = ColorfulTheme::default();
    let theme: &dyn Theme = if colors == Colors::On {
        &colorful
    } else {
        &SimpleTheme
    };
    let chosen = Select::with_theme(theme)
        .with_prompt(clip_bytes(prompt, room))
        .items(&clipped)
        .default(first)
        .max_length(size.rows.saturating_sub(3).max(3))
        .report(false)
        .interact_on_opt(&term());
    match chosen {
        Ok(chosen) => Ok(chosen),
        Err(dialoguer::Error::IO(error)) if error.kind() == io::ErrorKind::Interrupted => Ok(None),
        Err(dialoguer::Error::IO(error)) => Err(error),
    }
}

/// The terminal in raw mode: there a Ctrl-C is a key like others, and lines end with a carriage return.
#[cfg(unix)]
fn term() -> Term {
    Term::read_write_pair(io::stdin(), RawOutput)
}

#[cfg(not(unix))]
fn term() -> Term {
    Term::stdout()
}

/// Standard output of a terminal in raw mode.
#[cfg(unix)]
#[derive(Debug)]
struct RawOutput;

#[cfg(unix)]
impl io::Write for RawOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut out = io::stdout().lock();
        for (at, part) in bytes.split(|byte| *byte == b'\n').enumerate() {
            if at > 0 {
                out.write_all(b"\r\n")?;
            }
            out.write_all(part)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stdout().flush()
    }
}

#[cfg(unix)]
impl std::os::fd::AsRawFd for RawOutput {
    fn as_raw_fd(&self) -> std::os::fd::RawFd {
        io::stdout().as_raw_fd()
    }
}

/// The longest beginning of so many bytes.
fn clip_bytes(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len()))
        .rev()
        .find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or(0)).unwrap_or_default()
}
