//! A share of cases with what it may be, seen from so many cases.
//!
//! The interval is Wilson's (E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal
//! of the American Statistical Association 22, 1927, 209–212), the one that Brown, Cai and DasGupta recommend for few
//! cases ("Interval estimation for a binomial proportion", Statistical Science 16, 2001, 101–133). It never leaves 0 to 1
//! and says something sensible where nothing or everything helped.

use serde::Serialize;
use utoipa::ToSchema;

/// The normal distribution's quantile for 95 %, both sides.
const Z: f64 = 1.959_963_984_540_054;

/// Of fewer cases no share is said, only the counts.
pub const FEWEST: u64 = 20;

/// A share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Share {
    /// As counted, 0 to 1.
    pub share: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    /// So many of so many cases; `None` where they are too few to say.
    pub fn of(some: u64, all: u64) -> Option<Self> {
        (all >= FEWEST).then(|| Self::wilson(some, all))
    }

    fn wilson(some: u64, all: u64) -> Self {
        let (all, some) = (all as f64, some as f64);
        let share = some / all;
        let square = Z * Z;
        let middle = some + square / 2.0;
        let half = Z * (some * (1.0 - share) + square / 4.0).sqrt();
        let end = |at: f64| (at / (all + square)).clamp(0.0, 1.0);
        Self {
            share,
            low: end(middle - half),
            high: end(middle + half),
        }
    }

    /// Whether a share lies below the interval, or above it.
    pub fn excludes(&self, share: f64) -> bool {
        share < self.low || share > self.high
    }
}

#[cfg(test)]
mod tests {
    use super::{FEWEST, Share};

    /// The examples of R. G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of seven
    /// methods", Statistics in Medicine 17, 1998, 857–872, table I, method 3.
    #[test]
    fn intervals_are_those_of_the_literature() {
        for (some, all, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
        ] {
            let share = Share::wilson(some, all);
            assert!(
                (share.low - low).abs() < 0.000_05,
                "{some} of {all}: {share:?}"
            );
            assert!(
                (share.high - high).abs() < 0.000_05,
                "{some} of {all}: {share:?}"
            );
        }
    }

    #[test]
    fn of_few_cases_nothing_is_said() {
        assert_eq!(Share::of(3, 3), None);
        assert_eq!(Share::of(0, 0), None);
        assert!(
            Share::of(FEWEST, FEWEST).is_some_and(|share| share.low > 0.8 && share.high == 1.0)
        );
    }
}
