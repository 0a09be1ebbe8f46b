//! `fixpath graph TREE`.

use std::collections::HashMap;
use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::picture::{self, Heat, Sketch, StepHeat};
use crate::stats::TreeReport;

use super::output::Exit;
use super::stats::{Since, numbers};
use super::{age, keep, workspace};

/// Draw a tree
#[derive(Debug, Args)]
pub struct Graph {
    /// The tree's name, or its file
    tree: String,
    /// How it is drawn
    #[arg(long, value_enum, default_value = "svg")]
    format: GraphFormat,
    /// Put on it how many cases came to each step, stayed there, and were helped
    #[arg(long)]
    heat: bool,
    /// Count only cases begun since then: a day (2026-11-01), or a span like 12h or 30d
    #[arg(long, value_name = "TIME", value_parser = age::moment, requires = "heat")]
    since: Option<i64>,
}

/// How a tree is drawn.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum GraphFormat {
    /// A picture for browsers and documents
    Svg,
    /// For Graphviz
    Dot,
    /// For wikis
    Mermaid,
    /// For programs
    Json,
}

/// Prints the picture on standard output.
///
/// # Errors
/// There is no such tree, it is too large to draw, the store cannot be read, or standard output cannot be written.
pub fn run(command: &Graph, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let (walkable, tree) = workspace::walkable_tree(&command.tree, library)?;
    let tree = walkable.library.tree(tree);
    let mut sketch = Sketch::of(&walkable.library, tree);
    if command.heat {
        let since = Since::moment(command.since);
        let report = since.count(&keep::open(store)?, &walkable.library)?;
        let heat = report
            .tree(&tree.name)
            .map(|tree| heat(tree, command.since));
        sketch = sketch.warmed(&heat.unwrap_or_default());
    }
    let text = match command.format {
        GraphFormat::Svg => picture::svg(&sketch)?,
        GraphFormat::Dot => picture::dot(&sketch),
        GraphFormat::Mermaid => picture::mermaid(&sketch),
        GraphFormat::Json => format!("{:#}\n", picture::json(&sketch)),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Success)
}

/// What was counted of a tree, as the picture takes it.
fn heat(tree: &TreeReport, since: Option<i64>) -> Heat {
    let mut caption = format!("{} cases began here", numbers::count(tree.totals.cases));
    if tree.from_elsewhere > 0 {
        caption += &format!(
            ", {} came from other trees",
            numbers::count(tree.from_elsewhere)
        );
    }
    if let Some(since) = since {
        caption += &format!(", since {}", age::shown(since));
    }
    let mut steps: HashMap<String, StepHeat> = tree
        .steps
        .iter()
        .map(|step| {
            let heat = StepHeat {
                reached: step.reached,
                left: step.left_here,
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
