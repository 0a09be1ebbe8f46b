//! How somebody who signs in is called. One spelling a person: case does not count.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::super::error::StoreError;

/// Longest name, in characters.
const LONGEST: usize = 64;

/// The name with which somebody signs in, in lower case: letters, digits and `. _ - + @`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserName(Arc<str>);

impl UserName {
    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The one that is kept like this.
    pub(in crate::store) fn kept(text: &str) -> Self {
        Self(text.into())
    }
}

impl FromStr for UserName {
    type Err = StoreError;

    /// Reads a name as somebody typed it.
    fn from_str(typed: &str) -> Result<Self, StoreError> {
        let name = typed.trim().to_lowercase();
        let is_fit = |letter: char| letter.is_alphanumeric() || "._-+@".contains(letter);
        let begins_well = name.chars().next().is_some_and(char::is_alphanumeric);
        if begins_well && name.chars().all(is_fit) && name.chars().count() <= LONGEST {
            return Ok(Self(name.into()));
        }
        let shown: String = typed.escape_debug().take(LONGEST).collect();
        Err(StoreError::Unfit(format!(
            "\"{shown}\" is no name to sign in with: it begins with a letter or digit, goes on with letters, digits and . _ - + @, and has at most {LONGEST} of them"
        )))
    }
}

impl fmt::Display for UserName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::UserName;

    #[test]
    fn one_spelling_a_person() {
        let read = |typed: &str| typed.parse::<UserName>().map(|name| name.to_string());
        assert_eq!(
            read(" Ada.Lovelace@Example.org "),
            Ok("ada.lovelace@example.org".to_owned())
        );
        assert_eq!(read("ÅSA"), Ok("åsa".to_owned()));
        let long = "a".repeat(65);
        for wrong in [
            "",
            " ",
            "-x",
            "a b",
            "a\u{202e}b",
            "a\0",
            "<b>",
            "a\u{301}",
            &long,
        ] {
            assert!(read(wrong).is_err(), "{wrong:?}");
        }
    }
}
