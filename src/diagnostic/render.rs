//! Renderers of findings, one file a format. They write what they are given and nothing else: which findings are
//! shown, and what the exit code is, is decided above.

mod concise;
mod github;
mod json;
mod region;
mod sarif;
mod terminal;
mod window;

use std::io::{self, Write};

use super::{Diagnostic, Severity};
use crate::source::Sources;

/// How findings are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: the line with the mistake, what is wrong there, and what to type. Ends with a summary.
    Terminal {
        /// Whether to colour; whoever calls knows `NO_COLOR` and whether somebody looks.
        colour: bool,
        /// Columns to stay within.
        width: u16,
    },
    /// One line a finding: `path:line:column: error[code]: message`.
    Concise,
    /// One JSON object; lines and columns from 1, columns in characters, ends exclusive.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands of GitHub Actions, which put each finding on its line of the change.
    Github,
}

/// Writes all findings, sorted by path, place and code.
///
/// # Errors
/// Only those of `out`.
pub fn render(
    format: Format,
    sources: &Sources,
    diagnostics: &[Diagnostic],
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut sorted: Vec<&Diagnostic> = diagnostics.iter().collect();
    sorted.sort_by_key(|diagnostic| {
        let place = diagnostic.primary.place;
        (sources.file(place.file).path(), place.span, diagnostic.code)
    });
    match format {
        Format::Terminal { colour, width } => {
            terminal::render(sources, &sorted, colour, width, out)
        }
        Format::Concise => concise::render(sources, &sorted, out),
        Format::Json => json::render(sources, &sorted, out),
        Format::Sarif => sarif::render(sources, &sorted, out),
        Format::Github => github::render(sources, &sorted, out),
    }
}

impl Severity {
    /// The word for it, as every format writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// How many findings are errors, and how many warnings.
fn count(diagnostics: &[&Diagnostic]) -> (usize, usize) {
    let errors = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error)
        .count();
    (errors, diagnostics.len() - errors)
}

#[cfg(test)]
mod tests;
