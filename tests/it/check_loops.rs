//! Loops and ends: what cannot be reached, what cannot be left, what never stops.

use crate::support::Files;

/// Compiles one tree, or several files, and compares the findings.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().findings(), expected, "{text}");
}

#[test]
fn a_loop_without_an_end_is_reported_once_and_not_the_steps_that_lead_into_it() {
    check(
        "
title: Round and round
steps:
  before: {do: Begin., next: one}
  one: {ask: Is it on?, yes: two, no: three}
  two: {do: Go on., next: one}
  three: {ask: Is it off?, yes: one, no: two}
",
        &["no-way-out 5:3 one"],
    );
}

#[test]
fn every_kind_of_end_is_a_way_out() {
    for way in [
        "stuck",
        "{fix: Done}",
        "{escalate: desk, reason: R}",
        "{end: Over}",
        "{return: done}",
        "{tree: other}",
    ] {
        check(
            &format!(
                "# file: example.yaml
title: T
steps:
  one: {{ask: Is it on?, yes: one, no: two}}
  two: {{do: Go on., next: one, cannot: {way}}}
# file: other.yaml
title: O
steps:
  one: {{end: Over}}
"
            ),
            if way.starts_with("{fix") {
                &["endless-retry 3:3 one"]
            } else {
                &[]
            },
        );
    }
}

#[test]
fn a_call_is_a_way_out_where_the_called_tree_can_end() {
    let files = |other: &str| {
        format!(
            "# file: example.yaml
title: T
steps:
  one: {{do: Go on., next: two}}
  two: {{call: other, next: one}}
# file: other.yaml
title: O
steps:
{other}"
        )
    };
    check(
        &files("  one: {ask: Is it on?, yes: {return: on}, no: {return: off}}\n"),
        &["no-way-out 3:3 one"],
    );
    check(
        &files("  one: {ask: Is it on?, yes: {return: on}, no: stuck}\n"),
        &[],
    );
    check(
        &files("  one: {ask: Is it on?, yes: {return: on}, no: {fix: Done}}\n"),
        &["endless-retry 3:3 one"],
    );
}

#[test]
fn nothing_is_said_of_what_depends_on_an_unknown_step() {
    check(
        "
title: T
steps:
  one: {ask: Is it on?, yes: two, no: tree}
  two: {do: Go on., next: one}
  free: {do: Go on., next: two}
",
        &["unknown-step 4:39 tree"],
    );
}

#[test]
fn a_loop_that_only_a_repair_ends_needs_a_limit() {
    let tree = |more: &str| {
        format!(
            "
title: T
steps:
  restart:
    do: Restart it.
    no: settle
{more}  settle: {{do: Wait., next: restart}}
"
        )
    };
    check(&tree(""), &["endless-retry 4:3 restart"]);
    check(&tree("    limit: {visits: 3, then: stuck}\n"), &[]);
    check(&tree("    cannot: stuck\n"), &[]);
    check(
        &tree("    yes: {fix: It runs again}\n"),
        &["endless-retry 4:3 restart"],
    );
    check(
        &tree("    yes: {fix: It runs again, no: settle}\n"),
        &["endless-retry 4:3 restart"],
    );
}

#[test]
fn remedies_that_lead_back_to_their_own_list_are_a_silent_loop() {
    check(
        "
title: T
steps:
  all:
    try:
      one: {do: Do this.}
      two: {do: Do that.}
    no: all
",
        &["silent-loop 4:3 all"],
    );
}

#[test]
fn branches_that_lead_to_each_other_never_stop() {
    check(
        "
title: T
steps:
  one: {next: [{when: audience == \"agent\", goto: two}, {goto: ask}]}
  two: {next: one}
  ask: {ask: Is it on?, yes: stuck, no: one}
",
        &["silent-loop 4:3 one"],
    );
}

#[test]
fn a_limit_that_leads_back_to_its_own_step_never_stops_once_it_is_used_up() {
    check(
        "
title: T
steps:
  one:
    limit: {visits: 2, then: two}
    ask: Is it on?
    yes: stuck
    no: one
  two: {next: one}
",
        &["silent-loop 4:3 one"],
    );
}

#[test]
fn a_called_tree_in_a_silent_loop_counts_as_silent_only_past_its_branches() {
    let files = |other: &str| {
        format!(
            "# file: fixpath.yaml
stuck: {{escalate: desk, reason: No way on}}
facts:
  wired: {{ask: Is there a cable?}}
# file: example.yaml
title: T
steps:
  one: {{call: other, returns: {{on: two, off: stuck}}}}
  two: {{next: one}}
# file: other.yaml
title: O
steps:
{other}  off: {{return: off}}
"
        )
    };
    check(
        &files("  one: {next: [{when: known(wired), return: on}, {goto: off}]}\n"),
        &["silent-loop 3:3 one"],
    );
    check(
        &files("  one: {fact: wired, yes: {return: on}, no: off}\n"),
        &[],
    );
}

#[test]
fn of_steps_that_are_cut_off_the_first_is_reported() {
    let text = "
title: T
steps:
  start: {ask: Is it on?, yes: stuck, no: {fix: Switched on}}
  lost: {do: Look., next: follower}
  follower: {ask: Is it off?, yes: round, no: stuck}
  round: {do: Turn., next: turn, cannot: stuck}
  turn: {do: Turn back., next: round}
  alone: {end: Over}
";
    check(
        text,
        &["unreachable-step 5:3 lost", "unreachable-step 9:3 alone"],
    );
    let labels: Vec<_> = Files::split(text)
        .compile()
        .diagnostics()
        .iter()
        .filter(|finding| finding.code.name() == "unreachable-step")
        .map(|finding| finding.primary.text.clone())
        .collect();
    assert_eq!(
        labels,
        [
            "no edge leads here; `follower`, `round` and `turn` are cut off with it",
            "no edge leads here"
        ]
    );
}

#[test]
fn a_loop_that_is_cut_off_is_reported_at_its_first_step() {
    check(
        "
title: T
start: begin
steps:
  round: {do: Turn., next: turn, cannot: stuck}
  turn: {do: Turn back., next: round}
  begin: {end: Over}
",
        &["unreachable-step 5:3 round"],
    );
}

/// So many instructions in a row, then an end.
fn row(prompts: usize) -> String {
    let mut text = "title: T\nsteps:\n".to_owned();
    for at in 0..prompts {
        text.push_str(&format!("  s{at}: {{do: Go on., next: s{}}}\n", at + 1));
    }
    text + &format!("  s{prompts}: {{end: Over}}\n")
}

#[test]
fn fifteen_prompts_to_the_nearest_end_are_enough() {
    check(&row(15), &[]);
    check(&row(16), &["long-walk 3:3 s0"]);
}

#[test]
fn a_call_takes_as_many_prompts_as_the_shortest_way_through_it() {
    let text = format!(
        "# file: example.yaml\n{}# file: other.yaml\ntitle: O\nsteps:\n  a: {{do: Go., next: b}}\n  b: {{ask: On?, yes: {{return: on}}, no: a}}\n",
        row(14).replace("s3: {do: Go on., next: s4}", "s3: {call: other, next: s4}")
    );
    check(&text, &[]);
    let text = text.replace("s5: {do: Go on., next: s6}", "s5: {call: other, next: s6}");
    check(&text, &["long-walk 3:3 s0"]);
}
