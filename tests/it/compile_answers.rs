//! Answers without an edge, values that fall through, values that do not fit.

use crate::support::Files;

/// Compiles files (see [`Files::split`]) and compares the errors.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().errors(), expected);
}

/// As [`check`], for one question under the name `speed`.
fn check_question(question: &str, expected: &[&str]) {
    let text = format!("title: Speed\nsteps:\n  speed: {question}\n");
    check(&text, expected);
}

#[test]
fn a_yes_no_question_without_its_arms() {
    check_question("{ask: Is it fast?}", &["missing-answer 3:3 speed"]);
    check_question(
        "{ask: Is it fast?, yes: stuck}",
        &["missing-answer 3:3 speed"],
    );
    check_question(
        "{ask: Is it fast?, yes: {end: Good}, no: {end: Bad}, unsure: speed}",
        &[],
    );
}

#[test]
fn a_remedy_or_a_try_without_no() {
    check(
        "
title: Remedies
steps:
  one:
    do: Restart.
    yes: two
  two:
    try:
      other: {do: Wait.}
",
        &["missing-answer 4:3 one", "missing-answer 7:3 two"],
    );
}

#[test]
fn each_missing_choice_and_each_missing_value_is_reported() {
    let compiled = Files::split(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos, linux]}
  wired: {ask: Is there a cable?}
# file: example.yaml
title: Slow
steps:
  system:
    fact: os
    answers: {macos: wired}
  wired:
    fact: wired
    yes: names
  names:
    call: dns
    returns: {works: stuck}
# file: dns.yaml
title: Names
steps:
  other:
    ask: Does it load?
    answers: {well: {return: works}, badly: {return: fails}, slowly: {return: slow}}
",
    )
    .compile();
    assert_eq!(
        compiled.errors(),
        [
            "missing-answer 5:5 answers",
            "missing-answer 5:5 answers",
            "missing-answer 6:3 wired",
            "missing-answer 11:5 returns",
            "missing-answer 11:5 returns",
        ]
    );
    assert_eq!(
        compiled.messages()[0],
        "`os` can also be `linux`, which leads nowhere -> add an edge for `linux`, or use one `next:` for all"
    );
}

#[test]
fn a_call_of_a_tree_that_returns_nothing() {
    check(
        "# file: example.yaml
title: Slow
steps:
  names: {call: dns, returns: {works: stuck}}
  others: {call: dns, next: stuck}
# file: dns.yaml
title: Names
steps:
  other: {do: Wait., no: stuck}
",
        &["unknown-answer 3:32 works"],
    );
}

#[test]
fn numbers_that_no_answer_takes() {
    let number = |spec: &str, answers: &str, expected: &[&str]| {
        let question = format!("{{ask: How fast?, number: {spec}, answers: {{{answers}}}}}");
        let found = Files::split(&format!("title: Speed\nsteps:\n  speed: {question}\n")).compile();
        let found: Vec<_> = found.messages();
        let shown: Vec<_> = found
            .iter()
            .map(|message| message.split(" -> ").next().unwrap())
            .collect();
        assert_eq!(shown, expected, "{answers}");
    };
    let limits = "{min: 0, max: 100}";
    number(limits, "below 5: stuck, 5 to 100: {end: Fine}", &[]);
    number(
        limits,
        "below 5: stuck, above 5: {end: Fine}",
        &["no answer takes 5"],
    );
    number(
        limits,
        "1 to 4: stuck, 5 to 90: {end: Fine}",
        &[
            "no answer takes numbers between 0 and 1, numbers between 4 and 5, numbers between 90 and 100",
        ],
    );
    number(
        "{min: 0, max: 100, decimals: 0}",
        "0 to 4: stuck, 5 to 100: {end: Fine}, OL: {end: Broken}",
        &[],
    );
    number(
        "{min: 0, decimals: 1}",
        "0 to 4: stuck, 5 to 100: {end: Fine}",
        &["no answer takes numbers between 4.1 and 4.9, numbers above 100"],
    );
    number("{}", "below 0: stuck, otherwise: {end: Fine}", &[]);
}

#[test]
fn a_range_in_other_words_is_no_answer() {
    let text = "
title: Speed
steps:
  speed:
    ask: How fast?
    number: {min: 0, max: 100, unit: km/h}
    answers:
      under 5: stuck
      5-20: {end: Slow}
      100 to 20: {end: Fine}
      above 100 km/h: {end: Fast}
      OL: {end: Nothing}
";
    let compiled = Files::split(text).compile();
    assert_eq!(
        compiled.errors(),
        [
            "bad-value 8:7 under 5",
            "bad-value 9:7 5-20",
            "bad-value 10:7 100 to 20",
            "bad-value 11:7 above 100 km/h",
        ]
    );
    let mended = compiled.mended("example.yaml");
    for key in ["below 5:", "5 to 20:", "20 to 100:", "above 100:"] {
        assert!(mended.contains(key), "{mended}");
    }
    assert_eq!(Files::split(&mended).compile().errors(), [""; 0]);
}

#[test]
fn a_list_of_conditions_ends_with_one_that_has_none() {
    check(
        "
title: Speed
steps:
  speed:
    ask: How fast?
    number: {min: 0, max: 100}
    next:
      - when: speed < 5
        goto: again
      - when: speed >= 5
        goto: stuck
  again:
    do: Wait.
    next:
      - when: speed < 5
        goto: branch
  branch:
    next:
      - goto: stuck
",
        &[
            "missing-default 10:15 speed >= 5",
            "missing-default 15:15 speed < 5",
        ],
    );
}

#[test]
fn values_that_a_fact_cannot_have() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on, needs: [pin]}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  apps: {ask: Which programs?, answers: [mail, vpn], many: true}
  age: {ask: How old?, number: {min: 0, max: 9}}
  wired: {ask: Is there a cable?}
  bought: {ask: When?, date: {max: today}}
  pin: {ask: Which PIN?, text: {secret: true}}
# file: example.yaml
title: Values
steps:
  place:
    ask: Where?
    answers:
      a: {goto: stuck, set: {os: linux, apps: [mail, phone], age: 10}}
      b: {goto: stuck, set: {os: [windows], wired: maybe, bought: 1/2/2026}}
      c: {goto: stuck, set: {os: windows, apps: [mail, vpn], age: 9, wired: true, bought: 2026-01-31}}
      d: {goto: next, set: {apps: mail, pin: \"1234\"}}
  next:
    do: Look at ${pin}.
    next:
      - when: pin == \"1234\" or known(pin)
        goto: stuck
      - goto: stuck
",
        &[
            "bad-value fixpath.yaml:1:52 pin",
            "unknown-answer 6:34 linux",
            "unknown-answer 6:54 phone",
            "bad-value 6:67 10",
            "bad-value 7:34 [windows]",
            "bad-value 7:52 maybe",
            "bad-value 7:67 1/2/2026",
            "bad-value 9:46 \"1234\"",
            "bad-template 11:19 pin",
            "bad-condition 13:15 pin",
        ],
    );
}

#[test]
fn keys_that_do_not_go_with_the_declared_fact() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  wired: {ask: Is there a cable?}
  name: {ask: Which name?, text: {max: 9}}
  apps: {ask: Which programs?, answers: [mail, vpn], many: true}
  age: {answers: [old, new]}
# file: example.yaml
title: Keys
steps:
  a: {fact: os, yes: b, no: b}
  b: {fact: wired, answers: {windows: c, macos: c}}
  c: {fact: name, answers: {windows: d, macos: d}}
  d: {fact: apps, answers: {mail: e, vpn: e}}
  e: {fact: name, yes: f, no: f}
  f: {fact: age, next: stuck}
",
        &[
            "missing-key fixpath.yaml:7:3 age",
            "conflicting-keys 3:22 b",
            "conflicting-keys 4:20 answers",
            "conflicting-keys 5:19 answers",
            "missing-key 6:3 d",
            "conflicting-keys 7:24 f",
        ],
    );
}

#[test]
fn a_range_in_another_spelling_says_how_it_is_written() {
    for (key, help) in [
        ("from 3", "write `above 3`, which leaves 3 itself"),
        ("3+", "write `above 3`, which leaves 3 itself"),
        ("3 or more", "write `above 3`, which leaves 3 itself"),
        ("at least 3", "write `above 3`, which leaves 3 itself"),
        ("up to 3", "write `below 3`, which leaves 3 itself"),
        ("3 bis 10", "write `3 to 10`"),
        ("3-10", "write `3 to 10`"),
        ("more than 3", "write `above 3`"),
        ("'<5'", "write `below 5`"),
    ] {
        let text = format!(
            "title: T\nsteps:\n  speed:\n    ask: How fast?\n    number: {{}}\n    answers: {{{key}: stuck, otherwise: two}}\n  two: {{end: Over}}\n"
        );
        let compiled = Files::example(&text).compile();
        let [finding] = compiled.diagnostics() else {
            panic!("{key}: {:?}", compiled.findings());
        };
        assert_eq!(finding.code.name(), "bad-value", "{key}");
        let said = finding.help.as_deref().unwrap_or_default();
        assert!(said.starts_with(help), "{key}: {said}");
    }
}
