//! Names that nothing has: each is reported once, at its letters, with the nearest name that there is.

use fixpath::diagnostic::Code;

use crate::support::Files;

/// Compiles files (see [`Files::split`]) and compares the findings.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().errors(), expected);
}

#[test]
fn an_edge_to_no_step() {
    let text = "
title: No sound
steps:
  muted:
    ask: Is the microphone crossed out?
    yes: unmute
    no: haedset
  unmute:
    do: Press the button.
    no: \"headset \"
  headset:
    do: Plug it in again.
    no: stuck
";
    let compiled = Files::example(text).compile();
    assert_eq!(
        compiled.errors(),
        ["unknown-step 7:9 haedset", "unknown-step 10:9 \"headset \""]
    );
    assert_eq!(
        compiled.messages()[0],
        "no step is named `haedset` -> did you mean `headset`?"
    );
    assert!(
        compiled
            .mended("example.yaml")
            .contains("no: headset\n  unmute")
    );
}

/// A tree whose step `speed` is named otherwise.
fn with_step(name: &str) -> String {
    let text = "
title: Slow pages
steps:
  where:
    ask: Where are you?
    answers: {home: speed, office: speed}
  NAME:
    ask: What does the test show?
    number: {min: 0, max: 1000}
    next:
      - {when: speed < 5, goto: slow}
      - stuck
  slow:
    end: Pages at ${where} are slow, ${speed}
tests:
  t: {answers: [where: home, speed: 3], ends: slow}
";
    text.replace("NAME", name)
}

#[test]
fn a_step_that_everything_calls_otherwise_is_one_finding_where_it_is_named() {
    let compiled = Files::example(&with_step("sepeed")).compile();
    assert_eq!(compiled.errors(), ["unknown-step 7:3 sepeed"]);
    assert_eq!(
        compiled.messages(),
        ["no step is named `speed`, where 2 edges lead -> did you mean `speed`?"]
    );
    assert_eq!(compiled.mended("example.yaml"), with_step("speed"));
}

#[test]
fn one_edge_and_a_test_tell_the_step_that_is_misspelled_too() {
    let one = |name: &str| with_step(name).replace("office: speed", "office: stuck");
    let compiled = Files::example(&one("sped")).compile();
    assert_eq!(compiled.errors(), ["unknown-step 7:3 sped"]);
    assert_eq!(
        compiled.messages(),
        ["no step is named `speed`, where 1 edge leads -> did you mean `speed`?"]
    );
}

#[test]
fn where_an_edge_alone_differs_the_edge_is_the_finding() {
    let text = with_step("speed").replace("office: speed", "office: sped");
    let compiled = Files::example(&text).compile();
    assert_eq!(compiled.errors(), ["unknown-step 6:36 sped"]);
    // Neither is it a misspelled step where the step has nothing to do with the name.
    let compiled = Files::example(&with_step("bandwidth")).compile();
    assert_eq!(compiled.errors(), ["unknown-step 6:21 speed"]);
}

#[test]
fn a_fact_that_nobody_can_ask_for_is_one_finding() {
    check(
        "
# file: fixpath.yaml
facts: {site: {answers: [north, south]}}
stuck: {escalate: desk, reason: x}
# file: a.yaml
title: No sound
steps:
  where:
    fact: site
    answers: {north: stuck, south: {fix: Done}}
",
        &["missing-key fixpath.yaml:1:9 site"],
    );
}

#[test]
fn a_remedy_or_what_is_written_in_place_is_no_target() {
    check(
        "
title: No sound
steps:
  quick:
    try:
      unmute: {do: Press the button.}
    no: muted
  muted:
    ask: Is it crossed out?
    yes: unmute
    no: {fix: It was muted, no: muted.no}
    unsure: muted.yes
",
        &[
            "unknown-step 10:10 unmute",
            "unknown-step 11:33 muted.no",
            "unknown-step 12:13 muted.yes",
        ],
    );
}

#[test]
fn a_start_that_is_no_step() {
    check(
        "
title: No sound
start: plgu
steps:
  plug: {do: Plug it in., no: stuck}
",
        &["unknown-step 3:8 plgu"],
    );
}

#[test]
fn a_tree_by_its_last_name_alone() {
    let files = Files::split(
        "# file: example.yaml
title: Pages do not load
steps:
  light:
    ask: Is the light green?
    yes: names
    no: {tree: network/lien}
  names:
    call: dns
    next: stuck
# file: network/dns.yaml
title: Names
steps:
  other: {do: Wait., no: stuck}
# file: network/line.yaml
title: The line
steps:
  other: {do: Wait., no: network/dns}
",
    );
    let compiled = files.compile();
    assert_eq!(
        compiled.errors(),
        [
            "unknown-tree 6:16 network/lien",
            "unknown-tree 8:11 dns",
            "unknown-step network/line.yaml:3:26 network/dns"
        ]
    );
    assert_eq!(
        compiled.messages(),
        [
            "the library has no tree `network/lien` -> did you mean `network/line`?",
            "the library has no tree `dns` -> did you mean `network/dns`?",
            "no step is named `network/dns` -> for the tree of that name write `{tree: network/dns}`",
        ]
    );
}

#[test]
fn teams_are_held_against_the_library_that_declares_some() {
    let tree = "# file: example.yaml
title: The line is dead
stuck: {escalate: desks}
steps:
  light:
    ask: Is the light on?
    yes: {escalate: netwrok}
    no: {escalate: moon}
";
    let library = "# file: fixpath.yaml
stuck: {escalate: dsk}
teams:
  desk: {name: Service desk}
  network: {name: Network team}
";
    check(
        &format!("{library}{tree}"),
        &[
            "unknown-team fixpath.yaml:1:19 dsk",
            "unknown-team 2:19 desks",
            "unknown-team 6:21 netwrok",
            "unknown-team 7:20 moon",
        ],
    );
    check(tree, &[]);
}

#[test]
fn facts_in_conditions_texts_and_keys() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  customer_number: {ask: What is your customer number?, text: {max: 12}}
  os: {ask: Which system?, answers: [windows, macos]}
# file: example.yaml
title: Slow
steps:
  speed:
    ask: What does the test show, ${ouch}?
    number: {min: 0, max: 1000}
    next:
      - when: sped < 5 and oss == \"windows\"
        escalate: network
        needs: [costumer_number]
      - when: which > 5
        goto: which
      - goto: which
        set: {osx: windows}
  which:
    fact: so
    next: stuck
",
        &[
            "unknown-fact 4:37 ouch",
            "unknown-fact 7:15 sped",
            "unknown-fact 7:28 oss",
            "unknown-fact 9:17 costumer_number",
            "unknown-fact 10:15 which",
            "unknown-fact 13:15 osx",
            "unknown-fact 15:11 so",
        ],
    );
}

#[test]
fn a_step_with_a_fact_of_its_own_is_read_by_the_facts_name() {
    let compiled = Files::split(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
# file: example.yaml
title: Slow
steps:
  system:
    fact: os
    next:
      - when: system == \"windows\"
        goto: plug
      - goto: stuck
  plug: {do: Plug it in., no: stuck}
",
    )
    .compile();
    assert_eq!(
        compiled.messages(),
        ["nothing here is called `system` -> the answer of `system` is kept as `os`"]
    );
    assert!(compiled.mended("example.yaml").contains("when: os =="));
}

#[test]
fn a_step_named_like_a_shared_fact() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  printer: {ask: Which printer?, text: {max: 20}}
  cable: {ask: Is there a cable?}
# file: example.yaml
title: Slow
steps:
  os: {fact: os, next: printer}
  printer: {ask: Is it on?, yes: list, no: stuck}
  list:
    try:
      cable: {do: Plug it in.}
    no: stuck
",
        &["bad-name 4:3 printer", "bad-name 7:7 cable"],
    );
}

#[test]
fn answers_that_a_fact_or_a_tree_does_not_have() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  age: {ask: How old?, number: {min: 0}}
# file: example.yaml
title: Slow
steps:
  system:
    fact: os
    answers: {windows: names, linux: stuck, macos: {goto: names, set: {os: window}}}
  names:
    call: dns
    returns: {works: old, failed: stuck}
  old:
    fact: age
    answers: {below 5: young, OL: young, otherwise: stuck}
  young:
    next:
      - when: os in [\"windows\", \"mac\"]
        goto: stuck
      - goto: stuck
# file: dns.yaml
title: Names
steps:
  other:
    ask: Does it load?
    yes: {return: works}
    no: {return: fails}
",
        &[
            "unknown-answer 5:31 linux",
            "unknown-answer 5:76 window",
            "unknown-answer 8:27 failed",
            "unknown-answer 11:31 OL",
            "unknown-answer 14:33 \"mac\"",
        ],
    );
}

#[test]
fn pictures_that_are_not_there() {
    check(
        "# file: net/example.yaml
title: Dark
steps:
  light:
    ask: Is it on?
    image: {src: img/a.svg, alt: The light}
    yes: stuck
    no: two
  two:
    ask: Is it on?
    image: {src: ../b.svg, alt: The light}
    yes: stuck
    no: three
  three:
    ask: Is it on?
    image: {src: ../../b.svg, alt: The light}
    yes: four
    no: stuck
  four:
    ask: Is it on?
    image: {src: https://example.org/b.svg, alt: The light}
    yes: stuck
    no: {end: So be it}
# file: net/img/A.svg
<svg/>
# file: b.svg
<svg/>
",
        &[
            "missing-file net/example.yaml:5:18 img/a.svg",
            "missing-file net/example.yaml:15:18 ../../b.svg",
        ],
    );
}

#[test]
fn names_that_may_stand_in_what_cannot_be_read_are_not_blamed() {
    let compiled = Files::example(
        "
title: Dark
steps:
  light:
    ask: Is it on?
    yes: cable
    no: nowhere
  cable: ]
    do: Push it in.
    no: stuck
",
    )
    .compile();
    let findings = compiled.errors();
    assert!(findings.contains(&"unknown-step 7:9 nowhere".to_owned()));
    assert!(!findings.contains(&"unknown-step 6:10 cable".to_owned()));
    assert!(compiled.codes().contains(&"yaml-syntax"));
}

#[test]
fn errors_cannot_be_allowed() {
    let text = "
title: Dark
allow: [long-walk]
steps:
  plug: {do: Push it in., no: nowhere}
";
    let files = Files::example(text).allow(Code::UnknownStep);
    assert_eq!(files.compile().errors(), ["unknown-step 5:31 nowhere"]);
}
