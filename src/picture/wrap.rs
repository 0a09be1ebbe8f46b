//! Words broken into short lines for a sign, and made safe for XML.

use textwrap::Options;

/// At most `lines` lines of at most `width` columns; what does not fit ends in an ellipsis.
pub fn wrap(text: &str, width: usize, lines: usize) -> Vec<String> {
    let options = Options::new(width).break_words(true);
    let mut wrapped: Vec<String> = textwrap::wrap(text, options)
        .into_iter()
        .map(|line| line.into_owned())
        .collect();
    if wrapped.len() > lines {
        wrapped.truncate(lines);
        if let Some(last) = wrapped.last_mut() {
            while textwrap::core::display_width(last) + 1 > width {
                last.pop();
            }
            let kept = last.trim_end_matches([' ', ',', '.', ':', ';']).len();
            last.truncate(kept);
            last.push('…');
        }
    }
    wrapped
}

/// Text as it may stand in XML, in an element and in a quoted attribute. What XML cannot hold at all is left out.
pub fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}
