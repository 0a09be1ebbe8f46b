//! What a fact can be at one place of a tree: the basis of `never-true`, `missing-default` and the like.
//!
//! A domain says of each fact on its own what it can be; it does not say which values go together. Every operation
//! keeps at least what is possible, so what a domain rules out is ruled out.

mod branch;
mod cells;
mod key_set;
mod ranges;
mod samples;
mod survey;
#[cfg(test)]
mod tests;
mod text_set;

use std::sync::Arc;

use jiff::civil::Date;

pub use branch::{Branch, Branches, Verdict, branch};
pub use key_set::KeySet;
pub use ranges::{Cut, Ranges};
pub use text_set::TextSet;

use super::{Day, FactType, Number, NumberSpec, Value};

/// What a fact can be at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    /// Whether it may not be known.
    pub unset: bool,
    /// What it can be where it is known.
    pub values: Values,
}

/// A set of values of one type.
#[derive(Debug, Clone, PartialEq, Eq)]
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

impl Domain {
    /// Surely not known.
    pub const fn unset() -> Self {
        Self {
            unset: true,
            values: Values::Nothing,
        }
    }

    /// Not possible at all: the place cannot be reached.
    pub const fn nothing() -> Self {
        Self {
            unset: false,
            values: Values::Nothing,
        }
    }

    /// Nothing is known of the fact.
    pub const fn unknown() -> Self {
        Self {
            unset: true,
            values: Values::Unknown,
        }
    }

    /// Known, and any value of the type. A limit of `today` limits nothing here: the day is not known.
    pub fn of(kind: &FactType) -> Self {
        let values = match kind {
            FactType::YesNo => Values::YesNo {
                yes: true,
                no: true,
            },
            FactType::Choice(keys) => Values::Choice(KeySet::all(keys)),
            FactType::Many(keys) => Values::Many {
                must: KeySet::none(keys),
                may: KeySet::all(keys),
            },
            FactType::Number(spec, words) => Values::Number {
                ranges: limits(spec),
                decimals: spec.decimals,
                words: KeySet::all(words),
            },
            FactType::Text(spec) if spec.secret => Values::Secret,
            FactType::Text(_) => Values::Text(TextSet::all()),
            FactType::Date(spec) => {
                let day = |day: Option<Day>| match day {
                    Some(Day::On(date)) => Some(date),
                    _ => None,
                };
                let low = day(spec.min).map_or(Cut::Lowest, Cut::Before);
                Values::Date(Ranges::between(
                    low,
                    day(spec.max).map_or(Cut::Highest, Cut::After),
                ))
            }
        };
        Self {
            unset: false,
            values,
        }
    }

    /// Any value of the type, or not known.
    pub fn anything(kind: &FactType) -> Self {
        Self {
            unset: true,
            ..Self::of(kind)
        }
    }

    /// Known, and exactly that value.
    pub fn only(kind: &FactType, value: &Value) -> Self {
        let is =
            |keys: &Arc<[Arc<str>]>, wanted: &str| KeySet::where_key(keys, |key| key == wanted);
        let values = match (kind, value) {
            (FactType::YesNo, Value::YesNo(value)) => Values::YesNo {
                yes: *value,
                no: !*value,
            },
            (FactType::Choice(keys), Value::Choice(key)) => Values::Choice(is(keys, key)),
            (FactType::Many(keys), Value::Many(picked)) => {
                let pick =
                    KeySet::where_key(keys, |key| picked.iter().any(|picked| **picked == *key));
                Values::Many {
                    must: pick.clone(),
                    may: pick,
                }
            }
            (FactType::Number(spec, words), Value::Number(number)) => Values::Number {
                ranges: Ranges::only(*number),
                decimals: spec.decimals,
                words: KeySet::none(words),
            },
            (FactType::Number(spec, words), Value::Choice(word)) => Values::Number {
                ranges: Ranges::none(),
                decimals: spec.decimals,
                words: is(words, word),
            },
            (FactType::Text(_), Value::Text(text)) => Values::Text(TextSet::only(text.clone())),
            (FactType::Text(_), Value::Secret) => Values::Secret,
            (FactType::Date(_), Value::Date(date)) => Values::Date(Ranges::only(*date)),
            _ => return Self::of(kind),
        };
        Self {
            unset: false,
            values,
        }
    }

    /// Known, and a number of the question's between two cuts: `below 5` is `(Cut::Lowest, Cut::Before(5))`.
    pub fn between(
        spec: &NumberSpec,
        words: &Arc<[Arc<str>]>,
        low: Cut<Number>,
        high: Cut<Number>,
    ) -> Self {
        let ranges = limits(spec).intersection(&Ranges::between(low, high));
        Self {
            unset: false,
            values: Values::Number {
                ranges,
                decimals: spec.decimals,
                words: KeySet::none(words),
            },
        }
    }

    /// Whether nothing is possible, so that the place cannot be reached.
    pub fn is_empty(&self) -> bool {
        !self.unset && self.values.is_empty()
    }

    /// Whether it is known at every walk to the place.
    pub fn is_sure(&self) -> bool {
        !self.unset
    }

    /// What is possible here or there.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        Self {
            unset: self.unset || other.unset,
            values: self.values.join(&other.values),
        }
    }

    /// What is possible here and there.
    #[must_use]
    pub fn meet(&self, other: &Self) -> Self {
        Self {
            unset: self.unset && other.unset,
            values: self.values.meet(&other.values),
        }
    }

    /// What is possible here and not there; more than that where the difference has no exact form.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        Self {
            unset: self.unset && !other.unset,
            values: self.values.minus(&other.values),
        }
    }

    /// The same, surely known.
    #[must_use]
    pub fn known(&self) -> Self {
        Self {
            unset: false,
            values: self.values.clone(),
        }
    }

    /// Whether the fact can be that; `None` for not known.
    pub fn allows(&self, value: Option<&Value>) -> bool {
        value.map_or(self.unset, |value| self.values.contains(value))
    }

    /// A value that is possible, a plain one, to show in a message.
    pub fn example(&self) -> Option<Value> {
        self.values.example()
    }
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

    fn join(&self, other: &Self) -> Self {
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

    fn meet(&self, other: &Self) -> Self {
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

    fn minus(&self, other: &Self) -> Self {
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

    fn example(&self) -> Option<Value> {
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

/// The numbers that a question accepts.
fn limits(spec: &NumberSpec) -> Ranges<Number> {
    Ranges::between(
        spec.min.map_or(Cut::Lowest, Cut::Before),
        spec.max.map_or(Cut::Highest, Cut::After),
    )
}
