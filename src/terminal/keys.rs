//! What a person does at the keyboard, freed of how terminals encode it. A paste is one thing, never so many keys.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

/// Something that a person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Pressed a key.
    Key(Key),
    /// Pasted a text; control characters and all.
    Paste(String),
    /// Changed the size of the window.
    Resize,
    /// Pressed Ctrl-C, or the system asks to stop.
    Interrupt,
}

/// A key, or a combination with a meaning of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Key {
    Char(char),
    /// A letter with Alt held; terminals send Escape and a letter right behind it the same way.
    Alt(char),
    Enter,
    Escape,
    Tab,
    Backspace,
    Delete,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    WordLeft,
    WordRight,
    /// Ctrl-W.
    DeleteWord,
    /// Ctrl-U.
    DeleteLine,
    /// Ctrl-D: nothing more will come.
    EndOfInput,
    /// Ctrl-L: draw again.
    Redraw,
}

/// What an event of the terminal means; `None` for what means nothing here.
pub fn read(event: Event) -> Option<Input> {
    match event {
        Event::Key(key) => key_of(key),
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Resize(_, _) => Some(Input::Resize),
        Event::FocusGained | Event::FocusLost | Event::Mouse(_) => None,
    }
}

fn key_of(event: KeyEvent) -> Option<Input> {
    if event.kind == KeyEventKind::Release {
        return None;
    }
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    if control && matches!(event.code, KeyCode::Char('c' | 'C')) {
        return Some(Input::Interrupt);
    }
    plain_key(event.code, control, alt).map(Input::Key)
}

fn plain_key(code: KeyCode, control: bool, alt: bool) -> Option<Key> {
    Some(match code {
        KeyCode::Char(letter) if control => return control_key(letter),
        KeyCode::Char(letter) if alt => Key::Alt(letter),
        KeyCode::Char(letter) => Key::Char(letter),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Escape,
        KeyCode::Tab => Key::Tab,
        KeyCode::Backspace if alt || control => Key::DeleteWord,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::Left if alt || control => Key::WordLeft,
        KeyCode::Right if alt || control => Key::WordRight,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Up | KeyCode::BackTab => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Insert
        | KeyCode::F(_)
        | KeyCode::Null
        | KeyCode::CapsLock
        | KeyCode::ScrollLock
        | KeyCode::NumLock
        | KeyCode::PrintScreen
        | KeyCode::Pause
        | KeyCode::Menu
        | KeyCode::KeypadBegin
        | KeyCode::Media(_)
        | KeyCode::Modifier(_) => return None,
    })
}

/// The combinations that shells taught people; others mean nothing. Terminals send Enter of a paste as Ctrl-J.
const fn control_key(letter: char) -> Option<Key> {
    Some(match letter {
        'a' => Key::Home,
        'd' => Key::EndOfInput,
        'e' => Key::End,
        'h' => Key::Backspace,
        'j' => Key::Enter,
        'l' => Key::Redraw,
        'n' => Key::Down,
        'p' => Key::Up,
        'u' => Key::DeleteLine,
        'w' => Key::DeleteWord,
        _ => return None,
    })
}
