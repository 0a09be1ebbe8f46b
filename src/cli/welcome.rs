//! `fixpath` without a command.

use std::path::Path;

use clap::CommandFactory as _;

use crate::terminal;

use super::arguments::Arguments;
use super::list::say_left_out;
use super::output::{self, Exit};
use super::run::{self, Case};
use super::workspace;

/// In a terminal: asks what the trouble is, and walks the tree that is picked. Elsewhere: help.
///
/// # Errors
/// The library cannot be read, or the terminal is gone.
pub fn run(library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    if !terminal::is_terminal() {
        return output::help(&mut Arguments::command());
    }
    let walkable = workspace::walkable(library)?;
    say_left_out(&walkable.left_out);
    run::walk(&walkable, None, &Case::default(), store)
}
