//! Facts: where they may be unset, which conditions they decide, which questions they answer.

use crate::support::Files;

const LIBRARY: &str = "
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos, linux]}
  wired: {ask: Is there a cable?}
  speed: {ask: How fast is it?, number: {min: 0, max: 100, decimals: 0}}
";

/// Compiles the steps of `example`, beside the trees given, and compares the findings.
fn check(steps: &str, others: &[(&str, &str)], expected: &[&str]) {
    let mut files = Files::new()
        .library(LIBRARY)
        .tree("example", &format!("title: T\nsteps:\n{steps}"));
    for (name, steps) in others {
        files = files.tree(name, &format!("title: T\nsteps:\n{steps}"));
    }
    assert_eq!(files.compile().findings(), expected, "{steps}");
}

#[test]
fn a_text_needs_its_fact_on_every_way() {
    check(
        "  one: {ask: Is it on?, yes: two, no: three}
  two: {fact: os, next: three}
  three: {do: 'Open ${os}.', next: stuck}
",
        &[],
        &["fact-may-be-unset 5:21 ${os}"],
    );
    check(
        "  one: {fact: os, next: three}
  three: {do: 'Open ${os}.', next: stuck}
",
        &[],
        &[],
    );
}

#[test]
fn unsure_leaves_a_fact_unset_and_an_end_may_say_so() {
    check(
        "  one: {fact: os, next: two, unsure: two}
  two: {do: 'Open ${os}.', next: three}
  three: {escalate: desk, reason: 'Runs ${os}'}
",
        &[],
        &["fact-may-be-unset 4:19 ${os}"],
    );
}

#[test]
fn known_makes_sure_in_a_condition_and_behind_an_edge() {
    check(
        "  one: {ask: How fast?, number: {}, next: two, unsure: two}
  two:
    next:
      - {when: 'known(one) and one > 5', goto: three}
      - {when: not known(one), goto: four}
      - {goto: three}
  three: {do: 'It is ${one}.', next: stuck}
  four: {do: 'It is ${one}.', next: stuck}
",
        &[],
        &["fact-may-be-unset 10:21 ${one}"],
    );
    check(
        "  one: {ask: How fast?, number: {}, next: two, unsure: two}
  two: {next: [{when: 'one > 5 or known(one)', goto: three}, {goto: stuck}]}
  three: {do: Wait., next: stuck}
",
        &[],
        &["fact-may-be-unset 4:24 one"],
    );
}

#[test]
fn a_fact_of_a_used_up_limit_is_known_where_the_loop_makes_it_known() {
    let tree = |no: &str| {
        format!(
            "  again:
    limit: {{visits: 2, then: tell}}
    do: Restart it.
    no: {no}
  measure: {{ask: How fast?, number: {{}}, next: again}}
  tell: {{do: 'It is ${{measure}}.', next: stuck}}
"
        )
    };
    check(&tree("measure"), &[], &[]);
    check(
        &tree("{goto: other}\n  other: {ask: Is it on?, yes: measure, no: again}"),
        &[],
        &["fact-may-be-unset 9:21 ${measure}"],
    );
}

#[test]
fn what_a_call_makes_known_is_known_after_it() {
    let main = "  one: {call: sub, returns: {on: two, off: three}}
  two: {do: 'Open ${os}.', next: stuck}
  three: {do: 'Open ${os}.', next: stuck}
";
    let sub = "  one: {fact: os, next: {return: on}, unsure: {return: off}}\n";
    check(main, &[("sub", sub)], &["fact-may-be-unset 5:21 ${os}"]);
    // Who knows the fact already is not asked, and so cannot be unsure.
    check(
        &format!("  zero: {{fact: os, next: one}}\n{main}"),
        &[("sub", sub)],
        &[],
    );
    // What the called tree asks for itself, nobody else knows.
    let own = "  os_of_sub: {ask: On?, yes: {return: on}, no: {return: off}}\n";
    check(
        "  one: {call: sub, returns: {on: two, off: stuck}}
  two: {do: 'Open ${os_of_sub}.', next: stuck}
",
        &[("sub", own)],
        &["unknown-fact 4:21 os_of_sub"],
    );
}

#[test]
fn who_has_done_it_already_may_skip_a_question_that_goes_on_anyway() {
    check(
        "  one: {do: Run the test., ask: How fast?, number: {}, next: two}
  two: {do: 'It is ${one}.', next: stuck}
",
        &[],
        &["fact-may-be-unset 4:20 ${one}"],
    );
    check(
        "  one: {do: Run the test., ask: How fast?, number: {}, next: two, tried: stuck}
  two: {do: 'It is ${one}.', next: stuck}
",
        &[],
        &[],
    );
}

#[test]
fn a_branch_that_the_answers_leave_nothing_is_never_true() {
    check(
        "  one: {fact: os, answers: {windows: two, macos: two, linux: stuck}}
  two:
    next:
      - {when: os == \"linux\", goto: stuck}
      - {when: 'os in [\"windows\", \"macos\"]', goto: three}
      - {goto: stuck}
  three: {do: Wait., next: stuck}
",
        &[],
        &[
            "never-true 6:16 os == \"linux\"",
            "always-true 7:17 os in [\"windows\", \"macos\"]",
        ],
    );
}

#[test]
fn numbers_are_cut_at_what_conditions_compare_with() {
    check(
        "  one: {ask: How fast?, number: {min: 0, max: 10, decimals: 0}, answers: {below 5: two, otherwise: stuck}}
  two:
    next:
      - {when: one > 4, goto: stuck}
      - {when: one <= 2, goto: three}
      - {when: one < 4, goto: three}
      - {when: one == 4, goto: three}
      - {goto: stuck}
  three: {do: Wait., next: stuck}
",
        &[],
        &["never-true 6:16 one > 4"],
    );
}

#[test]
fn set_and_calls_decide_too() {
    check(
        "  one: {ask: Is it on?, yes: {goto: two, set: {wired: yes}}, no: call}
  call: {call: sub, next: two}
  two: {next: [{when: wired, goto: three}, {goto: stuck}]}
  three: {do: Wait., next: stuck}
",
        &[(
            "sub",
            "  one: {ask: Is it on?, yes: {return: on, set: {wired: yes}}, no: stuck}\n",
        )],
        &["always-true 5:23 wired"],
    );
}

#[test]
fn texts_and_what_nobody_has_asked_decide_nothing() {
    check(
        "  one: {ask: What is its name?, text: {}, next: two}
  two:
    next:
      - {when: one == \"a\", goto: three}
      - {when: known(wired), goto: three}
      - {when: channel == \"phone\", goto: three}
      - {goto: stuck}
  three: {do: Wait., next: stuck}
",
        &[],
        &[],
    );
}

#[test]
fn the_when_of_a_remedy_is_judged() {
    check(
        "  one: {fact: os, answers: {windows: all, macos: all, linux: stuck}}
  all:
    try:
      first: {do: Do this., when: os == \"linux\"}
      second: {do: Do that., when: os == \"windows\"}
      third: {do: Do it., when: os != \"linux\"}
      fourth: {do: Do it all., when: wired}
    no: stuck
",
        &[],
        &[
            "never-true 6:35 os == \"linux\"",
            "always-true 8:33 os != \"linux\"",
            "fact-may-be-unset 9:38 wired",
        ],
    );
}

#[test]
fn an_agent_may_take_over_wherever_the_walk_stops() {
    check(
        "  one: {next: [{when: audience == \"customer\", goto: two}, {goto: stuck}]}
  two: {next: [{when: audience == \"customer\", goto: three}, {goto: stuck}]}
  three: {do: Wait., next: four}
  four: {next: [{when: audience == \"customer\", goto: five}, {goto: stuck}]}
  five: {do: Wait again., next: stuck}
",
        &[],
        &["always-true 4:23 audience == \"customer\""],
    );
}

#[test]
fn a_question_whose_answer_is_known_on_every_way_is_never_asked() {
    let again = |more: &str| {
        format!(
            "  one: {{fact: os, next: two}}
  two: {{ask: Is it on?, yes: three, no: stuck}}
  three: {{fact: os, {more}answers: {{windows: stuck, macos: stuck, linux: {{fix: Done}}}}}}
"
        )
    };
    check(&again(""), &[], &["already-answered 5:3 three"]);
    check(&again("do: Look again., "), &[], &[]);
    check(
        &again("unsure: two, "),
        &[],
        &["already-answered 5:3 three"],
    );
    check(
        "  one: {fact: os, next: two, unsure: two}
  two: {fact: os, next: stuck}
",
        &[],
        &[],
    );
}

#[test]
fn a_question_in_a_loop_is_asked_again() {
    check(
        "  one: {ask: Is it on?, yes: {goto: two, set: {os: windows}}, no: stuck}
  two: {fact: os, next: three}
  three: {ask: Is it off?, yes: two, no: stuck}
",
        &[],
        &[],
    );
}

#[test]
fn a_fact_that_is_set_has_to_be_read_by_some_tree() {
    let main = "  one: {ask: Is it on?, yes: {goto: two, set: {wired: yes}}, no: {goto: two, set: {wired: no}}}
  two: {do: Wait., next: stuck}
";
    check(main, &[], &["unused-fact 3:48 wired"]);
    for read in [
        "  one: {escalate: desk, reason: R, needs: [wired]}\n",
        "  one: {escalate: desk, reason: 'Cable: ${wired}'}\n",
        "  one: {fact: wired, yes: stuck, no: {fix: Done}}\n",
        "  one: {next: [{when: known(wired), goto: stuck}, {fix: Done}]}\n",
    ] {
        check(main, &[("sub", read)], &[]);
    }
}

#[test]
fn messages_tell_the_way_and_what_to_type() {
    let compiled = Files::new()
        .library(LIBRARY)
        .tree(
            "example",
            "title: T
steps:
  light: {ask: Is it on?, yes: level, no: charger}
  level: {ask: How full?, number: {}, next: charger}
  charger: {do: 'It is at ${level}.', next: sort}
  sort: {next: [{when: wired, goto: stuck}, {goto: other}]}
  other: {fact: wired, next: last, unsure: last}
  last: {do: 'Cable ${wired}', next: stuck}
",
        )
        .compile();
    let told: Vec<String> = compiled
        .diagnostics()
        .iter()
        .map(|finding| {
            let labels = finding.secondary.iter().map(|label| label.text.as_str());
            let labels: Vec<_> = [finding.primary.text.as_str()]
                .into_iter()
                .chain(labels)
                .collect();
            format!(
                "{}\n  {}\n  = {}",
                finding.message,
                labels.join("\n  "),
                finding.help.as_deref().unwrap_or("")
            )
        })
        .collect();
    let expected = "\
`level` may not be known here
  who goes `light` → `charger` comes here without it
  = lead every way through `level`, or put a branch with `when: known(level)` before this step
`wired` may not be known here
  who goes `light` → `charger` → `sort` comes here without it
  = write `known(wired) and …`, or ask for it on every way here (`fact: wired`)
`wired` may not be known here
  who is unsure and goes `other` → `last` comes here without it
  \"unsure\" here leaves `wired` unset
  = ask for it on every way here (`fact: wired`), or put a branch with `when: known(wired)` before this step";
    assert_eq!(told.join("\n"), expected);
}

/// A tree that asks so many yes/no questions, then takes a branch that reads all the answers and never holds.
fn reads_all(questions: usize) -> String {
    let mut steps = String::new();
    for at in 0..questions {
        steps += &format!("  q{at}: {{ask: On?, yes: q{0}, no: q{0}}}\n", at + 1);
    }
    let others: Vec<String> = (1..questions).map(|at| format!("q{at}")).collect();
    let never = format!("q0 and not q0 and ({})", others.join(" or "));
    format!(
        "{steps}  q{questions}: {{next: [{{when: {never}, goto: one}}, {{goto: two}}]}}\n  one: {{end: One}}\n  two: {{end: Two}}\n"
    )
}

#[test]
fn up_to_4096_combinations_are_decided_and_no_more() {
    let codes = |questions| {
        let text = format!("title: T\nsteps:\n{}", reads_all(questions));
        Files::new()
            .library(LIBRARY)
            .tree("example", &text)
            .compile()
            .codes()
    };
    assert_eq!(codes(12), ["never-true"]);
    assert_eq!(codes(13), [""; 0]);
}
