//! The picture as data, for other programs to draw.

use serde_json::{Value, json};

use super::Sketch;

/// `{"tree", "title", "steps": [{"name", "kind", "text"}], "edges": [{"from", "to", "labels"}]}`; the first step is the
/// start; edges name steps.
pub fn json(sketch: &Sketch) -> Value {
    let name = |at: usize| sketch.signs.get(at).map(|sign| sign.name.as_str());
    let steps: Vec<Value> = sketch
        .signs
        .iter()
        .map(|sign| json!({"name": sign.name, "kind": sign.shape.name(), "text": sign.text}))
        .collect();
    let edges: Vec<Value> = sketch
        .lines
        .iter()
        .map(|line| json!({"from": name(line.from), "to": name(line.to), "labels": line.labels}))
        .collect();
    json!({"tree": sketch.tree, "title": sketch.title, "steps": steps, "edges": edges})
}
