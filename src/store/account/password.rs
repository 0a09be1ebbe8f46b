//! Passwords: which are good enough, and how they are kept. Hashing takes tens of milliseconds and 19 MiB on purpose: call
//! it outside of threads on which others wait.

use std::fmt;

use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

use super::super::case_id::{fill, random_letters};
use super::super::error::{Result, StoreError};
use super::name::UserName;

/// Fewest characters, where nothing but the password proves who one is (NIST SP 800-63B-4, section 3.1.1.2).
pub const SHORTEST_PASSWORD: usize = 15;

/// Most bytes: more is no password, but work for the one who checks it.
const LONGEST: usize = 1024;

/// Fewest different characters: `aaaaaaaaaaaaaaa` is long, too.
const FEWEST_DIFFERENT: usize = 5;

/// What one guess costs: argon2id with 19 MiB, 2 passes, 1 lane. Source: OWASP Password Storage Cheat Sheet, "Argon2id".
const KIBIBYTES: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Length of the salt in bytes (RFC 9106, section 3.1).
const SALT: usize = 16;

/// The hash of nobody's password, so that a name that there is not costs the same time; it is checked, and then refused.
const DECOY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A password as it is kept: its argon2id hash with salt and parameters.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a password that somebody chose. Slow on purpose.
    ///
    /// # Errors
    /// It is too easily guessed; or the computer gives no random numbers or memory.
    pub fn of(password: &str, name: &UserName) -> Result<Self> {
        look_at(password, name).map_err(StoreError::Unfit)?;
        let mut salt = [0_u8; SALT];
        fill(&mut salt)?;
        let hash: phc::PasswordHash = argon2()
            .and_then(|argon2| argon2.hash_password_with_salt(password.as_bytes(), &salt))
            .map_err(|why| StoreError::Unavailable {
                place: String::new(),
                why: format!("cannot hash a password: {why}"),
                lost: false,
            })?;
        Ok(Self(hash.to_string()))
    }

    /// The one that is kept like this.
    pub(in crate::store) fn kept(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// As it is kept.
    pub(in crate::store) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it is the hash of this password. Slow on purpose, with every hash alike.
    fn is_of(&self, password: &str) -> bool {
        let Ok(hash) = phc::PasswordHash::new(&self.0) else {
            return false;
        };
        let verified =
            argon2().and_then(|argon2| argon2.verify_password(password.as_bytes(), &hash));
        password.len() <= LONGEST && verified.is_ok()
    }
}

/// Whether a password is that of a hash; takes as long where there is none.
pub(super) fn is_right(hash: Option<&PasswordHash>, password: &str) -> bool {
    let decoy = PasswordHash(DECOY.to_owned());
    let is_right = hash.unwrap_or(&decoy).is_of(password);
    is_right && hash.is_some()
}

/// A password that nobody guesses: 20 characters of 5 random bits.
///
/// # Errors
/// The computer gives no random numbers.
pub fn random_password() -> Result<String> {
    let letters = random_letters(20)?;
    let groups: Vec<&str> = (0..4)
        .filter_map(|at| letters.get(at * 5..at * 5 + 5))
        .collect();
    Ok(groups.join("-"))
}

fn argon2<'k>() -> std::result::Result<Argon2<'k>, argon2::password_hash::Error> {
    let params = Params::new(KIBIBYTES, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn look_at(password: &str, name: &UserName) -> std::result::Result<(), String> {
    let count = password.chars().count();
    if count < SHORTEST_PASSWORD {
        return Err(format!(
            "this password has {count} characters, and {SHORTEST_PASSWORD} are the fewest; four or five words that don't belong together are easy to remember"
        ));
    }
    if password.len() > LONGEST {
        return Err(format!("this password is longer than {LONGEST} bytes"));
    }
    let mut different: Vec<char> = password.to_lowercase().chars().collect();
    different.sort_unstable();
    different.dedup();
    let rest = password.to_lowercase().replace(name.as_str(), "");
    if different.len() < FEWEST_DIFFERENT || rest.chars().count() < SHORTEST_PASSWORD / 2 {
        return Err(
            "this password is easily guessed: it repeats itself, or is little more than the name"
                .to_owned(),
        );
    }
    Ok(())
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("PasswordHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::{PasswordHash, is_right, look_at, random_password};

    #[test]
    fn a_password_is_its_own_and_no_other() {
        let ada = "ada".parse().unwrap();
        let password = random_password().unwrap();
        let hash = PasswordHash::of(&password, &ada).unwrap();
        assert!(
            hash.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{}",
            hash.as_str()
        );
        assert!(is_right(Some(&hash), &password));
        assert!(!is_right(Some(&hash), &password.to_uppercase()));
        assert!(!is_right(None, &password));
        assert!(!is_right(Some(&PasswordHash::kept("")), ""));
        assert_ne!(
            hash,
            PasswordHash::of(&password, &ada).unwrap(),
            "each has its salt"
        );
    }

    #[test]
    fn what_is_easily_guessed_is_refused() {
        let ada = "ada.lovelace".parse().unwrap();
        let long = "abcdefgh".repeat(200);
        for wrong in [
            "",
            "short",
            "abababababababababab",
            "Ada.LovelaceAda.Lovelace1",
            &long,
        ] {
            assert!(look_at(wrong, &ada).is_err(), "{wrong}");
        }
        for good in [
            "correct horse battery",
            "日本の電球が切れましたね、困った",
            "k3m9-x7p2-4qda-99",
        ] {
            assert_eq!(look_at(good, &ada), Ok(()), "{good}");
        }
    }
}
