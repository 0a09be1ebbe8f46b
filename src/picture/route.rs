//! The way of each line through the rows: straight down past signs, to the side only between rows, so that no line runs
//! through a sign; and from top to bottom of the signs that it joins.

use super::Sketch;
use super::layout::{Placed, ROUND, Routed};
use super::rows::{Rows, Spot};

/// How far from a sign's middle lines join it, as a share of its width, and how far for each unit that they come from
/// the side.
const WIDEST: f64 = 0.36;
const LEANING: f64 = 0.3;

/// Routes all lines between signs that stand where they will be drawn.
pub fn route(sketch: &Sketch, rows: &Rows, signs: &[Placed], lines: &mut [Routed]) {
    let drawn = sketch.lines.iter().zip(&rows.chains).zip(lines);
    for ((line, chain), routed) in drawn {
        let Some((from, to)) = signs.get(line.from).zip(signs.get(line.to)) else {
            continue;
        };
        if line.from == line.to {
            go_round(routed, from);
        } else {
            let bends: Vec<&Spot> = chain.iter().filter_map(|at| rows.spots.get(*at)).collect();
            lead(routed, &bends, rows, (line.from, from), (line.to, to));
        }
    }
}

/// Leads a line from one sign to another by its bends.
fn lead(
    routed: &mut Routed,
    bends: &[&Spot],
    rows: &Rows,
    (start, from): (usize, &Placed),
    (end, to): (usize, &Placed),
) {
    // Lines of a loop go up.
    let down = if from.y <= to.y { 1.0 } else { -1.0 };
    let first = bends.first().map_or(to.x, |bend| bend.x);
    let last = bends.last().map_or(from.x, |bend| bend.x);
    let mut points = Vec::with_capacity(bends.len() * 2 + 4);
    let leaves = joint(from, first);
    points.push((leaves, from.y + down * from.height / 2.0));
    points.push((leaves, from.y + down * rows.half(start)));
    for bend in bends {
        let half = down * bend.half;
        points.push((bend.x, bend.y - half));
        points.push((bend.x, bend.y + half));
    }
    let comes = joint(to, last);
    points.push((comes, to.y - down * rows.half(end)));
    points.push((comes, to.y - down * to.height / 2.0));
    points.dedup_by(|one, other| (one.0 - other.0).abs() < 0.05 && (one.1 - other.1).abs() < 0.05);
    routed.points = points;
    let worded = bends.iter().find(|bend| bend.is_worded);
    routed.label_at = worded.map(|bend| (bend.x, bend.y));
}

/// Where at its border a line joins a sign that comes from `x` or goes there.
fn joint(sign: &Placed, x: f64) -> f64 {
    let widest = sign.width * WIDEST;
    sign.x + ((x - sign.x) * LEANING).clamp(-widest, widest)
}

/// Leads a line from a sign to itself, along its right side.
fn go_round(routed: &mut Routed, sign: &Placed) {
    let (right, up) = (sign.x + sign.width / 2.0, sign.height / 4.0);
    let far = right + ROUND;
    routed.points = vec![
        (right, sign.y - up),
        (far, sign.y - up),
        (far, sign.y + up),
        (right, sign.y + up),
    ];
    let half = routed.label_width() / 2.0;
    routed.label_at = (half > 0.0).then_some((far + half, sign.y));
}
