//! `fixpath run [TREE|FILE]`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use clap::{Args, ValueEnum};

use crate::condition::Value;
use crate::load::Walkable;
use crate::session::{self, Event, Happening, Session, Started};
use crate::store::Keeper;
use crate::terminal;
use crate::tree::{Audience, Channel, TreeId};

use super::keep::{Keep, NOT_KEPT};
use super::list::say_left_out;
use super::output::Exit;
use super::walk::{Manner, Search};
use super::workspace;

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
    #[command(flatten)]
    manner: Manner,
    #[command(flatten)]
    keep: Keep,
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
#[allow(missing_docs, reason = "the names say it")]
#[value(rename_all = "snake_case")]
pub enum Talk {
    Phone,
    Chat,
    Email,
    InPerson,
    SelfService,
}

impl Talk {
    /// The channel.
    pub const fn channel(self) -> Channel {
        match self {
            Self::Phone => Channel::Phone,
            Self::Chat => Channel::Chat,
            Self::Email => Channel::Email,
            Self::InPerson => Channel::InPerson,
            Self::SelfService => Channel::SelfService,
        }
    }
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
/// The library, the tree or the facts cannot be used, the store cannot be opened, or the terminal cannot be read or
/// written.
pub fn run(command: &Run, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let (walkable, tree) = match &command.tree {
        Some(tree) => {
            let (walkable, tree) = workspace::walkable_tree(tree, library)?;
            (walkable, Some(tree))
        }
        None => (workspace::walkable(library)?, None),
    };
    say_left_out(&walkable.left_out);
    walk(&walkable, tree, &command.case, store)
}

/// Walks a library from a tree, or from what the person says the trouble is.
///
/// # Errors
/// As [`run`].
pub fn walk(
    walkable: &Walkable,
    tree: Option<TreeId>,
    case: &Case,
    store: Option<&str>,
) -> anyhow::Result<Exit> {
    let library = &walkable.library;
    anyhow::ensure!(
        tree.is_some() || terminal::is_terminal(),
        "name a tree: `fixpath run NAME`; `fixpath find WORDS` searches them by a caller's own words"
    );
    // Said before anybody types.
    case.manner.look_at_note()?;
    let store = case.keep.store(store)?;
    let search = Search::new(walkable);
    let find = |words: &str, audience: Audience| search.find(words, audience);
    let (tree, words) = match tree {
        Some(tree) => (tree, String::new()),
        None => match terminal::ask_for_tree(
            library,
            &find,
            case.audience(),
            case.manner.is_interactive(),
        )? {
            Some(picked) => picked,
            None => return Ok(Exit::Unfinished),
        },
    };
    let mut started = case.started(&library.tree(tree).name)?;
    // A word or two were typed to find the tree; more are what the caller said.
    started.words = (words.split_whitespace().count() > 2).then(|| words.into());
    started.library = store.as_ref().map(|_| Arc::clone(library.hash()));
    let event = Event {
        seq: 1,
        at: terminal::now(),
        what: Happening::Started(Box::new(started)),
    };
    let session =
        Session::start(Arc::clone(library), event).map_err(|refused| anyhow!("{refused}"))?;
    let keeper = store
        .map(|store| Keeper::begin(&store, &session, case.keep.who.agent()))
        .transpose()
        .context(NOT_KEPT)?;
    super::walk::walk(&search, session, keeper, &case.manner)
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
            (Some(talk), _) => talk.channel(),
            (None, Audience::Agent) => Channel::Phone,
            (None, Audience::Customer) => Channel::SelfService,
        }
    }

    /// How the case starts.
    fn started(&self, tree: &str) -> anyhow::Result<Started> {
        let mut started = Started::new(tree, self.audience(), self.channel());
        if self.audience() == Audience::Agent {
            started.by = self.keep.who.agent();
        }
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
