//! "It is not solved after all": a case that is over goes on in another one, which knows what was said and done. What is
//! closed stays closed, for others have been told of it; the next case is given the same replies again, as far as they
//! fit, and then stands at the first prompt that is new.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use crate::condition::{FactType, Value};
use crate::tree::{Arm, Audience, Channel, End, Library, StepKind};

use super::answer::Here;
use super::aside::SetAside;
use super::event::{Before, Remedied, Said};
use super::state::State;
use super::trail::{Came, Part, Visit};
use super::{
    Moment, Offer, Outcome, Phase, Prompt, Rejected, Reply, Session, Source, Started, Suggestion,
    accept, edges,
};

impl Session {
    /// How the case begins that goes on where this one, of that name, has ended; `None` while this one is not over.
    /// `library` is that of today: what it does not know, or would not take, is left out.
    pub fn again(&self, case: &str, library: &Library, at: Moment) -> Option<Started> {
        let Phase::Closed(..) = self.state.phase else {
            return None;
        };
        let was = self.started()?;
        let mut started = Started::new(self.begun_at()?, self.audience(), self.channel());
        started.words.clone_from(&was.words);
        started.ticket.clone_from(&was.ticket);
        started.facts = self.facts_for(library, at);
        started.before = Some(Before {
            case: case.into(),
            solved_by: self.solved_by(),
            said: self.said(),
        });
        Some(started)
    }

    /// Gives the replies of the case before again: what was asked as it was answered, what was done as already tried; up
    /// to the first prompt at which that does not go. "Is the problem solved?" is answered no, for that is why the case
    /// goes on. The rest stays a suggestion.
    ///
    /// # Errors
    /// None that a case which has just begun can have.
    pub fn go_on_as_before(&mut self, at: Moment) -> Result<(), Rejected> {
        let mut denied = false;
        loop {
            let seq = self.seq();
            let (reply, source) = match self.prompt() {
                Prompt::Solved(..) if !denied => (Reply::yes(false), Source::Asked),
                Prompt::Solved(..) => return Ok(()),
                _ => match self.said_before() {
                    Some(reply) => (reply, Source::Before),
                    None => return Ok(()),
                },
            };
            denied = source == Source::Asked;
            let Some(step) = self.prompt().at().map(|here| here.name().into_owned()) else {
                return Ok(());
            };
            if self.reply(seq, &step, reply, source, at).is_err() {
                return Ok(());
            }
            // Nobody is told once more what did not help: the question before it is asked anew.
            if matches!(
                self.prompt(),
                Prompt::End(_, _, Outcome::Resolved | Outcome::Ended, _)
            ) {
                let kept = self.events.iter().take_while(|event| event.seq <= seq);
                let kept: Vec<_> = kept.cloned().collect();
                let earlier = Self::replay(Arc::clone(&self.library), &kept);
                *self = earlier.map_err(|stopped| stopped.why)?;
                return Ok(());
            }
        }
    }

    /// What was replied in the case before to the prompt that stands. A remedy that had solved the problem is answered as
    /// it was where its fix says how to go on if it did not last.
    fn said_before(&self) -> Option<Reply> {
        let prompt = self.prompt();
        let at = prompt.at()?;
        let Some(Suggestion::SetAside(reply)) = at.suggestion else {
            return None;
        };
        let solved_by = self.started()?.before.as_ref()?.solved_by.as_ref();
        let did_solve = solved_by.is_some_and(|remedy| {
            *remedy.step == *at.step.name && *remedy.tree == *at.tree.name && goes_on(at.here())
        });
        Some(if did_solve {
            Reply::yes(true)
        } else {
            reply.clone()
        })
    }

    /// The tree in which the walk began, or that a person picked later.
    fn begun_at(&self) -> Option<Arc<str>> {
        let picked = self.picked();
        match self.state.trail.get(picked).filter(|_| picked > 0) {
            Some(visit) => Some(Arc::clone(&self.library.tree(visit.tree).name)),
            None => self.started().map(|was| Arc::clone(&was.tree)),
        }
    }

    /// Where in the trail the tree begins that a person picked last; 0 where none did.
    fn picked(&self) -> usize {
        let mut trail = self.state.trail.iter();
        trail
            .rposition(|visit| visit.came == Came::Abandoned)
            .map_or(0, |left| left + 1)
    }

    /// The shared facts, without secrets and what edges set: those follow anew.
    fn facts_for(&self, library: &Library, at: Moment) -> BTreeMap<Arc<str>, Value> {
        let known = self.facts().into_iter();
        let said = known.filter(|fact| fact.tree.is_none() && fact.source != Source::Set);
        said.filter_map(|fact| {
            let kind = &library.fact(library.find_fact(&fact.name)?).kind;
            let is_secret = matches!(kind, FactType::Text(spec) if spec.secret);
            let fits = !is_secret && accept::of_type(kind, &fact.value, at).is_ok();
            fits.then_some((fact.name, fact.value))
        })
        .collect()
    }

    /// The remedy whose check was answered yes and led straight to the end.
    fn solved_by(&self) -> Option<Remedied> {
        let Phase::Closed(Outcome::Resolved, true) = self.state.phase else {
            return None;
        };
        let last = self
            .state
            .trail
            .iter()
            .rev()
            .find(|visit| matches!(visit.came, Came::Replied { .. }))?;
        let here = Here::of(&self.library, last);
        let is_remedy = last.part == Part::Step && matches!(here.step.kind, StepKind::Remedy(_));
        is_remedy.then(|| Remedied {
            tree: Arc::clone(&here.tree.name),
            step: Arc::clone(&here.step.name),
        })
    }

    /// What was replied: on the way to the end first, then what was done on other ways, then in the cases before this one.
    fn said(&self) -> Vec<Said> {
        let (earlier, way) = self.state.trail.split_at(self.picked());
        let aside = self.state.done_before.values().map(|done| &done.visit);
        let carried = self.started().and_then(|was| was.before.as_ref());
        let carried = carried.map_or(&[][..], |before| &before.said);
        let was: HashMap<_, &Said> = carried
            .iter()
            .rev()
            .map(|said| (said.place(), said))
            .collect();
        let mut said: Vec<Said> = way.iter().filter_map(|visit| self.said_at(visit)).collect();
        for one in &mut said {
            // What it was answered when it was really done.
            if one.reply == Reply::Tried
                && let Some(was) = was.get(&one.place())
            {
                one.clone_from(was);
            }
        }
        let others = earlier
            .iter()
            .chain(aside)
            .filter_map(|visit| self.said_at(visit));
        let mut places: HashSet<_> = said.iter().map(Said::place).collect();
        let others = others.chain(carried.iter().cloned());
        let others = others.filter(|other| places.insert(other.place()));
        let others: Vec<Said> = others.collect();
        said.extend(others);
        said
    }

    fn said_at(&self, visit: &Visit) -> Option<Said> {
        let Came::Replied { reply, given, .. } = &visit.came else {
            return None;
        };
        if visit.part != Part::Step || matches!(reply, Reply::Person | Reply::Answer(Value::Secret))
        {
            return None;
        }
        let here = Here::of(&self.library, visit);
        Some(Said {
            tree: Arc::clone(&here.tree.name),
            step: Arc::clone(&here.step.name),
            reply: reply.clone(),
            at: self.moment(*given),
        })
    }
}

impl Started {
    /// An agent goes on: how they talk, if that is known; else as before, by phone where nobody talked.
    pub fn go_on_by_agent(&mut self, agent: Option<Arc<str>>, channel: Option<Channel>) {
        self.audience = Audience::Agent;
        self.channel = channel.unwrap_or(match self.channel {
            Channel::SelfService => Channel::Phone,
            as_before => as_before,
        });
        self.by = agent;
    }
}

impl Said {
    /// Of which prompt.
    fn place(&self) -> (Arc<str>, Arc<str>) {
        (Arc::clone(&self.tree), Arc::clone(&self.step))
    }
}

/// Whether the fix to which a remedy's yes leads says where to go if it did not last.
fn goes_on(here: Here<'_>) -> bool {
    let Some((_, _, to)) = edges::find(here.tree, here.at, |arm| matches!(arm, Arm::Yes)) else {
        return false;
    };
    let is_fix = match &here.tree.step(to).kind {
        StepKind::End(end) => matches!(**end, End::Fix { .. }),
        _ => false,
    };
    is_fix && edges::find(here.tree, to, |arm| matches!(arm, Arm::No)).is_some()
}

impl State {
    /// Suggests what was replied in the case before, where its step is still there.
    pub(super) fn remember(&mut self, library: &Library, before: &Before) {
        for said in before.said.iter().rev() {
            let Some((visit, here)) = found(library, said) else {
                continue;
            };
            self.aside.put(
                (visit.tree, visit.step, visit.part),
                SetAside {
                    reply: suggested(here, &said.reply),
                    source: Source::Before,
                    given: visit.seq,
                    shown: visit.seq,
                    uses: Vec::new(),
                    by_change: false,
                },
            );
        }
    }
}

/// What was replied in the case before, as a visit of the library of today.
pub(super) fn found<'l>(library: &'l Library, said: &Said) -> Option<(Visit, Here<'l>)> {
    let tree = library.find(&said.tree)?;
    let step = library.tree(tree).find(&said.step)?;
    let visit = Visit {
        tree,
        step,
        part: Part::Step,
        seq: 1,
        came: Came::Replied {
            reply: said.reply.clone(),
            source: Source::Before,
            given: 1,
        },
        undo: 0,
        left: None,
    };
    let here = Here::of(library, &visit);
    Some((visit, here))
}

/// What was done has been tried; what was answered is answered so.
fn suggested(here: Here<'_>, reply: &Reply) -> Reply {
    match (&here.step.kind, reply) {
        (StepKind::Remedy(_), Reply::Answer(_) | Reply::Unsure) => Reply::Tried,
        (StepKind::Instruction, Reply::Done) if Offer::at(here).tried => Reply::Tried,
        (_, reply) => reply.clone(),
    }
}
