//! `fixpath guide [TOPIC]`.

use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;

use crate::diagnostic::nearest;
use crate::terminal::{Colors, manual_page};

use super::output::{Exit, table, width};

/// Columns of a page: longer lines are hard to read.
const WIDEST: u16 = 100;

/// Read the documentation
#[derive(Debug, Args)]
pub struct Guide {
    /// Which page; without one, the list of pages
    topic: Option<String>,
}

/// A page of the documentation.
struct Page {
    topic: &'static str,
    /// What it is about, for the list.
    about: &'static str,
    text: &'static str,
}

macro_rules! page {
    ($topic:literal, $file:literal, $about:literal) => {
        Page {
            topic: $topic,
            about: $about,
            text: include_str!(concat!("../../docs/", $file)),
        }
    };
}

const PAGES: &[Page] = &[
    page!(
        "authors",
        "authors-guide.md",
        "Write a tree, check it, test it, ship it: in ten minutes"
    ),
    page!(
        "language",
        "language.md",
        "The reference: every key, and what happens on a walk"
    ),
    page!(
        "agents",
        "agents.md",
        "Walk a tree with a caller: keys, notes, facts"
    ),
    page!(
        "cases",
        "cases.md",
        "Park, go on, hand over, export, forget; where cases are kept"
    ),
    page!(
        "hooks",
        "hooks.md",
        "Tell the ticket system and the chat room; what waits, and why"
    ),
    page!(
        "statistics",
        "statistics.md",
        "What helps: what the numbers mean, and what not to conclude"
    ),
    page!("customers", "customers.md", "What a customer sees"),
    page!(
        "serving",
        "serving.md",
        "In the browser: one desk, TLS, many servers, backup, limits"
    ),
    page!(
        "api",
        "api.md",
        "For other programs: JSON over HTTP, tokens, what goes wrong"
    ),
    page!(
        "commands",
        "commands.md",
        "Every command, its options, what it prints, exit codes"
    ),
    page!(
        "editors",
        "editors.md",
        "Findings and completion while you type; checks in CI"
    ),
];

/// Prints a page, or the list of pages, on standard output: as Markdown, or to be read where that is a terminal.
///
/// # Errors
/// There is no such page, or standard output cannot be written.
pub fn run(command: &Guide) -> anyhow::Result<Exit> {
    let text = match &command.topic {
        None => list(),
        Some(topic) => readable(find(topic)?.text),
    };
    io::stdout().write_all(text.as_bytes())?;
    Ok(Exit::Success)
}

fn find(topic: &str) -> anyhow::Result<&'static Page> {
    if let Some(page) = PAGES.iter().find(|page| page.topic == topic) {
        return Ok(page);
    }
    let near = nearest(topic, PAGES.iter().map(|page| page.topic));
    let hint = near.map_or_else(
        || "`fixpath guide` lists the pages".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    anyhow::bail!("there is no page `{topic}`; {hint}")
}

fn list() -> String {
    let row = |page: &Page| {
        vec![
            format!("fixpath guide {}", page.topic),
            page.about.to_owned(),
        ]
    };
    table(&PAGES.iter().map(row).collect::<Vec<_>>())
}

/// A page of Markdown as it is for pipes and files, set for reading in a terminal.
fn readable(page: &str) -> String {
    if !io::stdout().is_terminal() {
        return page.to_owned();
    }
    let colors = Colors::of(&io::stdout());
    let lines = manual_page(page, width().min(WIDEST).into());
    lines.iter().map(|line| line.paint(colors) + "\n").collect()
}
