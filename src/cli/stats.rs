//! `fixpath stats [TREE]`: what the cases that are kept say about the trees.

mod columns;
mod csv;
mod json;
mod table;

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, ValueEnum};

use crate::load::Walkable;
use crate::stats::{Report, TreeReport};
use crate::store::Store;
use crate::tree::Library;

use super::output::Exit;
use super::progress::Progress;
use super::workspace;
use super::{age, keep};

/// Count how cases went and what helped, over the cases that are kept
#[derive(Debug, Args)]
pub struct Stats {
    /// Only this tree, step by step: its name, or its file
    tree: Option<String>,
    #[command(flatten)]
    since: Since,
    /// How they are printed
    #[arg(long, value_enum, default_value = "table")]
    format: StatsFormat,
}

/// Which cases are counted.
#[derive(Debug, Clone, Copy, Args)]
pub struct Since {
    /// Only cases begun since then: a day (2026-11-01), or a span like 12h or 30d
    #[arg(long, value_name = "TIME", value_parser = age::moment)]
    since: Option<i64>,
}

/// How statistics are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum StatsFormat {
    /// For people
    Table,
    /// One JSON object
    Json,
    /// For spreadsheets: a row a tree; of one tree a row a step
    Csv,
}

/// Counts, and prints it on standard output.
///
/// # Errors
/// The store cannot be read, there is no such tree, or standard output cannot be written.
pub fn run(command: &Stats, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let (walkable, name) = named(command.tree.as_deref(), library)?;
    let store = keep::open(store)?;
    let report = command.since.count(&store, &walkable.library)?;
    let tree = name
        .map(|name| find(&report, &walkable, &name))
        .transpose()?;
    let text = match (command.format, tree) {
        (StatsFormat::Json, tree) => json::json(&report, tree, command.since.since),
        (StatsFormat::Csv, None) => csv::trees(&report),
        (StatsFormat::Csv, Some(tree)) => csv::steps(tree),
        (StatsFormat::Table, None) => table::all(&report, command.since.since),
        (StatsFormat::Table, Some(tree)) => table::one(tree, command.since.since),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Success)
}

/// The library of today, and the name of the tree that is asked for: whether there is one is seen later, for it may be one
/// of old cases.
fn named(tree: Option<&str>, library: Option<&Path>) -> anyhow::Result<(Walkable, Option<String>)> {
    let is_file = tree.is_some_and(|tree| tree.ends_with(".yaml") || tree.ends_with(".yml"));
    match tree {
        Some(file) if is_file => {
            let (walkable, tree) = workspace::walkable_tree(file, library)?;
            let name = walkable.library.tree(tree).name.to_string();
            Ok((walkable, Some(name)))
        }
        tree => Ok((workspace::walkable(library)?, tree.map(str::to_owned))),
    }
}

fn find<'r>(report: &'r Report, walkable: &Walkable, name: &str) -> anyhow::Result<&'r TreeReport> {
    if let Some(tree) = report.tree(name) {
        return Ok(tree);
    }
    // It says what is there instead.
    walkable.find(name)?;
    anyhow::bail!("there is nothing about the tree `{name}`")
}

impl Since {
    /// Since that moment, in milliseconds since 1970, if there is one.
    pub const fn moment(since: Option<i64>) -> Self {
        Self { since }
    }

    /// Counts the cases of a store beside the library of today, with a progress bar where that takes long.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn count(self, store: &Store, library: &Library) -> anyhow::Result<Report> {
        let progress = Progress::new("Counting cases");
        let fold = store.count(library, self.since, &|done, total| {
            progress.says(done, total)
        });
        progress.finish();
        Ok(Report::of(&fold?, library))
    }
}
