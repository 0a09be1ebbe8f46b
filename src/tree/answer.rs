//! What a question asks for and how its answers are told apart.

use std::sync::Arc;

use crate::condition::{DateSpec, FactRef, FactType, Number, NumberSpec, TextSpec};

use super::{Probe, PublicText};

/// A question: what is asked for, and which fact the answer becomes.
#[derive(Debug, Clone)]
pub struct Question {
    /// The fact that the answer sets: the step's own, or a shared one.
    pub fact: FactRef,
    /// What is asked for.
    pub kind: QuestionKind,
    /// How the machine in trouble can answer a yes/no question by itself.
    pub probe: Option<Box<Probe>>,
}

/// What a question asks for.
#[derive(Debug, Clone)]
pub enum QuestionKind {
    /// Yes or no: edges `Yes` and `No`, or `Next`.
    YesNo,
    /// One of these: an edge `Answer(i)` for each, or `Next`.
    Choice(Box<[Choice]>),
    /// Any of these: `Next`.
    Many(Box<[Choice]>),
    /// A number: an edge `Answer(i)` for each of these answers (the first that fits counts), or `Next` where there are none.
    Number(NumberSpec, Box<[NumberAnswer]>),
    /// A line of text: `Next`.
    Text(Arc<TextSpec>),
    /// A day: `Next`.
    Date(DateSpec),
}

impl QuestionKind {
    /// What values the answer takes. It copies the keys: nothing to do at every prompt.
    pub fn fact_type(&self) -> FactType {
        let keys = |choices: &[Choice]| choices.iter().map(|choice| choice.key.clone()).collect();
        match self {
            Self::YesNo => FactType::YesNo,
            Self::Choice(choices) => FactType::Choice(keys(choices)),
            Self::Many(choices) => FactType::Many(keys(choices)),
            Self::Number(spec, answers) => {
                let words = answers
                    .iter()
                    .filter(|answer| answer.test == NumberTest::Word);
                let words = words.map(|answer| answer.key.clone()).collect();
                FactType::Number(spec.clone(), words)
            }
            Self::Text(spec) => FactType::Text(Arc::clone(spec)),
            Self::Date(spec) => FactType::Date(*spec),
        }
    }
}

/// One answer to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// The author's key: its identity.
    pub key: Arc<str>,
    /// Shown instead of the key.
    pub label: Option<PublicText>,
    /// How to tell.
    pub help: Option<PublicText>,
}

/// One answer of a number question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberAnswer {
    /// The author's key: `below 5`, `OL`, `otherwise`.
    pub key: Arc<str>,
    /// What it takes.
    pub test: NumberTest,
}

/// Which replies a number question's answer takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberTest {
    /// `below 5`.
    Below(Number),
    /// `5 to 20`, both ends included.
    Between(Number, Number),
    /// `above 20`.
    Above(Number),
    /// `5`: exactly that.
    Exactly(Number),
    /// A word for what is no number; the key itself.
    Word,
    /// `otherwise`: every number that no other answer takes.
    Otherwise,
}

impl NumberTest {
    /// Whether a number is taken; a word takes none, `otherwise` any.
    pub fn takes(&self, number: Number) -> bool {
        match self {
            Self::Below(limit) => number < *limit,
            Self::Between(low, high) => *low <= number && number <= *high,
            Self::Above(limit) => number > *limit,
            Self::Exactly(wanted) => number == *wanted,
            Self::Word => false,
            Self::Otherwise => true,
        }
    }
}
