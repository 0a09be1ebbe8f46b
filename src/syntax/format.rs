//! The house style: how trees and library files are laid out.

mod scalar;

use scalar::Context;

/// A text on one line of YAML: plain where it can be, else in quotes; `within` brackets or braces more needs quotes.
pub fn inline_text(text: &str, within: bool) -> String {
    let context = if within {
        Context::Flow
    } else {
        Context::Block
    };
    scalar::on_one_line(text, context)
}

/// A list of texts in brackets.
pub fn inline_list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| inline_text(text, true)).collect();
    format!("[{}]", texts.join(", "))
}
