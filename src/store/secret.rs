//! The store's secret: 256 random bits, made once, shared by all processes on the store. From it come keys for what must
//! be known again although nobody keeps it (form tokens, cookies); each purpose has a key of its own.

use std::fmt::{self, Write as _};

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::case_id::fill;
use super::connection::{Connection, Param};
use super::error::{Result, StoreError};

/// Bytes of the secret, and of each key.
const LENGTH: usize = 32;

/// How it is called among the settings.
const NAME: &str = "secret";

/// The store's secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Key);

/// A key for one purpose.
#[derive(Clone)]
pub struct Key {
    bytes: [u8; LENGTH],
    /// With the key taken in already: half of the work for a short message.
    code: Hmac<Sha256>,
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.bytes == other.bytes
    }
}

impl Eq for Key {}

impl Secret {
    /// One made of these bytes: a test's own.
    #[cfg(test)]
    pub fn of(bytes: [u8; LENGTH]) -> Self {
        Self(Key::new(bytes))
    }

    /// The key that seals the addresses of cases, and from which the names of cases follow that go on with another one.
    pub fn addresses(&self) -> Key {
        self.key("addresses")
    }

    /// The key for a purpose: HMAC-SHA256 of the purpose's name under the secret.
    pub fn key(&self, purpose: &str) -> Key {
        Key::new(self.0.digest(purpose))
    }
}

impl Key {
    fn new(bytes: [u8; LENGTH]) -> Self {
        #[allow(
            clippy::expect_used,
            reason = "HMAC takes keys of every length (RFC 2104, section 2)"
        )]
        let code = Hmac::<Sha256>::new_from_slice(&bytes).expect("a key of any length");
        Self { bytes, code }
    }

    fn code(&self, message: &str) -> Hmac<Sha256> {
        let mut code = self.code.clone();
        code.update(message.as_bytes());
        code
    }

    /// The same 32 bytes for a message each time; nobody foresees them without the key.
    pub fn digest(&self, message: &str) -> [u8; LENGTH] {
        self.code(message).finalize().into_bytes().into()
    }

    /// Proof that whoever has the key wrote this message: 64 hexadecimal digits.
    pub fn sign(&self, message: &str) -> String {
        let mut text = String::with_capacity(2 * LENGTH);
        for byte in self.code(message).finalize().into_bytes() {
            // Writing to a String does not fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    /// Whether this is the proof for that message; takes the same time wherever they differ.
    pub fn is_signed(&self, message: &str, proof: &str) -> bool {
        let byte = |at: usize| {
            let digits = proof.get(2 * at..2 * at + 2)?;
            u8::from_str_radix(digits, 16).ok()
        };
        let bytes: Vec<u8> = (0..LENGTH).filter_map(byte).collect();
        proof.len() == 2 * LENGTH && self.code(message).verify_slice(&bytes).is_ok()
    }
}

/// The secret; made if there is none yet. Of several who make it at once all get the same.
pub(super) fn load(connection: &mut dyn Connection) -> Result<Secret> {
    if let Some(kept) = find(connection)? {
        return Ok(kept);
    }
    let mut new = [0_u8; LENGTH];
    fill(&mut new)?;
    connection.transaction(|connection| {
        connection.execute(
            "INSERT INTO setting (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            &[Param::Text(NAME), Param::Bytes(&new)],
        )?;
        find(connection)?.ok_or_else(unreadable)
    })
}

/// The secret, if there is one.
pub(super) fn find(connection: &mut dyn Connection) -> Result<Option<Secret>> {
    let find = "SELECT value FROM setting WHERE name = $1";
    let kept = connection.first(find, &[Param::Text(NAME)], |row| {
        let bytes = <[u8; LENGTH]>::try_from(row.bytes(0)?).ok()?;
        Some(Secret(Key::new(bytes)))
    })?;
    kept.map(|kept| kept.ok_or_else(unreadable)).transpose()
}

fn unreadable() -> StoreError {
    StoreError::Damaged {
        place: String::new(),
        why: "its secret cannot be read".to_owned(),
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Secret(…)")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Key(…)")
    }
}
