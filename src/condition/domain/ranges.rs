//! Sets of ordered values as ranges between cuts.

use std::cmp::Ordering;
use std::sync::Arc;

/// A place between values, on one side or the other of one of them. A range from one cut to another has open and
/// closed ends without any special case: `x <= 5` ends after 5, `x < 5` before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cut<T> {
    /// Below everything.
    Lowest,
    /// Just below a value.
    Before(T),
    /// Just above a value.
    After(T),
    /// Above everything.
    Highest,
}

impl<T: Ord> Ord for Cut<T> {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Before(left) | Self::After(left), Self::Before(right) | Self::After(right)) => {
                left.cmp(right)
                    .then(matches!(self, Self::After(_)).cmp(&matches!(other, Self::After(_))))
            }
            _ => self.rank().cmp(&other.rank()),
        }
    }
}

impl<T: Ord> PartialOrd for Cut<T> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Cut<T> {
    const fn rank(&self) -> u8 {
        match self {
            Self::Lowest => 0,
            Self::Before(_) | Self::After(_) => 1,
            Self::Highest => 2,
        }
    }
}

/// From one cut to a higher one.
pub type Range<T> = (Cut<T>, Cut<T>);

/// Some values of an ordered type: ranges in order that neither touch nor overlap.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ranges<T>(Arc<[Range<T>]>);

impl<T: Ord + Copy> Ranges<T> {
    /// No value.
    pub fn none() -> Self {
        Self(Arc::default())
    }

    /// From one cut to another; none where they are the wrong way round.
    pub fn between(low: Cut<T>, high: Cut<T>) -> Self {
        if low < high {
            Self(Arc::from([(low, high)]))
        } else {
            Self::none()
        }
    }

    /// One value.
    pub fn only(value: T) -> Self {
        Self::between(Cut::Before(value), Cut::After(value))
    }

    /// The ranges, in order.
    pub fn iter(&self) -> impl Iterator<Item = Range<T>> {
        self.0.iter().copied()
    }

    /// Whether the value is in it.
    pub fn contains(&self, value: T) -> bool {
        self.iter()
            .any(|(low, high)| low <= Cut::Before(value) && Cut::After(value) <= high)
    }

    /// What is in one of them.
    pub fn union(&self, other: &Self) -> Self {
        if self == other {
            return self.clone();
        }
        let mut ranges: Vec<_> = self.iter().chain(other.iter()).collect();
        ranges.sort_unstable();
        let mut union: Vec<Range<T>> = Vec::with_capacity(ranges.len());
        for (low, high) in ranges {
            match union.last_mut() {
                Some(last) if low <= last.1 => last.1 = last.1.max(high),
                _ => union.push((low, high)),
            }
        }
        Self(union.into())
    }

    /// What is in both.
    pub fn intersection(&self, other: &Self) -> Self {
        let mut common = Vec::new();
        let (mut left, mut right) = (self.iter().peekable(), other.iter().peekable());
        while let (Some(one), Some(two)) = (left.peek(), right.peek()) {
            let (low, high) = (one.0.max(two.0), one.1.min(two.1));
            if low < high {
                common.push((low, high));
            }
            if one.1 < two.1 {
                left.next()
            } else {
                right.next()
            };
        }
        Self(common.into())
    }

    /// What is in this and not in the other.
    pub fn minus(&self, other: &Self) -> Self {
        let mut outside = Vec::new();
        let mut low = Cut::Lowest;
        for (start, end) in other.iter() {
            if low < start {
                outside.push((low, start));
            }
            low = end;
        }
        if low < Cut::Highest {
            outside.push((low, Cut::Highest));
        }
        self.intersection(&Self(outside.into()))
    }

    /// The ranges cut into pieces at these places.
    pub fn pieces(&self, cuts: &[Cut<T>]) -> Vec<Range<T>> {
        let mut pieces = Vec::new();
        for (mut low, high) in self.iter() {
            let mut inside: Vec<_> = cuts
                .iter()
                .copied()
                .filter(|cut| low < *cut && *cut < high)
                .collect();
            inside.sort_unstable();
            inside.dedup();
            for cut in inside {
                pieces.push((low, cut));
                low = cut;
            }
            pieces.push((low, high));
        }
        pieces
    }
}

impl<T: Ord + Copy> FromIterator<Range<T>> for Ranges<T> {
    fn from_iter<I: IntoIterator<Item = Range<T>>>(ranges: I) -> Self {
        let ranges: Vec<_> = ranges
            .into_iter()
            .filter(|(low, high)| low < high)
            .collect();
        Self(ranges.into()).union(&Self::none())
    }
}
