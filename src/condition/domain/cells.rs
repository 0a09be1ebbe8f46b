//! Cuts a domain into cells within which some conditions cannot tell two values apart, with samples of each: a
//! condition that is tried on all samples has been tried on all values.
//!
//! A fact that is compared with other facts needs as many samples of a cell as there are such facts, so that they can
//! be equal and differ in every order; and all those facts are cut at the same places.

use std::sync::Arc;

use jiff::civil::Date;

use super::super::{Number, Value};
use super::{Cut, Domain, KeySet, Ranges, TextSet, Values, samples};

/// Values that the conditions at hand treat alike.
#[derive(Debug)]
pub(super) struct Cell {
    /// All of them.
    pub domain: Domain,
    /// Some of them; `None` while the fact is not known.
    pub samples: Vec<Option<Value>>,
}

/// Where to cut.
#[derive(Debug)]
pub(super) struct Cutting<'c> {
    /// What the fact, and those that it is compared with, are compared with.
    pub constants: Vec<&'c Value>,
    /// What it is searched for.
    pub parts: Vec<&'c Value>,
    /// Where the domains of the facts that it is compared with, and its own, begin and end.
    pub bounds: Bounds,
    /// How many facts are compared with one another, this one included.
    pub members: usize,
}

/// Ends of domains, and the texts that they name.
#[derive(Debug, Default, Clone)]
pub(super) struct Bounds {
    numbers: Vec<Cut<Number>>,
    dates: Vec<Cut<Date>>,
    texts: Vec<Arc<str>>,
}

impl Bounds {
    /// Adds the ends of a domain.
    pub(super) fn add(&mut self, domain: &Domain) {
        match &domain.values {
            Values::Number { ranges, .. } => self
                .numbers
                .extend(ranges.iter().flat_map(|(low, high)| [low, high])),
            Values::Date(ranges) => self
                .dates
                .extend(ranges.iter().flat_map(|(low, high)| [low, high])),
            Values::Text(TextSet::Only(texts) | TextSet::Except(texts)) => {
                self.texts.extend(texts.iter().cloned())
            }
            _ => {}
        }
    }
}

/// More free keys or parts than these make more combinations than are ever tried.
const MAX_PARTS: usize = 12;

/// The cells of a domain; `None` where it cannot be decided upon.
pub(super) fn cells(domain: &Domain, cutting: &Cutting<'_>) -> Option<Vec<Cell>> {
    let mut cells = match &domain.values {
        Values::Unknown => return None,
        Values::Nothing => Vec::new(),
        Values::YesNo { yes, no } => yes_no(*yes, *no),
        Values::Choice(keys) => choice(keys, cutting),
        Values::Many { must, may } => many(must, may, cutting)?,
        Values::Number {
            ranges,
            decimals,
            words,
        } => number(ranges, *decimals, words, cutting),
        Values::Text(texts) => text(texts, cutting)?,
        Values::Date(ranges) => date(ranges, cutting),
        Values::Secret => vec![Cell::new(Values::Secret, vec![Value::Secret])],
    };
    cells.retain(|cell| !cell.samples.is_empty());
    if domain.unset {
        cells.push(Cell {
            domain: Domain::unset(),
            samples: vec![None],
        });
    }
    Some(cells)
}

impl Cell {
    fn new(values: Values, samples: Vec<Value>) -> Self {
        Self {
            domain: Domain {
                unset: false,
                values,
            },
            samples: samples.into_iter().map(Some).collect(),
        }
    }
}

fn yes_no(yes: bool, no: bool) -> Vec<Cell> {
    let possible = [(true, yes), (false, no)]
        .into_iter()
        .filter(|(_, possible)| *possible);
    let cell = |value| {
        Cell::new(
            Values::YesNo {
                yes: value,
                no: !value,
            },
            vec![Value::YesNo(value)],
        )
    };
    possible.map(|(value, _)| cell(value)).collect()
}

/// Each key that is told apart on its own, and the rest together.
fn split_keys(keys: &KeySet, cutting: &Cutting<'_>) -> Vec<(KeySet, Vec<Value>)> {
    let named = |key: &str| {
        cutting
            .constants
            .iter()
            .any(|value| matches!(value, Value::Choice(name) if **name == *key))
    };
    let (mut split, mut rest) = (Vec::new(), keys.clone());
    for key in keys.iter().filter(|key| cutting.members > 1 || named(key)) {
        let only = KeySet::where_key(keys.keys(), |other| *other == **key);
        rest = rest.minus(&only);
        split.push((only, vec![Value::Choice(key.clone())]));
    }
    let sample = rest.iter().next().cloned().map(Value::Choice);
    split.push((rest, sample.into_iter().collect()));
    split
}

fn choice(keys: &KeySet, cutting: &Cutting<'_>) -> Vec<Cell> {
    let split = split_keys(keys, cutting).into_iter();
    split
        .map(|(keys, samples)| Cell::new(Values::Choice(keys), samples))
        .collect()
}

/// A cell for every way in which the keys that are asked for can be there or not.
fn many(must: &KeySet, may: &KeySet, cutting: &Cutting<'_>) -> Option<Vec<Cell>> {
    if !must.is_subset(may) {
        return Some(Vec::new());
    }
    let asked = |key: &str| {
        cutting
            .parts
            .iter()
            .any(|part| matches!(part, Value::Choice(name) if **name == *key))
    };
    let free = may
        .minus(must)
        .intersection(&KeySet::where_key(may.keys(), asked));
    let free: Vec<_> = free.iter().collect();
    let ways = subsets(free.len())?;
    let cell = |way: usize| {
        let is_in = |wanted: bool| {
            let chosen = |key: &str| {
                free.iter()
                    .enumerate()
                    .any(|(at, free)| ***free == *key && (way >> at & 1 == 1) == wanted)
            };
            KeySet::where_key(may.keys(), chosen)
        };
        let must = must.union(&is_in(true));
        let sample = Value::Many(must.iter().cloned().collect());
        Cell::new(
            Values::Many {
                must,
                may: may.minus(&is_in(false)),
            },
            vec![sample],
        )
    };
    Some(ways.map(cell).collect())
}

/// All subsets of so many things, as bits; `None` where there are too many.
fn subsets(things: usize) -> Option<std::ops::Range<usize>> {
    (things <= MAX_PARTS).then(|| 0..1 << things)
}

fn number(
    ranges: &Ranges<Number>,
    decimals: Option<u8>,
    words: &KeySet,
    cutting: &Cutting<'_>,
) -> Vec<Cell> {
    let none = KeySet::none(words.keys());
    let mut cuts = cutting.bounds.numbers.clone();
    for value in &cutting.constants {
        if let Value::Number(number) = value {
            cuts.extend([Cut::Before(*number), Cut::After(*number)]);
        }
    }
    let pieces = ranges.pieces(&cuts).into_iter().map(|(low, high)| {
        let samples = samples::numbers((low, high), decimals, cutting.members);
        let ranges = Ranges::between(low, high);
        let samples = samples.into_iter().map(Value::Number).collect();
        Cell::new(
            Values::Number {
                ranges,
                decimals,
                words: none.clone(),
            },
            samples,
        )
    });
    let words = split_keys(words, cutting).into_iter();
    let words = words.map(|(words, samples)| {
        Cell::new(
            Values::Number {
                ranges: Ranges::none(),
                decimals,
                words,
            },
            samples,
        )
    });
    pieces.chain(words).collect()
}

fn date(ranges: &Ranges<Date>, cutting: &Cutting<'_>) -> Vec<Cell> {
    let mut cuts = cutting.bounds.dates.clone();
    for value in &cutting.constants {
        if let Value::Date(date) = value {
            cuts.extend([Cut::Before(*date), Cut::After(*date)]);
        }
    }
    let cell = |(low, high)| {
        let samples = samples::dates((low, high), cutting.members)
            .into_iter()
            .map(Value::Date)
            .collect();
        Cell::new(Values::Date(Ranges::between(low, high)), samples)
    };
    ranges.pieces(&cuts).into_iter().map(cell).collect()
}

/// Begins a sample that stands for all texts that nobody wrote down.
pub(super) const NOBODYS: char = '\0';

/// Each text that is told apart on its own, and the rest together.
fn text(texts: &TextSet, cutting: &Cutting<'_>) -> Option<Vec<Cell>> {
    let mut rest = texts.clone();
    let mut cells = Vec::new();
    let named = cutting
        .constants
        .iter()
        .filter_map(as_text)
        .chain(&cutting.bounds.texts);
    for text in named {
        if rest.contains(text) {
            let only = TextSet::only(text.clone());
            rest = rest.minus(&only);
            cells.push(Cell::new(
                Values::Text(only),
                vec![Value::Text(text.clone())],
            ));
        }
    }
    let samples = match &rest {
        TextSet::Only(_) => Vec::new(),
        TextSet::Except(_) => other_texts(cutting)?,
    };
    cells.push(Cell::new(Values::Text(rest), samples));
    Some(cells)
}

fn as_text<'v>(value: &&'v Value) -> Option<&'v Arc<str>> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// Texts that are none of the constants: for every set of the searched parts one that holds these, and what they hold
/// themselves, and no other part; as many of each as there are facts compared with one another.
fn other_texts(cutting: &Cutting<'_>) -> Option<Vec<Value>> {
    let parts: Vec<_> = cutting.parts.iter().filter_map(as_text).collect();
    let longest = cutting
        .constants
        .iter()
        .filter_map(as_text)
        .map(|text| text.len())
        .max()
        .unwrap_or(0);
    let start = String::from(NOBODYS).repeat(longest + 1);
    if parts.iter().any(|part| part.contains(NOBODYS)) {
        return None;
    }
    let mut texts = Vec::new();
    for way in subsets(parts.len())? {
        let chosen = parts
            .iter()
            .enumerate()
            .filter(|(at, _)| way >> at & 1 == 1);
        let held: String = chosen.flat_map(|(_, part)| [&***part, "\0"]).collect();
        for member in 0..cutting.members {
            let text = format!("{start}{held}{}", "\0".repeat(member));
            texts.push(Value::Text(text.into()));
        }
    }
    Some(texts)
}
