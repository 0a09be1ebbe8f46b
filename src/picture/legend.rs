//! The legend of a picture with counts, and its colours. Every colour has a word or a pattern beside it; ink on each fill
//! has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), by day and by night.

use std::fmt::Write as _;

use super::wrap::xml;

/// Fills of the levels on light ground: nobody, then more and more.
pub const FILLS: [&str; 5] = ["#ffffff", "#fff3d6", "#fdd9a0", "#f9b266", "#f0893a"];

/// What the levels are called.
const LEVELS: [&str; 5] = ["nobody", "up to 5 %", "up to 20 %", "up to 50 %", "more"];

const HEAD: &str = "Who came here, against the step where most came:";

/// The legend's height, and the least width of a picture with one.
pub const HEIGHT: f64 = 92.0;
pub const WIDTH: f64 = 820.0;

/// Styles of a picture with counts; those of bars are stronger than those of the signs on which they stand. The second set
/// of colours is for dark surroundings.
pub const STYLE: &str = "\
svg{--w0:#fff;--w1:#fff3d6;--w2:#fdd9a0;--w3:#f9b266;--w4:#f0893a;--good:#146c36;--track:#fff}\
@media(prefers-color-scheme:dark){svg{--w0:#14181f;--w1:#2b2118;--w2:#4a3114;--w3:#6e430d;--w4:#8a4f0d;--good:#7be3a3;--track:#14181f}}\
.w0>:first-child{fill:var(--w0)!important;stroke-dasharray:4 3}.w1>:first-child{fill:var(--w1)!important}\
.w2>:first-child{fill:var(--w2)!important}.w3>:first-child{fill:var(--w3)!important}.w4>:first-child{fill:var(--w4)!important}\
.s .h,.s.fixed>text{fill:var(--ink)}.n{font-size:12px;font-weight:600}.k{font-size:12px;text-anchor:start}.k.b{font-weight:600}\
rect.bar{stroke:none;stroke-dasharray:none}rect.bar.track{fill:var(--track);stroke:var(--ink);stroke-width:1}\
rect.bar.good{fill:var(--good)}rect.bar.stay{fill:url(#stay)}.stay-line{stroke:var(--ink);stroke-width:2}\
.wire.w0{stroke-dasharray:3 4}.wire.w2{stroke-width:2.5}.wire.w3{stroke-width:4}.wire.w4{stroke-width:6}";

/// The pattern for who stayed.
pub const PATTERN: &str = "<pattern id=\"stay\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" \
patternTransform=\"rotate(45)\"><path class=\"stay-line\" d=\"M0 0V5\"/></pattern>";

/// Draws it, its upper left corner near 0, 0.
pub fn draw(out: &mut String, caption: &str) {
    let mut text = |x: f64, y: f64, class: &str, words: &str| {
        let _ = writeln!(
            out,
            "<text class=\"k{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            xml(words)
        );
    };
    text(16.0, 24.0, " b", caption);
    text(16.0, 48.0, "", HEAD);
    let mut x = 362.0;
    let places = LEVELS.map(|words| {
        let place = x;
        x += 38.0 + words.len() as f64 * 6.6;
        place
    });
    for (place, words) in places.iter().zip(LEVELS) {
        text(place + 26.0, 48.0, "", words);
    }
    text(16.0, 72.0, "", "Bar, of those who came here:");
    text(238.0, 72.0, "", "helped (confirmed fixes of a remedy)");
    text(510.0, 72.0, "", "unfinished, left here");
    for (level, place) in places.iter().enumerate() {
        let _ = writeln!(
            out,
            "<g class=\"s instruction w{level}\"><rect x=\"{place:.1}\" y=\"37\" width=\"20\" height=\"14\"/></g>"
        );
    }
    for (class, x) in [("good", 206.0), ("stay", 478.0)] {
        let _ = writeln!(
            out,
            "<rect class=\"bar track\" x=\"{x}\" y=\"64\" width=\"26\" height=\"8\"/><rect class=\"bar {class}\" x=\"{x}\" y=\"64\" width=\"26\" height=\"8\"/>"
        );
    }
}
