//! `fixpath handover ID --to TEAM`.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use clap::Args;

use crate::handover::team_name;
use crate::load::{Walkable, look_for_team};
use crate::session::Prompt;
use crate::store::{Keeper, Outgoing};
use crate::terminal;
use crate::tree::{Audience, Library};

use super::age;
use super::keep::{self, Who};
use super::output::Exit;
use super::tell;
use super::workspace;

/// Hand a case over: prints a code for the next person
#[derive(Debug, Args)]
pub struct Handover {
    /// The case, or the beginning of its name
    id: String,
    /// The team that takes it
    #[arg(long, value_name = "TEAM")]
    to: String,
    /// How long the code is good for
    #[arg(long, value_name = "TIME", default_value = "24h", value_parser = age::span)]
    valid: i64,
    #[command(flatten)]
    who: Who,
}

/// Hands over.
///
/// # Errors
/// There is no such case or team, the case is over, or the store cannot be used.
pub fn run(
    command: &Handover,
    library: Option<&Path>,
    store: Option<&str>,
) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let walkable = workspace::walkable_or_none(library)?;
    let agent = command.who.agent();
    let (mut keeper, mut session) =
        Keeper::open(&store, &command.id, &walkable.library, agent.clone())?;
    let agent = agent.as_deref();
    let known_by = knows_team(session.library(), &walkable, &command.to)?;
    let is_over = matches!(session.prompt(), Prompt::Closed(..));
    anyhow::ensure!(
        !is_over,
        "case {} is over, so there is nothing to hand over",
        keeper.id()
    );
    tell::warn(&walkable.hooks, walkable.hooks_are_wrong, Audience::Agent);
    let is_there = matches!(session.prompt(), Prompt::HandedOver(team) if **team == *command.to);
    if !is_there {
        let at = terminal::now();
        session.go_on(agent, at)?;
        session.hand_over(&command.to, at)?;
        let outgoing = Outgoing::of(&walkable.hooks, &session, keeper.id());
        keeper.keep(&session, outgoing)?;
    }
    let until = terminal::now().milliseconds().saturating_add(command.valid);
    let case = store.case(keeper.id().as_str())?;
    let code = store.issue_code(&case, until)?;
    writeln!(io::stdout(), "{code}")?;
    writeln!(
        io::stderr(),
        "Case {} is handed over to {}. `fixpath take {code}` goes on with it; the code is good once, until {}.",
        keeper.id(),
        team_name(&known_by, &command.to),
        age::shown(until)
    )?;
    if !walkable.hooks.is_empty() {
        tell::now(&store, &walkable.hooks, keeper.id(), None, Audience::Agent);
    }
    Ok(Exit::Success)
}

/// The library that knows the team: the one with which the case began, or today's. One that names no teams takes any.
fn knows_team(own: &Arc<Library>, walkable: &Walkable, key: &str) -> anyhow::Result<Arc<Library>> {
    if own.team(key).is_some() {
        return Ok(Arc::clone(own));
    }
    let today = &walkable.library;
    let known = if today.teams.is_empty() { own } else { today };
    look_for_team(known, key)?;
    Ok(Arc::clone(known))
}
