//! Which edge a reply takes. A step looks at its own edges only.

use crate::condition::{Facts, Value};
use crate::tree::{Arm, Edge, EdgeId, NumberAnswer, NumberTest, QuestionKind, StepId, Tree};

/// An edge, and where it leads.
pub(super) type Found<'t> = (EdgeId, &'t Edge, StepId);

/// The edge with that arm.
pub(super) fn find(tree: &Tree, from: StepId, wanted: fn(&Arm) -> bool) -> Option<Found<'_>> {
    tree.find_edge(from, wanted)
}

/// The first `next` edge whose condition holds.
pub(super) fn next<'t>(tree: &'t Tree, from: StepId, facts: &impl Facts) -> Option<Found<'t>> {
    tree.find_edge(from, |arm| match arm {
        Arm::Next(condition) => condition
            .as_ref()
            .is_none_or(|condition| condition.holds(facts)),
        _ => false,
    })
}

/// Whether there is a `next`.
pub(super) fn has_next(tree: &Tree, from: StepId) -> bool {
    tree.edge(from, |arm| matches!(arm, Arm::Next(_))).is_some()
}

/// The edge that belongs to an answer alone; `None` where the answer takes `next`.
pub(super) fn answer<'t>(
    tree: &'t Tree,
    from: StepId,
    kind: &QuestionKind,
    value: &Value,
) -> Option<Found<'t>> {
    let place = match (kind, value) {
        (QuestionKind::YesNo, Value::YesNo(true)) => {
            return find(tree, from, |arm| matches!(arm, Arm::Yes));
        }
        (QuestionKind::YesNo, Value::YesNo(false)) => {
            return find(tree, from, |arm| matches!(arm, Arm::No));
        }
        (QuestionKind::Choice(choices), Value::Choice(key)) => {
            choices.iter().position(|choice| choice.key == *key)?
        }
        (QuestionKind::Number(_, answers), value) => number_answer(answers, value)?,
        _ => return None,
    };
    tree.find_edge(
        from,
        |arm| matches!(arm, Arm::Answer(at) if *at as usize == place),
    )
}

/// The place of the first answer that takes a number or a word; `otherwise` comes last wherever it stands.
pub(super) fn number_answer(answers: &[NumberAnswer], value: &Value) -> Option<usize> {
    match value {
        Value::Number(number) => {
            let takes = |answer: &NumberAnswer| {
                answer.test != NumberTest::Otherwise && answer.test.takes(*number)
            };
            answers.iter().position(takes).or_else(|| {
                answers
                    .iter()
                    .position(|answer| answer.test == NumberTest::Otherwise)
            })
        }
        Value::Choice(word) => answers
            .iter()
            .position(|answer| answer.test == NumberTest::Word && answer.key == *word),
        _ => None,
    }
}
