//! Which kinds of reply a prompt takes.

use std::fmt;

use serde::Serialize;
use utoipa::ToSchema;

use crate::condition::FactType;
use crate::tree::{Arm, QuestionKind, StepKind};

use super::answer::Here;
use super::trail::Part;

/// The kinds of reply that a prompt takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, ToSchema)]
pub struct Offer {
    /// An answer to its question.
    pub answer: bool,
    /// "Done".
    pub done: bool,
    /// "Already tried".
    pub tried: bool,
    /// "Cannot do that".
    pub cannot: bool,
    /// "I don't know".
    pub unsure: bool,
    /// "None of these".
    pub none: bool,
    /// "Let me talk to somebody".
    pub person: bool,
}

impl Offer {
    /// What the prompt takes. It looks at the step's own edges only, and allocates nothing.
    pub(super) fn at(here: Here<'_>) -> Self {
        match (here.part, &here.step.kind) {
            (Part::End, _) => Self::default(),
            (Part::Solved, _) => Self {
                answer: true,
                unsure: true,
                person: true,
                ..Self::default()
            },
            (Part::Need(fact), _) => {
                let none = matches!(here.library.fact(fact).kind, FactType::Many(_));
                Self {
                    answer: true,
                    unsure: true,
                    none,
                    person: true,
                    ..Self::default()
                }
            }
            (Part::Step, StepKind::Question(question)) => {
                let says_to_do = here.step.instruction.is_some();
                Self {
                    answer: true,
                    done: false,
                    tried: says_to_do && leads_when_tried(here),
                    cannot: says_to_do,
                    unsure: true,
                    none: has_answers(&question.kind),
                    person: true,
                }
            }
            (Part::Step, StepKind::Remedy(_)) => Self {
                answer: true,
                done: false,
                tried: true,
                cannot: true,
                unsure: true,
                none: false,
                person: true,
            },
            (Part::Step, _) => Self {
                answer: false,
                done: true,
                tried: leads_when_tried(here),
                cannot: true,
                unsure: true,
                none: false,
                person: true,
            },
        }
    }
}

fn leads_when_tried(here: Here<'_>) -> bool {
    here.tree
        .edge(here.at, |arm| matches!(arm, Arm::Tried | Arm::Next(_)))
        .is_some()
}

/// Whether there are answers of which it can be none.
fn has_answers(kind: &QuestionKind) -> bool {
    match kind {
        QuestionKind::Choice(_) | QuestionKind::Many(_) => true,
        QuestionKind::Number(_, answers) => !answers.is_empty(),
        QuestionKind::YesNo | QuestionKind::Text(_) | QuestionKind::Date(_) => false,
    }
}

impl fmt::Display for Offer {
    /// As a list: `answer, unsure, person`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [
            (self.answer, "answer"),
            (self.done, "done"),
            (self.tried, "tried"),
            (self.cannot, "cannot"),
            (self.unsure, "unsure"),
            (self.none, "none"),
            (self.person, "person"),
        ];
        let offered: Vec<&str> = kinds
            .iter()
            .filter(|(offered, _)| *offered)
            .map(|(_, name)| *name)
            .collect();
        match &*offered {
            [] => out.write_str("no reply: close it, or go back"),
            offered => out.write_str(&offered.join(", ")),
        }
    }
}
