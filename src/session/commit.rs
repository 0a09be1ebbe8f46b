//! What an accepted reply changes: the visit that it ends, the fact that it gives, and the walk up to the next prompt.

use crate::condition::{FactRef, Value};
use crate::tree::{End, Step, StepKind};

use super::Source;
use super::answer::{Accepted, Here, Way};
use super::known::Slot;
use super::state::State;
use super::trail::{Came, Part};

impl State {
    /// Does what an accepted reply does, up to the next prompt. `given` is the number of the event that brought the
    /// reply, which on a redone walk is an earlier one than that of the event that is being applied.
    pub(super) fn commit(&mut self, here: Here<'_>, accepted: Accepted<'_>, given: u64) {
        let Accepted {
            reply,
            source,
            fact,
            way,
        } = accepted;
        let is_shared = matches!(fact, Some((FactRef::Shared(_), _)));
        if let Some(visit) = self.trail.last_mut() {
            visit.came = Came::Replied {
                reply,
                source,
                given,
            };
        }
        if let Some((fact, value)) = fact {
            self.learn(fact, value, source);
        }
        let is_remedy = matches!(here.step.kind, StepKind::Remedy(_));
        if here.part == Part::Step && (is_shared || is_remedy) {
            self.mark_answered(here.at);
        }
        self.go(here, way);
    }

    /// Sets a fact by the reply to the last visit, or unsets it.
    fn learn(&mut self, fact: FactRef, value: Option<Value>, source: Source) {
        let by = self.trail.len().checked_sub(1).map(|last| last as u32);
        let slot = value.map(|value| Slot { value, source, by });
        match fact {
            FactRef::Shared(fact) => self.set_shared(fact, slot),
            FactRef::Step(fact) => self.set_fact(fact, slot),
            FactRef::Audience | FactRef::Channel | FactRef::Exit | FactRef::Output => {}
        }
    }

    fn go(&mut self, here: Here<'_>, way: Way<'_>) {
        let (tree, at) = (here.tree, here.at);
        let (to, confirmed) = match way {
            Way::Edge { found, confirmed } => (self.take(found), confirmed),
            Way::Next => (self.follow_next(tree, at), false),
            Way::Stuck => (tree.stuck(), false),
            Way::NextRemedy { within, after } => match &tree.step(within).kind {
                StepKind::Try(remedies) => {
                    (self.next_remedy(tree, within, remedies, Some(after)), false)
                }
                _ => (tree.stuck(), false),
            },
            Way::NextNeed(fact) => return self.next_need(at, needs(here.step), Some(fact)),
            Way::End { confirmed } => {
                return self.visit(at, Part::End, Came::Ended { confirmed });
            }
        };
        self.arrive(here.library, to, confirmed);
    }
}

/// What an escalation needs.
fn needs(step: &Step) -> &[u32] {
    match &step.kind {
        StepKind::End(end) => match &**end {
            End::Escalate { needs, .. } => needs,
            End::Fix { .. } | End::Information { .. } | End::Return { .. } => &[],
        },
        _ => &[],
    }
}
