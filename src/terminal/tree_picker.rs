//! Finds a tree by a caller's words while they are typed. The ranking comes from outside.

use std::io;

use crate::tree::{Audience, Library, Tree, TreeId};

use super::keys::Key;
use super::line::Line;
use super::markdown::inline;
use super::pick::until_picked;
use super::picker::{Item, Picker, Press};
use super::screen::{Screen, Size};
use super::style::Role;

/// The trees that fit some words, best first.
pub type Find<'a> = dyn Fn(&str, Audience) -> Vec<TreeId> + 'a;

/// A list of trees under what is typed.
pub struct TreePicker<'a> {
    picker: Picker,
    trees: Vec<TreeId>,
    find: &'a Find<'a>,
    audience: Audience,
}

/// What a key did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// This tree was picked.
    Tree(TreeId),
    /// None.
    Closed,
    /// The list looks different now.
    Looked,
}

impl<'a> TreePicker<'a> {
    /// All trees that this audience may walk.
    pub fn new(library: &Library, find: &'a Find<'a>, audience: Audience) -> Self {
        let may_walk = |tree: &Tree| audience == Audience::Agent || tree.about.audience.is_none();
        let trees: Vec<TreeId> = library
            .trees
            .iter()
            .filter(|tree| may_walk(tree))
            .filter_map(|tree| library.find(&tree.name))
            .collect();
        let items = trees.iter().map(|id| item(library.tree(*id)));
        Self {
            picker: Picker::new(items.collect()),
            trees,
            find,
            audience,
        }
    }

    /// Applies a key.
    pub fn press(&mut self, key: Key) -> Pick {
        let (find, trees, audience) = (self.find, &self.trees, self.audience);
        match self
            .picker
            .press(key, &|typed| rank(find, trees, audience, typed))
        {
            Press::Picked(at) => self
                .trees
                .get(at)
                .map_or(Pick::Looked, |tree| Pick::Tree(*tree)),
            Press::Closed => Pick::Closed,
            Press::Looked => Pick::Looked,
        }
    }

    /// Searches for a pasted text.
    pub fn paste(&mut self, text: &str) {
        let (find, trees, audience) = (self.find, &self.trees, self.audience);
        self.picker
            .paste(text, &|typed| rank(find, trees, audience, typed));
    }

    /// The list as lines, and where the cursor stands.
    pub fn lines(&self, columns: usize, rows: usize) -> (Vec<Line>, (usize, usize)) {
        self.picker.lines(columns, rows, None)
    }
}

fn rank(find: &Find<'_>, trees: &[TreeId], audience: Audience, typed: &str) -> Vec<usize> {
    let found = find(typed, audience);
    found
        .iter()
        .filter_map(|id| trees.iter().position(|other| other == id))
        .collect()
}

fn item(tree: &Tree) -> Item {
    Item {
        label: inline(tree.about.title.0.source(), Role::Body).text(),
        detail: tree.name.to_string(),
    }
}

/// Asks what the trouble is; gives the tree picked and the words that were typed, or nothing if the person leaves.
///
/// # Errors
/// The terminal is gone.
pub fn ask_for_tree(
    screen: &mut dyn Screen,
    library: &Library,
    find: &Find<'_>,
    audience: Audience,
) -> io::Result<Option<(TreeId, String)>> {
    let TreePicker {
        mut picker, trees, ..
    } = TreePicker::new(library, find, audience);
    let rank = |typed: &str| rank(find, &trees, audience, typed);
    let show = |screen: &mut dyn Screen, picker: &Picker| draw(screen, library, picker);
    let picked = until_picked(screen, &mut picker, &rank, &show)?;
    let tree = picked.and_then(|at| trees.get(at).copied());
    Ok(tree.map(|tree| (tree, picker.typed().trim().to_owned())))
}

fn draw(screen: &mut dyn Screen, library: &Library, picker: &Picker) -> io::Result<()> {
    let Size { columns, rows } = screen.size();
    let columns = columns.saturating_sub(1);
    let mut block = vec![Line::default()];
    if let Some(name) = &library.name {
        block.push(inline(name.0.source(), Role::Quiet));
    }
    block.push(Line::of("What is the trouble?", Role::Question));
    let (lines, (row, column)) = picker.lines(columns, rows.saturating_sub(6).clamp(5, 16), None);
    let cursor = (block.len() + row, column);
    block.extend(lines);
    block.push(Line::default());
    block.push(Line::of(
        "Type it as the caller says it. Enter walks the marked tree, Esc leaves.",
        Role::Quiet,
    ));
    screen.draw(&block, Some(cursor))
}
