//! A line of CSV as RFC 4180 has it, safe to open in a spreadsheet.

/// Cells in a line, without its end. What a spreadsheet would take for a formula gets an apostrophe in front.
pub fn csv_line<T: AsRef<str>>(cells: &[T]) -> String {
    let cells: Vec<String> = cells.iter().map(|text| cell(text.as_ref())).collect();
    cells.join(",")
}

fn cell(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::csv_line;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(csv_line(&["a", "b c"]), "a,b c");
        assert_eq!(
            csv_line(&["he said \"no\", twice"]),
            "\"he said \"\"no\"\", twice\""
        );
        assert_eq!(csv_line(&["=1+1", "a\nb"]), "'=1+1,\"a\nb\"");
    }
}
