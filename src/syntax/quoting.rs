//! Writes a text so that YAML takes it as it is.

/// The text in quotes, on one line: double ones where nothing in it has a meaning there, else single ones.
pub(super) fn quoted(text: &str) -> String {
    let text = text.trim();
    if text.contains(['"', '\\']) || text.chars().any(char::is_control) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}
