//! Floor 5: scripts → a linked [`Library`] with findings. It resolves names, types values, puts remedies in order, runs
//! the checks, and hands a library out only where nothing is wrong. It reads no files and knows no YAML.
//!
//! Stages: every tree is outlined (its nodes get their names), the library's declarations are read, every tree is
//! linked (its nodes are filled in and joined), and every tree is checked. Trees are independent of one another within
//! a stage and are worked on in parallel. Nothing recurses over the graph.

mod best_order;
mod calls;
mod compilation;
mod declared_question;
mod desk;
mod edges;
mod ends;
mod facts;
mod gaps;
mod images;
mod link;
mod lint;
mod literal;
mod misdeclared_fact;
mod misnamed_step;
mod missing_step;
mod misspelled_declaration;
mod misspelled_step;
mod number_question;
mod options;
mod outline;
mod parallel;
mod probes;
mod question;
mod ranges;
mod rings;
mod scope;
mod set;
mod shared;
mod texts;
mod theme;
mod tries;
mod way;

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use crate::check::{self, Places, Subject};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Sources, Span};
use crate::syntax::{LibraryScript, Script};
use crate::tree::{Library, Step, TreeId};

pub use compilation::{Compilation, SoundPart};
pub use lint::settle;
pub use options::Options;
pub use shared::HasFile;
pub use theme::is_origin;

use link::{Link, Linked, link};
use misdeclared_fact::Blame;
use outline::{Outline, outline};
use shared::{Findings, Shared, built_in_types, faults, misnamed_facts, torn_files};

/// Compiles a library.
///
/// `has_file` answers whether the library's folder has a file of that path (for pictures and templates); `findings`
/// are those that reading the files gave.
pub fn compile(
    sources: &Sources,
    library: Option<LibraryScript>,
    mut scripts: Vec<Script>,
    has_file: &HasFile<'_>,
    options: &Options,
    mut findings: Vec<Diagnostic>,
) -> Compilation {
    scripts.sort_by(|left, right| left.name.cmp(&right.name));
    one_of_a_name(&mut scripts, &mut findings);
    let linked = link_all(sources, library.as_ref(), &scripts, has_file, &mut findings);
    let mut compilation = Compilation {
        diagnostics: Vec::new(),
        library: linked.library,
        library_script: library,
        scripts,
        places: linked.places,
        links: linked.links,
    };
    let doubtful = misdeclared_fact::settle(
        sources,
        compilation.library_script.as_ref(),
        &compilation.scripts,
        &compilation.library.facts,
        &linked.blames,
        &mut findings,
    );
    misspelled_declaration::settle(sources, compilation.library_script.as_ref(), &mut findings);
    let found = check_all(&compilation, sources, options).into_iter();
    findings.extend(
        found.filter(|finding| !misdeclared_fact::is_in_doubt(sources, finding, &doubtful)),
    );
    lint::settle(
        &mut findings,
        compilation.library_script.as_ref(),
        &compilation.scripts,
        options,
    );
    compilation.diagnostics = findings;
    compilation
}

/// Two files of one tree's name (`wifi.yaml` and `wifi.yml`): the first one counts.
fn one_of_a_name(scripts: &mut Vec<Script>, findings: &mut Findings) {
    scripts.dedup_by(|second, first| {
        let same = second.name == first.name;
        if same {
            let start = |file| Place {
                file,
                span: Span::default(),
            };
            let message = format!("a second file holds a tree named `{}`", second.name);
            let finding = Diagnostic::new(Code::BadName, start(second.file), message)
                .also(start(first.file), "this is the first one")
                .help("rename one of the files: a tree's name is its path without the ending");
            findings.push(finding);
        }
        same
    });
}

/// All trees, linked into a library.
struct LinkedLibrary {
    library: Library,
    places: Vec<Places>,
    links: Vec<Vec<Link>>,
    blames: Vec<Blame>,
}

fn link_all(
    sources: &Sources,
    library: Option<&LibraryScript>,
    scripts: &[Script],
    has_file: &HasFile<'_>,
    findings: &mut Findings,
) -> LinkedLibrary {
    let steps = scripts.iter().map(|script| script.steps.len()).sum();
    let mut outlines = parallel::map(scripts, steps, |_, script| outline(script));
    let (audiences, channels) = built_in_types();
    let mut shared = Shared {
        sources,
        library_script: library,
        torn: torn_files(sources, library, scripts, findings),
        lost_a_name: library.is_some_and(LibraryScript::lost_a_name),
        faults: faults(findings),
        misnamed_facts: misnamed_facts(library),
        scripts,
        returns: outlines
            .iter_mut()
            .map(|outline| mem::take(&mut outline.returns))
            .collect(),
        teams: library.and_then(|library| {
            let teams = library.teams.as_ref()?;
            Some(teams.iter().map(|team| &*team.key.value).collect())
        }),
        facts: facts::facts(sources, library, scripts, &outlines, findings),
        stuck: None,
        has_file,
        audiences,
        channels,
    };
    let mut blames = Vec::new();
    shared.stuck =
        library.and_then(|library| library_stuck(library, &shared, findings, &mut blames));
    let desk = desk::desk(&shared, findings);
    let linked = link_trees(&shared, outlines, steps);
    let mut trees = Vec::with_capacity(linked.len());
    let mut places = Vec::with_capacity(linked.len());
    let mut links = Vec::with_capacity(linked.len());
    for linked in linked {
        trees.push(Arc::new(linked.tree));
        places.push(linked.places);
        links.push(linked.links);
        findings.extend(linked.findings);
        blames.extend(linked.blames);
    }
    let all: Vec<&[Link]> = links.iter().map(Vec::as_slice).collect();
    findings.extend(rings::rings(scripts, &all));
    LinkedLibrary {
        library: Library {
            name: desk.name,
            locale: desk.locale,
            trees,
            facts: shared.facts,
            teams: desk.teams,
            matrix: desk.matrix,
            glossary: desk.glossary,
            incidents: desk.incidents,
            theme: desk.theme,
            ..Library::default()
        },
        places,
        links,
        blames,
    }
}

/// Links every tree. An outline is used up by its linking, whichever thread does it.
fn link_trees(shared: &Shared<'_>, outlines: Vec<Outline<'_>>, steps: usize) -> Vec<Linked> {
    let outlines: Vec<_> = outlines
        .into_iter()
        .map(|outline| Mutex::new(Some(outline)))
        .collect();
    let linked = parallel::map(&outlines, steps, |at, place| {
        let outline = place
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()?;
        let script = shared.scripts.get(at)?;
        Some(link(script, outline, shared))
    });
    linked.into_iter().flatten().collect()
}

/// The library's own `stuck`, linked as if it stood in a tree with nothing else in it: it can name shared facts alone.
fn library_stuck(
    library: &LibraryScript,
    shared: &Shared<'_>,
    findings: &mut Findings,
    blames: &mut Vec<Blame>,
) -> Option<Step> {
    let mut script = Script::empty(library.file, "stuck".into());
    script.stuck = Some(library.stuck.clone()?);
    let linked = link(&script, outline(&script), shared);
    findings.extend(linked.findings);
    blames.extend(linked.blames);
    let tree = linked.tree;
    Some(tree.step(tree.stuck()).clone())
}

/// Runs the checks over every tree and the library file. Those on scripts and those on graphs take about as long.
fn check_all(compilation: &Compilation, sources: &Sources, options: &Options) -> Findings {
    let ids = (0..compilation.scripts.len()).map(|at| TreeId(at as u32));
    let subjects: Vec<_> = ids
        .filter_map(|id| compilation.subject(sources, id, options))
        .collect();
    let steps = subjects.iter().map(|subject| subject.tree.len()).sum();
    let checks: [fn(&[Subject<'_>]) -> Findings; 2] = [check::on_scripts, check::on_graphs];
    let found = parallel::map(&checks, steps, |_, check| check(&subjects));
    let mut findings = found.concat();
    if let Some(script) = compilation.library_script() {
        findings.extend(check::on_library(sources, script, &compilation.library));
    }
    findings
}
