//! A progress bar on standard error, where it is a terminal and counting takes longer than a second.

use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nobody needs a bar before.
const PATIENCE: Duration = Duration::from_secs(1);

/// How far the counting is.
pub struct Progress {
    started: Instant,
    is_seen: bool,
    bar: OnceLock<ProgressBar>,
    done: AtomicU64,
}

impl Progress {
    /// Begins now.
    pub fn new() -> Self {
        Self {
            started: Instant::now(),
            is_seen: io::stderr().is_terminal(),
            bar: OnceLock::new(),
            done: AtomicU64::new(0),
        }
    }

    /// So many of so many are done. Threads may say it out of order.
    pub fn says(&self, done: u64, total: u64) {
        let before = self.done.fetch_max(done, Ordering::Relaxed);
        if !self.is_seen || done <= before || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            let style =
                ProgressStyle::with_template("Counting cases {bar:30} {percent} %, {eta} left");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        bar.set_position(done);
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
