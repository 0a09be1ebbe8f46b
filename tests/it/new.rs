//! `fixpath new`: an author's first tree walks, passes its checks and its tests, and nothing is ever overwritten.

use crate::support::Folder;

#[test]
fn a_new_tree_without_a_library_starts_one_and_is_clean() {
    let folder = Folder::new("new_library");
    folder.run("new network/fiber_box").succeeds();
    folder.run("check --strict").succeeds();
    folder
        .run("test --coverage")
        .succeeds()
        .says("7 of 7 branches taken");
    let walked = folder.run_with("run network/fiber_box --plain", "no\nyes\n");
    walked
        .succeeds()
        .says("== Fiber box ==")
        .says("Resolved: Push the power plug firmly");
}

#[test]
fn a_new_tree_fits_the_library_that_is_there() {
    let facts = "teams:\n  second_line: {name: Second line}\n";
    let folder = Folder::new("new_in_library").file("trees/fixpath.yaml", facts);
    folder.run("new phones/silent").succeeds();
    let text = folder.read("trees/phones/silent.yaml");
    assert!(
        text.contains("escalate: second_line"),
        "it hands over to a team that there is"
    );
    assert!(
        text.contains("\nstuck:"),
        "it brings the exit that the library lacks"
    );
    folder.run("check --strict").succeeds();
}

#[test]
fn nothing_is_overwritten_and_bad_names_are_refused() {
    let folder = Folder::new("new_again").file("trees/wifi.yaml", "title: Mine\n");
    folder
        .run("new wifi")
        .exits(2)
        .says("is there already; nothing was changed");
    assert_eq!(folder.read("trees/wifi.yaml"), "title: Mine\n");
    folder
        .run("new Wi-Fi")
        .exits(2)
        .says("is no name for a tree");
    folder
        .run("new ../escape")
        .exits(2)
        .says("is no name for a tree");
}

#[test]
fn print_writes_no_file() {
    let folder = Folder::new("new_print");
    folder
        .run("new wifi --print")
        .succeeds()
        .says("title: Wifi");
    assert!(!folder.has("trees"));
}
