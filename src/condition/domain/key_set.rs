//! A set of a fact's keys, one bit a key.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Some of the keys of one question.
#[derive(Debug, Clone)]
pub struct KeySet {
    keys: Arc<[Arc<str>]>,
    /// The bits of the first 64 keys, so that nearly no set allocates.
    first: u64,
    rest: Box<[u64]>,
}

impl KeySet {
    /// None of the keys.
    pub fn none(keys: &Arc<[Arc<str>]>) -> Self {
        let words = keys.len().div_ceil(64).saturating_sub(1);
        Self {
            keys: keys.clone(),
            first: 0,
            rest: vec![0; words].into(),
        }
    }

    /// All of the keys.
    pub fn all(keys: &Arc<[Arc<str>]>) -> Self {
        Self::where_key(keys, |_| true)
    }

    /// The keys of which something is true.
    pub fn where_key(keys: &Arc<[Arc<str>]>, is_in: impl Fn(&str) -> bool) -> Self {
        let mut set = Self::none(keys);
        for (at, _) in keys.iter().enumerate().filter(|(_, key)| is_in(key)) {
            match (at / 64).checked_sub(1) {
                None => set.first |= 1 << at,
                Some(word) => set
                    .rest
                    .iter_mut()
                    .skip(word)
                    .take(1)
                    .for_each(|word| *word |= 1 << (at % 64)),
            }
        }
        set
    }

    /// Whether both are sets of the same question's keys; only such can be combined.
    pub fn is_of_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.keys, &other.keys) || self.keys == other.keys
    }

    /// Combines two sets of the same keys word by word.
    fn combine(&self, other: &Self, word: impl Fn(u64, u64) -> u64) -> Self {
        debug_assert!(self.is_of_same(other), "sets of different questions");
        Self {
            keys: self.keys.clone(),
            first: word(self.first, other.first),
            rest: self
                .rest
                .iter()
                .zip(&other.rest)
                .map(|(left, right)| word(*left, *right))
                .collect(),
        }
    }

    /// What is in one of them.
    pub fn union(&self, other: &Self) -> Self {
        self.combine(other, |left, right| left | right)
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        self.combine(other, |left, right| left & right)
    }

    /// What is in this and not in the other.
    pub fn minus(&self, other: &Self) -> Self {
        self.combine(other, |left, right| left & !right)
    }

    /// Whether nothing is in it.
    pub fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.iter().all(|word| *word == 0)
    }

    /// Whether all that is in this is in the other.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.minus(other).is_empty()
    }

    /// Whether the key is in it.
    pub fn contains(&self, key: &str) -> bool {
        self.iter().any(|own| **own == *key)
    }

    /// What is in it, in the question's order.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<str>> {
        let words = std::iter::once(self.first).chain(self.rest.iter().copied());
        let bits = words.flat_map(|word| (0..64).map(move |bit| word >> bit & 1 == 1));
        self.keys
            .iter()
            .zip(bits)
            .filter_map(|(key, is_in)| is_in.then_some(key))
    }

    /// The question's keys.
    pub const fn keys(&self) -> &Arc<[Arc<str>]> {
        &self.keys
    }
}

impl PartialEq for KeySet {
    fn eq(&self, other: &Self) -> bool {
        self.first == other.first && self.rest == other.rest && self.is_of_same(other)
    }
}

impl Eq for KeySet {}

impl Hash for KeySet {
    /// The bits alone: equal sets are of the same keys anyway.
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.first.hash(state);
        self.rest.hash(state);
    }
}
