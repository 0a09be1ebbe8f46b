//! How a case begins: with a tree, who walks, and what is known beforehand.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::condition::Value;
use crate::tree::{Audience, Library};

use super::known::{Slot, Talk};
use super::rejected::Misfit;
use super::state::State;
use super::{Event, Happening, Moment, Rejected, Session, Source, accept};

impl Session {
    /// Begins a case.
    ///
    /// # Errors
    /// The event is no start with number 1, or pinned to another library; there is no such tree, or it is for agents and a customer walks; facts known
    /// beforehand have no such name or do not fit (all of them are listed).
    pub fn start(library: Arc<Library>, event: Event) -> Result<Self, Rejected> {
        let Event {
            seq: 1,
            at,
            what: Happening::Started(mut started),
        } = event
        else {
            return Err(Rejected::NotAStart);
        };
        if started
            .library
            .as_ref()
            .is_some_and(|pinned| pinned != library.hash())
        {
            return Err(Rejected::OtherLibrary);
        }
        let unknown = || Rejected::UnknownTree {
            tree: Arc::clone(&started.tree),
        };
        let id = library.find(&started.tree).ok_or_else(unknown)?;
        let tree = library.tree(id);
        if tree.about.audience == Some(Audience::Agent) && started.audience == Audience::Customer {
            return Err(Rejected::NotForCustomers {
                tree: Arc::clone(&started.tree),
            });
        }
        let shared = prefill(&library, &mut started.facts, at)?;
        let talk = Talk::new(started.audience, started.channel);
        let mut state = State::new(id, shared, talk);
        state.arrive(&library, tree.start(), false);
        if let Some(before) = &started.before {
            state.remember(&library, before);
        }
        let events = vec![Event {
            seq: 1,
            at,
            what: Happening::Started(started),
        }];
        Ok(Self {
            library,
            events,
            state,
        })
    }
}

/// Types what is known beforehand. The values are replaced by the typed ones, so that no secret stays in the event.
fn prefill(
    library: &Library,
    facts: &mut BTreeMap<Arc<str>, Value>,
    at: Moment,
) -> Result<Vec<Option<Slot>>, Rejected> {
    let mut shared = vec![None; library.facts.len()];
    let mut misfits = Vec::new();
    for (name, value) in facts {
        match typed(library, name, value, at) {
            Ok((fact, typed)) => {
                value.clone_from(&typed);
                if let Some(place) = shared.get_mut(fact as usize) {
                    *place = Some(Slot {
                        value: typed,
                        source: Source::Prefilled,
                        by: None,
                    });
                }
            }
            Err(misfit) => misfits.push(misfit),
        }
    }
    if misfits.is_empty() {
        Ok(shared)
    } else {
        Err(Rejected::Misfits(misfits))
    }
}

/// The fact of a name, and a value of its type.
fn typed(
    library: &Library,
    name: &Arc<str>,
    value: &Value,
    at: Moment,
) -> Result<(u32, Value), Misfit> {
    let misfit = |accepted, known| Misfit {
        fact: Arc::clone(name),
        accepted,
        known,
    };
    let Some(fact) = library.find_fact(name) else {
        let known = library.facts.iter().map(|fact| Arc::clone(&fact.name));
        return Err(misfit(None, known.collect()));
    };
    match accept::of_type(&library.fact(fact).kind, value, at) {
        Ok(typed) => Ok((fact, typed)),
        Err(accepted) => Err(misfit(Some(accepted), Vec::new())),
    }
}
