//! What some conditions compare each fact with: where its domain has to be cut.

use super::super::{Expression, FactRef, Operand, Value};

/// What conditions do with one fact.
#[derive(Debug)]
pub(super) struct Surveyed<'c> {
    pub fact: FactRef,
    /// What it is compared with.
    pub constants: Vec<&'c Value>,
    /// What it is searched for by `has`.
    pub parts: Vec<&'c Value>,
    /// Facts that are compared with one another, directly or through others, have the same group.
    pub group: usize,
}

/// Every fact that the expressions read, in the order of first reading.
pub(super) fn survey<'c>(
    expressions: impl IntoIterator<Item = &'c Expression>,
) -> Vec<Surveyed<'c>> {
    let mut facts = Vec::new();
    expressions
        .into_iter()
        .for_each(|expression| visit(expression, &mut facts));
    facts
}

fn visit<'c>(expression: &'c Expression, facts: &mut Vec<Surveyed<'c>>) {
    match expression {
        Expression::Constant(_) => {}
        Expression::Known(fact) | Expression::Is(fact) => {
            surveyed(facts, *fact);
        }
        Expression::Compare(left, _, right) => compare(left, right, facts),
        Expression::In(fact, list) => surveyed(facts, *fact).constants.extend(list),
        Expression::Has(fact, value) => surveyed(facts, *fact).parts.push(value),
        Expression::Not(inner) => visit(inner, facts),
        Expression::And(left, right) | Expression::Or(left, right) => {
            visit(left, facts);
            visit(right, facts);
        }
    }
}

fn compare<'c>(left: &'c Operand, right: &'c Operand, facts: &mut Vec<Surveyed<'c>>) {
    match (left, right) {
        (Operand::Fact(fact), Operand::Value(value))
        | (Operand::Value(value), Operand::Fact(fact)) => {
            surveyed(facts, *fact).constants.push(value);
        }
        (Operand::Fact(left), Operand::Fact(right)) => {
            let left = surveyed(facts, *left).group;
            let right = surveyed(facts, *right).group;
            facts
                .iter_mut()
                .filter(|fact| fact.group == right)
                .for_each(|fact| fact.group = left);
        }
        (Operand::Value(_), Operand::Value(_)) => {}
    }
}

/// The entry of a fact, made if there is none: first in a group of its own.
fn surveyed<'f, 'c>(facts: &'f mut Vec<Surveyed<'c>>, fact: FactRef) -> &'f mut Surveyed<'c> {
    let at = facts
        .iter()
        .position(|surveyed| surveyed.fact == fact)
        .unwrap_or(facts.len());
    if at == facts.len() {
        facts.push(Surveyed {
            fact,
            constants: Vec::new(),
            parts: Vec::new(),
            group: at,
        });
    }
    #[allow(clippy::indexing_slicing, reason = "found there, or just pushed there")]
    &mut facts[at]
}
