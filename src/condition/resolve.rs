//! [`Parsed`] → [`Condition`]: looks the names up and checks that only what can be compared is compared.
//!
//! What can be compared: yes/no facts with `yes`, `no` and each other; choices with their keys in quotes and with
//! other choices; numbers with numbers, in order too, and with their questions' words in quotes by `==`, `!=` and
//! `in` alone; texts with quoted texts by `==`, `!=` and `in`; dates with quoted ISO dates, in order too. `has` looks
//! for a key in a fact of several answers, and for a text in a probe's output. A secret is only asked for by
//! `known(…)`.

use std::ops::Range;

use super::constant::constant;
use super::parsed::{Literal, LiteralKind, Side, Term, TermKind, slice};
use super::phrase::{example, keys, kind_name};
use super::token::quote;
use super::{
    Comparison, Condition, ConditionError, Expression, FactRef, FactType, Operand, Parsed, Problem,
    Read, Value,
};

/// Answers what a name means where the condition stands; `None` for an unknown one.
pub type Lookup<'l> = dyn FnMut(&str) -> Option<(FactRef, FactType)> + 'l;

impl Parsed {
    /// Resolves the names and checks the types.
    ///
    /// # Errors
    /// Every problem, in the order of places; at least one.
    pub fn resolve(&self, lookup: &mut Lookup<'_>) -> Result<Condition, Vec<ConditionError>> {
        let mut resolver = Resolver {
            source: &self.source,
            lookup,
            reads: Vec::new(),
            errors: Vec::new(),
        };
        match resolver.term(&self.root) {
            Some(expression) if resolver.errors.is_empty() => Ok(Condition {
                source: self.source.clone(),
                expression,
                reads: resolver.reads.into(),
            }),
            _ => Err(resolver.errors),
        }
    }
}

/// A name that was found.
pub(super) struct Found<'s> {
    pub name: &'s str,
    pub fact: FactRef,
    pub kind: FactType,
}

struct Resolver<'p, 'l, 'f> {
    source: &'p str,
    lookup: &'l mut Lookup<'f>,
    reads: Vec<Read>,
    errors: Vec<ConditionError>,
}

impl<'p> Resolver<'p, '_, '_> {
    /// `None` where something was wrong, which is then in `errors`.
    fn term(&mut self, term: &Term) -> Option<Expression> {
        match &term.kind {
            TermKind::Constant(value) => Some(Expression::Constant(*value)),
            TermKind::Known(name) => self
                .name(name, true)
                .map(|found| Expression::Known(found.fact)),
            TermKind::Name(name) => self.bare(name),
            TermKind::Compare(left, comparison, right) => {
                self.compare(&term.range, left, *comparison, right)
            }
            TermKind::In(name, list) => self.contained(name, list),
            TermKind::Has(name, literal) => self.has(name, literal),
            TermKind::Not(inner) => self
                .term(inner)
                .map(|inner| Expression::Not(Box::new(inner))),
            TermKind::And(left, right) => self.both(left, right, Expression::And),
            TermKind::Or(left, right) => self.both(left, right, Expression::Or),
        }
    }

    fn both(
        &mut self,
        left: &Term,
        right: &Term,
        join: fn(Box<Expression>, Box<Expression>) -> Expression,
    ) -> Option<Expression> {
        let left = self.term(left);
        let right = self.term(right);
        Some(join(Box::new(left?), Box::new(right?)))
    }

    /// Looks a name up and notes that it is read.
    fn name(&mut self, range: &Range<u32>, known: bool) -> Option<Found<'p>> {
        let name = slice(self.source, range);
        let Some((fact, kind)) = (self.lookup)(name) else {
            self.errors.push(unknown_fact(name, range));
            return None;
        };
        if !known && is_secret(&kind) {
            let error = ConditionError::bad(
                range.clone(),
                format!("`{name}` is a secret and cannot be compared"),
            );
            self.errors
                .push(error.help(format!("ask only whether it was given: `known({name})`")));
            return None;
        }
        self.reads.push(Read {
            fact,
            range: range.clone(),
            known,
        });
        Some(Found { name, fact, kind })
    }

    /// A fact by its name alone.
    fn bare(&mut self, range: &Range<u32>) -> Option<Expression> {
        let found = self.name(range, false)?;
        if matches!(found.kind, FactType::YesNo) {
            return Some(Expression::Is(found.fact));
        }
        let message = format!(
            "`{}` alone is no condition: it is {}",
            found.name,
            kind_name(&found.kind)
        );
        let help = format!(
            "compare it, as in `{}`, or ask `known({})`",
            example(&found),
            found.name
        );
        self.errors
            .push(ConditionError::bad(range.clone(), message).help(help));
        None
    }

    fn compare(
        &mut self,
        range: &Range<u32>,
        left: &Side,
        comparison: Comparison,
        right: &Side,
    ) -> Option<Expression> {
        let (left, right) = match (left, right) {
            (Side::Name(name), Side::Literal(literal)) => {
                let found = self.name(name, false)?;
                let value = self.compared(range, &found, comparison, literal)?;
                (Operand::Fact(found.fact), Operand::Value(value))
            }
            (Side::Literal(literal), Side::Name(name)) => {
                let found = self.name(name, false)?;
                let value = self.compared(range, &found, comparison, literal)?;
                (Operand::Value(value), Operand::Fact(found.fact))
            }
            (Side::Name(left), Side::Name(right)) => {
                let left = self.name(left, false)?;
                self.right_name(&left, right)
                    .and_then(|right| {
                        self.same_kind(range, &left, comparison, &right)
                            .then_some(right)
                    })
                    .map(|right| (Operand::Fact(left.fact), Operand::Fact(right.fact)))?
            }
            (Side::Literal(_), Side::Literal(_)) => {
                let error = ConditionError::bad(
                    range.clone(),
                    "two fixed values are compared: this never changes",
                );
                self.errors
                    .push(error.help("compare a fact with a value, as in `speed < 5`"));
                return None;
            }
        };
        Some(Expression::Compare(left, comparison, right))
    }

    /// The value that a fact is compared with.
    fn compared(
        &mut self,
        range: &Range<u32>,
        found: &Found<'_>,
        comparison: Comparison,
        literal: &Literal,
    ) -> Option<Value> {
        if matches!(found.kind, FactType::Many(_)) {
            let message = format!(
                "`{}` takes several answers and cannot be compared as a whole",
                found.name
            );
            let error = ConditionError::bad(range.clone(), message);
            self.errors
                .push(match has_instead(found, comparison, literal) {
                    Some(right) => error.replace(right),
                    None => error.help(format!("ask for one of them: `{}`", example(found))),
                });
            return None;
        }
        let value = self.constant(found, literal)?;
        let ordered = matches!(value, Value::Number(_) | Value::Date(_));
        if is_order(comparison) && !ordered {
            self.no_order(range, found, comparison);
            return None;
        }
        Some(value)
    }

    /// Says that `<` means nothing for this fact.
    fn no_order(&mut self, range: &Range<u32>, found: &Found<'_>, comparison: Comparison) {
        let message = match &found.kind {
            FactType::Number(..) => {
                format!("`{}` is compared by `{comparison}` with a word", found.name)
            }
            kind => format!(
                "`{}` is {}, which has no order",
                found.name,
                kind_name(kind)
            ),
        };
        let help = format!(
            "compare it with `==`, `!=` or `in`, as in `{}`",
            example(found)
        );
        self.errors
            .push(ConditionError::bad(range.clone(), message).help(help));
    }

    /// The name on the right of a comparison; a text without quotes is told apart from an unknown fact.
    fn right_name(&mut self, left: &Found<'_>, range: &Range<u32>) -> Option<Found<'p>> {
        let name = slice(self.source, range);
        if (self.lookup)(name).is_some() {
            return self.name(range, false);
        }
        let key = keys(&left.kind)
            .and_then(|keys| keys.iter().find(|key| key.eq_ignore_ascii_case(name)));
        let error = match (key, &left.kind) {
            (Some(key), _) => {
                let message = format!("the text {} stands without quotes", quote(key));
                ConditionError::bad(range.clone(), message).replace(quote(key))
            }
            (None, FactType::Choice(_) | FactType::Text(_)) => unknown_fact(name, range).help(
                format!("if a text is meant, put it in quotes: {}", quote(name)),
            ),
            (None, _) => unknown_fact(name, range),
        };
        self.errors.push(error);
        None
    }

    /// Whether two facts can be compared; says why not.
    fn same_kind(
        &mut self,
        range: &Range<u32>,
        left: &Found<'_>,
        comparison: Comparison,
        right: &Found<'_>,
    ) -> bool {
        let (same, ordered) = match (&left.kind, &right.kind) {
            (FactType::Number(..), FactType::Number(..))
            | (FactType::Date(_), FactType::Date(_)) => (true, true),
            (FactType::YesNo, FactType::YesNo)
            | (FactType::Choice(_), FactType::Choice(_))
            | (FactType::Text(_), FactType::Text(_)) => (true, false),
            _ => (false, false),
        };
        if !same {
            let message = format!(
                "`{}` is {} and `{}` is {}: they cannot be compared",
                left.name,
                kind_name(&left.kind),
                right.name,
                kind_name(&right.kind)
            );
            let help = format!("compare each with a value, as in `{}`", example(left));
            self.errors
                .push(ConditionError::bad(range.clone(), message).help(help));
        } else if is_order(comparison) && !ordered {
            self.no_order(range, left, comparison);
            return false;
        }
        same
    }

    /// `os in ["windows", "macos"]`.
    fn contained(&mut self, name: &Range<u32>, list: &[Literal]) -> Option<Expression> {
        let found = self.name(name, false)?;
        if matches!(found.kind, FactType::Many(_)) {
            let message = format!(
                "`{}` takes several answers itself, so it is not in a list",
                found.name
            );
            let error = ConditionError::bad(name.clone(), message);
            self.errors
                .push(error.help(format!("ask for one of them: `{}`", example(&found))));
            return None;
        }
        let values: Vec<_> = list
            .iter()
            .map(|literal| self.constant(&found, literal))
            .collect();
        let values: Option<Box<[Value]>> = values.into_iter().collect();
        Some(Expression::In(found.fact, values?))
    }

    /// `apps has "vpn"`, `output has "bytes from"`.
    fn has(&mut self, name: &Range<u32>, literal: &Literal) -> Option<Expression> {
        let found = self.name(name, false)?;
        if found.fact == FactRef::Output {
            return match &literal.kind {
                LiteralKind::Text(text) if !text.is_empty() => Some(Expression::Has(
                    found.fact,
                    Value::Text(text.as_str().into()),
                )),
                _ => {
                    let message = "`output` is searched for a text in quotes";
                    let error = ConditionError::bad(literal.range.clone(), message);
                    self.errors
                        .push(error.help("write for example `output has \"bytes from\"`"));
                    None
                }
            };
        }
        if !matches!(found.kind, FactType::Many(_)) {
            let message = format!(
                "`has` looks into several answers, but `{}` is {}",
                found.name,
                kind_name(&found.kind)
            );
            let help = format!("compare it with `==` or `in`, as in `{}`", example(&found));
            let whole = name.start..literal.range.end;
            self.errors
                .push(ConditionError::bad(whole, message).help(help));
            return None;
        }
        self.constant(&found, literal)
            .map(|value| Expression::Has(found.fact, value))
    }

    /// A value written out, as a value of the fact's type.
    fn constant(&mut self, found: &Found<'_>, literal: &Literal) -> Option<Value> {
        constant(found, literal)
            .map_err(|error| self.errors.push(error))
            .ok()
    }
}

/// How a comparison of several answers with one of them is meant.
fn has_instead(found: &Found<'_>, comparison: Comparison, literal: &Literal) -> Option<String> {
    let LiteralKind::Text(text) = &literal.kind else {
        return None;
    };
    let is_key = keys(&found.kind)?.iter().any(|key| **key == **text);
    let not = match comparison {
        Comparison::Equal => "",
        Comparison::NotEqual => "not ",
        _ => return None,
    };
    is_key.then(|| format!("{not}{} has {}", found.name, quote(text)))
}

fn unknown_fact(name: &str, range: &Range<u32>) -> ConditionError {
    let problem = Problem::UnknownFact {
        name: name.to_owned(),
    };
    ConditionError::new(
        range.clone(),
        problem,
        format!("nothing here is called `{name}`"),
    )
}

const fn is_order(comparison: Comparison) -> bool {
    !matches!(comparison, Comparison::Equal | Comparison::NotEqual)
}

pub(super) fn is_secret(kind: &FactType) -> bool {
    matches!(kind, FactType::Text(spec) if spec.secret)
}
