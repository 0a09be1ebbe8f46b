//! Whether a condition holds for the facts at hand. It never fails: what compares a fact that is not known does not
//! hold, `!=` included (the compiler does not let such a condition pass; a pinned old version must still be walked).

use super::{Comparison, Condition, Expression, FactRef, Facts, Operand, Value};

impl Condition {
    /// Whether it holds; `and` and `or` look at the left side first. Allocates nothing.
    pub fn holds(&self, facts: &impl Facts) -> bool {
        self.expression.holds(facts)
    }
}

impl Expression {
    /// See [`Condition::holds`]. Recursion is as deep as the parser allows.
    pub fn holds(&self, facts: &impl Facts) -> bool {
        match self {
            Self::Constant(value) => *value,
            Self::Known(fact) => facts.value(*fact).is_some(),
            Self::Is(fact) => matches!(facts.value(*fact), Some(Value::YesNo(true))),
            Self::Compare(left, comparison, right) => match (left.value(facts), right.value(facts))
            {
                (Some(left), Some(right)) => comparison.holds(left, right),
                _ => false,
            },
            Self::In(fact, list) => facts.value(*fact).is_some_and(|value| list.contains(value)),
            Self::Has(fact, wanted) => has(facts, *fact, wanted),
            Self::Not(inner) => !inner.holds(facts),
            Self::And(left, right) => left.holds(facts) && right.holds(facts),
            Self::Or(left, right) => left.holds(facts) || right.holds(facts),
        }
    }
}

impl Operand {
    fn value<'v>(&'v self, facts: &'v impl Facts) -> Option<&'v Value> {
        match self {
            Self::Fact(fact) => facts.value(*fact),
            Self::Value(value) => Some(value),
        }
    }
}

impl Comparison {
    /// Compares two values. Only two numbers or two dates have an order; for anything else `<` and the like are false.
    pub(super) fn holds(self, left: &Value, right: &Value) -> bool {
        let order = match (left, right) {
            (Value::Number(left), Value::Number(right)) => Some(left.cmp(right)),
            (Value::Date(left), Value::Date(right)) => Some(left.cmp(right)),
            _ => None,
        };
        match self {
            Self::Equal => left == right,
            Self::NotEqual => left != right,
            Self::Less => order.is_some_and(|order| order.is_lt()),
            Self::LessOrEqual => order.is_some_and(|order| order.is_le()),
            Self::Greater => order.is_some_and(|order| order.is_gt()),
            Self::GreaterOrEqual => order.is_some_and(|order| order.is_ge()),
        }
    }
}

fn has(facts: &impl Facts, fact: FactRef, wanted: &Value) -> bool {
    match (facts.value(fact), wanted) {
        (Some(Value::Many(keys)), Value::Choice(key)) => keys.contains(key),
        (Some(Value::Text(text)), Value::Text(part)) => text.contains(&**part),
        _ => false,
    }
}
