//! `fixpath new NAME`.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;

use crate::compile::Options;
use crate::diagnostic::Code;
use crate::load::Files;
use crate::load::locate::{LIBRARY_FILE, Origin};
use crate::syntax::Limits;

use super::output::Exit;
use super::workspace;

/// Write a small tree to start from, with comments that teach
#[derive(Debug, Args)]
pub struct New {
    /// The tree's name, like network/wifi
    name: String,
    /// Print it instead of writing a file
    #[arg(long)]
    print: bool,
}

/// Writes the tree's file, and a library file where there is no library yet. Nothing is ever overwritten.
///
/// # Errors
/// The name is no name for a tree, there is such a file, or it cannot be written.
pub fn run(command: &New, library: Option<&Path>) -> anyhow::Result<Exit> {
    check_name(&command.name)?;
    let origin = workspace::origin(library)?;
    let text = match &origin {
        Origin::Folder(_) => tree_in(&command.name, &origin)?,
        Origin::BuiltIn => tree(&command.name, "desk", ""),
    };
    if command.print {
        io::stdout().write_all(text.as_bytes())?;
        return Ok(Exit::Success);
    }
    let folder = match origin {
        Origin::Folder(root) => root,
        Origin::BuiltIn => start_library()?,
    };
    let path = folder.join(format!("{}.yaml", command.name));
    write_new(&path, &text)?;
    let shown = path.display();
    writeln!(
        io::stdout(),
        "Wrote {shown}. Walk it with `fixpath run {}`.",
        command.name
    )?;
    Ok(Exit::Success)
}

/// The parts of a name are folders and a file: small letters, digits and `_`, a letter first.
fn check_name(name: &str) -> anyhow::Result<()> {
    let fits = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_lowercase())
            && part
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    };
    anyhow::ensure!(
        name.split('/').all(fits),
        "`{name}` is no name for a tree: write small letters, digits and `_`, folders with `/`, like network/wifi"
    );
    Ok(())
}

/// What a tree says that has to bring its own exit.
const STUCK: &str = "stuck:                  # the exit that every step offers\n  escalate: TEAM\n  reason: The script did not help\n\n";

/// The example as it fits a library: handed over to one of its teams, with an exit of its own where the library has none.
fn tree_in(name: &str, origin: &Origin) -> anyhow::Result<String> {
    let limits = Limits::default();
    let options = Options::new(workspace::today());
    let mut files = Files::read(origin, &limits)?;
    let before = files.compile(&options);
    let team = before
        .compilation
        .teams()
        .first()
        .map_or("desk", |team| &*team.key);
    let text = tree(name, team, "");
    files.replace(name, name, text.as_bytes().to_vec());
    let loaded = files.compile(&options);
    let is_stuck = loaded.compilation.diagnostics.iter().any(|finding| {
        finding.code == Code::NoStuck
            && loaded.sources.file(finding.primary.place.file).path() == name
    });
    Ok(if is_stuck {
        tree(name, team, STUCK)
    } else {
        text
    })
}

/// The example under this name.
fn tree(name: &str, team: &str, stuck: &str) -> String {
    let title = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
    let mut letters = title.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    include_str!("new/tree.yaml")
        .replace("TITLE", &format!("{first}{}", letters.as_str()))
        .replace("STUCK", &stuck.replace("TEAM", team))
        .replace("escalate: desk", &format!("escalate: {team}"))
}

/// Makes `trees/` with a library file here.
fn start_library() -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from("trees");
    write_new(&folder.join(LIBRARY_FILE), include_str!("new/library.yaml"))?;
    writeln!(
        io::stdout(),
        "Wrote trees/{LIBRARY_FILE}: what all trees share."
    )?;
    Ok(folder)
}

/// Writes a file that is not there yet.
fn write_new(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)
            .with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let mut file = File::create_new(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            anyhow::anyhow!("{} is there already; nothing was changed", path.display())
        }
        _ => anyhow::anyhow!("{} cannot be written: {error}", path.display()),
    })?;
    file.write_all(text.as_bytes())
        .with_context(|| format!("{} cannot be written", path.display()))
}
