//! Teams and facts that the library file misspells or leaves out: one finding where they are declared, or one in each tree.

use crate::support::Files;

const LIBRARY: &str = "stuck: {escalate: desk, reason: The script did not help}
teams:
  desk: {name: Service desk}
  network: {name: Network team}
facts:
  system:
    ask: Which system is it?
    answers: [windows, macos]
  callback:
    ask: Which number can we call?
    text: {max: 20}
";

const TREE: &str = "title: No network
steps:
  which:
    fact: system
    answers:
      windows: office
      macos: home
  office:
    escalate: network
    reason: No network in the office
    needs: [callback]
  home:
    escalate: network
    reason: No network at home
    needs: [callback]
";

fn files(library: &str) -> Files {
    Files::new()
        .library(library)
        .tree("office", TREE)
        .tree("home", TREE)
}

#[test]
fn all_is_declared() {
    assert_eq!(files(LIBRARY).compile().findings(), [""; 0]);
}

#[test]
fn a_misspelled_declaration_is_found_where_it_stands() {
    let cases = [
        (
            "  network:",
            "  netwrok:",
            "unknown-team fixpath.yaml:4:3 netwrok",
        ),
        (
            "  callback:",
            "  calback:",
            "unknown-fact fixpath.yaml:9:3 calback",
        ),
        (
            "  callback:",
            "  Callback:",
            "bad-name fixpath.yaml:9:3 Callback",
        ),
    ];
    for (from, to, expected) in cases {
        let compiled = files(&LIBRARY.replacen(from, to, 1)).compile();
        assert_eq!(compiled.findings(), [expected]);
        if !expected.starts_with("bad-name") {
            assert_eq!(compiled.mended("fixpath.yaml"), LIBRARY);
        }
    }
}

#[test]
fn what_is_not_declared_is_found_once_in_each_tree() {
    let declared = "  network: {name: Network team}\n";
    let compiled = files(&LIBRARY.replacen(declared, "", 1)).compile();
    let expected = [
        "unknown-team office.yaml:9:15 network",
        "unknown-team home.yaml:9:15 network",
    ];
    assert_eq!(compiled.findings(), expected);
}

#[test]
fn a_name_that_one_tree_misspells_is_found_there() {
    let wrong = TREE.replacen("escalate: network", "escalate: netwrok", 2);
    let compiled = files(LIBRARY).replace("home.yaml", &wrong).compile();
    let expected = [
        "unknown-team home.yaml:9:15 netwrok",
        "unknown-team home.yaml:13:15 netwrok",
    ];
    assert_eq!(compiled.findings(), expected);
}
