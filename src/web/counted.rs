//! What was counted of the cases. Counting reads the whole store and may take its time, so nobody waits for it: who asks
//! gets what was counted last, however old, with when that was, and it is counted anew meanwhile. Where the last count
//! took no time to speak of, the next one is fresh. One count runs at a time, and counting takes a small part of the time.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

use crate::stats::Report;
use crate::store::{Store, moment};
use crate::tree::Library;

use super::trouble::Trouble;

/// After so long at most it is counted anew when somebody asks; sooner where that takes no more than one part in so many
/// of the time.
const GOOD_FOR: Duration = Duration::from_secs(60);
const PARTS: u32 = 20;
/// A count that took less is waited for, and the first one for so long.
const QUICK: Duration = Duration::from_millis(100);
const MOMENT: Duration = Duration::from_millis(300);
/// So many counts are kept.
const KEPT: usize = 8;

/// What was counted, and when.
#[derive(Debug, Clone)]
pub struct Figures {
    /// What was counted.
    pub report: Arc<Report>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// Whether it is counted anew just now.
    pub is_counting: bool,
    took: Duration,
    library: Arc<str>,
}

/// The last counts.
#[derive(Debug)]
pub struct Counted {
    store: Store,
    counts: Mutex<VecDeque<Count>>,
    turn: Arc<Semaphore>,
}

/// What is counted of the cases begun since a moment, or of all.
#[derive(Debug)]
struct Count {
    since: Option<i64>,
    state: Arc<watch::Sender<State>>,
}

#[derive(Debug, Default)]
struct State {
    figures: Option<Figures>,
    /// Why it could not be counted last.
    trouble: Option<Trouble>,
    is_counting: bool,
}

impl Counted {
    /// Nothing is counted yet.
    pub fn new(store: Store) -> Self {
        Self {
            store,
            counts: Mutex::default(),
            turn: Arc::new(Semaphore::new(1)),
        }
    }

    /// What was counted last of all cases; none where the first count takes longer than one waits for a page.
    ///
    /// # Errors
    /// It never could be counted.
    pub async fn soon(&self, library: &Arc<Library>) -> Result<Option<Figures>, Trouble> {
        let mut news = self.ask(library, None);
        let is_quick = news.borrow().is_quick();
        if is_quick {
            let done = news.wait_for(|state| !state.is_counting);
            // What is not done by then comes later.
            let _ = timeout(MOMENT, done).await;
        }
        let state = news.borrow();
        match &state.trouble {
            Some(why) if state.figures.is_none() && !state.is_counting => Err(why.clone()),
            _ => Ok(state.shown()),
        }
    }

    /// What was counted last of the cases begun since then (milliseconds since 1970), or of all. Only who asks for what
    /// was never counted waits for it, however long it takes.
    ///
    /// # Errors
    /// It cannot be counted.
    pub async fn first(
        &self,
        library: &Arc<Library>,
        since: Option<i64>,
    ) -> Result<Figures, Trouble> {
        let mut news = self.ask(library, since);
        let state = news.wait_for(|state| {
            let will_do = state.figures.is_some() && !state.is_quick();
            will_do || !state.is_counting
        });
        let state = state.await.map_err(|_| Trouble::Gone)?;
        let trouble = || state.trouble.clone().unwrap_or(Trouble::Gone);
        state.shown().ok_or_else(trouble)
    }

    /// How it stands; it is counted anew where that is due and nobody does.
    fn ask(&self, library: &Arc<Library>, since: Option<i64>) -> watch::Receiver<State> {
        let state = self.state(since);
        let is_due = state.send_if_modified(|state| {
            let is_due = !state.is_counting && !state.is_good(library);
            state.is_counting |= is_due;
            is_due
        });
        let news = state.subscribe();
        if is_due {
            let (store, library) = (self.store.clone(), Arc::clone(library));
            tokio::spawn(count(store, library, since, state, Arc::clone(&self.turn)));
        }
        news
    }

    fn state(&self, since: Option<i64>) -> Arc<watch::Sender<State>> {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.iter().find(|count| count.since == since) {
            return Arc::clone(&count.state);
        }
        let state = Arc::new(watch::Sender::default());
        counts.push_front(Count {
            since,
            state: Arc::clone(&state),
        });
        // That of all cases stays: the desk shows it.
        if counts.len() > KEPT
            && let Some(oldest) = counts.iter().rposition(|count| count.since.is_some())
        {
            counts.remove(oldest);
        }
        state
    }
}

impl State {
    fn is_good(&self, library: &Library) -> bool {
        let now = moment().milliseconds();
        self.figures.as_ref().is_some_and(|figures| {
            let age = Duration::from_millis(now.abs_diff(figures.at));
            let good_for = figures.took.saturating_mul(PARTS).min(GOOD_FOR);
            *figures.library == **library.hash() && age < good_for
        })
    }

    /// Whether the next count is worth waiting for, as far as one can tell.
    fn is_quick(&self) -> bool {
        self.figures
            .as_ref()
            .is_none_or(|figures| figures.took < QUICK)
    }

    fn shown(&self) -> Option<Figures> {
        let figures = self.figures.clone()?;
        Some(Figures {
            is_counting: self.is_counting,
            ..figures
        })
    }
}

/// Counts, and says what came of it.
async fn count(
    store: Store,
    library: Arc<Library>,
    since: Option<i64>,
    state: Arc<watch::Sender<State>>,
    turn: Arc<Semaphore>,
) {
    let turn = turn.acquire_owned().await;
    let counting = tokio::task::spawn_blocking(move || {
        let (at, began) = (moment().milliseconds(), Instant::now());
        let fold = store.count(&library, since, &|_, _| {})?;
        Ok::<_, Trouble>(Figures {
            report: Arc::new(Report::of(&fold, &library)),
            at,
            is_counting: false,
            took: began.elapsed(),
            library: Arc::clone(library.hash()),
        })
    });
    let counted = match counting.await {
        Ok(counted) => counted,
        Err(why) => Err(Trouble::Internal(why.to_string())),
    };
    drop(turn);
    if let Err(why) = &counted {
        why.log();
    }
    state.send_modify(|state| {
        state.is_counting = false;
        match counted {
            Ok(figures) => {
                state.figures = Some(figures);
                state.trouble = None;
            }
            Err(why) => state.trouble = Some(why),
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::time::Duration;

    use crate::compile::Options;
    use crate::load::Files;
    use crate::store::{Address, Store};
    use crate::syntax::Limits;
    use crate::tree::Library;

    use super::Counted;

    fn library(word: &str) -> Arc<Library> {
        let mut files = Files::empty(Limits::default());
        let tree = format!(
            "title: Round\nstuck: {{escalate: desk, reason: It did not help}}\nsteps:\n  a:\n    ask: {word}?\n    yes: a\n    no: stuck\n"
        );
        files.replace("round", "round.yaml", tree.into_bytes());
        let options = Options::new(jiff::civil::date(2026, 11, 21));
        let library = files.compile(&options).compilation.into_library();
        Arc::new(library.unwrap())
    }

    #[tokio::test]
    async fn nobody_waits_for_a_count_that_takes_long() {
        let folder = std::env::temp_dir().join(format!("fixpath-counted-{}", std::process::id()));
        let store = Store::open(&Address::File(folder.join("cases.db"))).unwrap();
        let counted = Counted::new(store);
        let (library, other) = (library("Again"), library("Once more"));
        // As if somebody else counted for a long time.
        let turn = counted.turn.acquire().await.unwrap();
        assert!(counted.soon(&library).await.unwrap().is_none());
        drop(turn);
        let first = counted.first(&library, None).await.unwrap();
        assert!(!first.is_counting);
        // One that took long is shown as it is, however old, while it is counted anew.
        let state = counted.state(None);
        state.send_modify(|state| {
            let figures = state.figures.as_mut().unwrap();
            figures.at = 0;
            figures.took = Duration::from_secs(7);
        });
        let turn = counted.turn.acquire().await.unwrap();
        for library in [&library, &other] {
            let old = counted.soon(library).await.unwrap().unwrap();
            assert_eq!((old.at, old.is_counting), (0, true));
            let old = counted.first(library, None).await.unwrap();
            assert_eq!((old.at, old.is_counting), (0, true));
        }
        drop(turn);
        let mut news = state.subscribe();
        let anew = news.wait_for(|state| !state.is_counting).await.unwrap();
        assert!(anew.figures.as_ref().unwrap().at > 0);
        drop(anew);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
