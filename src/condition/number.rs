//! A finite number as authors and callers type it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// A finite 64-bit float without a negative zero, so that it has a total order and can be a key.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number(f64);

impl Number {
    /// Takes a float; `None` for infinities and NaN.
    pub fn new(value: f64) -> Option<Self> {
        value.is_finite().then_some(Self(value + 0.0))
    }

    /// Reads `12`, `-3`, `0.5`, `1,5` (a decimal comma, as callers write), with spaces around; nothing else: no
    /// exponents, no thousands separators.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let digits = text.strip_prefix(['-', '+', '−']).unwrap_or(text);
        let (whole, fraction) = digits.split_once(['.', ',']).unwrap_or((digits, "0"));
        let plain = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        if !plain(whole) || !plain(fraction) {
            return None;
        }
        let sign = if text.starts_with(['-', '−']) {
            "-"
        } else {
            ""
        };
        format!("{sign}{whole}.{fraction}")
            .parse()
            .ok()
            .and_then(Self::new)
    }

    /// The float.
    pub const fn get(self) -> f64 {
        self.0
    }

    /// How many digits stand behind the point in the shortest form.
    pub fn decimals(self) -> usize {
        self.to_string()
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len())
    }
}

impl Eq for Number {}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl fmt::Display for Number {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}
