//! The library as it is now: read at the start, read again when its files change. A library with errors is not taken; the
//! last good one stays, and [`Live::trouble`] says what is wrong. It knows no page and prints nothing.

mod today;
mod watching;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use jiff::civil::Date;
use tokio::sync::watch;

use crate::compile::Options;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::Sources;
use crate::syntax::Limits;

use super::locate::Origin;
use super::{Files, Loaded};

pub use today::Today;
pub use watching::{Pace, Watching};

/// The library as it is now.
#[derive(Debug)]
pub struct Live {
    origin: Origin,
    /// Which day it is, for what depends on it (`review_by`).
    day: fn() -> Date,
    today: RwLock<Arc<Today>>,
    trouble: RwLock<Option<Arc<Trouble>>>,
    /// Counts up with every change of the library or of its trouble.
    changes: watch::Sender<u64>,
    /// What was looked at last, be it taken or not; held while the files are read.
    last: Mutex<Option<u64>>,
}

/// Why the files on the disk are not what is served, or not all of it.
#[derive(Debug)]
pub struct Trouble {
    /// In one sentence.
    pub message: String,
    /// The errors.
    pub findings: Vec<Diagnostic>,
    /// The texts that the errors are about.
    pub sources: Sources,
}

/// What came of reading the files again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reloaded {
    /// They are what they were.
    Unchanged,
    /// They are served from now on.
    Taken,
    /// They have errors; what was served before still is.
    Refused,
}

impl Live {
    /// Reads the library. Trees with errors are left out of it, as everywhere where trees are walked.
    ///
    /// # Errors
    /// It cannot be read, its library file has errors, or no tree is left.
    pub fn start(origin: Origin, day: fn() -> Date) -> anyhow::Result<Self> {
        let files = Files::read(&origin, &Limits::default())?;
        let mark = files.mark();
        let today = Today::of(&files, &Options::new(day()))?;
        let trouble = today.trouble().map(Arc::new);
        Ok(Self {
            origin,
            day,
            today: RwLock::new(Arc::new(today)),
            trouble: RwLock::new(trouble),
            changes: watch::Sender::new(0),
            last: Mutex::new(Some(mark)),
        })
    }

    /// The library as it is now. Who holds it keeps it, whatever becomes of the files.
    pub fn today(&self) -> Arc<Today> {
        Arc::clone(&self.today.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Why the files on the disk are not what is served; `None` where they are.
    pub fn trouble(&self) -> Option<Arc<Trouble>> {
        let trouble = self.trouble.read().unwrap_or_else(PoisonError::into_inner);
        trouble.as_ref().map(Arc::clone)
    }

    /// Tells of every change of the library and of its trouble.
    pub fn subscribe(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Reads the files again, and takes them if they have no errors. It blocks as long as that takes; others go on with
    /// what is there.
    pub fn reload(&self) -> Reloaded {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let files = match Files::read(&self.origin, &Limits::default()) {
            Ok(files) => files,
            Err(why) => {
                *last = None;
                return self.refuse(Trouble::unreadable(&why));
            }
        };
        let mark = files.mark();
        if *last == Some(mark) {
            return Reloaded::Unchanged;
        }
        *last = Some(mark);
        let loaded = files.compile(&Options::new((self.day)()));
        if !loaded.compilation.is_sound() {
            return self.refuse(Trouble::of(loaded));
        }
        match Today::of_loaded(loaded, &files) {
            Ok(today) => self.take(today),
            Err(why) => self.refuse(Trouble::unreadable(&why)),
        }
    }

    fn take(&self, today: Today) -> Reloaded {
        *self.today.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(today);
        self.set_trouble(None);
        Reloaded::Taken
    }

    fn refuse(&self, trouble: Trouble) -> Reloaded {
        self.set_trouble(Some(Arc::new(trouble)));
        Reloaded::Refused
    }

    fn set_trouble(&self, trouble: Option<Arc<Trouble>>) {
        *self.trouble.write().unwrap_or_else(PoisonError::into_inner) = trouble;
        self.changes
            .send_modify(|count| *count = count.wrapping_add(1));
    }
}

impl Trouble {
    fn unreadable(why: &anyhow::Error) -> Self {
        Self {
            message: format!("{why:#}"),
            findings: Vec::new(),
            sources: Sources::default(),
        }
    }

    fn of(loaded: Loaded) -> Self {
        let findings = loaded.compilation.diagnostics;
        Self::of_findings(findings, loaded.sources)
    }

    fn of_findings(mut findings: Vec<Diagnostic>, sources: Sources) -> Self {
        findings.retain(|finding| finding.severity == Severity::Error);
        let message = match findings.len() {
            1 => "the library on the disk has an error".to_owned(),
            count => format!("the library on the disk has {count} errors"),
        };
        Self {
            message,
            findings,
            sources,
        }
    }
}
