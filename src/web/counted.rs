//! What was counted, kept for a minute: counting reads the whole store, and nobody needs it fresher. One count runs at a
//! time; who asks meanwhile waits for it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::Mutex;

use crate::stats::Report;
use crate::store::Store;
use crate::tree::Library;

use super::trouble::Trouble;

/// So long is a count good.
const GOOD_FOR: Duration = Duration::from_secs(60);
/// So many counts are kept.
const KEPT: usize = 8;

/// Counts that are good still.
#[derive(Debug, Default)]
pub struct Counted(Mutex<VecDeque<Count>>);

#[derive(Debug)]
struct Count {
    at: Instant,
    since: Option<i64>,
    library: Arc<str>,
    report: Arc<Report>,
}

impl Counted {
    /// What was counted of the cases begun since then (milliseconds since 1970), or of all, beside this library.
    ///
    /// # Errors
    /// The store cannot be read.
    pub async fn report(
        &self,
        store: &Store,
        library: &Arc<Library>,
        since: Option<i64>,
    ) -> Result<Arc<Report>, Trouble> {
        let mut counts = self.0.lock().await;
        counts.retain(|count| count.at.elapsed() < GOOD_FOR);
        let is_it = |count: &&Count| count.since == since && count.library == *library.hash();
        if let Some(count) = counts.iter().find(is_it) {
            return Ok(Arc::clone(&count.report));
        }
        let (store, today) = (store.clone(), Arc::clone(library));
        let count = tokio::task::spawn_blocking(move || {
            let fold = store.count(&today, since, &|_, _| {})?;
            Ok::<_, Trouble>(Arc::new(Report::of(&fold, &today)))
        });
        let report = count
            .await
            .map_err(|why| Trouble::Internal(why.to_string()))??;
        counts.push_front(Count {
            at: Instant::now(),
            since,
            library: Arc::clone(library.hash()),
            report: Arc::clone(&report),
        });
        counts.truncate(KEPT);
        Ok(report)
    }
}
