//! What the trees of a library share while they are linked: declarations, names of trees, what each returns.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::condition::FactType;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources};
use crate::syntax::{LibraryScript, Script};
use crate::tree::{Audience, Channel, FactDeclaration, Step, TreeId};

use super::misnamed_step::{MOST_MISNAMED, is_longer, is_no_name};

/// Answers whether the library has a file of that path (relative to its folder, `/` between its parts).
pub type HasFile<'f> = dyn Fn(&str) -> bool + Sync + 'f;

/// Read by all trees while they are linked, on several threads; changed by none.
pub(super) struct Shared<'a> {
    pub sources: &'a Sources,
    pub library_script: Option<&'a LibraryScript>,
    /// Of each file of which something could not be read: what may be a name in it.
    pub torn: HashMap<FileId, HashSet<&'a str>>,
    /// Whether the library file declares a team or a fact whose name is not there.
    pub lost_a_name: bool,
    /// See [`misnamed_facts`].
    pub misnamed_facts: Vec<&'a str>,
    /// Of each file: where something stands that could not be read or is in a wrong place, in order.
    pub faults: HashMap<FileId, Vec<u32>>,
    /// Sorted by name; the place is the [`TreeId`].
    pub scripts: &'a [Script],
    /// By [`TreeId`]: the values that each tree can return.
    pub returns: Vec<Returns>,
    /// The teams that the library file declares, if it declares some.
    pub teams: Option<BTreeSet<&'a str>>,
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

    /// Whether the library file may declare facts that could not be read: what trees name is all that is known of them.
    pub fn facts_are_unread(&self) -> bool {
        self.library_script
            .is_some_and(|library| library.broken && library.facts.is_none())
    }

    /// Whether the part of the library file that could not be read may declare this name, so that who uses it must
    /// not be blamed.
    pub fn library_may_name(&self, name: &str) -> bool {
        self.lost_a_name
            || self.library_script.is_some_and(|library| {
                let mut misnamed = self.misnamed_facts.iter();
                self.may_name(library.file, name)
                    // `callback number` for `callback`.
                    || misnamed.any(|declared| is_longer(declared, name))
            })
    }

    /// Whether a file has `stuck:` at its top, so that it was meant to give one.
    pub fn gives_stuck(&self, file: FileId) -> bool {
        let text = self.sources.file(file).text();
        text.lines()
            .any(|line| line.starts_with("stuck:") || line.starts_with("\"stuck\":"))
    }

    /// Whether something stands between these places, both included, that could not be read or is in a wrong place, so
    /// that what seems to be missing may be that.
    pub fn has_fault(&self, file: FileId, from: u32, to: u32) -> bool {
        let Some(faults) = self.faults.get(&file) else {
            return false;
        };
        let first = faults.partition_point(|at| *at < from);
        faults.get(first).is_some_and(|at| *at <= to)
    }

    /// Whether the part of a file that could not be read may hold this name.
    pub fn may_name(&self, file: FileId, name: &str) -> bool {
        self.torn
            .get(&file)
            .is_some_and(|names| names.contains(name))
    }
}

/// The facts that are declared under what is no name, which has been reported there; the first of many.
pub(super) fn misnamed_facts(library: Option<&LibraryScript>) -> Vec<&str> {
    let facts = library.iter().flat_map(|library| library.facts.iter());
    let names = facts.flatten().map(|fact| &*fact.name.value);
    names
        .filter(|name| is_no_name(name))
        .take(MOST_MISNAMED)
        .collect()
}

/// What a tree returns.
#[derive(Debug, Default)]
pub(super) struct Returns {
    /// The values, in the order of their first writing.
    pub values: Vec<Arc<str>>,
    /// Whether some part could not be read, so that there may be more of them.
    pub more: bool,
}

/// What may be a name in a text, as far as can be told without parsing it: whatever stands before a colon.
fn possible_names(text: &str) -> HashSet<&str> {
    let quotes = |character: char| matches!(character, ' ' | '-' | '"' | '\'' | '*' | '`' | '\r');
    text.split(['\n', '{', ',', '}'])
        .filter_map(|part| part.split_once(':'))
        .map(|(name, _)| name.trim_matches(quotes))
        .collect()
}

/// One of these words.
fn choice(names: &[&str]) -> FactType {
    FactType::Choice(names.iter().copied().map(Arc::from).collect())
}

/// What `audience` and `channel` can be.
pub(super) fn built_in_types() -> (FactType, FactType) {
    (choice(&Audience::NAMES), choice(&Channel::NAMES))
}

/// The files of which something could not be read, each with what may be a name in it: those that say so, and those that
/// hold no proper YAML, or too much of it.
pub(super) fn torn_files<'a>(
    sources: &'a Sources,
    library: Option<&LibraryScript>,
    scripts: &[Script],
    findings: &Findings,
) -> HashMap<FileId, HashSet<&'a str>> {
    let library = library.filter(|library| library.broken);
    let scripts = scripts.iter().filter(|script| script.broken);
    let findings = findings
        .iter()
        .filter(|finding| matches!(finding.code, Code::YamlSyntax | Code::TooLarge))
        .map(|finding| finding.primary.place.file);
    let files: HashSet<FileId> = library
        .map(|library| library.file)
        .into_iter()
        .chain(scripts.map(|script| script.file))
        .chain(findings)
        .collect();
    files
        .into_iter()
        .map(|file| (file, possible_names(sources.file(file).text())))
        .collect()
}

/// See [`Shared::faults`].
pub(super) fn faults(findings: &Findings) -> HashMap<FileId, Vec<u32>> {
    let mut faults: HashMap<FileId, Vec<u32>> = HashMap::new();
    let misplaced = |code| matches!(code, Code::YamlSyntax | Code::UnknownKey | Code::BadName);
    for finding in findings.iter().filter(|finding| misplaced(finding.code)) {
        let place = finding.primary.place;
        faults.entry(place.file).or_default().push(place.span.start);
    }
    for places in faults.values_mut() {
        places.sort_unstable();
    }
    faults
}

/// Where findings are collected while a file is compiled.
pub(super) type Findings = Vec<Diagnostic>;
