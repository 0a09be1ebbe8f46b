//! One fault gives one finding, at its place: shipped trees are spoiled with each typical fault of an author, line by
//! line, and what is found is counted. For each kind of fault so many of a hundred are found exactly once and there; a
//! fault that leaves a sound tree (a line taken away that nobody misses) does not count.

use std::collections::HashSet;
use std::fmt::Write as _;

use fixpath::diagnostic::{Code, Diagnostic};

use super::support::fault::{Fault, KINDS, Page};
use super::support::{Compiled, Files, shipped};

/// The trees that are spoiled; they lead to no others. Together they hold most of the language.
const TREES: [&str; 3] = ["printing/jam", "meetings/camera", "accounts/identity"];

/// Of how many lines one is spoiled, for each kind.
const STRIDE: usize = 23;

/// Percent of the faults of a kind that must give exactly one finding at their place, where it is not [`FLOOR`].
const LOWER: [(&str, usize); 3] = [
    ("a block two too far left", 80),
    ("a body as far left as its step", 60),
    ("semicolons for commas", 60),
];

/// Percent, for most kinds.
const FLOOR: usize = 90;

/// What came of the faults of one kind.
#[derive(Debug, Default)]
struct Tally {
    found: usize,
    once: usize,
    /// What was found otherwise, in words.
    others: String,
}

/// A tree with the library file, and nothing else.
fn alone(tree: &str) -> Files {
    let all = shipped();
    let path = format!("{tree}.yaml");
    Files::new()
        .library(all.text("fixpath.yaml"))
        .file(&path, all.text(&path))
}

/// What makes a finding the same one in two runs.
fn identity(compiled: &Compiled, finding: &Diagnostic) -> (String, Code, String) {
    let file = compiled.sources.file(finding.primary.place.file);
    (
        file.path().to_owned(),
        finding.code,
        finding.message.clone(),
    )
}

/// What a fault adds to the findings of a tree: each with its line, and 0 for another file's.
fn added(
    files: &Files,
    path: &str,
    known: &HashSet<(String, Code, String)>,
) -> Vec<(usize, String)> {
    let compiled = files.compile();
    let findings = compiled.diagnostics().iter();
    findings
        .filter(|finding| !matches!(finding.code, Code::NoTests | Code::UntestedBranch))
        .filter(|finding| !known.contains(&identity(&compiled, finding)))
        .map(|finding| {
            let place = finding.primary.place;
            let file = compiled.sources.file(place.file);
            let line = file.position(place.span.start).line as usize;
            let line = if file.path() == path { line } else { 0 };
            (line, format!("{} {}", finding.code.name(), finding.message))
        })
        .collect()
}

fn judge(tally: &mut Tally, fault: &Fault, found: &[(usize, String)]) {
    if found.is_empty() {
        return;
    }
    tally.found += 1;
    if let [(line, _)] = found
        && fault.lines.contains(line)
    {
        tally.once += 1;
        return;
    }
    let _ = writeln!(tally.others, "  {:?}: {found:?}", fault.lines);
}

/// Spoils one of so many lines of a file in each way.
fn spoil(files: &Files, path: &str, stride: usize, tallies: &mut [Tally]) {
    let sound = files.compile();
    let known: HashSet<_> = sound
        .diagnostics()
        .iter()
        .map(|one| identity(&sound, one))
        .collect();
    let page = Page::new(files.text(path));
    for (at_kind, ((_, spoil), tally)) in KINDS.iter().zip(tallies).enumerate() {
        let lines = (0..page.len()).filter_map(|at| spoil(&page, at));
        for fault in lines.skip(at_kind % stride).step_by(stride) {
            let spoiled = files.clone().replace(path, &fault.text);
            judge(tally, &fault, &added(&spoiled, path, &known));
        }
    }
}

/// What comes of each kind of fault on one of so many lines.
fn tallies(trees: &[&str], stride: usize) -> Vec<Tally> {
    let mut tallies: Vec<Tally> = KINDS.iter().map(|_| Tally::default()).collect();
    for tree in trees {
        let path = format!("{tree}.yaml");
        spoil(&alone(tree), &path, stride, &mut tallies);
    }
    tallies
}

#[test]
fn one_fault_gives_one_finding_at_its_place() {
    let tallies = tallies(&TREES, STRIDE);
    let mut missed = String::new();
    for ((kind, _), tally) in KINDS.iter().zip(&tallies) {
        let lower = LOWER.iter().find(|(name, _)| name == kind);
        let floor = lower.map_or(FLOOR, |(_, floor)| *floor);
        if tally.once * 100 < tally.found * floor {
            let (once, found) = (tally.once, tally.found);
            let _ = writeln!(missed, "{kind}: {once} of {found}\n{}", tally.others);
        }
    }
    assert!(missed.is_empty(), "{missed}");
    let found: usize = tallies.iter().map(|tally| tally.found).sum();
    assert!(found > 300, "{found} faults tell little");
}

/// Prints what came of each kind of fault; how many gave one finding, of how many.
fn printed(tallies: &[Tally]) -> (usize, usize) {
    for ((kind, _), tally) in KINDS.iter().zip(tallies) {
        println!(
            "{kind}: {} of {}\n{}",
            tally.once, tally.found, tally.others
        );
    }
    let once = tallies.iter().map(|tally| tally.once).sum();
    let found = tallies.iter().map(|tally| tally.found).sum();
    println!("{once} of {found}");
    (once, found)
}

/// The figure of the README: `cargo test --test it every_tree_spoiled -- --ignored --nocapture`.
#[test]
#[ignore = "takes minutes"]
fn every_tree_spoiled() {
    let all = shipped();
    let trees: Vec<&str> = all
        .iter()
        .filter_map(|(path, _)| path.strip_suffix(".yaml"))
        .filter(|name| *name != "fixpath")
        .collect();
    let tallies = tallies(&trees, STRIDE);
    let (once, found) = printed(&tallies);
    assert!(once * 100 >= found * 97, "{once} of {found}");
}

/// The same for the library file, which every tree relies on.
#[test]
#[ignore = "takes minutes"]
fn the_library_file_spoiled() {
    let mut tallies: Vec<Tally> = KINDS.iter().map(|_| Tally::default()).collect();
    spoil(&shipped(), "fixpath.yaml", STRIDE, &mut tallies);
    let (once, found) = printed(&tallies);
    assert!(once * 100 >= found * 80, "{once} of {found}");
}
