//! Tests of what no real database does when asked to: commits of which the answer gets lost, conflicts, lines that break.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::compile::Options;
use crate::condition::Value;
use crate::load::Files;
use crate::session::{Event, Happening, Moment, Reply, Session, Source, Started};
use crate::syntax::Limits;
use crate::tree::{Audience, Channel};

use super::connection::{Connection, Dialect, Each, Param};
use super::error::{Result, StoreError};
use super::sqlite::Sqlite;
use super::worker::{Open, Worker};
use super::{Address, Keeper, Kept, Store, schema};

/// What happens to a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Fine,
    /// It is done, and nobody hears of it.
    Unheard,
    /// The line breaks before it is done.
    Undone,
    /// The line had been broken since before.
    Broken,
    Conflict,
}

use Fate::{Broken, Conflict, Fine, Undone, Unheard};

type Fates = Arc<Mutex<VecDeque<Fate>>>;

struct Flaky {
    inner: Sqlite,
    fates: Fates,
}

fn uncertain() -> StoreError {
    StoreError::Uncertain {
        place: "here".to_owned(),
        why: "broke off".to_owned(),
    }
}

impl Connection for Flaky {
    fn dialect(&self) -> Dialect {
        self.inner.dialect()
    }

    fn begin(&mut self) -> Result<()> {
        self.inner.begin()
    }

    fn commit(&mut self) -> Result<()> {
        let fate = self.fates.lock().unwrap().pop_front().unwrap_or(Fine);
        if matches!(fate, Fine | Unheard) {
            self.inner.commit()?;
        } else {
            self.inner.rollback();
        }
        match fate {
            Fine => Ok(()),
            Unheard | Undone => Err(uncertain()),
            Conflict => Err(StoreError::Conflict {
                place: "here".to_owned(),
            }),
            Broken => Err(StoreError::Unavailable {
                place: "here".to_owned(),
                why: "broke off".to_owned(),
                lost: true,
            }),
        }
    }

    fn rollback(&mut self) {
        self.inner.rollback();
    }

    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        self.inner.execute(sql, params)
    }

    fn query(&mut self, sql: &str, params: &[Param<'_>], each: &mut Each<'_>) -> Result<()> {
        self.inner.query(sql, params, each)
    }

    fn script(&mut self, sql: &str) -> Result<()> {
        self.inner.script(sql)
    }

    fn version(&mut self) -> Result<i64> {
        self.inner.version()
    }

    fn set_version(&mut self, version: i64) -> Result<()> {
        self.inner.set_version(version)
    }
}

/// A store whose next commits go as they are told.
struct Made {
    store: Store,
    fates: Fates,
    path: PathBuf,
}

impl Made {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("fixpath-{name}-{}.db", std::process::id()));
        remove(&path);
        let fates = Fates::default();
        let open = || {
            let (path, fates) = (path.clone(), Arc::clone(&fates));
            Box::new(move || -> Result<Box<dyn Connection>> {
                let mut inner = Sqlite::open(&path)?;
                schema::migrate(&mut inner)?;
                let fates = Arc::clone(&fates);
                Ok(Box::new(Flaky { inner, fates }))
            }) as Open
        };
        let store = Store {
            address: Arc::new(Address::File(path.clone())),
            writer: Worker::start(open()).0,
            readers: Arc::new([(), ()].map(|()| Worker::start(open()).0)),
            next: Arc::default(),
            versions: Arc::default(),
            _ends: Arc::default(),
        };
        Self { store, fates, path }
    }

    fn will(&self, fates: &[Fate]) {
        *self.fates.lock().unwrap() = fates.iter().copied().collect();
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

fn remove(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
    }
}

fn session() -> Session {
    let mut files = Files::empty(Limits::default());
    let tree = "title: Round\nstuck: {escalate: desk, reason: It did not help}\nsteps:\n  a:\n    ask: Again?\n    yes: a\n    no: over\n  over:\n    fix: Done\n";
    files.replace("round", "round.yaml", tree.as_bytes().to_vec());
    let options = Options::new(jiff::civil::date(2026, 11, 21));
    let library = files.compile(&options).compilation.into_library();
    let library = Arc::new(library.unwrap());
    let mut started = Started::new("round", Audience::Agent, Channel::Phone);
    started.library = Some(Arc::clone(library.hash()));
    let event = Event {
        seq: 1,
        at: Moment::new(1_795_298_400_000, 60).unwrap(),
        what: Happening::Started(Box::new(started)),
    };
    Session::start(library, event).unwrap()
}

fn say_yes(session: &mut Session) {
    let seq = session.seq();
    let at = Moment::new(1_795_298_400_000 + seq as i64, 60).unwrap();
    let yes = Reply::Answer(Value::YesNo(true));
    session.reply(seq, "a", yes, Source::Asked, at).unwrap();
}

/// What is in the store is what was kept, once.
fn holds(made: &Made, keeper: &Keeper, session: &Session) {
    let (_, there) =
        Keeper::open(&made.store, keeper.id().as_str(), session.library(), None).unwrap();
    assert_eq!(there.events(), session.events());
}

#[test]
fn an_answer_is_kept_once_however_its_commit_went() {
    let made = Made::new("lost-answers");
    let mut session = session();
    let mut keeper = Keeper::begin(&made.store, &session, None).unwrap();
    let fates: [&[Fate]; 7] = [
        &[Unheard],
        &[Undone],
        &[Broken],
        &[Conflict],
        &[Conflict, Conflict, Conflict],
        &[Broken, Fine],
        &[Conflict, Unheard],
    ];
    for fate in fates {
        made.will(fate);
        say_yes(&mut session);
        assert_eq!(
            keeper.keep(&session, Vec::new()),
            Ok(Kept::Added),
            "{fate:?}"
        );
        holds(&made, &keeper, &session);
    }
}

#[test]
fn a_case_is_begun_once_however_its_commit_went() {
    let made = Made::new("lost-beginnings");
    let session = session();
    drop(Keeper::begin(&made.store, &session, None).unwrap());
    let fates: [&[Fate]; 4] = [&[Unheard], &[Undone], &[Broken], &[Conflict]];
    for (at, fate) in fates.into_iter().enumerate() {
        made.will(fate);
        let keeper = Keeper::begin(&made.store, &session, None).unwrap();
        holds(&made, &keeper, &session);
        let cases = made.store.cases(super::Filter::default()).unwrap();
        assert_eq!(cases.len(), at + 2, "{fate:?}");
    }
}

#[test]
fn what_nobody_can_know_is_said_to_be_so() {
    let made = Made::new("uncertain-answers");
    let mut session = session();
    let mut keeper = Keeper::begin(&made.store, &session, None).unwrap();
    for fate in [[Unheard, Undone], [Undone, Undone]] {
        let before = session.clone();
        made.will(&fate);
        say_yes(&mut session);
        let said = keeper.keep(&session, Vec::new());
        if fate[0] == Unheard {
            // The second try finds it there, and that it could not say so does not matter.
            assert!(matches!(said, Ok(_) | Err(StoreError::Uncertain { .. })));
            session = keeper.reload(session.library()).unwrap();
            assert_eq!(session.seq(), before.seq() + 1);
        } else {
            assert_eq!(said, Err(uncertain()));
            session = before;
        }
        holds(&made, &keeper, &session);
    }
    made.will(&[Conflict; 9]);
    say_yes(&mut session);
    let said = keeper.keep(&session, Vec::new());
    assert!(matches!(said, Err(StoreError::Conflict { .. })), "{said:?}");
}

#[test]
fn a_code_is_used_up_once_however_its_commit_went() {
    let made = Made::new("lost-takings");
    let session = session();
    drop(Keeper::begin(&made.store, &session, None).unwrap());
    let fates: [&[Fate]; 4] = [&[Unheard], &[Undone], &[Broken], &[Conflict]];
    for fate in fates {
        let keeper = Keeper::begin(&made.store, &session, None).unwrap();
        let row = made.store.case(keeper.id().as_str()).unwrap();
        let code = made.store.issue_code(&row, i64::MAX).unwrap();
        let (mut taking, mut taken) =
            Keeper::open(&made.store, keeper.id().as_str(), session.library(), None).unwrap();
        let at = Moment::new(1_795_298_400_009, 60).unwrap();
        taken.take(Some("lee"), None, at).unwrap();
        made.will(fate);
        assert_eq!(taking.take(&taken, &code, Vec::new()), Ok(()), "{fate:?}");
        holds(&made, &taking, &taken);
        let again = made.store.code_case(&code);
        assert_eq!(again, Err(StoreError::NoSuchCode));
    }
}
