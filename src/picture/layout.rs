//! Where signs and lines go: in the rows of dagre's layered layout, from top to bottom. The order within a row and the
//! places there are our own: dagre leaves lines crossed that need not cross, and a tree of many steps as a staircase.

#[cfg(test)]
mod tests;

use std::fmt;

use dagre::graph::{Graph, GraphOptions};
use dagre::layout::types::LabelPos;
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, layout};

use super::route::route;
use super::rows::Rows;
use super::spread::spread;
use super::untangle::untangle;
use super::wrap::wrap;
use super::{Shape, Sign, Sketch};

/// Above this, the layout takes many seconds and nobody can read the picture.
const MOST_SIGNS: usize = 1_500;
/// Columns and lines of a sign's text.
const COLUMNS: usize = 30;
const LINES: usize = 3;
/// Width of a column, heights of a line and of a heading, in SVG units at the font sizes that `svg` uses.
const COLUMN: f64 = 6.9;
const LINE: f64 = 17.0;
const HEADING: f64 = 15.0;
/// Heights of a line of counts, and of the bar below them.
const COUNT: f64 = 15.0;
const BAR: f64 = 10.0;
/// The edge of the picture, and how far a line from a sign to itself goes away from it.
const MARGIN: f64 = 16.0;
pub const ROUND: f64 = 18.0;

/// The tree has too many steps for a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLarge {
    /// How many signs it has.
    pub signs: usize,
}

impl fmt::Display for TooLarge {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signs = self.signs;
        write!(
            out,
            "the tree has {signs} signs to draw, more than the {MOST_SIGNS} that a picture can show; "
        )?;
        out.write_str("`--format dot`, `mermaid` and `json` have no limit")
    }
}

impl std::error::Error for TooLarge {}

/// A sign with its place: the middle, and its size.
#[derive(Debug, Clone)]
pub struct Placed {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    pub lines: Vec<String>,
}

/// A line with its bends, and where its words go.
#[derive(Debug, Clone)]
pub struct Routed {
    pub points: Vec<(f64, f64)>,
    pub label: Vec<String>,
    pub label_at: Option<(f64, f64)>,
}

/// The whole picture, its upper left corner at 0, 0.
#[derive(Debug, Clone)]
pub struct Layout {
    pub width: f64,
    pub height: f64,
    pub signs: Vec<Placed>,
    pub lines: Vec<Routed>,
}

/// Lays a sketch out.
///
/// # Errors
/// It has too many signs.
pub fn lay_out(sketch: &Sketch) -> Result<Layout, TooLarge> {
    if sketch.signs.len() > MOST_SIGNS {
        return Err(TooLarge {
            signs: sketch.signs.len(),
        });
    }
    let mut signs: Vec<Placed> = sketch.signs.iter().map(measured).collect();
    let mut lines: Vec<Routed> = sketch
        .lines
        .iter()
        .map(|line| routed(&line.words()))
        .collect();
    let mut graph = graph(sketch, &signs, &lines);
    let spacing = LayoutOptions {
        nodesep: 28.0,
        ranksep: 34.0,
        edgesep: 14.0,
        ..LayoutOptions::default()
    };
    layout(
        &mut graph,
        Some(LayoutOptions {
            marginx: MARGIN,
            marginy: MARGIN,
            ..spacing
        }),
    );
    for (at, sign) in signs.iter_mut().enumerate() {
        if let Some(label) = graph.node(&at.to_string()) {
            sign.x = label.x.unwrap_or_default();
            sign.y = label.y.unwrap_or_default();
        }
    }
    for (line, routed) in sketch.lines.iter().zip(&mut lines) {
        if let Some(label) = graph.edge(&line.from.to_string(), &line.to.to_string(), None) {
            routed.points = label
                .points
                .iter()
                .map(|point| (point.x, point.y))
                .collect();
            routed.label_at = label.x.zip(label.y).filter(|_| !routed.label.is_empty());
        }
    }
    arrange(sketch, &mut signs, &mut lines);
    let (width, height) = extent(&signs, &lines);
    Ok(Layout {
        width,
        height,
        signs,
        lines,
    })
}

/// Moves all that stands in rows to where it crosses and wanders little.
fn arrange(sketch: &Sketch, signs: &mut [Placed], lines: &mut [Routed]) {
    let mut rows = Rows::of(sketch, signs, lines);
    untangle(&mut rows);
    spread(&mut rows);
    let edges = rows.spots.iter().map(|spot| spot.x - spot.left);
    let left = edges.fold(f64::INFINITY, f64::min);
    for spot in &mut rows.spots {
        spot.x += MARGIN - left;
    }
    for (sign, spot) in signs.iter_mut().zip(&rows.spots) {
        sign.x = spot.x;
    }
    route(sketch, &rows, signs, lines);
}

/// The sketch as dagre takes it; nodes are named by their index.
fn graph(sketch: &Sketch, signs: &[Placed], lines: &[Routed]) -> Graph<NodeLabel, EdgeLabel> {
    let mut graph = Graph::with_options(GraphOptions {
        directed: true,
        multigraph: true,
        compound: false,
    });
    for (at, sign) in signs.iter().enumerate() {
        let label = NodeLabel {
            width: sign.width,
            height: sign.height,
            ..NodeLabel::default()
        };
        graph.set_node(at.to_string(), Some(label));
    }
    for (line, routed) in sketch.lines.iter().zip(lines) {
        graph.set_edge(
            line.from.to_string(),
            line.to.to_string(),
            Some(edge_label(routed)),
            None,
        );
    }
    graph
}

fn edge_label(routed: &Routed) -> EdgeLabel {
    let width = routed.label_width();
    let height = routed.label.len() as f64 * 14.0;
    EdgeLabel {
        width,
        height,
        labelpos: LabelPos::Center,
        ..EdgeLabel::default()
    }
}

impl Routed {
    /// The room of its words.
    pub fn label_width(&self) -> f64 {
        let lines = self.label.iter();
        match lines.map(|line| textwrap::core::display_width(line)).max() {
            None | Some(0) => 0.0,
            Some(columns) => columns as f64 * COLUMN * 0.92 + 10.0,
        }
    }
}

/// The size of a sign for its words.
fn measured(sign: &Sign) -> Placed {
    let lines = wrap(&sign.brief, COLUMNS, LINES);
    let heading = sign.heading.as_deref();
    let counts = sign.counts();
    let widths = lines
        .iter()
        .chain(counts)
        .map(String::as_str)
        .chain(heading)
        .map(textwrap::core::display_width);
    let text_width = widths.max().unwrap_or_default() as f64 * COLUMN;
    let counts_height = counts.len() as f64 * COUNT + if counts.is_empty() { 0.0 } else { BAR };
    let text_height =
        lines.len() as f64 * LINE + heading.map_or(0.0, |_| HEADING) + 18.0 + counts_height;
    let (width, height) = match sign.shape {
        Shape::Tick => (26.0, 26.0),
        // A diamond has less room at its top and bottom.
        Shape::Branch => (
            text_width + 56.0 + counts_height,
            44.0 + counts_height * 1.6,
        ),
        Shape::Remedy | Shape::Escalation => (text_width + 44.0, text_height),
        _ => (text_width + 32.0, text_height),
    };
    Placed {
        x: 0.0,
        y: 0.0,
        width,
        height,
        lines,
    }
}

fn routed(labels: &[String]) -> Routed {
    let label = if labels.is_empty() {
        Vec::new()
    } else {
        wrap(&labels.join(" · "), 26, 3)
    };
    Routed {
        points: Vec::new(),
        label,
        label_at: None,
    }
}

/// Right and lower end of all that is drawn, with a margin.
fn extent(signs: &[Placed], lines: &[Routed]) -> (f64, f64) {
    let corners = signs
        .iter()
        .map(|sign| (sign.x + sign.width / 2.0, sign.y + sign.height / 2.0));
    let bends = lines.iter().flat_map(|line| line.points.iter().copied());
    let labels = lines.iter().filter_map(|line| {
        let (x, y) = line.label_at?;
        Some((x + line.label_width() / 2.0, y))
    });
    let (x, y) = corners
        .chain(bends)
        .chain(labels)
        .fold((0.0_f64, 0.0_f64), |(x, y), (a, b)| (x.max(a), y.max(b)));
    (x + MARGIN, y + MARGIN)
}
