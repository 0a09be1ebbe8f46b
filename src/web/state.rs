//! What all requests share: the library of today, the store, the cases that are open. Nothing of a case lives here alone:
//! another process on the same store serves the next request just as well.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::{Semaphore, watch};

use crate::load::live::Live;
use crate::session::{Event, Happening, Rejected, Session, Started};
use crate::store::{CaseId, Key, Lookout, Secret, Store, moment};
use crate::tree::{Audience, Channel, TreeId};

use super::address::Seals;
use super::counted::Counted;
use super::desk::SignOn;
use super::desk::onlookers::Onlookers;
use super::limits::Limits;
use super::metrics::Metrics;
use super::open_cases::{Held, OpenCases};
use super::peer::Proxies;
use super::trouble::Trouble;

pub use crate::load::live::Today;

/// So many cases are kept in memory.
#[allow(clippy::expect_used, reason = "a number that is not zero")]
const OPEN_CASES: NonZeroUsize = NonZeroUsize::new(4_096).expect("not zero");

/// How it is run.
#[derive(Debug)]
pub struct Settings {
    /// The store's secret.
    pub secret: Secret,
    /// Tells other processes who looks at which case here.
    pub lookout: Lookout,
    /// The proxies in front.
    pub proxies: Proxies,
    /// How they say who somebody is, if they do.
    pub sign_on: Option<SignOn>,
    /// Who may read the counts, beside this computer.
    pub watchers: Proxies,
    /// Requests a second that one sender may make; 0 is no limit.
    pub rate: u32,
    /// Sites that may show the customer's pages in a frame, beside those that the library names.
    pub embed_origins: Vec<String>,
}

/// What all requests share.
#[derive(Debug)]
pub struct Web {
    /// The cases that are open.
    pub cases: OpenCases,
    /// Where they are kept, with those who may come in.
    pub store: Store,
    /// The secret of the store with which the process began: another store has another.
    pub secret: Secret,
    /// Who looks at which case, and what they are told of it.
    pub onlookers: Arc<Onlookers>,
    /// Seals addresses.
    pub seals: Seals,
    /// Signs the forms of the desk.
    pub forms: Key,
    /// So many passwords are looked at at once: each takes a core and 19 MiB for a while.
    pub checks: Semaphore,
    /// The proxies in front.
    pub proxies: Proxies,
    /// How they say who somebody is, if they do.
    pub sign_on: Option<SignOn>,
    /// Who may read the counts, beside this computer.
    pub watchers: Proxies,
    /// Sites that may show the customer's pages in a frame, beside those that the library names.
    pub embed_origins: Vec<String>,
    /// How much one sender may ask for.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
    /// What was counted of the cases.
    pub counted: Counted,
    stopping: watch::Sender<bool>,
    /// The library as it is now.
    pub live: Arc<Live>,
}

impl Web {
    /// With this library and store.
    pub fn new(store: Store, live: Arc<Live>, settings: Settings) -> Self {
        let Settings {
            secret,
            lookout,
            proxies,
            sign_on,
            watchers,
            rate,
            embed_origins,
        } = settings;
        let metrics = Metrics::default();
        Self {
            cases: OpenCases::new(store.clone(), OPEN_CASES, metrics.kept()),
            onlookers: Arc::new(Onlookers::new(lookout)),
            counted: Counted::new(store.clone()),
            store,
            seals: Seals::new(secret.addresses()),
            forms: secret.key("forms"),
            secret,
            checks: Semaphore::new(available_parallelism().map_or(1, usize::from)),
            proxies,
            sign_on,
            watchers,
            embed_origins,
            limits: Limits::new(rate),
            metrics,
            stopping: watch::Sender::new(false),
            live,
        }
    }

    /// The library as it is now.
    pub fn today(&self) -> Arc<Today> {
        self.live.today()
    }

    /// Tells streams of events to end.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
        self.onlookers.end();
    }

    /// Ends when the process is told to stop.
    pub async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // The sender is ours, so it is there.
        let _ = stopping.wait_for(|stopping| *stopping).await;
    }

    /// The case, and the turn to change it.
    ///
    /// # Errors
    /// There is none, or the store cannot be read.
    pub async fn hold(&self, case: &CaseId) -> Result<Held, Trouble> {
        self.cases.hold(case, &self.today().library).await
    }
}

impl Today {
    /// A tree that a customer may walk.
    ///
    /// # Errors
    /// There is none.
    pub fn public_tree(&self, name: &str) -> Result<TreeId, Trouble> {
        let tree = self.library.find(name).ok_or(Trouble::NotFound)?;
        if self.is_public(tree) {
            Ok(tree)
        } else {
            Err(Trouble::NotFound)
        }
    }

    /// Whether a customer may walk it.
    pub fn is_public(&self, tree: TreeId) -> bool {
        self.library.tree(tree).about.audience != Some(Audience::Agent)
    }

    /// A customer's case that begins at a tree; it is kept nowhere yet.
    ///
    /// # Errors
    /// The tree is not for customers, or a fact does not fit.
    pub fn begin(&self, tree: &str, words: Option<&str>) -> Result<Session, Rejected> {
        let mut started = Started::new(tree, Audience::Customer, Channel::SelfService);
        started.words = words.map(Arc::from);
        self.start(started)
    }

    /// A case that begins; it is kept nowhere yet.
    ///
    /// # Errors
    /// There is no such tree, it is not for this audience, or a fact does not fit.
    pub fn start(&self, mut started: Started) -> Result<Session, Rejected> {
        started.library = Some(Arc::clone(self.library.hash()));
        let event = Event {
            seq: 1,
            at: moment(),
            what: Happening::Started(Box::new(started)),
        };
        Session::start(Arc::clone(&self.library), event)
    }
}
