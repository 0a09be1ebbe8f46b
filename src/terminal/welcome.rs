//! "What is the trouble?": finding the tree to walk by a caller's own words. It starts no case.

use std::io;

use crate::tree::{Audience, Library, TreeId};

use super::interactive::block::{Block, text_columns};
use super::keys::Input;
use super::line::Line;
use super::markdown::inline;
use super::picker::{Item, Picker, Press};
use super::screen::Screen;
use super::style::Role;

/// The trees of a library in a list under what is typed.
pub struct TreePicker<'a> {
    walkable: Vec<TreeId>,
    picker: Picker,
    find: &'a dyn Fn(&str, Audience) -> Vec<TreeId>,
    audience: Audience,
}

/// What an input did.
pub enum Picked {
    /// This tree was picked.
    Tree(TreeId),
    /// None was.
    Nothing,
    /// Somebody wants to leave.
    Interrupt,
    /// Draw again, and go on.
    Looked,
}

impl<'a> TreePicker<'a> {
    /// All trees that this audience may walk; `find` gives those that fit some words, best first.
    pub fn new(
        library: &Library,
        audience: Audience,
        find: &'a dyn Fn(&str, Audience) -> Vec<TreeId>,
    ) -> Self {
        let allowed =
            |id: &TreeId| audience == Audience::Agent || library.tree(*id).about.audience.is_none();
        let ids = (0..library.trees.len() as u32).map(TreeId);
        let walkable: Vec<TreeId> = ids.filter(allowed).collect();
        let items = walkable.iter().map(|id| item(library, *id)).collect();
        Self {
            walkable,
            picker: Picker::new(items),
            find,
            audience,
        }
    }

    /// Applies an input.
    pub fn input(&mut self, input: Input) -> Picked {
        let Self {
            walkable,
            picker,
            find,
            audience,
        } = self;
        let rank = |typed: &str| {
            let found = find(typed, *audience);
            found
                .iter()
                .filter_map(|id| walkable.iter().position(|other| other == id))
                .collect()
        };
        match input {
            Input::Interrupt => Picked::Interrupt,
            Input::Resize => Picked::Looked,
            Input::Paste(text) => {
                picker.paste(&text, &rank);
                Picked::Looked
            }
            Input::Key(key) => match picker.press(key, &rank) {
                Press::Picked(at) => walkable
                    .get(at)
                    .map_or(Picked::Looked, |id| Picked::Tree(*id)),
                Press::Closed => Picked::Nothing,
                Press::Looked => Picked::Looked,
            },
        }
    }

    /// Draws question, line and list.
    pub fn draw(&self, question: &str, hint: &str, block: &mut Block, screen: &dyn Screen) {
        let size = screen.size();
        block.set_in(vec![Line::of(question, Role::Question)], None);
        let rows = size.rows.saturating_sub(6).clamp(5, 14);
        let (lines, cursor) = self.picker.lines(text_columns(size), rows, None);
        block.set_in(lines, Some(cursor));
        block.set_in(vec![Line::of(hint, Role::Quiet)], None);
    }
}

/// Lets the person find a tree; `None` if they leave.
///
/// # Errors
/// The terminal is gone.
pub fn pick_tree(
    library: &Library,
    audience: Audience,
    find: &dyn Fn(&str, Audience) -> Vec<TreeId>,
    screen: &mut dyn Screen,
) -> io::Result<Option<TreeId>> {
    let mut trees = TreePicker::new(library, audience, find);
    let hint = "Type a few words, as the caller puts it. Enter walks the tree, Esc leaves";
    loop {
        let mut block = Block::default();
        block.gap();
        trees.draw("What is the trouble?", hint, &mut block, screen);
        screen.draw(&block.lines, block.cursor)?;
        let Some(input) = screen.input(None)? else {
            continue;
        };
        let picked = match trees.input(input) {
            Picked::Looked => continue,
            Picked::Tree(id) => Some(id),
            Picked::Nothing | Picked::Interrupt => None,
        };
        screen.print(&[])?;
        return Ok(picked);
    }
}

fn item(library: &Library, id: TreeId) -> Item {
    let tree = library.tree(id);
    Item {
        label: inline(tree.about.title.0.source(), Role::Body).text(),
        detail: tree.name.to_string(),
    }
}
