//! Text → script: both layers in a row.

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, SourceFile};

use super::lower::Lower;
use super::yaml::{Yaml, read};
use super::{LibraryScript, Limits, Script};

/// Reads a tree. What is wrong with its shape goes to `findings`; what could not be read is left out or broken.
pub fn parse_script(
    file: FileId,
    name: Arc<str>,
    source: &SourceFile,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> Script {
    match read_file(file, source, limits, findings) {
        Some(yaml) => {
            let mut lower = Lower::new(file, &yaml, limits);
            let script = lower.tree(name);
            findings.extend(lower.into_findings());
            script
        }
        None => {
            let mut script = Script::empty(file, name);
            script.broken = true;
            script
        }
    }
}

/// Reads a library file; as [`parse_script`].
pub fn parse_library(
    file: FileId,
    source: &SourceFile,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> LibraryScript {
    match read_file(file, source, limits, findings) {
        Some(yaml) => {
            let mut lower = Lower::new(file, &yaml, limits);
            let library = lower.library();
            findings.extend(lower.into_findings());
            library
        }
        None => {
            let mut library = LibraryScript::empty(file);
            library.broken = true;
            library
        }
    }
}

/// The document of a file; `None`, and reported, where the file is over a limit.
fn read_file<'s>(
    file: FileId,
    source: &'s SourceFile,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> Option<Yaml<'s>> {
    read(file, source.text(), limits, findings)
}
