//! `fixpath test`, as a person calls it.

use serde_json::Value;

use crate::support::Folder;

const LIBRARY: &str = "stuck: {escalate: desk, reason: The script did not help}\n";

const MOUSE: &str = "title: The mouse does not move
steps:
  light:
    ask: Is the light under the mouse on?
    yes: surface
    no: battery
  battery:
    do: Put a new battery in.
    no: stuck
  surface:
    do: Move the mouse on a sheet of paper.
    no: stuck
tests:
  the battery was empty:
    answers: [light: no, battery: yes]
    ends: battery
";

const REST: &str = "  a new battery does not help:
    answers: [light: no, battery: no]
    ends: stuck
  another surface does not help:
    answers: [light: yes, surface: no]
    ends: stuck
";

fn folder(name: &str, mouse: &str) -> Folder {
    Folder::new(name)
        .file("trees/fixpath.yaml", LIBRARY)
        .file("trees/mouse.yaml", mouse)
}

#[test]
fn all_is_well() {
    let ran = folder("test-clean", &format!("{MOUSE}{REST}")).run("test");
    assert_eq!(ran.err, "");
    assert_eq!(
        ran.out,
        "mouse  3 tests passed  4 of 4 branches taken

1 tree, 3 tests: 3 passed, 0 failed; 4 of 4 branches taken
"
    );
    assert_eq!(ran.code, 0);
}

#[test]
fn a_failed_test_is_told_in_words() {
    let wrong = "  wrong end:
    answers: [light: no, battery: no]
    ends: battery
";
    let ran = folder("test-failed", &format!("{MOUSE}{REST}{wrong}")).run("test trees/mouse.yaml");
    assert_eq!(
        ran.out,
        "mouse  1 of 4 tests failed  4 of 4 branches taken

mouse: the test `wrong end` failed
  The walk so far: light: no, battery: no.
  trees/mouse.yaml:25: The test expects the end `battery`, but the walk ended in `stuck`.
  If that is right, write `ends: stuck`.

1 tree, 4 tests: 3 passed, 1 failed; 4 of 4 branches taken
"
    );
    assert_eq!(ran.code, 1);
}

#[test]
fn branches_that_nobody_takes_are_counted_or_listed() {
    let folder = folder("test-coverage", MOUSE);
    let ran = folder.run("test");
    assert_eq!(ran.code, 1);
    assert_eq!(
        ran.out,
        "mouse  1 test passed  1 of 4 branches taken

1 tree, 1 test: 1 passed, 0 failed; 1 of 4 branches taken
`fixpath test --coverage` lists the branches that no test takes, `--generate` writes tests for them
"
    );
    assert!(
        folder
            .run("test --strict")
            .out
            .contains("error[untested-branch]")
    );

    let ran = folder.run("test --coverage");
    assert!(
        ran.out.contains(
            "
mouse: not taken
  light.yes   trees/mouse.yaml:5
  battery.no  trees/mouse.yaml:9
  surface.no  trees/mouse.yaml:12
"
        ),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, 1);
    assert_eq!(folder.run("test --allow untested-branch").code, 0);
}

#[test]
fn errors_come_first_and_the_other_trees_are_tested_all_the_same() {
    let bad = "title: Bad\nsteps:\n  a: {ask: Why?, yes: nowhere, no: {tree: mouse}}\n";
    let leads = "title: Leads there\nsteps:\n  a: {ask: Why?, yes: {tree: bad}, no: stuck}\n";
    let folder = folder("test-errors", &format!("{MOUSE}{REST}"))
        .file("trees/bad.yaml", bad)
        .file("trees/leads.yaml", leads);
    let ran = folder.run("test");
    let error = ran.out.find("error[unknown-step]").unwrap();
    let tested = ran.out.find("mouse  3 tests passed").unwrap();
    assert!(error < tested);
    assert!(
        ran.out.contains("not tested,") && ran.out.contains(": bad, leads\n"),
        "{}",
        ran.out
    );
    assert_eq!(ran.code, 1);
    assert_eq!(folder.run("test trees/mouse.yaml").code, 0);
    assert_eq!(folder.run("test trees/leads.yaml").code, 1);
}

#[test]
fn json_says_the_same() {
    let wrong = "  wrong:\n    answers: [light: no, battery: maybe]\n    ends: battery\n";
    let ran = folder("test-json", &format!("{MOUSE}{wrong}")).run("test --format json");
    let json: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&json["passed"], &json["failed"]),
        (&Value::from(1), &Value::from(1))
    );
    let tree = &json["trees"][0];
    assert_eq!(tree["path"], "trees/mouse.yaml");
    let failure = &tree["tests"][1]["failures"][0];
    assert_eq!(failure["message"], "`battery` does not take `maybe`.");
    assert_eq!(
        (&failure["line"], &failure["column"]),
        (&Value::from(18), &Value::from(35))
    );
    assert_eq!(failure["stands"]["step"], "battery");
    assert_eq!(
        tree["branches"][0],
        serde_json::json!({"name": "light.yes", "line": 5, "taken": false})
    );
    assert_eq!(json["diagnostics"][0]["code"], "untested-branch");
    assert_eq!(ran.code, 1);
}

#[test]
fn what_cannot_be_read_is_wrong_usage() {
    let folder = folder("test-usage", MOUSE);
    for arguments in [
        "test nothing.yaml",
        "test --format xml",
        "test --library nowhere",
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, &*ran.out), (2, ""), "{arguments}");
        assert!(!ran.err.is_empty(), "{arguments}");
    }
    let ran = folder.run_with("test -", &format!("{MOUSE}{REST}"));
    assert_eq!(ran.code, 0, "{}", ran.out);
}

#[test]
fn generated_tests_are_pasted_and_everything_is_taken() {
    let bare = MOUSE.split("tests:").next().unwrap();
    let folder = folder("test-generate", bare);
    assert!(folder.run("test").out.contains("warning[no-tests]"));
    let ran = folder.run("test --generate");
    assert_eq!((ran.code, &*ran.err), (0, ""));
    let folder = folder.file("trees/mouse.yaml", &format!("{bare}{}", ran.out));
    assert_eq!(folder.run("test --strict").code, 0);
    let ran = folder.run("test --generate");
    assert_eq!((ran.code, &*ran.out), (0, ""));
    assert_eq!(ran.err, "mouse: the tests take every branch\n");
}

#[test]
fn a_tree_is_named_by_its_file_or_by_its_name() {
    let folder =
        folder("test-by-name", &format!("{MOUSE}{REST}")).file("trees/fan.yaml", "title: [");
    for named in ["trees/mouse.yaml", "mouse", "mouse.yaml"] {
        folder
            .run(&format!("test {named} --library trees"))
            .exits(0)
            .says("1 tree, 3 tests");
    }
    folder
        .run("check mose --library trees")
        .exits(2)
        .says("mose cannot be read, and there is no tree of that name in the library");
}
