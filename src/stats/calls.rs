//! Which calls are open while one case is counted, so that the way out of a call is counted when the walk comes back. It
//! knows them from the steps that were passed alone: where somebody went back or changed an earlier answer, and it is not
//! clear which calls are open, none is.

use super::{NodeId, Nodes};

/// The calls that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Calls {
    open: Vec<Open>,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    call: NodeId,
    /// The tree that was called.
    callee: usize,
}

impl Calls {
    /// The walk goes from one step straight to another; gives the call that it thereby comes back from.
    pub(super) fn cross(&mut self, nodes: &Nodes, from: NodeId, to: NodeId) -> Option<NodeId> {
        let (left, entered) = (nodes.tree_of(from)?, nodes.tree_of(to)?);
        if left == entered {
            return None;
        }
        if nodes.is_call(from) {
            self.open.push(Open {
                call: from,
                callee: entered,
            });
            return None;
        }
        if self.open.last().map(|open| open.callee) != Some(left) {
            return None;
        }
        // A tree whose own call returned may have returned at once itself.
        let is_its = |open: &Open| nodes.tree_of(open.call) == Some(entered);
        let back = self.open.iter().rposition(is_its)?;
        let call = self.open.get(back).map(|open| open.call);
        self.open.truncate(back);
        call
    }

    /// Somebody moved the walk to a step, over whatever lay between.
    pub(super) fn moved(&mut self, nodes: &Nodes, to: Option<NodeId>) {
        let tree = to.and_then(|to| nodes.tree_of(to));
        let depth = self.open.iter().rposition(|open| Some(open.callee) == tree);
        self.open.truncate(depth.map_or(0, |depth| depth + 1));
    }
}
