//! Reads days as authors and callers type them: ISO, and nothing else.

use jiff::civil::Date;

/// Reads `2026-01-31`, with spaces around. No other form: `1/2/2026` means different days to different people.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if has_date_shape(text) {
        text.parse().ok()
    } else {
        None
    }
}

/// Whether a text is four digits, a dash, two digits, a dash and two digits.
pub(super) fn has_date_shape(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}
