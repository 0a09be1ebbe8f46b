//! Parses the files of a library, several at a time.

use std::num::NonZero;
use std::thread;

use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources};
use crate::syntax::{self, LibraryScript, Limits, Script};

/// Fewer files than this are not worth a second thread.
const WORTH_A_THREAD: usize = 8;

/// The library file.
pub fn library(
    sources: &Sources,
    file: FileId,
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> LibraryScript {
    syntax::parse_library(file, sources.file(file), limits, findings)
}

/// The trees, in the order given.
pub fn scripts(
    sources: &Sources,
    trees: &[(&str, FileId)],
    limits: &Limits,
    findings: &mut Vec<Diagnostic>,
) -> Vec<Script> {
    let threads = thread::available_parallelism()
        .map_or(1, NonZero::get)
        .min(trees.len() / WORTH_A_THREAD)
        .max(1);
    let size = trees.len().div_ceil(threads).max(1);
    let parts: Vec<(Vec<Script>, Vec<Diagnostic>)> = thread::scope(|scope| {
        let running: Vec<_> = trees
            .chunks(size)
            .map(|part| scope.spawn(|| parse(sources, part, limits)))
            .collect();
        running
            .into_iter()
            .zip(trees.chunks(size))
            .map(|(thread, part)| {
                // A thread can only fail by a panic, which is a bug; the part is then read again here, where it shows.
                thread
                    .join()
                    .unwrap_or_else(|_| parse(sources, part, limits))
            })
            .collect()
    });
    let mut scripts = Vec::with_capacity(trees.len());
    for (part, found) in parts {
        scripts.extend(part);
        findings.extend(found);
    }
    scripts
}

/// Some trees, one after the other.
fn parse(
    sources: &Sources,
    trees: &[(&str, FileId)],
    limits: &Limits,
) -> (Vec<Script>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let scripts = trees
        .iter()
        .map(|(name, file)| {
            syntax::parse_script(
                *file,
                (*name).into(),
                sources.file(*file),
                limits,
                &mut findings,
            )
        })
        .collect();
    (scripts, findings)
}
