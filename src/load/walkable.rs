//! The part of a library that can be walked, although other trees have errors; trees in it by their names.

use std::sync::Arc;

use crate::compile::{Options, SoundPart};
use crate::diagnostic::nearest;
use crate::hooks::Hooks;
use crate::tree::{Audience, Library, TreeId};

use super::search::SearchIndex;
use super::{Files, Loaded};

/// A library that can be walked, and what had to be left out of it.
#[derive(Debug)]
pub struct Walkable {
    /// The library.
    pub library: Arc<Library>,
    /// Trees with errors, and trees that lead to them.
    pub left_out: Vec<Arc<str>>,
    /// What is told to other systems.
    pub hooks: Hooks,
    /// Whether there are mistakes in them, so that something is not sent.
    pub hooks_are_wrong: bool,
}

impl Files {
    /// What can be walked of these files.
    ///
    /// # Errors
    /// The library file has errors, or no tree is left.
    pub fn walkable(&self, options: &Options) -> anyhow::Result<Walkable> {
        let walkable = self.walkable_or_none(options);
        anyhow::ensure!(!walkable.library.trees.is_empty(), NOTHING);
        Ok(walkable)
    }

    /// As [`Self::walkable`], with no tree where none is left: enough to go on with a case, which has its own.
    pub fn walkable_or_none(&self, options: &Options) -> Walkable {
        let Loaded {
            compilation, hooks, ..
        } = self.compile(options);
        let hooks_are_wrong = compilation.hooks_are_wrong();
        let broken = compilation.broken_trees();
        let (library, left_out) = match compilation.into_sound_part() {
            Ok(SoundPart {
                library, left_out, ..
            }) => (library, left_out),
            Err(_) => (Arc::default(), broken),
        };
        Walkable {
            library,
            left_out,
            hooks,
            hooks_are_wrong,
        }
    }
}

/// Looks whether a library has such a team. One that names no teams takes any.
///
/// # Errors
/// There is none; says which there are.
pub fn look_for_team(library: &Library, key: &str) -> anyhow::Result<()> {
    let known: Vec<&str> = library.teams.iter().map(|team| &*team.key).collect();
    anyhow::ensure!(
        known.is_empty() || known.contains(&key),
        "there is no team \"{key}\"; there are {}",
        known.join(", ")
    );
    Ok(())
}

/// Said where nothing is left.
pub(super) const NOTHING: &str =
    "the library has errors, so nothing can be walked: run `fixpath check`";

impl Walkable {
    /// Looks whether there is such a team. A library that names no teams takes any.
    ///
    /// # Errors
    /// There is none; says which there are.
    pub fn look_for_team(&self, key: &str) -> anyhow::Result<()> {
        look_for_team(&self.library, key)
    }

    /// The tree of that name.
    ///
    /// # Errors
    /// There is none (with the nearest names), or it has errors.
    pub fn find(&self, name: &str) -> anyhow::Result<TreeId> {
        if let Some(tree) = self.library.find(name) {
            return Ok(tree);
        }
        anyhow::ensure!(
            !self.left_out.iter().any(|broken| **broken == *name),
            "the tree `{name}`, or one that it leads to, has errors, so it cannot be walked: run `fixpath check`"
        );
        let near = self.near(name);
        let hint = match near.as_slice() {
            [] => "`fixpath list` shows all trees, `fixpath find WORDS` searches them".to_owned(),
            [one] => format!("did you mean `{one}`?"),
            several => format!("did you mean one of {}?", several.join(", ")),
        };
        anyhow::bail!("there is no tree `{name}`; {hint}")
    }

    /// Names near to a wrong one: misspelled as a whole or in their last part, or found by the search.
    fn near(&self, name: &str) -> Vec<String> {
        let names = || self.library.trees.iter().map(|tree| &*tree.name);
        if let Some(whole) = nearest(name, names()) {
            return vec![whole.to_owned()];
        }
        let last = |path: &'_ str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let wanted = last(name);
        let lasts: Vec<String> = names().map(last).collect();
        let nearest = nearest(&wanted, lasts.iter().map(String::as_str)).unwrap_or(&wanted);
        let same: Vec<String> = names()
            .filter(|path| last(path) == nearest)
            .map(str::to_owned)
            .collect();
        if !same.is_empty() {
            return same;
        }
        let index = SearchIndex::new(&self.library);
        let hits = index.find(&name.replace(['/', '_', '-'], " "), Audience::Agent);
        hits.iter()
            .take(3)
            .map(|hit| self.library.tree(hit.tree).name.to_string())
            .collect()
    }
}
