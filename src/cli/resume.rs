//! `fixpath resume [ID]`.

use std::io::{self, Write as _};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::Args;

use crate::load::Walkable;
use crate::session::{Event, Happening, Prompt, Rejected, Session};
use crate::store::{Filter, Keeper, Outgoing, Status, Store};
use crate::terminal;
use crate::tree::Channel;

use super::cases::lines;
use super::keep::{self, Who};
use super::output::Exit;
use super::walk::{self, Manner, Search};
use super::workspace;

/// Go on with a case where it stands
#[derive(Debug, Args)]
pub struct Resume {
    /// The case, or the beginning of its name; without it, pick one: parked ones that are due come first
    pub id: Option<String>,
    /// Go on with today's trees instead of those it began with, if all that happened fits them
    #[arg(long)]
    pub latest: bool,
    /// It is not solved after all: go on with a closed case in another one, behind what was said and done
    #[arg(long, conflicts_with = "latest", requires = "id")]
    pub again: bool,
    #[command(flatten)]
    pub manner: Manner,
    #[command(flatten)]
    pub who: Who,
}

/// Goes on.
///
/// # Errors
/// There is no such case, it is over, or the store or the terminal cannot be used.
pub fn run(command: &Resume, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    let store = keep::open(store)?;
    let id = match &command.id {
        Some(id) => id.clone(),
        None => match pick(&store, library, &command.manner)? {
            Some(id) => id,
            None => return Ok(Exit::Unfinished),
        },
    };
    go_on(command, &id, None, library, &store)
}

/// A code by which a case is taken over.
pub struct Taking {
    /// The code; it is used up when the case can be walked.
    pub code: String,
    /// How one talks from now on.
    pub channel: Option<Channel>,
}

/// Goes on with a case, after it was taken over if there is a code.
///
/// # Errors
/// As [`run`].
pub fn go_on(
    command: &Resume,
    id: &str,
    taking: Option<&Taking>,
    library: Option<&Path>,
    store: &Store,
) -> anyhow::Result<Exit> {
    command.manner.look_at_note()?;
    let walkable = workspace::walkable_or_none(library)?;
    let today = &walkable.library;
    let agent = command.who.agent();
    let (mut keeper, mut session) = Keeper::open(store, id, today, agent.clone())?;
    let is_over = matches!(session.prompt(), Prompt::Closed(..));
    let may_ask = is_over && taking.is_none() && command.manner.is_interactive();
    if command.again || may_ask && is_to_go_on(&keeper)? {
        (keeper, session) = again(store, &keeper, &session, &walkable, agent.clone())?;
    }
    if let Prompt::Closed(..) = session.prompt() {
        let case = keeper.id();
        bail!(
            "case {case} is over; `fixpath cases show {case}` shows its note, and if it is not solved after all, `fixpath resume {case} --again` goes on in another case"
        );
    }
    if command.latest {
        session = move_to(&walkable, &session, &mut keeper)?;
    }
    let (agent, at) = (agent.as_deref(), terminal::now());
    match taking {
        Some(taking) => session.take_over(agent, taking.channel, at),
        None => session.walk_on(agent, at),
    }
    .map_err(|refused| anyhow!("case {}: {refused}", keeper.id()))?;
    match taking {
        Some(taking) => keeper.take(&session, &taking.code, Vec::new())?,
        None => drop(keeper.keep(&session, Vec::new())?),
    }
    let search = Search::new(&walkable);
    walk::walk(&search, session, Some(keeper), &command.manner)
}

/// Asks whether a closed case goes on in another one.
fn is_to_go_on(closed: &Keeper) -> anyhow::Result<bool> {
    let title = format!("Case {} is over. Is it not solved after all?", closed.id());
    let item = |label: &str, detail: &str| terminal::Item {
        label: label.to_owned(),
        detail: detail.to_owned(),
    };
    let answers = vec![
        item("Go on", "in another case, behind what was said and done"),
        item("Leave it", "its note: `fixpath cases show`"),
    ];
    Ok(terminal::pick(&title, answers)? == Some(0))
}

/// The case that goes on where one was closed: the same that the desk and the customer's page lead to.
fn again(
    store: &Store,
    closed: &Keeper,
    before: &Session,
    walkable: &Walkable,
    agent: Option<Arc<str>>,
) -> anyhow::Result<(Keeper, Session)> {
    let today = &walkable.library;
    let (case, at) = (closed.id(), terminal::now());
    let mut started = before
        .again(&case.to_string(), today, at)
        .with_context(|| format!("case {case} is not over; `fixpath resume {case}` goes on"))?;
    walkable.find(&started.tree)?;
    started.go_on_by_agent(agent.clone(), None);
    started.library = Some(Arc::clone(today.hash()));
    let event = Event {
        seq: 1,
        at,
        what: Happening::Started(Box::new(started)),
    };
    let mut session = Session::start(Arc::clone(today), event)?;
    session.go_on_as_before(at)?;
    let outgoing = Outgoing::of(&walkable.hooks, &session, case);
    let on = Keeper::go_on_with(store, case, session, today, agent, outgoing)?;
    writeln!(
        io::stderr(),
        "Case {} goes on with {case}, behind what was said and done there.",
        on.0.id()
    )?;
    Ok(on)
}

/// The case on today's trees.
fn move_to(walkable: &Walkable, session: &Session, keeper: &mut Keeper) -> anyhow::Result<Session> {
    let today = &walkable.library;
    if session.library().hash() == today.hash() {
        return Ok(session.clone());
    }
    let mut events = session.events().to_vec();
    if let Some(Happening::Started(started)) = events.first_mut().map(|event| &mut event.what) {
        started.library = Some(Arc::clone(today.hash()));
    }
    let moved = Session::replay(Arc::clone(today), &events).map_err(|stopped| {
        let step = events
            .iter()
            .find(|event| event.seq == stopped.seq)
            .and_then(|event| match &event.what {
                Happening::Answered { tree, step, .. } => Some(format!(" (`{step}` in `{tree}`)")),
                _ => None,
            })
            .unwrap_or_default();
        let why = match &stopped.why {
            // It may be there, and broken.
            Rejected::UnknownTree { tree } => walkable.find(tree).err().map(|why| why.to_string()),
            _ => None,
        };
        let why = why.unwrap_or_else(|| stopped.why.to_string());
        anyhow!(
            "case {} does not fit today's trees from event {}{step} on: {}; nothing was changed, and without --latest it goes on with the trees it began with",
            keeper.id(),
            stopped.seq,
            // Said to whoever answers; here nobody does.
            why.trim_end_matches("; look at it again")
        )
    })?;
    keeper.repin(&moved)?;
    Ok(moved)
}

/// Who picks without looking gets what is due; what is put aside until later comes last.
const fn turn(until: Option<i64>, now: i64) -> u8 {
    match until {
        Some(until) if until <= now => 0,
        None => 1,
        Some(_) => 2,
    }
}

/// Lets somebody pick a case that goes on.
fn pick(store: &Store, library: Option<&Path>, manner: &Manner) -> anyhow::Result<Option<String>> {
    let mut cases = store.cases(Filter {
        status: vec![Status::Parked, Status::Open, Status::HandedOver],
        readable: true,
        limit: Some(500),
        ..Filter::default()
    })?;
    if cases.is_empty() {
        writeln!(io::stderr(), "There is no case to go on with.")?;
        return Ok(None);
    }
    let teams = lines::team_names(&cases, library);
    if !manner.is_interactive() {
        write!(io::stdout(), "{}", lines::table(&cases, &teams))?;
        bail!("say which case: `fixpath resume ID`");
    }
    let now = terminal::now().milliseconds();
    cases.sort_by_key(|case| turn(case.until, now));
    let items = cases.iter().map(|case| lines::item(case, &teams)).collect();
    let picked = terminal::pick("Which case?", items)?;
    let case = picked.map(|at| cases.get(at).context("a case of the list"));
    Ok(case.transpose()?.map(|case| case.id.to_string()))
}
