//! `fixpath graph TREE`.

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::picture::{self, Sketch};
use crate::web::heat;

use super::output::Exit;
use super::stats::Since;
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
            .map(|tree| heat(tree, command.since.map(age::shown).as_deref()));
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
