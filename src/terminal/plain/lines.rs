//! Where the plain runner's lines come from: any reader, or standard input that Ctrl-C ends instead of the program.

use std::io::{self, BufRead};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use signal_hook::consts::{SIGINT, SIGTERM};

/// How often signals are looked at.
const SLICE: Duration = Duration::from_millis(100);

/// Lines, one after the other.
pub trait Lines {
    /// The next line without its end; `None` after the last.
    ///
    /// # Errors
    /// The input cannot be read.
    fn next_line(&mut self) -> io::Result<Option<String>>;
}

/// The lines of a reader. What is no UTF-8 is replaced.
pub struct Reader<R>(pub R);

impl<R: BufRead> Lines for Reader<R> {
    fn next_line(&mut self) -> io::Result<Option<String>> {
        let mut bytes = Vec::new();
        if self.0.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&bytes);
        Ok(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
    }
}

/// The lines of standard input; a request to stop (Ctrl-C) ends them.
pub struct Stdin {
    lines: Receiver<io::Result<Option<String>>>,
    stopped: Arc<AtomicBool>,
}

impl Stdin {
    /// Begins to read.
    ///
    /// # Errors
    /// The system does not let us listen to its signals.
    pub fn new() -> io::Result<Self> {
        let stopped = Arc::new(AtomicBool::new(false));
        for signal in [SIGINT, SIGTERM] {
            signal_hook::flag::register(signal, Arc::clone(&stopped))?;
        }
        let (sender, lines) = channel();
        thread::spawn(move || {
            let mut reader = Reader(io::stdin().lock());
            loop {
                let line = reader.next_line();
                let is_last = !matches!(line, Ok(Some(_)));
                if sender.send(line).is_err() || is_last {
                    return;
                }
            }
        });
        Ok(Self { lines, stopped })
    }
}

impl Lines for Stdin {
    fn next_line(&mut self) -> io::Result<Option<String>> {
        loop {
            match self.lines.recv_timeout(SLICE) {
                Ok(line) => return line,
                Err(RecvTimeoutError::Disconnected) => return Ok(None),
                Err(RecvTimeoutError::Timeout) if self.stopped.load(Ordering::Relaxed) => {
                    return Ok(None);
                }
                Err(RecvTimeoutError::Timeout) => {}
            }
        }
    }
}
