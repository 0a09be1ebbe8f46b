//! Statistics for other programs.

use serde_json::json;

use crate::stats::{Report, Statement, TreeReport};

/// One object: `all` (where no tree is named) and `trees` (those about which anything was counted, or the one named), and
/// what the numbers mean.
pub fn json(report: &Report, tree: Option<&TreeReport>, since: Option<i64>) -> String {
    format!("{:#}\n", json!(Statement::of(report, tree, since)))
}
