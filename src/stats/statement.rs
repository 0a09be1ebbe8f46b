//! The statistics for other programs: one object with what the numbers mean.

use jiff::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::{BREAK, FEWEST, Report, TIME_ERROR, Totals, TreeReport};

/// What was counted, and what the numbers mean.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Statistics)]
pub struct Statement<'r> {
    /// Only cases begun since then were counted.
    #[schema(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    odds: OddsMean,
    time: TimesMean,
    /// All cases; none where one tree was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Totals>)]
    all: Option<&'r Totals>,
    /// Those about which anything was counted, by name, or the one that was asked for.
    #[schema(value_type = Vec<TreeReport>)]
    trees: Vec<&'r TreeReport>,
}

/// What the odds of remedies mean.
#[derive(Debug, Serialize, ToSchema)]
struct OddsMean {
    among: &'static str,
    interval: &'static str,
    level: f64,
    /// Of fewer cases no odds are told.
    fewest_cases: u64,
}

/// What times mean.
#[derive(Debug, Serialize, ToSchema)]
struct TimesMean {
    unit: &'static str,
    leaves_out: Vec<&'static str>,
    /// A pause longer than this, in seconds, is left out.
    gap_s: i64,
    relative_error: f64,
}

impl<'r> Statement<'r> {
    /// Of all trees, or of the one that is given; `since` in milliseconds since 1970.
    pub fn of(report: &'r Report, tree: Option<&'r TreeReport>, since: Option<i64>) -> Self {
        let counted = report.trees.iter().filter(|tree| !tree.is_empty());
        Self {
            since: since.and_then(|since| Timestamp::from_millisecond(since).ok()),
            odds: OddsMean {
                among: "those who got there",
                interval: "wilson",
                level: 0.95,
                fewest_cases: FEWEST,
            },
            time: TimesMean {
                unit: "s",
                leaves_out: vec!["parked", "handed over", "gaps"],
                gap_s: BREAK / 1000,
                relative_error: TIME_ERROR,
            },
            all: tree.is_none().then_some(&report.all),
            trees: tree.map_or_else(|| counted.collect(), |tree| vec![tree]),
        }
    }
}
