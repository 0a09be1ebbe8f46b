//! A domain in plain words, for messages: "here `speed` is from 5 to 20, or not known".

use std::fmt;

use super::super::token::quote;
use super::{Cut, Domain, KeySet, Ranges, TextSet, Values};

/// Possibilities that are named before the rest is only counted.
const MAX: usize = 6;

impl fmt::Display for Domain {
    /// What it can be, without the fact's name and the unit.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.values.parts();
        if parts.len() > MAX {
            let more = parts.len() - MAX + 1;
            parts.truncate(MAX - 1);
            parts.push(format!("{more} others"));
        }
        if self.unset {
            parts.push("not known".to_owned());
        }
        match parts.split_last() {
            None => out.write_str("impossible"),
            Some((last, [])) => out.write_str(last),
            Some((last, rest)) => write!(out, "{} or {last}", rest.join(", ")),
        }
    }
}

impl Values {
    fn parts(&self) -> Vec<String> {
        if self.is_empty() {
            return Vec::new();
        }
        match self {
            Self::Nothing => Vec::new(),
            Self::Unknown => vec!["anything".to_owned()],
            Self::YesNo { yes, no } => [(*yes, "yes"), (*no, "no")]
                .into_iter()
                .filter(|(possible, _)| *possible)
                .map(|(_, word)| word.to_owned())
                .collect(),
            Self::Choice(keys) => key_parts(keys),
            Self::Many { must, may } => vec![pick(must, may)],
            Self::Number { ranges, words, .. } => {
                [range_parts(ranges, "any number"), key_parts(words)].concat()
            }
            Self::Text(TextSet::Only(texts)) => texts.iter().map(|text| quote(text)).collect(),
            Self::Text(TextSet::Except(texts)) if texts.is_empty() => vec!["any text".to_owned()],
            Self::Text(TextSet::Except(texts)) => {
                let texts: Vec<_> = texts.iter().take(MAX).map(|text| quote(text)).collect();
                vec![format!("any text but {}", texts.join(", "))]
            }
            Self::Date(ranges) => range_parts(ranges, "any day"),
            Self::Secret => vec!["known".to_owned()],
        }
    }
}

fn key_parts(keys: &KeySet) -> Vec<String> {
    keys.iter().map(|key| quote(key)).collect()
}

/// `any of "a", "b"`, `"a" and any of "b", "c"`, `none`.
fn pick(must: &KeySet, may: &KeySet) -> String {
    let list = |keys: &KeySet, word: &str| key_parts(keys).join(word);
    let free = may.minus(must);
    match (must.is_empty(), free.is_empty()) {
        (true, true) => "none of its answers".to_owned(),
        (true, false) => format!("any of {}", list(&free, ", ")),
        (false, true) => list(must, " and "),
        (false, false) => format!("{} and any of {}", list(must, " and "), list(&free, ", ")),
    }
}

fn range_parts<T: Ord + Copy + fmt::Display>(ranges: &Ranges<T>, any: &str) -> Vec<String> {
    ranges
        .iter()
        .map(|(low, high)| range_part(low, high).unwrap_or_else(|| any.to_owned()))
        .collect()
}

/// One range in words; `None` for one without ends.
fn range_part<T: Ord + Copy + fmt::Display>(low: Cut<T>, high: Cut<T>) -> Option<String> {
    match (low, high) {
        (Cut::Before(only), Cut::After(same)) if only == same => return Some(only.to_string()),
        (Cut::Before(low), Cut::After(high)) => return Some(format!("from {low} to {high}")),
        _ => {}
    }
    let low = match low {
        Cut::Before(low) => Some(format!("at least {low}")),
        Cut::After(low) => Some(format!("above {low}")),
        Cut::Lowest | Cut::Highest => None,
    };
    let high = match high {
        Cut::Before(high) => Some(format!("below {high}")),
        Cut::After(high) => Some(format!("at most {high}")),
        Cut::Lowest | Cut::Highest => None,
    };
    match (low, high) {
        (Some(low), Some(high)) => Some(format!("{low} and {high}")),
        (low, high) => low.or(high),
    }
}
