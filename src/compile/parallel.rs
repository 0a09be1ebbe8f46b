//! The same work for every tree, on as many threads as there are cores. Results come in the order of the input, so
//! nothing depends on who was faster.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Below this many steps in all, threads cost more than they save.
const WORTH_THREADS: usize = 2_000;

/// Applies `work` to each item with its place. `steps` is how much work there is in all.
pub(super) fn map<'t, T: Sync, R: Send>(
    items: &'t [T],
    steps: usize,
    work: impl Fn(usize, &'t T) -> R + Sync,
) -> Vec<R> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(items.len());
    if threads < 2 || steps < WORTH_THREADS {
        return items
            .iter()
            .enumerate()
            .map(|(at, item)| work(at, item))
            .collect();
    }
    let next = AtomicUsize::new(0);
    let worker = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else {
                return done;
            };
            done.push((at, work(at, item)));
        }
    };
    let mut results = thread::scope(|scope| {
        let handles: Vec<_> = (0..threads).map(|_| scope.spawn(worker)).collect();
        let mut results = Vec::with_capacity(items.len());
        for handle in handles {
            results.extend(handle.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        results
    });
    results.sort_unstable_by_key(|(at, _)| *at);
    results.into_iter().map(|(_, result)| result).collect()
}
