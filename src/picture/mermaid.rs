//! The picture for Mermaid, as wikis and forges draw it.

use std::fmt::Write as _;

use super::legend::FILLS;
use super::wrap::wrap;
use super::{Shape, Sketch};

/// The classes' colours.
const CLASSES: &str = "  classDef question fill:#e8f1fd,stroke:#3b7dd8,color:#1c2430
  classDef instruction fill:#f1f3f5,stroke:#7b8794,color:#1c2430
  classDef remedy fill:#fff4dc,stroke:#d0921b,color:#1c2430
  classDef fix fill:#e3f6e8,stroke:#2f9e58,color:#1c2430
  classDef escalation fill:#fde8e6,stroke:#d0483c,color:#1c2430
  classDef tree fill:#f0eafb,stroke:#7c5cc4,color:#1c2430
";

/// The sketch as a Mermaid flowchart.
pub fn mermaid(sketch: &Sketch) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "---\ntitle: \"{}\"\n---\nflowchart TD",
        title(sketch).replace(['"', '\\'], "'")
    );
    for (at, sign) in sketch.signs.iter().enumerate() {
        let mut lines: Vec<String> = sign.heading.iter().cloned().collect();
        lines.extend(wrap(&sign.brief, 30, 3));
        lines.extend(sign.counts().iter().cloned());
        let words: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
        let (open, close, class) = look(sign.shape);
        let _ = writeln!(
            out,
            "  s{at}{open}\"{}\"{close}:::{class}",
            words.join("<br/>")
        );
    }
    for line in &sketch.lines {
        let label = escaped(&line.words().join(" · "));
        let arrow = if label.is_empty() {
            "-->".to_owned()
        } else {
            format!("-->|\"{label}\"|")
        };
        let _ = writeln!(out, "  s{} {arrow} s{}", line.from, line.to);
    }
    out.push_str(CLASSES);
    warm(&mut out, sketch);
    out
}

/// Fills by how many came; the shape and the outline still say what a step is.
fn warm(out: &mut String, sketch: &Sketch) {
    for (at, sign) in sketch.signs.iter().enumerate() {
        let Some(heat) = &sign.heat else { continue };
        let fill = FILLS.get(heat.level).copied().unwrap_or_default();
        let dashes = if heat.level == 0 {
            ",stroke-dasharray:4 3"
        } else {
            ""
        };
        let _ = writeln!(out, "  style s{at} fill:{fill},color:#1c2430{dashes}");
    }
}

/// The title, and which cases were counted.
fn title(sketch: &Sketch) -> String {
    match &sketch.caption {
        Some(caption) => format!("{} ({caption})", sketch.title),
        None => sketch.title.clone(),
    }
}

/// Brackets around the words, and the class.
const fn look(shape: Shape) -> (&'static str, &'static str, &'static str) {
    match shape {
        Shape::Question => ("(", ")", "question"),
        Shape::Instruction => ("[", "]", "instruction"),
        Shape::Remedy => ("{{", "}}", "remedy"),
        Shape::Try => ("[/", "/]", "remedy"),
        Shape::Branch => ("{", "}", "instruction"),
        Shape::Call => ("[[", "]]", "tree"),
        Shape::Leave => (">", "]", "tree"),
        Shape::Return => ("([", "])", "tree"),
        Shape::Fix => ("([", "])", "fix"),
        Shape::Tick => ("((", "))", "fix"),
        Shape::Escalation => ("[\\", "/]", "escalation"),
        Shape::Information => ("([", "])", "instruction"),
    }
}

/// Text in a quoted Mermaid label: what means something there becomes a character code (`#60;`), as Mermaid writes them.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '#' | '&' | '<' | '>' | '"' | '\'' | '`' | '|' | '\\' => {
                let _ = write!(out, "#{};", u32::from(character));
            }
            character if character.is_control() => out.push(' '),
            character => out.push(character),
        }
    }
    out
}
