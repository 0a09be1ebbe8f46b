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

/// What is found where one text of the library file is another.
fn found_with(from: &str, to: &str) -> Vec<String> {
    assert!(LIBRARY.contains(from), "{from}");
    files(&LIBRARY.replacen(from, to, 1)).compile().findings()
}

#[test]
fn a_capital_letter_in_a_team_is_one_finding_although_its_name_has_it_too() {
    let wrong = LIBRARY.replacen("  network:", "  Network:", 1);
    let compiled = files(&wrong).compile();
    assert_eq!(
        compiled.findings(),
        ["unknown-team fixpath.yaml:4:3 Network"]
    );
    assert_eq!(compiled.mended("fixpath.yaml"), LIBRARY);
}

#[test]
fn a_misspelled_answer_of_a_fact_is_found_where_it_is_declared() {
    for misspelled in ["widnows", "Windows"] {
        let wrong = LIBRARY.replacen("windows", misspelled, 1);
        let compiled = files(&wrong).compile();
        let expected = format!("unknown-answer fixpath.yaml:8:15 {misspelled}");
        assert_eq!(compiled.findings(), [expected]);
        assert_eq!(compiled.mended("fixpath.yaml"), LIBRARY);
    }
}

#[test]
fn an_answer_that_one_tree_misspells_is_found_there() {
    let wrong = TREE.replacen("windows:", "widnows:", 1);
    let compiled = files(LIBRARY).replace("home.yaml", &wrong).compile();
    assert_eq!(
        compiled.findings(),
        ["unknown-answer home.yaml:6:7 widnows"]
    );
    // Both trees do, and another place calls it as it is declared.
    let right = "title: Right\nsteps:\n  only: {fact: system, answers: {windows: stuck, macos: {end: Over}}}\n";
    let compiled = files(LIBRARY)
        .replace("home.yaml", &wrong)
        .replace("office.yaml", &wrong)
        .tree("right", right)
        .compile();
    let expected = [
        "unknown-answer home.yaml:6:7 widnows",
        "unknown-answer office.yaml:6:7 widnows",
    ];
    assert_eq!(compiled.findings(), expected);
}

#[test]
fn an_answer_that_is_not_declared_is_found_once() {
    let found = found_with("[windows, macos]", "[macos]");
    assert_eq!(found, ["unknown-answer fixpath.yaml:8:5 answers"]);
    let found = found_with("[windows, macos]", "[windows macos]");
    assert_eq!(found, ["unknown-answer fixpath.yaml:8:15 windows macos"]);
}

/// The other trees can be walked: nothing is wrong with what they share.
#[test]
fn an_answer_that_one_tree_makes_up_is_found_there_however_often() {
    let again =
        "  again:\n    fact: system\n    answers: {windows: office, macos: home, beos: home}\n";
    let own = TREE.replacen("macos: home\n", "macos: home\n      beos: again\n", 1) + again;
    let found = files(LIBRARY)
        .replace("home.yaml", &own)
        .compile()
        .findings();
    let expected = [
        "unknown-answer home.yaml:8:7 beos",
        "unknown-answer home.yaml:19:45 beos",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_follows_from_answers_that_cannot_be_read_is_not_found() {
    let found = found_with("    answers: [windows, macos]", "    answers:");
    assert_eq!(found, ["bad-value fixpath.yaml:8:13"]);
    let found = found_with("text: {max: 20}", "text: {max: }");
    assert_eq!(found, ["bad-value fixpath.yaml:11:16"]);
}

#[test]
fn a_fact_that_does_not_say_what_it_can_be_is_found_where_it_is_declared() {
    let found = found_with("    answers: [windows, macos]\n", "");
    assert_eq!(found, ["missing-key fixpath.yaml:6:3 system"]);
    // Where some tree takes it for yes or no, the others are wrong.
    let yes_no = "title: Y\nsteps:\n  only: {fact: system, yes: stuck, no: {end: Over}}\n";
    let library = LIBRARY.replacen("    answers: [windows, macos]\n", "", 1);
    let compiled = files(&library).tree("yes_no", yes_no).compile();
    let expected = [
        "conflicting-keys office.yaml:5:5 answers",
        "conflicting-keys home.yaml:5:5 answers",
    ];
    assert_eq!(compiled.findings(), expected);
}

#[test]
fn a_question_that_the_declaration_lacks_is_found_there_once() {
    let found = found_with("    ask: Which system is it?\n", "");
    assert_eq!(found, ["missing-key fixpath.yaml:6:3 system"]);
    // What is only asked for before a case is handed over needs its words too.
    let found = found_with("    ask: Which number can we call?\n", "");
    assert_eq!(found, ["missing-key fixpath.yaml:9:3 callback"]);
    // A step with words of its own does without.
    let own = TREE.replacen(
        "    fact: system\n",
        "    fact: system\n    ask: Which?\n",
        1,
    );
    let library = LIBRARY.replacen("    ask: Which system is it?\n", "", 1);
    let compiled = Files::new().library(&library).tree("own", &own).compile();
    assert_eq!(compiled.findings(), [""; 0]);
}

#[test]
fn a_condition_on_a_fact_whose_answers_are_in_doubt_decides_nothing() {
    let reads = "title: R
steps:
  which: {fact: system, next: [{when: 'system == \"windows\"', goto: one}, {goto: two}]}
  one: {end: One}
  two: {end: Two}
";
    let library = LIBRARY.replacen("[windows, macos]", "[windows]", 1);
    let compiled = files(&library).tree("reads", reads).compile();
    assert_eq!(
        compiled.findings(),
        ["unknown-answer fixpath.yaml:8:5 answers"]
    );
}

#[test]
fn a_line_of_the_library_file_that_is_not_there_is_one_finding() {
    let long = "name: Our desk

stuck:
  escalate: desk
  reason: The script did not help

teams:
  desk:
    name: Service desk
  network:
    name: Network team

facts:
  system:
    ask: Which system is it?
    answers:
      windows: Windows
      macos: A Mac
  callback:
    ask: Which number can we call?
    text: {max: 20}

glossary:
  router: the box at the wall
  desk: who answers
";
    assert_eq!(files(long).compile().findings(), [""; 0]);
    for (line, expected) in [
        ("teams:\n", "missing-key fixpath.yaml:7:3 desk"),
        ("facts:\n", "missing-key fixpath.yaml:13:3 system"),
        ("glossary:\n", "missing-key fixpath.yaml:23:3 router"),
        ("    answers:\n", "missing-key fixpath.yaml:16:7 windows"),
        ("  network:\n", "missing-key fixpath.yaml:10:5 name"),
        ("  system:\n", "missing-key fixpath.yaml:14:5 ask"),
        ("  callback:\n", "missing-key fixpath.yaml:19:5 ask"),
    ] {
        let compiled = files(&long.replacen(line, "", 1)).compile();
        assert_eq!(compiled.findings(), [expected], "{line}");
    }
}

#[test]
fn a_term_whose_line_cannot_be_read_explains_its_word_all_the_same() {
    let library = format!("{LIBRARY}glossary:\n  VPN: the way in\n  LAN: the way out\n");
    let tree = TREE.replacen("No network\n", "No VPN and no LAN\n", 1);
    let found = |from: &str, to: &str| {
        let library = library.replacen(from, to, 1);
        let files = Files::new().library(&library).tree("office", &tree);
        files.compile().findings()
    };
    assert_eq!(found("VPN", "VPN"), [""; 0]);
    assert_eq!(found("  VPN: the way in", "  VPN:").len(), 1);
    assert_eq!(found("  VPN: the way in", "  VPN the way in").len(), 1);
    assert_eq!(
        found("  VPN: the way in\n", ""),
        ["hard-to-read office.yaml:1:11 VPN"]
    );
}

#[test]
fn a_name_that_cannot_be_read_is_not_missed() {
    for wrong in ["**network**:", "network =", "`network`:"] {
        let found = found_with("network:", wrong);
        assert_eq!(found.len(), 1, "{wrong}: {found:?}");
        assert!(found[0].contains("fixpath.yaml:4:"), "{wrong}: {found:?}");
    }
}
