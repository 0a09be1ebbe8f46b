//! Cuts a condition into tokens. What people write out of habit from elsewhere (`=`, `&&`, `'windows'`, `${os}`) is
//! reported with its mend and taken for what was meant, so that one run finds every mistake.

use std::ops::Range;

use super::date::has_date_shape;
use super::{Comparison, ConditionError, Number};

/// The words of the condition language, `true` and `false` (refused, with `yes` and `no` as the mend) included. No
/// step or fact may have one of these names.
pub const WORDS: [&str; 10] = [
    "and", "or", "not", "in", "has", "known", "yes", "no", "true", "false",
];

/// What a token is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name,
    Number(Number),
    Text(String),
    Constant(bool),
    Compare(Comparison),
    And,
    Or,
    Not,
    In,
    Has,
    Known,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    /// `+`, `-`, `*`, `/`, `%`.
    Calculation,
    /// A character that means nothing here.
    Unknown,
    End,
}

impl Token {
    /// Whether a comparison can follow it.
    const fn is_operand(&self) -> bool {
        matches!(
            self,
            Self::Name
                | Self::Number(_)
                | Self::Text(_)
                | Self::Constant(_)
                | Self::Close
                | Self::CloseList
        )
    }
}

/// A token and its bytes.
#[derive(Debug, Clone)]
pub(super) struct Placed {
    pub token: Token,
    pub range: Range<u32>,
}

/// Every token of the text, the last one [`Token::End`], and what had to be mended on the way.
pub(super) fn tokens(text: &str) -> (Vec<Placed>, Vec<ConditionError>) {
    let mut lexer = Lexer {
        text,
        at: 0,
        tokens: Vec::new(),
        errors: Vec::new(),
    };
    while lexer.next() {}
    (lexer.tokens, lexer.errors)
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    tokens: Vec<Placed>,
    errors: Vec<ConditionError>,
}

impl<'t> Lexer<'t> {
    /// Takes one token; false at the end.
    fn next(&mut self) -> bool {
        let rest = self.rest().trim_start();
        self.at = self.text.len() - rest.len();
        let Some(first) = rest.chars().next() else {
            self.push(0, Token::End);
            return false;
        };
        match first {
            '0'..='9' => self.number(),
            '-' if digits(rest.get(1..)) > 0 && !self.after_operand() => self.number(),
            '"' | '\'' | '`' | '“' | '”' | '„' | '‘' | '’' | '«' => self.quoted(first),
            '$' if rest.starts_with("${") => self.template(),
            _ if first == '_' || first.is_alphabetic() => self.word(),
            _ => self.sign(first),
        }
        true
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn after_operand(&self) -> bool {
        self.tokens
            .last()
            .is_some_and(|placed| placed.token.is_operand())
    }

    /// Takes `length` bytes as the token.
    fn push(&mut self, length: usize, token: Token) {
        let range = self.at as u32..(self.at + length) as u32;
        self.at += length;
        self.tokens.push(Placed { token, range });
    }

    /// Takes `length` bytes as a token that should have been written in another way.
    fn mend(&mut self, length: usize, token: Token, right: &str, message: String) {
        let range = self.at as u32..(self.at + length) as u32;
        let error = ConditionError::bad(range, message).help(format!("write `{right}`"));
        self.errors.push(error.replace(self.apart(length, right)));
        self.push(length, token);
    }

    /// A word that takes the place of the next `length` bytes, with spaces where it would grow together with what
    /// stands beside it: `a&&b` becomes `a and b`.
    fn apart(&self, length: usize, right: &str) -> String {
        let joins =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '"'));
        let is_word = right.starts_with(char::is_alphabetic);
        let before = is_word
            && joins(
                self.text
                    .get(..self.at)
                    .and_then(|text| text.chars().next_back()),
            );
        let after = is_word
            && joins(
                self.rest()
                    .get(length..)
                    .and_then(|text| text.chars().next()),
            );
        format!(
            "{}{right}{}",
            if before { " " } else { "" },
            if after { " " } else { "" }
        )
    }

    fn number(&mut self) {
        let rest = self.rest();
        if let Some(date) = rest.get(..10).filter(|date| has_date_shape(date)) {
            let message = format!("the date {date} stands without quotes");
            return self.mend(10, Token::Text(date.to_owned()), &quote(date), message);
        }
        let sign = usize::from(rest.starts_with('-'));
        let whole = sign + digits(rest.get(sign..));
        let fraction = match rest.get(whole..).and_then(|rest| rest.strip_prefix('.')) {
            Some(rest) if digits(Some(rest)) > 0 => 1 + digits(Some(rest)),
            _ => 0,
        };
        let length = whole + fraction;
        match rest.get(..length).and_then(Number::parse) {
            Some(number) => self.push(length, Token::Number(number)),
            None => self.push(length, Token::Unknown),
        }
    }

    fn quoted(&mut self, open: char) {
        let inner = self.rest().get(open.len_utf8()..).unwrap_or("");
        let closes = |c: char| match open {
            '"' | '\'' | '`' => c == open,
            '«' => c == '»',
            '‘' | '’' => matches!(c, '‘' | '’'),
            _ => matches!(c, '“' | '”' | '"'),
        };
        let Some((content, length)) = quoted_content(inner, closes) else {
            let range = self.at as u32..self.text.len() as u32;
            let error = ConditionError::bad(range, "a text is not closed");
            self.errors
                .push(error.help("put `\"` before and after the text"));
            let content = inner.to_owned();
            return self.push(self.rest().len(), Token::Text(content));
        };
        let length = open.len_utf8() + length;
        if open == '"' {
            return self.push(length, Token::Text(content));
        }
        let right = quote(&content);
        self.mend(
            length,
            Token::Text(content),
            &right,
            "a text stands in plain double quotes".to_owned(),
        );
    }

    /// `${os}`, which is for texts.
    fn template(&mut self) {
        let name = self
            .rest()
            .split_once('}')
            .and_then(|(name, _)| name.get(2..));
        match name {
            Some(name) if is_name(name.trim()) => {
                let message = "`${…}` is for texts: a condition names the fact alone".to_owned();
                self.mend(name.len() + 3, Token::Name, name.trim(), message);
                let inside = name.trim();
                let lead = 2 + (name.len() - name.trim_start().len());
                if let Some(last) = self.tokens.last_mut() {
                    let start = last.range.start + lead as u32;
                    last.range = start..start + inside.len() as u32;
                }
            }
            _ => self.push(1, Token::Unknown),
        }
    }

    fn word(&mut self) {
        let rest = self.rest();
        let length = rest
            .find(|c: char| c != '_' && !c.is_alphanumeric())
            .unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or(rest);
        if let Some(token) = exact_word(word) {
            return self.push(length, token);
        }
        let small = word.to_lowercase();
        let truth = match small.as_str() {
            "true" => Some(("yes", true)),
            "false" => Some(("no", false)),
            _ => None,
        };
        if let Some((right, value)) = truth {
            return self.mend(
                length,
                Token::Constant(value),
                right,
                format!("`{word}` is written `{right}`"),
            );
        }
        if let Some(token) = exact_word(&small) {
            return self.mend(
                length,
                token,
                &small,
                format!("`{word}` is written in small letters"),
            );
        }
        if self.after_operand() && self.foreign_operator(&small, length) {
            return;
        }
        self.push(length, Token::Name);
    }

    /// `is`, `is not`, `contains` where an operator must stand; false for any other word.
    fn foreign_operator(&mut self, word: &str, length: usize) -> bool {
        let (length, right, token) = match word {
            "is" | "equals" | "eq" => match self.followed_by_not(length) {
                Some(length) => (length, "!=", Token::Compare(Comparison::NotEqual)),
                None => (length, "==", Token::Compare(Comparison::Equal)),
            },
            "contains" | "includes" => (length, "has", Token::Has),
            _ => return false,
        };
        let written = self.rest().get(..length).unwrap_or(word).to_owned();
        self.mend(
            length,
            token,
            right,
            format!("`{written}` is written `{right}`"),
        );
        true
    }

    /// The length up to and with a `not` that follows a word of this length.
    fn followed_by_not(&self, length: usize) -> Option<usize> {
        let after = self.rest().get(length..)?;
        let rest = after.trim_start().strip_prefix("not")?;
        let ends = !rest.starts_with(|c: char| c == '_' || c.is_alphanumeric());
        ends.then(|| self.rest().len() - rest.len())
    }

    fn sign(&mut self, first: char) {
        let rest = self.rest();
        let Some((sign, right, token)) = SIGNS.iter().find(|(sign, ..)| rest.starts_with(sign))
        else {
            return self.push(first.len_utf8(), Token::Unknown);
        };
        if sign == right {
            return self.push(sign.len(), token.clone());
        }
        let message = match *sign {
            "=" => "`=` alone does not compare".to_owned(),
            _ => format!("`{sign}` is written `{right}`"),
        };
        self.mend(sign.len(), token.clone(), right, message);
    }
}

/// Signs, longest first, and how each is written right.
const SIGNS: &[(&str, &str, Token)] = &[
    ("===", "==", Token::Compare(Comparison::Equal)),
    ("!==", "!=", Token::Compare(Comparison::NotEqual)),
    ("==", "==", Token::Compare(Comparison::Equal)),
    ("!=", "!=", Token::Compare(Comparison::NotEqual)),
    ("<>", "!=", Token::Compare(Comparison::NotEqual)),
    ("<=", "<=", Token::Compare(Comparison::LessOrEqual)),
    ("=<", "<=", Token::Compare(Comparison::LessOrEqual)),
    (">=", ">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("=>", ">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("≠", "!=", Token::Compare(Comparison::NotEqual)),
    ("≤", "<=", Token::Compare(Comparison::LessOrEqual)),
    ("≥", ">=", Token::Compare(Comparison::GreaterOrEqual)),
    ("<", "<", Token::Compare(Comparison::Less)),
    (">", ">", Token::Compare(Comparison::Greater)),
    ("=", "==", Token::Compare(Comparison::Equal)),
    ("&&", "and", Token::And),
    ("&", "and", Token::And),
    ("||", "or", Token::Or),
    ("|", "or", Token::Or),
    ("!", "not", Token::Not),
    ("(", "(", Token::Open),
    (")", ")", Token::Close),
    ("[", "[", Token::OpenList),
    ("]", "]", Token::CloseList),
    (",", ",", Token::Comma),
    ("+", "+", Token::Calculation),
    ("-", "-", Token::Calculation),
    ("*", "*", Token::Calculation),
    ("/", "/", Token::Calculation),
    ("%", "%", Token::Calculation),
];

fn exact_word(word: &str) -> Option<Token> {
    Some(match word {
        "and" => Token::And,
        "or" => Token::Or,
        "not" => Token::Not,
        "in" => Token::In,
        "has" => Token::Has,
        "known" => Token::Known,
        "yes" => Token::Constant(true),
        "no" => Token::Constant(false),
        _ => return None,
    })
}

/// How many digits a text begins with.
fn digits(text: Option<&str>) -> usize {
    text.unwrap_or("")
        .bytes()
        .take_while(u8::is_ascii_digit)
        .count()
}

/// Whether a text is an author's name: `[a-z][a-z0-9_]*`.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The content of a quoted text up to the closing quote, and how many bytes it takes with that quote. `\"` is a quote
/// and `\\` a backslash; before anything else a backslash stands for itself.
fn quoted_content(inner: &str, closes: impl Fn(char) -> bool) -> Option<(String, usize)> {
    let mut content = String::new();
    let mut characters = inner.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        if closes(character) {
            return Some((content, at + character.len_utf8()));
        }
        let escaped =
            characters.next_if(|(_, next)| character == '\\' && matches!(next, '"' | '\\'));
        content.push(escaped.map_or(character, |(_, next)| next));
    }
    None
}

/// A text as it stands in a condition: in double quotes.
pub(super) fn quote(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
