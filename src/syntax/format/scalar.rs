//! How a text is written in YAML: without quotes where that is safe, else in quotes, or as a block.

/// Where a text is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// On a line of its own, or behind `key:` or `-`.
    Block,
    /// Within brackets or braces.
    Flow,
}

/// The text on one line: plain if it can be, else in quotes.
pub(super) fn on_one_line(text: &str, context: Context) -> String {
    if is_plain(text, context) {
        text.to_owned()
    } else {
        quoted(text)
    }
}

/// Whether a text can stand without quotes and is read as it is.
pub(super) fn is_plain(text: &str, context: Context) -> bool {
    let Some(first) = text.chars().next() else {
        return false;
    };
    let second = text.chars().nth(1);
    let ends_word = |next: Option<char>| {
        next.is_none_or(|next| next == ' ' || (context == Context::Flow && is_flow(next)))
    };
    let starts_well = match first {
        '-' | '?' | ':' => !ends_word(second),
        '#' | '&' | '*' | '!' | '|' | '>' | '\'' | '"' | '%' | '@' | '`' | ',' | '[' | ']'
        | '{' | '}' => false,
        _ => true,
    };
    starts_well
        && text.trim() == text
        && !text.starts_with("---")
        && !text.starts_with("...")
        && !text.contains(": ")
        && !text.ends_with(':')
        && !text.contains(" #")
        && text.chars().all(is_printable)
        && !(context == Context::Flow && text.contains(is_flow))
}

const fn is_flow(character: char) -> bool {
    matches!(character, ',' | '[' | ']' | '{' | '}')
}

/// Whether a character may stand in a plain or literal text and is read as it is.
pub(super) fn is_printable(character: char) -> bool {
    let folded = matches!(character, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    !folded && !character.is_control() && !matches!(character, '\u{fffe}' | '\u{ffff}')
}

/// The text in quotes: double ones, unless single ones save escapes.
pub(super) fn quoted(text: &str) -> String {
    let escapes = text.chars().any(|character| !is_printable(character));
    if !escapes && text.contains(['"', '\\']) && !text.contains('\'') {
        return format!("'{text}'");
    }
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for character in text.chars() {
        match character {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            character if is_printable(character) => written.push(character),
            character => written.push_str(&escaped(character)),
        }
    }
    written.push('"');
    written
}

fn escaped(character: char) -> String {
    match u32::from(character) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
}
/// Whether other readers of YAML would take the text for a number, a date, yes or no, or nothing, if it stood without
/// quotes. Ours never does; but quotes that an author wrote are kept there.
pub(super) fn looks_typed(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"];
    let digits = text.chars().any(|character| character.is_ascii_digit());
    let numeric =
        |character: char| character.is_ascii_hexdigit() || "+-.:_xoTZ ".contains(character);
    text == "~"
        || WORDS.iter().any(|word| text.eq_ignore_ascii_case(word))
        || [".inf", "-.inf", "+.inf", ".nan"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
        || (digits
            && text.chars().all(numeric)
            && text.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first)))
}
