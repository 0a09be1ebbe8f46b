//! Tests that are generated for the branches that no test takes.

use fixpath::tree::TreeId;
use fixpath::treetest::{self, Generated};

use crate::support::{Files, TODAY, shipped};

/// The tests generated for the tree `example`, as YAML.
fn generated(files: &Files) -> Generated {
    let compiled = files.compile();
    assert_eq!(compiled.errors(), [""; 0]);
    let part = compiled.compilation.into_sound_part().unwrap();
    let id = part.library.find("example").unwrap();
    let report = treetest::run(&part, id, TODAY).unwrap();
    treetest::generate(&part, id, &report, TODAY).unwrap()
}

fn check(tree: &str, expected: &str) {
    check_files(&Files::example(tree), tree, expected);
}

/// Besides what is generated: it can be pasted, passes, and takes every branch that was not named as out of reach.
fn check_files(files: &Files, tree: &str, expected: &str) {
    let generated = generated(files);
    let yaml = generated.yaml();
    assert_eq!(yaml.trim_end(), expected.trim_matches('\n').trim_end());
    let pasted = files
        .clone()
        .replace("example.yaml", &format!("{tree}{yaml}"));
    let part = pasted.compile().compilation.into_sound_part().unwrap();
    let id = part.library.find("example").unwrap();
    let report = treetest::run(&part, id, TODAY).unwrap();
    let failed: Vec<_> = report.tests.iter().filter(|test| !test.passed()).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let untaken: Vec<_> = report.untaken().map(|branch| &branch.name).collect();
    let unreached: Vec<_> = generated
        .unreached
        .iter()
        .map(|branch| &branch.name)
        .collect();
    assert_eq!(untaken, unreached);
}

#[test]
fn one_walk_takes_as_many_branches_as_it_can() {
    check(
        "title: Remedies
steps:
  plug:
    do: Push the plug in.
    no: light
  light:
    ask: Is the light on?
    yes: restart
    no: stuck
    unsure: restart
  restart:
    do: Restart it.
    no: report
    tried: report
  report: {escalate: desk, reason: Nothing helped}
",
        "
tests:
  report when restart was tried before:
    answers: [plug: no, light: yes, restart: tried]
    ends: report
  stuck when light is no:
    answers: [plug: no, light: no]
    ends: stuck
  report as restart did not help:
    answers: [plug: no, light: unsure, restart: no]
    ends: report
",
    );
}

#[test]
fn only_what_is_missing_is_generated() {
    check(
        "title: Half done
steps:
  light: {ask: Is it on?, yes: stuck, no: {fix: Turn it on, no: {end: Over}}}
tests:
  done:
    answers: [light: yes]
    ends: stuck
",
        "
  Over as it did not hold:
    answers: [light: no, solved: no]
    ends: Over
",
    );
}

#[test]
fn answers_given_earlier_are_chosen_for_conditions_that_come_later() {
    check(
        "title: Conditions
steps:
  speed: {ask: How fast?, number: {min: 0, max: 100}, next: apps}
  apps: {ask: Which apps?, many: true, answers: [mail, vpn, web], next: way}
  way:
    next:
      - {when: speed < 5 and apps has \"vpn\", end: Slow and hidden}
      - {when: speed >= 5 and speed <= 20 and not apps has \"vpn\", end: Fair}
      - {when: speed > 50 and apps has \"mail\" and apps has \"vpn\", end: Fast}
      - {end: Other}
",
        "
tests:
  Slow and hidden when apps is vpn:
    answers: [speed: 0, apps: [vpn]]
    ends: Slow and hidden
  Fair when apps is mail:
    answers: [speed: 5, apps: [mail]]
    ends: Fair
  Fast when apps is mail, vpn, web:
    answers: [speed: 100, apps: [mail, vpn, web]]
    ends: Fast
  Other when apps is mail:
    answers: [speed: 0, apps: [mail]]
    ends: Other
",
    );
}

const FACTS: &str = "
stuck: {escalate: desk, reason: Stuck}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  age: {ask: How old?, number: {min: 0, max: 99}}
";

#[test]
fn facts_are_prefilled_where_no_walk_would_come_there_otherwise() {
    let tree = "title: Prefilled
steps:
  a:
    next:
      - {when: known(age) and age > 30 and known(os) and os == \"macos\", end: Old Mac}
      - {when: audience == \"customer\", end: Customer}
      - {when: channel == \"chat\", end: Chat}
      - {goto: b}
  b:
    fact: os
    answers: {windows: {end: Windows}, macos: {end: Mac}}
";
    let files = Files::new().library(FACTS).tree("example", tree);
    check_files(
        &files,
        tree,
        "
tests:
  Old Mac:
    facts: {age: 99, os: macos}
    ends: Old Mac
  Customer:
    facts: {audience: customer}
    ends: Customer
  Chat:
    facts: {channel: chat}
    ends: Chat
  Windows when b is windows:
    answers: [b: windows]
    ends: Windows
  Mac when b is macos:
    answers: [b: macos]
    ends: Mac
",
    );
}

#[test]
fn loops_are_walked_until_their_limit_is_used_up() {
    check(
        "title: Loop
steps:
  look:
    limit: {visits: 3, then: {end: Enough}}
    ask: Is it there?
    yes: {end: Found}
    no: wait
  wait: {do: Wait., next: look}
",
        "
tests:
  Found when look is yes:
    answers: [look: yes]
    ends: Found
  Enough after wait:
    answers: [look: no, wait: done, look: no, wait: done, look: no, wait: done]
    ends: Enough
",
    );
}

#[test]
fn what_no_walk_takes_is_named() {
    check(
        "title: Out of reach
steps:
  name: {ask: Which name?, text: {pattern: '[a-z]{7}-[0-9]'}, next: over, unsure: {end: Nobody}}
  over: {end: Over}
tests:
  nobody: {answers: [name: unsure], ends: Nobody}
",
        "
  # No walk was found that takes:
  # - name.next
  # `name` could not be answered: give its `text` an `example`.
",
    );
}

#[test]
fn every_kind_of_text_is_quoted_where_it_must_be() {
    check(
        "title: Texts
steps:
  what:
    ask: What is it?
    answers:
      'a, b': {end: 'One: two, three'}
      'no': {end: \"It's #1\"}
      '- dash': {end: '[x]'}
",
        "
tests:
  \"One: two, three when what is a, b\":
    answers: [what: \"a, b\"]
    ends: \"One: two, three\"
  \"It's #1 when what is no\":
    answers: [what: no]
    ends: \"It's #1\"
  \"[x] when what is - dash\":
    answers: [what: \"- dash\"]
    ends: \"[x]\"
",
    );
}

#[test]
fn a_large_tree_gets_some_tests_and_is_told_that_there_are_more() {
    let mut tree = "title: Wide\nsteps:\n".to_owned();
    for step in 0..1_000 {
        tree += &format!("  s{step}:\n    ask: Which way?\n    answers:\n");
        for answer in 1..4 {
            let to = 3 * step + answer;
            let way = if to < 1_000 {
                format!("s{to}")
            } else {
                format!("{{fix: Fix {to}}}")
            };
            tree += &format!("      a{answer}: {way}\n");
        }
    }
    let generated = generated(&Files::example(&tree));
    assert_eq!(generated.tests.len(), 300);
    assert!(generated.left > 1_000);
    assert!(generated.unreached.is_empty());
}

#[test]
fn shipped_trees_get_no_more_tests_than_people_wrote_and_all_of_them_pass() {
    let whole = shipped();
    let bare = whole
        .clone()
        .map(|text| text.split("\ntests:\n").next().unwrap().to_owned() + "\n");
    let part = bare.compile().compilation.into_sound_part().unwrap();
    let written = whole.compile().compilation.into_sound_part().unwrap();
    let mut pasted = bare.clone();
    let (mut tests, mut by_hand) = (0, 0);
    for (at, script) in written.scripts.iter().enumerate() {
        let id = TreeId(at as u32);
        let report = treetest::run(&part, id, TODAY).unwrap();
        let generated = treetest::generate(&part, id, &report, TODAY).unwrap();
        assert!(
            generated.unreached.is_empty(),
            "{}: {:?}",
            script.name,
            generated.unreached
        );
        tests += generated.tests.len();
        by_hand += script.tests.len();
        let path = format!("{}.yaml", script.name);
        let text = pasted.text(&path).to_owned();
        pasted = pasted.replace(&path, &(text + &generated.yaml()));
    }
    assert!(
        tests < by_hand,
        "{tests} generated, {by_hand} written by hand"
    );
    let compiled = pasted.strict().compile();
    assert_eq!(compiled.findings(), [""; 0]);
    let part = compiled.compilation.into_sound_part().unwrap();
    for at in 0..part.scripts.len() {
        let report = treetest::run(&part, TreeId(at as u32), TODAY).unwrap();
        assert_eq!(
            (report.failed(), report.untaken().count()),
            (0, 0),
            "{}",
            report.tree
        );
    }
}

#[test]
fn a_text_that_is_none_of_those_compared_with_is_tried_too() {
    for spec in [
        "max: 100, example: Load tray 2",
        "pattern: 'Load tray [0-9]', example: Load tray 2",
    ] {
        let tree = format!(
            "title: Printer
steps:
  message:
    ask: What does it say?
    text: {{{spec}}}
    next:
      - {{when: message == \"Load tray 2\", goto: load}}
      - {{goto: other}}
  load: {{end: Load it}}
  other: {{end: Something else}}
"
        );
        let found = generated(&Files::example(&tree));
        assert!(found.unreached.is_empty(), "{spec}: {:?}", found.unreached);
    }
}
