//! A line of text being typed: keys and pastes change it, the cursor walks over whole characters with the marks on
//! them. It draws nothing and decides nothing about what was typed.

use unicode_width::UnicodeWidthChar;

use super::keys::Key;
use super::line::width;

/// The text typed so far and where the cursor stands in it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edit {
    text: String,
    /// A byte offset on a character's boundary.
    cursor: usize,
}

impl Edit {
    /// A line that begins with a text, the cursor behind it.
    pub fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            cursor: text.len(),
            text,
        }
    }

    /// What was typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same line with a dot in place of each character.
    pub fn masked(&self) -> Self {
        let dots = |text: &str| "•".repeat(text.chars().count());
        Self {
            text: dots(&self.text),
            cursor: dots(self.before()).len(),
        }
    }

    /// The part of the line around the cursor that fits into so many columns, and the cursor's column in it.
    pub fn window(&self, columns: usize) -> (String, usize) {
        let column = width(self.before());
        let skipped = column.saturating_sub(columns);
        let (mut passed, mut used) = (0, 0);
        let mut shown = String::new();
        for one in self.text.chars() {
            let wide = one.width().unwrap_or(0);
            if passed >= skipped && used + wide <= columns {
                shown.push(one);
                used += wide;
            }
            passed += wide;
        }
        (shown, column - skipped)
    }

    /// Puts a text in at the cursor; line breaks and tabs in it become spaces, other control characters are left out.
    pub fn insert(&mut self, text: &str) {
        for one in text.trim_end_matches(['\r', '\n']).chars() {
            let one = if matches!(one, '\n' | '\r' | '\t') {
                ' '
            } else {
                one
            };
            if !one.is_control() {
                self.text.insert(self.cursor, one);
                self.cursor += one.len_utf8();
            }
        }
    }

    /// Applies a key; `false` for keys that do not edit.
    pub fn press(&mut self, key: Key) -> bool {
        match key {
            Key::Alt('b') => self.cursor = self.word_left(),
            Key::Alt('f') => self.cursor = self.word_right(),
            Key::Char(letter) | Key::Alt(letter) => self.insert(letter.encode_utf8(&mut [0; 4])),
            Key::Backspace => self.delete(self.left()..self.cursor),
            Key::Delete => self.delete(self.cursor..self.right()),
            Key::DeleteWord => self.delete(self.word_left()..self.cursor),
            Key::DeleteLine => self.delete(0..self.cursor),
            Key::Left => self.cursor = self.left(),
            Key::Right => self.cursor = self.right(),
            Key::WordLeft => self.cursor = self.word_left(),
            Key::WordRight => self.cursor = self.word_right(),
            Key::Home => self.cursor = 0,
            Key::End => self.cursor = self.text.len(),
            Key::Enter
            | Key::Escape
            | Key::Tab
            | Key::Up
            | Key::Down
            | Key::PageUp
            | Key::PageDown
            | Key::EndOfInput
            | Key::Redraw => return false,
        }
        true
    }

    fn before(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    fn after(&self) -> &str {
        self.text.get(self.cursor..).unwrap_or_default()
    }

    fn delete(&mut self, range: std::ops::Range<usize>) {
        self.cursor = range.start;
        self.text.replace_range(range, "");
    }

    /// The start of the character before the cursor, whose marks are passed over with it.
    fn left(&self) -> usize {
        self.before()
            .char_indices()
            .rev()
            .find(|(_, one)| one.width() != Some(0))
            .map_or(0, |(at, _)| at)
    }

    /// The end of the character behind the cursor with the marks on it.
    fn right(&self) -> usize {
        self.after()
            .char_indices()
            .skip(1)
            .find(|(_, one)| one.width() != Some(0))
            .map_or(self.text.len(), |(at, _)| self.cursor + at)
    }

    fn word_left(&self) -> usize {
        let before = self.before().trim_end();
        before.rfind(char::is_whitespace).map_or(0, |at| {
            at + before
                .get(at..)
                .and_then(|rest| rest.chars().next())
                .map_or(1, char::len_utf8)
        })
    }

    fn word_right(&self) -> usize {
        let after = self.after();
        let word = after.len() - after.trim_start().len();
        after
            .get(word..)
            .and_then(|rest| rest.find(char::is_whitespace))
            .map_or(self.text.len(), |end| self.cursor + word + end)
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;
    use crate::terminal::keys::Key;

    #[test]
    fn the_cursor_walks_over_whole_characters() {
        let mut edit = Edit::new("日e\u{301}x");
        for _ in 0..2 {
            edit.press(Key::Left);
        }
        assert_eq!(edit.window(10).1, 2);
        edit.press(Key::Delete);
        assert_eq!(edit.text(), "日x");
        edit.press(Key::Backspace);
        edit.press(Key::Backspace);
        assert_eq!(edit.window(10), ("x".to_owned(), 0));
    }

    #[test]
    fn a_long_line_shows_what_is_around_the_cursor() {
        let mut edit = Edit::new("0123456789日本");
        assert_eq!(edit.window(6), ("89日本".to_owned(), 6));
        assert_eq!(edit.masked().window(6), ("••••••".to_owned(), 6));
        edit.press(Key::Home);
        assert_eq!(edit.window(6), ("012345".to_owned(), 0));
    }

    #[test]
    fn words_go_as_a_whole_and_a_paste_stays_on_one_line() {
        let mut edit = Edit::new("one two  ");
        edit.press(Key::DeleteWord);
        edit.insert("a\nb\u{1b}c\n");
        assert_eq!(edit.text(), "one a bc");
        edit.press(Key::WordLeft);
        edit.press(Key::WordLeft);
        edit.press(Key::WordLeft);
        edit.press(Key::WordRight);
        assert_eq!(edit.window(80).1, 3);
        edit.press(Key::DeleteLine);
        assert_eq!(edit.text(), " a bc");
    }
}
