//! Random texts that prove something to whoever they are shown: given out once, and kept as a digest only, so that a copy
//! of the store opens nothing.

use std::fmt::{self, Write as _};

use sha2::{Digest as _, Sha256};

use super::case_id::random_letters;
use super::error::Result;

/// Characters of 5 bits each: 260 bits.
const LENGTH: usize = 52;

/// A text that was given out; whoever has it is believed.
#[derive(Clone, PartialEq, Eq)]
pub struct Bearer(String);

impl Bearer {
    /// A new one, behind something by which people and leak scanners know what it is.
    ///
    /// # Errors
    /// The computer gives no random numbers.
    pub(super) fn random(prefix: &str) -> Result<Self> {
        Ok(Self(format!("{prefix}{}", random_letters(LENGTH)?)))
    }

    /// The text: to be shown or sent once.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub(super) fn digest(&self) -> String {
        digest(&self.0)
    }
}

impl fmt::Debug for Bearer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Bearer(…)")
    }
}

/// SHA-256 in hexadecimal: enough for texts of so many random bits.
pub(super) fn digest(text: &str) -> String {
    let mut digest = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        // Writing to a String does not fail.
        let _ = write!(digest, "{byte:02x}");
    }
    digest
}
