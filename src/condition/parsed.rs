//! A condition that parses, its names not yet resolved; printed, it is in the house style.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::token::quote;
use super::{Comparison, Number};

/// A condition as written, with every name's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    pub(super) source: Arc<str>,
    pub(super) root: Term,
}

/// One use of a name in a condition or a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameUse<'s> {
    /// The name.
    pub name: &'s str,
    /// Its bytes in the condition or text.
    pub range: Range<u32>,
    /// Whether only `known(…)` asks for it here.
    pub known: bool,
}

/// A part of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Term {
    pub range: Range<u32>,
    pub kind: TermKind,
}

/// The shapes that a part can have; a name is the range where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum TermKind {
    Constant(bool),
    Name(Range<u32>),
    Known(Range<u32>),
    Compare(Side, Comparison, Side),
    In(Range<u32>, Vec<Literal>),
    Has(Range<u32>, Literal),
    Not(Box<Term>),
    And(Box<Term>, Box<Term>),
    Or(Box<Term>, Box<Term>),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Side {
    Name(Range<u32>),
    Literal(Literal),
}

impl Side {
    pub(super) fn range(&self) -> &Range<u32> {
        match self {
            Self::Name(range) => range,
            Self::Literal(literal) => &literal.range,
        }
    }
}

/// A value written out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Literal {
    pub range: Range<u32>,
    pub kind: LiteralKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum LiteralKind {
    YesNo(bool),
    Number(Number),
    Text(String),
}

impl Parsed {
    /// The condition as the author wrote it.
    pub const fn source(&self) -> &Arc<str> {
        &self.source
    }

    /// Every name in the order in which it is written, repeated ones included.
    pub fn names(&self) -> impl Iterator<Item = NameUse<'_>> {
        let mut places = Vec::new();
        self.root.places(&mut places);
        places.into_iter().map(|(range, known)| NameUse {
            name: slice(&self.source, &range),
            range,
            known,
        })
    }
}

impl Term {
    /// Adds the place of each name, and whether it stands in `known(…)`.
    fn places(&self, places: &mut Vec<(Range<u32>, bool)>) {
        match &self.kind {
            TermKind::Constant(_) => {}
            TermKind::Known(name) => places.push((name.clone(), true)),
            TermKind::Name(name) | TermKind::In(name, _) | TermKind::Has(name, _) => {
                places.push((name.clone(), false))
            }
            TermKind::Compare(left, _, right) => {
                for side in [left, right] {
                    if let Side::Name(name) = side {
                        places.push((name.clone(), false));
                    }
                }
            }
            TermKind::Not(inner) => inner.places(places),
            TermKind::And(left, right) | TermKind::Or(left, right) => {
                left.places(places);
                right.places(places);
            }
        }
    }
}

/// The text under a range.
pub(super) fn slice<'s>(source: &'s str, range: &Range<u32>) -> &'s str {
    source
        .get(range.start as usize..range.end as usize)
        .unwrap_or("")
}

/// How tightly a part binds what stands in it, so that brackets are written only where they are needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd)]
enum Binding {
    Or,
    And,
    Not,
}

/// A part of a condition together with the text that its names are read from.
struct Printed<'s>(&'s str, &'s Term, Binding);

impl fmt::Display for Parsed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        Printed(&self.source, &self.root, Binding::Or).fmt(out)
    }
}

impl fmt::Display for Printed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(source, term, around) = *self;
        let name = |range| slice(source, range);
        match &term.kind {
            TermKind::Constant(value) => out.write_str(yes_no(*value)),
            TermKind::Name(range) => out.write_str(name(range)),
            TermKind::Known(range) => write!(out, "known({})", name(range)),
            TermKind::Compare(left, comparison, right) => {
                write!(
                    out,
                    "{} {comparison} {}",
                    left.shown(source),
                    right.shown(source)
                )
            }
            TermKind::In(range, list) => {
                let list: Vec<_> = list.iter().map(ToString::to_string).collect();
                write!(out, "{} in [{}]", name(range), list.join(", "))
            }
            TermKind::Has(range, literal) => write!(out, "{} has {literal}", name(range)),
            TermKind::Not(inner) => write!(out, "not {}", Printed(source, inner, Binding::Not)),
            TermKind::And(left, right) => {
                self.joined(out, around, Binding::And, "and", (left, right))
            }
            TermKind::Or(left, right) => self.joined(out, around, Binding::Or, "or", (left, right)),
        }
    }
}

impl Printed<'_> {
    /// Writes two parts with a word between them, in brackets where what is around binds more tightly.
    fn joined(
        &self,
        out: &mut fmt::Formatter<'_>,
        around: Binding,
        own: Binding,
        word: &str,
        (left, right): (&Term, &Term),
    ) -> fmt::Result {
        let (open, close) = if around > own { ("(", ")") } else { ("", "") };
        write!(
            out,
            "{open}{} {word} {}{close}",
            Printed(self.0, left, own),
            Printed(self.0, right, own)
        )
    }
}

impl Side {
    fn shown(&self, source: &str) -> String {
        match self {
            Self::Name(range) => slice(source, range).to_owned(),
            Self::Literal(literal) => literal.to_string(),
        }
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            LiteralKind::YesNo(value) => out.write_str(yes_no(*value)),
            LiteralKind::Number(number) => number.fmt(out),
            LiteralKind::Text(text) => out.write_str(&quote(text)),
        }
    }
}

impl fmt::Display for Comparison {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        })
    }
}

/// The words for true and false.
pub(super) const fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}
