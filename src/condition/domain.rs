//! What a fact can be at one place of a tree: the basis of `never-true`, `missing-default` and the like.
//!
//! A domain says of each fact on its own what it can be; it does not say which values go together. Every operation
//! keeps at least what is possible, so what a domain rules out is ruled out.

mod branch;
mod cells;
mod describe;
mod key_set;
mod ranges;
mod samples;
mod survey;
#[cfg(test)]
mod tests;
mod text_set;
mod values;

use std::sync::Arc;

pub use branch::{Branch, Branches, Verdict, branch};
pub use key_set::KeySet;
pub use ranges::{Cut, Ranges};
pub use text_set::TextSet;
pub use values::Values;

use super::{Day, FactType, Number, NumberSpec, Value};

/// What a fact can be at one place.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Domain {
    /// Whether it may not be known.
    pub unset: bool,
    /// What it can be where it is known.
    pub values: Values,
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

/// The numbers that a question accepts.
fn limits(spec: &NumberSpec) -> Ranges<Number> {
    Ranges::between(
        spec.min.map_or(Cut::Lowest, Cut::Before),
        spec.max.map_or(Cut::Highest, Cut::After),
    )
}
