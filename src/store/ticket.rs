//! What a worker will say: waited for by a thread, or by a task of any async runtime.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::sync::oneshot;

use super::error::{Result, StoreError};

/// Something that the store has been asked for.
#[derive(Debug)]
#[must_use = "nothing is known to be kept before the ticket says so"]
pub struct Ticket<T>(oneshot::Receiver<Result<T>>);

/// The worker's side of a [`Ticket`].
pub(super) type Promise<T> = oneshot::Sender<Result<T>>;

impl<T> Ticket<T> {
    pub(super) fn new() -> (Promise<T>, Self) {
        let (promise, ticket) = oneshot::channel();
        (promise, Self(ticket))
    }

    /// Waits for it; not from within an async task, which awaits the ticket instead.
    ///
    /// # Errors
    /// What the store says.
    pub fn wait(self) -> Result<T> {
        self.0.blocking_recv().unwrap_or_else(|_| Err(stopped()))
    }
}

impl<T> Future for Ticket<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        Pin::new(&mut self.0)
            .poll(context)
            .map(|said| said.unwrap_or_else(|_| Err(stopped())))
    }
}

fn stopped() -> StoreError {
    StoreError::Unavailable {
        place: String::new(),
        why: "has stopped working; start fixpath again".to_owned(),
        lost: true,
    }
}
