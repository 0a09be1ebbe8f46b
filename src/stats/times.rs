//! How long things took, counted so that folds can be merged and memory does not grow with the cases: a histogram whose
//! buckets grow with the time. It keeps no single time, so a percentile is near, not exact.
//!
//! 64 buckets an octave, as HdrHistogram divides them (G. Tene, hdrhistogram.org); what is said of a bucket is its middle.

/// Buckets of an octave; below twice as many milliseconds each has its own.
const PART: usize = 64;

/// A percentile is wrong by no more than this share of itself.
pub const TIME_ERROR: f64 = 1.0 / (2.0 * PART as f64);

/// Times in milliseconds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Times {
    /// Parts of 64 buckets, from the first that is not empty to the last. Small numbers, for there are many steps, and
    /// more than four billion cases in a bucket count as so many.
    parts: Vec<[u32; PART]>,
    first: usize,
    count: u64,
}

impl Times {
    /// Counts a time; a negative one as none.
    pub fn add(&mut self, milliseconds: i64) {
        let (part, at) = bucket(milliseconds.max(0).unsigned_abs());
        self.reach(part, part + 1);
        let buckets = self.parts.get_mut(part - self.first);
        if let Some(bucket) = buckets.and_then(|buckets| buckets.get_mut(at)) {
            *bucket = bucket.saturating_add(1);
            self.count += 1;
        }
    }

    /// Adds what another has counted.
    pub fn merge(&mut self, other: &Self) {
        if other.parts.is_empty() {
            return;
        }
        self.reach(other.first, other.first + other.parts.len());
        let own = self.parts.iter_mut().skip(other.first - self.first);
        for (own, their) in own.zip(&other.parts) {
            for (own, their) in own.iter_mut().zip(their) {
                *own = own.saturating_add(*their);
            }
        }
        self.count += other.count;
    }

    /// Makes room for parts from one to before another.
    fn reach(&mut self, from: usize, to: usize) {
        if self.parts.is_empty() {
            self.first = from;
        }
        if from < self.first {
            let missing = self.first - from;
            self.parts.splice(0..0, vec![[0; PART]; missing]);
            self.first = from;
        }
        if self.parts.len() < to - self.first {
            self.parts.resize(to - self.first, [0; PART]);
        }
    }

    /// How many were counted.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// The smallest time, in milliseconds, that so many percent of the cases did not exceed (nearest rank), at most
    /// [`TIME_ERROR`] off; `None` where nothing was counted.
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let rank = (self.count * percent).div_ceil(100).max(1);
        let mut seen = 0;
        for (part, buckets) in self.parts.iter().enumerate() {
            for (at, count) in buckets.iter().enumerate() {
                seen += u64::from(*count);
                if *count > 0 && seen >= rank {
                    return Some(middle(self.first + part, at));
                }
            }
        }
        None
    }
}

/// The part in which a time is counted, and its bucket there: the first two parts have a millisecond a bucket, each one
/// more buckets that are twice as wide.
const fn bucket(milliseconds: u64) -> (usize, usize) {
    let part = (milliseconds / PART as u64).checked_ilog2();
    let (part, shift) = match part {
        None => (0, 0),
        Some(octave) => (octave as usize + 1, octave),
    };
    (part, (milliseconds >> shift) as usize % PART)
}

/// The middle of a bucket.
const fn middle(part: usize, at: usize) -> u64 {
    match part.checked_sub(1) {
        None => at as u64,
        Some(octave) => {
            let low = ((PART + at) as u64) << octave;
            low + ((1_u64 << octave) - 1) / 2
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TIME_ERROR, Times, bucket, middle};

    #[test]
    fn a_time_is_found_again_within_the_error() {
        let mut time = 0_u64;
        while time < 1 << 45 {
            let (part, at) = bucket(time);
            let found = middle(part, at);
            let off = found.abs_diff(time) as f64;
            assert!(
                off <= time as f64 * TIME_ERROR,
                "{time} is found as {found}"
            );
            time += 1 + time / 97;
        }
    }

    #[test]
    fn percentiles_are_nearest_ranks() {
        let mut times = Times::default();
        assert_eq!(times.percentile(50), None);
        for time in [40, 10, 30, 20, 50] {
            times.add(time);
        }
        assert_eq!(times.percentile(50), Some(30));
        assert_eq!(times.percentile(90), Some(50));
        assert_eq!(times.percentile(20), Some(10));
        times.add(-5);
        assert_eq!(times.percentile(1), Some(0));
    }

    #[test]
    fn merged_is_as_if_counted_together() {
        let (mut left, mut right, mut all) = (Times::default(), Times::default(), Times::default());
        for time in 0..5_000_i64 {
            let time = time * time * 37;
            if time % 3 == 0 {
                left.add(time);
            } else {
                right.add(time);
            }
            all.add(time);
        }
        left.merge(&right);
        assert_eq!(left, all);
    }
}
