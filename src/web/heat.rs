//! What was counted of a tree, as its picture takes it.

use std::collections::HashMap;

use crate::picture::{Heat, StepHeat};
use crate::stats::{TreeReport, numbers};

/// What was counted of a tree, as the picture takes it.
/// `since`: from which day on, in words.
pub fn heat(tree: &TreeReport, since: Option<&str>) -> Heat {
    let began = tree.totals.cases;
    let unit = if began == 1 { "case" } else { "cases" };
    let mut caption = format!("{} {unit} began here", numbers::count(began));
    if tree.from_elsewhere > 0 {
        caption += &format!(
            ", {} came from other trees",
            numbers::count(tree.from_elsewhere)
        );
    }
    if let Some(since) = since {
        caption += &format!(", since {since}");
    }
    let mut steps: HashMap<String, StepHeat> = tree
        .steps
        .iter()
        .map(|step| {
            let heat = StepHeat {
                reached: step.reached,
                left: step.left_here,
                went_back: step.went_back,
                unsure: step.unsure,
                ..StepHeat::default()
            };
            (step.step.to_string(), heat)
        })
        .collect();
    for remedy in &tree.remedies {
        if let Some(heat) = steps.get_mut(&*remedy.remedy) {
            heat.helped = Some(remedy.helped);
            heat.odds = remedy.odds.as_ref().map(numbers::share);
        }
    }
    let ways = tree.ways.iter();
    Heat {
        caption,
        steps,
        ways: ways
            .map(|way| ((way.from.to_string(), way.to.to_string()), way.cases))
            .collect(),
    }
}
