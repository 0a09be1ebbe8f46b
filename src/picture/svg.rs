//! The picture as SVG: shapes and colours by kind, light and dark, readable by a screen reader. Every sign carries the
//! step's name (`data-step`), so that pages can light up a path.

use std::fmt::Write as _;

use super::layout::{Layout, Placed, Routed, TooLarge, lay_out};
use super::wrap::xml;
use super::{Shape, Sign, Sketch, Walked};
use super::{curve, legend, lit};

/// Colours of fill, line and text by kind; the second set is for dark surroundings.
const STYLE: &str = "\
svg{--bg:#fff;--ink:#1c2430;--soft:#5b6675;--wire:#9aa5b1;--q:#e8f1fd;--ql:#3b7dd8;--i:#f1f3f5;--il:#7b8794;--r:#fff4dc;\
--rl:#d0921b;--f:#e3f6e8;--fl:#2f9e58;--e:#fde8e6;--el:#d0483c;--n:#eef0f4;--nl:#7b8794;--c:#f0eafb;--cl:#7c5cc4;background:var(--bg)}\
@media(prefers-color-scheme:dark){svg{--bg:#14181f;--ink:#e6eaf0;--soft:#9aa5b1;--wire:#5b6675;--q:#16283f;--ql:#5c9ded;\
--i:#20262e;--il:#8b96a3;--r:#352a12;--rl:#e0ad46;--f:#14301f;--fl:#4fbf7a;--e:#3a1c1a;--el:#ee7a6f;--n:#232933;--nl:#8b96a3;\
--c:#281f3d;--cl:#a78be6}}\
text{font:13px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;fill:var(--ink);text-anchor:middle}\
.h{font-size:11px;fill:var(--soft)}\
.l{font-size:12px;fill:var(--soft);paint-order:stroke;stroke:var(--bg);stroke-width:5px;stroke-linejoin:round}\
.s>path,.s>rect,.s>circle{stroke-width:1.6}.wire{fill:none;stroke:var(--wire);stroke-width:1.5}.tip{fill:var(--wire)}\
.question>rect{fill:var(--q);stroke:var(--ql)}.instruction>rect{fill:var(--i);stroke:var(--il)}\
.remedy>path{fill:var(--r);stroke:var(--rl)}.try>rect{fill:var(--r);stroke:var(--rl);stroke-dasharray:5 4}\
.branch>path{fill:var(--i);stroke:var(--il)}.call>rect,.leave>path,.return>rect{fill:var(--c);stroke:var(--cl)}\
.fix>rect,.fixed>circle{fill:var(--f);stroke:var(--fl)}.fixed>text{fill:var(--fl);font-weight:700}\
.escalation>path{fill:var(--e);stroke:var(--el)}.information>rect{fill:var(--n);stroke:var(--nl)}\
.start>*:first-child{stroke-width:3.2}";

/// Draws the sketch.
///
/// # Errors
/// It has too many signs.
pub fn svg(sketch: &Sketch) -> Result<String, TooLarge> {
    let mut style = STYLE.to_owned();
    if sketch.caption.is_some() {
        style.push_str(legend::STYLE);
    }
    if sketch.way.is_some() {
        style.push_str(lit::STYLE);
    }
    draw(sketch, &format!("<style>{}</style>", plain_first(&style)))
}

fn draw(sketch: &Sketch, style: &str) -> Result<String, TooLarge> {
    let layout = lay_out(sketch)?;
    let mut out = String::new();
    open(&mut out, sketch, &layout, style);
    if let Some(caption) = &sketch.caption {
        legend::draw(&mut out, caption);
        let _ = writeln!(out, "<g transform=\"translate(0 {})\">", legend::HEIGHT);
    }
    for (line, routed) in sketch.lines.iter().zip(&layout.lines) {
        let level = line.cases.map(|_| line.level);
        draw_wire(&mut out, routed, level, line.is_walked);
    }
    for (at, (sign, placed)) in sketch.signs.iter().zip(&layout.signs).enumerate() {
        draw_sign(&mut out, sign, placed, at == 0);
    }
    for line in &layout.lines {
        draw_label(&mut out, line);
    }
    if sketch.caption.is_some() {
        out.push_str("</g>");
    }
    out.push_str("</svg>\n");
    Ok(out)
}

// Writing to a `String` cannot fail, so the results of `write!` are dropped in this file.

fn open(out: &mut String, sketch: &Sketch, layout: &Layout, style: &str) {
    let (mut width, mut height) = (layout.width.ceil(), layout.height.ceil());
    let mut pattern = "";
    if sketch.caption.is_some() {
        width = width.max(legend::WIDTH);
        height += legend::HEIGHT;
        pattern = legend::PATTERN;
    }
    let title = xml(&sketch.title);
    let (lit, tip) = match sketch.way {
        Some(_) => (" lit", LIT_TIP),
        None => ("", ""),
    };
    let way = sketch
        .way
        .as_ref()
        .map(|way| format!("<desc>{}</desc>", xml(way)));
    let way = way.unwrap_or_default();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" \
         role=\"img\" aria-label=\"{title}\" class=\"picture{lit}\"><title>{title}</title>{way}{style}\
         <defs><marker id=\"tip\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"12\" markerHeight=\"12\" \
         markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"tip\" d=\"M0 0 10 5 0 10z\"/></marker>\
         {tip}{pattern}</defs>"
    );
}

/// The tip of a line that was walked.
const LIT_TIP: &str = "<marker id=\"tip-lit\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"15\" markerHeight=\"15\" \
markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\"><path class=\"tip-lit\" d=\"M0 0 10 5 0 10z\"/></marker>";

/// Styles in which each colour by name stands with the colour itself before it: programs that know no names (librsvg) take
/// that one, and would draw black without it.
fn plain_first(styles: &str) -> String {
    let mut out = String::with_capacity(styles.len() * 2);
    for part in styles.split_inclusive([';', '{', '}']) {
        let declaration = part.trim_end_matches([';', '}']);
        if let Some((begin, name, end)) = named(declaration)
            && let Some(colour) = first_value(styles, name)
        {
            let _ = write!(out, "{begin}{colour}{end};");
        }
        out.push_str(part);
    }
    out
}

/// What stands before, in and behind the brackets of `var(…)`.
fn named(declaration: &str) -> Option<(&str, &str, &str)> {
    let (begin, rest) = declaration.split_once("var(")?;
    let (name, end) = rest.split_once(')')?;
    Some((begin, name, end))
}

/// What a name stands for by day.
fn first_value<'s>(styles: &'s str, name: &str) -> Option<&'s str> {
    let (_, rest) = styles.split_once(&format!("{name}:"))?;
    rest.split([';', '}']).next()
}

/// A line with rounded bends.
fn draw_wire(out: &mut String, line: &Routed, level: Option<usize>, is_walked: bool) {
    let _ = write!(
        out,
        "<path class=\"wire{}{}\" marker-end=\"url(#tip{})\" d=\"",
        warm(level),
        if is_walked { " walked" } else { "" },
        if is_walked { "-lit" } else { "" },
    );
    curve::draw(out, &line.points);
    out.push_str("\"/>\n");
}

fn draw_label(out: &mut String, line: &Routed) {
    let Some((x, y)) = line.label_at else { return };
    let first = y - (line.label.len() as f64 - 1.0) * 7.0 + 4.0;
    for (at, text) in line.label.iter().enumerate() {
        let y = first + at as f64 * 14.0;
        let _ = writeln!(
            out,
            "<text class=\"l\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            xml(text)
        );
    }
}

fn draw_sign(out: &mut String, sign: &Sign, placed: &Placed, start: bool) {
    let class = if start { " start" } else { "" };
    let kind = sign.shape.name();
    let warm = warm(sign.heat.as_ref().map(|heat| heat.level));
    let _ = write!(
        out,
        "<g class=\"s {kind}{warm}{class}{}\" data-step=\"{}\">",
        sign.walked.class(),
        xml(&sign.name)
    );
    outline(out, sign.shape, placed);
    if sign.walked == Walked::Here {
        draw_ring(out, placed);
    }
    let counts = sign.counts().iter().map(|line| format!("; {line}"));
    let _ = write!(
        out,
        "<title>{}: {}{}</title>",
        xml(&sign.name),
        xml(&sign.text),
        xml(&counts.collect::<String>())
    );
    draw_words(out, sign, placed);
    draw_counts(out, sign, placed);
    out.push_str("</g>\n");
}

/// A ring around the sign at which a case stands.
fn draw_ring(out: &mut String, placed: &Placed) {
    let (width, height) = (placed.width + 14.0, placed.height + 14.0);
    let (x, y) = (placed.x - width / 2.0, placed.y - height / 2.0);
    let _ = write!(
        out,
        "<rect class=\"ring\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"12\"/>"
    );
}

/// The class of a level.
fn warm(level: Option<usize>) -> String {
    level.map_or_else(String::new, |level| format!(" w{level}"))
}

/// The counts, and below them a bar: from the left those whom it helped, from the right those who stayed.
fn draw_counts(out: &mut String, sign: &Sign, placed: &Placed) {
    let (Some(heat), x) = (&sign.heat, placed.x) else {
        return;
    };
    if heat.words.is_empty() {
        return;
    }
    let bottom = placed.y + placed.height / 2.0;
    let lift = if sign.shape == Shape::Branch {
        16.0
    } else {
        0.0
    };
    let first = bottom - lift - 18.0 - (heat.words.len() as f64 - 1.0) * 15.0;
    for (at, line) in heat.words.iter().enumerate() {
        let y = first + at as f64 * 15.0;
        let _ = write!(
            out,
            "<text class=\"n\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>",
            xml(line)
        );
    }
    let counted = &heat.counted;
    let helped = counted.helped.unwrap_or_default();
    if counted.reached == 0 || counted.left + helped == 0 {
        return;
    }
    let whole = (placed.width - 44.0).min(160.0);
    let (left, y) = (x - whole / 2.0, bottom - lift - 12.0);
    let part = |cases: u64| whole * cases.min(counted.reached) as f64 / counted.reached as f64;
    let mut bar = |class: &str, from: f64, width: f64| {
        let _ = write!(
            out,
            "<rect class=\"bar {class}\" x=\"{from:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"6\"/>"
        );
    };
    bar("track", left, whole);
    bar("good", left, part(helped));
    bar(
        "stay",
        left + whole - part(counted.left),
        part(counted.left),
    );
}

/// The shape around a sign's words.
fn outline(out: &mut String, shape: Shape, placed: &Placed) {
    let Placed {
        x,
        y,
        width,
        height,
        ..
    } = placed;
    let (left, top, right, bottom) = (
        x - width / 2.0,
        y - height / 2.0,
        x + width / 2.0,
        y + height / 2.0,
    );
    let rect = |radius: f64| {
        format!(
            "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{radius:.1}\"/>"
        )
    };
    let path = |corners: &[(f64, f64)]| {
        let corners: Vec<String> = corners
            .iter()
            .map(|(x, y)| format!("{x:.1} {y:.1}"))
            .collect();
        format!("<path d=\"M{}z\"/>", corners.join(" "))
    };
    out.push_str(&match shape {
        Shape::Question => rect(12.0),
        Shape::Instruction => rect(2.0),
        Shape::Try | Shape::Call => rect(6.0),
        Shape::Fix | Shape::Information | Shape::Return => rect(height / 2.0),
        Shape::Tick => format!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"13\"/>"),
        Shape::Branch => path(&[(*x, top), (right, *y), (*x, bottom), (left, *y)]),
        Shape::Leave => path(&[
            (left, top),
            (right - 12.0, top),
            (right, *y),
            (right - 12.0, bottom),
            (left, bottom),
        ]),
        Shape::Remedy => {
            let (a, b) = (left + 12.0, right - 12.0);
            path(&[
                (a, top),
                (b, top),
                (right, *y),
                (b, bottom),
                (a, bottom),
                (left, *y),
            ])
        }
        Shape::Escalation => {
            let (a, b, c, d) = (left + 12.0, right - 12.0, top + 10.0, bottom - 10.0);
            path(&[
                (a, top),
                (b, top),
                (right, c),
                (right, d),
                (b, bottom),
                (a, bottom),
                (left, d),
                (left, c),
            ])
        }
    });
}

fn draw_words(out: &mut String, sign: &Sign, placed: &Placed) {
    let heading = xml(sign.heading.as_deref().unwrap_or_default());
    let x = placed.x;
    if sign.shape == Shape::Branch {
        let _ = write!(
            out,
            "<text class=\"h\" x=\"{x:.1}\" y=\"{:.1}\">{heading}</text>",
            placed.y + 4.0 - sign.counts().len() as f64 * 8.0
        );
        return;
    }
    let mut y = placed.y - placed.height / 2.0 + 21.0;
    if sign.shape == Shape::Tick {
        y = placed.y + 5.0;
    } else if !heading.is_empty() {
        let _ = write!(
            out,
            "<text class=\"h\" x=\"{x:.1}\" y=\"{:.1}\">{heading}</text>",
            y - 2.0
        );
        y += 15.0;
    }
    for line in &placed.lines {
        let _ = write!(out, "<text x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", xml(line));
        y += 17.0;
    }
}
