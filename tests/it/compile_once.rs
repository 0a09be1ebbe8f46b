//! One fault gives one finding: nothing is reported that only follows from another.

use crate::support::Files;

/// Compiles files (see [`Files::split`]) and compares all findings.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().findings(), expected);
}

const FACTS: &str = "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  place: {ask: Where are you?, text: {max: 20}}
";

#[test]
fn what_reads_a_step_that_cannot_be_read() {
    check(
        "
title: Broken
steps:
  how:
    answers: [cable, radio]
    next: report
  report:
    next:
      - when: how == \"cable\"
        escalate: network
        reason: With ${how}
      - goto: stuck
",
        &["missing-key 4:3 how"],
    );
}

#[test]
fn a_misspelled_fact_is_taken_for_the_nearest() {
    check(
        &format!(
            "{FACTS}# file: example.yaml
title: Misspelled
steps:
  system:
    fact: oss
    answers: {{windows: where, macos: where}}
  where: {{fact: palce, next: report}}
  report:
    next:
      - when: os == \"windows\"
        escalate: network
        reason: At ${{place}}
        needs: [plaec]
      - goto: stuck
"
        ),
        &[
            "unknown-fact 4:11 oss",
            "unknown-fact 6:17 palce",
            "unknown-fact 12:17 plaec",
        ],
    );
}

#[test]
fn a_question_for_no_fact_at_all() {
    check(
        &format!(
            "{FACTS}# file: example.yaml
title: Unknown
steps:
  a: {{fact: colour, answers: {{red: b, green: b}}}}
  b: {{fact: colour_of_light, yes: c, no: c}}
  c: {{fact: shape_of_light, next: stuck}}
"
        ),
        &[
            "unknown-fact 3:13 colour",
            "unknown-fact 4:13 colour_of_light",
            "unknown-fact 5:13 shape_of_light",
        ],
    );
}

#[test]
fn a_condition_that_is_not_understood_decides_nothing() {
    check(
        "
title: Unclear
steps:
  speed:
    ask: How fast?
    number: {min: 0}
    next:
      - when: speed <
        goto: slow
      - when: sped > 5
        goto: fast
      - goto: middle
  slow: {do: Wait., no: stuck}
  fast: {do: Hurry., no: stuck}
  middle:
    ask: Is it the middle?
    yes: last
    no: last
  last:
    next:
      - when: middel
        goto: stuck
      - goto: slow
",
        &[
            "bad-condition 8:21 <",
            "unknown-fact 10:15 sped",
            "unknown-fact 21:15 middel",
        ],
    );
}

#[test]
fn a_call_of_a_tree_that_is_not_wholly_read() {
    check(
        "# file: example.yaml
title: Calls
steps:
  names: {call: dns, returns: {works: stuck, later: stuck}}
# file: dns.yaml
title: Names
steps:
  other:
    ask: Does it load?
    yes: {return: works}
    no: wait
  wait:
    end: Wait
    return: later
",
        &["conflicting-keys dns.yaml:9:5 return"],
    );
}

#[test]
fn what_is_unreadable_is_not_missing() {
    check(
        "
title: Order
audience: agents
steps:
  quick:
    try:
      one: {do: Wait., takes: 1 minute, odds: 20%}
      two: {do: Wait more., takes: 1m, odds: many}
    order: best
    no: which
  which:
    ask: Which?
    answers: [a, b]
    many: truly
    next:
      - when: which has \"a\"
        goto: stuck
      - goto: quick
",
        &[
            "bad-value 3:11 agents",
            "bad-value 7:31 1 minute",
            "bad-value 8:46 many",
            "bad-value 14:11 truly",
        ],
    );
}

#[test]
fn a_step_goes_before_a_fact_that_nobody_declares() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
# file: other.yaml
title: Other
steps:
  ask: {fact: speed, ask: How fast?, yes: stuck, no: {end: Well}}
# file: example.yaml
title: Step
steps:
  speed:
    ask: How fast?
    number: {min: 0}
    next:
      - when: speed < 5
        escalate: network
        reason: Slow
        needs: [speed]
      - goto: stuck
",
        &["unknown-fact 10:17 speed"],
    );
}

#[test]
fn a_misspelled_answer_is_taken_for_the_nearest() {
    check(
        &format!(
            "{FACTS}# file: example.yaml
title: Misspelled
steps:
  system: {{fact: os, answers: {{windws: report, macos: report}}}}
  report:
    next:
      - when: os == \"windows\"
        escalate: network
        reason: It is Windows
      - goto: stuck
"
        ),
        &["unknown-answer 3:32 windws"],
    );
}

#[test]
fn what_seems_to_be_missing_may_stand_in_a_wrong_place() {
    let compiled = Files::example(
        "
title: Dedented
steps:
  lookup:
    ask: Does it load?
  yes: {end: It loads}
    no: stuck
  other:
    ask: Does it load?
    yes: {end: It loads}
",
    )
    .compile();
    let missing: Vec<_> = compiled
        .errors()
        .into_iter()
        .filter(|finding| finding.starts_with("missing"))
        .collect();
    assert_eq!(missing, ["missing-answer 8:3 other"]);
}

#[test]
fn an_entry_without_when_in_the_middle_takes_all() {
    check(
        "
title: Too soon
steps:
  a:
    ask: Is it on?
    yes: b
    no: b
  b:
    next:
      - when: a == yes
        end: It is on
      - goto: stuck
      - when: a == no
        end: It is off
",
        &["missing-key 12:9 goto: stuck"],
    );
}

#[test]
fn a_value_that_is_not_returned_to_is_missed_at_the_key() {
    check(
        "# file: example.yaml
title: Calls
steps:
  ask_other: {call: other, returns: {up: stuck}}
# file: other.yaml
title: Other
steps:
  a: {ask: Is it up?, yes: {return: up}, no: {return: down}}
",
        &["missing-answer 3:28 returns"],
    );
}

#[test]
fn a_key_in_a_wrong_place_is_one_fault_with_its_mend() {
    let compiled = Files::example(
        "
title: Dedented
steps:
  lookup:
    ask: Does it load?
    help: Try another page.
    yes: {end: It loads}
  no: other
    unsure: other
  other:
    do: Load it anew.
  no: stuck
",
    )
    .compile();
    assert_eq!(
        compiled.findings(),
        ["yaml-syntax 8:3 no", "yaml-syntax 12:3 no"]
    );
    let mended = compiled.mended("example.yaml");
    assert_eq!(Files::example(&mended).compile().findings(), [""; 0]);
}

#[test]
fn a_step_whose_name_breaks_the_rules_is_still_found() {
    check(
        "
title: Named
steps:
  a: {do: Look, no: restart}
  Restart: {do: Restart it, no: last_step}
  last-step: {do: Call, no: stuck}
",
        &["bad-name 5:3 Restart", "bad-name 6:3 last-step"],
    );
}

#[test]
fn a_text_of_two_lines_is_put_in_quotes_as_a_whole() {
    for (text, quoted) in [
        (
            "@home press the button\n      and it's lit",
            "'@home press the button\n      and it''s lit'",
        ),
        (
            "Note: press the button\n      and wait",
            "'Note: press the button\n      and wait'",
        ),
        // What stands below may be a key, or no part of the text.
        ("@home press", "\"@home press\""),
        (
            "@home press\n      # twice",
            "\"@home press\"\n      # twice",
        ),
    ] {
        let tree = |help: &str| {
            format!(
                "title: T\nsteps:\n  a:\n    ask: Is it on?\n    help: {help}\n    yes: {{fix: X}}\n    no: stuck\n"
            )
        };
        let compiled = Files::example(&tree(text)).compile();
        assert_eq!(
            compiled.errors().len(),
            1,
            "{text}: {:?}",
            compiled.errors()
        );
        let mended = compiled.mended("example.yaml");
        assert_eq!(mended, tree(quoted));
        let errors = Files::example(&mended).compile().errors();
        assert!(errors.is_empty(), "{mended}: {errors:?}");
    }
}

#[test]
fn a_fact_that_is_no_name_is_some_fact() {
    // With `yes: two` it would be another fault: which system it is has no yes.
    for rest in ["next: two", "answers: {windows: two, macos: two}"] {
        check(
            &format!(
                "{FACTS}# file: example.yaml
title: A list for a name
steps:
  one: {{fact: [os], {rest}}}
  two: {{end: Over}}
"
            ),
            &["wrong-type 3:15 [os]"],
        );
    }
}

#[test]
fn what_a_broken_step_may_read_is_not_unused() {
    let text = format!(
        "{FACTS}# file: example.yaml
title: A step with keys that do not go together
steps:
  one: {{fact: os, number: {{}}, next: two}}
  two: {{do: Wait., next: {{goto: three, set: {{os: macos}}}}}}
  three: {{end: Over}}
"
    );
    let codes = Files::split(&text).compile().codes();
    assert!(!codes.contains(&"unused-fact"), "{codes:?}");
}

#[test]
fn a_tree_that_calls_itself_returns_what_it_will() {
    check(
        "
title: Itself
steps:
  one: {ask: Is it on?, yes: two, no: stuck}
  two: {call: example, returns: {on: stuck, off: stuck}}
",
        &["recursive-call 5:15 example"],
    );
}

#[test]
fn a_called_tree_without_a_return_is_one_finding() {
    check(
        "# file: example.yaml
title: Calls
steps:
  one: {call: called, returns: {on: stuck, off: stuck, none: stuck}}
# file: called.yaml
title: Called
steps:
  one: {ask: Is it on?, yes: {end: Over}, no: stuck}
",
        &["unknown-answer 3:33 on"],
    );
}

#[test]
fn a_question_without_its_arms_lacks_both() {
    check(
        "
title: Bare
steps:
  one: {ask: Is it on?, unsure: two}
  two: {end: Over}
",
        &["missing-answer 4:3 one"],
    );
}

#[test]
fn a_name_with_another_word_in_it_is_still_meant() {
    check(
        "
title: Renamed
steps:
  one: {ask: Is it on?, yes: cable, no: stuck}
  two: {ask: Is it grey?, yes: cable, no: stuck}
  grey cable: {do: Wait., next: two}
",
        &["bad-name 6:3 grey cable"],
    );
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  callback number: {ask: Which number?, text: {max: 20}}
# file: example.yaml
title: Renamed
steps:
  one: {fact: callback, next: two}
  two: {next: [{when: known(callback), goto: three}, {goto: four}]}
  three: {do: 'We call ${callback}.', next: four}
  four: {escalate: desk, reason: No luck, needs: [callback]}
",
        &["bad-name fixpath.yaml:3:3 callback number"],
    );
}

#[test]
fn what_compares_wrongly_is_told_by_what_the_fact_is() {
    let tree = |when: &str| {
        format!(
            "
title: Compares
steps:
  apps: {{ask: Which apps?, many: true, answers: [vpn, mail], next: text}}
  text: {{ask: What does it say?, text: {{max: 100}}, next: three}}
  three: {{next: [{{when: '{when}', goto: four}}, {{goto: stuck}}]}}
  four: {{end: Over}}
"
        )
    };
    for (when, help) in [
        ("apps = \"vpn\"", "write `apps has \"vpn\"`"),
        ("apps == \"vpn\"", "write `apps has \"vpn\"`"),
        ("apps <> \"vpn\"", "write `not apps has \"vpn\"`"),
        ("apps contains \"vpn\"", "write `has`"),
        (
            "text contains \"x\"",
            "compare it with `==` or `in`, as in `text == \"…\"`",
        ),
        ("text = \"x\"", "write `=="),
        (
            "text in []",
            "write what it holds, as in `[\"windows\", \"macos\"]`",
        ),
        (
            "not (text in [ ])",
            "write what it holds, as in `[\"windows\", \"macos\"]`",
        ),
    ] {
        let compiled = Files::split(&tree(when)).compile();
        let [finding] = compiled.diagnostics() else {
            panic!("{when}: {:?}", compiled.findings());
        };
        assert_eq!(finding.code.name(), "bad-condition", "{when}");
        let said = finding.help.as_deref().unwrap_or_default();
        assert!(said.starts_with(help), "{when}: {said}");
    }
}

#[test]
fn an_if_that_is_a_condition_belongs_behind_when() {
    let tree = |condition: &str| {
        format!(
            "{FACTS}# file: example.yaml
title: Try
steps:
  one:
    try:
      cable: {{if: {condition}, do: Plug it in.}}
    no: stuck
"
        )
    };
    for condition in [
        "audience == \"agent\"",
        "known(os) and os == \"macos\"",
        "not known(place)",
    ] {
        check(&tree(condition), &[&format!("bad-value 5:19 {condition}")]);
    }
    for question in ["Is it on?", "the cable is loose", "yes"] {
        let codes = Files::split(&tree(question)).compile().codes();
        assert!(!codes.contains(&"bad-value"), "{question}: {codes:?}");
    }
}
