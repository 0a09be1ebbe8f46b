//! Text → script: both layers in a row, and again where one mend explains several findings.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile};

use super::controls::without_controls;
use super::lower::Lower;
use super::repair::{Reading, repaired};
use super::yaml::{Edits, read_edited};
use super::{LibraryScript, Limits, Script};

/// Reads a tree. What is wrong with its shape goes to `findings`; what could not be read is left out or broken.
pub fn parse_script(
    file: FileId,
    name: Arc<str>,
    source: &SourceFile,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> Script {
    let script = parse(file, source, limits, findings, |lower| {
        lower.tree(Arc::clone(&name))
    });
    script.unwrap_or_else(|| unread_script(file, name))
}

/// A tree of which nothing is known but that it is there: its file cannot be read.
pub fn unread_script(file: FileId, name: Arc<str>) -> Script {
    let mut script = Script::empty(file, name);
    script.broken = true;
    script
}

/// Reads a library file; as [`parse_script`].
pub fn parse_library(
    file: FileId,
    source: &SourceFile,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> LibraryScript {
    let library = parse(file, source, limits, findings, |lower| lower.library());
    library.unwrap_or_else(|| unread_library(file))
}

/// A library file of which nothing is known but that it is there.
pub const fn unread_library(file: FileId) -> LibraryScript {
    let mut library = LibraryScript::empty(file);
    library.broken = true;
    library
}

/// What a file holds; `None`, and reported, where it is over a limit.
fn parse<T>(
    file: FileId,
    source: &SourceFile,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
    lower: impl Fn(&mut Lower<'_>) -> T,
) -> Option<T> {
    let read = |edits: &Edits, most_errors: usize| {
        let mut findings = Vec::new();
        let yaml = read_edited(
            file,
            source.text(),
            edits,
            limits,
            most_errors,
            &mut findings,
        );
        let script = yaml.map(|yaml| {
            let mut lowering = Lower::new(file, &yaml, limits);
            let script = lower(&mut lowering);
            findings.extend(lowering.into_findings());
            script
        });
        Reading { script, findings }
    };
    let (edits, unreadable) = without_controls(file, source.text());
    let first = read(&edits, usize::MAX);
    let reading = repaired(file, source.text(), edits, first, read);
    findings.extend(unreadable);
    findings.extend(reading.findings);
    reading.script
}
