//! What is asked for → its form.

use std::sync::Arc;

use crate::condition::{DateSpec, Day, NumberSpec, TextSpec};
use crate::tree::{NumberAnswer, NumberTest};

use super::super::form::{KindForm, NumberAnswerForm, TestForm};

pub(super) fn number(spec: &NumberSpec, answers: Vec<NumberAnswerForm>) -> KindForm {
    KindForm::Number {
        min: spec.min.map(|min| min.get()),
        max: spec.max.map(|max| max.get()),
        unit: spec.unit.clone(),
        decimals: spec.decimals,
        answers,
    }
}

pub(super) fn word(key: &Arc<str>) -> NumberAnswerForm {
    NumberAnswerForm {
        key: Arc::clone(key),
        test: TestForm::Word,
    }
}

pub(super) fn number_answer(answer: &NumberAnswer) -> NumberAnswerForm {
    let test = match &answer.test {
        NumberTest::Below(limit) => TestForm::Below(limit.get()),
        NumberTest::Between(low, high) => TestForm::Between(low.get(), high.get()),
        NumberTest::Above(limit) => TestForm::Above(limit.get()),
        NumberTest::Exactly(wanted) => TestForm::Exactly(wanted.get()),
        NumberTest::Word => TestForm::Word,
        NumberTest::Otherwise => TestForm::Otherwise,
    };
    NumberAnswerForm {
        key: Arc::clone(&answer.key),
        test,
    }
}

pub(super) fn text_kind(spec: &TextSpec) -> KindForm {
    KindForm::Text {
        pattern: spec
            .pattern
            .as_ref()
            .map(|pattern| pattern.as_str().to_owned()),
        pattern_source: spec.pattern_source.clone(),
        example: spec.example.clone(),
        max: spec.max,
        secret: spec.secret,
    }
}

pub(super) fn date_kind(spec: DateSpec) -> KindForm {
    let day = |day: Day| match day {
        Day::On(date) => date.to_string(),
        Day::Today => "today".to_owned(),
    };
    KindForm::Date {
        min: spec.min.map(day),
        max: spec.max.map(day),
    }
}
