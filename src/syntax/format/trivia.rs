//! Comments and blank lines, and which part of the document each belongs to: a comment behind something on its line
//! belongs to that; a comment on its own line belongs to what follows, or, if it is indented like the entries before
//! it and what follows is not, to their end.

use std::ops::Range;

use super::document::{Collection, Comment, Content, Document, Entry, Form, Node};

/// A line that is no part of the data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trivia {
    /// A comment, with its `#`.
    Comment(String),
    /// One or more blank lines.
    Blank,
}

/// Gives every comment of the source its place in the document.
pub(super) fn attach(source: &str, comments: &[Range<usize>], document: &mut Document) {
    let mut walk = Walk {
        source,
        comments,
        next: 0,
    };
    if document.root.collection().is_some() {
        walk.node(&mut document.root, 0, Column::Any, source.len());
    }
    document.head = match document.root.first_entry() {
        Some(first) => split_head(&mut first.leading),
        None => walk.own_lines(source.len(), 0),
    };
}

/// Takes off what a blank line parts from the first entry: it is about the whole file.
fn split_head(leading: &mut Vec<Trivia>) -> Vec<Trivia> {
    let Some(blank) = leading.iter().rposition(|line| *line == Trivia::Blank) else {
        return Vec::new();
    };
    let own = leading.split_off(blank);
    let mut head = std::mem::replace(leading, own);
    let blanks = head.iter().take_while(|line| **line == Trivia::Blank);
    head.drain(..blanks.count());
    head
}

/// Whether there is a comment among these lines.
pub(super) fn has_comment(trivia: &[Trivia]) -> bool {
    trivia.iter().any(|line| *line != Trivia::Blank)
}

/// From which column on a comment belongs to a collection.
#[derive(Debug, Clone, Copy)]
enum Column {
    Any,
    From(usize),
}

struct Walk<'s> {
    source: &'s str,
    comments: &'s [Range<usize>],
    next: usize,
}

impl Walk<'_> {
    /// Goes through a node whose text lies behind `from`. Comments before `until` may belong to its end, if they are
    /// indented enough.
    fn node(&mut self, node: &mut Node, from: usize, column: Column, until: usize) {
        let end = node.end;
        match &mut node.content {
            Content::List(list) => {
                self.find_dashes(list, from);
                self.collection(list, end, column, until);
            }
            Content::Map(map) => self.collection(map, end, column, until),
            Content::Empty | Content::Text(..) | Content::Alias(_) => {}
        }
    }

    /// Lets the items of a list begin with their dashes.
    fn find_dashes(&self, list: &mut Collection, from: usize) {
        if list.form != Form::Block {
            return;
        }
        let mut before = from;
        for entry in &mut list.entries {
            entry.start = self.dash(before, entry.start);
            before = entry.value.end.max(entry.start + 1);
        }
    }

    fn collection(
        &mut self,
        collection: &mut Collection,
        end: usize,
        column: Column,
        until: usize,
    ) {
        let block = collection.form == Form::Block;
        let mut starts: Vec<usize> = collection.entries.iter().map(|entry| entry.start).collect();
        let own = starts.first().map_or(0, |first| self.column(*first));
        // Brackets end what stands in them; a single pair has none of its own.
        let limit = if collection.form == Form::Flow {
            end
        } else {
            until
        };
        starts.push(limit);
        for (entry, behind) in collection.entries.iter_mut().zip(starts.iter().skip(1)) {
            self.entry(entry, own, *behind, block);
        }
        if !block {
            collection.foot = self.own_lines(end, 0);
            return;
        }
        let from = match column {
            Column::Any => 0,
            Column::From(parent) => own.max(parent),
        };
        collection.foot = self.own_lines(until, from);
    }

    /// Goes through an entry that ends before `until`, in a collection that begins at a column.
    fn entry(&mut self, entry: &mut Entry, column: usize, until: usize, block: bool) {
        entry.leading.extend(self.own_lines(entry.start, 0));
        if block && self.is_blank_before(entry.start) {
            entry.leading.push(Trivia::Blank);
        }
        let behind_key = entry.key.as_ref().map_or(entry.start + 1, |key| key.end);
        let spreads = entry
            .value
            .collection()
            .is_some_and(|inner| inner.form == Form::Block);
        entry.header = self.same_line(behind_key, entry.value.start);
        if !spreads {
            entry.leading.extend(self.own_lines(entry.value.start, 0));
        }
        let end = entry.value.end.max(behind_key);
        self.node(
            &mut entry.value,
            behind_key,
            Column::From(column + 1),
            until,
        );
        if !spreads {
            entry.trailing = self.same_line(end, until);
        }
    }

    /// The next comment, if it stands before `until` and on the line on which `from` is.
    fn same_line(&mut self, from: usize, until: usize) -> Option<Comment> {
        let range = self
            .comments
            .get(self.next)
            .filter(|range| range.start < until.max(from + 1))?;
        let between = self.source.get(from..range.start)?;
        if between.contains('\n') {
            return None;
        }
        self.next += 1;
        let before = self.source.get(..range.start).unwrap_or_default();
        Some(Comment {
            text: self.text(range),
            column: self.column(range.start),
            gap: before.len() - before.trim_end_matches([' ', '\t']).len(),
        })
    }

    /// The comments before `until` as lines, with blank lines between them, as long as they begin at `column` or
    /// behind it.
    fn own_lines(&mut self, until: usize, column: usize) -> Vec<Trivia> {
        let mut lines = Vec::new();
        while let Some(range) = self.comments.get(self.next) {
            if range.start >= until || self.column(range.start) < column {
                break;
            }
            self.next += 1;
            if self.is_blank_before(range.start) {
                lines.push(Trivia::Blank);
            }
            lines.push(Trivia::Comment(self.text(range)));
        }
        lines
    }

    fn text(&self, range: &Range<usize>) -> String {
        self.source
            .get(range.clone())
            .unwrap_or_default()
            .trim_end()
            .to_owned()
    }

    /// Characters before an offset on its line.
    fn column(&self, at: usize) -> usize {
        let before = self.source.get(..at).unwrap_or_default();
        before
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count()
    }

    /// Whether the line before that of an offset is blank. One with spaces on it may be the end of a text.
    fn is_blank_before(&self, at: usize) -> bool {
        let before = self.source.get(..at).unwrap_or_default();
        let mut lines = before.rsplit('\n').skip(1);
        lines.next().is_some_and(str::is_empty)
    }

    /// Where the dash of an item stands: the first one outside comments between the item before and this one.
    fn dash(&self, from: usize, to: usize) -> usize {
        let gap = self.source.get(from..to).unwrap_or_default();
        let mut comment = false;
        let mut previous = ' ';
        for (at, character) in gap.char_indices() {
            let free = previous.is_whitespace();
            match character {
                '\n' => comment = false,
                '#' if free => comment = true,
                '-' if free && !comment => return from + at,
                _ => {}
            }
            previous = character;
        }
        to
    }
}
