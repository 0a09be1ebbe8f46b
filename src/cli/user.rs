//! `fixpath user`: who may sign in at the desk.

mod lines;
mod password;

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::ensure;
use clap::{Args, Subcommand};
use serde_json::json;

use crate::store::{NewUser, Store, StoreError, User, UserChange, UserName};

use super::keep;
use super::list::ListFormat;
use super::output::Exit;
use super::roles::{self, Person};
use super::workspace;

use password::{Chosen, How};

/// Say who may sign in at the desk in the browser
#[derive(Debug, Args)]
pub struct Command {
    #[command(subcommand)]
    action: Action,
}

/// What to do with users.
#[derive(Debug, Subcommand)]
enum Action {
    /// Let somebody sign in; asks for the password
    Add(Add),
    /// List who may sign in
    List {
        /// How they are printed
        #[arg(long, value_enum, default_value = "table")]
        format: ListFormat,
    },
    /// Take somebody out, and end all that they are signed in to; their cases keep the name
    Remove {
        /// Who
        name: String,
    },
    /// Give somebody a new password, and end all that they are signed in to
    Password {
        /// Who
        name: String,
        #[command(flatten)]
        how: How,
    },
    /// Change roles, teams, or whether somebody may sign in; ends all that they are signed in to
    Set(Set),
}

/// Somebody new.
#[derive(Debug, Args)]
struct Add {
    /// The name to sign in with; upper and lower case are the same
    name: String,
    /// What they may do (may be repeated)
    #[arg(
        long = "role",
        value_enum,
        default_value = "agent",
        value_delimiter = ','
    )]
    roles: Vec<Person>,
    /// Whose hand-overs they see (may be repeated; default: those to all teams)
    #[arg(long = "team", value_name = "TEAM", value_delimiter = ',')]
    teams: Vec<String>,
    #[command(flatten)]
    how: How,
    /// Without a password: they come by single sign-on alone
    #[arg(long, conflicts_with_all = ["password_stdin", "generate"])]
    no_password: bool,
}

/// What is changed of somebody.
#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Changes {
    /// What they may do from now on (may be repeated)
    #[arg(long = "role", value_enum, value_delimiter = ',')]
    roles: Vec<Person>,
    /// Whose hand-overs they see from now on (may be repeated)
    #[arg(long = "team", value_name = "TEAM", value_delimiter = ',')]
    teams: Vec<String>,
    /// They see hand-overs to all teams
    #[arg(long, conflicts_with = "teams")]
    all_teams: bool,
    /// They may not sign in until --enable
    #[arg(long, conflicts_with = "enable")]
    disable: bool,
    /// They may sign in again
    #[arg(long)]
    enable: bool,
}

/// Changes of somebody.
#[derive(Debug, Args)]
struct Set {
    /// Who
    name: String,
    #[command(flatten)]
    changes: Changes,
}

/// Does it.
///
/// # Errors
/// There is no such user or team, the password is too weak, or the store cannot be used.
pub fn run(command: &Command, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    match &command.action {
        Action::Add(new) => add(new, library, &store),
        Action::List { format } => list(&store, *format),
        Action::Remove { name } => remove(&store, name),
        Action::Password { name, how } => change_password(&store, name, how),
        Action::Set(set) => change(set, library, &store),
    }
}

fn add(new: &Add, library: Option<&Path>, store: &Store) -> anyhow::Result<Exit> {
    let name: UserName = new.name.parse()?;
    let teams = teams(&new.teams, library)?;
    // Before anybody types a password.
    if store.user(name.clone()).wait()?.is_some() {
        return Err(StoreError::UserExists(name.to_string()).into());
    }
    let chosen = if new.no_password {
        None
    } else {
        let Some(chosen) = Chosen::ask(&new.how, &name)? else {
            return nothing_changed();
        };
        Some(chosen)
    };
    let new = NewUser {
        name: name.clone(),
        password: chosen.as_ref().map(|chosen| chosen.hash.clone()),
        roles: roles::set(&new.roles),
        teams,
    };
    store.add_user(new).wait()?;
    if let Some(chosen) = chosen {
        chosen.tell()?;
    }
    say(store, &name, "may sign in")
}

fn remove(store: &Store, name: &str) -> anyhow::Result<Exit> {
    let name: UserName = name.parse()?;
    store.remove_user(name.clone()).wait()?;
    writeln!(io::stderr(), "{name} may no longer sign in.")?;
    let tokens = store.tokens().wait()?;
    let theirs = tokens.iter().filter(|token| {
        token
            .made_by
            .as_deref()
            .is_some_and(|by| by.to_lowercase() == name.as_str())
    });
    let theirs: Vec<&str> = theirs.map(|token| &*token.name).collect();
    if !theirs.is_empty() {
        writeln!(
            io::stderr(),
            "Tokens that {name} made are still good (`fixpath token remove` ends them): {}",
            theirs.join(", ")
        )?;
    }
    Ok(Exit::Success)
}

fn change_password(store: &Store, name: &str, how: &How) -> anyhow::Result<Exit> {
    let name: UserName = name.parse()?;
    if store.user(name.clone()).wait()?.is_none() {
        return Err(StoreError::NoSuchUser(name.to_string()).into());
    }
    let Some(chosen) = Chosen::ask(how, &name)? else {
        return nothing_changed();
    };
    let change = UserChange {
        password: Some(chosen.hash.clone()),
        ..UserChange::default()
    };
    store.change_user(name.clone(), change).wait()?;
    chosen.tell()?;
    writeln!(
        io::stderr(),
        "{name} has a new password, and must sign in again everywhere."
    )?;
    Ok(Exit::Success)
}

fn change(set: &Set, library: Option<&Path>, store: &Store) -> anyhow::Result<Exit> {
    let name: UserName = set.name.parse()?;
    let changes = &set.changes;
    let named = teams(&changes.teams, library)?;
    let change = UserChange {
        password: None,
        roles: (!changes.roles.is_empty()).then(|| roles::set(&changes.roles)),
        teams: (changes.all_teams || !named.is_empty()).then_some(named),
        enabled: (changes.enable || changes.disable).then_some(changes.enable),
    };
    store.change_user(name.clone(), change).wait()?;
    say(store, &name, "must sign in again")
}

fn nothing_changed() -> anyhow::Result<Exit> {
    writeln!(io::stderr(), "Nothing was changed.")?;
    Ok(Exit::Unusable)
}

/// Says how a user stands now.
fn say(store: &Store, name: &UserName, what: &str) -> anyhow::Result<Exit> {
    let Some(user) = store.user(name.clone()).wait()? else {
        return Err(StoreError::NoSuchUser(name.to_string()).into());
    };
    writeln!(io::stderr(), "{}", sentence(&user, what))?;
    Ok(Exit::Success)
}

fn sentence(user: &User, what: &str) -> String {
    let name = &user.name;
    if user.disabled_at.is_some() {
        return format!("{name} may not sign in until `fixpath user set {name} --enable`.");
    }
    let teams = if user.teams.is_empty() {
        "all teams".to_owned()
    } else {
        user.teams.join(", ")
    };
    format!(
        "{name} {what}: {}; sees hand-overs to {teams}.",
        roles::words(user.roles)
    )
}

/// The teams that were named, if the library has them.
fn teams(named: &[String], library: Option<&Path>) -> anyhow::Result<Vec<Arc<str>>> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let walkable = workspace::walkable(library)?;
    for team in named {
        ensure!(
            !team.is_empty() && !team.contains(char::is_whitespace),
            "\"{team}\" is no team: their names have no spaces"
        );
        walkable.look_for_team(team)?;
    }
    Ok(named.iter().map(|team| team.as_str().into()).collect())
}

fn list(store: &Store, format: ListFormat) -> anyhow::Result<Exit> {
    let users = store.users().wait()?;
    let mut out = io::stdout().lock();
    match format {
        ListFormat::Table if users.is_empty() => {
            writeln!(
                io::stderr(),
                "Nobody may sign in yet; `fixpath user add NAME` lets somebody in."
            )?;
        }
        ListFormat::Table => write!(out, "{}", lines::table(&users))?,
        ListFormat::Json => {
            let rows: Vec<_> = users.iter().map(lines::json).collect();
            writeln!(out, "{:#}", json!(rows))?;
        }
    }
    Ok(Exit::Success)
}
