//! Markdown as lines for a screen: lists, tables, quotes, code, strong and emphasised words; links and pictures as text with
//! their address. Raw HTML is shown as the text that it is. It fills in no facts and opens nothing.

mod table;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::condition::MARKDOWN;

use super::line::{Line, width};
use super::style::{Role, Style};
use super::wrap::wrap;

use table::Table;

/// A Markdown text as lines of at most so many columns.
pub fn render(text: &str, role: Role, columns: usize) -> Vec<Line> {
    Page::new(role, columns).read(text)
}

/// A Markdown text as one line, for labels, lists and notes.
pub fn inline(text: &str, role: Role) -> Line {
    let mut line = Line::default();
    let mut page = Page::new(role, usize::MAX / 4);
    page.flat = true;
    for part in page.read(text) {
        if !line.is_empty() && !part.is_empty() {
            line.push(" ", role.into());
        }
        line.extend(&part);
    }
    line
}

/// What stands before the lines of a quote or a list's item.
struct Indent {
    /// On its first line.
    first: String,
    /// On the others.
    rest: String,
    /// Whether the first line is written.
    begun: bool,
}

/// The lines written so far, and where in the text one is.
struct Page {
    role: Role,
    columns: usize,
    lines: Vec<Line>,
    current: Line,
    style: Style,
    indents: Vec<Indent>,
    /// The numbers of the lists around, `None` for bullets, and whether an item was written.
    lists: Vec<(Option<u64>, bool)>,
    /// Addresses of the links and pictures around, and where their text begins.
    links: Vec<(String, usize)>,
    in_code: bool,
    /// The table that is being read.
    table: Option<Table>,
    /// Whether all becomes one line, so that nothing can stand side by side.
    flat: bool,
}

impl Page {
    fn new(role: Role, columns: usize) -> Self {
        Self {
            role,
            columns,
            lines: Vec::new(),
            current: Line::default(),
            style: role.into(),
            indents: Vec::new(),
            lists: Vec::new(),
            links: Vec::new(),
            in_code: false,
            table: None,
            flat: false,
        }
    }

    fn read(mut self, text: &str) -> Vec<Line> {
        for event in Parser::new_ext(text, MARKDOWN) {
            self.take(event);
        }
        self.flush();
        self.lines
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => self.current.push(&text, self.code()),
            Event::SoftBreak => self.current.push(" ", self.style),
            Event::HardBreak => self.flush(),
            Event::Rule => {
                self.separate();
                self.current.push("───", self.style);
                self.flush();
            }
            // Extensions that are switched off; shown as they are should one come.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.separate(),
            Tag::Heading { .. } => {
                self.separate();
                self.style.strong = true;
            }
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                self.separate();
                self.indent("  ", "  ");
                self.in_code = true;
            }
            Tag::BlockQuote(_) => {
                self.separate();
                self.indent("│ ", "│ ");
            }
            Tag::List(first) => {
                if self.lists.is_empty() {
                    self.separate();
                } else {
                    self.flush();
                }
                self.lists.push((first, false));
            }
            Tag::Item => self.item(),
            Tag::Emphasis => self.style.emphasis = true,
            Tag::Strong => self.style.strong = true,
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => {
                self.current.push("Picture: ", self.style);
                self.link(&dest_url);
            }
            Tag::Table(alignments) => {
                self.separate();
                self.table = Some(Table::new(alignments));
            }
            Tag::TableHead => {
                self.style.strong = true;
                self.table.iter_mut().for_each(Table::row);
            }
            Tag::TableRow => self.table.iter_mut().for_each(Table::row),
            Tag::TableCell => {}
            // Extensions that are switched off.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.flush(),
            TagEnd::Heading(_) => {
                self.flush();
                self.style.strong = false;
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.indents.pop();
                self.in_code = false;
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => {
                self.flush();
                self.indents.pop();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Emphasis => self.style.emphasis = false,
            TagEnd::Strong => self.style.strong = false,
            TagEnd::Link | TagEnd::Image => self.address(),
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.current);
                if let Some(table) = &mut self.table {
                    table.cell(cell);
                }
            }
            TagEnd::TableHead => self.style.strong = false,
            TagEnd::Table => self.end_table(),
            TagEnd::TableRow
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    const fn code(&self) -> Style {
        Style {
            code: true,
            ..self.style
        }
    }

    /// Text that may hold line breaks: in code and raw HTML they are kept.
    fn text(&mut self, text: &str) {
        let style = if self.in_code {
            self.code()
        } else {
            self.style
        };
        for (at, part) in text.split('\n').enumerate() {
            if at > 0 {
                self.line_break();
            }
            self.current.push(&part.replace('\t', "    "), style);
        }
    }

    /// Ends a line inside code; one that says nothing is kept as an empty line.
    fn line_break(&mut self) {
        if self.current.is_empty() && self.in_code && !self.lines.is_empty() {
            self.lines.push(Line::default());
        } else {
            self.flush();
        }
    }

    fn indent(&mut self, first: &str, rest: &str) {
        let used: usize = self.indents.iter().map(|indent| width(&indent.rest)).sum();
        let fits = (used + width(rest)).saturating_mul(2) <= self.columns;
        self.indents.push(Indent {
            first: if fits {
                first.to_owned()
            } else {
                String::new()
            },
            rest: if fits { rest.to_owned() } else { String::new() },
            begun: false,
        });
    }

    fn item(&mut self) {
        self.flush();
        let marker = match self.lists.last_mut() {
            Some((Some(number), _)) => {
                let marker = format!("{number}. ");
                *number = number.saturating_add(1);
                marker
            }
            Some((None, _)) | None => "• ".to_owned(),
        };
        self.indent(&marker, &" ".repeat(width(&marker)));
    }

    fn link(&mut self, address: &str) {
        self.links
            .push((address.to_owned(), self.current.text().len()));
    }

    /// Writes a link's address behind its text, unless the text is the address.
    fn address(&mut self) {
        let Some((address, start)) = self.links.pop() else {
            return;
        };
        let text = self.current.text();
        let shown = text.get(start..).unwrap_or_default();
        let bare = address.strip_prefix("mailto:").unwrap_or(&address);
        if shown == address || shown == bare {
            return;
        }
        if !shown.is_empty() {
            self.current.push(" ", self.style);
        }
        self.current.push("(", self.style);
        self.current.push(&address, Role::Link.into());
        self.current.push(")", self.style);
    }

    /// Begins a block: an empty line before it, unless it is the first of its page or of its list's item.
    fn separate(&mut self) {
        self.flush();
        let opens_item = self.indents.last().is_some_and(|indent| !indent.begun);
        let first_item = self.lists.last().is_none_or(|(_, written)| !written);
        if self.lines.is_empty() || (opens_item && first_item) {
            return;
        }
        self.lines.push(Line::default());
    }

    /// Writes what is collected as lines.
    fn flush(&mut self) {
        if self.current.is_empty() {
            return;
        }
        let line = std::mem::take(&mut self.current);
        let parts = wrap(&line, self.room());
        self.write(&parts);
    }

    /// Columns that are left beside what stands before the lines.
    fn room(&self) -> usize {
        let used: usize = self.indents.iter().map(|indent| width(&indent.rest)).sum();
        self.columns.saturating_sub(used)
    }

    /// Writes lines behind what stands before them.
    fn write(&mut self, parts: &[Line]) {
        for part in parts {
            let mut whole = Line::default();
            for indent in &mut self.indents {
                let prefix = if indent.begun {
                    &indent.rest
                } else {
                    &indent.first
                };
                whole.push(prefix, self.role.into());
                indent.begun = true;
            }
            whole.extend(part);
            self.lines.push(whole);
        }
        if let Some((_, written)) = self.lists.last_mut() {
            *written = true;
        }
    }

    fn end_table(&mut self) {
        let Some(table) = self.table.take() else {
            return;
        };
        let parts = if self.flat {
            table.flat(self.style)
        } else {
            table.lines(self.room(), self.style)
        };
        self.write(&parts);
    }
}

#[cfg(test)]
mod tests {
    use super::{inline, render};
    use crate::terminal::style::{Colors, Role};

    fn shown(text: &str, columns: usize) -> String {
        let lines: Vec<String> = render(text, Role::Body, columns)
            .iter()
            .map(|line| line.text())
            .collect();
        lines.join("\n")
    }

    #[test]
    fn lists_quotes_and_code_keep_their_shape() {
        let text = "Do this:\n\n1. Unplug the *router* from the **wall** socket.\n2. Wait\n   - a bit\n   - or two\n\n> calm\n> down\n\n    ping  1.1.1.1\n\n    done\n";
        assert_eq!(
            shown(text, 28),
            "Do this:\n\n1. Unplug the router from\n   the wall socket.\n2. Wait\n   • a bit\n   • or two\n\n│ calm down\n\n  ping  1.1.1.1\n\n  done"
        );
    }

    #[test]
    fn addresses_stand_behind_their_text_and_html_is_text() {
        assert_eq!(
            shown(
                "See [the page](https://a.b/c), <https://x.y> or <mail@x.y>.\n![the light](led.svg) <b>bold</b>",
                200
            ),
            "See the page (https://a.b/c), https://x.y or mail@x.y. Picture: the light (led.svg) <b>bold</b>"
        );
    }

    #[test]
    fn text_in_any_script_breaks_by_its_width() {
        assert_eq!(
            shown("路由器上的网络灯是绿色的吗", 12),
            "路由器上的网\n络灯是绿色的\n吗"
        );
        assert_eq!(
            shown("Größe 📡📡 Straße שלום עולם", 12),
            "Größe 📡📡\nStraße שלום\nעולם"
        );
        assert_eq!(
            shown("Donaudampfschifffahrt", 8),
            "Donaudam\npfschiff\nfahrt"
        );
    }

    #[test]
    fn nothing_in_a_text_drives_the_terminal() {
        let line = inline("a\u{1b}[31m **b**\u{202e}", Role::Body);
        assert_eq!(line.paint(Colors::On), "a␛[31m \u{1b}[1mb\u{1b}[0m\u{fffd}");
    }

    #[test]
    fn a_label_that_looks_like_a_list_keeps_its_number() {
        assert_eq!(inline("5. floor", Role::Body).text(), "5. floor");
    }
}
