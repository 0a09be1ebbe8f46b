//! Puts another text into a file in one go: whoever reads it sees the old text or the new one, never half of it.

use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::{io, process};

use anyhow::Context as _;

/// Replaces what a file holds. Its permissions stay; a link stays a link, and what it leads to is replaced.
///
/// # Errors
/// The file is not there or may not be written; it is as it was.
pub fn replace_file(path: &str, text: &str) -> anyhow::Result<()> {
    let failed = || format!("{path} cannot be written");
    let real = fs::canonicalize(path).with_context(failed)?;
    let permissions = fs::metadata(&real).with_context(failed)?.permissions();
    anyhow::ensure!(
        !permissions.readonly(),
        "{path} cannot be written: it is read-only"
    );
    let folder = real.parent().with_context(failed)?;
    let name = real.file_name().with_context(failed)?.to_string_lossy();
    // Hidden files are no part of a library.
    let draft = folder.join(format!(".{name}.{}", process::id()));
    write_new(&draft, text)
        .and_then(|()| fs::set_permissions(&draft, permissions))
        .and_then(|()| fs::rename(&draft, &real))
        .inspect_err(|_| drop(fs::remove_file(&draft)))
        .with_context(failed)
}

/// Writes a file that nobody else has.
fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
