//! Runs a command on the machine in trouble: without a shell, without input, for a limited time, with limited output.
//! It asks nobody for consent and knows no trees: whoever calls has shown the command and was allowed to run it.

use std::io::{self, PipeReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::tree::System;

/// How much of the output is kept, in bytes; what comes after is read and dropped.
pub const OUTPUT_LIMIT: usize = 64 * 1024;
/// How long the output of a command that has ended may still take (children that it left behind may hold it open).
const LINGER: Duration = Duration::from_secs(2);

/// What came of a command.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It ended by itself.
    Ended {
        /// Its exit status; 128 and the signal's number where a signal ended it.
        exit: i32,
        /// What it printed to standard output and standard error, in its order.
        output: String,
    },
    /// It took too long and was stopped.
    TooLong,
    /// The person stopped it.
    Stopped,
    /// It could not be started.
    NotStarted(String),
}

/// The system that this program runs on.
pub const fn system() -> System {
    if cfg!(target_os = "windows") {
        System::Windows
    } else if cfg!(target_os = "macos") {
        System::Macos
    } else if cfg!(target_os = "linux") {
        System::Linux
    } else {
        System::Any
    }
}

/// The command as a person would type it: arguments that hold anything unusual stand in quotes.
pub fn shown(arguments: &[String]) -> String {
    let quoted: Vec<String> = arguments.iter().map(|argument| quote(argument)).collect();
    quoted.join(" ")
}

fn quote(argument: &str) -> String {
    let plain = |one: char| one.is_alphanumeric() || "-_./:=@%+,".contains(one);
    if !argument.is_empty() && argument.chars().all(plain) {
        argument.to_owned()
    } else if argument.chars().any(char::is_control) {
        format!("$'{}'", argument.chars().map(escaped).collect::<String>())
    } else {
        format!("'{}'", argument.replace('\'', "'\\''"))
    }
}

/// What would not be seen as bash writes it in `$'…'`.
fn escaped(sign: char) -> String {
    match sign {
        '\'' | '\\' => format!("\\{sign}"),
        '\n' => "\\n".to_owned(),
        '\t' => "\\t".to_owned(),
        '\r' => "\\r".to_owned(),
        control if control.is_control() => format!("\\u{:04x}", u32::from(control)),
        seen => seen.to_string(),
    }
}

/// Runs a command. While it runs `stop` is asked again and again whether the person wants it to end; it also sets the
/// pace and should take some 50 ms.
pub fn run(arguments: &[String], timeout: Duration, stop: impl FnMut() -> bool) -> Outcome {
    let deadline = Instant::now() + timeout;
    match start(arguments) {
        Ok((mut child, output)) => match wait(&mut child, deadline, stop) {
            Ok(status) => Outcome::Ended {
                exit: exit_code(status),
                output: text(&output),
            },
            Err(outcome) => outcome,
        },
        Err(error) => Outcome::NotStarted(error.to_string()),
    }
}

/// Starts the command; both its outputs come through one pipe, in the order in which it writes them.
fn start(arguments: &[String]) -> io::Result<(Child, Receiver<Vec<u8>>)> {
    let Some((program, rest)) = arguments.split_first() else {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "there is no command",
        ));
    };
    let (reader, writer) = io::pipe()?;
    let mut command = Command::new(program);
    command
        .args(rest)
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let child = command.spawn()?;
    // `command` goes here, and with it our ends of the pipe: it is closed once the child has ended.
    Ok((child, collect(reader)))
}

/// Waits until the command ends, is too slow, or is stopped; the last two end it and its children.
fn wait(
    child: &mut Child,
    deadline: Instant,
    mut stop: impl FnMut() -> bool,
) -> Result<ExitStatus, Outcome> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => {}
            Err(error) => return Err(Outcome::NotStarted(error.to_string())),
        }
        let outcome = if stop() {
            Outcome::Stopped
        } else if Instant::now() >= deadline {
            Outcome::TooLong
        } else {
            continue;
        };
        end(child);
        return Err(outcome);
    }
}

/// Ends the command and, where the system can name them, the children that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        // Nobody may be left in it.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // It may have ended by itself just now.
    drop(child.kill());
    drop(child.wait());
}

#[cfg(unix)]
fn exit_code(status: ExitStatus) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    status
        .code()
        .or_else(|| status.signal().map(|signal| 128 + signal))
        .unwrap_or(-1)
}

#[cfg(not(unix))]
fn exit_code(status: ExitStatus) -> i32 {
    status.code().unwrap_or(-1)
}

/// Reads the output in a thread, so that the command never waits for us.
fn collect(mut output: PipeReader) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        let mut kept = 0;
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = output.read(&mut buffer) {
            let room = count.min(OUTPUT_LIMIT - kept);
            kept += room;
            let part = buffer.get(..room).unwrap_or_default().to_vec();
            if room > 0 && sender.send(part).is_err() {
                return;
            }
        }
    });
    receiver
}

fn text(output: &Receiver<Vec<u8>>) -> String {
    let end = Instant::now() + LINGER;
    let mut bytes = Vec::new();
    while let Ok(part) = output.recv_timeout(end.saturating_duration_since(Instant::now())) {
        bytes.extend(part);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(all(test, unix))]
mod tests {
    use std::thread::yield_now;
    use std::time::Duration;

    use super::{OUTPUT_LIMIT, Outcome, run, shown};

    fn go(arguments: &[&str], timeout: Duration) -> Outcome {
        let arguments: Vec<String> = arguments
            .iter()
            .map(|&argument| argument.to_owned())
            .collect();
        run(&arguments, timeout, || {
            yield_now();
            false
        })
    }

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn a_command_is_run_as_it_stands_without_a_shell_and_without_input() {
        let ended = |exit, output: &str| Outcome::Ended {
            exit,
            output: output.to_owned(),
        };
        assert_eq!(
            go(&["echo", "$HOME; a  b", "*"], LONG),
            ended(0, "$HOME; a  b *\n")
        );
        assert_eq!(go(&["cat"], LONG), ended(0, ""));
        assert_eq!(
            go(&["sh", "-c", "echo out; echo err >&2; exit 3"], LONG),
            ended(3, "out\nerr\n")
        );
        assert_eq!(go(&["sh", "-c", "kill -9 $$"], LONG), ended(137, ""));
        assert!(matches!(
            go(&["no-such-program-here"], LONG),
            Outcome::NotStarted(_)
        ));
        assert!(matches!(go(&[], LONG), Outcome::NotStarted(_)));
    }

    #[test]
    fn what_takes_too_long_ends_with_its_children() {
        let outcome = go(&["sh", "-c", "sleep 1000 & wait"], Duration::from_millis(1));
        assert_eq!(outcome, Outcome::TooLong);
    }

    #[test]
    fn endless_output_is_cut_and_the_person_can_stop_it() {
        let mut asked = 0;
        let outcome = run(&["yes".to_owned()], LONG, || {
            asked += 1;
            asked > 3
        });
        assert_eq!(outcome, Outcome::Stopped);
        let Outcome::Ended { exit: 0, output } = go(&["sh", "-c", "yes | head -c 200000"], LONG)
        else {
            panic!("it ends by itself");
        };
        assert_eq!(output.len(), OUTPUT_LIMIT);
    }

    #[test]
    fn a_command_is_shown_so_that_nothing_in_it_hides() {
        let arguments = ["ping", "-c", "3", "a b; rm -rf /", "", "it's"].map(String::from);
        assert_eq!(shown(&arguments), r"ping -c 3 'a b; rm -rf /' '' 'it'\''s'");
        let arguments = ["printf", "%s\n'ä\t\u{1b}"].map(str::to_owned);
        assert_eq!(shown(&arguments), r"printf $'%s\n\'ä\t\u001b'");
    }
}
