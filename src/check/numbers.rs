//! Number questions that have answers, and the numbers that each of these takes.

use crate::condition::domain::Cut;
use crate::condition::{Domain, FactType, Number, NumberSpec};
use crate::syntax::{Form, Kind, QuestionNode, StepNode};
use crate::tree::{NumberAnswer, NumberTest, QuestionKind, StepKind};

use super::Subject;

/// A question for a number that has answers, as it is written and as it was compiled; `None` for any other step.
pub fn ranged<'a>(
    subject: &Subject<'a>,
    step: &'a StepNode,
) -> Option<(&'a QuestionNode, &'a NumberSpec, &'a [NumberAnswer])> {
    let Form::Question(asked) = &step.form else {
        return None;
    };
    if asked.answers.is_empty() || !matches!(asked.kind, Kind::Number(_) | Kind::Declared) {
        return None;
    }
    let id = subject.tree.find(&step.name.value)?;
    match &subject.tree.step(id).kind {
        StepKind::Question(question) => match &question.kind {
            QuestionKind::Number(spec, answers) => Some((asked, spec, answers)),
            _ => None,
        },
        _ => None,
    }
}

/// Between which cuts they lie; of `otherwise` all, of a word none.
pub const fn bounds(test: &NumberTest) -> Option<(Cut<Number>, Cut<Number>)> {
    match test {
        NumberTest::Below(limit) => Some((Cut::Lowest, Cut::Before(*limit))),
        NumberTest::Between(low, high) => Some((Cut::Before(*low), Cut::After(*high))),
        NumberTest::Above(limit) => Some((Cut::After(*limit), Cut::Highest)),
        NumberTest::Exactly(number) => Some((Cut::Before(*number), Cut::After(*number))),
        NumberTest::Otherwise => Some((Cut::Lowest, Cut::Highest)),
        NumberTest::Word => None,
    }
}

/// Those of them that a question of this type accepts.
pub fn between(kind: &FactType, test: &NumberTest) -> Domain {
    match (kind, bounds(test)) {
        (FactType::Number(spec, words), Some((low, high))) => {
            Domain::between(spec, words, low, high)
        }
        _ => Domain::nothing(),
    }
}
