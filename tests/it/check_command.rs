//! `fixpath check`, as a person calls it: what it refuses, and in which words.

use crate::support::Folder;

const LIBRARY: &str = "stuck: {escalate: desk, reason: The script did not help}\n";

fn folder(name: &str) -> Folder {
    Folder::new(name).file("trees/fixpath.yaml", LIBRARY)
}

#[test]
fn only_warnings_are_silenced_and_days_are_days() {
    let folder = folder("check-refuses");
    for (arguments, says) in [
        (
            "check --allow unknown-step",
            "only warnings can be silenced",
        ),
        ("check --allow vauge-answer", "did you mean `vague-answer`?"),
        ("check --today 1.5.2027", "write it like 2026-11-01"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!(ran.code, 2, "{arguments}");
        assert!(ran.err.contains(says), "{arguments}: {}", ran.err);
    }
}

#[test]
fn a_folder_without_trees_is_not_clean() {
    let folder = Folder::new("check-nothing").file("notes/readme.txt", "nothing");
    let ran = folder.run("check notes");
    assert_eq!(ran.code, 2, "{}", ran.out);
    assert!(ran.err.contains("holds no tree"), "{}", ran.err);
}

#[test]
fn a_file_that_holds_no_tree_is_one_finding() {
    let folder = Folder::new("check-empty").file("empty.yaml", "");
    let ran = folder.run("check --format concise empty.yaml");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    assert!(ran.out.contains("the file holds no tree"), "{}", ran.out);
}

#[test]
fn what_keeps_a_tree_from_being_walked_is_shown_where_it_alone_is_checked() {
    let tree = "title: T\nsteps:\n  a: {ask: On?, yes: {end: Over}, no: stuck}\n";
    let broken = "stuck: {escalate: [desk], reason: The script did not help}\n";
    let folder = Folder::new("check-library")
        .file("trees/fixpath.yaml", broken)
        .file("trees/sound.yaml", tree)
        .file(
            "trees/other.yaml",
            "title: O\nsteps:\n  a: {end: Over, do: [}\n",
        );
    let ran = folder
        .run("check --format concise trees/sound.yaml")
        .exits(1);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    ran.says("fixpath.yaml:1:19: error[wrong-type]");
    // A mistake in a hook keeps no tree from being walked.
    let hook =
        "stuck: {escalate: desk, reason: The script did not help}\nhooks: {desk: {on: [closed]}}\n";
    let folder = folder.file("trees/fixpath.yaml", hook);
    folder
        .run("check --format concise trees/sound.yaml")
        .exits(0);
    folder.run("check --format concise").exits(1);
}

#[test]
fn a_file_elsewhere_is_held_against_the_library_that_is_named() {
    let library = "stuck: {escalate: desk, reason: The script did not help}\nfacts:\n  os: {ask: Which system?, answers: [windows, macos]}\n";
    let tree = "title: T\nsteps:\n  one: {fact: os, next: two}\n  two: {end: Over}\n";
    let elsewhere = Folder::new("check-elsewhere").file("draft.yaml", tree);
    let folder = Folder::new("check-named").file("trees/fixpath.yaml", library);
    let path = elsewhere.path().join("draft.yaml");
    let path = path.to_str().unwrap();
    let ran = folder.run_words(&[
        "check",
        "--format",
        "concise",
        "--allow",
        "no-tests",
        "--library",
        "trees",
        path,
    ]);
    assert_eq!(ran.out, "", "{}", ran.err);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn file_names_that_cannot_name_a_tree_are_found() {
    let tree = "title: T\nsteps:\n  one: {end: Over}\n";
    let folder = folder("check-names")
        .file("trees/what?/x.yaml", tree)
        .file("trees/$room.yaml", tree)
        .file("trees/Über uns.yaml", tree)
        .file("trees/Wi-Fi_2.yaml", tree)
        .file(
            "trees/UPPER.YAML",
            "title: T\nsteps:\n  one: {end: [Over]}\n",
        );
    let ran = folder
        .run("check --format concise --allow no-tests")
        .exits(1);
    let found: Vec<&str> = ran
        .out
        .lines()
        .filter(|line| line.contains("error"))
        .collect();
    let expected = [
        "trees/$room.yaml:1:1: error[bad-name]",
        "trees/UPPER.YAML:3:14: error[wrong-type]",
        "trees/what?/x.yaml:1:1: error[bad-name]",
    ];
    assert_eq!(found.len(), expected.len(), "{}", ran.out);
    for (line, start) in found.iter().zip(expected) {
        assert!(line.starts_with(start), "{line}");
    }
}

#[test]
fn a_library_file_in_a_folder_below_is_no_tree() {
    let folder = folder("check-below").file(
        "trees/sub/fixpath.yaml",
        "name: Sub\nteams: {a: {name: A}}\n",
    );
    let ran = folder.run("check --format concise").exits(1);
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    ran.says("trees/sub/fixpath.yaml:1:1: error[bad-name]");
}
