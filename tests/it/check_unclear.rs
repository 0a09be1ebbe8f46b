//! Behind a condition, or a `set`, that has mistakes nothing is said that only follows from them: one finding, where the
//! mistake is.

use crate::support::Files;

const LIBRARY: &str = "
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos, linux]}
  wired: {ask: Is there a cable?}
  speed: {ask: How fast is it?, number: {min: 0, max: 100, decimals: 0}}
";

/// Compiles the steps of `example` beside a tree for agents, and compares code and line of the findings.
fn check(steps: &str, expected: &[&str]) {
    let compiled = Files::new()
        .library(LIBRARY)
        .tree("example", &format!("title: T\nsteps:\n{steps}"))
        .tree(
            "agents",
            "title: A\naudience: agent\nsteps:\n  one: {end: Over}\n",
        )
        .compile();
    let found = compiled.findings();
    let places: Vec<&str> = found.iter().map(|finding| place(finding)).collect();
    assert_eq!(places, expected, "{steps}\n{found:?}");
}

/// The code with its line.
fn place(finding: &str) -> &str {
    finding.split(':').next().unwrap_or_default()
}

#[test]
fn a_condition_with_a_mistake_keeps_customers_away() {
    for (condition, code) in [
        ("'audience = \"agent\"'", "bad-condition 3"),
        ("'audience is \"agent\"'", "bad-condition 3"),
        ("audience == 'agent'", "bad-condition 3"),
        ("audience == “agent”", "bad-condition 3"),
        ("audience == agent", "bad-condition 3"),
        ("'audience == \"agents\"'", "unknown-answer 3"),
        ("'audience == \"agent\" && wired'", "bad-condition 3"),
        ("'Audience == \"agent\"'", "unknown-fact 3"),
    ] {
        check(
            &format!(
                "  one: {{next: [{{when: {condition}, tree: agents}}, {{goto: two}}]}}\n  two: {{end: Over}}\n"
            ),
            &[code],
        );
    }
}

#[test]
fn the_entries_below_a_mistake_are_not_known_either() {
    check(
        "  one: {next: [{when: 'audience = \"customer\"', goto: two}, {tree: agents}]}
  two: {end: Over}
",
        &["bad-condition 3"],
    );
    // What stands above it is.
    check(
        "  one:
    next:
      - {when: channel == \"phone\", tree: agents}
      - {when: audience = \"customer\", goto: two}
      - {tree: agents}
  two: {end: Over}
",
        &["not-for-audience 5", "bad-condition 6"],
    );
}

#[test]
fn a_step_that_another_way_leads_to_is_judged_by_that_way() {
    check(
        "  one: {ask: Is it on?, yes: two, no: three}
  two: {next: [{when: 'audience = \"agent\"', goto: three}, {goto: four}]}
  three: {call: agents, next: four}
  four: {end: Over}
",
        &["bad-condition 4", "not-for-audience 5"],
    );
}

#[test]
fn a_condition_with_a_mistake_may_make_facts_known() {
    check(
        "  one: {ask: How fast?, number: {}, next: two, unsure: two}
  two: {next: [{when: 'known(one) and one >> 2', goto: three}, {goto: four}]}
  three: {do: 'It is ${one}.', next: stuck}
  four: {do: 'Wait.', next: stuck}
",
        &["bad-condition 4"],
    );
    check(
        "  one: {next: [{when: not knwn(os), goto: two}, {when: 'os == \"linux\"', goto: two}, {goto: three}]}
  two: {do: Wait., next: stuck}
  three: {do: 'Open ${os}.', next: stuck}
",
        &["bad-condition 3"],
    );
    check(
        "  one:
    try:
      cable: {when: known(wird) and wired, do: Plug it in.}
      other: {when: wired, do: Plug it out.}
    no: two
  two: {next: [{when: wired, goto: three}, {goto: stuck}]}
  three: {do: Wait., next: stuck}
",
        &["unknown-fact 5"],
    );
}

#[test]
fn an_entry_whose_when_is_lost_keeps_customers_away() {
    check(
        "  one: {next: [{tree: agents}, {goto: two}]}
  two: {end: Over}
",
        &["missing-key 3"],
    );
    check(
        "  one: {next: [{when: [audience, agent], tree: agents}, {goto: two}]}
  two: {end: Over}
",
        &["wrong-type 3"],
    );
}

#[test]
fn what_a_mistaken_set_gives_is_not_missed() {
    check(
        "  one: {ask: Is it on?, yes: {goto: two, set: {speed: fast}}, no: stuck}
  two: {next: [{when: speed > 5, goto: three}, {goto: stuck}]}
  three: {do: 'It is ${speed}.', next: stuck}
",
        &["bad-value 3"],
    );
}

#[test]
fn a_called_tree_with_a_mistake_may_keep_customers_away() {
    let compiled = Files::new()
        .tree(
            "example",
            "title: T\nsteps:\n  one: {call: gate, returns: {agent: {tree: agents}, other: two}}\n  two: {end: Over}\n",
        )
        .tree(
            "gate",
            "title: G\nsteps:\n  one: {next: [{when: audience = \"agent\", return: agent}, {return: other}]}\n",
        )
        .tree("agents", "title: A\naudience: agent\nsteps:\n  one: {end: Over}\n")
        .default_library()
        .compile();
    assert_eq!(compiled.findings(), ["bad-condition gate.yaml:3:32 ="]);
}

#[test]
fn what_holds_whatever_is_meant_is_still_said() {
    check(
        "  one: {fact: os, answers: {windows: two, macos: stuck, linux: stuck}}
  two: {next: [{when: wird, goto: three}, {when: os == \"linux\", goto: three}, {goto: four}]}
  three: {do: Wait., next: stuck}
  four: {do: Wait here., next: stuck}
",
        &["unknown-fact 4", "never-true 4"],
    );
}
