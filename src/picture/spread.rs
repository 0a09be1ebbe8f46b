//! Where the spots of each row stand: near what they are joined to, lines that pass straight down where they can, and
//! nothing nearer to its neighbour than its room allows.
#![allow(
    clippy::indexing_slicing,
    reason = "indices are those of the rows that are worked on"
)]

use super::rows::{Rows, Spot};

/// How often all rows are gone through: first with what is at one side, then with both.
const ONE_SIDE: usize = 8;
const BOTH_SIDES: usize = 40;
/// How often lines are straightened and signs follow.
const STRAIGHTENED: usize = 8;
/// How much more a line that passes keeps its direction than one between two signs.
const PASSING: f64 = 8.0;
const ENDING: f64 = 2.0;
/// What holds a spot where it is.
const HELD: f64 = 1e4;
const LOOSE: f64 = 0.01;

/// Which of the rows next to a spot's own it follows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    Above,
    Below,
    Both,
    /// Both, where it is a sign; a bend is held.
    Lines,
}

/// Moves all spots within their rows, whose order stays.
pub fn spread(rows: &mut Rows) {
    pack(rows);
    for _ in 0..ONE_SIDE {
        pass(rows, Follows::Above);
        pass(rows, Follows::Below);
    }
    for _ in 0..BOTH_SIDES {
        pass(rows, Follows::Both);
    }
    let beside = beside(rows);
    for _ in 0..STRAIGHTENED {
        straighten(rows, &beside);
        pass(rows, Follows::Lines);
    }
}

/// Begins with all rows as narrow as they can be, around one middle.
fn pack(rows: &mut Rows) {
    for at in 0..rows.rows.len() {
        let offsets = offsets(rows, at);
        let half = offsets.last().copied().unwrap_or_default() / 2.0;
        for (spot, offset) in rows.rows[at].iter().zip(offsets) {
            rows.spots[*spot].x = offset - half;
        }
    }
}

/// How far each spot of a row is from the first at least.
fn offsets(rows: &Rows, at: usize) -> Vec<f64> {
    let row = &rows.rows[at];
    let mut offsets = Vec::with_capacity(row.len());
    let mut offset = 0.0;
    for (place, spot) in row.iter().enumerate() {
        if let Some(left) = place.checked_sub(1).and_then(|left| row.get(left)) {
            offset += rows.apart(*left, *spot);
        }
        offsets.push(offset);
    }
    offsets
}

/// Goes through all rows, downward if they follow what is above, and back if they follow both.
fn pass(rows: &mut Rows, follows: Follows) {
    let count = rows.rows.len();
    if follows != Follows::Below {
        (0..count).for_each(|at| settle(rows, at, follows));
    }
    if follows != Follows::Above {
        (0..count).rev().for_each(|at| settle(rows, at, follows));
    }
}

/// Moves the spots of one row as near to where they want to be as their order and room allow: least squares under
/// constraints, by pooling neighbours (isotonic regression; Best and Chakravarti, "Active set algorithms for isotonic
/// regression", 1990).
fn settle(rows: &mut Rows, at: usize, follows: Follows) {
    let offsets = offsets(rows, at);
    // Sum of weighted places, sum of weights, number of spots: of spots that stand as near to one another as they may.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for (spot, offset) in rows.rows[at].iter().zip(&offsets) {
        let (place, weight) = wanted(rows, *spot, follows);
        let mut pool = ((place - offset) * weight, weight, 1);
        while let Some(left) = pools.pop_if(|left| left.0 / left.1 > pool.0 / pool.1) {
            pool = (pool.0 + left.0, pool.1 + left.1, pool.2 + left.2);
        }
        pools.push(pool);
    }
    let places = pools
        .iter()
        .flat_map(|(sum, weight, count)| std::iter::repeat_n(sum / weight, *count));
    let row = rows.rows[at].iter().zip(&offsets);
    for ((spot, offset), place) in row.zip(places) {
        rows.spots[*spot].x = place + offset;
    }
}

/// Where a spot wants to be, and how much.
fn wanted(rows: &Rows, at: usize, follows: Follows) -> (f64, f64) {
    let spot = &rows.spots[at];
    if follows == Follows::Lines && spot.is_bend {
        return (spot.x, HELD);
    }
    let above = spot.above.iter().filter(|_| follows != Follows::Below);
    let below = spot.below.iter().filter(|_| follows != Follows::Above);
    let (mut sum, mut weights) = (spot.x * LOOSE, LOOSE);
    for to in above.chain(below) {
        let other = &rows.spots[*to];
        let weight = pull(spot, other);
        sum += other.x * weight;
        weights += weight;
    }
    (sum / weights, weights)
}

fn pull(one: &Spot, other: &Spot) -> f64 {
    match (one.is_bend, other.is_bend) {
        (true, true) => PASSING,
        (false, false) => 1.0,
        _ => ENDING,
    }
}

/// Makes each line that passes several rows as straight as its neighbours let it be: in few vertical parts.
fn straighten(rows: &mut Rows, beside: &[(Option<usize>, Option<usize>)]) {
    for at in 0..rows.chains.len() {
        let chain = rows.chains[at].clone();
        let mut rest = chain.as_slice();
        while !rest.is_empty() {
            let (count, low, high) = vertical(rows, beside, rest);
            let (part, more) = rest.split_at(count);
            let middle = part.iter().map(|spot| rows.spots[*spot].x).sum::<f64>() / count as f64;
            for spot in part {
                rows.spots[*spot].x = middle.max(low).min(high);
            }
            rest = more;
        }
    }
}

/// How many of the next bends, at least one, can stand below one another, and between which places.
fn vertical(
    rows: &Rows,
    beside: &[(Option<usize>, Option<usize>)],
    chain: &[usize],
) -> (usize, f64, f64) {
    let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
    for (count, spot) in chain.iter().enumerate() {
        let (left, right) = beside[*spot];
        let from = left.map_or(low, |left| rows.spots[left].x + rows.apart(left, *spot));
        let to = right.map_or(high, |right| rows.spots[right].x - rows.apart(*spot, right));
        if count > 0 && low.max(from) > high.min(to) {
            return (count, low, high);
        }
        (low, high) = (low.max(from), high.min(to));
    }
    (chain.len(), low, high)
}

/// The neighbours of each spot in its row.
fn beside(rows: &Rows) -> Vec<(Option<usize>, Option<usize>)> {
    let mut beside = vec![(None, None); rows.spots.len()];
    for row in &rows.rows {
        for pair in row.windows(2) {
            let &[left, right] = pair else { continue };
            beside[left].1 = Some(right);
            beside[right].0 = Some(left);
        }
    }
    beside
}
