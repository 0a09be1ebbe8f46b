//! `fixpath list`.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::output::{Exit, table};
use super::workspace;

/// List the trees of the library
#[derive(Debug, Args)]
pub struct List {
    /// How they are printed
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

/// How trees are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    /// Columns
    Table,
    /// A JSON array
    Json,
}

/// Prints name and title of each tree on standard output.
///
/// # Errors
/// The library cannot be read, or standard output cannot be written.
pub fn run(command: &List, library: Option<&Path>) -> anyhow::Result<Exit> {
    let walkable = workspace::walkable(library)?;
    let trees = &walkable.library.trees;
    let text = match command.format {
        ListFormat::Table => {
            let row = |name: &str, title: &str| vec![name.to_owned(), title.to_owned()];
            table(
                &trees
                    .iter()
                    .map(|tree| row(&tree.name, tree.about.title.0.source()))
                    .collect::<Vec<_>>(),
            )
        }
        ListFormat::Json => {
            let rows: Vec<_> = trees
                .iter()
                .map(|tree| {
                    json!({
                        "tree": tree.name,
                        "title": tree.about.title.0.source(),
                        "tags": tree.about.tags,
                        "audience": tree.about.audience.map(|audience| audience.name()),
                    })
                })
                .collect();
            format!("{:#}\n", json!(rows))
        }
    };
    io::stdout().write_all(text.as_bytes())?;
    say_left_out(&walkable.left_out);
    Ok(Exit::Success)
}

/// Says on standard error which trees could not be taken in.
pub fn say_left_out(left_out: &[Arc<str>]) {
    if !left_out.is_empty() {
        let _ = writeln!(
            io::stderr(),
            "fixpath: left out, because they or trees that they lead to have errors (`fixpath check` says which): {}",
            left_out.join(", ")
        );
    }
}
