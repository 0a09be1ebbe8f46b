//! A line through points as the data of an SVG path: straight where two points stand one below the other, and between
//! such parts a curve that leaves them in their direction.

use std::fmt::Write as _;

/// How far a curve keeps the direction of its ends, as a share of its height.
const KEPT: f64 = 0.5;

// Writing to a `String` cannot fail, so the results of `write!` are dropped in this file.

/// Writes the path.
pub fn draw(out: &mut String, points: &[(f64, f64)]) {
    let Some((x, y)) = points.first() else { return };
    let _ = write!(out, "M{x:.1} {y:.1}");
    for at in 1..points.len() {
        let point = |at: usize| points.get(at).copied();
        let before = at.checked_sub(2).and_then(point);
        if let (Some(from), Some(to)) = (point(at - 1), point(at)) {
            piece(out, before, from, to, point(at + 1));
        }
    }
}

/// From one point to the next. Those around them tell the direction.
fn piece(
    out: &mut String,
    before: Option<(f64, f64)>,
    (x, y): (f64, f64),
    (to_x, to_y): (f64, f64),
    after: Option<(f64, f64)>,
) {
    let rise = (to_y - y) * KEPT;
    if is_same(x, to_x) || is_same(y, to_y) {
        let _ = write!(out, "L{to_x:.1} {to_y:.1}");
        return;
    }
    let leaves = x + lean(before, (x, y), Some((to_x, to_y))) * rise;
    let comes = to_x - lean(Some((x, y)), (to_x, to_y), after) * rise;
    let _ = write!(
        out,
        "C{leaves:.1} {:.1} {comes:.1} {:.1} {to_x:.1} {to_y:.1}",
        y + rise,
        to_y - rise,
    );
}

/// How far to the side a line goes at a point for each unit down: not at all where it ends, turns or has a straight part;
/// else the harmonic mean of both sides, so that it never swings out (Fritsch and Butland, "A Method for Constructing
/// Local Monotone Piecewise Cubic Interpolants", 1984).
fn lean(before: Option<(f64, f64)>, at: (f64, f64), after: Option<(f64, f64)>) -> f64 {
    let slope = |from: (f64, f64), to: (f64, f64)| (to.0 - from.0) / (to.1 - from.1);
    match (before, after) {
        (Some(before), Some(after)) if !is_same(before.1, at.1) && !is_same(after.1, at.1) => {
            let (comes, goes) = (slope(before, at), slope(at, after));
            if comes * goes > 0.0 {
                2.0 * comes * goes / (comes + goes)
            } else {
                0.0
            }
        }
        _ => 0.0,
    }
}

fn is_same(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.05
}
