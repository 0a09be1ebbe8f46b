//! From the paths and options of a command line to compiled libraries.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;

use crate::compile::{Options, SoundPart};
use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::hooks::Hooks;
use crate::load::locate::{self, Origin};
use crate::load::search::SearchIndex;
use crate::load::{Files, Loaded};
use crate::source::FileId;
use crate::syntax::Limits;
use crate::tree::{Audience, Library, TreeId};

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
            self.wanted.is_empty() || self.wanted.contains(&finding.primary.place.file)
        };
        self.loaded
            .compilation
            .diagnostics
            .iter()
            .filter(wanted)
            .cloned()
            .collect()
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
        let real = std::fs::canonicalize(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        match root_of(&real, library)? {
            Some(root) => by_root.entry(root).or_default().push(real),
            None => selections.push(alone(path, options)?),
        }
    }
    for (root, paths) in by_root {
        selections.push(within(root, &paths, options)?);
    }
    Ok(selections)
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

/// Files and folders of one library.
fn within(root: PathBuf, paths: &[PathBuf], options: &Options) -> anyhow::Result<Selection> {
    let files = Files::read(&Origin::Folder(root.clone()), &Limits::default())?;
    let loaded = files.compile(options);
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
    let loaded = files.compile(options);
    let wanted = loaded
        .trees
        .iter()
        .filter(|(name, _)| name == STDIN_TREE)
        .map(|(_, file)| *file)
        .collect();
    Ok(Selection {
        files,
        loaded,
        wanted,
    })
}

/// A library that can be walked, and what had to be left out of it.
#[derive(Debug)]
pub struct Walkable {
    /// The library.
    pub library: Arc<Library>,
    /// Trees with errors, and trees that lead to them.
    pub left_out: Vec<Arc<str>>,
    /// What is told to other systems.
    pub hooks: Hooks,
    /// Whether there are mistakes in them, so that something is not sent.
    pub hooks_are_wrong: bool,
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
    make_walkable(&files, &options)
}

/// The hooks of a library, whatever else is wrong with it.
///
/// # Errors
/// It cannot be read.
pub fn hooks(library: Option<&Path>) -> anyhow::Result<Hooks> {
    let files = Files::read(&origin(library)?, &Limits::default())?;
    Ok(files.compile(&walking_options()).hooks)
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
    let walkable = make_walkable(&selection.files, &options)?;
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

fn make_walkable(files: &Files, options: &Options) -> anyhow::Result<Walkable> {
    let Loaded {
        compilation, hooks, ..
    } = files.compile(options);
    let hooks_are_wrong = compilation.hooks_are_wrong();
    let sound = compilation.into_sound_part();
    let Ok(SoundPart {
        library, left_out, ..
    }) = sound
    else {
        anyhow::bail!("the library has errors, so nothing can be walked: run `fixpath check`");
    };
    Ok(Walkable {
        library: Arc::new(library),
        left_out,
        hooks,
        hooks_are_wrong,
    })
}

impl Walkable {
    /// Looks whether there is such a team. A library that names no teams takes any.
    ///
    /// # Errors
    /// There is none; says which there are.
    pub fn look_for_team(&self, key: &str) -> anyhow::Result<()> {
        let teams = &self.library.teams;
        let known: Vec<&str> = teams.iter().map(|team| &*team.key).collect();
        anyhow::ensure!(
            known.is_empty() || known.contains(&key),
            "there is no team \"{key}\"; there are {}",
            known.join(", ")
        );
        Ok(())
    }

    /// The tree of that name.
    ///
    /// # Errors
    /// There is none (with the nearest names), or it has errors.
    pub fn find(&self, name: &str) -> anyhow::Result<TreeId> {
        if let Some(tree) = self.library.find(name) {
            return Ok(tree);
        }
        anyhow::ensure!(
            !self.left_out.iter().any(|broken| **broken == *name),
            "the tree `{name}`, or one that it leads to, has errors, so it cannot be walked: run `fixpath check`"
        );
        let near = self.near(name);
        let hint = match near.as_slice() {
            [] => "`fixpath list` shows all trees, `fixpath find WORDS` searches them".to_owned(),
            [one] => format!("did you mean `{one}`?"),
            several => format!("did you mean one of {}?", several.join(", ")),
        };
        anyhow::bail!("there is no tree `{name}`; {hint}")
    }

    /// Names near to a wrong one: misspelled as a whole or in their last part, or found by the search.
    fn near(&self, name: &str) -> Vec<String> {
        let names = || self.library.trees.iter().map(|tree| &*tree.name);
        if let Some(whole) = nearest(name, names()) {
            return vec![whole.to_owned()];
        }
        let last = |path: &'_ str| path.rsplit('/').next().unwrap_or_default().to_owned();
        let wanted = last(name);
        let lasts: Vec<String> = names().map(last).collect();
        let nearest = nearest(&wanted, lasts.iter().map(String::as_str)).unwrap_or(&wanted);
        let same: Vec<String> = names()
            .filter(|path| last(path) == nearest)
            .map(str::to_owned)
            .collect();
        if !same.is_empty() {
            return same;
        }
        let index = SearchIndex::new(&self.library);
        let hits = index.find(&name.replace(['/', '_', '-'], " "), Audience::Agent);
        hits.iter()
            .take(3)
            .map(|hit| self.library.tree(hit.tree).name.to_string())
            .collect()
    }
}
