//! A line that nobody should read over one's shoulder, such as a password: dots are shown in place of what is typed. What
//! it is for is the caller's business.

use std::io;

use super::edit::Edit;
use super::keys::{Input, Key};
use super::line::{Line, width};
use super::screen::Screen;
use super::style::Role;

/// Asks; gives what was typed, or nothing if the person leaves.
///
/// # Errors
/// The terminal is gone.
pub fn ask(screen: &mut dyn Screen, question: &str) -> io::Result<Option<String>> {
    let mut edit = Edit::default();
    loop {
        draw(screen, question, &edit)?;
        match screen.input(None)? {
            Some(Input::Key(Key::Enter)) => return Ok(Some(edit.text().to_owned())),
            Some(Input::Key(Key::Escape | Key::EndOfInput) | Input::Interrupt) => return Ok(None),
            Some(Input::Key(key)) => drop(edit.press(key)),
            Some(Input::Paste(text)) => edit.insert(&text),
            Some(Input::Resize) | None => {}
        }
    }
}

fn draw(screen: &mut dyn Screen, question: &str, edit: &Edit) -> io::Result<()> {
    let prompt = format!("{question}: ");
    let before = width(&prompt);
    let room = screen.size().columns.saturating_sub(before + 1);
    let (dots, cursor) = edit.masked().window(room);
    let line = Line::of(&prompt, Role::Question).with(&dots, Role::Body);
    screen.draw(&[line], Some((0, before + cursor)))
}
