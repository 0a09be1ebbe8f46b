//! A walk on the command line, whether it begins or goes on: the runner, the store, and the note at the end.

use std::cell::OnceCell;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use clap::Args;

use crate::delivery::Background;
use crate::hooks::Hooks;
use crate::load::search::SearchIndex;
use crate::session::Session;
use crate::store::{CaseId, Keeper, Outgoing};
use crate::terminal::{self, Ending, Keeping, Walk};
use crate::tree::{Audience, TreeId};

use super::note_format::NoteFormat;
use super::output::Exit;
use super::tell;
use crate::load::Walkable;

/// How a case is walked.
#[derive(Debug, Default, Args)]
pub struct Manner {
    /// Write the hand-over note to a file when the walk ends or is left
    #[arg(long, value_name = "FILE")]
    note: Option<PathBuf>,
    /// The note's format
    #[arg(long, value_enum, default_value = "text")]
    note_format: NoteFormat,
    /// Line by line on standard input and output, for pipes and screen readers
    #[arg(long)]
    plain: bool,
    /// Run the commands that trees bring to measure this machine: by a key in a terminal, by themselves line by line; each is shown first
    #[arg(long)]
    allow_run: bool,
    /// Also POST a message to this address when the case is handed over or ends
    #[arg(long, value_name = "URL", value_parser = tell::address)]
    hook: Option<String>,
}

impl Manner {
    /// Whether one walks by keys.
    pub fn is_interactive(&self) -> bool {
        !self.plain && terminal::is_interactive()
    }

    /// Looks whether the note can be written, before anybody is asked anything. What is there stays as it is.
    ///
    /// # Errors
    /// It cannot.
    pub fn look_at_note(&self) -> anyhow::Result<()> {
        let Some(path) = &self.note else {
            return Ok(());
        };
        let opened = fs::File::options().create(true).append(true).open(path);
        opened.map(drop).with_context(|| cannot_write(path))
    }

    /// What is told to other systems: the library's hooks, and the address that was given.
    fn hooks(&self, walkable: &Walkable, is_kept: bool) -> anyhow::Result<Hooks> {
        let Some(url) = &self.hook else {
            return Ok(walkable.hooks.clone());
        };
        anyhow::ensure!(
            is_kept,
            "--hook needs a store: messages wait in it until they get through"
        );
        let hooks = walkable.hooks.with_address(url);
        hooks.map_err(|why| anyhow::anyhow!("{url}: {why}"))
    }
}

fn cannot_write(path: &Path) -> String {
    format!("the note cannot be written to {}", path.display())
}

/// The search of a library, made when it is first asked.
pub struct Search<'a> {
    walkable: &'a Walkable,
    index: OnceCell<SearchIndex>,
}

impl<'a> Search<'a> {
    /// Nothing is made yet.
    pub const fn new(walkable: &'a Walkable) -> Self {
        Self {
            walkable,
            index: OnceCell::new(),
        }
    }

    /// The trees that fit some words, best first.
    pub fn find(&self, words: &str, audience: Audience) -> Vec<TreeId> {
        let index = self
            .index
            .get_or_init(|| SearchIndex::new(&self.walkable.library));
        let hits = index.find(words, audience);
        hits.iter().map(|hit| hit.tree).collect()
    }
}

/// Walks a case until it ends or is left, and writes the note.
///
/// # Errors
/// The terminal is gone, or the note cannot be written.
pub fn walk(
    search: &Search<'_>,
    session: Session,
    keeper: Option<Keeper>,
    manner: &Manner,
) -> anyhow::Result<Exit> {
    let hooks = manner.hooks(search.walkable, keeper.is_some())?;
    let walkable = search.walkable;
    tell::warn(
        &walkable.hooks,
        walkable.hooks_are_wrong,
        session.audience(),
    );
    let store = keeper.as_ref().map(|keeper| keeper.store().clone());
    // What is still due from before goes out while one walks. Where nothing can be, nobody holds the store open for it.
    let told = store.as_ref().filter(|_| !hooks.is_empty());
    let earlier = told.map(|store| Background::start(store, &hooks));
    let outgoing = |session: &Session, case: &CaseId| Outgoing::of(&hooks, session, case);
    let case = keeper.as_ref().map(|keeper| keeper.id().clone());
    let note = |session: &Session| manner.note_format.write(session, case.as_ref());
    let find = |words: &str, audience: Audience| search.find(words, audience);
    let mut walk = Walk {
        session,
        find: &find,
        note: &note,
        clock: &terminal::now,
        allow_run: manner.allow_run,
        kept: keeper.map(|keeper| Keeping {
            keeper,
            today: Arc::clone(&search.walkable.library),
            outgoing: &outgoing,
        }),
        news: None,
    };
    let ending = if manner.is_interactive() {
        terminal::run_interactive(&mut walk)
    } else {
        terminal::run_plain(&mut walk)
    };
    if let Some(path) = &manner.note {
        fs::write(path, note(&walk.session)).with_context(|| cannot_write(path))?;
    }
    let ending = ending?;
    if let Some(case) = &case {
        say_how_to_go_on(case, &walk.session, ending);
    }
    if let (Some(store), Some(case)) = (told, &case)
        && ending != Ending::Unfinished
    {
        tell::now(store, &hooks, case, earlier, walk.session.audience());
    }
    Ok(match ending {
        Ending::Resolved => Exit::Success,
        Ending::Escalated => Exit::Escalated,
        Ending::Unfinished => Exit::Unfinished,
        Ending::Ended => Exit::Ended,
    })
}

/// On standard error, so that the note can be piped.
fn say_how_to_go_on(case: &CaseId, session: &Session, ending: Ending) {
    let text = match ending {
        Ending::Unfinished => format!("Case {case} is kept: `fixpath resume {case}` goes on."),
        // A customer reads the case's name on the note.
        Ending::Escalated if session.audience() == Audience::Customer => return,
        Ending::Escalated => {
            let team = match session.prompt() {
                crate::session::Prompt::HandedOver(team) => team.to_string(),
                _ => "TEAM".to_owned(),
            };
            format!(
                "Case {case} is kept. This gives a code for whoever takes it over:\n  fixpath handover {case} --to {team}"
            )
        }
        Ending::Resolved | Ending::Ended => return,
    };
    // Nobody may be there to read it any more.
    let _ = writeln!(io::stderr(), "{text}");
}
