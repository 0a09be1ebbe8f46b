//! `fixpath run [TREE|FILE]`.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::condition::Value;
use crate::handover::{Note, PublicNote};
use crate::load::search::SearchIndex;
use crate::session::{self, Event, Happening, Session, Started};
use crate::terminal::{self, Ending, Walk};
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
    note_format: NoteFormat,
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
enum NoteFormat {
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
    let (key, value) = text
        .split_once('=')
        .ok_or("write it as KEY=VALUE, like os=windows")?;
    Ok((key.trim().to_owned(), value.trim().to_owned()))
}

/// Walks.
///
/// # Errors
/// The library, the tree or the facts cannot be used, or the terminal cannot be read or written.
pub fn run(command: &Run, library: Option<&Path>) -> anyhow::Result<Exit> {
    let (walkable, tree) = match &command.tree {
        Some(tree) => {
            let (walkable, tree) = workspace::walkable_tree(tree, library)?;
            (walkable, Some(tree))
        }
        None => (workspace::walkable(library)?, None),
    };
    say_left_out(&walkable.left_out);
    walk(&walkable, tree, &command.case)
}

/// Walks a library from a tree, or from what the person says the trouble is.
///
/// # Errors
/// As [`run`].
pub fn walk(walkable: &Walkable, tree: Option<TreeId>, case: &Case) -> anyhow::Result<Exit> {
    let library = &walkable.library;
    let interactive = !case.plain && terminal::is_interactive();
    anyhow::ensure!(
        tree.is_some() || interactive,
        "name a tree: `fixpath run NAME`; `fixpath find WORDS` searches them by a caller's own words"
    );
    let index = OnceCell::new();
    let find = |words: &str, audience: Audience| {
        let index = index.get_or_init(|| SearchIndex::new(library));
        index
            .find(words, audience)
            .iter()
            .map(|hit| hit.tree)
            .collect()
    };
    let (tree, words) = match tree {
        Some(tree) => (tree, String::new()),
        None => match terminal::ask_for_tree(library, &find, case.audience())? {
            Some(picked) => picked,
            None => return Ok(Exit::Unfinished),
        },
    };
    let mut started = case.started(&library.tree(tree).name)?;
    // A word or two were typed to find the tree; more are what the caller said.
    started.words = (words.split_whitespace().count() > 2).then(|| words.into());
    let event = Event {
        seq: 1,
        at: terminal::now(),
        what: Happening::Started(Box::new(started)),
    };
    let session =
        Session::start(Arc::clone(library), event).map_err(|refused| anyhow!("{refused}"))?;
    let mut walk = Walk {
        session,
        find: &find,
        note: &|session| case.note_format.write(session),
        clock: &terminal::now,
        allow_run: case.allow_run,
    };
    let ending = if interactive {
        terminal::run_interactive(&mut walk)
    } else {
        terminal::run_plain(&mut walk)
    };
    if let Some(path) = &case.note {
        let note = case.note_format.write(&walk.session);
        fs::write(path, note)
            .with_context(|| format!("the note cannot be written to {}", path.display()))?;
    }
    Ok(match ending? {
        Ending::Resolved => Exit::Success,
        Ending::Escalated => Exit::Escalated,
        Ending::Unfinished => Exit::Unfinished,
        Ending::Ended => Exit::Ended,
    })
}

impl Case {
    /// Who walks.
    fn audience(&self) -> Audience {
        match self.who {
            Some(Who::Customer) => Audience::Customer,
            Some(Who::Agent) | None => Audience::Agent,
        }
    }

    /// How one talks.
    fn channel(&self) -> Channel {
        match (self.channel, self.audience()) {
            (Some(Talk::Phone), _) | (None, Audience::Agent) => Channel::Phone,
            (Some(Talk::Chat), _) => Channel::Chat,
            (Some(Talk::Email), _) => Channel::Email,
            (Some(Talk::InPerson), _) => Channel::InPerson,
            (Some(Talk::SelfService), _) | (None, Audience::Customer) => Channel::SelfService,
        }
    }

    /// How the case starts.
    fn started(&self, tree: &str) -> anyhow::Result<Started> {
        let mut started = Started::new(tree, self.audience(), self.channel());
        started.ticket = self.ticket.as_deref().map(Arc::from);
        started.facts = self.known()?;
        Ok(started)
    }

    /// What is known beforehand: the file's facts, then those of the command line, which count more. The session types
    /// them, and says what does not fit.
    fn known(&self) -> anyhow::Result<BTreeMap<Arc<str>, Value>> {
        let mut known = BTreeMap::new();
        if let Some(path) = &self.facts {
            let text = fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            let json: BTreeMap<Arc<str>, serde_json::Value> = serde_json::from_str(&text)
                .with_context(|| format!("{} is not a JSON object of facts", path.display()))?;
            for (name, json) in json {
                let value = session::loose(&json).with_context(|| {
                    format!(
                        "{}: `{name}` must be a text, a number, true, false or a list of texts",
                        path.display()
                    )
                })?;
                known.insert(name, value);
            }
        }
        for (name, text) in &self.fact {
            known.insert(name.as_str().into(), Value::Text(text.as_str().into()));
        }
        Ok(known)
    }
}

impl NoteFormat {
    /// The note of a case as it stands. A customer's holds nothing that is for agents only.
    fn write(self, session: &Session) -> String {
        match (session.audience(), self) {
            (Audience::Agent, Self::Text) => Note::of(session).text(),
            (Audience::Agent, Self::Markdown) => Note::of(session).markdown(),
            (Audience::Agent, Self::Json) => json(&Note::of(session)),
            (Audience::Customer, Self::Text) => PublicNote::of(session).text(),
            (Audience::Customer, Self::Markdown) => PublicNote::of(session).markdown(),
            (Audience::Customer, Self::Json) => json(&PublicNote::of(session)),
        }
    }
}

/// A note is plain data with text keys, so it always can be written.
fn json(note: &impl Serialize) -> String {
    serde_json::to_string_pretty(note).unwrap_or_default() + "\n"
}
