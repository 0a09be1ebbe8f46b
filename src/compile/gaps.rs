//! The numbers that a question accepts and none of its answers takes, exactly: with `decimals` on the grid of what can
//! be answered, without it on the line of all numbers.

use crate::condition::{Number, NumberSpec};
use crate::tree::NumberTest;

use Side::{After, Before};

/// Numbers that fall through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    /// In words, to follow "no answer takes".
    pub numbers: String,
    /// An answer's key that takes them.
    pub key: String,
}

/// A place between numbers: before a number, or just after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cut {
    Lowest,
    At(Number, Side),
    Highest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    Before,
    After,
}

/// All gaps, from low to high.
pub(super) fn gaps<'t>(
    answers: impl Iterator<Item = &'t NumberTest>,
    spec: &NumberSpec,
) -> Vec<Gap> {
    let mut taken = Vec::new();
    for test in answers {
        taken.push(match test {
            NumberTest::Below(limit) => (Cut::Lowest, Cut::At(*limit, Before)),
            NumberTest::Between(low, high) => (Cut::At(*low, Before), Cut::At(*high, After)),
            NumberTest::Above(limit) => (Cut::At(*limit, After), Cut::Highest),
            NumberTest::Exactly(only) => (Cut::At(*only, Before), Cut::At(*only, After)),
            NumberTest::Word => continue,
            NumberTest::Otherwise => return Vec::new(),
        });
    }
    taken.sort_unstable();
    let end = spec.max.map_or(Cut::Highest, |max| Cut::At(max, After));
    let mut from = spec.min.map_or(Cut::Lowest, |min| Cut::At(min, Before));
    let mut gaps = Vec::new();
    for (low, high) in taken.into_iter().chain([(end, end)]) {
        let low = low.min(end);
        if from < low {
            gaps.extend(gap(from, low, spec.decimals));
        }
        from = from.max(high);
    }
    gaps
}

/// What lies between two cuts; `None` where no number can be answered that does.
fn gap(from: Cut, to: Cut, decimals: Option<u8>) -> Option<Gap> {
    let (numbers, key) = match (from, to) {
        (Cut::At(low, after), Cut::At(high, before)) => {
            return between((low, after), (high, before), decimals);
        }
        (Cut::At(low, After), _) => (format!("numbers above {low}"), format!("above {low}")),
        (Cut::At(low, Before), _) => (format!("numbers from {low} on"), "otherwise".to_owned()),
        (_, Cut::At(high, Before)) => (format!("numbers below {high}"), format!("below {high}")),
        (_, Cut::At(high, After)) => (format!("numbers up to {high}"), "otherwise".to_owned()),
        (_, _) => ("any number".to_owned(), "otherwise".to_owned()),
    };
    Some(Gap { numbers, key })
}

fn between(from: (Number, Side), to: (Number, Side), decimals: Option<u8>) -> Option<Gap> {
    let grid = decimals.and_then(|decimals| {
        let (low, high) = (Scaled::new(from.0, decimals)?, Scaled::new(to.0, decimals)?);
        let first = low.floor + i128::from(!(low.exact && from.1 == Before));
        let last = high.floor - i128::from(high.exact && to.1 == Before);
        Some((first, last, decimals))
    });
    let (low, high) = match grid {
        Some((first, last, _)) if first > last => return None,
        Some((first, last, decimals)) => (shown(first, decimals), shown(last, decimals)),
        None => (from.0.to_string(), to.0.to_string()),
    };
    Some(if low == high {
        Gap {
            numbers: low.clone(),
            key: low,
        }
    } else {
        Gap {
            numbers: format!("numbers between {low} and {high}"),
            key: format!("{low} to {high}"),
        }
    })
}

/// A number in steps of a grid.
struct Scaled {
    floor: i128,
    /// Whether the number lies on the grid.
    exact: bool,
}

impl Scaled {
    /// `None` where the number has too many digits to be counted.
    fn new(number: Number, decimals: u8) -> Option<Self> {
        let text = number.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let kept: String = fraction
            .chars()
            .chain(std::iter::repeat('0'))
            .take(usize::from(decimals))
            .collect();
        let cut_off = fraction.len() > usize::from(decimals);
        let toward_zero: i128 = format!("{whole}{kept}").parse().ok()?;
        let below_zero = number.get() < 0.0;
        Some(Self {
            floor: toward_zero - i128::from(cut_off && below_zero),
            exact: !cut_off,
        })
    }
}

/// A number of a grid as an author writes it.
fn shown(steps: i128, decimals: u8) -> String {
    let digits = steps.unsigned_abs().to_string();
    let width = usize::from(decimals) + 1;
    let digits = format!("{digits:0>width$}");
    let (whole, fraction) = digits
        .split_at_checked(digits.len() - usize::from(decimals))
        .unwrap_or((&digits, ""));
    let fraction = fraction.trim_end_matches('0');
    let sign = if steps < 0 { "-" } else { "" };
    if fraction.is_empty() {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{fraction}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::ranges::read;
    use super::gaps;
    use crate::condition::{Number, NumberSpec};

    fn shown(keys: &[&str], min: Option<f64>, max: Option<f64>, decimals: Option<u8>) -> String {
        let spec = NumberSpec {
            min: min.and_then(Number::new),
            max: max.and_then(Number::new),
            unit: None,
            decimals,
        };
        let tests: Vec<_> = keys.iter().map(|key| read(key, &spec).unwrap()).collect();
        let gaps = gaps(tests.iter(), &spec);
        let shown: Vec<_> = gaps
            .iter()
            .map(|gap| format!("{} ({})", gap.numbers, gap.key))
            .collect();
        shown.join("; ")
    }

    #[test]
    fn boundaries_count_exactly() {
        let limits = (Some(0.0), Some(10.0));
        for (keys, decimals, expected) in [
            (&["below 5", "5 to 10"][..], None, ""),
            (&["below 5", "above 5"], None, "5 (5)"),
            (&["below 5", "above 5"], Some(0), "5 (5)"),
            (
                &["0 to 4", "5 to 10"],
                None,
                "numbers between 4 and 5 (4 to 5)",
            ),
            (&["0 to 4", "5 to 10"], Some(0), ""),
            (
                &["0 to 4", "5 to 10"],
                Some(1),
                "numbers between 4.1 and 4.9 (4.1 to 4.9)",
            ),
            (&["0 to 4.9", "5 to 10"], Some(1), ""),
            (
                &["0 to 4.9", "5 to 10"],
                Some(2),
                "numbers between 4.91 and 4.99 (4.91 to 4.99)",
            ),
            (&["above -1", "OL"], None, ""),
            (&["OL"], None, "numbers between 0 and 10 (0 to 10)"),
            (&["3", "otherwise"], None, ""),
            (&["2 to 3", "1 to 9"], Some(0), "0 (0); 10 (10)"),
            (&["below 0.5", "0.6 to 10"], Some(0), ""),
            (&["below 0.5", "1.5 to 10"], Some(0), "1 (1)"),
        ] {
            assert_eq!(
                shown(keys, limits.0, limits.1, decimals),
                expected,
                "{keys:?}"
            );
        }
    }

    #[test]
    fn without_limits_the_line_has_no_ends() {
        assert_eq!(
            shown(&["-1.5 to 1"], None, None, None),
            "numbers below -1.5 (below -1.5); numbers above 1 (above 1)"
        );
        assert_eq!(
            shown(&["OL"], None, None, Some(0)),
            "any number (otherwise)"
        );
        assert_eq!(
            shown(&["below -1.5", "above -1"], None, None, Some(1)),
            "numbers between -1.5 and -1 (-1.5 to -1)"
        );
    }
}
