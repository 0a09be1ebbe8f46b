//! Floor 8: the command line, one file a command. A command reads its arguments, calls one thing below, and says how it
//! ended; nothing of the language, the walk or the checks is decided here.
//!
//! Exit codes: `run`, `resume` and `take` 0 resolved, 3 escalated, 4 left unfinished, 5 ended without a fix; `check`, `test` and `fmt --check`
//! 0 clean, 1 findings; everywhere 2 for wrong usage or input that cannot be read.

mod age;
mod arguments;
mod cases;
mod check;
mod completions;
mod csv_line;
mod explain;
mod feedback;
mod find;
mod fmt;
mod graph;
mod guide;
mod handover;
mod hooks;
mod keep;
mod list;
mod man;
mod new;
mod note_format;
mod output;
mod progress;
mod resume;
mod roles;
mod run;
mod schema;
mod serve;
mod stats;
mod take;
mod tell;
mod test;
mod token;
mod user;
mod walk;
mod welcome;
mod workspace;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use arguments::{Arguments, Command};
use output::Exit;

/// Runs the command line.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return output::usage(&error),
    };
    let outcome = dispatch(arguments);
    match outcome {
        Ok(exit) => exit.into(),
        Err(error) => output::failure(&error),
    }
}

/// Calls the command.
fn dispatch(arguments: Arguments) -> anyhow::Result<Exit> {
    let library = arguments.library.as_deref();
    let store = arguments.store.as_deref();
    match arguments.command {
        None => welcome::run(library, store),
        Some(Command::Run(command)) => run::run(&command, library, store),
        Some(Command::Resume(command)) => resume::run(&command, library, store),
        Some(Command::Cases(command)) => cases::run(&command, library, store),
        Some(Command::Handover(command)) => handover::run(&command, library, store),
        Some(Command::Take(command)) => take::run(command, library, store),
        Some(Command::Feedback(command)) => feedback::run(&command, library, store),
        Some(Command::Hooks(command)) => hooks::run(&command, library, store),
        Some(Command::List(command)) => list::run(&command, library),
        Some(Command::Find(command)) => find::run(&command, library),
        Some(Command::Check(command)) => check::run(&command, library),
        Some(Command::Fmt(command)) => fmt::run(&command, library),
        Some(Command::Test(command)) => test::run(&command, library, store),
        Some(Command::Serve(command)) => serve::run(&command, library, store),
        Some(Command::Stats(command)) => stats::run(&command, library, store),
        Some(Command::Graph(command)) => graph::run(&command, library, store),
        Some(Command::New(command)) => new::run(&command, library),
        Some(Command::User(command)) => user::run(&command, library, store),
        Some(Command::Token(command)) => token::run(&command, store),
        Some(Command::Schema(command)) => schema::run(&command),
        Some(Command::Explain(command)) => explain::run(&command),
        Some(Command::Guide(command)) => guide::run(&command),
        Some(Command::Completions(command)) => completions::run(&command),
        Some(Command::Man) => man::run(),
    }
}
