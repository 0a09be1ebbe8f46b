//! The answers of a number question: `below 5`, `5 to 20`, `above 20`, `5`, `otherwise`, or a word for what is no number.
//! Whether ranges overlap is a check's business.

use crate::condition::{Number, NumberSpec};
use crate::tree::NumberTest;

/// What looks like a range, but is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoRange {
    /// What is wrong, to follow the key in a message.
    pub why: &'static str,
    /// What was surely meant.
    pub meant: Option<String>,
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
    if let Some(test) = exact(key) {
        return match test {
            NumberTest::Between(low, high) if low > high => Err(NoRange {
                why: "is turned around: no number is in it",
                meant: Some(format!("{high} to {low}")),
            }),
            test => Ok(test),
        };
    }
    let meant = without_unit(key, spec)
        .and_then(|key| exact(key).map(|_| key.to_owned()))
        .or_else(|| meant(key));
    match meant {
        Some(meant) => Err(NoRange {
            why: "is not how a range is written",
            meant: Some(meant),
        }),
        None if looks_like_a_range(key) => Err(NoRange {
            why: "is not how a range is written",
            meant: None,
        }),
        None => Ok(NumberTest::Word),
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

/// `below 5 Mbit/s` → `below 5`.
fn without_unit<'k>(key: &'k str, spec: &NumberSpec) -> Option<&'k str> {
    let unit = spec.unit.as_deref().unwrap_or("%");
    key.strip_suffix(unit).map(str::trim_end)
}

/// The words that people use for the same, with the right one; longer ones first.
const SPELLINGS: [(&str, &str); 16] = [
    ("less than ", "below "),
    ("lower than ", "below "),
    ("fewer than ", "below "),
    ("under ", "below "),
    ("<", "below "),
    ("more than ", "above "),
    ("higher than ", "above "),
    ("greater than ", "above "),
    ("over ", "above "),
    (">", "above "),
    ("Below ", "below "),
    ("Above ", "above "),
    ("from ", ""),
    ("between ", ""),
    ("exactly ", ""),
    ("=", ""),
];

/// What stands between the two ends of a range.
const DASHES: [&str; 6] = ["..", "-", "–", "—", " and ", " until "];

/// The right spelling of a range in another one.
fn meant(key: &str) -> Option<String> {
    let key = SPELLINGS
        .iter()
        .find_map(|(from, to)| {
            key.strip_prefix(from)
                .map(|rest| format!("{to}{}", rest.trim_start()))
        })
        .unwrap_or_else(|| key.to_owned());
    if exact(&key).is_some() {
        return Some(key);
    }
    DASHES.iter().find_map(|dash| {
        // A dash in front is a sign.
        let at = key.get(1..)?.find(dash)? + 1;
        let low = Number::parse(key.get(..at)?)?;
        let high = Number::parse(key.get(at + dash.len()..)?)?;
        Some(format!("{low} to {high}"))
    })
}

/// Whether a key begins like a range, so that it cannot be meant as a word.
fn looks_like_a_range(key: &str) -> bool {
    let first_word = key.split_whitespace().next().unwrap_or("");
    matches!(
        first_word,
        "below" | "above" | "at" | "up" | "over" | "under"
    ) && key.contains(|character: char| character.is_ascii_digit())
        || key.starts_with(['<', '>', '≤', '≥', '='])
        || (key.starts_with(|character: char| character.is_ascii_digit())
            && (key.contains(" to ") || key.contains("..") || key.contains('–')))
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
        ] {
            let error: NoRange = read(key, &spec).unwrap_err();
            assert_eq!(error.meant.as_deref(), expected, "{key}");
        }
    }
}
