//! The name of a case: 12 characters of Crockford's base 32 (<https://www.crockford.com/base32.html>), 60 random bits,
//! written in three groups (`k3m9-x7p2-4qda`). Nobody guesses one, and one can read it out on the phone.

use std::fmt;
use std::str::FromStr;

use super::error::{Result, StoreError};
use super::secret::Key;

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// How many characters there are.
const LENGTH: usize = 12;

/// The name of a case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(String);

impl CaseId {
    /// A new one.
    ///
    /// # Errors
    /// The system gives no random numbers.
    pub fn random() -> Result<Self> {
        random_letters(LENGTH).map(Self)
    }

    /// The one that follows from a digest: nobody foresees it who could not make the digest.
    pub fn of_digest(digest: &[u8]) -> Self {
        Self(letters_of(digest).take(LENGTH).collect())
    }

    /// The case that goes on where this one was closed: always the same, and nobody foresees its name without the key.
    pub fn next(&self, key: &Key) -> Self {
        Self::of_digest(&key.digest(&format!("next {}", self.as_str())))
    }

    /// Its characters without the strokes between the groups: how it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The one that is kept like this.
    pub(super) fn kept(text: &str) -> Self {
        Self(text.to_owned())
    }
}

/// So many random characters, 5 bits each.
///
/// # Errors
/// The system gives no random numbers.
pub(super) fn random_letters(count: usize) -> Result<String> {
    let mut bytes = vec![0_u8; count];
    fill(&mut bytes)?;
    Ok(letters_of(&bytes).collect())
}

/// Bytes in base 32, 5 bits of each.
pub fn letters_of(bytes: &[u8]) -> impl Iterator<Item = char> + '_ {
    let letter = |byte: &u8| LETTERS.get(usize::from(byte & 31)).copied();
    bytes.iter().filter_map(letter).map(char::from)
}

/// Fills bytes at random.
///
/// # Errors
/// The system gives no random numbers.
pub(super) fn fill(bytes: &mut [u8]) -> Result<()> {
    getrandom::fill(bytes).map_err(|why| StoreError::Unavailable {
        place: String::new(),
        why: format!("gets no random numbers from this computer: {why}"),
        lost: false,
    })
}

/// A number to know again what one keeper wrote: 31 bits, so that rows stay short.
///
/// # Errors
/// The system gives no random numbers.
pub(super) fn random_writer() -> Result<i64> {
    let mut bytes = [0_u8; 4];
    fill(&mut bytes)?;
    Ok(i64::from(u32::from_le_bytes(bytes) >> 1))
}

/// What somebody typed as such characters: strokes, spaces and case don't count, `o` is 0, `i` and `l` are 1. `None` if
/// there is anything else in it.
pub fn typed_letters(text: &str) -> Option<String> {
    let mut letters = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter.to_ascii_lowercase() {
            '-' | ' ' => {}
            'o' => letters.push('0'),
            'i' | 'l' => letters.push('1'),
            'u' => return None,
            letter @ ('0'..='9' | 'a'..='z') => letters.push(letter),
            _ => return None,
        }
    }
    Some(letters)
}

impl fmt::Display for CaseId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % 4 == 0 {
                out.write_str("-")?;
            }
            write!(out, "{letter}")?;
        }
        Ok(())
    }
}

impl FromStr for CaseId {
    type Err = StoreError;

    /// Reads a whole name, as it is written or as somebody typed it.
    fn from_str(text: &str) -> Result<Self> {
        typed_letters(text)
            .filter(|letters| letters.len() == LENGTH)
            .map(Self)
            .ok_or_else(|| StoreError::NoSuchCase(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::CaseId;

    #[test]
    fn what_is_read_out_is_understood() {
        let id = CaseId::random().unwrap();
        assert_eq!(id.to_string().parse(), Ok(id.clone()));
        assert_eq!(id.to_string().to_uppercase().parse(), Ok(id.clone()));
        assert_eq!(id.to_string().len(), 14);
        let typed: CaseId = "ilo0-abcd-EFGH".parse().unwrap();
        assert_eq!(typed.to_string(), "1100-abcd-efgh");
        for wrong in [
            "",
            "k3m9",
            "k3m9-x7p2-4qdu",
            "k3m9-x7p2-4qda-1",
            "é3m9-x7p2-4qda",
        ] {
            assert!(wrong.parse::<CaseId>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn no_two_are_the_same() {
        assert_ne!(CaseId::random().unwrap(), CaseId::random().unwrap());
    }
}
