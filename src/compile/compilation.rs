//! What came of a compilation: a library that may be walked, or the reasons why not.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use crate::check::{Places, Subject};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Sources;
use crate::syntax::{LibraryScript, Script};
use crate::tree::{Library, Team, TreeId};

use super::Options;
use super::link::Link;

/// A compiled library with all findings about its files. The library comes out only where there is no error.
#[derive(Debug)]
pub struct Compilation {
    /// All findings, sorted by file and place, after `allow:`, `--allow` and `--strict`.
    pub diagnostics: Vec<Diagnostic>,
    pub(super) library: Library,
    pub(super) library_script: Option<LibraryScript>,
    /// By [`TreeId`], like the three after it.
    pub(super) scripts: Vec<Script>,
    pub(super) places: Vec<Places>,
    pub(super) links: Vec<Vec<Link>>,
}

/// What is left of a library when the trees that must not be walked are taken out.
#[derive(Debug)]
pub struct SoundPart {
    /// Every tree in it is free of errors and leads to such trees only.
    pub library: Arc<Library>,
    /// The names of the trees that were taken out, sorted.
    pub left_out: Vec<Arc<str>>,
    /// The scripts of the trees that are left, by [`TreeId`].
    pub scripts: Vec<Script>,
    /// Where their nodes and edges stand, by [`TreeId`].
    pub places: Vec<Places>,
    /// The library file as written.
    pub library_script: Option<LibraryScript>,
    /// All findings, those about trees that were taken out included.
    pub diagnostics: Vec<Diagnostic>,
}

impl Compilation {
    /// Whether no finding is an error.
    pub fn is_sound(&self) -> bool {
        self.errors().next().is_none()
    }

    fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
    }

    /// The library, ready to be walked.
    ///
    /// # Errors
    /// All findings, where one of them is an error.
    pub fn into_library(self) -> Result<Library, Vec<Diagnostic>> {
        if self.is_sound() {
            Ok(self.library)
        } else {
            Err(self.diagnostics)
        }
    }

    /// The trees that can be walked although others have errors.
    ///
    /// # Errors
    /// All findings, where the library file itself has an error, or no tree is left.
    pub fn into_sound_part(mut self) -> Result<SoundPart, Vec<Diagnostic>> {
        let broken = self.broken_trees();
        if broken.len() == self.library.trees.len() {
            return Err(self.diagnostics);
        }
        let out: HashSet<&str> = broken.iter().map(|name| &**name).collect();
        if !out.is_empty() && self.library.retain(|tree| !out.contains(tree)).is_err() {
            return Err(self.diagnostics);
        }
        let written = self.scripts.into_iter().zip(self.places);
        let (scripts, places) = written
            .filter(|(script, _)| !out.contains(&*script.name))
            .unzip();
        Ok(SoundPart {
            library: Arc::new(self.library),
            scripts,
            places,
            library_script: self.library_script,
            diagnostics: self.diagnostics,
            left_out: broken,
        })
    }

    /// Whether an error is about hooks alone.
    pub fn hooks_are_wrong(&self) -> bool {
        self.errors().any(|finding| self.is_about_hooks(finding))
    }

    /// A file that YAML cannot read may lack anything.
    fn is_about_hooks(&self, finding: &Diagnostic) -> bool {
        let script = self.library_script.as_ref();
        finding.code != Code::YamlSyntax
            && script.is_some_and(|script| script.is_about_hooks(finding.primary.place))
    }

    /// The trees that must not be walked, sorted: those with an error, those that call or lead to such a tree, and all
    /// of them where the library file has an error that is not about hooks alone.
    pub fn broken_trees(&self) -> Vec<Arc<str>> {
        let mut broken = vec![false; self.scripts.len()];
        let mut queue = VecDeque::new();
        let files: HashSet<_> = self
            .errors()
            .filter(|finding| !self.is_about_hooks(finding))
            .map(|finding| finding.primary.place.file)
            .collect();
        let outside = files
            .iter()
            .any(|file| self.scripts.iter().all(|script| script.file != *file));
        for (at, script) in self.scripts.iter().enumerate() {
            if outside || files.contains(&script.file) {
                queue.push_back(at);
            }
        }
        let led_from = self.led_from();
        while let Some(at) = queue.pop_front() {
            match broken.get_mut(at) {
                Some(known) if !*known => *known = true,
                _ => continue,
            }
            queue.extend(led_from.get(at).into_iter().flatten());
        }
        let broken = self.scripts.iter().zip(broken);
        broken
            .filter(|(_, broken)| *broken)
            .map(|(script, _)| Arc::clone(&script.name))
            .collect()
    }

    /// For each tree those that lead to it.
    fn led_from(&self) -> Vec<Vec<usize>> {
        let mut led_from = vec![Vec::new(); self.scripts.len()];
        for (from, links) in self.links.iter().enumerate() {
            for link in links {
                if let Some(list) = led_from.get_mut(link.to.0 as usize) {
                    list.push(from);
                }
            }
        }
        led_from
    }

    /// The teams that the library file declares, sorted by key, whatever else is wrong.
    pub fn teams(&self) -> &[Team] {
        &self.library.teams
    }

    /// The script of each tree, sorted by name; its place is the [`TreeId`].
    pub fn scripts(&self) -> &[Script] {
        &self.scripts
    }

    /// The library file as written.
    pub const fn library_script(&self) -> Option<&LibraryScript> {
        self.library_script.as_ref()
    }

    /// Where the nodes and edges of a tree stand in its file.
    pub fn tree_places(&self, id: TreeId) -> Option<&Places> {
        self.places.get(id.0 as usize)
    }

    /// What a check or an editor looks at: a tree beside its script, broken ones included. It must not be walked: only
    /// [`Compilation::into_library`] and [`Compilation::into_sound_part`] give trees to walk.
    pub fn subject<'a>(
        &'a self,
        sources: &'a Sources,
        id: TreeId,
        options: &Options,
    ) -> Option<Subject<'a>> {
        let at = id.0 as usize;
        Some(Subject {
            sources,
            library_script: self.library_script.as_ref(),
            script: self.scripts.get(at)?,
            library: &self.library,
            id,
            tree: self.library.trees.get(at)?,
            places: self.places.get(at)?,
            today: options.today,
        })
    }
}
