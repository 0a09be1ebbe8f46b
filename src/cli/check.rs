//! `fixpath check [PATH…]`.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::compile::Options;
use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Code, Diagnostic, Label, Severity};
use crate::source::Sources;

use super::output::{Exit, takes_color, width};
use super::workspace::{self, Selection};

/// Check trees and print all findings
#[derive(Debug, Args)]
pub struct Check {
    /// Files, folders, names of trees, or `-` for a tree on standard input; without one, the whole library
    paths: Vec<PathBuf>,
    #[command(flatten)]
    pub rules: Rules,
    /// How findings are printed
    #[arg(long, value_enum, default_value = "terminal")]
    format: CheckFormat,
}

/// What counts as a finding.
#[derive(Debug, Args)]
pub struct Rules {
    /// Turn warnings into errors
    #[arg(long)]
    strict: bool,
    /// Silence a warning everywhere (may be repeated)
    #[arg(long, value_name = "CODE", value_parser = code)]
    allow: Vec<Code>,
    /// The day that `review_by` is held against (default: today)
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<Date>,
}

impl Rules {
    /// As the compiler takes them.
    pub fn options(&self) -> Options {
        let today = self.today.unwrap_or_else(workspace::today);
        Options {
            strict: self.strict,
            allow: self.allow.clone(),
            ..Options::new(today)
        }
    }
}

/// How findings are printed.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum CheckFormat {
    /// With the lines that they are about
    Terminal,
    /// One line each
    Concise,
    /// One JSON object
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
    /// GitHub workflow commands
    Github,
}

/// Reads the name of a warning.
fn code(name: &str) -> Result<Code, String> {
    let Some(code) = Code::from_name(name) else {
        let near = crate::diagnostic::nearest(name, Code::ALL.iter().map(|code| code.name()));
        return Err(near.map_or("there is no such finding".to_owned(), |near| {
            format!("did you mean `{near}`?")
        }));
    };
    if code.severity() == Severity::Error {
        return Err("this is an error: only warnings can be silenced".to_owned());
    }
    Ok(code)
}

/// Reads a day.
fn date(text: &str) -> Result<Date, String> {
    let day = text.trim().parse();
    day.map_err(|_| "this is no day; write it like 2026-11-01".to_owned())
}

/// Prints the findings on standard output.
///
/// # Errors
/// A path cannot be read, or standard output cannot be written.
pub fn run(command: &Check, library: Option<&Path>) -> anyhow::Result<Exit> {
    let selections = workspace::select(&command.paths, library, &command.rules.options())?;
    let format = match command.format {
        CheckFormat::Terminal => Format::Terminal {
            colour: takes_color(),
            width: width(),
        },
        CheckFormat::Concise => Format::Concise,
        CheckFormat::Json => Format::Json,
        CheckFormat::Sarif => Format::Sarif,
        CheckFormat::Github => Format::Github,
    };
    let (sources, findings) = together(&selections);
    let mut out = io::stdout().lock();
    render::render(format, &sources, &findings, &mut out)?;
    out.flush()?;
    Ok(if findings.is_empty() {
        Exit::Success
    } else {
        Exit::Findings
    })
}

/// The findings of several libraries as those of one, so that one JSON object or summary speaks of them all.
fn together(selections: &[Selection]) -> (Sources, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut findings = Vec::new();
    for selection in selections {
        let offset = sources.iter().count() as u32;
        for (_, file) in selection.loaded.sources.iter() {
            sources.add(file.clone());
        }
        let moved = |label: &mut Label| label.place.file.0 += offset;
        for mut finding in selection.findings() {
            moved(&mut finding.primary);
            finding.secondary.iter_mut().for_each(moved);
            findings.push(finding);
        }
    }
    (sources, findings)
}
