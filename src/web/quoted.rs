//! Texts of the program itself (findings, refusals), in which names stand between backticks: as code. It reads no Markdown,
//! so that what somebody typed stays what it is.

use maud::{Markup, html};

/// The text with its names as code. A backtick that stands alone is shown as it is.
pub fn quoted(text: &str) -> Markup {
    let parts: Vec<&str> = text.split('`').collect();
    let is_paired = parts.len() % 2 == 1;
    html! {
        @if is_paired {
            @for (at, part) in parts.iter().enumerate() {
                @if at % 2 == 1 { code { (part) } } @else { (part) }
            }
        } @else { (text) }
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn names_are_code_and_nothing_else_is_read() {
        let shown = |text| quoted(text).into_string();
        assert_eq!(
            shown("no step is named `a<b`, *or* `c`"),
            "no step is named <code>a&lt;b</code>, *or* <code>c</code>"
        );
        assert_eq!(shown("one ` alone"), "one ` alone");
        assert_eq!(shown(""), "");
    }
}
