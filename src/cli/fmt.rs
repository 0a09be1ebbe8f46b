//! `fixpath fmt [PATH…]`.

mod replace_file;

use std::fs;
use std::io::{self, IsTerminal as _, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use crate::compile::Options;
use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Code, Diagnostic};
use crate::load::Files;
use crate::source::FileId;
use crate::syntax::{self, FileKind, Limits, NotFormatted};

use super::output::{Exit, takes_color, width};
use super::workspace::{self, Selection};
use replace_file::replace_file;

/// Write trees in the house style; they mean the same afterwards
#[derive(Debug, Args)]
pub struct Fmt {
    /// Files, folders, names of trees, or `-` for a tree on standard input; without one, the whole library
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that are not in the house style
    #[arg(long)]
    check: bool,
}

/// A file and what it is to hold.
struct Written {
    path: String,
    text: String,
}

/// What came of files.
#[derive(Default)]
struct Outcome {
    changed: Vec<Written>,
    /// How many are as they should be.
    unchanged: usize,
    /// How many cannot be formatted.
    left_alone: usize,
}

/// Formats files, or says which are not formatted.
///
/// # Errors
/// A path cannot be read or written.
pub fn run(command: &Fmt, library: Option<&Path>) -> anyhow::Result<Exit> {
    if command.paths.iter().any(|path| path.as_os_str() == "-") {
        anyhow::ensure!(
            command.paths.len() == 1,
            "`-` stands alone: standard input is one tree"
        );
        return standard_input(command.check);
    }
    let options = Options::new(workspace::today());
    let mut whole = Outcome::default();
    for selection in workspace::select(&command.paths, library, &options)? {
        let outcome = format_all(selection, &options)?;
        whole.changed.extend(outcome.changed);
        whole.unchanged += outcome.unchanged;
        whole.left_alone += outcome.left_alone;
    }
    for Written { path, text } in &whole.changed {
        if command.check {
            say_unformatted(path)?;
        } else {
            replace_file(path, text)?;
            writeln!(io::stdout(), "{path}: formatted")?;
        }
    }
    sum_up(&whole, command.check)?;
    let clean = whole.left_alone == 0 && (!command.check || whole.changed.is_empty());
    Ok(if clean { Exit::Success } else { Exit::Findings })
}

fn say_unformatted(path: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{path}: not in the house style")
}

/// One line with the numbers of files.
fn sum_up(outcome: &Outcome, check: bool) -> io::Result<()> {
    let done = if check { "to format" } else { "formatted" };
    let mut parts = vec![
        format!("{} {done}", outcome.changed.len()),
        format!("{} as they should be", outcome.unchanged),
    ];
    if outcome.left_alone > 0 {
        parts.push(format!("{} left alone", outcome.left_alone));
    }
    writeln!(io::stderr(), "Files: {}.", parts.join(", "))
}

/// Formats standard input onto standard output.
fn standard_input(check: bool) -> anyhow::Result<Exit> {
    let limits = Limits::default();
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(limits.bytes as u64 + 1)
        .read_to_end(&mut bytes)
        .context("standard input cannot be read")?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut files = Files::empty(limits);
    files.replace("stdin", "<stdin>", bytes);
    let loaded = files.compile(&Options::new(workspace::today()));
    let selection = Selection {
        files,
        loaded,
        wanted: Vec::new(),
    };
    let Some((file, kind)) = files_of(&selection).pop() else {
        return Ok(Exit::Success);
    };
    match format(&selection, file, kind, &text) {
        Err(reason) => {
            leave_alone(&selection, file, &reason)?;
            Ok(Exit::Findings)
        }
        Ok(formatted) if !check => {
            io::stdout().write_all(formatted.as_bytes())?;
            Ok(Exit::Success)
        }
        Ok(formatted) if formatted == text => Ok(Exit::Success),
        Ok(_) => {
            say_unformatted("<stdin>")?;
            Ok(Exit::Findings)
        }
    }
}

/// The new texts of a library's files; nothing is written yet.
fn format_all(selection: Selection, options: &Options) -> anyhow::Result<Outcome> {
    let mut outcome = Outcome::default();
    for (file, kind) in files_of(&selection) {
        let path = selection.loaded.sources.file(file).path().to_owned();
        let bytes = fs::read(&path).with_context(|| {
            format!("{path} cannot be formatted where it is: name a folder of your own")
        })?;
        let before = String::from_utf8_lossy(&bytes);
        match format(&selection, file, kind, &before) {
            Ok(text) if text == before => outcome.unchanged += 1,
            Ok(text) => outcome.changed.push(Written { path, text }),
            Err(reason) => {
                outcome.left_alone += 1;
                leave_alone(&selection, file, &reason)?;
            }
        }
    }
    if !outcome.changed.is_empty() {
        must_mean_the_same(selection, &outcome.changed, options)?;
    }
    Ok(outcome)
}

/// The files asked for, with what they are: what is no tree is the library file.
fn files_of(selection: &Selection) -> Vec<(FileId, FileKind)> {
    let (loaded, wanted) = (&selection.loaded, &selection.wanted);
    let trees: Vec<FileId> = loaded.trees.iter().map(|(_, file)| *file).collect();
    let kind = |file: &FileId| match trees.binary_search(file) {
        Ok(_) => FileKind::Tree,
        Err(_) => FileKind::Library,
    };
    let files = loaded.sources.iter().map(|(file, _)| file);
    files
        .filter(|file| wanted.is_empty() || wanted.contains(file))
        .map(|file| (file, kind(&file)))
        .collect()
}

/// A file's text in the house style.
fn format(
    selection: &Selection,
    file: FileId,
    kind: FileKind,
    text: &str,
) -> Result<String, NotFormatted> {
    if findings(selection, file, &UNREADABLE).is_empty() {
        syntax::format(text, kind, &Limits::default())
    } else {
        Err(NotFormatted::Syntax)
    }
}

/// The findings of a file whose text is none, or is over a limit.
const UNREADABLE: [Code; 2] = [Code::YamlSyntax, Code::TooLarge];

/// The findings of one file that have one of these codes.
fn findings(selection: &Selection, file: FileId, codes: &[Code]) -> Vec<Diagnostic> {
    let findings = selection.loaded.compilation.diagnostics.iter();
    findings
        .filter(|finding| finding.primary.place.file == file && codes.contains(&finding.code))
        .cloned()
        .collect()
}

/// Says why a file is left alone, and what there is to mend.
fn leave_alone(selection: &Selection, file: FileId, reason: &NotFormatted) -> anyhow::Result<()> {
    let sources = &selection.loaded.sources;
    let mut complaints = io::stderr().lock();
    let path = sources.file(file).path();
    writeln!(complaints, "{path}: left alone: {reason}")?;
    let format = Format::Terminal {
        colour: takes_color() && io::stderr().is_terminal(),
        width: width(),
    };
    let codes = match reason {
        NotFormatted::Mistaken(codes) => codes,
        _ => &UNREADABLE[..],
    };
    let findings = findings(selection, file, codes);
    if !findings.is_empty() {
        render::render(format, sources, &findings, &mut complaints)?;
    }
    Ok(())
}

/// Holds the library's hash with the new texts against the one that it has: nothing is written that would not be walked as
/// before.
fn must_mean_the_same(
    mut selection: Selection,
    changed: &[Written],
    options: &Options,
) -> anyhow::Result<()> {
    for written in changed {
        selection.files.rewrite(&written.path, &written.text);
    }
    let after = selection
        .files
        .compile(options)
        .compilation
        .into_sound_part();
    let before = selection.loaded.compilation.into_sound_part();
    let same = match (before, after) {
        (Ok(before), Ok(after)) => {
            before.left_out == after.left_out && before.library.hash() == after.library.hash()
        }
        (Err(_), Err(_)) => true,
        _ => false,
    };
    anyhow::ensure!(
        same,
        "formatting would change what the trees mean, so nothing was written: this is a mistake of fixpath"
    );
    Ok(())
}
