//! What a worker will say: waited for by a thread, or by a task of any async runtime.

use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

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
        wait(self)
    }
}

/// Wakes the thread that waits.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Waits for a future in this thread; only for what other threads bring about.
pub(super) fn wait<T>(future: impl Future<Output = T>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(done) => return done,
            Poll::Pending => thread::park(),
        }
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
