//! What is known of one fact at one place of a tree, told apart by what it was when the tree was entered: what holds
//! for a caller who knows the fact already differs from what holds for one who does not.

use crate::condition::Domain;

/// What a fact can be. Nothing in all three parts: the place is not reached.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Knowledge {
    /// What it is now where it was not known at the start.
    pub fresh: Domain,
    /// What it is now where it was known at the start and still has that value.
    pub kept: Domain,
    /// What it is now where it was known at the start and has been given a value, or was unset, since.
    pub given: Domain,
}

impl Knowledge {
    /// At the start of a tree: this is what the fact can be.
    pub fn at_start(domain: &Domain) -> Self {
        Self {
            fresh: if domain.unset {
                Domain::unset()
            } else {
                Domain::nothing()
            },
            kept: domain.known(),
            given: Domain::nothing(),
        }
    }

    /// What it can be, whatever it was.
    pub fn now(&self) -> Domain {
        self.fresh.join(&self.kept).join(&self.given)
    }

    /// What is possible here or there.
    pub fn join(&self, other: &Self) -> Self {
        Self {
            fresh: self.fresh.join(&other.fresh),
            kept: self.kept.join(&other.kept),
            given: self.given.join(&other.given),
        }
    }

    /// Only what is possible there too.
    pub fn meet(&self, domain: &Domain) -> Self {
        Self {
            fresh: self.fresh.meet(domain),
            kept: self.kept.meet(domain),
            given: self.given.meet(domain),
        }
    }

    /// After it is given a value, or unset, at every walk to the place.
    pub fn give(&self, domain: &Domain) -> Self {
        let given = |before: &Domain| {
            if before.is_empty() {
                Domain::nothing()
            } else {
                domain.clone()
            }
        };
        Self {
            fresh: given(&self.fresh),
            kept: Domain::nothing(),
            given: given(&self.kept).join(&given(&self.given)),
        }
    }

    /// Only the walks on which it is not known.
    pub fn unknown(&self) -> Self {
        self.meet(&Domain::unset())
    }

    /// Only the walks on which it is known.
    pub fn known(&self) -> Self {
        Self {
            fresh: self.fresh.known(),
            kept: self.kept.known(),
            given: self.given.known(),
        }
    }

    /// After a tree was walked in between that does `other` to the fact.
    pub fn then(&self, other: &Self) -> Self {
        let after = |before: &Domain| {
            let given = other.unless_given(before);
            given.join(&before.known().meet(&other.kept))
        };
        Self {
            fresh: after(&self.fresh),
            kept: self.kept.meet(&other.kept),
            given: after(&self.given).join(&other.unless_given(&self.kept)),
        }
    }

    /// What becomes of a fact that was so at the start and does not keep its value.
    fn unless_given(&self, before: &Domain) -> Domain {
        let nothing = Domain::nothing();
        let unset = if before.unset { &self.fresh } else { &nothing };
        let known = if before.known().is_empty() {
            &nothing
        } else {
            &self.given
        };
        unset.join(known)
    }

    /// Whether the place is not reached.
    pub fn is_empty(&self) -> bool {
        self.fresh.is_empty() && self.kept.is_empty() && self.given.is_empty()
    }
}
