//! What is found out about each tree of a library, once.

use std::sync::OnceLock;

use crate::tree::TreeId;

/// A slot for each tree.
#[derive(Debug)]
pub struct PerTree<T>(Vec<OnceLock<T>>);

impl<T> PerTree<T> {
    /// Empty slots for so many trees.
    pub fn new(trees: usize) -> Self {
        Self((0..trees).map(|_| OnceLock::new()).collect())
    }

    /// What is known of a tree. Nothing is known of a tree that could not be read as a whole, or that is not among
    /// those that are checked: anything may come of it.
    pub fn get(&self, tree: TreeId) -> Option<&T> {
        self.0.get(tree.0 as usize)?.get()
    }

    /// Keeps what was found out; the first time counts.
    pub fn set(&self, tree: TreeId, found: T) {
        if let Some(slot) = self.0.get(tree.0 as usize) {
            slot.get_or_init(|| found);
        }
    }
}
