//! Statistics for other programs.

use serde_json::{Value, json};

use crate::stats::{BREAK, FEWEST, Report, TIME_ERROR, TreeReport};

/// One object: `all` (where no tree is named) and `trees` (those about which anything was counted, or the one named), and
/// what the numbers mean.
pub fn json(report: &Report, tree: Option<&TreeReport>, since: Option<i64>) -> String {
    let since = since.and_then(|since| jiff::Timestamp::from_millisecond(since).ok());
    let mut object = json!({
        "since": since.map(|since| since.to_string()),
        "odds": {
            "among": "those who got there",
            "interval": "wilson",
            "level": 0.95,
            "fewest_cases": FEWEST,
        },
        "time": {
            "unit": "s",
            "leaves_out": ["parked", "handed over", "gaps"],
            "gap_s": BREAK / 1000,
            "relative_error": TIME_ERROR,
        },
    });
    let trees: Vec<&TreeReport> = match tree {
        Some(tree) => vec![tree],
        None => report
            .trees
            .iter()
            .filter(|tree| !tree.is_empty())
            .collect(),
    };
    if let Value::Object(fields) = &mut object {
        if tree.is_none() {
            fields.insert("all".to_owned(), json!(report.all));
        }
        fields.insert("trees".to_owned(), json!(trees));
    }
    format!("{object:#}\n")
}
