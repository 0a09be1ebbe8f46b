//! A set of values of one type, and how such sets are combined.

use jiff::civil::Date;

use super::super::{Number, Value};
use super::{KeySet, Ranges, TextSet, samples};

/// A set of values of one type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Values {
    /// None at all.
    Nothing,
    /// Nothing is known, not even the type.
    Unknown,
    /// Yes, no, or either.
    YesNo {
        /// Whether it can be yes.
        yes: bool,
        /// Whether it can be no.
        no: bool,
    },
    /// One of these.
    Choice(KeySet),
    /// Every pick that has all of `must` and nothing beside `may`.
    Many {
        /// What every pick holds.
        must: KeySet,
        /// What a pick may hold, `must` included.
        may: KeySet,
    },
    /// A number of these with at most so many digits behind the point, or one of the words.
    Number {
        /// The numbers.
        ranges: Ranges<Number>,
        /// Digits behind the point; any number of them without it.
        decimals: Option<u8>,
        /// The question's words for what is no number.
        words: KeySet,
    },
    /// A text.
    Text(TextSet),
    /// A day.
    Date(Ranges<Date>),
    /// A secret, given.
    Secret,
}

impl Values {
    /// Whether no value is possible.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Nothing => true,
            Self::Unknown | Self::Secret => false,
            Self::YesNo { yes, no } => !yes && !no,
            Self::Choice(keys) => keys.is_empty(),
            Self::Many { must, may } => !must.is_subset(may),
            Self::Text(texts) => texts.is_empty(),
            Self::Number { .. } | Self::Date(_) => self.example().is_none(),
        }
    }

    /// Whether the value is possible.
    pub fn contains(&self, value: &Value) -> bool {
        match (self, value) {
            (Self::Unknown, _) | (Self::Secret, Value::Secret) => true,
            (Self::YesNo { yes, no }, Value::YesNo(value)) => {
                if *value {
                    *yes
                } else {
                    *no
                }
            }
            (Self::Choice(keys) | Self::Number { words: keys, .. }, Value::Choice(key)) => {
                keys.contains(key)
            }
            (Self::Many { must, may }, Value::Many(picked)) => {
                must.iter().all(|key| picked.contains(key))
                    && picked.iter().all(|key| may.contains(key))
            }
            (
                Self::Number {
                    ranges, decimals, ..
                },
                Value::Number(number),
            ) => {
                ranges.contains(*number)
                    && decimals.is_none_or(|decimals| number.decimals() <= usize::from(decimals))
            }
            (Self::Text(texts), Value::Text(text)) => texts.contains(text),
            (Self::Date(ranges), Value::Date(date)) => ranges.contains(*date),
            _ => false,
        }
    }

    pub(super) fn join(&self, other: &Self) -> Self {
        if other.is_empty() || self == other {
            return self.clone();
        }
        if self.is_empty() {
            return other.clone();
        }
        match (self, other) {
            (
                Self::YesNo { yes, no },
                Self::YesNo {
                    yes: or_yes,
                    no: or_no,
                },
            ) => Self::YesNo {
                yes: *yes || *or_yes,
                no: *no || *or_no,
            },
            (Self::Choice(left), Self::Choice(right)) if left.is_of_same(right) => {
                Self::Choice(left.union(right))
            }
            (
                Self::Many { must, may },
                Self::Many {
                    must: or_must,
                    may: or_may,
                },
            ) if must.is_of_same(or_must) => Self::Many {
                must: must.intersection(or_must),
                may: may.union(or_may),
            },
            (Self::Text(left), Self::Text(right)) => Self::Text(left.union(right)),
            (Self::Date(left), Self::Date(right)) => Self::Date(left.union(right)),
            _ => self
                .numbers(other, Ranges::union, KeySet::union)
                .unwrap_or(Self::Unknown),
        }
    }

    pub(super) fn meet(&self, other: &Self) -> Self {
        match (self, other) {
            (Self::Unknown, values) | (values, Self::Unknown) => values.clone(),
            (
                Self::YesNo { yes, no },
                Self::YesNo {
                    yes: and_yes,
                    no: and_no,
                },
            ) => Self::YesNo {
                yes: *yes && *and_yes,
                no: *no && *and_no,
            },
            (Self::Choice(left), Self::Choice(right)) if left.is_of_same(right) => {
                Self::Choice(left.intersection(right))
            }
            (
                Self::Many { must, may },
                Self::Many {
                    must: and_must,
                    may: and_may,
                },
            ) if must.is_of_same(and_must) => Self::Many {
                must: must.union(and_must),
                may: may.intersection(and_may),
            },
            (Self::Text(left), Self::Text(right)) => Self::Text(left.intersection(right)),
            (Self::Date(left), Self::Date(right)) => Self::Date(left.intersection(right)),
            (Self::Secret, Self::Secret) => Self::Secret,
            _ => self
                .numbers(other, Ranges::intersection, KeySet::intersection)
                .unwrap_or(Self::Nothing),
        }
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        match (self, other) {
            (
                Self::YesNo { yes, no },
                Self::YesNo {
                    yes: not_yes,
                    no: not_no,
                },
            ) => Self::YesNo {
                yes: *yes && !*not_yes,
                no: *no && !*not_no,
            },
            (Self::Choice(left), Self::Choice(right)) if left.is_of_same(right) => {
                Self::Choice(left.minus(right))
            }
            (
                Self::Many { must, may },
                Self::Many {
                    must: low,
                    may: high,
                },
            ) if must.is_of_same(low) => {
                if low.is_subset(must) && may.is_subset(high) {
                    Self::Nothing
                } else {
                    self.clone()
                }
            }
            (Self::Text(left), Self::Text(right)) => Self::Text(left.minus(right)),
            (Self::Date(left), Self::Date(right)) => Self::Date(left.minus(right)),
            (Self::Secret, Self::Secret) => Self::Nothing,
            _ => self
                .numbers(other, Ranges::minus, KeySet::minus)
                .unwrap_or_else(|| self.clone()),
        }
    }

    /// Combines two sets of numbers; `None` where they are something else.
    fn numbers(
        &self,
        other: &Self,
        combine: impl Fn(&Ranges<Number>, &Ranges<Number>) -> Ranges<Number>,
        combine_words: impl Fn(&KeySet, &KeySet) -> KeySet,
    ) -> Option<Self> {
        match (self, other) {
            (
                Self::Number {
                    ranges,
                    decimals,
                    words,
                },
                Self::Number {
                    ranges: other,
                    decimals: _,
                    words: other_words,
                },
            ) if words.is_of_same(other_words) => Some(Self::Number {
                ranges: combine(ranges, other),
                decimals: *decimals,
                words: combine_words(words, other_words),
            }),
            _ => None,
        }
    }

    pub(super) fn example(&self) -> Option<Value> {
        match self {
            Self::Nothing | Self::Unknown => None,
            Self::YesNo { yes, no } => (*yes || *no).then_some(Value::YesNo(*yes)),
            Self::Choice(keys) => keys.iter().next().cloned().map(Value::Choice),
            Self::Many { must, may } => must
                .is_subset(may)
                .then(|| Value::Many(must.iter().cloned().collect())),
            Self::Number {
                ranges,
                decimals,
                words,
            } => ranges
                .iter()
                .find_map(|range| samples::numbers(range, *decimals, 1).pop())
                .map(Value::Number)
                .or_else(|| words.iter().next().cloned().map(Value::Choice)),
            Self::Text(TextSet::Only(texts)) => texts.first().cloned().map(Value::Text),
            Self::Text(TextSet::Except(_)) => None,
            Self::Date(ranges) => ranges
                .iter()
                .find_map(|range| samples::dates(range, 1).pop())
                .map(Value::Date),
            Self::Secret => Some(Value::Secret),
        }
    }
}
