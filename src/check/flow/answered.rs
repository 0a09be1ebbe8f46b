//! Which values an answer stands for.

use crate::condition::{Domain, FactType, Value};
use crate::tree::{Arm, NumberAnswer, NumberTest, Question, QuestionKind, StepId, Tree};

use super::super::numbers::between;

/// The values with which a question is left by one of its arms; by `next`, those that have no arm of their own.
pub fn by(tree: &Tree, id: StepId, question: &Question, kind: &FactType, arm: &Arm) -> Domain {
    if !matches!(arm, Arm::Next(_)) {
        return own(question, kind, arm);
    }
    let arms = tree.edges(id).map(|(_, edge, _)| &edge.arm);
    let own_arms = arms.filter(|arm| matches!(arm, Arm::Yes | Arm::No | Arm::Answer(_)));
    own_arms.fold(Domain::of(kind), |rest, arm| {
        rest.minus(&own(question, kind, arm))
    })
}

fn own(question: &Question, kind: &FactType, arm: &Arm) -> Domain {
    match (arm, &question.kind) {
        (Arm::Yes, _) => Domain::only(kind, &Value::YesNo(true)),
        (Arm::No, _) => Domain::only(kind, &Value::YesNo(false)),
        (Arm::Answer(at), QuestionKind::Choice(choices)) => match choices.get(*at as usize) {
            Some(choice) => Domain::only(kind, &Value::Choice(choice.key.clone())),
            None => Domain::nothing(),
        },
        (Arm::Answer(at), QuestionKind::Number(_, answers)) => number(kind, answers, *at as usize),
        _ => Domain::of(kind),
    }
}

/// The numbers that no earlier answer takes; of `otherwise`, those that none takes.
fn number(kind: &FactType, answers: &[NumberAnswer], at: usize) -> Domain {
    let Some(answer) = answers.get(at) else {
        return Domain::nothing();
    };
    let before = match answer.test {
        NumberTest::Word => return Domain::only(kind, &Value::Choice(answer.key.clone())),
        NumberTest::Otherwise => answers.len(),
        _ => at,
    };
    let earlier = answers.iter().take(before);
    let mut left = between(kind, &answer.test);
    for answer in earlier.filter(|answer| has_numbers(&answer.test)) {
        left = left.minus(&between(kind, &answer.test));
    }
    left
}

const fn has_numbers(test: &NumberTest) -> bool {
    !matches!(test, NumberTest::Word | NumberTest::Otherwise)
}
