//! Markdown → one line of plain text, and back: a note's lines are short, and what stands in them stays what it is.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::condition::MARKDOWN;
use crate::source::neutralise_line;

/// The text of some Markdown on one line, without its markup.
pub(super) fn line(markdown: &str) -> String {
    let mut blocks = blocks(markdown);
    blocks.retain(|block| !block.is_empty());
    blocks.join(" ")
}

/// The text of some Markdown, each paragraph and item on a line of its own, without its markup.
pub(super) fn lines(markdown: &str) -> String {
    let mut blocks = blocks(markdown);
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n")
}

/// The first paragraph, heading or item of some Markdown on one line; "…" says that there is more.
pub(super) fn headline(markdown: &str) -> String {
    let blocks = blocks(markdown);
    let mut filled = blocks.into_iter().filter(|block| !block.is_empty());
    let first = filled.next().unwrap_or_default();
    match filled.next() {
        Some(_) => format!("{} …", first.trim_end_matches(['.', ':'])),
        None => first,
    }
}

/// The text of each paragraph, heading, item, code block and row of a table, on one line each.
fn blocks(markdown: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for event in Parser::new_ext(markdown, MARKDOWN) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                if let Some(block) = blocks.last_mut() {
                    block.push_str(&text);
                }
            }
            Event::SoftBreak | Event::HardBreak => {
                if let Some(block) = blocks.last_mut() {
                    block.push(' ');
                }
            }
            Event::Start(Tag::TableCell) => {
                if let Some(block) = blocks.last_mut().filter(|block| !block.is_empty()) {
                    block.push_str(" | ");
                }
            }
            Event::Start(
                Tag::Paragraph
                | Tag::Heading { .. }
                | Tag::Item
                | Tag::CodeBlock(_)
                | Tag::TableHead
                | Tag::TableRow
                | Tag::HtmlBlock,
            )
            | Event::End(
                TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item | TagEnd::CodeBlock,
            ) => {
                blocks.push(String::new());
            }
            _ => {}
        }
    }
    blocks.iter().map(|block| typed(block)).collect()
}

/// What somebody typed, on one line, harmless for terminals.
pub(super) fn typed(text: &str) -> String {
    neutralise_line(text.trim()).into_owned()
}

/// A line as Markdown that shows exactly its characters. Only what could mean something is escaped, so that it also
/// reads well where nobody renders it.
pub(super) fn escaped(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let number = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in line.char_indices() {
        let anywhere = matches!(
            character,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' | '$'
        );
        let at_start = at == 0 && matches!(character, '#' | '+' | '-' | '=');
        let after_number = at == number && number > 0 && matches!(character, '.' | ')');
        if anywhere || at_start || after_number {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::{escaped, headline, line};

    #[test]
    fn markdown_becomes_a_line() {
        assert_eq!(
            line("**Unplug** it,\nthen `wait`."),
            "Unplug it, then wait."
        );
        assert_eq!(line("1. Unplug it.\n2. Wait.\n"), "Unplug it. Wait.");
        assert_eq!(headline("1. Unplug it.\n2. Wait.\n"), "Unplug it …");
        assert_eq!(headline("Restart the router.\n"), "Restart the router.");
        assert_eq!(headline("Do this:\n\n- one\n- two"), "Do this …");
        assert_eq!(
            line("| A | B |\n|---|---|\n| 1 | *2* |\n| | 3 |"),
            "A | B 1 | 2 3"
        );
        assert_eq!(headline("| A | B |\n|---|---|\n| 1 | 2 |"), "A | B …");
        assert_eq!(headline(""), "");
        assert_eq!(
            line("see [the page](https://example.org) <b>now</b>"),
            "see the page <b>now</b>"
        );
    }

    #[test]
    fn what_reads_well_stays_as_it_is() {
        for text in [
            "Is it on? (yes/no)",
            "5 GHz - or 2.4",
            "kim@example.org",
            "a.b!",
            "What's up: nothing",
        ] {
            assert_eq!(escaped(text), text);
        }
        assert_eq!(escaped("1. *x* <b>"), "1\\. \\*x\\* \\<b\\>");
    }

    proptest! {
        #[test]
        fn an_escaped_line_is_text(text in "[ -~äß]{1,16}") {
            let text = text.trim();
            let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
            let mut shown = String::new();
            for event in Parser::new_ext(&escaped(text), options) {
                match event {
                    Event::Text(text) => shown.push_str(&text),
                    Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
                    other => shown.push_str(&format!("{other:?}")),
                }
            }
            proptest::prop_assert_eq!(shown, text);
        }
    }
}
