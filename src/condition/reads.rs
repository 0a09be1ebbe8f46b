//! Which facts a condition reads, and which of them it reads without being sure that they are known.

use std::ops::Range;

use super::{Condition, Expression, FactRef, Operand};

/// One use of a fact in a condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// The fact.
    pub fact: FactRef,
    /// Where its name stands, in bytes of the condition's source.
    pub range: Range<u32>,
    /// Whether only `known(…)` asks for it here.
    pub known: bool,
}

impl Condition {
    /// Every use of a fact in the order in which it is written, repeated ones included.
    pub fn reads(&self) -> &[Read] {
        &self.reads
    }

    /// The first use of each fact that may not be known when its turn comes, given which facts are `sure` to be known
    /// before the condition is looked at. `and` and `or` look at the left side first, so that in
    /// `known(x) and x > 5` and in `not known(x) or x > 5` x is sure, in `known(x) or x > 5` it is not.
    pub fn unsure_reads(&self, sure: &dyn Fn(FactRef) -> bool) -> Vec<Read> {
        let mut walk = Walk {
            reads: self.reads.iter(),
            sure,
            unsure: Vec::new(),
        };
        walk.visit(&self.expression, &[]);
        walk.unsure
    }

    /// The facts that are sure to be known where the condition has turned out as `outcome`.
    pub fn known_after(&self, outcome: bool) -> Vec<FactRef> {
        let mut walk = Walk {
            reads: self.reads.iter(),
            sure: &|_| true,
            unsure: Vec::new(),
        };
        let (holds, fails) = walk.visit(&self.expression, &[]);
        if outcome { holds } else { fails }
    }
}

/// Goes through an expression in the order of evaluation, which is the order of the reads.
struct Walk<'c> {
    reads: std::slice::Iter<'c, Read>,
    sure: &'c dyn Fn(FactRef) -> bool,
    unsure: Vec<Read>,
}

impl Walk<'_> {
    /// Notes the unsure reads, given the facts known by now; returns what is known, through this part alone, when it
    /// holds and when it does not.
    fn visit(
        &mut self,
        expression: &Expression,
        known: &[FactRef],
    ) -> (Vec<FactRef>, Vec<FactRef>) {
        match expression {
            Expression::Constant(_) => (Vec::new(), Vec::new()),
            Expression::Known(fact) => {
                self.reads.next();
                (vec![*fact], Vec::new())
            }
            Expression::Is(fact) | Expression::In(fact, _) | Expression::Has(fact, _) => {
                self.read(*fact, known);
                // What is compared without being known does not hold: where it holds, the fact is known.
                (vec![*fact], Vec::new())
            }
            Expression::Compare(left, _, right) => {
                let facts: Vec<_> = [left, right]
                    .into_iter()
                    .filter_map(Operand::fact)
                    .collect();
                facts.iter().for_each(|fact| self.read(*fact, known));
                (facts, Vec::new())
            }
            Expression::Not(inner) => {
                let (holds, fails) = self.visit(inner, known);
                (fails, holds)
            }
            Expression::And(left, right) => {
                let (left_holds, left_fails) = self.visit(left, known);
                let (holds, fails) = self.visit(right, &union(known, &left_holds));
                (
                    union(&left_holds, &holds),
                    common(&left_fails, &union(&left_holds, &fails)),
                )
            }
            Expression::Or(left, right) => {
                let (left_holds, left_fails) = self.visit(left, known);
                let (holds, fails) = self.visit(right, &union(known, &left_fails));
                (
                    common(&left_holds, &union(&left_fails, &holds)),
                    union(&left_fails, &fails),
                )
            }
        }
    }

    fn read(&mut self, fact: FactRef, known: &[FactRef]) {
        let Some(read) = self.reads.next() else {
            return;
        };
        let reported = self.unsure.iter().any(|read| read.fact == fact);
        if !reported && !known.contains(&fact) && !(self.sure)(fact) {
            self.unsure.push(read.clone());
        }
    }
}

impl Operand {
    const fn fact(&self) -> Option<FactRef> {
        match self {
            Self::Fact(fact) => Some(*fact),
            Self::Value(_) => None,
        }
    }
}

fn union(left: &[FactRef], right: &[FactRef]) -> Vec<FactRef> {
    let mut union = left.to_vec();
    union.extend(right.iter().filter(|fact| !left.contains(fact)));
    union
}

fn common(left: &[FactRef], right: &[FactRef]) -> Vec<FactRef> {
    left.iter()
        .filter(|fact| right.contains(fact))
        .copied()
        .collect()
}
