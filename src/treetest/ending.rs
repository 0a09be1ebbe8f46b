//! Where a walk ended, in the words of `ends:`, and every end that a tree has.

use std::collections::BTreeSet;

use crate::tree::{End, StepId, StepKind};

use super::stage::Stage;

/// The words by which tests name the end at a node, the first one preferred; nothing where the node is no end.
pub(super) fn names(stage: &Stage<'_>, id: StepId) -> Vec<String> {
    let step = stage.tree.step(id);
    if id == stage.tree.stuck() {
        return vec!["stuck".to_owned()];
    }
    if let Some(door) = stage.doors.get(&id) {
        return vec![door.to_string()];
    }
    let StepKind::End(end) = &step.kind else {
        return Vec::new();
    };
    let owner = step.name.split_once('.').map(|(owner, _)| owner);
    let Some(owner) = owner else {
        return vec![step.name.to_string()];
    };
    let text = match &**end {
        End::Fix {
            what,
            remedy: false,
            ..
        } => what.0.source().trim().to_owned(),
        End::Fix { remedy: true, .. } => return vec![owner.to_owned()],
        End::Escalate { team, .. } => team.to_string(),
        End::Information { text } => text.0.source().trim().to_owned(),
        End::Return { value } => value.to_string(),
    };
    let mut names = vec![text];
    if is_of_remedy(stage, &step.name, owner) {
        names.push(owner.to_owned());
    }
    names
}

/// Whether that is the fix, in other words, of a remedy that helped.
fn is_of_remedy(stage: &Stage<'_>, name: &str, owner: &str) -> bool {
    let remedy = stage.tree.find(owner).map(|id| &stage.tree.step(id).kind);
    name.strip_prefix(owner) == Some(".yes") && matches!(remedy, Some(StepKind::Remedy(_)))
}

/// Whether the end at a node is the one that a test names. Spaces and line breaks do not count.
pub(super) fn is(stage: &Stage<'_>, id: StepId, wanted: &str) -> bool {
    let wanted = one_line(wanted);
    names(stage, id).iter().any(|name| one_line(name) == wanted)
}

/// The words of all ends of the tree.
pub(super) fn all(stage: &Stage<'_>) -> BTreeSet<String> {
    stage
        .tree
        .steps()
        .flat_map(|(id, _)| names(stage, id))
        .map(|name| one_line(&name))
        .collect()
}

/// A text with every stretch of spaces and line breaks as one space.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
