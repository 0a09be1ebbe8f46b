//! Whether a reply is taken at all, and where it leads. Nothing changes here.

use crate::condition::{FactRef, Value};
use crate::tree::{Arm, Library, Question, QuestionKind, Remedy, Step, StepId, StepKind, Tree};

use super::edges::Found;
use super::trail::{Part, Visit};
use super::{Moment, Offer, Rejected, Reply, Source, accept, edges, name};

/// A reply that is taken, and what it does.
#[derive(Debug)]
pub(super) struct Accepted<'l> {
    /// The reply, its value in the question's type.
    pub(super) reply: Reply,
    pub(super) source: Source,
    pub(super) fact: Option<(FactRef, Option<Value>)>,
    pub(super) way: Way<'l>,
}

/// Where an accepted reply leads.
#[derive(Debug, Clone, Copy)]
pub(super) enum Way<'l> {
    /// Along an edge; `confirmed`: a person said that the problem is solved, and it leads straight to a fix.
    Edge { found: Found<'l>, confirmed: bool },
    /// Along the first `next` whose condition holds once the fact is set.
    Next,
    /// To the tree's `stuck`.
    Stuck,
    /// To the remedy after this one in its `try`.
    NextRemedy { within: StepId, after: StepId },
    /// To what an escalation needs after this fact.
    NextNeed(u32),
    /// To the end at which the walk stands.
    End { confirmed: bool },
}

/// The prompt that is replied to.
#[derive(Debug, Clone, Copy)]
pub(super) struct Here<'l> {
    pub(super) library: &'l Library,
    pub(super) tree: &'l Tree,
    pub(super) step: &'l Step,
    pub(super) at: StepId,
    pub(super) part: Part,
}

impl<'l> Here<'l> {
    pub(super) fn of(library: &'l Library, visit: &Visit) -> Self {
        let tree = &**library.tree(visit.tree);
        Self {
            library,
            tree,
            step: tree.step(visit.step),
            at: visit.step,
            part: visit.part,
        }
    }

    /// The prompt's name, as replies give it.
    pub(super) fn name(&self) -> String {
        name::of(self.library, self.step, self.part).into_owned()
    }

    /// What a reply does here; `at` is the moment of the reply.
    pub(super) fn accept(
        self,
        reply: Reply,
        source: Source,
        at: Moment,
    ) -> Result<Accepted<'l>, Rejected> {
        match source {
            Source::Asked | Source::Claimed | Source::Before => {}
            Source::Probed if self.is_probed() => {}
            Source::Probed => return Err(Rejected::NotProbed { step: self.name() }),
            Source::Prefilled | Source::Set => {
                return Err(Rejected::NotASource {
                    source: source.name(),
                });
            }
        }
        let claimed = matches!(reply, Reply::Tried | Reply::Cannot);
        let source = match source {
            Source::Before => Source::Before,
            _ if claimed => Source::Claimed,
            asked => asked,
        };
        let taken = match (self.part, &self.step.kind) {
            (Part::End, _) => None,
            (Part::Solved, _) => self.solved(&reply, at)?,
            (Part::Need(fact), _) => self.need(fact, &reply, at)?,
            (Part::Step, StepKind::Question(question)) => self.question(question, &reply, at)?,
            (Part::Step, StepKind::Remedy(remedy)) => self.remedy(remedy, &reply, source, at)?,
            (Part::Step, _) => self.instruction(&reply),
        };
        match taken {
            Some((fact, way)) => {
                let reply = typed(reply, &fact);
                Ok(Accepted {
                    reply,
                    source,
                    fact,
                    way,
                })
            }
            None => Err(self.not_offered(&reply)),
        }
    }

    fn not_offered(self, reply: &Reply) -> Rejected {
        Rejected::NotOffered {
            step: self.name(),
            reply: reply.name(),
            offered: Offer::at(self).to_string(),
        }
    }

    /// Whether the machine in trouble can answer here by itself.
    fn is_probed(self) -> bool {
        matches!((self.part, &self.step.kind), (Part::Step, StepKind::Question(question)) if question.probe.is_some())
    }

    fn question(
        self,
        question: &Question,
        reply: &Reply,
        at: Moment,
    ) -> Result<Option<Taken<'l>>, Rejected> {
        let fact = question.fact;
        let empty = Value::Many([].into());
        let value = match reply {
            Reply::Answer(value) => value,
            Reply::None if matches!(question.kind, QuestionKind::Many(_)) => &empty,
            Reply::Unsure => {
                let way = self
                    .edge(|arm| matches!(arm, Arm::Unsure))
                    .unwrap_or(Way::Stuck);
                return Ok(Some((Some((fact, None)), way)));
            }
            Reply::None if Offer::at(self).none => return Ok(Some((None, Way::Stuck))),
            other => return Ok(self.instruction_or_person(other)),
        };
        let accepted = accept::answer(self.tree, self.at, &question.kind, value, at);
        let value = accepted.map_err(|accepted| Rejected::NotAnAnswer {
            step: self.name(),
            accepted,
        })?;
        let way = self.answer_way(question, &value);
        Ok(Some((Some((fact, Some(value))), way)))
    }

    fn answer_way(self, question: &Question, value: &Value) -> Way<'l> {
        if *value == Value::YesNo(false)
            && let Some((remedy, within)) = self.remedy_asked_for()
        {
            return Way::NextRemedy {
                within,
                after: remedy,
            };
        }
        match edges::answer(self.tree, self.at, &question.kind, value) {
            Some(found) => Way::Edge {
                found,
                confirmed: false,
            },
            None => Way::Next,
        }
    }

    /// The remedy that this step's question (its `if`) can leave out, and the `try` of it.
    fn remedy_asked_for(self) -> Option<(StepId, StepId)> {
        let (_, _, to) = edges::find(self.tree, self.at, |arm| matches!(arm, Arm::Yes))?;
        match &self.tree.step(to).kind {
            StepKind::Remedy(remedy) if remedy.condition == Some(self.at) => {
                Some((to, remedy.within?))
            }
            _ => None,
        }
    }

    fn remedy(
        self,
        remedy: &Remedy,
        reply: &Reply,
        source: Source,
        at: Moment,
    ) -> Result<Option<Taken<'l>>, Rejected> {
        let no = || match remedy.within {
            Some(within) => Way::NextRemedy {
                within,
                after: self.at,
            },
            None => self
                .edge(|arm| matches!(arm, Arm::No))
                .unwrap_or(Way::Stuck),
        };
        let way = match reply {
            Reply::Answer(value) if self.is_yes(value, at)? => self.confirm(source),
            Reply::Answer(_) => no(),
            Reply::Tried => self
                .edge(|arm| matches!(arm, Arm::Tried))
                .unwrap_or_else(no),
            Reply::Cannot => self
                .edge(|arm| matches!(arm, Arm::Cannot))
                .unwrap_or_else(no),
            Reply::Unsure => self
                .edge(|arm| matches!(arm, Arm::Unsure))
                .unwrap_or(Way::Stuck),
            Reply::Person => Way::Stuck,
            Reply::Done | Reply::None => return Ok(None),
        };
        Ok(Some((None, way)))
    }

    /// The way of a remedy that helped.
    fn confirm(self, source: Source) -> Way<'l> {
        match edges::find(self.tree, self.at, |arm| matches!(arm, Arm::Yes)) {
            Some(found) => Way::Edge {
                found,
                confirmed: !matches!(source, Source::Probed | Source::Before),
            },
            None => Way::Stuck,
        }
    }

    fn is_yes(self, value: &Value, at: Moment) -> Result<bool, Rejected> {
        let typed = accept::answer(self.tree, self.at, &QuestionKind::YesNo, value, at);
        let typed = typed.map_err(|accepted| Rejected::NotAnAnswer {
            step: self.name(),
            accepted,
        })?;
        Ok(typed == Value::YesNo(true))
    }

    fn instruction(self, reply: &Reply) -> Option<Taken<'l>> {
        match reply {
            Reply::Done => Some((None, Way::Next)),
            Reply::Unsure => Some((
                None,
                self.edge(|arm| matches!(arm, Arm::Unsure))
                    .unwrap_or(Way::Stuck),
            )),
            other => self.instruction_or_person(other),
        }
    }

    /// The replies that every `do` takes (where there is one), and `person`.
    fn instruction_or_person(self, reply: &Reply) -> Option<Taken<'l>> {
        let way = match reply {
            Reply::Person => Way::Stuck,
            Reply::Tried if Offer::at(self).tried => self
                .edge(|arm| matches!(arm, Arm::Tried))
                .unwrap_or(Way::Next),
            Reply::Cannot if Offer::at(self).cannot => self
                .edge(|arm| matches!(arm, Arm::Cannot))
                .unwrap_or(Way::Stuck),
            _ => return None,
        };
        Some((None, way))
    }

    fn need(self, fact: u32, reply: &Reply, at: Moment) -> Result<Option<Taken<'l>>, Rejected> {
        let declared = &self.library.fact(fact).kind;
        let empty = Value::Many([].into());
        let value = match reply {
            Reply::Answer(value) => value,
            Reply::None if Offer::at(self).none => &empty,
            Reply::Unsure => {
                return Ok(Some((
                    Some((FactRef::Shared(fact), None)),
                    Way::NextNeed(fact),
                )));
            }
            // Who stands at `stuck` is on the way to a person: the rest is not asked.
            Reply::Person if self.at == self.tree.stuck() => {
                return Ok(Some((None, Way::End { confirmed: false })));
            }
            Reply::Person => return Ok(Some((None, Way::Stuck))),
            _ => return Ok(None),
        };
        let value =
            accept::of_type(declared, value, at).map_err(|accepted| Rejected::NotAnAnswer {
                step: self.name(),
                accepted,
            })?;
        Ok(Some((
            Some((FactRef::Shared(fact), Some(value))),
            Way::NextNeed(fact),
        )))
    }

    fn solved(self, reply: &Reply, at: Moment) -> Result<Option<Taken<'l>>, Rejected> {
        let way = match reply {
            Reply::Answer(value) if self.is_yes(value, at)? => Way::End { confirmed: true },
            Reply::Answer(_) => self
                .edge(|arm| matches!(arm, Arm::No))
                .unwrap_or(Way::Stuck),
            Reply::Unsure => Way::End { confirmed: false },
            Reply::Person => Way::Stuck,
            Reply::Done | Reply::Tried | Reply::Cannot | Reply::None => return Ok(None),
        };
        Ok(Some((None, way)))
    }

    fn edge(self, wanted: fn(&Arm) -> bool) -> Option<Way<'l>> {
        let found = edges::find(self.tree, self.at, wanted)?;
        Some(Way::Edge {
            found,
            confirmed: false,
        })
    }
}

type Taken<'l> = (Option<(FactRef, Option<Value>)>, Way<'l>);

/// The reply with its value in the question's type. Yes/no checks are typed here, as they become no fact.
fn typed(reply: Reply, fact: &Option<(FactRef, Option<Value>)>) -> Reply {
    match (reply, fact) {
        (Reply::Answer(_), Some((_, Some(value)))) => Reply::Answer(value.clone()),
        (Reply::Answer(Value::Choice(word) | Value::Text(word)), None) => Reply::yes(
            ["yes", "true"]
                .iter()
                .any(|yes| word.trim().eq_ignore_ascii_case(yes)),
        ),
        (reply, _) => reply,
    }
}
