//! Messages that templates are tried with: one with all that a message can hold, one with the least. A test holds them
//! against what the program makes.

use std::sync::OnceLock;

use serde_json::Value;

use super::Occasion;

/// A message to try a template with.
#[derive(Debug)]
pub struct Sample {
    /// On what occasion there is such a message.
    pub occasion: Occasion,
    /// The message.
    pub message: Value,
}

const TEXTS: [(Occasion, &str); 3] = [
    (Occasion::Handover, include_str!("samples/handed_over.json")),
    (
        Occasion::Handover,
        include_str!("samples/handed_over_early.json"),
    ),
    (Occasion::Close, include_str!("samples/closed.json")),
];

/// All of them.
pub fn samples() -> &'static [Sample] {
    static SAMPLES: OnceLock<Vec<Sample>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        let read = |(occasion, text): &(Occasion, &str)| {
            let message = serde_json::from_str(text).ok()?;
            Some(Sample {
                occasion: *occasion,
                message,
            })
        };
        TEXTS.iter().filter_map(read).collect()
    })
}
