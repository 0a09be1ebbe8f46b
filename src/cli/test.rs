//! `fixpath test [PATH…]`.

mod from_case;
mod generate;
mod json;
mod text;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use jiff::civil::Date;

use crate::compile::{Options, SoundPart, settle};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Sources};
use crate::tree::TreeId;
use crate::treetest::{self, TreeReport};

use super::check::Rules;
use super::output::Exit;
use super::workspace::{self, Selection};

/// Run the tests in the trees, and say which branches they take
#[derive(Debug, Args)]
pub struct Test {
    /// Files, folders, names of trees, or `-` for a tree on standard input; without one, the whole library
    paths: Vec<PathBuf>,
    #[command(flatten)]
    rules: Rules,
    /// List the branches that no test takes, by name
    #[arg(long)]
    coverage: bool,
    /// Print tests, as YAML to paste, for the branches that no test takes
    #[arg(long, conflicts_with = "coverage")]
    generate: bool,
    /// Print a recorded case as a test of the tree in which it began
    #[arg(long, value_name = "ID", conflicts_with_all = ["coverage", "generate", "paths"])]
    from_case: Option<String>,
    /// How the outcome is printed
    #[arg(
        long,
        value_enum,
        default_value = "terminal",
        conflicts_with = "generate"
    )]
    format: TestFormat,
}

/// How the outcome is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people
    Terminal,
    /// One JSON object
    Json,
}

/// What came of one library.
#[derive(Debug)]
struct Tested {
    sources: Sources,
    /// Errors of the trees asked for, then what their tests leave to be desired.
    errors: Vec<Diagnostic>,
    findings: Vec<Diagnostic>,
    reports: Vec<TreeReport>,
    /// Trees asked for that cannot be tested, as they or trees that they lead to have errors.
    untested: Vec<String>,
}

impl Tested {
    /// Whether there is anything to mend.
    fn is_clean(&self) -> bool {
        self.errors.is_empty()
            && self.findings.is_empty()
            && self.untested.is_empty()
            && self.reports.iter().all(|report| report.failed() == 0)
    }
}

/// Runs the tests and prints what came of them on standard output.
///
/// # Errors
/// A path cannot be read, or standard output cannot be written.
pub fn run(command: &Test, library: Option<&Path>, store: Option<&str>) -> anyhow::Result<Exit> {
    if let Some(case) = &command.from_case {
        return from_case::print(case, library, store);
    }
    let options = command.rules.options();
    // A warning is no reason not to run a tree's tests: strictness only concerns what is reported.
    let lenient = Options {
        strict: false,
        ..options.clone()
    };
    let selections = workspace::select(&command.paths, library, &lenient)?;
    if command.generate {
        return generate::print(selections, options.today);
    }
    let tested: Vec<Tested> = selections
        .into_iter()
        .map(|selection| test(selection, &options))
        .collect();
    let mut out = io::stdout().lock();
    match command.format {
        TestFormat::Terminal => text::print(&tested, command.coverage, &mut out)?,
        TestFormat::Json => json::print(&tested, &mut out)?,
    }
    out.flush()?;
    Ok(if tested.iter().all(Tested::is_clean) {
        Exit::Success
    } else {
        Exit::Findings
    })
}

fn test(selection: Selection, options: &Options) -> Tested {
    let errors: Vec<Diagnostic> = selection
        .findings()
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    let asked: Vec<(String, FileId)> = selection.trees().cloned().collect();
    let sources = selection.loaded.sources;
    let sound = selection.loaded.compilation.into_sound_part().ok();
    let (mut reports, mut untested) = (Vec::new(), Vec::new());
    for (name, _) in asked {
        match sound
            .as_ref()
            .and_then(|part| report(part, &name, options.today))
        {
            Some(report) => reports.push(report),
            None => untested.push(name),
        }
    }
    let findings = sound.map_or_else(Vec::new, |part| findings(&part, &reports, options));
    Tested {
        sources,
        errors,
        findings,
        reports,
        untested,
    }
}

fn report(part: &SoundPart, tree: &str, today: Date) -> Option<TreeReport> {
    treetest::run(part, part.library.find(tree)?, today)
}

/// What the tests leave to be desired, after `allow:`, `--allow` and `--strict`.
fn findings(part: &SoundPart, reports: &[TreeReport], options: &Options) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for report in reports {
        let script = part
            .library
            .find(&report.tree)
            .and_then(|id: TreeId| part.scripts.get(id.0 as usize));
        findings.extend(
            script
                .into_iter()
                .flat_map(|script| treetest::findings(report, script)),
        );
    }
    settle(
        &mut findings,
        part.library_script.as_ref(),
        &part.scripts,
        options,
    );
    findings
}
