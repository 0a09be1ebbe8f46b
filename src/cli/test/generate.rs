//! `fixpath test --generate`: YAML on standard output and nothing else there, so that it can be piped into a file.

use std::io::{self, Write};

use jiff::civil::Date;

use crate::compile::SoundPart;
use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::FileId;
use crate::treetest;

use super::super::output::Exit;
use super::super::workspace::Selection;

/// Generates and prints tests for the trees asked for.
///
/// # Errors
/// Standard output cannot be written.
pub(super) fn print(selections: Vec<Selection>, today: Date) -> anyhow::Result<Exit> {
    let mut exit = Exit::Success;
    let mut out = io::stdout().lock();
    for selection in selections {
        if !print_selection(selection, today, &mut out)? {
            exit = Exit::Findings;
        }
    }
    out.flush()?;
    Ok(exit)
}

/// Prints the tests of one library's trees; whether all of them could be looked at.
fn print_selection(selection: Selection, today: Date, out: &mut dyn Write) -> anyhow::Result<bool> {
    let asked: Vec<(String, FileId)> = selection.trees().cloned().collect();
    let errors: Vec<Diagnostic> = selection
        .findings()
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .collect();
    let sources = selection.loaded.sources;
    let mut complaints = io::stderr().lock();
    if !errors.is_empty() {
        render::render(Format::Concise, &sources, &errors, &mut complaints)?;
    }
    let sound = selection.loaded.compilation.into_sound_part().ok();
    let mut all = errors.is_empty();
    for (name, file) in asked {
        let path = sources.file(file).path();
        match sound.as_ref().and_then(|part| yaml(part, &name, today)) {
            Some(text) if text.is_empty() => {
                writeln!(complaints, "{name}: the tests take every branch")?;
            }
            Some(text) => write!(out, "# {name}, for {path}\n{text}")?,
            None => {
                all = false;
                writeln!(
                    complaints,
                    "{name}: it, a tree that it leads to or the library file has errors: run `fixpath check`"
                )?;
            }
        }
    }
    Ok(all)
}

/// The tests that a tree lacks; an empty text where it lacks none.
fn yaml(part: &SoundPart, tree: &str, today: Date) -> Option<String> {
    let id = part.library.find(tree)?;
    let report = treetest::run(part, id, today)?;
    Some(treetest::generate(part, id, &report, today)?.yaml())
}
