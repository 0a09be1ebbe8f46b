//! The picture for Graphviz.

use std::fmt::Write as _;

use super::legend::FILLS;
use super::wrap::wrap;
use super::{Shape, Sketch};

/// The sketch in the DOT language.
pub fn dot(sketch: &Sketch) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "digraph {} {{\n  label={};",
        quoted(&sketch.tree),
        quoted(&title(sketch))
    );
    out.push_str("  node [fontname=\"sans-serif\", fontsize=11, style=filled];\n");
    out.push_str("  edge [fontname=\"sans-serif\", fontsize=10];\n");
    for sign in &sketch.signs {
        let (shape, color) = look(sign.shape);
        let mut lines: Vec<String> = sign.heading.iter().cloned().collect();
        lines.extend(wrap(&sign.brief, 30, 3));
        lines.extend(sign.counts().iter().cloned());
        let color = sign.heat.as_ref().map_or(color, |heat| {
            FILLS.get(heat.level).copied().unwrap_or(color)
        });
        let words = quoted(&lines.join("\n"));
        let _ = writeln!(
            out,
            "  {} [label={words}, shape={shape}, fillcolor=\"{color}\"];",
            quoted(&sign.name)
        );
    }
    for line in &sketch.lines {
        let (Some(from), Some(to)) = (sketch.signs.get(line.from), sketch.signs.get(line.to))
        else {
            continue;
        };
        let label = quoted(&line.words().join("\n"));
        let width = match (line.cases, line.level) {
            (None, _) => String::new(),
            (Some(_), 0) => ", style=dashed".to_owned(),
            (Some(_), level) => format!(", penwidth={level}"),
        };
        let _ = writeln!(
            out,
            "  {} -> {} [label={label}{width}];",
            quoted(&from.name),
            quoted(&to.name)
        );
    }
    out.push_str("}\n");
    out
}

/// The title, and which cases were counted.
fn title(sketch: &Sketch) -> String {
    match &sketch.caption {
        Some(caption) => format!("{}\n{caption}", sketch.title),
        None => sketch.title.clone(),
    }
}

/// Graphviz's shape and a fill colour.
const fn look(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Question => ("oval", "#e8f1fd"),
        Shape::Instruction => ("box", "#f1f3f5"),
        Shape::Remedy => ("hexagon", "#fff4dc"),
        Shape::Branch => ("diamond", "#f1f3f5"),
        Shape::Try => ("box3d", "#fff4dc"),
        Shape::Call => ("component", "#f0eafb"),
        Shape::Leave => ("cds", "#f0eafb"),
        Shape::Fix => ("ellipse", "#e3f6e8"),
        Shape::Tick => ("circle", "#e3f6e8"),
        Shape::Escalation => ("octagon", "#fde8e6"),
        Shape::Information => ("note", "#eef0f4"),
        Shape::Return => ("house", "#f0eafb"),
    }
}

/// A DOT string: quotes and backslashes escaped, line breaks as `\n`.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '"' | '\\' => out.extend(['\\', character]),
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out.push('"');
    out
}
