//! `fixpath run [TREE|FILE]`.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::{Args, ValueEnum};

use crate::condition::Value;
use crate::session::{self, Started};
use crate::terminal::{self, NoteFormat, Walk};
use crate::tree::{Audience, Channel, TreeId};

use super::list::say_left_out;
use super::output::Exit;
use super::workspace::{self, Walkable};

/// Walk a tree to a fix or an escalation
#[derive(Debug, Args)]
pub struct Run {
    /// The tree's name, or its file; without one, describe the trouble and pick
    tree: Option<String>,
    #[command(flatten)]
    pub case: Case,
}

/// What is known of the case, and how it is walked.
#[derive(Debug, Default, Args)]
pub struct Case {
    /// Who walks
    #[arg(long = "as", value_enum, value_name = "WHO")]
    who: Option<Who>,
    /// How you talk with the person in trouble (default: phone; customers: self_service)
    #[arg(long, value_enum)]
    channel: Option<Talk>,
    /// Something known beforehand (may be repeated)
    #[arg(long, value_name = "KEY=VALUE", value_parser = key_value)]
    fact: Vec<(String, String)>,
    /// A JSON object of facts known beforehand
    #[arg(long, value_name = "FILE.json")]
    facts: Option<PathBuf>,
    /// The ticket that the case belongs to; it stands on the note
    #[arg(long, value_name = "ID")]
    ticket: Option<String>,
    /// Write the hand-over note to a file when the walk ends or is left
    #[arg(long, value_name = "FILE")]
    note: Option<PathBuf>,
    /// The note's format
    #[arg(long, value_enum, default_value = "text")]
    note_format: Note,
    /// Line by line on standard input and output, for pipes and screen readers
    #[arg(long)]
    plain: bool,
    /// Offer to run the commands that trees bring to measure this machine; each is shown first
    #[arg(long)]
    allow_run: bool,
}

/// Who walks.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Who {
    /// A Tier 1 agent, for a caller
    Agent,
    /// The person in trouble
    Customer,
}

/// How one talks.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Talk {
    Phone,
    Chat,
    Email,
    InPerson,
    SelfService,
}

/// A note's format.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Note {
    /// Plain text
    #[default]
    Text,
    /// Markdown
    Markdown,
    /// JSON
    Json,
}

/// Reads `KEY=VALUE`.
fn key_value(text: &str) -> Result<(String, String), String> {
    let (key, value) = text.split_once('=').ok_or("write it as KEY=VALUE, like os=windows")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

/// Walks.
///
/// # Errors
/// The library, the tree or the facts cannot be used, or the terminal cannot be read or written.
pub fn run(command: Run, library: Option<&Path>) -> anyhow::Result<Exit> {
    let (walkable, tree) = match &command.tree {
        Some(tree) => {
            let (walkable, tree) = workspace::walkable_tree(tree, library)?;
            (walkable, Some(tree))
        }
        None => (workspace::walkable(library)?, None),
    };
    say_left_out(&walkable.left_out);
    walk(walkable, tree, command.case)
}

/// Walks a library from a tree, or from what the person says the trouble is.
///
/// # Errors
/// As [`run`].
pub fn walk(walkable: Walkable, tree: Option<TreeId>, case: Case) -> anyhow::Result<Exit> {
    let plain = case.plain || !io::stdin().is_terminal() || !io::stdout().is_terminal();
    anyhow::ensure!(
        tree.is_some() || !plain,
        "name a tree: `fixpath run NAME`; `fixpath find WORDS` searches them by a caller's own words"
    );
    let _ = (session::loose, fs::read, plain);
    todo_walk(walkable, tree, case)
}
