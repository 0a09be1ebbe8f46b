//! `fixpath cases`: the cases that are kept.

mod export;
pub mod lines;

use std::io::{self, Write as _};
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};
use serde_json::json;

use crate::store::{Filter, Keeper, Status, Store};

use super::age;
use super::keep;
use super::list::ListFormat;
use super::note_format::NoteFormat;
use super::output::Exit;
use super::progress::while_it_takes;
use super::workspace;

use export::ExportFormat;

/// List, show, export and erase the cases that are kept
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Cases {
    #[command(subcommand)]
    action: Option<Action>,
    #[command(flatten)]
    which: Which,
    /// How they are printed
    #[arg(long, value_enum, default_value = "table")]
    format: ListFormat,
}

/// What to do with cases.
#[derive(Debug, Subcommand)]
enum Action {
    /// Show a case's hand-over note as it stands
    Show {
        /// The case, or the beginning of its name
        id: String,
        /// Show what happened, event by event, as JSON lines
        #[arg(long)]
        events: bool,
        /// The note's format
        #[arg(long, value_enum, default_value = "text")]
        format: NoteFormat,
    },
    /// Write cases for other programs, on standard output
    Export {
        #[command(flatten)]
        which: Which,
        /// In what form
        #[arg(long, value_enum, default_value = "jsonl")]
        format: ExportFormat,
    },
    /// Forget for good what was said in a case; what was counted stays
    Erase {
        /// The case, or the beginning of its name
        id: String,
    },
    /// Forget for good what was said in old cases; what was counted stays
    Purge {
        /// Cases in which nothing has happened for so long (90d), or since a day (2026-08-01)
        #[arg(long, value_name = "TIME", value_parser = age::moment)]
        older_than: i64,
    },
}

/// Said while it takes long: a file is written anew as a whole.
const ERASING: &str = "Erasing what was said";

/// Which cases; what is not said does not matter.
#[derive(Debug, Default, Args)]
struct Which {
    /// How they stand (may be repeated; default: all but closed ones, unless --outcome or --all is given)
    #[arg(long, value_enum)]
    status: Vec<Standing>,
    /// Closed and erased ones, too
    #[arg(long)]
    all: bool,
    /// Begun in this tree, or standing in it
    #[arg(long, value_name = "NAME")]
    tree: Option<String>,
    /// Who worked on it last
    #[arg(long = "by", value_name = "NAME")]
    agent: Option<String>,
    /// Handed over to this team
    #[arg(long, value_name = "NAME")]
    team: Option<String>,
    /// How they ended
    #[arg(long, value_enum)]
    outcome: Option<How>,
    /// Of this ticket
    #[arg(long, value_name = "ID")]
    ticket: Option<String>,
    /// Begun since then: a day, or a span like 12h or 30d
    #[arg(long, value_name = "TIME", value_parser = age::moment)]
    since: Option<i64>,
    /// Begun before then
    #[arg(long, value_name = "TIME", value_parser = age::moment)]
    before: Option<i64>,
    /// So many at most
    #[arg(long, value_name = "N")]
    limit: Option<u32>,
}

/// How a case stands.
#[derive(Debug, Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum Standing {
    Open,
    Parked,
    HandedOver,
    Closed,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum How {
    Resolved,
    Escalated,
    Ended,
}

impl Which {
    /// What is said where there are none.
    fn none(&self) -> &'static str {
        let narrows = [
            self.tree.is_some(),
            self.agent.is_some(),
            self.team.is_some(),
            self.ticket.is_some(),
            self.since.is_some(),
            self.before.is_some(),
        ];
        let is_usual = !self.all && self.outcome.is_none() && self.status.is_empty();
        match (narrows.contains(&true), is_usual) {
            (true, true) => {
                "There are no such cases among those that go on; `--all` looks at closed and erased ones, too."
            }
            (false, false) if self.all => "No cases are kept here yet.",
            (_, false) => "There are no such cases.",
            (false, true) => {
                "No case is open, parked or handed over; `fixpath cases --all` lists closed and erased ones, too."
            }
        }
    }

    /// The filter; `usual` is what is meant where no status is named.
    fn filter(&self, usual: &[Status]) -> Filter {
        let named = self.status.iter().map(|standing| match standing {
            Standing::Open => Status::Open,
            Standing::Parked => Status::Parked,
            Standing::HandedOver => Status::HandedOver,
            Standing::Closed => Status::Closed,
        });
        let mut status: Vec<Status> = named.collect();
        if status.is_empty() && self.outcome.is_none() && !self.all {
            status = usual.to_vec();
        }
        let outcome = self.outcome.map(|how| match how {
            How::Resolved => "resolved",
            How::Escalated => "escalated",
            How::Ended => "ended",
        });
        Filter {
            status,
            tree: self.tree.clone(),
            agent: self.agent.clone(),
            teams: self.team.iter().cloned().collect(),
            outcome: outcome.map(str::to_owned),
            ticket: self.ticket.clone(),
            since: self.since,
            before: self.before,
            readable: !self.all && !usual.is_empty(),
            limit: self.limit,
            ..Filter::default()
        }
    }
}

/// Does it.
///
/// # Errors
/// The store cannot be used, there is no such case, or standard output cannot be written.
pub fn run(command: &Cases, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    match &command.action {
        None => list(command, library, &store)?,
        Some(Action::Show { id, events, format }) => {
            let walkable = workspace::walkable(library)?;
            let (keeper, session) = Keeper::open(&store, id, &walkable.library, None)?;
            let mut out = io::stdout().lock();
            if *events {
                for event in session.events() {
                    writeln!(out, "{}", serde_json::to_string(event)?)?;
                }
            } else {
                write!(out, "{}", format.write(&session, Some(keeper.id())))?;
            }
        }
        Some(Action::Export { which, format }) => {
            let walkable = workspace::walkable(library)?;
            export::export(&store, which.filter(&[]), *format, &walkable.library)?;
        }
        Some(Action::Erase { id }) => {
            let case = store.case(id)?;
            while_it_takes(ERASING, || store.erase(&case))?;
            writeln!(io::stdout(), "Erased what was said in case {}.", case.id)?;
        }
        Some(Action::Purge { older_than }) => {
            let erased = while_it_takes(ERASING, || store.purge(*older_than))?;
            let cases = if erased == 1 { "case" } else { "cases" };
            writeln!(io::stdout(), "Erased what was said in {erased} {cases}.")?;
        }
    }
    Ok(Exit::Success)
}

fn list(command: &Cases, library: Option<&Path>, store: &Store) -> anyhow::Result<()> {
    let going_on = [Status::Open, Status::Parked, Status::HandedOver];
    let cases = store.cases(command.which.filter(&going_on))?;
    let mut out = io::stdout().lock();
    match command.format {
        ListFormat::Table if cases.is_empty() => {
            writeln!(io::stderr(), "{}", command.which.none())?;
        }
        ListFormat::Table => {
            let teams = lines::team_names(&cases, library);
            write!(out, "{}", lines::table(&cases, &teams))?;
        }
        ListFormat::Json => {
            let rows: Vec<_> = cases.iter().map(lines::json).collect();
            writeln!(out, "{:#}", json!(rows))?;
        }
    }
    Ok(())
}
