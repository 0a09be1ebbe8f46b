//! Writes a document in the house style, line by line.

use super::super::schema::{Mapping, Takes};
use super::block::block_header;
use super::document::{Collection, Comment, Content, Document, Entry, Style};
use super::inline::{folded_lines, key, on_line};
use super::order::{Inside, inside, ordered};
use super::scalar::quoted;
use super::trivia::{Trivia, has_comment};

/// The document as text.
pub(super) fn write(document: &Document, file: Mapping) -> String {
    let mut writer = Writer {
        out: String::new(),
        keep_order: document.has_aliases,
    };
    writer.lines(&document.head, 0, true);
    if let Content::Map(map) = &document.root.content {
        if !document.head.is_empty() {
            writer.blank();
        }
        writer.map(map, Inside::Fixed(file), 0);
    }
    writer.out
}

struct Writer {
    out: String,
    /// Whether keys stay in the author's order, as an alias must not come before what it refers to.
    keep_order: bool,
}

impl Writer {
    /// The entries of a mapping, each on lines of its own, from the beginning of a line on.
    fn map(&mut self, map: &Collection, within: Inside, indent: usize) {
        let mut above: Option<&Entry> = None;
        for entry in ordered(map, within, self.keep_order) {
            let takes = within.behind(entry);
            if above.is_some_and(|above| self.is_apart(above, entry, within)) {
                self.blank();
            }
            let opens_file = above.is_none() && within.is_file();
            self.before(entry, takes, indent, !opens_file);
            self.indent(indent);
            self.out.push_str(&key(entry));
            self.value(entry, takes, indent);
            above = Some(entry);
        }
        self.foot(map, indent);
    }

    /// The items of a list, each behind a dash.
    fn list(&mut self, list: &Collection, within: Inside, indent: usize) {
        for (at, entry) in list.entries.iter().enumerate() {
            let takes = within.behind(entry);
            if at > 0 && entry.leading.first() == Some(&Trivia::Blank) {
                self.blank();
            }
            self.before(entry, takes, indent, true);
            self.indent(indent);
            self.out.push('-');
            self.value(entry, takes, indent);
        }
        self.foot(list, indent);
    }

    /// Whether a blank line stands before an entry of a mapping.
    fn is_apart(&self, above: &Entry, entry: &Entry, within: Inside) -> bool {
        let author = entry.leading.first() == Some(&Trivia::Blank);
        if within.is_file() {
            author || self.is_section(above, within) || self.is_section(entry, within)
        } else if within.is_steps() {
            true
        } else if matches!(within, Inside::Fixed(_)) {
            author && entry.leading.len() > 1
        } else {
            author
        }
    }

    /// Whether an entry of a file is a section of its own: a mapping on several lines.
    fn is_section(&self, entry: &Entry, within: Inside) -> bool {
        let takes = within.behind(entry);
        matches!(entry.value.content, Content::Map(_)) && self.on_line(entry, takes, 0).is_none()
    }

    /// The value of an entry if it stands on the line of its key or dash.
    fn on_line(
        &self,
        entry: &Entry,
        takes: Option<&'static Takes>,
        indent: usize,
    ) -> Option<String> {
        match &entry.value.content {
            Content::Text(text, style)
                if !text.contains('\n') && would_look_cut_off(entry, style) =>
            {
                Some(quoted(text))
            }
            _ => on_line(&entry.value, takes, used(entry, indent), self.keep_order),
        }
    }

    /// What stands behind a key or a dash, to the end of its last line.
    fn value(&mut self, entry: &Entry, takes: Option<&'static Takes>, indent: usize) {
        let line = self.on_line(entry, takes, indent);
        let node = &entry.value;
        if !node.properties.is_empty() {
            self.out.push(' ');
            self.out.push_str(node.properties.trim_end());
        }
        if let Some(line) = line {
            if !line.is_empty() {
                self.out.push(' ');
                self.out.push_str(&line);
            }
            self.comment(entry.trailing.as_ref().or(entry.header.as_ref()));
            return;
        }
        match &node.content {
            Content::Text(text, _) => {
                let comment = entry.trailing.as_ref().or(entry.header.as_ref());
                let (sign, lines) = match folded_lines(node, used(entry, indent)) {
                    Some(lines) => ('>', lines.to_vec()),
                    None => ('|', literal_lines(text)),
                };
                self.out.push(' ');
                self.out.push_str(&block_header(sign, text));
                self.comment(comment);
                self.block_lines(&lines, indent + 2);
            }
            Content::List(list) => {
                self.comment(header(entry).as_ref());
                self.list(list, inside(takes, node), indent + 2);
                self.comment_below(entry, indent);
            }
            Content::Map(map) => {
                self.inner_map(entry, map, inside(takes, node), indent);
                self.comment_below(entry, indent);
            }
            Content::Empty | Content::Alias(_) => {}
        }
    }

    /// A mapping behind a key, on the lines below; or behind a dash, beginning on its line.
    fn inner_map(&mut self, entry: &Entry, map: &Collection, within: Inside, indent: usize) {
        let first = ordered(map, within, self.keep_order).first().copied();
        let begins_bare = first.is_some_and(|first| {
            let takes = within.behind(first);
            !has_comment(&first.leading) && !self.lifts_header(first, takes, indent + 2)
        });
        let header = header(entry);
        let same_line = entry.key.is_none()
            && header.is_none()
            && entry.value.properties.is_empty()
            && begins_bare;
        if !same_line {
            self.comment(header.as_ref());
            self.map(map, within, indent + 2);
            return;
        }
        // The first key stands behind the dash: as far right as those below.
        let dash = self.out.len() - 1;
        self.out.truncate(dash - indent);
        self.map(map, within, indent + 2);
        self.out.replace_range(dash..=dash, "-");
    }

    /// A comment that stood behind a list or mapping in brackets, where the line above has one already.
    fn comment_below(&mut self, entry: &Entry, indent: usize) {
        if let Some(comment) = &entry.trailing
            && !moves_up(entry)
        {
            self.indent(indent + 2);
            self.out.push_str(&comment.text);
            self.out.push('\n');
        }
    }

    fn block_lines(&mut self, lines: &[String], indent: usize) {
        for line in lines {
            if !line.is_empty() {
                self.indent(indent);
                self.out.push_str(line);
            }
            self.out.push('\n');
        }
    }

    /// Ends a line, with a comment if there is one: as close as it was; one that was set apart stays at its column, so
    /// that comments below one another stay so.
    fn comment(&mut self, comment: Option<&Comment>) {
        if let Some(comment) = comment {
            let close = 1..=2;
            let spaces = if close.contains(&comment.gap) {
                comment.gap
            } else {
                let line = self.out.rsplit('\n').next().unwrap_or_default();
                comment.column.saturating_sub(line.chars().count()).max(2)
            };
            self.out.push_str(&" ".repeat(spaces));
            self.out.push_str(&comment.text);
        }
        self.out.push('\n');
    }

    /// Comments before an entry, with or without the blank lines between them.
    fn before(
        &mut self,
        entry: &Entry,
        takes: Option<&'static Takes>,
        indent: usize,
        blanks: bool,
    ) {
        self.lines(&entry.leading, indent, blanks);
        if self.lifts_header(entry, takes, indent)
            && let Some(header) = &entry.header
        {
            self.indent(indent);
            self.out.push_str(&header.text);
            self.out.push('\n');
        }
    }

    /// Whether the comment behind a key has to stand above it, as the value has moved to the key's line and brings a
    /// comment of its own.
    fn lifts_header(&self, entry: &Entry, takes: Option<&'static Takes>, indent: usize) -> bool {
        let text = matches!(entry.value.content, Content::Text(..));
        entry.header.is_some()
            && entry.trailing.is_some()
            && (text || self.on_line(entry, takes, indent).is_some())
    }

    /// Comments behind the last entry.
    fn foot(&mut self, collection: &Collection, indent: usize) {
        if collection.foot.first() == Some(&Trivia::Blank) && !collection.entries.is_empty() {
            self.blank();
        }
        self.lines(&collection.foot, indent, true);
    }

    /// Comments on lines of their own, and the blank lines between them.
    fn lines(&mut self, trivia: &[Trivia], indent: usize, blanks: bool) {
        let before = trivia.iter().take_while(|line| **line == Trivia::Blank);
        for line in trivia.iter().skip(before.count()) {
            match line {
                Trivia::Comment(text) => {
                    self.indent(indent);
                    self.out.push_str(text);
                }
                Trivia::Blank if blanks => {}
                Trivia::Blank => continue,
            }
            self.out.push('\n');
        }
    }

    /// Leaves a line blank. Behind a text that ends in blank lines one more would be part of the text.
    fn blank(&mut self) {
        if !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn indent(&mut self, indent: usize) {
        self.out.push_str(&" ".repeat(indent));
    }
}

/// Whether a comment would look like the rest of the text before it, as ` #5` does, which it did not where it stood.
fn would_look_cut_off(entry: &Entry, style: &Style) -> bool {
    let comment = match (&entry.trailing, &entry.header) {
        (Some(_), _) if *style == Style::Plain => None,
        (trailing, header) => trailing.as_ref().or(header.as_ref()),
    };
    comment.is_some_and(|comment| {
        let behind = comment.text.trim_start_matches('#');
        !behind.is_empty() && !behind.starts_with([' ', '\t'])
    })
}

/// Whether a comment that stood behind brackets moves to the line above what stood in them: if there is room, and it
/// passes no other.
fn moves_up(entry: &Entry) -> bool {
    let foot = entry.value.collection().map(|inner| &*inner.foot);
    entry.header.is_none() && !foot.is_some_and(has_comment)
}

/// The comment on the line above a list or mapping.
fn header(entry: &Entry) -> Option<Comment> {
    if !moves_up(entry) {
        return entry.header.clone();
    }
    let mut comment = entry.trailing.clone()?;
    comment.gap = comment.gap.clamp(1, 2);
    Some(comment)
}

/// Characters of a line before the value of an entry.
fn used(entry: &Entry, indent: usize) -> usize {
    let mark = entry.key.as_ref().map_or(1, |_| key(entry).chars().count());
    indent + mark + 1
}

/// The lines of a text as a literal block has them.
fn literal_lines(text: &str) -> Vec<String> {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.split('\n').map(str::to_owned).collect()
}
