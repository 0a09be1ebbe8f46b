//! What to say about a condition that cannot be made out.

use std::ops::Range;

use super::super::ConditionError;
use super::super::token::Token;
use super::Parser;

impl Parser<'_> {
    /// A number or a text that is compared with nothing.
    pub(super) fn lonely(&self, range: &Range<u32>) -> ConditionError {
        match self.peek() {
            Token::End | Token::And | Token::Or | Token::Close => {
                let message = format!("{} is compared with nothing", self.shown(range));
                ConditionError::bad(range.clone(), message)
                    .help("write for example `speed < 5` or `os == \"windows\"`")
            }
            _ => self.unexpected(),
        }
    }

    /// A piece of the condition for a message: texts in their own quotes, everything else in backticks.
    fn shown(&self, range: &Range<u32>) -> String {
        let written = self.written(range);
        if written.contains('`') {
            written.to_owned()
        } else {
            format!("`{written}`")
        }
    }

    /// What to say about a token that cannot stand where it does.
    pub(super) fn unexpected(&self) -> ConditionError {
        let range = self.range();
        let shown = self.shown(&range);
        let (message, help) = match self.peek() {
            Token::End => return self.unfinished(),
            Token::Calculation => (
                format!("{shown} cannot stand here: a condition compares, it does not calculate"),
                "compare a fact with one value, as in `speed < 5`; in names, write `_` for a dash",
            ),
            Token::Comma => (
                "a comma stands only between the values of a list".to_owned(),
                "join comparisons with `and` or `or`; write `1.5` with a point",
            ),
            Token::Open => (
                "a bracket cannot open here".to_owned(),
                "join comparisons with `and` or `or`; the only word with brackets is `known(os)`",
            ),
            Token::Close | Token::CloseList => (
                format!("{shown} closes a bracket that was not opened"),
                "take it away, or open the bracket",
            ),
            Token::OpenList => (
                "a list stands only after `in`".to_owned(),
                "write `os in [\"windows\", \"macos\"]`",
            ),
            Token::Compare(_) | Token::In | Token::Has => (
                format!("{shown} has no value before it"),
                "write a fact's name, the sign, and a value: `speed < 5`",
            ),
            Token::And | Token::Or => (
                format!("{shown} joins nothing"),
                "write a whole comparison on both sides, as in `a == 1 and b == 2`",
            ),
            Token::Unknown => (
                format!("{shown} means nothing in a condition"),
                "names are written in letters, digits and `_`",
            ),
            _ => (
                format!("{shown} cannot follow what stands before it"),
                "join comparisons with `and` or `or`; put texts in double quotes; leave units away",
            ),
        };
        ConditionError::bad(range, message).help(help)
    }

    /// The condition ends too early.
    fn unfinished(&self) -> ConditionError {
        let last = self.at.checked_sub(1).and_then(|at| self.tokens.get(at));
        let range = last.map_or_else(|| self.range(), |placed| placed.range.clone());
        let message = format!("the condition ends after {}", self.shown(&range));
        ConditionError::bad(range, message).help("write what is compared, as in `speed < 5`")
    }
}
