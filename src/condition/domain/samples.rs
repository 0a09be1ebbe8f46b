//! Values that stand for all values of a range.
//!
//! A range in which no value lies (a whole number above 5 and below 6) gives none; any other gives at least one.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::super::Number;
use super::ranges::{Cut, Range};

/// Up to `count` different numbers of the range that have at most `decimals` digits behind the point, plain ones
/// first; always the same ones for the same range.
pub(super) fn numbers(range: Range<Number>, decimals: Option<u8>, count: usize) -> Vec<Number> {
    let fits = |number: &Number| {
        contains(range, *number)
            && decimals.is_none_or(|decimals| number.decimals() <= usize::from(decimals))
    };
    let mut found = Vec::with_capacity(count);
    for number in candidates(range, decimals, count)
        .into_iter()
        .filter_map(Number::new)
        .filter(fits)
    {
        if found.len() < count && !found.contains(&number) {
            found.push(number);
        }
    }
    found
}

/// Numbers that may lie in the range; among them its first ones, and its last ones where it has no first.
fn candidates((low, high): Range<Number>, decimals: Option<u8>, count: usize) -> Vec<f64> {
    let step = 10_f64.powi(-i32::from(decimals.unwrap_or(0).min(MAX_DECIMALS)));
    let count = count as i32 + 2;
    let mut candidates = Vec::new();
    match (value(low), value(high)) {
        (None, None) => candidates.extend((0..count).map(f64::from)),
        (Some(low), None) => candidates.extend(grid(low, step, 0..count)),
        (None, Some(high)) => candidates.extend(grid(high, step, -count..1).rev()),
        (Some(low), Some(high)) => {
            if decimals.is_none() {
                candidates.extend([low, high]);
                candidates.extend(
                    (1..count).map(|at| low + (high - low) * (f64::from(at) / f64::from(count))),
                );
            }
            candidates.extend(grid(low, step, -1..count));
        }
    }
    // Where the plain ones miss: the floats next to the ends.
    let ups = value(low)
        .into_iter()
        .flat_map(|low| std::iter::successors(Some(low), |at| Some(at.next_up())));
    let downs = value(high)
        .into_iter()
        .flat_map(|high| std::iter::successors(Some(high), |at| Some(at.next_down())));
    candidates.extend(ups.take(count as usize));
    candidates.extend(downs.take(count as usize));
    candidates
}

/// More digits than these behind the point do not exist in what is typed.
const MAX_DECIMALS: u8 = 15;

/// The multiples of a step around a number, exact where floats are.
fn grid(
    around: f64,
    step: f64,
    places: std::ops::Range<i32>,
) -> impl DoubleEndedIterator<Item = f64> {
    let scale = (1.0 / step).round();
    let first = (around * scale).floor();
    places.map(move |place| (first + f64::from(place)) / scale)
}

/// Up to `count` days of the range; always the same ones for the same range.
pub(super) fn dates(range: Range<Date>, count: usize) -> Vec<Date> {
    let days = |from: Date, step: i64| {
        std::iter::successors(Some(from), move |day| day.checked_add(step.days()).ok())
    };
    let (from, step) = match range {
        (Cut::Before(low) | Cut::After(low), _) => (low, 1),
        (_, Cut::Before(high) | Cut::After(high)) => (high, -1),
        _ => (date(2026, 1, 1), 1),
    };
    days(from, step)
        .take(count + 1)
        .filter(|day| contains(range, *day))
        .take(count)
        .collect()
}

fn contains<T: Ord + Copy>((low, high): Range<T>, value: T) -> bool {
    low <= Cut::Before(value) && Cut::After(value) <= high
}

fn value(cut: Cut<Number>) -> Option<f64> {
    match cut {
        Cut::Before(number) | Cut::After(number) => Some(number.get()),
        Cut::Lowest | Cut::Highest => None,
    }
}
