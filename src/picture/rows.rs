//! The rows of a layout: signs, and between them the bends of lines that pass. Each has what it is joined to in the rows
//! next to its own.
#![allow(
    clippy::indexing_slicing,
    reason = "indices of spots and rows are those that were counted here"
)]

use std::collections::BTreeMap;

use super::Sketch;
use super::layout::{Placed, ROUND, Routed};

/// Free room around a sign, and around a bend.
const AROUND_SIGN: f64 = 14.0;
const AROUND_BEND: f64 = 8.0;

/// A place in a row: a sign, or where a line passes.
#[derive(Debug, Clone)]
pub struct Spot {
    /// Whether a line only passes here.
    pub is_bend: bool,
    /// Whether a line has its words here.
    pub is_worded: bool,
    /// Where its middle is.
    pub x: f64,
    pub y: f64,
    /// The room that it takes on either side of its middle.
    pub left: f64,
    pub right: f64,
    /// Half the height of its row's signs.
    pub half: f64,
    /// The spots that it is joined to, one row up and one down.
    pub above: Vec<usize>,
    pub below: Vec<usize>,
}

/// All rows of a picture.
#[derive(Debug)]
pub struct Rows {
    /// First the signs, in their order.
    pub spots: Vec<Spot>,
    /// The spots of each row from left to right, the rows from top to bottom.
    pub rows: Vec<Vec<usize>>,
    /// The bends of each line, in its direction.
    pub chains: Vec<Vec<usize>>,
}

impl Rows {
    /// The rows of what has been laid out: what has the same height stands in one.
    pub fn of(sketch: &Sketch, signs: &[Placed], lines: &[Routed]) -> Self {
        let mut spots: Vec<Spot> = signs.iter().map(sign).collect();
        let mut chains = Vec::with_capacity(lines.len());
        for (line, routed) in sketch.lines.iter().zip(lines) {
            let first = spots.len();
            if line.from == line.to {
                spots[line.from].right += ROUND + routed.label_width();
            } else {
                spots.extend(bends(routed));
            }
            chains.push((first..spots.len()).collect());
        }
        let rows = rows(&spots);
        for row in &rows {
            let signs = row.iter().filter_map(|at| signs.get(*at));
            let half = signs.map(|sign| sign.height / 2.0).fold(0.0, f64::max);
            row.iter().for_each(|at| spots[*at].half = half);
        }
        join(&mut spots, &rows, sketch, &chains);
        Self {
            spots,
            rows,
            chains,
        }
    }

    /// The room between the middles of two neighbours.
    pub fn apart(&self, left: usize, right: usize) -> f64 {
        self.spots[left].right + self.spots[right].left
    }

    /// Half the height of the signs in the row of a spot.
    pub fn half(&self, spot: usize) -> f64 {
        self.spots[spot].half
    }
}

fn sign(placed: &Placed) -> Spot {
    spot(placed.x, placed.y, placed.width / 2.0 + AROUND_SIGN)
}

const fn spot(x: f64, y: f64, room: f64) -> Spot {
    Spot {
        is_bend: false,
        is_worded: false,
        x,
        y,
        left: room,
        right: room,
        half: 0.0,
        above: Vec::new(),
        below: Vec::new(),
    }
}

/// A line's points but for its ends; that with the words has room for them.
fn bends(routed: &Routed) -> impl Iterator<Item = Spot> + '_ {
    let inner = routed.points.len().saturating_sub(2);
    let points = routed.points.iter().skip(1).take(inner);
    points.map(|(x, y)| {
        let is_level = |(_, label): (f64, f64)| (label - y).abs() < 0.5;
        let is_worded = routed.label_at.is_some_and(is_level);
        let width = if is_worded { routed.label_width() } else { 0.0 };
        Spot {
            is_bend: true,
            is_worded,
            ..spot(*x, *y, width / 2.0 + AROUND_BEND)
        }
    })
}

/// What stands at one height, from left to right.
fn rows(spots: &[Spot]) -> Vec<Vec<usize>> {
    let mut heights: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, spot) in spots.iter().enumerate() {
        heights.entry(spot.y.round() as i64).or_default().push(at);
    }
    let mut rows: Vec<Vec<usize>> = heights.into_values().collect();
    for row in &mut rows {
        row.sort_by(|one, other| spots[*one].x.total_cmp(&spots[*other].x));
    }
    rows
}

/// Joins what lines lead through from row to row.
fn join(spots: &mut [Spot], rows: &[Vec<usize>], sketch: &Sketch, chains: &[Vec<usize>]) {
    let mut row_of = vec![0; spots.len()];
    for (at, row) in rows.iter().enumerate() {
        for spot in row {
            row_of[*spot] = at;
        }
    }
    for (line, chain) in sketch.lines.iter().zip(chains) {
        let mut way = vec![line.from];
        way.extend(chain);
        way.push(line.to);
        for pair in way.windows(2) {
            let (one, other) = (pair[0], pair[1]);
            let (upper, lower) = if row_of[one] < row_of[other] {
                (one, other)
            } else {
                (other, one)
            };
            if row_of[upper] + 1 == row_of[lower] {
                spots[upper].below.push(lower);
                spots[lower].above.push(upper);
            }
        }
    }
}
