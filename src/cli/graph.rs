//! `fixpath graph TREE`.

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::picture::{self, Sketch};

use super::output::Exit;
use super::workspace;

/// Draw a tree
#[derive(Debug, Args)]
pub struct Graph {
    /// The tree's name, or its file
    tree: String,
    /// How it is drawn
    #[arg(long, value_enum, default_value = "svg")]
    format: GraphFormat,
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
/// There is no such tree, it is too large to draw, or standard output cannot be written.
pub fn run(command: &Graph, library: Option<&Path>) -> anyhow::Result<Exit> {
    let (walkable, tree) = workspace::walkable_tree(&command.tree, library)?;
    let sketch = Sketch::of(&walkable.library, walkable.library.tree(tree));
    let text = match command.format {
        GraphFormat::Svg => picture::svg(&sketch)?,
        GraphFormat::Dot => picture::dot(&sketch),
        GraphFormat::Mermaid => picture::mermaid(&sketch),
        GraphFormat::Json => format!("{:#}\n", picture::json(&sketch)),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Success)
}
