//! The order within rows with few crossings of lines: rows are sorted by what they are joined to, and neighbours change
//! places where that takes crossings away (Sugiyama, Tagawa, Toda 1981; the exchange of neighbours as in Gansner,
//! Koutsofios, North, Vo, "A Technique for Drawing Directed Graphs", 1993).
#![allow(
    clippy::indexing_slicing,
    reason = "indices are those of the rows that are worked on"
)]

use super::rows::{Rows, Spot};

/// How often all rows are sorted.
const SWEEPS: usize = 12;
/// How often neighbours are exchanged at most.
const EXCHANGES: usize = 8;

/// Puts the rows into an order with no more crossings than they have.
pub fn untangle(rows: &mut Rows) {
    let mut order = Order::of(rows);
    exchange(rows, &mut order);
    let mut best = (crossings(rows, &order), rows.rows.clone());
    for sweep in 0..SWEEPS {
        if best.0 == 0 {
            break;
        }
        sort(rows, &mut order, sweep % 2 == 0);
        exchange(rows, &mut order);
        let crossed = crossings(rows, &order);
        if crossed < best.0 {
            best = (crossed, rows.rows.clone());
        }
    }
    rows.rows = best.1;
}

/// The position of each spot in its row.
struct Order(Vec<usize>);

impl Order {
    fn of(rows: &Rows) -> Self {
        let mut order = Self(vec![0; rows.spots.len()]);
        for row in &rows.rows {
            order.take(row);
        }
        order
    }

    fn take(&mut self, row: &[usize]) {
        for (at, spot) in row.iter().enumerate() {
            self.0[*spot] = at;
        }
    }
}

/// Sorts each row by the middle of what it is joined to: in the row above, from the top, or in the row below, from the
/// bottom.
fn sort(rows: &mut Rows, order: &mut Order, downward: bool) {
    let count = rows.rows.len();
    for step in 1..count {
        let at = if downward { step } else { count - 1 - step };
        let spots = &rows.spots;
        let key = |spot: usize, order: &Order| {
            let joined = side(&spots[spot], downward);
            match joined.len() {
                0 => order.0[spot] as f64,
                some => joined.iter().map(|to| order.0[*to] as f64).sum::<f64>() / some as f64,
            }
        };
        let mut row: Vec<(f64, usize)> = rows.rows[at]
            .iter()
            .map(|spot| (key(*spot, order), *spot))
            .collect();
        row.sort_by(|one, other| one.0.total_cmp(&other.0));
        rows.rows[at] = row.into_iter().map(|(_, spot)| spot).collect();
        order.take(&rows.rows[at]);
    }
}

const fn side(spot: &Spot, above: bool) -> &Vec<usize> {
    if above { &spot.above } else { &spot.below }
}

/// Exchanges neighbours as long as that takes crossings away.
fn exchange(rows: &mut Rows, order: &mut Order) {
    for _ in 0..EXCHANGES {
        let mut changed = false;
        for row in &mut rows.rows {
            for at in 1..row.len() {
                let (one, other) = (row[at - 1], row[at]);
                let (left, right) = (&rows.spots[one], &rows.spots[other]);
                let crossed = |one: &Spot, other: &Spot| {
                    crossed(&one.above, &other.above, order)
                        + crossed(&one.below, &other.below, order)
                };
                if crossed(right, left) < crossed(left, right) {
                    row.swap(at - 1, at);
                    order.0.swap(one, other);
                    changed = true;
                }
            }
        }
        if !changed {
            break;
        }
    }
}

/// Crossings of the lines of two neighbours, the first of them at the left.
fn crossed(left: &[usize], right: &[usize], order: &Order) -> usize {
    let of_one = |one: &usize| {
        let right = right.iter();
        right
            .filter(|other| order.0[*one] > order.0[**other])
            .count()
    };
    left.iter().map(of_one).sum()
}

/// All crossings between rows next to each other.
fn crossings(rows: &Rows, order: &Order) -> usize {
    rows.rows.iter().map(|row| below(rows, row, order)).sum()
}

/// Crossings below a row: how many pairs of lines end in another order than they begin, counted in a tree of sums
/// (Barth, Jünger, Mutzel, "Simple and Efficient Bilayer Cross Counting", 2002).
fn below(rows: &Rows, row: &[usize], order: &Order) -> usize {
    let ends_of = |spot: &usize| {
        let below = rows.spots[*spot].below.iter();
        let mut ends: Vec<usize> = below.map(|to| order.0[*to]).collect();
        ends.sort_unstable();
        ends
    };
    let ends: Vec<Vec<usize>> = row.iter().map(ends_of).collect();
    let width = ends.iter().flatten().max().map_or(0, |last| last + 1);
    let mut sums = vec![0; width + 1];
    let (mut all, mut crossed) = (0, 0);
    for ends in ends {
        crossed += ends
            .iter()
            .map(|end| all - up_to(&sums, *end))
            .sum::<usize>();
        all += ends.len();
        for end in ends {
            add(&mut sums, end);
        }
    }
    crossed
}

/// How many ends are at `end` or left of it.
fn up_to(sums: &[usize], end: usize) -> usize {
    let (mut at, mut sum) = (end + 1, 0);
    while at > 0 {
        sum += sums[at];
        at &= at - 1;
    }
    sum
}

/// One more end at `end`.
fn add(sums: &mut [usize], end: usize) {
    let mut at = end + 1;
    while let Some(sum) = sums.get_mut(at) {
        *sum += 1;
        at += at & at.wrapping_neg();
    }
}
