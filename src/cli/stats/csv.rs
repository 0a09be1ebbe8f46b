//! Statistics for spreadsheets.

use crate::cli::csv_line::csv_line;
use crate::stats::{Report, Spread, StepReport, TreeReport};

const TREES: &str = "tree,in_library,cases,confirmed,claimed,escalated,ended,open,parked,from_elsewhere,median_s,p90_s,again";
const STEPS: &str = "tree,step,kind,in_tree,reached,left_here,went_back,switched,unsure,tried,cannot,none,person,median_s,p90_s,carried_out,helped,odds,odds_low,odds_high,author_odds,author_odds_among_those_who_get_there,came_back";

/// A row a tree.
pub fn trees(report: &Report) -> String {
    let mut out = format!("{TREES}\n");
    for tree in report.trees.iter().filter(|tree| !tree.is_empty()) {
        let totals = &tree.totals;
        let mut cells = vec![
            tree.tree.to_string(),
            yes_or_no(tree.title.is_some()),
            totals.cases.to_string(),
            totals.confirmed.to_string(),
            totals.claimed.to_string(),
            totals.escalated.to_string(),
            totals.ended.to_string(),
            totals.open.to_string(),
            totals.parked.to_string(),
            tree.from_elsewhere.to_string(),
        ];
        cells.extend(spread(&totals.time));
        cells.push(totals.again.to_string());
        out += &csv_line(&cells);
        out.push('\n');
    }
    out
}

/// A row a step, those that are no longer in the tree last.
pub fn steps(tree: &TreeReport) -> String {
    let mut out = format!("{STEPS}\n");
    let there = tree.steps.iter().map(|step| (step, true));
    for (step, is_there) in there.chain(tree.gone.iter().map(|step| (step, false))) {
        let mut cells = vec![
            tree.tree.to_string(),
            step.step.to_string(),
            step.kind.to_owned(),
            yes_or_no(is_there),
        ];
        cells.extend(step.counts().map(|count| count.to_string()));
        cells.extend(spread(&step.time));
        cells.extend(remedy(tree, step));
        out += &csv_line(&cells);
        out.push('\n');
    }
    out
}

/// The columns of remedies; empty for other steps.
fn remedy(tree: &TreeReport, step: &StepReport) -> [String; 8] {
    let share = |share: Option<f64>| share.map_or_else(String::new, |share| format!("{share:.4}"));
    let Some(remedy) = tree
        .remedies
        .iter()
        .find(|remedy| remedy.remedy == step.step)
    else {
        let helped = step.helped.map(|helped| helped.to_string());
        let empty = String::new;
        return [
            empty(),
            helped.unwrap_or_default(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
            empty(),
        ];
    };
    let author = remedy.author;
    [
        remedy.carried_out.to_string(),
        remedy.helped.to_string(),
        share(remedy.odds.map(|odds| odds.share)),
        share(remedy.odds.map(|odds| odds.low)),
        share(remedy.odds.map(|odds| odds.high)),
        share(author.map(|author| author.odds)),
        share(author.and_then(|author| author.among_those_who_get_there)),
        remedy.came_back.to_string(),
    ]
}

fn spread(spread: &Spread) -> [String; 2] {
    let seconds = |time: Option<u64>| {
        time.map_or_else(String::new, |milliseconds| {
            format!("{:.3}", milliseconds as f64 / 1000.0)
        })
    };
    [seconds(spread.median_s), seconds(spread.p90_s)]
}

fn yes_or_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}
