//! What a list or mapping is in the language, and in which order its keys stand.

use super::super::schema::{Mapping, Takes};
use super::document::{Collection, Content, Entry, Node};

/// What a list or a mapping is.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inside {
    /// A mapping with the keys of the language.
    Fixed(Mapping),
    /// A mapping with the author's keys, or a list: what stands behind each.
    Each(&'static Takes),
    /// Nothing of the language.
    Unknown,
}

/// What a value is, given what may stand there.
pub(super) fn inside(takes: Option<&'static Takes>, node: &Node) -> Inside {
    let is_list = matches!(node.content, Content::List(_));
    match takes {
        Some(Takes::OneOf(all)) => all
            .iter()
            .map(|one| inside(Some(one), node))
            .find(|one| !matches!(one, Inside::Unknown))
            .unwrap_or(Inside::Unknown),
        Some(Takes::In(mapping)) if !is_list => Inside::Fixed(*mapping),
        Some(Takes::Each(_, takes)) if !is_list => Inside::Each(takes),
        Some(Takes::List(takes)) if is_list => Inside::Each(takes),
        Some(takes @ Takes::Pairs(_)) if is_list => Inside::Each(takes),
        // One of the pairs.
        Some(Takes::Pairs(takes)) => Inside::Each(takes),
        _ => Inside::Unknown,
    }
}

/// Whether a text there is one for people to read.
pub(super) fn is_prose(takes: Option<&'static Takes>) -> bool {
    match takes {
        Some(Takes::Prose) => true,
        Some(Takes::OneOf(all)) => all.iter().any(|one| matches!(one, Takes::Prose)),
        _ => false,
    }
}

impl Inside {
    /// What may stand behind an entry.
    pub(super) fn behind(self, entry: &Entry) -> Option<&'static Takes> {
        match self {
            Self::Each(takes) => Some(takes),
            Self::Fixed(mapping) => {
                let row = mapping.row(key(entry)?)?;
                Some(&row.takes)
            }
            Self::Unknown => None,
        }
    }

    /// Whether it is a whole file.
    pub(super) const fn is_file(self) -> bool {
        matches!(self, Self::Fixed(Mapping::Tree | Mapping::Library))
    }

    /// Whether it never stands in braces: those are for names and short ends.
    pub(super) const fn is_spread(self) -> bool {
        use Mapping::{Hook, Incident, Library, Remedy, Step, Test, Theme, Tree};
        let (Self::Fixed(mapping) | Self::Each(&Takes::In(mapping))) = self else {
            return false;
        };
        matches!(
            mapping,
            Hook | Incident | Library | Remedy | Step | Test | Theme | Tree
        )
    }

    /// Whether it is `steps:`, which stand apart.
    pub(super) const fn is_steps(self) -> bool {
        matches!(self, Self::Each(Takes::In(Mapping::Step)))
    }
}

/// The entries in the order in which they are written. An unknown key stays behind the one before it.
pub(super) fn ordered(collection: &Collection, within: Inside, keep: bool) -> Vec<&Entry> {
    let mut entries: Vec<&Entry> = collection.entries.iter().collect();
    let Inside::Fixed(mapping) = within else {
        return entries;
    };
    if keep {
        return entries;
    }
    let mut last = 0;
    let ends = mapping == Mapping::Step && entries.iter().any(|entry| is_end(entry));
    let mut ranked: Vec<(usize, &Entry)> = Vec::with_capacity(entries.len());
    for entry in entries {
        let rank = key(entry).and_then(|key| rank(mapping, ends, key));
        last = rank.unwrap_or(last);
        ranked.push((last, entry));
    }
    ranked.sort_by_key(|(rank, _)| *rank);
    entries = ranked.into_iter().map(|(_, entry)| entry).collect();
    entries
}

/// The place of a key. A step that is an end is written like an end in place, what only steps have behind it.
fn rank(mapping: Mapping, ends: bool, key: &str) -> Option<usize> {
    let place = |mapping: Mapping| mapping.rows().iter().position(|row| row.key == key);
    if !ends {
        return place(mapping);
    }
    place(Mapping::Edge).or_else(|| Some(Mapping::Edge.rows().len() + place(mapping)?))
}

fn is_end(entry: &Entry) -> bool {
    matches!(key(entry), Some("fix" | "escalate" | "end" | "return"))
}

/// The text of an entry's key.
fn key(entry: &Entry) -> Option<&str> {
    match &entry.key.as_ref()?.content {
        Content::Text(text, _) => Some(text),
        _ => None,
    }
}
