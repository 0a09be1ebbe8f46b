//! What is asked for, read.

use std::sync::Arc;

use regex::Regex;

use crate::condition::{DateSpec, Day, FactType, Number, NumberSpec, TextSpec};
use crate::tree::{NumberAnswer, NumberTest, QuestionKind};

use super::super::Damaged;
use super::super::form::{ChoiceForm, KindForm, NumberAnswerForm, TestForm};
use super::damaged;
use super::words::Words;

pub(super) fn question_kind(words: Words<'_>, form: KindForm) -> Result<QuestionKind, Damaged> {
    Ok(match form {
        KindForm::YesNo => QuestionKind::YesNo,
        KindForm::Choice(choices) => QuestionKind::Choice(words.choices(choices)?),
        KindForm::Many(choices) => QuestionKind::Many(words.choices(choices)?),
        KindForm::Number {
            min,
            max,
            unit,
            decimals,
            answers,
        } => {
            let answers = answers
                .into_iter()
                .map(number_answer)
                .collect::<Result<_, Damaged>>()?;
            QuestionKind::Number(number_spec(min, max, unit, decimals)?, answers)
        }
        KindForm::Text {
            pattern,
            pattern_source,
            example,
            max,
            secret,
        } => QuestionKind::Text(Arc::new(text_spec(
            pattern,
            pattern_source,
            example,
            max,
            secret,
        )?)),
        KindForm::Date { min, max } => QuestionKind::Date(date_spec(min, max)?),
        KindForm::Keys(_) | KindForm::ManyKeys(_) => {
            return damaged("a question's answers are bare keys");
        }
    })
}

pub(super) fn fact_type(form: KindForm) -> Result<FactType, Damaged> {
    Ok(match form {
        KindForm::YesNo => FactType::YesNo,
        KindForm::Keys(keys) => FactType::Choice(keys.into()),
        KindForm::ManyKeys(keys) => FactType::Many(keys.into()),
        KindForm::Number {
            min,
            max,
            unit,
            decimals,
            answers,
        } => {
            let words = answers.into_iter().map(|answer| answer.key).collect();
            FactType::Number(number_spec(min, max, unit, decimals)?, words)
        }
        KindForm::Text {
            pattern,
            pattern_source,
            example,
            max,
            secret,
        } => FactType::Text(Arc::new(text_spec(
            pattern,
            pattern_source,
            example,
            max,
            secret,
        )?)),
        KindForm::Date { min, max } => FactType::Date(date_spec(min, max)?),
        KindForm::Choice(_) | KindForm::Many(_) => {
            return damaged("a fact's answers are no bare keys");
        }
    })
}

/// The type of a step's own fact, as conditions compare it; limits play no part there.
pub(super) fn step_type(form: &KindForm) -> Result<Option<FactType>, Damaged> {
    let keys = |choices: &[ChoiceForm]| {
        choices
            .iter()
            .map(|choice| Arc::clone(&choice.key))
            .collect()
    };
    Ok(Some(match form {
        KindForm::YesNo => FactType::YesNo,
        KindForm::Choice(choices) => FactType::Choice(keys(choices)),
        KindForm::Many(choices) => FactType::Many(keys(choices)),
        KindForm::Number { answers, .. } => {
            let words = answers
                .iter()
                .filter(|answer| matches!(answer.test, TestForm::Word));
            let words = words.map(|answer| Arc::clone(&answer.key)).collect();
            FactType::Number(NumberSpec::default(), words)
        }
        KindForm::Text { secret, .. } => FactType::Text(Arc::new(TextSpec {
            secret: *secret,
            ..TextSpec::default()
        })),
        KindForm::Date { .. } => FactType::Date(DateSpec::default()),
        KindForm::Keys(_) | KindForm::ManyKeys(_) => {
            return damaged("a question's answers are bare keys");
        }
    }))
}

fn number_spec(
    min: Option<f64>,
    max: Option<f64>,
    unit: Option<Arc<str>>,
    decimals: Option<u8>,
) -> Result<NumberSpec, Damaged> {
    let (min, max) = (min.map(finite).transpose()?, max.map(finite).transpose()?);
    Ok(NumberSpec {
        min,
        max,
        unit,
        decimals,
    })
}

fn finite(value: f64) -> Result<Number, Damaged> {
    Number::new(value).ok_or_else(|| Damaged("a number has no end".into()))
}

fn number_answer(form: NumberAnswerForm) -> Result<NumberAnswer, Damaged> {
    let test = match form.test {
        TestForm::Below(limit) => NumberTest::Below(finite(limit)?),
        TestForm::Between(low, high) => NumberTest::Between(finite(low)?, finite(high)?),
        TestForm::Above(limit) => NumberTest::Above(finite(limit)?),
        TestForm::Exactly(wanted) => NumberTest::Exactly(finite(wanted)?),
        TestForm::Word => NumberTest::Word,
        TestForm::Otherwise => NumberTest::Otherwise,
    };
    Ok(NumberAnswer {
        key: form.key,
        test,
    })
}

fn text_spec(
    pattern: Option<String>,
    pattern_source: Option<Arc<str>>,
    example: Option<Arc<str>>,
    max: Option<u32>,
    secret: bool,
) -> Result<TextSpec, Damaged> {
    let pattern = pattern.map(|pattern| Regex::new(&pattern)).transpose();
    let pattern = pattern.map_err(|_| Damaged("a pattern cannot be read".into()))?;
    Ok(TextSpec {
        pattern,
        pattern_source,
        example,
        max,
        secret,
    })
}

fn date_spec(min: Option<String>, max: Option<String>) -> Result<DateSpec, Damaged> {
    let day = |day: String| match &*day {
        "today" => Ok(Day::Today),
        date => date
            .parse()
            .map(Day::On)
            .map_err(|_| Damaged(format!("`{date}` is no date"))),
    };
    Ok(DateSpec {
        min: min.map(day).transpose()?,
        max: max.map(day).transpose()?,
    })
}
