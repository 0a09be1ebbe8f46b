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
