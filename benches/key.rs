//! How long one waits from a key to the next prompt in a terminal, with a store and without, in turns: the real binary in
//! a pseudo terminal, on a tree that goes round.
//!
//! `cargo bench --bench key`
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a benchmark fails by panicking"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const KEYS: usize = 25;
const ROUNDS: usize = 3;

const TREE: &str = "\
title: Round and round
steps:
  first: {ask: Is this the first question of all?, yes: second, no: over}
  second: {ask: Is that the second one by now?, yes: first, no: over}
  over: {end: It is over}
stuck: {escalate: desk, reason: Nothing helped}
";

fn main() {
    let folder = std::env::temp_dir().join(format!("fixpath-key-{}", std::process::id()));
    std::fs::create_dir_all(folder.join("trees")).unwrap();
    std::fs::write(folder.join("trees/round.yaml"), TREE).unwrap();
    let store = folder.join("cases.db").display().to_string();
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for round in 1..=ROUNDS {
        without.extend(waits(&folder, "none"));
        with.extend(waits(&folder, &store));
        println!("round {round} of {ROUNDS}: {KEYS} keys each");
    }
    let (without, with) = (summary(&mut without), summary(&mut with));
    println!("key to next prompt, {} keys each", KEYS * ROUNDS);
    println!(
        "  without a store  median {:>6.2} ms  p95 {:>6.2} ms",
        without.0, without.1
    );
    println!(
        "  with SQLite      median {:>6.2} ms  p95 {:>6.2} ms",
        with.0, with.1
    );
    std::fs::remove_dir_all(folder).unwrap();
}

/// Median and 95th percentile.
fn summary(waits: &mut [f64]) -> (f64, f64) {
    waits.sort_by(f64::total_cmp);
    (waits[waits.len() / 2], waits[waits.len() * 95 / 100])
}

/// A walk in a terminal.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    /// Open as long as the program runs.
    _master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
}

/// Milliseconds from each key to the question that follows.
fn waits(folder: &Path, store: &str) -> Vec<f64> {
    let mut terminal = Terminal::start(folder, store);
    terminal.wait_for("first question of all?");
    let mut waits = Vec::with_capacity(KEYS);
    for key in 0..KEYS {
        // Longer than what counts as the same key pressed twice.
        thread::sleep(Duration::from_millis(260));
        terminal.drain();
        let expected = ["that the second one", "this the first question"][key % 2];
        let pressed = Instant::now();
        terminal.press("y");
        terminal.wait_for(expected);
        waits.push(pressed.elapsed().as_secs_f64() * 1e3);
    }
    terminal.child.kill().unwrap();
    terminal.child.wait().unwrap();
    waits
}

impl Terminal {
    fn start(folder: &Path, store: &str) -> Self {
        let size = PtySize {
            rows: 40,
            cols: 80,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_fixpath"));
        command.args(["run", "round"]);
        command.cwd(folder);
        command.env("TERM", "xterm-256color");
        command.env("FIXPATH_STORE", store);
        let child = pair.slave.spawn_command(command).unwrap();
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, output) = mpsc::channel();
        thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(read @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            child,
            input: pair.master.take_writer().unwrap(),
            _master: pair.master,
            output,
        }
    }

    fn press(&mut self, key: &str) {
        self.input.write_all(key.as_bytes()).unwrap();
        self.input.flush().unwrap();
    }

    fn drain(&self) {
        while self.output.try_recv().is_ok() {}
    }

    fn wait_for(&self, text: &str) {
        let mut seen = Vec::new();
        while !String::from_utf8_lossy(&seen).contains(text) {
            let more = self.output.recv_timeout(Duration::from_secs(20));
            seen.extend(more.unwrap_or_else(|_| panic!("{text:?} did not come up")));
        }
    }
}
