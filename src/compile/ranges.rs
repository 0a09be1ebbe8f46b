//! The answers of a number question: `below 5`, `5 to 20`, `above 20`, `5`, `otherwise`, or a word for what is no number.
//! Whether ranges overlap is a check's business.

use crate::condition::{Number, NumberSpec};
use crate::tree::NumberTest;

mod spelling;

/// What looks like a range, but is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoRange {
    /// What is wrong, to follow the key in a message.
    pub why: &'static str,
    /// What was surely meant.
    pub meant: Option<String>,
    /// What to write, where that cannot be said in one key.
    pub help: Option<String>,
}

/// Reads an answer's key.
///
/// # Errors
/// The key looks like a range, but is none: read as a word it would never be chosen.
pub(super) fn read(key: &str, spec: &NumberSpec) -> Result<NumberTest, NoRange> {
    let key = key.trim();
    if key == "otherwise" {
        return Ok(NumberTest::Otherwise);
    }
    match exact(key) {
        Some(NumberTest::Between(low, high)) if low > high => Err(NoRange {
            why: "is turned around: no number is in it",
            meant: Some(format!("{high} to {low}")),
            help: None,
        }),
        Some(test) => Ok(test),
        None => spelling::judge(key, spec).map_or(Ok(NumberTest::Word), Err),
    }
}

/// Reads a range that is written as it should be.
fn exact(key: &str) -> Option<NumberTest> {
    if let Some(limit) = key.strip_prefix("below ") {
        return Number::parse(limit).map(NumberTest::Below);
    }
    if let Some(limit) = key.strip_prefix("above ") {
        return Number::parse(limit).map(NumberTest::Above);
    }
    if let Some((low, high)) = key.split_once(" to ") {
        return Some(NumberTest::Between(
            Number::parse(low)?,
            Number::parse(high)?,
        ));
    }
    Number::parse(key).map(NumberTest::Exactly)
}

#[cfg(test)]
mod tests {
    use super::{NoRange, read};
    use crate::condition::{Number, NumberSpec};
    use crate::tree::NumberTest;

    fn number(value: f64) -> Number {
        Number::new(value).unwrap()
    }

    #[test]
    fn ranges_and_words_are_told_apart() {
        let spec = NumberSpec::default();
        for (key, expected) in [
            ("below 5", NumberTest::Below(number(5.0))),
            ("above -2,5", NumberTest::Above(number(-2.5))),
            ("5 to 20", NumberTest::Between(number(5.0), number(20.0))),
            ("-5 to -1", NumberTest::Between(number(-5.0), number(-1.0))),
            ("5", NumberTest::Exactly(number(5.0))),
            ("otherwise", NumberTest::Otherwise),
            ("OL", NumberTest::Word),
            ("no reading", NumberTest::Word),
            ("E5", NumberTest::Word),
            ("3 beeps", NumberTest::Word),
            ("from the wall", NumberTest::Word),
            ("over there", NumberTest::Word),
            ("A-5", NumberTest::Word),
            ("2 to the left", NumberTest::Word),
        ] {
            assert_eq!(read(key, &spec), Ok(expected), "{key}");
        }
    }

    #[test]
    fn a_range_in_another_spelling_is_no_word() {
        let spec = NumberSpec {
            unit: Some("Mbit/s".into()),
            ..NumberSpec::default()
        };
        for (key, expected) in [
            ("under 5", Some("below 5")),
            ("> 20", Some("above 20")),
            ("5-20", Some("5 to 20")),
            ("-5–20", Some("-5 to 20")),
            ("5..20", Some("5 to 20")),
            ("between 5 and 20", Some("5 to 20")),
            ("20 to 5", Some("5 to 20")),
            ("below 5 Mbit/s", Some("below 5")),
            ("below 5 km", None),
            ("at least 5", None),
            ("Below 5", Some("below 5")),
            ("below 5Mbit/s", Some("below 5")),
            ("less than 5", Some("below 5")),
            ("<5", Some("below 5")),
            ("more than 5", Some("above 5")),
            ("from 3 to 10", Some("3 to 10")),
            ("3 Mbit/s to 10 Mbit/s", Some("3 to 10")),
            ("3 bis 10", Some("3 to 10")),
            ("3 through 10", Some("3 to 10")),
            ("3 - 10", Some("3 to 10")),
            ("between 10 and 3", Some("3 to 10")),
            ("exactly 5", Some("5")),
            ("from 3", None),
            ("3+", None),
            ("3 or more", None),
            (">= 3", None),
            ("≥3", None),
            ("up to 3", None),
            ("3 or less", None),
            ("<= 3", None),
        ] {
            let error: NoRange = read(key, &spec).unwrap_err();
            assert_eq!(error.meant.as_deref(), expected, "{key}");
            assert_eq!(error.help.is_some(), expected.is_none(), "{key}");
        }
    }

    #[test]
    fn a_range_with_its_limit_is_written_by_what_the_question_accepts() {
        let spec = |decimals, min: Option<f64>, max: Option<f64>| NumberSpec {
            decimals,
            min: min.and_then(Number::new),
            max: max.and_then(Number::new),
            ..NumberSpec::default()
        };
        for (key, spec, expected) in [
            ("from 3", spec(None, None, Some(100.0)), Some("3 to 100")),
            ("at least 3", spec(Some(0), None, None), Some("above 2")),
            ("3+", spec(Some(0), None, Some(9.0)), Some("3 to 9")),
            ("up to 3", spec(None, Some(0.0), None), Some("0 to 3")),
            ("3 or less", spec(Some(0), None, None), Some("below 4")),
            ("at most 3.5", spec(Some(0), None, None), None),
            ("from 30", spec(None, None, Some(9.0)), None),
        ] {
            let error: NoRange = read(key, &spec).unwrap_err();
            assert_eq!(error.meant.as_deref(), expected, "{key}");
        }
    }
}
