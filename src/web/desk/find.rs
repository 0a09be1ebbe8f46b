//! Trees by a caller's words, for agents.

use std::sync::Arc;

use maud::{Markup, html};

use crate::tree::{Audience, Tree, TreeId};
use crate::web::markdown::label;
use crate::web::state::Today;

/// So many are offered.
const MOST: usize = 8;

/// The trees that fit some words, best first; the first ones where there are no words.
pub fn trees(today: &Today, words: &str) -> Vec<Arc<Tree>> {
    let library = &today.library;
    if words.trim().is_empty() {
        return library.trees.iter().take(MOST).cloned().collect();
    }
    let hits = today.search.find(words, Audience::Agent);
    let tree = |id: TreeId| library.trees.get(id.0 as usize).cloned();
    let trees = hits.iter().filter_map(|hit| tree(hit.tree));
    trees.take(MOST).collect()
}

/// How a tree is called.
pub fn title(tree: &Tree) -> Markup {
    html! { span.label { (label(tree.about.title.0.source())) } }
}
