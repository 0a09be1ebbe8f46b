//! Workflow commands of GitHub Actions: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.

use std::fmt::Write as _;
use std::io::{self, Write};

use super::region::Region;
use crate::diagnostic::Diagnostic;
use crate::source::{Sources, neutralise};

pub(super) fn render(
    sources: &Sources,
    diagnostics: &[&Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in diagnostics {
        let Region { path, start, end } = Region::new(sources, diagnostic.primary.place);
        let mut place = format!("line={}", start.line);
        // Columns are only understood within one line. Writing to a String does not fail.
        let _ = match end.line == start.line {
            true => write!(place, ",col={},endColumn={}", start.column, end.column),
            false => write!(place, ",endLine={}", end.line),
        };
        writeln!(
            out,
            "::{} file={},{place},title={}::{}",
            diagnostic.severity.name(),
            property(path),
            property(diagnostic.code.name()),
            data(&text(diagnostic))
        )?;
    }
    Ok(())
}

/// The message, and on a further line what to type.
fn text(diagnostic: &Diagnostic) -> String {
    match &diagnostic.help {
        Some(help) => format!("{}\nhelp: {help}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}

/// Escapes the text of a command.
fn data(text: &str) -> String {
    neutralise(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// Escapes a property of a command, which also ends at a colon or comma.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
