//! Which values answer a question. Values of events that were read from JSON are loosely typed; here they get the
//! question's type. What runners give is typed already and costs next to nothing. Errors are what would fit, as the rest of
//! "please give …".

use std::sync::Arc;

use crate::condition::{FactType, Value};
use crate::tree::{QuestionKind, StepId, Tree};

use super::{Moment, edges};

/// The value in the question's type. `moment` is that of the event: limits can be `today`.
pub(super) fn answer(
    tree: &Tree,
    at: StepId,
    kind: &QuestionKind,
    value: &Value,
    moment: Moment,
) -> Result<Value, String> {
    let fast = match (kind, value) {
        (QuestionKind::YesNo, Value::YesNo(_)) => Some(value.clone()),
        (QuestionKind::Choice(choices), Value::Choice(key)) => choices
            .iter()
            .find(|choice| choice.key == *key)
            .map(|choice| Value::Choice(Arc::clone(&choice.key))),
        (QuestionKind::Number(spec, _), Value::Number(number)) => {
            spec.allows(*number).then(|| value.clone())
        }
        (QuestionKind::Text(spec), Value::Text(text)) => {
            (!spec.secret && spec.allows(text)).then(|| value.clone())
        }
        _ => None,
    };
    let typed = match fast {
        Some(typed) => typed,
        None => of_type(&kind.fact_type(), value, moment)?,
    };
    if leads_nowhere(tree, at, kind, &typed) {
        return Err(kind.fact_type().expected(Some(moment.day())));
    }
    Ok(typed)
}

/// The value in a fact's type.
pub(super) fn of_type(kind: &FactType, value: &Value, moment: Moment) -> Result<Value, String> {
    kind.from_json(&value.to_json(), Some(moment.day()))
        .map_err(|misfit| misfit.expected().to_owned())
}

/// Whether no answer of a number question takes the number, and no `next` does.
fn leads_nowhere(tree: &Tree, at: StepId, kind: &QuestionKind, value: &Value) -> bool {
    match kind {
        QuestionKind::Number(_, answers) => {
            edges::number_answer(answers, value).is_none() && !edges::has_next(tree, at)
        }
        _ => false,
    }
}
