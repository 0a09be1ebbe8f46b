//! What holds of every picture: nothing stands on anything else, no line runs through a sign, and none crosses another
//! without need.

use super::{Layout, Placed, lay_out};
use crate::picture::{Line, Shape, Sign, Sketch, Walked};

fn sketch(signs: usize, ways: &[(usize, usize, &str)]) -> Sketch {
    let sign = |at: usize| {
        let words = "Does this part do what it should? ".repeat(1 + at % 3);
        Sign {
            name: format!("s{at}"),
            shape: if at % 4 == 3 {
                Shape::Remedy
            } else {
                Shape::Question
            },
            heading: Some(format!("s{at}")),
            text: words.clone(),
            brief: if at % 5 == 4 { "✓".to_owned() } else { words },
            heat: None,
            walked: Walked::default(),
        }
    };
    let line = |(from, to, label): &(usize, usize, &str)| Line {
        from: *from,
        to: *to,
        labels: vec![(*label).to_owned()],
        cases: None,
        level: 0,
        is_walked: false,
    };
    Sketch {
        tree: "tree".to_owned(),
        title: "A tree".to_owned(),
        signs: (0..signs).map(sign).collect(),
        lines: ways.iter().map(line).collect(),
        caption: None,
        way: None,
    }
}

/// A long script: each question leads to the next, some ahead, some to shared ends, some back, and one to itself.
fn long(signs: usize) -> Sketch {
    let mut ways = Vec::new();
    let mut random = 7_u64;
    for at in 0..signs - 2 {
        random = random
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let ahead = at + 2 + (random >> 60) as usize % 8;
        ways.push((at, at + 1, "yes"));
        if ahead < signs {
            ways.push((at, ahead, "no"));
        }
        if at % 7 == 3 && ahead != signs - 1 {
            ways.push((at, signs - 1, "none of these, or somebody else"));
        }
    }
    ways.extend([(20, 12, "again"), (30, 30, "still at it")]);
    sketch(signs, &ways)
}

fn overlaps(sign: &Placed, left: f64, right: f64, top: f64, bottom: f64) -> bool {
    let (half, tall) = (sign.width / 2.0 - 0.5, sign.height / 2.0 - 0.5);
    sign.x - half < right && left < sign.x + half && sign.y - tall < bottom && top < sign.y + tall
}

fn nothing_is_covered(sketch: &Sketch, layout: &Layout) {
    for (at, one) in layout.signs.iter().enumerate() {
        let (half, tall) = (one.width / 2.0, one.height / 2.0);
        let (left, right) = (one.x - half, one.x + half);
        for other in &layout.signs[at + 1..] {
            assert!(!overlaps(other, left, right, one.y - tall, one.y + tall));
        }
    }
    for (line, routed) in sketch.lines.iter().zip(&layout.lines) {
        let others = || {
            let signs = layout.signs.iter().enumerate();
            signs.filter(|(at, _)| line.from == line.to || *at != line.from && *at != line.to)
        };
        for pair in routed.points.windows(2) {
            let (&(x, y), &(to_x, to_y)) = (&pair[0], &pair[1]);
            let (left, right, top, bottom) = (x.min(to_x), x.max(to_x), y.min(to_y), y.max(to_y));
            for (at, sign) in others() {
                let covers = overlaps(sign, left, right, top, bottom);
                assert!(!covers, "{} to {} runs through {at}", line.from, line.to);
            }
        }
    }
}

#[test]
fn a_script_of_150_steps_is_no_wider_than_can_be_read() {
    let sketch = long(150);
    let layout = lay_out(&sketch).unwrap();
    nothing_is_covered(&sketch, &layout);
    let widest = layout
        .signs
        .iter()
        .map(|sign| sign.width)
        .fold(0.0, f64::max);
    assert!(layout.width < 10.0 * widest, "{} wide", layout.width);
}

#[test]
fn lines_from_one_sign_do_not_cross() {
    // Written so that each left answer leads to the right.
    let ways = [
        (0, 2, "left"),
        (0, 1, "right"),
        (1, 6, "no"),
        (1, 5, "yes"),
        (2, 4, "no"),
        (2, 3, "yes"),
    ];
    let sketch = sketch(7, &ways);
    let layout = lay_out(&sketch).unwrap();
    nothing_is_covered(&sketch, &layout);
    for (one, routed) in sketch.lines.iter().zip(&layout.lines) {
        for (other, others) in sketch.lines.iter().zip(&layout.lines) {
            let siblings = one.from == other.from && one.to != other.to;
            if siblings && routed.label_at.unwrap().0 < others.label_at.unwrap().0 {
                assert!(layout.signs[one.to].x < layout.signs[other.to].x);
            }
        }
    }
}

#[test]
fn a_line_to_its_own_sign_keeps_beside_it() {
    let sketch = sketch(2, &[(0, 0, "still busy"), (0, 1, "done")]);
    let layout = lay_out(&sketch).unwrap();
    nothing_is_covered(&sketch, &layout);
    let (sign, round) = (&layout.signs[0], &layout.lines[0]);
    let right = sign.x + sign.width / 2.0;
    assert!(round.points.iter().all(|(x, _)| *x >= right - 0.1));
    assert!(round.label_at.unwrap().0 > right && layout.width > round.label_at.unwrap().0);
}
