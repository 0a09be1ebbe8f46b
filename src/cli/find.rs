//! `fixpath find WORDS`.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use clap::Args;
use serde_json::json;

use crate::load::search::SearchIndex;
use crate::tree::{Audience, Tree};

use super::list::{ListFormat, say_left_out};
use super::output::{Exit, table};
use super::workspace;

/// Find trees by a caller's own words
#[derive(Debug, Args)]
pub struct Find {
    /// What the caller says
    #[arg(required = true)]
    words: Vec<String>,
    /// How trees are printed
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
    /// At most so many
    #[arg(long, default_value_t = 10)]
    most: usize,
}

/// Prints the trees that fit on standard output, best first.
///
/// # Errors
/// The library cannot be read, or standard output cannot be written.
pub fn run(command: &Find, library: Option<&Path>) -> anyhow::Result<Exit> {
    let walkable = workspace::walkable(library)?;
    let hits = SearchIndex::new(&walkable.library).find(&command.words.join(" "), Audience::Agent);
    let found = hits
        .iter()
        .take(command.most)
        .map(|hit| (walkable.library.tree(hit.tree), hit.score));
    let text = match command.format {
        ListFormat::Table => {
            let row = |(tree, _): (&Arc<Tree>, f64)| {
                vec![
                    tree.name.to_string(),
                    tree.about.title.0.source().to_string(),
                ]
            };
            table(&found.map(row).collect::<Vec<_>>())
        }
        ListFormat::Json => {
            let round = |score: f64| (score * 1000.0).round() / 1000.0;
            let rows: Vec<_> = found
                .map(|(tree, score)| {
                    json!({"tree": tree.name, "title": tree.about.title.0.source(), "score": round(score)})
                })
                .collect();
            format!("{:#}\n", json!(rows))
        }
    };
    if text.is_empty() {
        writeln!(
            io::stderr(),
            "fixpath: no tree fits; `fixpath list` shows them all"
        )?;
    }
    io::stdout().write_all(text.as_bytes())?;
    say_left_out(&walkable.left_out);
    Ok(Exit::Success)
}
