//! `fixpath schema`.

use std::io::{self, Write as _};

use clap::Args;

use crate::syntax::{FileKind, json_schema};

use super::output::Exit;

/// Print the JSON Schema of the language, for editors
#[derive(Debug, Args)]
pub struct Schema {
    /// That of the library file, `fixpath.yaml`, instead of that of trees
    #[arg(long)]
    library_file: bool,
}

/// Prints the schema.
///
/// # Errors
/// Standard output cannot be written.
pub fn run(command: &Schema) -> anyhow::Result<Exit> {
    let kind = if command.library_file {
        FileKind::Library
    } else {
        FileKind::Tree
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &json_schema(kind)).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(Exit::Success)
}
