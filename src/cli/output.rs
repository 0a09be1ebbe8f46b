//! How a command ends and how its failures are said.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All well; of a walk: resolved.
    Success,
    /// There are findings, or a test failed.
    Findings,
    /// Wrong usage or input that cannot be read; already said.
    Unusable,
    /// The walk was handed over.
    Escalated,
    /// The walk was left.
    Unfinished,
    /// The walk ended without a fix.
    Ended,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Success => 0,
            Exit::Findings => 1,
            Exit::Unusable => 2,
            Exit::Escalated => 3,
            Exit::Unfinished => 4,
            Exit::Ended => 5,
        })
    }
}

/// Prints clap's word: help and version are no failures.
pub fn usage(error: &clap::Error) -> ExitCode {
    let code = if error.use_stderr() {
        Exit::Unusable
    } else {
        Exit::Success
    };
    // A closed pipe is nobody's fault and there is nobody left to tell.
    let _ = error.print();
    code.into()
}

/// Prints the help.
///
/// # Errors
/// Standard output cannot be written.
pub fn help(command: &mut clap::Command) -> anyhow::Result<Exit> {
    command.print_help()?;
    Ok(Exit::Success)
}

/// Prints what went wrong, with its causes, on standard error. A reader who went away early is no failure.
pub fn failure(error: &anyhow::Error) -> ExitCode {
    let closed = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    if error
        .chain()
        .filter_map(|cause| cause.downcast_ref())
        .any(closed)
    {
        return Exit::Success.into();
    }
    let _ = writeln!(io::stderr(), "fixpath: {error:#}");
    Exit::Unusable.into()
}

/// Whether standard output takes colour: a terminal that is not dumb, and no `NO_COLOR`.
pub fn takes_color() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
}

/// Rows of text as columns, the last one unpadded, two spaces apart.
pub fn table(rows: &[Vec<String>]) -> String {
    let width = |text: &str| unicode_width::UnicodeWidthStr::width(text);
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let widest: Vec<usize> = (0..columns)
        .map(|column| {
            rows.iter()
                .filter_map(|row| row.get(column))
                .map(|cell| width(cell))
                .max()
                .unwrap_or_default()
        })
        .collect();
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, widest) in row.iter().zip(&widest) {
            line.push_str(cell);
            line.push_str(&" ".repeat(widest - width(cell) + 2));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Columns to write to: those of the terminal, at most 140; 100 where there is none.
pub fn width() -> u16 {
    const NARROWEST: u16 = 40;
    const WIDEST: u16 = 140;
    const DEFAULT: u16 = 100;
    if !io::stdout().is_terminal() {
        return DEFAULT;
    }
    crossterm::terminal::size().map_or(DEFAULT, |(columns, _)| columns.clamp(NARROWEST, WIDEST))
}
