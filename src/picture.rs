//! Floor 5: a tree as a picture: SVG, DOT, Mermaid and JSON. It shows public texts only, so every picture may be seen
//! by customers; it counts nothing. What others have counted, and the way of a case, can be put on it.

mod curve;
mod dot;
mod heat;
mod json;
mod layout;
mod legend;
mod lit;
mod mermaid;
mod route;
mod rows;
mod sketch;
mod spread;
mod svg;
mod untangle;
mod wrap;

pub use dot::dot;
pub use heat::{Heat, StepHeat, Warmth};
pub use json::json;
pub use layout::TooLarge;
pub use lit::Walked;
pub use mermaid::mermaid;
pub use sketch::{Line, Shape, Sign, Sketch};
pub use svg::svg;
