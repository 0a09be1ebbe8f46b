//! Sending while somebody walks: in a thread of its own, so that no prompt ever waits for the network.

use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use crate::hooks::Hooks;
use crate::store::Store;

use super::{Report, World, deliver_due};

/// A delivery that has begun. Who lets go of it does not stop it; the end of the process does, and then what was on its
/// way is tried again later under the same id.
#[derive(Debug)]
pub struct Background {
    done: Receiver<Report>,
}

impl Background {
    /// Begins to send what is due.
    pub fn start(store: &Store, hooks: &Hooks) -> Self {
        let (done, receiver) = mpsc::channel();
        let (store, hooks) = (store.clone(), hooks.clone());
        thread::spawn(move || {
            // A store that cannot be read says so to whoever walks; here is nobody to tell.
            if let Ok(report) = deliver_due(&store, &hooks, World::real()) {
                let _ = done.send(report);
            }
        });
        Self { done: receiver }
    }

    /// Waits until all that was due has been tried, but no longer than that; `None` if it is not done by then.
    pub fn wait(self, at_most: Duration) -> Option<Report> {
        self.done.recv_timeout(at_most).ok()
    }
}

/// Sends what is due, again and again, until the process ends; `hooks` gives those of today. Several processes on one
/// store share the work: each message is claimed by one.
pub fn keep_sending(store: Store, hooks: impl Fn() -> Hooks + Send + 'static, pause: Duration) {
    thread::spawn(move || {
        loop {
            let today = hooks();
            if !today.is_empty() {
                // A store that cannot be read says so to whoever walks.
                let _ = deliver_due(&store, &today, World::real());
            }
            thread::sleep(pause);
        }
    });
}
