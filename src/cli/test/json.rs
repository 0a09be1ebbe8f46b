//! The outcome of tests as one JSON object. Lines and columns count from 1, columns in characters.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::diagnostic::Diagnostic;
use crate::diagnostic::render::{self, Format};
use crate::source::{FileId, Sources, Span};
use crate::treetest::{Branch, Failure, TestReport, TreeReport};

use super::Tested;

/// Prints the object.
///
/// # Errors
/// Those of `out`.
pub(super) fn print(tested: &[Tested], out: &mut dyn Write) -> io::Result<()> {
    let reports = || tested.iter().flat_map(|library| &library.reports);
    let tests: usize = reports().map(|report| report.tests.len()).sum();
    let failed: usize = reports().map(TreeReport::failed).sum();
    let mut trees = Vec::new();
    let mut diagnostics = Vec::new();
    let mut untested = Vec::new();
    for library in tested {
        trees.extend(
            library
                .reports
                .iter()
                .map(|report| tree(&library.sources, report)),
        );
        diagnostics.extend(findings(&library.sources, &library.errors)?);
        diagnostics.extend(findings(&library.sources, &library.findings)?);
        untested.extend(library.untested.iter().cloned());
    }
    let all = json!({
        "trees": trees,
        "passed": tests - failed,
        "failed": failed,
        "untested": untested,
        "diagnostics": diagnostics,
    });
    writeln!(out, "{all:#}")
}

/// The findings in the form of `fixpath check --format json`.
fn findings(sources: &Sources, findings: &[Diagnostic]) -> io::Result<Vec<Value>> {
    let mut text = Vec::new();
    render::render(Format::Json, sources, findings, &mut text)?;
    let mut object: Value = serde_json::from_slice(&text).unwrap_or_default();
    Ok(match object.get_mut("diagnostics").map(Value::take) {
        Some(Value::Array(list)) => list,
        _ => Vec::new(),
    })
}

fn tree(sources: &Sources, report: &TreeReport) -> Value {
    let at = |span| line(sources, report.file, span);
    let branch = |branch: &Branch, taken: bool| json!({"name": branch.name, "line": at(branch.span), "taken": taken});
    let branches = report.branches.iter().zip(&report.taken);
    json!({
        "tree": report.tree,
        "path": sources.file(report.file).path(),
        "tests": report.tests.iter().map(|one| test(sources, report, one)).collect::<Vec<_>>(),
        "branches": branches.map(|(one, taken)| branch(one, *taken)).collect::<Vec<_>>(),
    })
}

fn test(sources: &Sources, report: &TreeReport, test: &TestReport) -> Value {
    let failures = test.failures.iter();
    json!({
        "name": test.name,
        "line": line(sources, report.file, test.span),
        "passed": test.passed(),
        "failures": failures.map(|one| failure(sources, report.file, one)).collect::<Vec<_>>(),
    })
}

fn failure(sources: &Sources, file: FileId, failure: &Failure) -> Value {
    let at = |span: Span| line(sources, file, span);
    json!({
        "message": failure.message,
        "help": failure.help,
        "line": at(failure.span),
        "column": sources.file(file).position(failure.span.start).column,
        "walked": failure.walked,
        "stands": failure.stands.as_ref().map(|stands| {
            json!({"step": stands.step, "text": stands.text, "line": at(stands.span)})
        }),
        "ended": failure.ended.as_ref().map(|ended| {
            json!({"name": ended.name, "line": ended.span.map(at)})
        }),
    })
}

fn line(sources: &Sources, file: FileId, span: Span) -> u32 {
    sources.file(file).position(span.start).line
}
