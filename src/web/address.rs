//! The address of a customer's case: its name and a seal that only this store can make, so that nobody finds a case by
//! guessing and a name read out on the phone opens nothing. 60 random bits of the name, 100 bits of the seal.

use std::fmt;

use crate::store::{CaseId, Key, code_letters, letters_of};

/// How many characters of base 32 the seal has, 5 bits each.
const SEAL: usize = 20;

/// What a seal is good for; one for another purpose does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To walk the case.
    Walk,
    /// To begin a case of that name.
    Begin,
    /// To take it over; never an address.
    Code,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::Walk => "walk",
            Self::Begin => "begin",
            Self::Code => "code",
        }
    }
}

/// Seals addresses.
#[derive(Clone)]
pub struct Seals(Key);

impl fmt::Debug for Seals {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Seals(…)")
    }
}

impl Seals {
    /// With this key.
    pub const fn new(key: Key) -> Self {
        Self(key)
    }

    /// The address of a case for a purpose: `k3m9x7p24qda-0123456789abcdefghjk`.
    pub fn address(&self, case: &CaseId, purpose: Purpose) -> String {
        let digest = self.0.digest(&message(case, purpose));
        let seal: String = letters(&digest).collect();
        format!("{}-{seal}", case.as_str())
    }

    /// The case of an address; `None` if the seal does not fit.
    pub fn case(&self, address: &str, purpose: Purpose) -> Option<CaseId> {
        let (name, seal) = address.split_once('-')?;
        let case: CaseId = name.parse().ok()?;
        let digest = self.0.digest(&message(&case, purpose));
        (seal.len() == SEAL && same(letters(&digest), seal.bytes())).then_some(case)
    }

    /// The name of the case that a program calls so: always the same, and nobody else's.
    pub fn named(&self, program: &str, own: &str) -> CaseId {
        let message = format!("id {} {program} {own}", program.len());
        CaseId::of_digest(&self.0.digest(&message))
    }

    /// The name of the case that goes on where this one was closed: always the same.
    pub fn next(&self, case: &CaseId) -> CaseId {
        case.next(&self.0)
    }

    /// The letters of the code by which a case is taken over, made at a moment (milliseconds since 1970): the same
    /// whenever it is shown.
    pub fn code(&self, case: &CaseId, made_at: i64) -> String {
        let message = format!("{} {made_at}", message(case, Purpose::Code));
        code_letters(&self.0.digest(&message))
    }
}

fn message(case: &CaseId, purpose: Purpose) -> String {
    format!("{} {}", purpose.name(), case.as_str())
}

/// The beginning of a digest in base 32.
fn letters(digest: &[u8]) -> impl Iterator<Item = char> + '_ {
    letters_of(digest).take(SEAL)
}

/// Compared in a time that does not tell where they differ.
fn same(right: impl Iterator<Item = char>, given: impl Iterator<Item = u8>) -> bool {
    right.zip(given).fold(0, |differs, (one, other)| {
        differs | (one as u32 ^ u32::from(other))
    }) == 0
}

#[cfg(test)]
mod tests {
    use super::{Purpose, Seals};
    use crate::store::{CaseId, Secret};

    #[test]
    fn an_address_opens_its_case_for_its_purpose_only() {
        let seals = |secret: u8| Seals::new(Secret::of([secret; 32]).addresses());
        let seal = seals(1);
        let case = CaseId::random().unwrap();
        let address = seal.address(&case, Purpose::Walk);
        assert_eq!(seal.case(&address, Purpose::Walk), Some(case.clone()));
        assert_eq!(seal.case(&address, Purpose::Begin), None);
        assert_eq!(seals(2).case(&address, Purpose::Walk), None);
        let other = seal.address(&CaseId::random().unwrap(), Purpose::Walk);
        let (_, others) = other.split_once('-').unwrap();
        let mixed = format!("{}-{others}", case.as_str());
        for wrong in [mixed.as_str(), case.as_str(), "", "-", "k3m9x7p24qda-"] {
            assert_eq!(seal.case(wrong, Purpose::Walk), None, "{wrong}");
        }
    }
}
