//! Waits for changes of a library's files: told by the system, and looked for now and then, because some drives tell
//! nothing.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Weak};
use std::time::{Duration, Instant, SystemTime};
use std::{fs, io, thread};

use notify::{RecursiveMode, Watcher as _};

use super::Live;
use crate::load::folder;
use crate::load::locate::Origin;

/// How often one looks, and how long one waits.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Files are read once nothing has changed for so long: an editor writes in several steps.
    pub quiet: Duration,
    /// Between looks at names, sizes and times of all files.
    pub look: Duration,
    /// Whether the system is asked to tell of changes, so that one need not wait for the next look.
    pub told: bool,
}

impl Default for Pace {
    fn default() -> Self {
        Self {
            quiet: Duration::from_millis(200),
            look: Duration::from_secs(5),
            told: true,
        }
    }
}

/// Files that change all the time are read all the same after so long.
const LONGEST_QUIET: Duration = Duration::from_secs(2);

/// Watches until it is dropped.
#[derive(Debug)]
pub struct Watching {
    inbox: Sender<Note>,
    /// Tells as long as it lives; none where the system cannot.
    _watcher: Option<notify::RecommendedWatcher>,
}

#[derive(Debug)]
enum Note {
    Changed,
    Stop,
}

impl Drop for Watching {
    fn drop(&mut self) {
        // Nobody may be there any more.
        let _ = self.inbox.send(Note::Stop);
    }
}

impl Live {
    /// Reads the library again, in a thread of its own, whenever its files change, until what this gives is dropped. Nothing
    /// for the built-in trees, which do not change.
    ///
    /// # Errors
    /// The system gives no thread.
    pub fn watch(self: &Arc<Self>, pace: Pace) -> io::Result<Option<Watching>> {
        let Origin::Folder(root) = &self.origin else {
            return Ok(None);
        };
        let (inbox, notes) = mpsc::channel();
        let told = pace.told.then(|| watcher(root, inbox.clone()));
        let (live, root) = (Arc::downgrade(self), root.clone());
        thread::Builder::new()
            .name("library".to_owned())
            .spawn(move || look(&live, &root, &notes, pace))?;
        Ok(Some(Watching {
            inbox,
            _watcher: told.flatten(),
        }))
    }
}

/// What the system tells. A system that cannot (too many watches, a drive that says nothing) leaves it to looking.
fn watcher(root: &Path, inbox: Sender<Note>) -> Option<notify::RecommendedWatcher> {
    let tell = move |event: notify::Result<notify::Event>| {
        // Reading a file is told as well; it changes nothing.
        if event.is_ok_and(|event| !event.kind.is_access()) {
            let _ = inbox.send(Note::Changed);
        }
    };
    let mut watcher = notify::recommended_watcher(tell).ok()?;
    watcher.watch(root, RecursiveMode::Recursive).ok()?;
    Some(watcher)
}

fn look(live: &Weak<Live>, root: &Path, notes: &Receiver<Note>, pace: Pace) {
    let mut seen = fingerprint(root);
    // What changed between the start and now.
    match live.upgrade() {
        Some(live) => live.reload(),
        None => return,
    };
    loop {
        match notes.recv_timeout(pace.look) {
            Ok(Note::Changed) => {
                if wait_until_quiet(notes, pace.quiet).is_none() {
                    return;
                }
            }
            Err(RecvTimeoutError::Timeout) if fingerprint(root) == seen => continue,
            Err(RecvTimeoutError::Timeout) => {}
            Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => return,
        }
        // Before they are read: what changes meanwhile is seen the next time.
        seen = fingerprint(root);
        let Some(live) = live.upgrade() else { return };
        live.reload();
    }
}

/// Nothing where one is told to stop.
fn wait_until_quiet(notes: &Receiver<Note>, quiet: Duration) -> Option<()> {
    let begun = Instant::now();
    while begun.elapsed() < LONGEST_QUIET {
        match notes.recv_timeout(quiet) {
            Ok(Note::Changed) => {}
            Err(RecvTimeoutError::Timeout) => break,
            Ok(Note::Stop) | Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
    Some(())
}

/// Names, sizes and times of all files.
fn fingerprint(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    for (path, real) in folder::files(root).unwrap_or_default() {
        path.hash(&mut hasher);
        if let Ok(about) = fs::metadata(real) {
            (
                about.len(),
                about.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            )
                .hash(&mut hasher);
        }
    }
    hasher.finish()
}
