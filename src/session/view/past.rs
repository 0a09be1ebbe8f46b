//! The question behind an earlier answer, to be asked once more when the answer is corrected.

use crate::condition::FactType;
use crate::session::answer::Here;
use crate::session::trail::{Part, Visit};
use crate::session::{Changing, Session};
use crate::tree::StepKind;

use super::answers::Answers;
use super::markdown::PublicMarkdown;
use super::words::Words;

/// A question that was answered before.
#[derive(Debug, Clone)]
pub struct PastQuestion {
    /// What was asked; of a remedy, its check.
    pub ask: Option<PublicMarkdown>,
    /// Which values answer it.
    pub kind: FactType,
    /// What can be answered.
    pub answers: Answers,
}

impl Session {
    /// The question behind what can be changed, with the facts as they are now; `None` where there was none.
    pub fn past_question(&self, what: &Changing) -> Option<PastQuestion> {
        match what {
            Changing::Visit(seq) => {
                self.asked_at(self.state.trail.get(self.state.find_prompt(*seq)?)?)
            }
            Changing::Fact(name) => {
                let fact = self.library.find_fact(name)?;
                let by = self.state.shared(fact).and_then(|slot| slot.by);
                match by.and_then(|by| self.state.trail.get(by as usize)) {
                    Some(visit) => self.asked_at(visit),
                    None => Some(self.declared(
                        Words::new(
                            &self.library,
                            self.library.tree(self.state.top().tree),
                            &self.state,
                        ),
                        fact,
                    )),
                }
            }
        }
    }

    fn asked_at(&self, visit: &Visit) -> Option<PastQuestion> {
        let here = Here::of(&self.library, visit);
        let words = Words::new(&self.library, here.tree, &self.state);
        let (kind, answers) = match (here.part, &here.step.kind) {
            (Part::Need(fact), _) => return Some(self.declared(words, fact)),
            (Part::Solved, _) => (FactType::YesNo, Answers::plain_yes_no()),
            (Part::Step, StepKind::Remedy(_)) => (FactType::YesNo, Answers::yes_no(words, here.at)),
            (Part::Step, StepKind::Question(question)) => (
                question.kind.fact_type(),
                Answers::of_question(words, here.at, &question.kind, self.today()),
            ),
            _ => return None,
        };
        Some(PastQuestion {
            ask: super::trail::asked(words, here),
            kind,
            answers,
        })
    }

    fn declared(&self, words: Words<'_>, fact: u32) -> PastQuestion {
        let declared = self.library.fact(fact);
        PastQuestion {
            ask: Some(words.declared_ask(fact)),
            kind: declared.kind.clone(),
            answers: Answers::of_declaration(words, declared, self.today()),
        }
    }
}
