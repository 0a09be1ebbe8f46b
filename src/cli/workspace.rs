//! From the paths and options of a command line to compiled libraries.

use std::collections::{BTreeMap, HashMap};
use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use crate::compile::Options;
use crate::diagnostic::{Diagnostic, Severity};
use crate::hooks::Hooks;
use crate::load::locate::{self, Origin};
use crate::load::{Files, Loaded, Walkable};
use crate::source::{FileId, neutralise_line};
use crate::syntax::Limits;
use crate::tree::TreeId;

/// The name of the tree that standard input holds.
const STDIN_TREE: &str = "stdin";

/// Where the library is: as named, else the nearest upward from here, else the built-in trees.
///
/// # Errors
/// The named folder is not there, or the current folder cannot be told.
pub fn origin(named: Option<&Path>) -> anyhow::Result<Origin> {
    let Some(folder) = named else {
        let here = std::env::current_dir().context("the current folder cannot be told")?;
        return Ok(locate::nearest(&here).map_or(Origin::BuiltIn, Origin::Folder));
    };
    anyhow::ensure!(
        folder.is_dir(),
        "the library {} is not a folder",
        folder.display()
    );
    Ok(Origin::Folder(locate::named(folder)))
}

/// A library and which of its files a command is about.
#[derive(Debug)]
pub struct Selection {
    /// The files.
    pub files: Files,
    /// What came of them.
    pub loaded: Loaded,
    /// The files asked for; all of them where it is empty.
    pub wanted: Vec<FileId>,
}

impl Selection {
    /// The findings of the files asked for, and of no other.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let wanted = |finding: &&Diagnostic| {
            self.wanted.is_empty()
                || self.wanted.contains(&finding.primary.place.file)
                || self.breaks_all(finding)
        };
        self.loaded
            .compilation
            .diagnostics
            .iter()
            .filter(wanted)
            .cloned()
            .collect()
    }

    /// Whether no tree can be walked, whatever stands in its own file: an error of the library file, unless it is about
    /// hooks alone.
    fn breaks_all(&self, finding: &Diagnostic) -> bool {
        let place = finding.primary.place;
        let script = self.loaded.compilation.library_script();
        finding.severity == Severity::Error
            && script
                .is_some_and(|script| script.file == place.file && !script.is_about_hooks(place))
    }

    /// The trees asked for, with their files.
    pub fn trees(&self) -> impl Iterator<Item = &(String, FileId)> {
        self.loaded
            .trees
            .iter()
            .filter(|(_, file)| self.wanted.is_empty() || self.wanted.contains(file))
    }
}

/// Compiles what the paths name: each in the library in which it lies; without a path the whole library; `-` is a tree
/// on standard input, held against the library.
///
/// # Errors
/// A path is not there or cannot be read.
pub fn select(
    paths: &[PathBuf],
    library: Option<&Path>,
    options: &Options,
) -> anyhow::Result<Vec<Selection>> {
    if paths.is_empty() {
        let files = Files::read(&origin(library)?, &Limits::default())?;
        let loaded = files.compile(options);
        return Ok(vec![Selection {
            files,
            loaded,
            wanted: Vec::new(),
        }]);
    }
    let mut by_root: BTreeMap<PathBuf, Vec<PathBuf>> = BTreeMap::new();
    let mut selections = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            selections.push(standard_input(library, options)?);
            continue;
        }
        let real = real_path(path, library)?;
        match root_of(&real, library)? {
            Some(root) => by_root.entry(root).or_default().push(real),
            None if library.is_some() => selections.push(held_against(path, library, options)?),
            None => selections.push(alone(path, options)?),
        }
    }
    for (root, paths) in by_root {
        selections.push(within(root, &paths, options)?);
    }
    Ok(selections)
}

/// The file or folder that is named; where there is none, that in the library, or the tree of that name.
fn real_path(named: &Path, library: Option<&Path>) -> anyhow::Result<PathBuf> {
    let why = match std::fs::canonicalize(named) {
        Ok(real) => return Ok(real),
        Err(why) => why,
    };
    let is_name = named
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if let (true, Origin::Folder(root)) = (is_name, origin(library)?) {
        for ending in ["", ".yaml", ".yml"] {
            let mut file = root.join(named).into_os_string();
            file.push(ending);
            if let Ok(real) = std::fs::canonicalize(&file) {
                return Ok(real);
            }
        }
    }
    Err(why).with_context(|| {
        format!(
            "{} cannot be read, and there is no tree of that name in the library",
            named.display()
        )
    })
}

/// The library in which a file or folder lies; a folder outside any library is one itself; a file there stands alone.
fn root_of(real: &Path, library: Option<&Path>) -> anyhow::Result<Option<PathBuf>> {
    if let Some(Origin::Folder(root)) = library.map(|named| origin(Some(named))).transpose()? {
        let root = std::fs::canonicalize(&root).unwrap_or(root);
        if real.starts_with(&root) {
            return Ok(Some(root));
        }
    }
    let inside =
        |root: PathBuf| (real.starts_with(&root) || root.starts_with(real)).then_some(root);
    if let Some(root) = locate::nearest(real).and_then(inside) {
        return Ok(Some(root));
    }
    Ok(real.is_dir().then(|| real.to_owned()))
}

/// A file that belongs to no library.
fn alone(path: &Path, options: &Options) -> anyhow::Result<Selection> {
    let files = Files::alone(path, &Limits::default())?;
    let loaded = files.compile(options);
    Ok(Selection {
        files,
        loaded,
        wanted: Vec::new(),
    })
}

/// A file that lies in no library, held against the teams, facts and trees of the one that is named.
fn held_against(
    path: &Path,
    library: Option<&Path>,
    options: &Options,
) -> anyhow::Result<Selection> {
    let mut files = Files::read(&origin(library)?, &Limits::default())?;
    let name = files.put_beside(path, &Limits::default())?;
    Ok(only(files, &name, options))
}

/// One tree of these files.
fn only(files: Files, name: &str, options: &Options) -> Selection {
    let loaded = files.compile(options);
    let trees = loaded.trees.iter();
    let wanted = trees
        .filter(|(tree, _)| tree == name)
        .map(|(_, file)| *file)
        .collect();
    Selection {
        files,
        loaded,
        wanted,
    }
}

/// Files and folders of one library.
fn within(root: PathBuf, paths: &[PathBuf], options: &Options) -> anyhow::Result<Selection> {
    let files = Files::read(&Origin::Folder(root.clone()), &Limits::default())?;
    let loaded = files.compile(options);
    anyhow::ensure!(
        loaded.sources.iter().next().is_some(),
        "{} holds no tree: trees end in `.yaml`",
        root.display()
    );
    let mut wanted = Vec::new();
    for path in paths
        .iter()
        .filter(|path| **path != root && !root.starts_with(path))
    {
        let before = wanted.len();
        wanted.extend(
            loaded
                .sources
                .iter()
                .filter(|(_, file)| lies_in(file.path(), path))
                .map(|(id, _)| id),
        );
        anyhow::ensure!(
            wanted.len() > before,
            "{} holds no tree: trees end in `.yaml`",
            path.display()
        );
    }
    Ok(Selection {
        files,
        loaded,
        wanted,
    })
}

/// Whether a shown path is this file or lies in this folder.
fn lies_in(shown: &str, real: &Path) -> bool {
    std::fs::canonicalize(shown).is_ok_and(|path| path.starts_with(real))
}

/// A tree on standard input, held against the nearest library's teams, facts and trees.
fn standard_input(library: Option<&Path>, options: &Options) -> anyhow::Result<Selection> {
    let mut bytes = Vec::new();
    let most = Limits::default().bytes as u64 + 1;
    io::stdin()
        .lock()
        .take(most)
        .read_to_end(&mut bytes)
        .context("standard input cannot be read")?;
    let mut files = Files::read(&origin(library)?, &Limits::default())?;
    files.replace(STDIN_TREE, "<stdin>", bytes);
    Ok(only(files, STDIN_TREE, options))
}

/// Today, here.
pub fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}

/// The library to walk.
///
/// # Errors
/// It cannot be read, or its library file has errors.
pub fn walkable(library: Option<&Path>) -> anyhow::Result<Walkable> {
    let options = walking_options();
    let files = Files::read(&origin(library)?, &Limits::default())?;
    files.walkable(&options)
}

/// As [`walkable`], with no tree where none can be walked: a case goes on with its own.
///
/// # Errors
/// It cannot be read.
pub fn walkable_or_none(library: Option<&Path>) -> anyhow::Result<Walkable> {
    let files = Files::read(&origin(library)?, &Limits::default())?;
    Ok(files.walkable_or_none(&walking_options()))
}

/// The hooks of a library, whatever else is wrong with it.
///
/// # Errors
/// It cannot be read.
pub fn hooks(library: Option<&Path>) -> anyhow::Result<Hooks> {
    let files = Files::read(&origin(library)?, &Limits::default())?;
    Ok(files.compile(&walking_options()).hooks)
}

/// The names of the library's teams by their keys, whatever else is wrong with it; none where it cannot be read.
pub fn team_names(library: Option<&Path>) -> HashMap<Arc<str>, String> {
    let files = origin(library).map(|origin| Files::read(&origin, &Limits::default()));
    let Ok(Ok(files)) = files else {
        return HashMap::new();
    };
    let compilation = files.compile(&walking_options()).compilation;
    let teams = compilation.teams().iter();
    teams
        .filter_map(|team| {
            // Names of teams hold no facts.
            let name = team.name.as_ref()?.0.source();
            Some((Arc::clone(&team.key), neutralise_line(name).into_owned()))
        })
        .collect()
}

/// The library in which a tree's file lies, and the tree's name in it.
///
/// # Errors
/// It cannot be read, or has errors.
fn walkable_file(path: &Path, library: Option<&Path>) -> anyhow::Result<(Walkable, String)> {
    let options = walking_options();
    let mut selections = select(&[path.to_owned()], library, &options)?;
    let selection = selections.pop().context("nothing to walk")?;
    let name = selection.trees().map(|(name, _)| name.clone()).next();
    let name = name.with_context(|| format!("{} is not a tree", path.display()))?;
    let findings = selection.findings();
    anyhow::ensure!(
        findings
            .iter()
            .all(|finding| finding.severity != Severity::Error),
        "{} has errors, so it cannot be walked: run `fixpath check {}`",
        path.display(),
        path.display()
    );
    let walkable = selection.files.walkable(&options)?;
    Ok((walkable, name))
}

/// A tree by its name, or by its file.
///
/// # Errors
/// There is none (with the nearest names), it has errors, or it cannot be read.
pub fn walkable_tree(tree: &str, library: Option<&Path>) -> anyhow::Result<(Walkable, TreeId)> {
    let path = Path::new(tree);
    let is_file = matches!(
        path.extension().and_then(OsStr::to_str),
        Some("yaml" | "yml")
    );
    if !is_file {
        let walkable = walkable(library)?;
        let id = walkable.find(tree)?;
        return Ok((walkable, id));
    }
    let (walkable, name) = walkable_file(path, library)?;
    let id = walkable.find(&name)?;
    Ok((walkable, id))
}

fn walking_options() -> Options {
    Options::new(today())
}
