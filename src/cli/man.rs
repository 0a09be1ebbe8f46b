//! `fixpath man`.

use std::io::{self, Write as _};

use clap::CommandFactory as _;

use super::arguments::Arguments;
use super::output::Exit;

/// Prints the manual page of the whole command line, its commands included, on standard output.
///
/// # Errors
/// Standard output cannot be written.
pub fn run() -> anyhow::Result<Exit> {
    let mut page = Vec::new();
    let mut command = Arguments::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for subcommand in command
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        clap_mangen::Man::new(subcommand.clone()).render(&mut page)?;
    }
    io::stdout().write_all(&page)?;
    Ok(Exit::Success)
}
