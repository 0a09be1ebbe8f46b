//! The picture as data, for other programs to draw.

use serde_json::{Value, json};

use super::{Sign, Sketch};

/// `{"tree", "title", "steps": [{"name", "kind", "text"}], "edges": [{"from", "to", "labels"}]}`; the first step is the
/// start; edges name steps. With what was counted also `counted` (which cases), of steps `reached`, `left_here` and of
/// remedies `helped`, of edges `cases` where they are known.
pub fn json(sketch: &Sketch) -> Value {
    let name = |at: usize| sketch.signs.get(at).map(|sign| sign.name.as_str());
    let steps: Vec<Value> = sketch.signs.iter().map(step).collect();
    let edges: Vec<Value> = sketch
        .lines
        .iter()
        .map(|line| {
            let edge = json!({"from": name(line.from), "to": name(line.to), "labels": line.labels});
            with(edge, "cases", line.cases)
        })
        .collect();
    let object =
        json!({"tree": sketch.tree, "title": sketch.title, "steps": steps, "edges": edges});
    with(object, "counted", sketch.caption.as_deref())
}

fn step(sign: &Sign) -> Value {
    let step = json!({"name": sign.name, "kind": sign.shape.name(), "text": sign.text});
    let Some(heat) = &sign.heat else { return step };
    let step = with(step, "reached", Some(heat.counted.reached));
    let step = with(step, "left_here", Some(heat.counted.left));
    let step = with(step, "went_back", Some(heat.counted.went_back));
    let step = with(step, "unsure", Some(heat.counted.unsure));
    with(step, "helped", heat.counted.helped)
}

/// The object with another field, if there is a value.
fn with(mut object: Value, name: &str, value: Option<impl Into<Value>>) -> Value {
    if let (Value::Object(fields), Some(value)) = (&mut object, value) {
        fields.insert(name.to_owned(), value.into());
    }
    object
}
