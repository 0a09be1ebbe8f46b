//! Values of facts that the conditions of a tree tell apart: for a number each limit and the gaps between them, for
//! several answers every pick of those that are named.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::condition::domain::Cut;
use crate::condition::{Domain, Expression, FactRef, FactType, Number, NumberSpec, Operand, Value};
use crate::tree::{Library, Tree};

use super::candidates::text_but;
use super::conditions::{List, fact_type};

/// As many keys are combined in every way; of more, one and two at a time.
const COMBINED: usize = 6;

/// By fact, the values that conditions tell apart and that the fact can have.
pub(super) fn told_apart(
    lists: &[List<'_>],
    library: &Library,
    tree: &Tree,
    today: Date,
) -> BTreeMap<FactRef, Vec<Value>> {
    let mut named: BTreeMap<FactRef, BTreeSet<Value>> = BTreeMap::new();
    for condition in lists.iter().flat_map(|list| &list.arms) {
        for read in condition.reads() {
            named.entry(read.fact).or_default();
        }
        name(condition.expression(), &mut named);
    }
    let values = named.into_iter().filter_map(|(fact, named)| {
        let kind = fact_type(library, tree, fact)?;
        let mut values = around(&kind, &named);
        values.retain(|value| kind.accepts(value, Some(today)).is_ok());
        Some((fact, values))
    });
    values.collect()
}

/// Collects the values with which facts are compared. Recursion is as deep as the parser of conditions allows.
fn name(expression: &Expression, named: &mut BTreeMap<FactRef, BTreeSet<Value>>) {
    let mut add = |fact: FactRef, value: &Value| {
        named.entry(fact).or_default().insert(value.clone());
    };
    match expression {
        Expression::Compare(Operand::Fact(fact), _, Operand::Value(value))
        | Expression::Compare(Operand::Value(value), _, Operand::Fact(fact))
        | Expression::Has(fact, value) => add(*fact, value),
        Expression::In(fact, values) => values.iter().for_each(|value| add(*fact, value)),
        Expression::Not(inner) => name(inner, named),
        Expression::And(left, right) | Expression::Or(left, right) => {
            name(left, named);
            name(right, named);
        }
        Expression::Compare(..)
        | Expression::Constant(_)
        | Expression::Known(_)
        | Expression::Is(_) => {}
    }
}

/// The values of a type that lie at, below, between and above those that are named.
fn around(kind: &FactType, named: &BTreeSet<Value>) -> Vec<Value> {
    match kind {
        FactType::YesNo => vec![Value::YesNo(true), Value::YesNo(false)],
        FactType::Choice(keys) => keys.iter().cloned().map(Value::Choice).collect(),
        FactType::Many(keys) => picks(keys, named),
        FactType::Number(spec, words) => numbers(spec, words, named),
        FactType::Text(spec) => {
            let other = text_but(spec, named);
            named.iter().cloned().chain(other).collect()
        }
        FactType::Date(_) => days(named),
    }
}

fn numbers(spec: &NumberSpec, words: &Arc<[Arc<str>]>, named: &BTreeSet<Value>) -> Vec<Value> {
    let limits: Vec<Number> = named
        .iter()
        .filter_map(|value| match value {
            Value::Number(number) => Some(*number),
            _ => None,
        })
        .collect();
    let mut values: Vec<Value> = limits.iter().copied().map(Value::Number).collect();
    let mut low = Cut::Lowest;
    for limit in &limits {
        let gap = Domain::between(spec, words, low, Cut::Before(*limit));
        values.extend(gap.example());
        low = Cut::After(*limit);
    }
    values.extend(Domain::between(spec, words, low, Cut::Highest).example());
    values.extend(words.iter().cloned().map(Value::Choice));
    values
}

fn days(named: &BTreeSet<Value>) -> Vec<Value> {
    let near = |date: Date| {
        [
            date.checked_sub(1.day()),
            Ok(date),
            date.checked_add(1.day()),
        ]
    };
    named
        .iter()
        .filter_map(|value| match value {
            Value::Date(date) => Some(near(*date)),
            _ => None,
        })
        .flatten()
        .filter_map(|date| date.ok().map(Value::Date))
        .collect()
}

/// Picks of the keys that are named, in the question's order.
fn picks(keys: &[Arc<str>], named: &BTreeSet<Value>) -> Vec<Value> {
    let is_named = |key: &&Arc<str>| named.contains(&Value::Choice(Arc::clone(key)));
    let keys: Vec<Arc<str>> = keys.iter().filter(is_named).cloned().collect();
    if keys.len() > COMBINED {
        return ones_and_twos(&keys);
    }
    (0..1_u32 << keys.len())
        .map(|pick| {
            let picked = keys
                .iter()
                .enumerate()
                .filter(|(at, _)| pick & (1 << at) != 0);
            Value::Many(picked.map(|(_, key)| key.clone()).collect())
        })
        .collect()
}

fn ones_and_twos(keys: &[Arc<str>]) -> Vec<Value> {
    let mut picks = Vec::new();
    for (at, first) in keys.iter().enumerate() {
        picks.push(Value::Many([first.clone()].into()));
        for second in keys.iter().skip(at + 1) {
            picks.push(Value::Many([first.clone(), second.clone()].into()));
        }
    }
    picks
}
