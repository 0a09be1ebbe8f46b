//! What is wrong with the shape of a file: each fault is one finding, at its place, with what to write instead.

use super::support::Reading;

/// The findings of some steps, as `code text`.
#[track_caller]
fn finds(steps: &str, expected: &[&str]) {
    assert_eq!(Reading::steps(steps).words(), expected, "{steps}");
}

/// One finding, whose mend gives this, in which nothing is wrong any more.
#[track_caller]
fn mends(steps: &str, expected: &str, mended: &str) {
    let reading = Reading::steps(steps);
    assert_eq!(reading.words(), [expected], "{steps}");
    assert_eq!(reading.mended(), format!("title: T\nsteps:\n{mended}"));
    assert_eq!(Reading::tree(&reading.mended()).words(), [""; 0]);
}

#[test]
fn a_misspelled_key_counts_as_what_was_meant() {
    mends(
        "  a: {anwsers: {x: stuck}, ask: A?}\n",
        "unknown-key anwsers",
        "  a: {answers: {x: stuck}, ask: A?}\n",
    );
    mends(
        "  a: {do: A, option: x, no: stuck, hlep: H}\n"
            .replace("option: x, ", "")
            .as_str(),
        "unknown-key hlep",
        "  a: {do: A, no: stuck, help: H}\n",
    );
    mends(
        "  a: {question: A?, yes: stuck, no: stuck}\n",
        "unknown-key question",
        "  a: {ask: A?, yes: stuck, no: stuck}\n",
    );
}

#[test]
fn an_unknown_key_hides_what_may_only_seem_to_be_missing() {
    finds(
        "  a: {ask: A?, foobar: x, yes: stuck}\n",
        &["unknown-key foobar"],
    );
    finds("  a: {foobar: x}\n", &["unknown-key foobar"]);
}

#[test]
fn a_key_at_a_wrong_place_says_where_it_belongs() {
    let help = |steps: &str| {
        let reading = Reading::steps(steps);
        assert_eq!(reading.findings.len(), 1, "{:?}", reading.words());
        reading.findings[0].help.clone().unwrap()
    };
    assert!(help("  a: {ask: A?, yes: stuck, no: stuck, teams: x}\n").contains("library file"));
    assert!(help("  a: {do: A, goto: stuck}\n").contains("next: step"));
    assert!(help("  a: {ask: A?, yes: {ask: B?}, no: stuck}\n").contains("step of its own"));
    let tried = help("  a: {try: {b: {do: B, no: stuck}}, no: stuck}\n");
    assert!(tried.contains("next remedy"));
}

#[test]
fn keys_of_a_title_and_of_the_library_are_known_too() {
    let reading = Reading::library("name: D\nteam: {desk: {nmae: Desk}}\nstuck: {team: desk}\n");
    assert_eq!(
        reading.words(),
        ["unknown-key team", "unknown-key nmae", "unknown-key team"]
    );
}

#[test]
fn names_are_written_once() {
    finds(
        "  a: {ask: A?, yes: stuck, no: stuck, yes: stuck}
  a: {end: A}
  b: {try: {a: {do: A}, c: {do: C}}, no: stuck}
  c: {end: C}
  d: {ask: D?, many: yes, answers: [x, y, x], next: a}
  e: {ask: E?, answers: {x: a, x: b}}
",
        &[
            "duplicate-key yes",
            "duplicate-key a",
            "duplicate-key a",
            "duplicate-key c",
            "duplicate-key x",
            "duplicate-key x",
        ],
    );
    let reading = Reading::steps("  a: {end: A}\n  a: {end: B}\n");
    let first = &reading.findings[0].secondary[0];
    assert_eq!(reading.source.position(first.place.span.start).line, 3);
    assert_eq!(reading.script.steps.len(), 1);
}

#[test]
fn what_must_be_there() {
    finds(
        "  a: {ask: A?, date: {}}
  b: {do: B}
  c: {ask: C?, answers: [x]}
  d: {call: other}
  e: {yes: a, say: E}
  f: {yes: a, no: a}
  g: {do: G, yes: a}
  h: {do: H, no: a, limit: {visits: 3}, image: {alt: H}, link: {label: H}}
  i: {ask: I?, run: {timeout: 3s, yes: exit == 0}, yes: a, no: a}
  j: {ask: J?, yes: {label: x}, no: a}
  k: {ask: K?, yes: a, no: a, tried: a}
  l: {try: {m: {do: M, odds: 5%}, n: {takes: 2m, do: N}}, order: best, no: a}
  o: {ask: O?, text: {}}
  p: {ask: P?, number: {}}
  q: {number: {}, next: a}
  r: {ask: R?, many: yes, next: a}
",
        &[
            "missing-key a",
            "missing-key b",
            "missing-key c",
            "missing-key d",
            "missing-key e",
            "missing-key f",
            "missing-answer g",
            "missing-key {visits: 3}",
            "missing-key {alt: H}",
            "missing-key {label: H}",
            "missing-key {timeout: 3s, yes: exit == 0}",
            "missing-key {label: x}",
            "missing-key tried",
            "missing-key m",
            "missing-key n",
            "missing-key o",
            "missing-key p",
            "missing-key q",
            "missing-key r",
        ],
    );
    assert_eq!(
        Reading::tree("summary: S\n").places(),
        ["missing-key 1:1-1:1", "missing-key 1:1-1:1"]
    );
    let tests = Reading::tree("title: T\nsteps: {a: {end: A}}\ntests: {t: {answers: [a: x]}}\n");
    assert_eq!(tests.words(), ["missing-key t"]);
}

#[test]
fn the_arms_of_a_question_are_looked_at_when_names_are_known() {
    finds("  a: {ask: A?}\n  b: {ask: B?, yes: stuck}\n", &[]);
    finds("  a: {try: {b: {do: B}}}\n", &[]);
}

#[test]
fn kinds_of_values() {
    finds(
        "  a: {do: [x, y], no: stuck}
  b: c
  d: [e]
  f: {ask: F?, yes: [a, b], no: a}
  g: {ask: G?, answers: x}
  h: {do: H, checklist: x, no: {x: y}}
",
        &[
            "wrong-type [x, y]",
            "wrong-type c",
            "wrong-type [e]",
            "wrong-type [a, b]",
            "wrong-type x",
            "wrong-type x",
            "unknown-key x",
        ],
    );
    let reading = Reading::tree("title: T\nsymptoms: no lights\nsteps: [a]\n");
    assert_eq!(reading.words(), ["wrong-type no lights", "wrong-type [a]"]);
    assert!(reading.mended().contains("symptoms: [no lights]\n"));
    assert_eq!(
        Reading::tree("just a text\n").words(),
        ["wrong-type just a text"]
    );
    assert_eq!(Reading::tree("- a\n").words(), ["wrong-type - a"]);
}

#[test]
fn keys_that_exclude_each_other() {
    finds(
        "  a: {do: A, no: b, next: b}
  b: {ask: B?, yes: a, no: a, answers: {x: a}}
  c: {escalate: x, impact: low, priority: 1}
  d: {fact: os, number: {}, next: a}
  e: {fix: E, escalate: x}
  f: {ask: F?, number: {}, text: {}, next: a}
  g: {ask: G?, yes: {goto: a, tree: b}, no: {goto: a, reason: R}}
  h: {ask: H?, next: a, yes: b}
  i: {ask: I?, text: {}, answers: [x], next: a}
  j: {fact: os, answers: {x: a}, next: b}
  k: {try: {l: {do: L, yes: {fix: L, set: {x: y}}}}, no: a, ask: K?}
  m: {ask: M?, answers: {x: a}, run: {command: [x], yes: exit == 0}}
  n: {call: x, next: a, say: N}
  o: {end: O, reason: R}
  p: {do: P, next: a, takes: 2m}
  q: {ask: Q?, yes: a, no: a, check: Better?}
  r: {ask: R?, number: {}, answers: {otherwise: a}, next: b}
",
        &[
            "conflicting-keys next",
            "conflicting-keys answers",
            "conflicting-keys priority",
            "conflicting-keys number",
            "conflicting-keys escalate",
            "conflicting-keys text",
            "conflicting-keys tree",
            "conflicting-keys reason",
            "conflicting-keys yes",
            "conflicting-keys answers",
            "conflicting-keys next",
            "conflicting-keys set",
            "conflicting-keys ask",
            "conflicting-keys run",
            "conflicting-keys say",
            "conflicting-keys reason",
            "conflicting-keys takes",
            "conflicting-keys check",
            "conflicting-keys next",
        ],
    );
}

#[test]
fn names_keep_the_rules() {
    finds(
        "  Restart-Router: {end: A}
  stuck: {end: A}
  solved: {end: A}
  audience: {end: A}
  yes: {end: A}
  known: {end: A}
  2fast: {end: A}
  größe: {end: A}
  a_1: {try: {Öl: {do: A}}, no: stuck}
",
        &[
            "bad-name Restart-Router",
            "bad-name stuck",
            "bad-name solved",
            "bad-name audience",
            "bad-name yes",
            "bad-name known",
            "bad-name 2fast",
            "bad-name größe",
            "bad-name Öl",
        ],
    );
    let long = "x".repeat(61);
    let sixty = "ü".repeat(60);
    finds(
        &format!(
            "  a: {{ask: A?, answers: {{{long}: stuck, {sixty}: stuck, \"a\\nb\": stuck}}}}\n"
        ),
        &[&format!("bad-name {long}"), "bad-name \"a\\nb\""],
    );
    let facts = Reading::library("facts: {Os: {ask: A?}, in: {ask: B?}}\n");
    assert_eq!(facts.words(), ["bad-name Os", "bad-name in"]);
}

#[test]
fn values_of_a_fixed_form() {
    for (value, mended) in [
        ("wait: 2 minutes", "wait: 2m"),
        ("wait: 30 sec", "wait: 30s"),
        ("takes: 1H", "takes: 1h"),
        ("takes: 120", "takes: 120s"),
        ("odds: 45", "odds: 45%"),
        ("link: www.x.org", "link: https://www.x.org"),
    ] {
        let bad = value.split_once(": ").unwrap().1;
        mends(
            &format!("  a:\n    do: A\n    no: stuck\n    {value}\n"),
            &format!("bad-value {bad}"),
            &format!("  a:\n    do: A\n    no: stuck\n    {mended}\n"),
        );
    }
    for value in [
        "wait: soon",
        "wait: 0s",
        "wait: -5m",
        "wait: 99999d",
        "odds: 101%",
        "odds: -1%",
        "odds: half",
        "link: javascript:alert(1)",
        "link: \"https:\"",
        "limit: {visits: 0, then: stuck}",
        "limit: {visits: 1.5, then: stuck}",
    ] {
        let reading = Reading::steps(&format!("  a:\n    do: A\n    no: stuck\n    {value}\n"));
        assert_eq!(reading.findings.len(), 1, "{value}");
        assert_eq!(reading.findings[0].code.name(), "bad-value", "{value}");
    }
}

#[test]
fn limits_are_not_upside_down() {
    finds(
        "  a: {ask: A?, number: {min: 5, max: 3}, next: stuck}
  b: {ask: B?, date: {min: 2027-01-01, max: 2026-01-01}, next: stuck}
  c: {ask: C?, number: {min: x, max: 1e5, decimals: -1}, next: stuck}
  d: {ask: D?, date: {min: tomorrow, max: 1.2.2026}, next: stuck}
  e: {ask: E?, text: {pattern: 'a(', max: 0, secret: maybe}, next: stuck}
  f: {ask: F?, date: {min: today, max: 2000-01-01}, next: stuck}
",
        &[
            "bad-value 3",
            "bad-value 2026-01-01",
            "bad-value x",
            "bad-value 1e5",
            "bad-value -1",
            "bad-value tomorrow",
            "bad-value 1.2.2026",
            "bad-value 'a('",
            "bad-value 0",
            "bad-value maybe",
        ],
    );
}

#[test]
fn words_of_a_list() {
    let reading = Reading::tree(
        "title: T
review_by: 2027-13-01
audience: agnet
allow: [vague-anser, unknown-step, no-tests]
format: 1.0
steps:
  a: {escalate: x, impact: hihg, urgency: severe, needs: [y]}
  b: {escalate: x, priority: 6}
  c: {try: {d: {do: D}}, order: fastest, no: stuck}
",
    );
    assert_eq!(
        reading.words(),
        [
            "bad-value 2027-13-01",
            "bad-value agnet",
            "bad-value vague-anser",
            "bad-value unknown-step",
            "bad-value 1.0",
            "bad-value hihg",
            "bad-value severe",
            "bad-value 6",
            "bad-value fastest",
        ]
    );
    let mended = reading.mended();
    assert!(mended.contains("audience: agent\n"));
    assert!(mended.contains("[vague-answer, "));
    assert!(mended.contains("impact: high, "));
}

#[test]
fn nothing_behind_a_key() {
    finds(
        "  a:
  b: {}
  c: {ask: C?, yes: , no: ''}
  d: {do: D, checklist: [], no: a, limit: {}}
  e:
    ask: E?
    number:
    next: a
",
        &["bad-value", "bad-value {}", "bad-value", "bad-value ''"]
            .into_iter()
            .chain(["bad-value []", "bad-value {}", "bad-value"])
            .collect::<Vec<_>>(),
    );
    let number = Reading::steps("  a:\n    ask: A?\n    number:\n    next: stuck\n");
    assert!(number.mended().contains("    number: {}\n"));
}

#[test]
fn a_try_is_held_against_its_own_figures() {
    finds(
        "  a: {try: {b: {do: B, odds: 70%}, c: {do: C, odds: 45%}}, no: stuck}\n",
        &["bad-value 45%"],
    );
    finds(
        "  a: {try: {b: {do: B, odds: 33.3%}, c: {do: C, odds: 33.3%}, d: {do: D, odds: 33.4%}}, no: stuck}\n",
        &[],
    );
    let many: String = (0..13)
        .map(|at| format!("      r{at}: {{do: R, takes: 1m, odds: 1%}}\n"))
        .collect();
    finds(
        &format!("  a:\n    try:\n{many}    order: best\n    no: stuck\n"),
        &["bad-value best"],
    );
}

#[test]
fn a_matrix_has_all_nine_places() {
    let reading = Reading::library(
        "priority:\n  high: {high: 1, medium: 2, low: 6}\n  medium: {high: 2, low: 4}\n",
    );
    assert_eq!(
        reading.words(),
        [
            "missing-key high: {high: 1, medium: 2, low: 6}",
            "bad-value 6",
            "missing-key {high: 2, low: 4}",
        ]
    );
}

#[test]
fn hooks_have_an_address_and_occasions() {
    let reading = Reading::library(
        "hooks:\n  - {url: mailto:x@y.org, on: [handover, closed]}\n  - {on: [close]}\n",
    );
    assert_eq!(
        reading.words(),
        ["bad-value closed", "missing-key {on: [close]}"]
    );
}

#[test]
fn stuck_is_an_escalation() {
    let reading = Reading::tree("title: T\nstuck: desk\nsteps: {a: {end: A}}\n");
    assert_eq!(reading.words(), ["wrong-type desk"]);
    assert!(reading.mended().contains("stuck: {escalate: desk}\n"));
    let reading = Reading::tree("title: T\nstuck: {fix: A}\nsteps: {a: {end: A}}\n");
    assert_eq!(reading.words(), ["unknown-key fix"]);
    let help = reading.findings[0].help.as_deref().unwrap();
    assert!(help.starts_with("`stuck` hands over to a team"), "{help}");
    let reading = Reading::tree("title: T\nstuck: {reason: A}\nsteps: {a: {end: A}}\n");
    assert_eq!(reading.words(), ["missing-key {reason: A}"]);
}

#[test]
fn an_example_is_an_answer_to_its_own_question() {
    let words = |text: &str| {
        let text = format!("  a: {{ask: Which?, text: {{{text}}}, next: stuck}}\n");
        Reading::steps(&text).words()
    };
    assert_eq!(words("pattern: '[A-Z]{2}', example: AB"), [""; 0]);
    assert_eq!(
        words("pattern: '[A-Z]{2}', example: ABC"),
        ["bad-value ABC"]
    );
    assert_eq!(words("max: 2, example: äö"), [""; 0]);
    assert_eq!(words("max: 2, example: äöü"), ["bad-value äöü"]);
    // What cannot be told apart from another fault is not said.
    assert_eq!(words("max: 2, example: ab, cd"), ["split-text ab, cd"]);
    assert_eq!(words("pattern: '[A-Z', example: ab"), ["bad-value '[A-Z'"]);
}

#[test]
fn what_a_question_of_two_kinds_lacks_is_not_said() {
    let reading = Reading::steps("  a: {ask: How?, number: {}, yes: stuck, no: stuck}\n");
    assert_eq!(reading.words(), ["conflicting-keys yes"]);
}
