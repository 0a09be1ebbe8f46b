//! Markdown as HTML that cannot do anything but look: raw HTML is the text that it is, addresses are held against a list
//! of schemes, nothing turns the reading direction. It fills in no facts and knows no pages.
//!
//! Every byte that comes from the text goes through [`maud::Escaper`]; tags and attributes are written here alone.

mod address;
mod table;

use std::fmt::Write as _;

use maud::{Escaper, PreEscaped};
use pulldown_cmark::{CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};

use crate::condition::MARKDOWN;
use crate::source::neutralise;

pub use address::{is_safe_address, opens_page};

use table::Table;

/// Gives the address under which the web serves a picture of the library, by its path there; `None` for files that it
/// does not serve.
pub type Media<'m> = &'m dyn Fn(&str) -> Option<String>;

/// The level of the first heading in a text: a page has its own `h1`.
const FIRST_HEADING: usize = 2;

/// A text as paragraphs, lists, tables, quotes and code. Headings in it begin at level 2 and skip none.
pub fn block(text: &str, media: Media<'_>) -> PreEscaped<String> {
    Page::new(Shape::Block, media).whole(text)
}

/// A text for a place that holds no paragraphs, such as a heading: paragraphs become line breaks, lists their items with
/// their marks.
pub fn inline(text: &str) -> PreEscaped<String> {
    Page::new(Shape::Inline, &|_| None).whole(text)
}

/// [`inline`] for the inside of a button, a link or an option, where no other link may stand: links are their text.
pub fn label(text: &str) -> PreEscaped<String> {
    Page::new(Shape::Label, &|_| None).whole(text)
}

/// The words of a text alone, on one line: for a page's title, an `alt`, an `aria-label`. It is not escaped.
pub fn plain(text: &str) -> String {
    if is_words(text) && !text.contains("  ") {
        return text.to_owned();
    }
    plain_of_markdown(text)
}

/// Whether a text is words alone, on which no rule of Markdown acts, as most questions are: it need not be parsed.
fn is_words(text: &str) -> bool {
    let mut letters = text.chars();
    letters.next().is_some_and(char::is_alphabetic)
        && !text.ends_with(' ')
        && letters.all(|letter| {
            letter.is_alphanumeric()
                || matches!(
                    letter,
                    ' ' | '.' | ',' | ';' | ':' | '?' | '(' | ')' | '/' | '%' | '-'
                )
                || matches!(letter, '\'' | '"' | '’' | '“' | '”' | '–' | '—')
        })
}

fn plain_of_markdown(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, MARKDOWN) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                words.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            // What ends in the middle of a word parts nothing.
            Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image) => {}
            Event::End(_) => words.push(' '),
            Event::Start(Tag::List(Some(first))) => {
                // `write!` to a String does not fail. "5. floor" is a label that looks like a list.
                let _ = write!(words, "{first}. ");
            }
            _ => {}
        }
    }
    let joined: Vec<&str> = words.split_whitespace().collect();
    neutralise(&joined.join(" ")).into_owned()
}

/// What may stand where the text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Block,
    Inline,
    Label,
}

/// A link or picture around the text that is being written.
#[derive(Debug)]
enum Around {
    /// A link that was opened as a tag.
    Link,
    /// A link that may not be one: its address, to be shown behind its text, and where that begins.
    Refused(String, usize),
    /// A picture: its address in the library or elsewhere; its text is collected for `alt`.
    Picture(String),
}

/// The HTML written so far, and where in the text one is.
struct Page<'m> {
    shape: Shape,
    media: Media<'m>,
    html: String,
    around: Vec<Around>,
    /// The words for a picture, while inside one.
    alt: String,
    /// Levels of the headings above, as written.
    headings: Vec<u8>,
    /// The numbers of the lists around, in a shape without lists.
    lists: Vec<Option<u64>>,
    table: Table,
    /// Whether a paragraph, or what stands for one, was written before.
    begun: bool,
}

impl<'m> Page<'m> {
    fn new(shape: Shape, media: Media<'m>) -> Self {
        Self {
            shape,
            media,
            html: String::new(),
            around: Vec::new(),
            alt: String::new(),
            headings: Vec::new(),
            lists: Vec::new(),
            table: Table::default(),
            begun: false,
        }
    }

    fn whole(mut self, text: &str) -> PreEscaped<String> {
        if is_words(text) {
            self.open("<p>");
            self.escaped(text);
            self.close("</p>");
            return PreEscaped(self.html);
        }
        self.parsed(text)
    }

    fn parsed(mut self, text: &str) -> PreEscaped<String> {
        for event in Parser::new_ext(text, MARKDOWN) {
            self.take(event);
        }
        PreEscaped(self.html)
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text),
            Event::Code(text) => {
                self.tag("<code>");
                self.text(&text);
                self.tag("</code>");
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => match self.shape {
                Shape::Label => self.text(" "),
                Shape::Block | Shape::Inline => self.tag("<br>"),
            },
            Event::Rule => match self.shape {
                Shape::Block => self.tag("<hr>"),
                Shape::Inline | Shape::Label => self.separate(),
            },
            // Extensions that are switched off; shown as they are should one come.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text);
            }
            Event::TaskListMarker(done) => self.text(if done { "[x] " } else { "[ ] " }),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.open("<p>"),
            Tag::Heading { level, .. } => {
                let level = self.heading(level as u8);
                self.open(&format!("<h{level}>"));
            }
            Tag::CodeBlock(CodeBlockKind::Indented | CodeBlockKind::Fenced(_)) => {
                self.open("<pre tabindex=\"0\"><code>");
            }
            Tag::BlockQuote(_) => self.open("<blockquote>"),
            Tag::List(first) => self.list(first),
            Tag::Item => self.item(),
            Tag::Emphasis => self.tag("<em>"),
            Tag::Strong => self.tag("<strong>"),
            Tag::Link {
                link_type: LinkType::Email,
                dest_url,
                ..
            } => self.link(&format!("mailto:{dest_url}")),
            Tag::Link { dest_url, .. } => self.link(&dest_url),
            Tag::Image { dest_url, .. } => self.picture(&dest_url),
            Tag::Table(alignments) => self.table(alignments),
            Tag::TableHead => self.table_head(),
            Tag::TableRow => self.table_row(),
            Tag::TableCell => self.table_cell(),
            // Extensions that are switched off.
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.close("</p>"),
            TagEnd::Heading(_) => {
                let level = self.heading_level();
                self.close(&format!("</h{level}>"));
            }
            TagEnd::CodeBlock => self.close("</code></pre>"),
            TagEnd::BlockQuote(_) => self.close("</blockquote>"),
            TagEnd::List(ordered) => {
                self.lists.pop();
                self.close(if ordered { "</ol>" } else { "</ul>" });
            }
            TagEnd::Item => self.close("</li>"),
            TagEnd::Emphasis => self.tag("</em>"),
            TagEnd::Strong => self.tag("</strong>"),
            TagEnd::Link => self.leave_link(),
            TagEnd::Image => self.leave_picture(),
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => self.end_table_head(),
            TagEnd::TableRow => self.close("</tr>"),
            TagEnd::TableCell => self.end_table_cell(),
            // Extensions that are switched off.
            _ => {}
        }
    }

    /// A tag of ours, where it is not inside the words for a picture.
    fn tag(&mut self, tag: &str) {
        if !self.is_in_picture() {
            self.html.push_str(tag);
        }
    }

    /// A tag that opens a block; in other shapes, what parts it from the one before.
    fn open(&mut self, tag: &str) {
        match self.shape {
            Shape::Block => self.tag(tag),
            Shape::Inline | Shape::Label => self.separate(),
        }
    }

    /// A tag that closes a block.
    fn close(&mut self, tag: &str) {
        if self.shape == Shape::Block {
            self.tag(tag);
        }
    }

    /// Begins another line, or only another word, where blocks cannot stand.
    fn separate(&mut self) {
        if self.begun {
            self.tag(if self.shape == Shape::Label {
                " "
            } else {
                "<br>"
            });
        }
        self.begun = false;
    }

    /// Words of the text.
    fn text(&mut self, text: &str) {
        let text = neutralise(text);
        if self.is_in_picture() {
            self.alt.push_str(&text);
            return;
        }
        self.begun |= !text.trim().is_empty();
        self.escaped(&text);
    }

    fn escaped(&mut self, text: &str) {
        // Writing to a String does not fail.
        let _ = Escaper::new(&mut self.html).write_str(text);
    }

    fn is_in_picture(&self) -> bool {
        self.around
            .iter()
            .any(|around| matches!(around, Around::Picture(_)))
    }

    /// Comes to a heading of that level as written; gives the level that it has on the page.
    fn heading(&mut self, written: u8) -> usize {
        while self.headings.last().is_some_and(|above| *above >= written) {
            self.headings.pop();
        }
        self.headings.push(written);
        self.heading_level()
    }

    fn heading_level(&self) -> usize {
        (FIRST_HEADING + self.headings.len())
            .saturating_sub(1)
            .min(6)
    }

    fn list(&mut self, first: Option<u64>) {
        self.lists.push(first);
        match first {
            None => self.close("<ul>"),
            Some(1) => self.close("<ol>"),
            Some(first) => self.close(&format!("<ol start=\"{first}\">")),
        }
    }

    fn item(&mut self) {
        self.open("<li>");
        if self.shape == Shape::Block {
            return;
        }
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number = number.saturating_add(1);
                mark
            }
            Some(None) | None => "• ".to_owned(),
        };
        self.tag(&mark);
        // What follows stands on the line of its mark.
        self.begun = false;
    }

    fn link(&mut self, address: &str) {
        let inside = self.is_in_picture() || self.shape == Shape::Label;
        if inside || !is_safe_address(address) {
            let shown = if inside { "" } else { address };
            self.around
                .push(Around::Refused(shown.to_owned(), self.html.len()));
            return;
        }
        self.html.push_str("<a href=\"");
        self.escaped(address);
        self.html
            .push_str("\" rel=\"noopener noreferrer nofollow\"");
        if opens_page(address) {
            self.html.push_str(" target=\"_blank\"");
        }
        self.html.push('>');
        self.around.push(Around::Link);
    }

    fn leave_link(&mut self) {
        match self.around.pop() {
            Some(Around::Link) => self.html.push_str("</a>"),
            Some(Around::Refused(address, start)) => {
                let mut shown = String::new();
                let _ = Escaper::new(&mut shown).write_str(&neutralise(&address));
                let written = self.html.get(start..).unwrap_or_default();
                if !address.is_empty() && written != shown {
                    self.text(&format!(" ({address})"));
                }
            }
            Some(Around::Picture(_)) | None => {}
        }
    }

    fn picture(&mut self, address: &str) {
        if !self.is_in_picture() {
            self.alt.clear();
        }
        self.around.push(Around::Picture(address.to_owned()));
    }

    /// Shows a picture of the library; of any other, its words, with a link to it where one may stand.
    fn leave_picture(&mut self) {
        let Some(Around::Picture(address)) = self.around.pop() else {
            return;
        };
        if self.is_in_picture() {
            return;
        }
        let alt = std::mem::take(&mut self.alt);
        match (self.media)(&address) {
            Some(served) if self.shape == Shape::Block => {
                self.html.push_str("<img src=\"");
                self.escaped(&served);
                self.html.push_str("\" alt=\"");
                self.escaped(&alt);
                self.html.push_str("\" loading=\"lazy\">");
            }
            _ => {
                let is_linked = opens_page(&address)
                    && !self.around.iter().any(|one| matches!(one, Around::Link));
                let words = if alt.is_empty() { &address } else { &alt };
                if is_linked {
                    self.link(&address);
                    self.text(words);
                    self.leave_link();
                } else {
                    self.text(words);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
