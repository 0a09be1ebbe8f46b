//! Floor 6: finds and reads the files of a library, the only place that does, and reads them again when they change;
//! the built-in trees; pictures; the search.
//! What the files say is `compile`'s business.

pub mod builtin;
pub mod folder;
pub mod live;
pub mod locate;
pub mod media;
pub mod search;

mod names;
mod parse;
mod template;
mod text;
mod walkable;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

use crate::compile::{self, Compilation, Options};
use crate::diagnostic::{Code, Diagnostic};
use crate::hooks::{self, Hooks, TemplateFiles};
use crate::source::{FileId, Place, SourceFile, Sources};
use crate::syntax::{self, LibraryScript, Limits};

use locate::{LIBRARY_FILE, Origin};
use text::Text;

pub use walkable::{Walkable, look_for_team};

/// The files of a library before they are compiled.
#[derive(Debug, Default)]
pub struct Files {
    /// The library file's path as shown, and what it holds.
    library: Option<(String, Text)>,
    /// Trees, sorted by path; two files may claim one name, which `compile` reports.
    trees: Vec<TreeFile>,
    /// Paths in the library of all other files, sorted.
    others: Vec<String>,
    /// The library's folder; none for the built-in trees and for a tree that stands alone.
    root: Option<PathBuf>,
    limits: Limits,
}

/// A tree's file.
#[derive(Debug)]
struct TreeFile {
    name: String,
    /// The path as shown.
    path: String,
    text: Text,
}

/// A library as it was found, compiled, with everything that there is to say about it.
#[derive(Debug)]
pub struct Loaded {
    /// The texts.
    pub sources: Sources,
    /// What came of them.
    pub compilation: Compilation,
    /// Which file each tree is in, sorted by name.
    pub trees: Vec<(String, FileId)>,
    /// What is told to other systems; to those with a mistake nothing is sent.
    pub hooks: Hooks,
}

impl Files {
    /// The files of a library; hidden folders and `locale/` are left out.
    ///
    /// # Errors
    /// A folder or file cannot be read; the error names it.
    pub fn read(origin: &Origin, limits: &Limits) -> anyhow::Result<Self> {
        match origin {
            Origin::BuiltIn => Ok(Self::built_in(*limits)),
            Origin::Folder(root) => Self::of_folder(root, *limits),
        }
    }

    fn built_in(limits: Limits) -> Self {
        let mut files = Self::empty(limits);
        for (path, bytes) in builtin::files() {
            let shown = format!("(built-in) {path}");
            files
                .add(&path, shown, || Ok(Text::of_bytes(bytes.to_vec())))
                .unwrap_or_default();
        }
        files
    }

    fn of_folder(root: &Path, limits: Limits) -> anyhow::Result<Self> {
        let mut files = Self::empty(limits);
        files.root = Some(root.to_owned());
        let found = folder::files(root)
            .with_context(|| format!("the library {} cannot be read", root.display()))?;
        for (path, real) in found {
            files.add(&path, shown(&real), || Text::read(&real, &limits))?;
        }
        Ok(files)
    }

    /// No files yet.
    pub fn empty(limits: Limits) -> Self {
        Self {
            limits,
            ..Self::default()
        }
    }

    /// A tree that stands alone, under the name of its file.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn alone(path: &Path, limits: &Limits) -> anyhow::Result<Self> {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let mut files = Self::empty(*limits);
        files.trees.push(TreeFile {
            name,
            path: shown(path),
            text: Text::read(path, limits)?,
        });
        Ok(files)
    }

    /// Adds a tree that lies elsewhere under the name of its file, in the place of one of that name. Returns the name.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn put_beside(&mut self, path: &Path, limits: &Limits) -> anyhow::Result<String> {
        let alone = Self::alone(path, limits)?;
        let name = alone.trees.first().map(|tree| tree.name.clone());
        let name = name.unwrap_or_default();
        self.trees.retain(|tree| tree.name != name);
        self.trees.extend(alone.trees);
        Ok(name)
    }

    /// Puts a text in a tree's place, as an editor or standard input has it.
    pub fn replace(&mut self, name: &str, path: &str, bytes: Vec<u8>) {
        self.trees.retain(|tree| tree.name != name);
        self.trees.push(TreeFile {
            name: name.to_owned(),
            path: path.to_owned(),
            text: Text::of_bytes(bytes),
        });
    }

    /// Puts another text into a file, by its path as shown.
    pub fn rewrite(&mut self, path: &str, text: &str) {
        let trees = self
            .trees
            .iter_mut()
            .map(|tree| (&tree.path, &mut tree.text));
        let library = self.library.iter_mut().map(|(path, text)| (&*path, text));
        for (known, old) in trees.chain(library) {
            if known == path {
                *old = Text::of_bytes(text.as_bytes().to_vec());
            }
        }
    }

    /// Sorts a file in by its path in the library.
    fn add(
        &mut self,
        path: &str,
        shown: String,
        text: impl FnOnce() -> anyhow::Result<Text>,
    ) -> anyhow::Result<()> {
        if path == LIBRARY_FILE {
            self.library = Some((shown, text()?));
        } else if let Some(name) = folder::tree_name(path) {
            self.trees.push(TreeFile {
                name: name.to_owned(),
                path: shown,
                text: text()?,
            });
        } else {
            self.others.push(path.to_owned());
        }
        Ok(())
    }

    /// Parses all files, several at a time, links them and runs the checks.
    pub fn compile(&self, options: &Options) -> Loaded {
        let mut sources = Sources::default();
        let mut findings: Vec<Diagnostic> = Vec::new();
        let library_file = self.library.as_ref().map(|(path, text)| {
            let file = sources.add(SourceFile::new(path.as_str(), text.as_str()));
            (file, text)
        });
        let mut trees: Vec<(String, FileId)> = Vec::new();
        let (mut readable, mut unread) = (Vec::new(), Vec::new());
        for TreeFile { name, path, text } in &self.trees {
            let file = sources.add(SourceFile::new(path.as_str(), text.as_str()));
            trees.push((name.clone(), file));
            match text.finding(file, &self.limits) {
                Some(finding) => {
                    findings.push(finding);
                    // What leads to it must not be told that it is not there.
                    unread.push(syntax::unread_script(file, name.as_str().into()));
                }
                None => readable.push((name.as_str(), file)),
            }
        }
        let mut library = library_file.map(|(file, text)| match text.finding(file, &self.limits) {
            Some(finding) => {
                findings.push(finding);
                syntax::unread_library(file)
            }
            None => parse::library(&sources, file, &self.limits, &mut findings),
        });
        let hooks = library.as_mut().map_or_else(Hooks::default, |library| {
            let files = self.templates(library, &mut sources, &mut findings);
            hooks::compile(&sources, library, &files, &mut findings)
        });
        let mut scripts = parse::scripts(&sources, &readable, &self.limits, &mut findings);
        scripts.append(&mut unread);
        scripts.sort_by(|left, right| left.name.cmp(&right.name));
        let has = |path: &str| {
            self.others
                .binary_search_by(|other| other.as_str().cmp(path))
                .is_ok()
        };
        // The name of a file that stands alone is nobody's business.
        let named: &[_] = if self.root.is_some() { &trees } else { &[] };
        findings.extend(names::findings(named, &scripts));
        let misplaced = named
            .iter()
            .filter(|(name, file)| names::is_library_file(name, *file, &scripts));
        let misplaced: Vec<FileId> = misplaced.map(|(_, file)| *file).collect();
        let mut compilation = compile::compile(&sources, library, scripts, &has, options, findings);
        compilation.diagnostics.retain(|finding| {
            finding.code == Code::BadName || !misplaced.contains(&finding.primary.place.file)
        });
        Loaded {
            sources,
            compilation,
            trees,
            hooks,
        }
    }

    /// Reads the templates of hooks that the library has.
    fn templates(
        &self,
        library: &mut LibraryScript,
        sources: &mut Sources,
        findings: &mut Vec<Diagnostic>,
    ) -> TemplateFiles {
        let mut read = TemplateFiles::new();
        let templates = library.hooks.iter();
        for word in templates.filter_map(|hook| hook.template.as_ref()) {
            let path = &*word.value;
            let is_there = self
                .others
                .binary_search_by(|other| other.as_str().cmp(path))
                .is_ok();
            if !is_there || read.contains_key(path) {
                continue;
            }
            let place = Place {
                file: library.file,
                span: word.span,
            };
            match template::read(self.root.as_deref(), path, &self.limits) {
                Ok((shown, text)) => {
                    let file = sources.add(SourceFile::new(shown, text.as_str()));
                    library.template_files.push(file);
                    match text.finding(file, &self.limits) {
                        Some(finding) => findings.push(finding),
                        None => drop(read.insert(path.to_owned(), file)),
                    }
                }
                Err(why) => findings.push(Diagnostic::new(Code::MissingFile, place, why)),
            }
        }
        read
    }
}

/// A path as people like to see it: relative to where they are, if it lies below.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
    path.strip_prefix(&here)
        .unwrap_or(path)
        .to_string_lossy()
        .replace('\\', "/")
}
