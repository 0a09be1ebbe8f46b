//! What is shown on standard error, where it is a terminal, while something takes longer than a second: a bar where it is
//! known how far it is, else how long it has taken.

use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Nobody needs to see anything before.
const PATIENCE: Duration = Duration::from_secs(1);

/// So often is it said anew how long it has taken.
const TICK: Duration = Duration::from_millis(250);

/// How far something is.
pub struct Progress {
    /// What is done.
    what: &'static str,
    started: Instant,
    is_seen: bool,
    bar: OnceLock<ProgressBar>,
    done: AtomicU64,
}

impl Progress {
    /// Begins now.
    pub fn new(what: &'static str) -> Self {
        Self {
            what,
            started: Instant::now(),
            is_seen: io::stderr().is_terminal(),
            bar: OnceLock::new(),
            done: AtomicU64::new(0),
        }
    }

    /// Shows nothing where lines are written to the same terminal.
    pub fn beside_lines(self) -> Self {
        let is_seen = self.is_seen && !io::stdout().is_terminal();
        Self { is_seen, ..self }
    }

    /// So many of so many are done. Threads may say it out of order.
    pub fn says(&self, done: u64, total: u64) {
        let before = self.done.fetch_max(done, Ordering::Relaxed);
        if !self.is_seen || done <= before || self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::stderr());
            bar.with_style(style("{prefix} {bar:30} {percent} %, {eta} left"))
                .with_prefix(self.what)
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

/// Does something of which nobody knows how far it is, and says what it is where it takes long.
pub fn while_it_takes<T>(what: &'static str, work: impl FnOnce() -> T) -> T {
    if !io::stderr().is_terminal() {
        return work();
    }
    let (done, is_done) = mpsc::channel::<()>();
    thread::scope(|scope| {
        scope.spawn(move || {
            if is_done.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let spinner = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr())
                .with_style(style("{prefix} … {elapsed}"))
                .with_prefix(what)
                .with_elapsed(PATIENCE);
            while is_done.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                spinner.tick();
            }
            spinner.finish_and_clear();
        });
        let result = work();
        drop(done);
        result
    })
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
