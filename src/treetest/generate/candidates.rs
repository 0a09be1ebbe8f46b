//! The replies worth trying at each prompt: every answer of few, and of numbers, dates and texts one of each kind that
//! the tree tells apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::condition::domain::Cut;
use crate::condition::{DateSpec, Day, Domain, FactRef, FactType, NumberSpec, TextSpec, Value};
use crate::session::{Prompt, Reply};
use crate::tree::{Arm, Choice, NumberAnswer, NumberTest, QuestionKind, StepKind, Tree};

use super::super::stage::Stage;
use super::conditions::{Assignment, List, lists};
use super::constants::told_apart;

/// Texts to try where the author gives no example.
const GUESSES: [&str; 12] = [
    "text",
    "Text",
    "TEXT",
    "a",
    "1",
    "12",
    "123",
    "1234",
    "12345",
    "123456",
    "A1",
    "name@example.com",
];

/// What can be replied, by step.
#[derive(Debug)]
pub(super) struct Candidates<'t> {
    /// The conditions of the tree.
    pub(super) lists: Vec<List<'t>>,
    /// For each list the values that decide it, arm by arm.
    pub(super) assignments: Vec<Vec<(usize, Assignment)>>,
    /// Values that decide a condition, by the fact that has them.
    deciding: BTreeMap<FactRef, Vec<Value>>,
    today: Date,
}

impl<'t> Candidates<'t> {
    /// Looks at the conditions of a tree.
    pub(super) fn of(stage: &Stage<'t>, today: Date) -> Self {
        let lists = lists(stage.tree);
        let deciding = told_apart(&lists, stage.library(), stage.alone(), today);
        let assignments = lists
            .iter()
            .map(|list| list.assignments(stage.library(), stage.alone()))
            .collect();
        Self {
            lists,
            assignments,
            deciding,
            today,
        }
    }

    /// The values of a fact that decide a condition.
    pub(super) fn deciding(&self, fact: FactRef) -> impl Iterator<Item = &Value> {
        self.deciding.get(&fact).into_iter().flatten()
    }

    /// The facts that conditions read.
    pub(super) fn read(&self) -> impl Iterator<Item = FactRef> {
        self.deciding.keys().copied()
    }

    /// The replies to try where the walk stands.
    pub(super) fn at(&self, tree: &Tree, prompt: &Prompt<'_>) -> Vec<Reply> {
        let Some(at) = prompt.at() else {
            return Vec::new();
        };
        let mut replies: Vec<Reply> = match prompt {
            Prompt::Question(_, question) => {
                let values = self.answers(&question.kind, question.fact);
                values.into_iter().map(Reply::Answer).collect()
            }
            Prompt::Remedy(..) => vec![Reply::yes(true), Reply::yes(false)],
            Prompt::Instruction(_) => vec![Reply::Done],
            Prompt::Solved(..) => vec![Reply::yes(false)],
            Prompt::Need(..)
            | Prompt::End(..)
            | Prompt::Parked(_)
            | Prompt::HandedOver(_)
            | Prompt::Closed(..) => Vec::new(),
        };
        for (_, edge, _) in tree.edges(at.id).filter(|(_, edge, _)| edge.authored) {
            match edge.arm {
                Arm::Unsure if at.offer.unsure => replies.push(Reply::Unsure),
                Arm::Tried if at.offer.tried => replies.push(Reply::Tried),
                Arm::Cannot if at.offer.cannot => replies.push(Reply::Cannot),
                _ => {}
            }
        }
        replies
    }

    /// Answers to a question, plain ones first.
    fn answers(&self, kind: &QuestionKind, fact: FactRef) -> Vec<Value> {
        let mut values = match kind {
            QuestionKind::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
            QuestionKind::Choice(choices) => choices
                .iter()
                .map(|choice| Value::Choice(choice.key.clone()))
                .collect(),
            QuestionKind::Many(choices) => picks(choices),
            QuestionKind::Number(spec, answers) => numbers(spec, answers, &kind.fact_type()),
            QuestionKind::Text(spec) => text(spec).into_iter().collect(),
            QuestionKind::Date(spec) => dates(*spec, self.today),
        };
        let fact_type = kind.fact_type();
        for value in self.deciding(fact) {
            if !values.contains(value) && fact_type.accepts(value, Some(self.today)).is_ok() {
                values.push(value.clone());
            }
        }
        values
    }

    /// The text questions to which no answer was found.
    pub(super) fn unanswered(&self, stage: &Stage<'_>) -> Vec<String> {
        let steps = stage.alone().steps();
        let unanswered = steps.filter(|(_, step)| match &step.kind {
            StepKind::Question(question) => {
                matches!(question.kind, QuestionKind::Text(_))
                    && self.answers(&question.kind, question.fact).is_empty()
            }
            _ => false,
        });
        unanswered.map(|(_, step)| step.name.to_string()).collect()
    }
}

/// Values with which a walk may begin: what its question would be answered, in all kinds that the tree tells apart.
pub(super) fn values(kind: &FactType, today: Date) -> Vec<Value> {
    match kind {
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::Choice(keys) => keys.iter().cloned().map(Value::Choice).collect(),
        FactType::Many(keys) => keys
            .iter()
            .map(|key| Value::Many([key.clone()].into()))
            .collect(),
        FactType::Number(spec, _) => numbers(spec, &[], kind),
        FactType::Text(spec) => text(spec).into_iter().collect(),
        FactType::Date(spec) => dates(*spec, today),
    }
}

/// Nothing, each alone, all together.
fn picks(choices: &[Choice]) -> Vec<Value> {
    let keys = || choices.iter().map(|choice| choice.key.clone());
    let mut picks: Vec<Value> = keys().map(|key| Value::Many([key].into())).collect();
    if choices.len() > 1 {
        picks.push(Value::Many(keys().collect()));
    }
    picks.push(Value::Many([].into()));
    picks
}

/// A number for each answer, and for none of them.
fn numbers(spec: &NumberSpec, answers: &[NumberAnswer], kind: &FactType) -> Vec<Value> {
    let words: std::sync::Arc<[std::sync::Arc<str>]> = match kind {
        FactType::Number(_, words) => words.clone(),
        _ => [].into(),
    };
    let mut left = Domain::between(spec, &words, Cut::Lowest, Cut::Highest);
    let mut values = Vec::new();
    for answer in answers {
        let (low, high) = match &answer.test {
            NumberTest::Below(limit) => (Cut::Lowest, Cut::Before(*limit)),
            NumberTest::Between(low, high) => (Cut::Before(*low), Cut::After(*high)),
            NumberTest::Above(limit) => (Cut::After(*limit), Cut::Highest),
            NumberTest::Exactly(number) => (Cut::Before(*number), Cut::After(*number)),
            NumberTest::Word => {
                values.push(Value::Choice(answer.key.clone()));
                continue;
            }
            NumberTest::Otherwise => continue,
        };
        let range = Domain::between(spec, &words, low, high);
        values.extend(left.meet(&range).example());
        left = left.minus(&range);
    }
    values.extend(left.example());
    values
}

/// A text that fits.
fn text(spec: &TextSpec) -> Option<Value> {
    let example = spec.example.as_deref().map(str::trim);
    let text = example
        .into_iter()
        .chain(GUESSES)
        .find(|text| fits(spec, text))?;
    Some(Value::Text(text.into()))
}

/// A text that fits and is none of these, so that no comparison with them holds.
pub(super) fn text_but(spec: &TextSpec, named: &BTreeSet<Value>) -> Option<Value> {
    let example = spec.example.as_deref().map(str::trim);
    let guesses = example.into_iter().chain(GUESSES).map(str::to_owned);
    let seeds = example.into_iter().map(str::to_owned);
    let seeds = seeds.chain(named.iter().filter_map(|value| match value {
        Value::Text(text) => Some(text.to_string()),
        _ => None,
    }));
    let changed = seeds.flat_map(|seed| changed(&seed));
    guesses
        .chain(changed)
        .filter(|text| fits(spec, text))
        .map(|text| Value::Text(text.as_str().into()))
        .find(|text| !named.contains(text))
}

/// A text with its last letter left away, doubled, or changed to others: what a pattern allows is near what it allows.
fn changed(text: &str) -> Vec<String> {
    let Some(last) = text.chars().next_back() else {
        return Vec::new();
    };
    let before = text.strip_suffix(last).unwrap_or_default();
    let others = "0123456789AaBbXx"
        .chars()
        .map(|other| format!("{before}{other}"));
    let longer = format!("{text}{last}");
    others.chain([longer, before.to_owned()]).collect()
}

/// Whether a text can be answered and is not read as another reply.
fn fits(spec: &TextSpec, text: &str) -> bool {
    let words = ["unsure", "person", "tried", "cannot", "done", "none"];
    spec.allows(text) && !words.contains(&text)
}

/// Today, else a limit.
fn dates(spec: DateSpec, today: Date) -> Vec<Value> {
    let on = |day: Day| match day {
        Day::On(date) => date,
        Day::Today => today,
    };
    let days = [Some(today), spec.max.map(on), spec.min.map(on)];
    let mut fitting = days
        .into_iter()
        .flatten()
        .filter(|day| spec.allows(*day, Some(today)));
    fitting.next().map(Value::Date).into_iter().collect()
}
