//! Ranges of numbers in the words and signs that people use for them, and how each is written right. What is no range in
//! any spelling stays a word.

use crate::condition::{Number, NumberSpec};
use crate::tree::NumberTest;

use super::{NoRange, exact};

/// What a key in another spelling means.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Meaning {
    Below(Number),
    Above(Number),
    From(Number),
    UpTo(Number),
    Between(Number, Number),
    Exactly(Number),
}

/// What words mean with a number.
type Means = fn(Number) -> Meaning;

/// What stands before one number; longer ones before those that they begin with.
const BEFORE: &[(&str, Means)] = &[
    ("less than or equal to", Meaning::UpTo),
    ("greater than or equal to", Meaning::From),
    ("more than or equal to", Meaning::From),
    ("less than", Meaning::Below),
    ("lower than", Meaning::Below),
    ("smaller than", Meaning::Below),
    ("fewer than", Meaning::Below),
    ("weniger als", Meaning::Below),
    ("below", Meaning::Below),
    ("under", Meaning::Below),
    ("unter", Meaning::Below),
    ("no more than", Meaning::UpTo),
    ("not more than", Meaning::UpTo),
    ("at most", Meaning::UpTo),
    ("up to", Meaning::UpTo),
    ("until", Meaning::UpTo),
    ("höchstens", Meaning::UpTo),
    ("bis", Meaning::UpTo),
    ("more than", Meaning::Above),
    ("higher than", Meaning::Above),
    ("greater than", Meaning::Above),
    ("bigger than", Meaning::Above),
    ("larger than", Meaning::Above),
    ("mehr als", Meaning::Above),
    ("above", Meaning::Above),
    ("over", Meaning::Above),
    ("über", Meaning::Above),
    ("no less than", Meaning::From),
    ("not less than", Meaning::From),
    ("at least", Meaning::From),
    ("from", Meaning::From),
    ("mindestens", Meaning::From),
    ("ab", Meaning::From),
    ("exactly", Meaning::Exactly),
    ("equals", Meaning::Exactly),
    ("genau", Meaning::Exactly),
    ("<=", Meaning::UpTo),
    ("=<", Meaning::UpTo),
    ("≤", Meaning::UpTo),
    ("<", Meaning::Below),
    (">=", Meaning::From),
    ("=>", Meaning::From),
    ("≥", Meaning::From),
    (">", Meaning::Above),
    ("==", Meaning::Exactly),
    ("=", Meaning::Exactly),
];

/// What stands behind one number.
const BEHIND: &[(&str, Means)] = &[
    ("or more", Meaning::From),
    ("and more", Meaning::From),
    ("or above", Meaning::From),
    ("and above", Meaning::From),
    ("and up", Meaning::From),
    ("or higher", Meaning::From),
    ("oder mehr", Meaning::From),
    ("+", Meaning::From),
    ("or less", Meaning::UpTo),
    ("or fewer", Meaning::UpTo),
    ("and less", Meaning::UpTo),
    ("or below", Meaning::UpTo),
    ("and below", Meaning::UpTo),
    ("or lower", Meaning::UpTo),
    ("oder weniger", Meaning::UpTo),
];

/// What stands before two numbers.
const OPENING: [&str; 4] = ["from ", "between ", "von ", "zwischen "];

/// What stands between two numbers; longer ones first.
const JOINTS: [&str; 13] = [
    " through ",
    " until ",
    " up to ",
    " bis ",
    " and ",
    " und ",
    " to ",
    "...",
    "..",
    "…",
    "–",
    "—",
    "-",
];

/// What is wrong with a key that is a range in another spelling, or looks like one; `None` for a word.
pub(super) fn judge(key: &str, spec: &NumberSpec) -> Option<NoRange> {
    let small = without_unit(&key.to_lowercase(), spec);
    let why = "is not how a range is written";
    match meaning(&small) {
        Some(meaning) => {
            let meant = meaning.written(spec);
            let help = meant.is_none().then(|| meaning.help());
            Some(NoRange { why, meant, help })
        }
        None if looks_like_a_range(&small) => Some(NoRange {
            why,
            meant: None,
            help: Some("write `below 5`, `5 to 20`, `above 20`, `5`, or `otherwise`".to_owned()),
        }),
        None => None,
    }
}

/// The key with the unit behind its numbers left away.
fn without_unit(key: &str, spec: &NumberSpec) -> String {
    let unit = spec.unit.as_deref().unwrap_or("%").to_lowercase();
    let mut left = String::new();
    let mut rest = key;
    while let Some((before, behind)) = rest.split_once(&*unit).filter(|_| !unit.is_empty()) {
        let number = before.trim_end();
        let is_whole = !behind.starts_with(char::is_alphanumeric);
        if number.ends_with(|last: char| last.is_ascii_digit()) && is_whole {
            left.push_str(number);
        } else {
            left.push_str(before);
            left.push_str(&unit);
        }
        rest = behind;
    }
    left + rest
}

fn meaning(key: &str) -> Option<Meaning> {
    match exact(key) {
        Some(NumberTest::Below(limit)) => return Some(Meaning::Below(limit)),
        Some(NumberTest::Above(limit)) => return Some(Meaning::Above(limit)),
        Some(NumberTest::Exactly(only)) => return Some(Meaning::Exactly(only)),
        _ => {}
    }
    two_numbers(key).or_else(|| one_number(key))
}

fn one_number(key: &str) -> Option<Meaning> {
    let number = |text: &str| Number::parse(text.trim());
    let before = BEFORE.iter().find_map(|(words, meaning)| {
        let rest = key.strip_prefix(words)?;
        let apart = !words.ends_with(char::is_alphabetic) || rest.starts_with(' ');
        apart.then(|| number(rest).map(meaning)).flatten()
    });
    before.or_else(|| {
        let mut behind = BEHIND.iter();
        behind.find_map(|(words, meaning)| number(key.strip_suffix(words)?).map(meaning))
    })
}

fn two_numbers(key: &str) -> Option<Meaning> {
    let opening = OPENING.iter().find_map(|words| key.strip_prefix(words));
    let key = opening.unwrap_or(key).trim_start();
    JOINTS.iter().find_map(|joint| {
        // A dash in front is a sign.
        let at = key.get(1..)?.find(joint)? + 1;
        let low = Number::parse(key.get(..at)?.trim())?;
        let high = Number::parse(key.get(at + joint.len()..)?.trim())?;
        Some(if low > high {
            Meaning::Between(high, low)
        } else {
            Meaning::Between(low, high)
        })
    })
}

impl Meaning {
    /// How it is written; `None` where no one key means it.
    fn written(self, spec: &NumberSpec) -> Option<String> {
        let whole = |number: Number| spec.decimals == Some(0) && number.get().fract() == 0.0;
        match self {
            Self::Below(limit) => Some(format!("below {limit}")),
            Self::Above(limit) => Some(format!("above {limit}")),
            Self::Between(low, high) => Some(format!("{low} to {high}")),
            Self::Exactly(only) => Some(only.to_string()),
            Self::From(low) => match spec.max {
                Some(max) => (low <= max).then(|| format!("{low} to {max}")),
                None if whole(low) => {
                    let below = Number::new(low.get() - 1.0)?;
                    Some(format!("above {below}"))
                }
                None => None,
            },
            Self::UpTo(high) => match spec.min {
                Some(min) => (min <= high).then(|| format!("{min} to {high}")),
                None if whole(high) => {
                    let above = Number::new(high.get() + 1.0)?;
                    Some(format!("below {above}"))
                }
                None => None,
            },
        }
    }

    /// What to write where no one key means it: the limit itself belongs to the range.
    fn help(self) -> String {
        match self {
            Self::From(low) => format!(
                "write `above {low}`, which leaves {low} itself to another answer; or `{low} to …` up to the question's `max`"
            ),
            Self::UpTo(high) => format!(
                "write `below {high}`, which leaves {high} itself to another answer; or `… to {high}` from the question's `min`"
            ),
            _ => "write `below 5`, `5 to 20`, `above 20`, `5`, or `otherwise`".to_owned(),
        }
    }
}

/// Whether a key begins like a range, so that it cannot be meant as a word.
fn looks_like_a_range(key: &str) -> bool {
    let first_word = key.split_whitespace().next().unwrap_or("");
    let digit = |letter: char| letter.is_ascii_digit();
    let words = ["below", "above", "at", "up", "over", "under"];
    words.contains(&first_word) && key.contains(digit)
        || key.starts_with(['<', '>', '≤', '≥', '='])
        || key.starts_with(digit)
            && (key.contains("..")
                || key.contains('–')
                || key
                    .split_once(" to ")
                    .is_some_and(|(_, high)| high.starts_with(digit)))
}
