//! Waiting for what crossterm reads, without a key that it leaves lying. crossterm is told of keys once, when they come; where
//! a change of size comes in the same instant, it hands out that one and forgets the keys until the next is pressed. So
//! the terminal is asked whether something lies there. It reads nothing itself.

use std::io;
use std::time::Duration;

use crossterm::event;

/// Waits until there is something to read, or for that long at most; whether there is.
///
/// # Errors
/// The terminal is gone.
pub(super) fn poll(timeout: Duration) -> io::Result<bool> {
    if event::poll(Duration::ZERO)? {
        return Ok(true);
    }
    announce()?;
    event::poll(timeout)
}

/// Makes the terminal tell of keys that lie there once more: setting it to what it is set to wakes whoever waits for it.
#[cfg(unix)]
fn announce() -> io::Result<()> {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

    let input = io::stdin();
    let mut looked_at = [PollFd::new(&input, PollFlags::IN)];
    let lie_there = match poll(&mut looked_at, Some(&Timespec::default())) {
        Ok(ready) => ready > 0,
        Err(rustix::io::Errno::INTR) => false,
        Err(error) => return Err(error.into()),
    };
    if lie_there {
        tcsetattr(&input, OptionalActions::Now, &tcgetattr(&input)?)?;
    }
    Ok(())
}

/// Elsewhere crossterm asks for every single event.
#[cfg(not(unix))]
fn announce() -> io::Result<()> {
    Ok(())
}
