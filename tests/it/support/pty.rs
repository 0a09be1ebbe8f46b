//! Runs the real binary in a pseudo terminal and looks at the screen that a person would see. Waiting is for what the
//! screen shows, never for time; the limit only keeps a broken program from hanging the tests.

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

const LIMIT: Duration = Duration::from_secs(30);

/// A program in a terminal.
pub struct Pty {
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    modes_before: String,
    seen: Arc<Seen>,
}

/// What the program wrote so far.
struct Seen {
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    screen: vt100::Parser,
    raw: Vec<u8>,
    ended: bool,
}

/// How to start the program.
pub struct Start<'a> {
    program: &'a str,
    arguments: Vec<&'a str>,
    environment: Vec<(&'a str, &'a str)>,
    columns: u16,
    rows: u16,
}

/// `fixpath` with arguments, on a terminal of 80 × 40.
pub fn fixpath<'a>(arguments: &[&'a str]) -> Start<'a> {
    program(env!("CARGO_BIN_EXE_fixpath"), arguments)
}

/// Another program, such as a shell that starts it.
pub fn program<'a>(program: &'a str, arguments: &[&'a str]) -> Start<'a> {
    Start {
        program,
        arguments: arguments.to_vec(),
        environment: Vec::new(),
        columns: 80,
        rows: 40,
    }
}

impl<'a> Start<'a> {
    /// Sets a variable of the environment.
    pub fn env(mut self, name: &'a str, value: &'a str) -> Self {
        self.environment.push((name, value));
        self
    }

    /// Sets the size of the window.
    pub const fn size(mut self, columns: u16, rows: u16) -> Self {
        self.columns = columns;
        self.rows = rows;
        self
    }

    /// Starts it in a folder.
    pub fn start(self, folder: &Path) -> Pty {
        let pair = native_pty_system()
            .openpty(size(self.columns, self.rows))
            .unwrap();
        let mut command = CommandBuilder::new(self.program);
        command.args(&self.arguments);
        command.cwd(folder);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("TZ", "UTC");
        command.env("FIXPATH_STORE", "none");
        command.env("FIXPATH_AGENT", "ada");
        for (name, value) in self.environment {
            command.env(name, value);
        }
        let modes_before = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let seen = Arc::new(Seen {
            state: Mutex::new(State {
                screen: vt100::Parser::new(cells(self.rows), cells(self.columns), 10_000),
                raw: Vec::new(),
                ended: false,
            }),
            changed: Condvar::new(),
        });
        follow(pair.master.try_clone_reader().unwrap(), Arc::clone(&seen));
        Pty {
            input: pair.master.take_writer().unwrap(),
            master: pair.master,
            child,
            modes_before,
            seen,
        }
    }
}

fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).unwrap()
}

const fn size(columns: u16, rows: u16) -> PtySize {
    PtySize {
        rows,
        cols: columns,
        pixel_width: 0,
        pixel_height: 0,
    }
}

fn follow(mut output: Box<dyn Read + Send>, seen: Arc<Seen>) {
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut buffer) {
            let mut state = seen.state.lock().unwrap();
            state.screen.process(&buffer[..count]);
            state.raw.extend_from_slice(&buffer[..count]);
            seen.changed.notify_all();
        }
        seen.state.lock().unwrap().ended = true;
        seen.changed.notify_all();
    });
}

impl Pty {
    /// Types; control characters as terminals send them (`\r` for Enter).
    pub fn send(&mut self, keys: &str) -> &mut Self {
        self.input.write_all(keys.as_bytes()).unwrap();
        self.input.flush().unwrap();
        self
    }

    /// Waits until the screen holds a text.
    pub fn see(&mut self, text: &str) -> &mut Self {
        self.until(text, |state| {
            state.screen.screen().contents().contains(text)
        });
        self
    }

    /// Waits until the screen is as it should be.
    pub fn see_that(&mut self, what: &str, fits: impl Fn(&str) -> bool) -> &mut Self {
        self.until(what, |state| fits(&state.screen.screen().contents()));
        self
    }

    /// Waits until the screen no longer holds a text.
    pub fn see_no(&mut self, text: &str) -> &mut Self {
        self.until(text, |state| {
            !state.screen.screen().contents().contains(text)
        });
        self
    }

    /// Sends the program a signal, as a Ctrl-C from outside or a shutdown does.
    pub fn signal(&self, name: &str) {
        let id = self.child.process_id().unwrap().to_string();
        let sent = std::process::Command::new("kill")
            .args(["-s", name, &id])
            .status()
            .unwrap();
        assert!(sent.success());
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.seen
            .state
            .lock()
            .unwrap()
            .screen
            .screen_mut()
            .set_size(cells(rows), cells(columns));
        self.master.resize(size(columns, rows)).unwrap();
        self
    }

    /// What the screen shows now.
    pub fn screen(&self) -> String {
        self.seen.state.lock().unwrap().screen.screen().contents()
    }

    /// Everything that was written, escape sequences and all.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.seen.state.lock().unwrap().raw).into_owned()
    }

    /// Everything that was shown, the lines that scrolled away included.
    pub fn all(&self) -> String {
        let mut state = self.seen.state.lock().unwrap();
        let screen = state.screen.screen_mut();
        let rows = usize::from(screen.size().0.get());
        screen.set_scrollback(usize::MAX);
        let mut lines = Vec::new();
        for offset in (1..=screen.scrollback()).rev() {
            screen.set_scrollback(offset);
            lines.extend(screen.contents().lines().next().map(str::to_owned));
        }
        screen.set_scrollback(0);
        lines.extend(screen.contents().lines().take(rows).map(str::to_owned));
        lines.join("\n")
    }

    /// Waits until the program has ended, and looks that it left the terminal as it found it; its exit code and the
    /// screen that it left.
    pub fn end(mut self) -> (u32, String) {
        self.until("the end", |state| state.ended);
        let code = self.child.wait().unwrap().exit_code();
        let state = self.seen.state.lock().unwrap();
        let screen = state.screen.screen();
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert!(
            !screen.alternate_screen(),
            "the alternate screen is left on"
        );
        let contents = screen.contents();
        drop(state);
        assert_eq!(
            self.modes(),
            self.modes_before,
            "the terminal's modes are not restored"
        );
        (code, contents)
    }

    /// How the terminal treats what is typed: echo, lines, signals.
    pub fn modes(&self) -> String {
        format!("{:?}", self.master.get_termios())
    }

    fn until(&self, what: &str, fits: impl Fn(&State) -> bool) {
        let end = Instant::now() + LIMIT;
        let mut state = self.seen.state.lock().unwrap();
        while !fits(&state) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(
                !left.is_zero() && (!state.ended || fits(&state)),
                "waited for {what:?} in vain; the screen:\n{}",
                state.screen.screen().contents()
            );
            state = self.seen.changed.wait_timeout(state, left).unwrap().0;
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It may have ended already.
        drop(self.child.kill());
    }
}
