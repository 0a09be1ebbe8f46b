//! What the trees of a library share while they are linked: declarations, names of trees, what each returns.

use std::collections::HashSet;
use std::sync::Arc;

use crate::condition::FactType;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources};
use crate::syntax::{LibraryScript, Script};
use crate::tree::{Audience, Channel, FactDeclaration, Step, TreeId};

/// Answers whether the library has a file of that path (relative to its folder, `/` between its parts).
pub type HasFile<'f> = dyn Fn(&str) -> bool + Sync + 'f;

/// Read by all trees while they are linked, on several threads; changed by none.
pub(super) struct Shared<'a> {
    pub sources: &'a Sources,
    pub library_script: Option<&'a LibraryScript>,
    /// The files of which something could not be read at all.
    pub torn: HashSet<FileId>,
    /// Sorted by name; the place is the [`TreeId`].
    pub scripts: &'a [Script],
    /// By [`TreeId`]: the values that each tree can return.
    pub returns: Vec<Vec<Arc<str>>>,
    /// Sorted by name.
    pub facts: Vec<FactDeclaration>,
    /// The library's own `stuck`, linked.
    pub stuck: Option<Step>,
    pub has_file: &'a HasFile<'a>,
    /// What `audience` can be.
    pub audiences: FactType,
    /// What `channel` can be.
    pub channels: FactType,
}

impl<'a> Shared<'a> {
    /// The tree of that name.
    pub fn tree(&self, name: &str) -> Option<TreeId> {
        self.scripts
            .binary_search_by(|script| (*script.name).cmp(name))
            .ok()
            .map(|at| TreeId(at as u32))
    }

    /// The script of a tree.
    pub fn script(&self, id: TreeId) -> Option<&'a Script> {
        self.scripts.get(id.0 as usize)
    }

    /// The place of a shared fact's declaration, and the declaration.
    pub fn fact(&self, name: &str) -> Option<(u32, &FactDeclaration)> {
        let at = self
            .facts
            .binary_search_by(|fact| (*fact.name).cmp(name))
            .ok()?;
        self.facts.get(at).map(|fact| (at as u32, fact))
    }

    /// Whether the library file says which shared facts there are; otherwise they are those that trees name.
    pub fn facts_are_declared(&self) -> bool {
        self.library_script
            .is_some_and(|library| library.facts.is_some())
    }

    /// Whether the part of the library file that could not be read may declare this name, so that who uses it must
    /// not be blamed.
    pub fn library_may_name(&self, name: &str) -> bool {
        self.library_script.is_some_and(|library| {
            let torn = library.broken || self.torn.contains(&library.file);
            torn && may_name(self.sources.file(library.file).text(), name)
        })
    }

    /// Whether a file has `stuck:` at its top, so that it was meant to give one.
    pub fn gives_stuck(&self, file: FileId) -> bool {
        let text = self.sources.file(file).text();
        text.lines()
            .any(|line| line.starts_with("stuck:") || line.starts_with("\"stuck\":"))
    }

    /// Whether the part of a tree's file that could not be read may hold this name.
    pub fn script_may_name(&self, script: &Script, name: &str) -> bool {
        let torn = script.broken || self.torn.contains(&script.file);
        torn && may_name(self.sources.file(script.file).text(), name)
    }
}

/// Whether a text has the name as a key or as a value of its own, as far as can be told without parsing it.
fn may_name(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start().trim_start_matches(['-', '"', '\'', ' ']);
        line.strip_prefix(name).is_some_and(|rest| {
            rest.trim_start_matches(['"', '\''])
                .trim_start()
                .starts_with(':')
        })
    })
}

/// One of these words.
fn choice(names: &[&str]) -> FactType {
    FactType::Choice(names.iter().copied().map(Arc::from).collect())
}

/// What `audience` and `channel` can be.
pub(super) fn built_in_types() -> (FactType, FactType) {
    (choice(&Audience::NAMES), choice(&Channel::NAMES))
}

/// The files that hold no proper YAML, or too much of it.
pub(super) fn torn_files(findings: &Findings) -> HashSet<FileId> {
    findings
        .iter()
        .filter(|finding| matches!(finding.code, Code::YamlSyntax | Code::TooLarge))
        .map(|finding| finding.primary.place.file)
        .collect()
}

/// Where findings are collected while a file is compiled.
pub(super) type Findings = Vec<Diagnostic>;
