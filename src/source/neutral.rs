//! Makes text from outside harmless for a terminal: what an author, a caller or a probe wrote must not move the
//! cursor, recolour the screen or turn the reading direction of what stands after it. It does not escape Markdown,
//! HTML or shells.

use std::borrow::Cow;

/// The text with every control character except newline and tab, and every invisible character that turns the
/// reading direction, replaced by one visible character: ESC by `␛`, U+202E by `�`. A Windows line break becomes a
/// plain one. Harmless texts are borrowed.
pub fn neutralise(text: &str) -> Cow<'_, str> {
    let Some(first) = text.find(is_harmful) else {
        return Cow::Borrowed(text);
    };
    let (harmless, rest) = text.split_at(first);
    let mut neutral = String::with_capacity(text.len() + 16);
    neutral.push_str(harmless);
    let mut characters = rest.chars().peekable();
    while let Some(character) = characters.next() {
        let breaks_line = character == '\r' && characters.peek() == Some(&'\n');
        if !breaks_line {
            neutral.push(neutral_character(character));
        }
    }
    Cow::Owned(neutral)
}

/// [`neutralise`] for one character, where positions must stay: one character always gives one.
pub fn neutral_character(character: char) -> char {
    match character {
        _ if !is_harmful(character) => character,
        '\0'..='\x1f' => picture(character),
        '\x7f' => '␡',
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// [`neutralise`] for what must stay on one line: newlines and tabs become spaces.
pub fn neutralise_line(text: &str) -> Cow<'_, str> {
    match neutralise(text) {
        text if text.contains(['\n', '\t']) => Cow::Owned(text.replace(['\n', '\t'], " ")),
        text => text,
    }
}

/// Control characters but newline and tab; line and paragraph separators; embeddings, overrides and isolates of the
/// bidirectional algorithm. Its mere marks (U+200E, U+200F, U+061C) stay: right-to-left texts need them, and they turn
/// nothing around.
fn is_harmful(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        _ => character.is_control(),
    }
}

/// The picture that Unicode has for a control character below space.
fn picture(character: char) -> char {
    char::from_u32(0x2400 + character as u32).unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{neutralise, neutralise_line};

    #[test]
    fn nothing_that_drives_a_terminal_gets_through() {
        assert_eq!(
            neutralise("\x1b[31mred\x07\r\n\t\u{9b}2J"),
            "␛[31mred␇\n\t�2J"
        );
        assert_eq!(neutralise("user\u{202e}gnp.exe\u{2069}"), "user�gnp.exe�");
        assert_eq!(neutralise_line("a\r\nb\tc\x7f\r"), "a b c␡␍");
    }

    #[test]
    fn text_in_any_script_stays_as_it_is() {
        for text in ["Größe 📡 日本", "שלום\u{200f}", "👩‍👩‍👧 عربي"] {
            assert!(matches!(neutralise(text), Cow::Borrowed(same) if same == text));
        }
    }
}
