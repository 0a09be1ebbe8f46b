//! Picks one of some things in this terminal: found by typing, or with the arrows.

use std::io;

use super::keys::{Input, Key};
use super::line::Line;
use super::picker::{self, Item, Picker, Press};
use super::screen::{Screen, Size};
use super::style::Role;

/// Asks which; gives its place, or nothing if the person leaves.
///
/// # Errors
/// The terminal is gone.
pub fn pick(screen: &mut dyn Screen, title: &str, items: Vec<Item>) -> io::Result<Option<usize>> {
    let texts: Vec<String> = items
        .iter()
        .map(|item| format!("{} {}", item.label, item.detail))
        .collect();
    let rank = |typed: &str| picker::rank(&texts, typed);
    let show = |screen: &mut dyn Screen, picker: &Picker| draw(screen, title, picker);
    until_picked(screen, &mut Picker::new(items), &rank, &show)
}

/// Shows a list until one of its things is picked; gives its place, or nothing if the person leaves.
pub(super) fn until_picked(
    screen: &mut dyn Screen,
    picker: &mut Picker,
    rank: &dyn Fn(&str) -> Vec<usize>,
    show: &dyn Fn(&mut dyn Screen, &Picker) -> io::Result<()>,
) -> io::Result<Option<usize>> {
    loop {
        show(screen, picker)?;
        let pressed = match screen.input(None)? {
            Some(Input::Interrupt | Input::Key(Key::EndOfInput)) => return Ok(None),
            Some(Input::Key(key)) => picker.press(key, rank),
            Some(Input::Paste(text)) => {
                picker.paste(&text, rank);
                Press::Looked
            }
            Some(Input::Resize) | None => Press::Looked,
        };
        match pressed {
            Press::Picked(at) => {
                screen.print(&[])?;
                return Ok(Some(at));
            }
            Press::Closed => return Ok(None),
            Press::Looked => {}
        }
    }
}

fn draw(screen: &mut dyn Screen, title: &str, picker: &Picker) -> io::Result<()> {
    let Size { columns, rows } = screen.size();
    let columns = columns.saturating_sub(1);
    let mut block = vec![Line::default(), Line::of(title, Role::Question)];
    let (lines, (row, column)) = picker.lines(columns, rows.saturating_sub(5).clamp(5, 20), None);
    let cursor = (block.len() + row, column);
    block.extend(lines);
    screen.draw(&block, Some(cursor))
}
