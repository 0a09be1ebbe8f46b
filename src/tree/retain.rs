//! Taking trees out of a library, so that the others can be walked although these must not be.

use std::sync::{Arc, OnceLock};

use super::{Library, Outlook, StepKind, Tree, TreeId};

/// Why trees could not be taken out; the library is then not fit for use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RetainError {
    /// A tree that stays leads to one that is taken out.
    LeadsOut,
    /// Somebody else holds the trees.
    Shared,
}

impl Library {
    /// Keeps the trees whose names `keep` wants. An incident of none of the trees that are left goes as well.
    ///
    /// # Errors
    /// A tree that stays leads to one that is taken out, or somebody else holds the trees.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) -> Result<(), RetainError> {
        let mut kept = 0;
        let ids: Vec<Option<TreeId>> = self
            .trees
            .iter()
            .map(|tree| {
                keep(&tree.name).then(|| {
                    kept += 1;
                    TreeId(kept - 1)
                })
            })
            .collect();
        let new_id = |old: TreeId| ids.get(old.0 as usize).copied().flatten();
        self.trees.retain(|tree| keep(&tree.name));
        self.hash = OnceLock::new();
        self.outlook = Outlook::default();
        for tree in &mut self.trees {
            let tree = Arc::get_mut(tree).ok_or(RetainError::Shared)?;
            relink(tree, &new_id).ok_or(RetainError::LeadsOut)?;
        }
        self.incidents.retain_mut(|incident| {
            let everywhere = incident.trees.is_empty();
            incident.trees = incident.trees.iter().copied().filter_map(new_id).collect();
            everywhere || !incident.trees.is_empty()
        });
        Ok(())
    }
}

/// Gives the trees that a tree leads to their new ids; `None` where one has none.
fn relink(tree: &mut Tree, new_id: &impl Fn(TreeId) -> Option<TreeId>) -> Option<()> {
    for step in tree.steps_mut() {
        match &mut step.kind {
            StepKind::Call(call) => call.tree = new_id(call.tree)?,
            StepKind::Leave(to) => *to = new_id(*to)?,
            _ => {}
        }
    }
    Some(())
}
