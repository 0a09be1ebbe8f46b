//! `fixpath completions SHELL`.

use std::io::{self, Write as _};

use clap::{Args, CommandFactory as _};

use super::arguments::Arguments;
use super::output::Exit;

/// Print a completion script for a shell
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    shell: clap_complete::Shell,
}

/// Prints the script on standard output.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(command: &Completions) -> anyhow::Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(
        command.shell,
        &mut Arguments::command(),
        "fixpath",
        &mut script,
    );
    io::stdout().write_all(&script)?;
    Ok(Exit::Success)
}
