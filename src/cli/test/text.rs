//! The outcome of tests, for people.

use std::io::{self, Write};

use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::{FileId, Sources, Span, neutralise_line};
use crate::treetest::{Failure, TestReport, TreeReport};

use super::super::output::{table, takes_color, width};
use super::Tested;

/// Prints everything: errors first, a line for each tree, what failed, what is missing, and the sums.
///
/// # Errors
/// Those of `out`.
pub(super) fn print(tested: &[Tested], coverage: bool, out: &mut dyn Write) -> io::Result<()> {
    for library in tested {
        findings(library, &library.errors, out)?;
        print_untested(library, out)?;
        let rows: Vec<Vec<String>> = library.reports.iter().map(row).collect();
        out.write_all(table(&rows).as_bytes())?;
        for report in &library.reports {
            for test in report.tests.iter().filter(|test| !test.passed()) {
                out.write_all(failed(&library.sources, report, test).as_bytes())?;
            }
        }
        if coverage {
            out.write_all(untaken(library).as_bytes())?;
        } else {
            let shown: Vec<Diagnostic> = library
                .findings
                .iter()
                .filter(|one| !is_listed(one))
                .cloned()
                .collect();
            findings(library, &shown, out)?;
        }
    }
    writeln!(out, "\n{}", sums(tested))?;
    if !coverage
        && tested
            .iter()
            .any(|library| library.findings.iter().any(is_listed))
    {
        writeln!(
            out,
            "`fixpath test --coverage` lists the branches that no test takes, `--generate` writes tests for them"
        )?;
    }
    Ok(())
}

/// Whether it is enough that `--coverage` lists it: there may be very many.
fn is_listed(finding: &Diagnostic) -> bool {
    finding.code == Code::UntestedBranch && finding.severity == Severity::Warning
}

fn findings(library: &Tested, findings: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    writeln!(out)?;
    let format = Format::Terminal {
        colour: takes_color(),
        width: width(),
    };
    render::render(format, &library.sources, findings, out)
}

fn print_untested(library: &Tested, out: &mut dyn Write) -> io::Result<()> {
    if library.untested.is_empty() {
        return Ok(());
    }
    let names = library.untested.join(", ");
    writeln!(
        out,
        "not tested, because they, trees that they lead to or the library file have errors (`fixpath check` says which): {names}\n"
    )
}

/// `network/wifi   17 tests passed   30 of 30 branches`.
fn row(report: &TreeReport) -> Vec<String> {
    let (all, failed) = (report.tests.len(), report.failed());
    let tests = match (all, failed) {
        (0, _) => "no tests".to_owned(),
        (1, 0) => "1 test passed".to_owned(),
        (_, 0) => format!("{all} tests passed"),
        _ => format!("{failed} of {all} tests failed"),
    };
    let taken = report.branches.len() - report.untaken().count();
    let branches = format!("{taken} of {} branches taken", report.branches.len());
    vec![report.tree.to_string(), tests, branches]
}

/// Everything about a failed test.
fn failed(sources: &Sources, report: &TreeReport, test: &TestReport) -> String {
    let mut text = format!(
        "\n{}: the test `{}` failed\n",
        report.tree,
        neutralise_line(&test.name)
    );
    for failure in &test.failures {
        for line in failure_lines(sources, report.file, failure) {
            text.push_str("  ");
            text.push_str(&neutralise_line(&line));
            text.push('\n');
        }
    }
    text
}

fn failure_lines(sources: &Sources, file: FileId, failure: &Failure) -> Vec<String> {
    let mut lines = Vec::new();
    if !failure.walked.is_empty() {
        lines.push(format!("The walk so far: {}.", failure.walked.join(", ")));
    }
    if let Some(stands) = &failure.stands {
        let place = place(sources, file, stands.span);
        lines.push(format!(
            "It stands at `{}` ({place}): {}",
            stands.step, stands.text
        ));
    }
    lines.push(format!(
        "{}: {}",
        place(sources, file, failure.span),
        failure.message
    ));
    let ended = failure
        .ended
        .as_ref()
        .and_then(|ended| Some((ended, ended.span?)));
    if let Some((ended, span)) = ended {
        lines.push(format!(
            "`{}` stands at {}.",
            ended.name,
            place(sources, file, span)
        ));
    }
    lines.extend(failure.help.clone());
    lines
}

/// `trees/network/wifi.yaml:34`.
fn place(sources: &Sources, file: FileId, span: Span) -> String {
    let file = sources.file(file);
    format!("{}:{}", file.path(), file.position(span.start).line)
}

/// The branches that no test takes, by name, except those of which somebody said that they need none.
fn untaken(library: &Tested) -> String {
    let mut text = String::new();
    for report in &library.reports {
        let missing: Vec<_> = report.untaken().collect();
        if missing.is_empty() {
            continue;
        }
        text.push_str(&format!("\n{}: not taken\n", report.tree));
        let rows: Vec<Vec<String>> = missing
            .iter()
            .map(|branch| {
                let place = place(&library.sources, report.file, branch.span);
                vec![format!("  {}", neutralise_line(&branch.name)), place]
            })
            .collect();
        text.push_str(&table(&rows));
    }
    text
}

fn sums(tested: &[Tested]) -> String {
    let reports = || tested.iter().flat_map(|library| &library.reports);
    let tests: usize = reports().map(|report| report.tests.len()).sum();
    let failed: usize = reports().map(TreeReport::failed).sum();
    let branches: usize = reports().map(|report| report.branches.len()).sum();
    let untaken: usize = reports().map(|report| report.untaken().count()).sum();
    let trees = reports().count();
    let without = tested
        .iter()
        .flat_map(|library| &library.findings)
        .filter(|finding| finding.code == Code::NoTests)
        .count();
    let mut text = format!(
        "{trees} tree{}, {tests} test{}: {} passed, {failed} failed; {} of {branches} branches taken",
        plural(trees),
        plural(tests),
        tests - failed,
        branches - untaken
    );
    if without > 0 {
        text.push_str(&format!(
            "; {without} tree{} without tests",
            plural(without)
        ));
    }
    text
}

const fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}
