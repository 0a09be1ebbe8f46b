//! Tokens → [`Parsed`]. `or` binds least, then `and`, `not`, comparisons. Brackets and `not` nest at most 64 deep, and
//! long chains of `and` and `or` become balanced trees, so that nobody who walks the result recurses deeply.

mod unexpected;

use std::ops::Range;

use super::parsed::{Literal, LiteralKind, Side, Term, TermKind, slice};
use super::token::{Placed, Token, quote, tokens};
use super::{ConditionError, Parsed};

/// Longest condition, in bytes.
const MAX_LENGTH: usize = 4_000;

/// Most brackets and `not` around one comparison.
const MAX_DEPTH: usize = 64;

/// Reads a condition. All mistakes whose meaning is plain are reported in one go, together with the first one after
/// which nothing can be made out.
///
/// # Errors
/// What is wrong with it, in the order of places; at least one.
pub fn parse(text: &str) -> Result<Parsed, Vec<ConditionError>> {
    match read(text) {
        (Some(parsed), errors) if errors.is_empty() => Ok(parsed),
        (_, errors) => Err(errors),
    }
}

/// What a condition with mistakes is taken for, where every one of them has a plain meaning.
pub fn as_meant(text: &str) -> Option<Parsed> {
    read(text).0
}

/// What a text says, as far as it can be made out, and what is wrong with it.
fn read(text: &str) -> (Option<Parsed>, Vec<ConditionError>) {
    if text.len() > MAX_LENGTH {
        let message = format!("the condition is longer than {MAX_LENGTH} characters");
        let error = ConditionError::bad(0..text.len() as u32, message);
        let error = error.help("split it over several steps that decide one thing each");
        return (None, vec![error]);
    }
    let (tokens, errors) = tokens(text);
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        depth: 0,
        errors,
    };
    match parser.whole() {
        Ok(root) => {
            let parsed = Parsed {
                source: text.into(),
                root,
            };
            (Some(parsed), parser.sorted())
        }
        Err(last) => {
            parser
                .errors
                .retain(|error| error.range.start < last.range.start);
            parser.errors.push(last);
            (None, parser.sorted())
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    tokens: Vec<Placed>,
    at: usize,
    depth: usize,
    errors: Vec<ConditionError>,
}

type Parse<T> = Result<T, ConditionError>;

impl<'t> Parser<'t> {
    fn sorted(mut self) -> Vec<ConditionError> {
        self.errors.sort_by_key(|error| error.range.start);
        self.errors
    }

    fn peek(&self) -> &Token {
        self.tokens
            .get(self.at)
            .map_or(&Token::End, |placed| &placed.token)
    }

    fn range(&self) -> Range<u32> {
        let end = self.text.len() as u32;
        self.tokens
            .get(self.at)
            .map_or(end..end, |placed| placed.range.clone())
    }

    /// Steps over the current token and returns its range.
    fn take(&mut self) -> Range<u32> {
        let range = self.range();
        self.at += 1;
        range
    }

    /// Steps over the current token if it is that one.
    fn accept(&mut self, token: &Token) -> Option<Range<u32>> {
        (self.peek() == token).then(|| self.take())
    }

    fn written(&self, range: &Range<u32>) -> &'t str {
        slice(self.text, range)
    }

    fn whole(&mut self) -> Parse<Term> {
        if *self.peek() == Token::End {
            let error = ConditionError::bad(0..self.text.len() as u32, "the condition is empty");
            return Err(error.help("write for example `os == \"windows\"`"));
        }
        let term = self.any_of()?;
        match self.peek() {
            Token::End => Ok(term),
            _ => Err(self.unexpected()),
        }
    }

    /// Parts joined by `or`.
    fn any_of(&mut self) -> Parse<Term> {
        let mut parts = vec![self.all_of()?];
        while self.accept(&Token::Or).is_some() {
            parts.push(self.all_of()?);
        }
        Ok(balanced(parts, TermKind::Or))
    }

    /// Parts joined by `and`.
    fn all_of(&mut self) -> Parse<Term> {
        let mut parts = vec![self.part()?];
        while self.accept(&Token::And).is_some() {
            parts.push(self.part()?);
        }
        Ok(balanced(parts, TermKind::And))
    }

    /// `not …`, something in brackets, or a comparison.
    fn part(&mut self) -> Parse<Term> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("brackets and `not` stand more than {MAX_DEPTH} deep");
            return Err(ConditionError::bad(self.range(), message)
                .help("take the ones away that are not needed"));
        }
        let term = match self.peek() {
            Token::Not => {
                let start = self.take().start;
                let inner = self.part()?;
                Term {
                    range: start..inner.range.end,
                    kind: TermKind::Not(Box::new(inner)),
                }
            }
            Token::Open => self.brackets()?,
            Token::Known => self.known()?,
            _ => self.comparison()?,
        };
        self.depth -= 1;
        Ok(term)
    }

    fn brackets(&mut self) -> Parse<Term> {
        let open = self.take();
        let inner = self.any_of()?;
        match self.accept(&Token::Close) {
            Some(close) => Ok(Term {
                range: open.start..close.end,
                kind: inner.kind,
            }),
            None if *self.peek() == Token::End => {
                Err(ConditionError::bad(open, "this bracket is never closed")
                    .help("add `)` where it ends"))
            }
            None => Err(self.unexpected()),
        }
    }

    /// `known(name)`.
    fn known(&mut self) -> Parse<Term> {
        let start = self.take();
        let open = self.accept(&Token::Open);
        let quoted = matches!(self.peek(), Token::Text(_));
        if *self.peek() != Token::Name && !quoted {
            let error =
                ConditionError::bad(start.start..self.range().end, "`known` asks about one fact");
            return Err(error.help("write it with the fact's name in brackets: `known(os)`"));
        }
        let name = self.take();
        let close = if open.is_some() {
            self.accept(&Token::Close)
        } else {
            None
        };
        let range = start.start..close.as_ref().map_or(name.end, |close| close.end);
        if close.is_none() || quoted {
            let right = format!("known({})", self.written(&name).trim_matches(['"', '\'']));
            let message = "`known` takes a fact's name, without quotes, in brackets";
            self.errors
                .push(ConditionError::bad(range.clone(), message).replace(right));
        }
        Ok(Term {
            range,
            kind: TermKind::Known(name),
        })
    }

    fn comparison(&mut self) -> Parse<Term> {
        let left = self.side()?;
        let range = left.range().clone();
        match self.peek().clone() {
            Token::Compare(comparison) => {
                self.take();
                let right = self.right_side()?;
                let range = range.start..right.range().end;
                if matches!(self.peek(), Token::Compare(_)) {
                    self.chained(&range, &right)?;
                }
                Ok(Term {
                    range,
                    kind: TermKind::Compare(left, comparison, right),
                })
            }
            Token::In | Token::Has => self.contents(left),
            Token::Not => self.negated_contents(left),
            _ => match left {
                Side::Name(name) => Ok(Term {
                    range,
                    kind: TermKind::Name(name),
                }),
                Side::Literal(Literal {
                    kind: LiteralKind::YesNo(value),
                    ..
                }) => Ok(Term {
                    range,
                    kind: TermKind::Constant(value),
                }),
                Side::Literal(_) => Err(self.lonely(&range)),
            },
        }
    }

    /// `os not in […]`.
    fn negated_contents(&mut self, left: Side) -> Parse<Term> {
        let not = self.take();
        if !matches!(self.peek(), Token::In | Token::Has) {
            let error = ConditionError::bad(not, "`not` cannot stand here");
            return Err(error.help("write `not` before a comparison, or `!=` between two values"));
        }
        let inner = self.contents(left)?;
        Ok(Term {
            range: inner.range.clone(),
            kind: TermKind::Not(Box::new(inner)),
        })
    }

    /// `os in […]` and `apps has "…"`, from the word on.
    fn contents(&mut self, left: Side) -> Parse<Term> {
        let Side::Name(name) = left else {
            let range = left.range().start..self.range().end;
            let word = self.written(&self.range());
            let error = ConditionError::bad(range, format!("before `{word}` stands a fact's name"));
            return Err(error.help(
                "write for example `os in [\"windows\", \"macos\"]`, or `apps has \"vpn\"`",
            ));
        };
        let word = self.peek().clone();
        let word_range = self.take();
        if word == Token::In {
            let list = self.list(&word_range)?;
            return Ok(Term {
                range: name.start..self.last_end(),
                kind: TermKind::In(name, list),
            });
        }
        if *self.peek() == Token::OpenList {
            let error = ConditionError::bad(self.range(), "`has` looks for one answer at a time");
            return Err(error.help("write `apps has \"vpn\" and apps has \"mail\"`"));
        }
        let literal = self.literal()?;
        Ok(Term {
            range: name.start..literal.range.end,
            kind: TermKind::Has(name, literal),
        })
    }

    /// Where the last taken token ends.
    fn last_end(&self) -> u32 {
        self.at
            .checked_sub(1)
            .and_then(|at| self.tokens.get(at))
            .map_or(0, |placed| placed.range.end)
    }

    /// `["windows", "macos"]`.
    fn list(&mut self, word: &Range<u32>) -> Parse<Vec<Literal>> {
        let open = self.accept(&Token::OpenList);
        if let (Some(open), Token::CloseList) = (&open, self.peek()) {
            let error = ConditionError::bad(
                open.start..self.range().end,
                "the list is empty: nothing is ever in it",
            );
            return Err(error.help("write what it holds, as in `[\"windows\", \"macos\"]`"));
        }
        if open.is_none() {
            let error =
                ConditionError::bad(word.start..self.range().end, "after `in` stands a list");
            return Err(
                error.help("write the list in square brackets: `in [\"windows\", \"macos\"]`")
            );
        }
        let mut list = vec![self.literal()?];
        while self.accept(&Token::Comma).is_some() {
            list.push(self.literal()?);
        }
        match self.accept(&Token::CloseList) {
            Some(_) => Ok(list),
            None => {
                let error =
                    ConditionError::bad(self.range(), "the list goes on without a comma or `]`");
                Err(error.help("put a comma between two values and `]` after the last one"))
            }
        }
    }

    /// A name or a value written out.
    fn side(&mut self) -> Parse<Side> {
        let range = self.range();
        let kind = match self.peek() {
            Token::Name => {
                self.take();
                return Ok(Side::Name(range));
            }
            Token::Number(number) => LiteralKind::Number(*number),
            Token::Text(text) => LiteralKind::Text(text.clone()),
            Token::Constant(value) => LiteralKind::YesNo(*value),
            _ => return Err(self.unexpected()),
        };
        self.take();
        Ok(Side::Literal(Literal { range, kind }))
    }

    /// What stands after an operator: a side, or several words that lack their quotes.
    fn right_side(&mut self) -> Parse<Side> {
        let side = self.side()?;
        match side {
            Side::Name(name) if *self.peek() == Token::Name => {
                Ok(Side::Literal(self.unquoted(name)))
            }
            side => Ok(side),
        }
    }

    /// A value written out, where a name can only be a text that lacks its quotes.
    fn literal(&mut self) -> Parse<Literal> {
        match self.side()? {
            Side::Literal(literal) => Ok(literal),
            Side::Name(name) => Ok(self.unquoted(name)),
        }
    }

    /// Takes this word and those after it for a text without quotes, and says so.
    fn unquoted(&mut self, first: Range<u32>) -> Literal {
        let mut range = first;
        while matches!(self.peek(), Token::Name | Token::Number(_)) {
            range.end = self.take().end;
        }
        let text = self.written(&range).to_owned();
        let message = format!("the text {} stands without quotes", quote(&text));
        self.errors
            .push(ConditionError::bad(range.clone(), message).replace(quote(&text)));
        Literal {
            range,
            kind: LiteralKind::Text(text),
        }
    }

    /// Reports `1 < x < 5` and steps over what follows the first comparison.
    fn chained(&mut self, first: &Range<u32>, middle: &Side) -> Parse<()> {
        let operator = self.take();
        let last = self.side()?;
        let right = format!(
            "{} and {} {} {}",
            self.written(first),
            self.written(middle.range()),
            self.written(&operator),
            self.written(last.range())
        );
        let range = first.start..last.range().end;
        self.errors
            .push(ConditionError::bad(range, "two comparisons are run together").replace(right));
        Ok(())
    }
}

/// Joins parts pairwise into a tree whose depth is the logarithm of their number. The order of evaluation stays.
fn balanced(mut parts: Vec<Term>, join: fn(Box<Term>, Box<Term>) -> TermKind) -> Term {
    while parts.len() > 1 {
        let mut joined = Vec::with_capacity(parts.len().div_ceil(2));
        let mut rest = parts.into_iter();
        while let Some(left) = rest.next() {
            joined.push(match rest.next() {
                Some(right) => {
                    let range = left.range.start..right.range.end;
                    Term {
                        range,
                        kind: join(Box::new(left), Box::new(right)),
                    }
                }
                None => left,
            });
        }
        parts = joined;
    }
    parts.pop().unwrap_or(Term {
        range: 0..0,
        kind: TermKind::Constant(true),
    })
}
