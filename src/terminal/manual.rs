//! A page of the documentation as lines to read in a terminal. Terminals have neither tables nor links within a page:
//! a table becomes a list, a link to another page names how to read that one. It fetches nothing and pages nothing.

use super::line::Line;
use super::markdown::render;
use super::style::Role;

/// A page as lines of at most so many columns.
pub fn manual_page(page: &str, columns: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    for part in parts(page) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        match part {
            Part::Heading(text) => lines.push(Line::of(&text, Role::Key)),
            Part::Text(text) => lines.extend(render(&text, Role::Body, columns)),
        }
    }
    lines
}

/// What a page is made of.
enum Part {
    Heading(String),
    Text(String),
}

/// The parts of a page, tables and links made readable.
fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    let mut table: Option<Vec<String>> = None;
    let mut in_code = false;
    for line in page.lines() {
        in_code ^= line.starts_with("```");
        let heading = line.trim_start_matches('#');
        if !in_code && line.starts_with('#') && heading.starts_with(' ') {
            parts.extend(taken(&mut text));
            parts.push(Part::Heading(without_links(heading.trim())));
            continue;
        }
        if !in_code && line.starts_with('|') {
            add_row(&mut table, line, &mut text);
            continue;
        }
        table = None;
        text.push_str(&if in_code {
            line.to_owned()
        } else {
            without_links(line)
        });
        text.push('\n');
    }
    parts.extend(taken(&mut text));
    parts
}

fn taken(text: &mut String) -> Option<Part> {
    let taken = std::mem::take(text);
    (!taken.trim().is_empty()).then_some(Part::Text(taken))
}

/// Adds a row of a table as an entry of a list: its first cell, then the others; from three columns on, each after the
/// heading of its column. `columns` are the headings, none before the first row.
fn add_row(columns: &mut Option<Vec<String>>, line: &str, text: &mut String) {
    let cells = cells(line);
    let Some(headings) = columns else {
        *columns = Some(cells);
        return;
    };
    if cells
        .iter()
        .all(|cell| cell.trim_matches(['-', ':']).is_empty())
    {
        return;
    }
    let named = headings.len() > 2;
    let mut rest = Vec::new();
    for (heading, cell) in headings
        .iter()
        .zip(&cells)
        .skip(1)
        .filter(|(_, cell)| !cell.is_empty())
    {
        rest.push(if named && !heading.is_empty() {
            format!("{heading}: {cell}")
        } else {
            cell.clone()
        });
    }
    let first = cells.first().map_or("", String::as_str);
    text.push_str(&format!("- {first}: {}\n", rest.join("; ")));
}

/// The cells of a row; `\|` is a sign in a cell.
fn cells(line: &str) -> Vec<String> {
    const SIGN: &str = "\u{1}";
    let line = line.replace("\\|", SIGN);
    let inner = line.trim().trim_start_matches('|').trim_end_matches('|');
    let cell = |cell: &str| without_links(cell.trim()).replace(SIGN, "|");
    inner.split('|').map(cell).collect()
}

/// The line with its links within the documentation as text: `[the guide](agents.md#keys)` → `the guide`.
fn without_links(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some((before, link, after)) = next_link(rest) {
        text.push_str(before);
        text.push_str(link);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// What stands before the first link to the documentation itself, the link's text, and what stands after it.
fn next_link(line: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let middle = from + line.get(from..)?.find("](")?;
        from = middle + 2;
        let (address, after) = line.get(from..)?.split_once(')')?;
        let start = line.get(..middle)?.rfind('[')?;
        let own = address.starts_with('#') || address.contains(".md");
        if own && !address.contains("://") {
            return Some((line.get(..start)?, line.get(start + 1..middle)?, after));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::manual_page;

    fn shown(page: &str) -> String {
        let lines: Vec<String> = manual_page(page, 60)
            .iter()
            .map(|line| line.text())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn tables_become_lists() {
        let page = "# Keys\n\n| key | what it is | without it |\n| --- | --- | --- |\n| `no` | Where it goes. | an error |\n| a \\| b | Both. | |\n";
        assert_eq!(
            shown(page),
            "Keys\n\n• no: what it is: Where it goes.; without it: an error\n• a | b: what it is: Both."
        );
        assert_eq!(shown("| a | b |\n| --- | --- |\n| x | y |"), "• x: y");
    }

    #[test]
    fn links_within_the_documentation_are_text() {
        let page = "See [keys](agents.md#keys), [here](#here) and [more](https://example.org).\n\n```yaml\n# no heading: [a](b.md)\n```\n";
        assert_eq!(
            shown(page),
            "See keys, here and more (https://example.org).\n\n  # no heading: [a](b.md)"
        );
    }
}
