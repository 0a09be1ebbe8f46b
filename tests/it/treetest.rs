//! The tests in trees: run, blamed, counted.

use fixpath::diagnostic::Code;
use fixpath::tree::TreeId;
use fixpath::treetest::{self, TreeReport};

use crate::support::{Compiled, Files, TODAY, shipped};

/// What came of the tests of the tree `example`: a line each, with what is wrong under it.
fn told(files: &Files) -> String {
    let (report, compiled) = report(files);
    let file = compiled.sources.file(report.file);
    let mut lines = Vec::new();
    for test in &report.tests {
        let word = if test.passed() { "ok" } else { "FAILED" };
        lines.push(format!("{word} {}", test.name));
        for failure in &test.failures {
            let at = file.position(failure.span.start);
            lines.push(format!("  {}:{} {}", at.line, at.column, failure.message));
            lines.extend(failure.help.iter().map(|help| format!("    {help}")));
            if let Some(stands) = &failure.stands {
                let line = file.position(stands.span.start).line;
                lines.push(format!(
                    "    at {} (line {line}): {}",
                    stands.step, stands.text
                ));
            }
            if let Some(ended) = &failure.ended {
                let line = ended
                    .span
                    .map(|span| format!(" (line {})", file.position(span.start).line));
                lines.push(format!(
                    "    ended in {}{}",
                    ended.name,
                    line.unwrap_or_default()
                ));
            }
        }
    }
    lines.push(format!(
        "untaken: [{}]",
        report
            .untaken()
            .map(|branch| &*branch.name)
            .collect::<Vec<_>>()
            .join(", ")
    ));
    lines.join("\n")
}

fn report(files: &Files) -> (TreeReport, Compiled) {
    let compiled = files.compile();
    assert_eq!(compiled.errors(), [""; 0]);
    let again = files.compile();
    let part = compiled.compilation.into_sound_part().unwrap();
    let id = part.library.find("example").unwrap();
    (treetest::run(&part, id, TODAY).unwrap(), again)
}

fn check(tree: &str, expected: &str) {
    assert_eq!(told(&Files::example(tree)), expected.trim());
}

const LIGHTS: &str = "
title: The router stays dark
steps:
  power:
    ask: Is any light on the router on?
    yes: report
    no: plug
    unsure: report
  plug:
    do: Push the plug in firmly.
    no: stuck
  report:
    escalate: network
    reason: No line
tests:
";

#[test]
fn a_failed_test_says_where_it_stood_and_what_was_expected() {
    check(
        &format!(
            "{LIGHTS}  ends elsewhere:
    answers: [power: yes]
    ends: plug
  a misspelled reply:
    answers: [power: yess]
    ends: report
  a word that does not fit:
    answers: [power: no, plug: done]
    ends: plug
  another step than the one asked:
    answers: [plug: yes]
    ends: plug
  too short:
    answers: [power: no]
    ends: plug
  too long:
    answers: [power: yes, plug: yes]
    ends: report
"
        ),
        "
FAILED ends elsewhere
  18:11 The test expects the end `plug`, but the walk ended in `report`.
    If that is right, write `ends: report`.
    ended in report (line 12)
FAILED a misspelled reply
  20:22 `power` does not take `yess`.
    Did you mean `yes`? It takes `yes`, `no`, `unsure`, `person`.
    at power (line 4): Is any light on the router on?
FAILED a word that does not fit
  23:32 `plug` does not take `done`.
    It takes `yes`, `no`, `tried`, `cannot`, `unsure`, `person`.
    at plug (line 9): Push the plug in firmly.
FAILED another step than the one asked
  26:15 The walk stands at `power`, but the test answers `plug: yes`.
    at power (line 4): Is any light on the router on?
FAILED too short
  30:11 The test gives no reply at `plug`, and the walk has not ended.
    Add `plug: …` under `answers`; it takes `yes`, `no`, `tried`, `cannot`, `unsure`, `person`.
    at plug (line 9): Push the plug in firmly.
FAILED too long
  32:27 The walk has ended in `report`, but the test goes on with `plug: yes`.
    ended in report (line 12)
untaken: [power.yes, power.no, power.unsure, plug.no]",
    );
}

#[test]
fn a_name_that_is_not_there_is_reported_before_the_walk_with_the_nearest() {
    check(
        &format!(
            "{LIGHTS}  misspelled:
    facts: {{chanel: chat, audience: robot}}
    answers: [powr: yes, zzz: no]
    ends: reprot
  no end:
    answers: [report: yes]
    ends: power
"
        ),
        "
FAILED misspelled
  17:13 The library has no shared fact `chanel`.
    Did you mean `channel`?
  17:37 `audience` cannot be `robot`.
    It takes one of \"agent\", \"customer\".
  18:15 The tree has no step `powr`.
    Did you mean `power`?
  18:26 The tree has no step `zzz`.
  19:11 The tree has no end `reprot`.
    Did you mean `report`?
FAILED no end
  21:15 `report` is an end, which asks nothing.
    Leave it out here, and name it under `ends`. A `solved: no` goes on after a fix.
  22:11 `power` is a step, but no end.
    Name the end to which the walk comes.
untaken: [power.yes, power.no, power.unsure, plug.no]",
    );
}

#[test]
fn ends_written_in_place_go_by_text_team_or_value() {
    check(
        "
title: Ends
steps:
  a:
    ask: Which?
    answers:
      fixed: {fix: Turn it on, no: {escalate: desk}}
      told: {end: Ask the staff}
      back: {return: up}
      team: {escalate: network}
      away: {tree: example}
      lost: stuck
      remedy: try_it
  try_it:
    do: Turn it off and on.
    yes: {fix: It only slept}
    no: stuck
tests:
  by text: {answers: [a: fixed], ends: Turn it on}
  a fix that does not hold: {answers: [a: fixed, solved: no], ends: desk}
  information: {answers: [a: told], ends: Ask the staff}
  by value: {answers: [a: back], ends: up}
  by team: {answers: [a: team], ends: network}
  by tree: {answers: [a: away], ends: example}
  nowhere: {answers: [a: lost], ends: stuck}
  by default: {answers: [a: none], ends: stuck}
  with a person: {answers: [a: person], ends: stuck}
  other words of a remedy: {answers: [a: remedy, try_it: yes], ends: It only slept}
  by the remedy: {answers: [a: remedy, try_it: yes], ends: try_it}
  a return that is not believed: {answers: [a: back, solved: no], ends: stuck}
  by the end's own name: {answers: [a: fixed, a.answers.fixed.solved: no], ends: desk}
",
        "
ok by text
ok a fix that does not hold
ok information
ok by value
ok by team
ok by tree
ok nowhere
ok by default
ok with a person
ok other words of a remedy
ok by the remedy
ok a return that is not believed
ok by the end's own name
untaken: [try_it.no]",
    );
}

#[test]
fn remedies_of_a_try_stand_in_any_order() {
    check(
        "
title: Try
steps:
  tries:
    try:
      slow: {do: Slowly., takes: 9m, odds: 10%}
      quick: {do: Quickly., takes: 1m, odds: 50%}
      phone: {if: Is it a phone?, do: Shake it., takes: 2m, odds: 20%}
    order: best
    no: over
  over: {escalate: desk, reason: Nothing helped}
tests:
  as written: {answers: [slow: no, quick: no, phone.if: yes, phone: no], ends: over}
  turned round: {answers: [phone: tried, quick: cannot, slow: no], ends: over}
  left out: {answers: [phone.if: no, slow: no, quick: no], ends: over}
  helped: {answers: [quick: yes], ends: quick}
  never reached: {answers: [slow: no, quick: yes], ends: quick}
  the try itself: {answers: [tries: no], ends: over}
  not all of them: {answers: [quick: no, slow: no], ends: over}
",
        "
ok as written
ok turned round
ok left out
ok helped
FAILED never reached
  17:29 The walk has ended in `quick`, but the test goes on with `slow: no`.
    `slow` is not reached, as a remedy before it helped. Take the line out.
    ended in quick (line 7)
FAILED the try itself
  18:30 `tries` is a `try`, which asks nothing itself.
    Write its remedies by their names instead, as in `forget: no`.
FAILED not all of them
  19:42 The walk stands at `phone.if`, but the test answers `slow: no`.
    at phone.if (line 8): Is it a phone?
untaken: []",
    );
}

#[test]
fn a_call_is_answered_by_what_comes_back() {
    let files = Files::new()
        .tree(
            "example",
            "
title: Caller
steps:
  dns:
    call: network/dns
    returns:
      resolves: pages
      fails: {escalate: network, reason: No names}
  pages:
    call: network/dns
    next: deep
  deep:
    call: network/endless
    next: stuck
tests:
  resolved: {answers: [dns: resolves, pages: fails], ends: network/endless}
  failed: {answers: [dns: fails], ends: network}
  never so: {answers: [dns: resolved], ends: network}
  no reply to a call: {answers: [dns: person], ends: stuck}
",
        )
        .tree(
            "network/dns",
            "
title: Names
steps:
  a:
    ask: Does the name resolve?
    yes: {return: resolves}
    no: {return: fails}
",
        )
        .tree(
            "network/endless",
            "
title: Never comes back
steps:
  a: {end: Over}
",
        )
        .default_library();
    assert_eq!(
        told(&files),
        "
ok resolved
ok failed
FAILED never so
  18:29 `dns` is a call that never comes back with `resolved`.
    Did you mean `resolves`? It takes one of \"resolves\", \"fails\".
    at dns (line 4): calls network/dns
FAILED no reply to a call
  19:39 `dns` is a call that never comes back with `person`.
    It takes one of \"resolves\", \"fails\".
    at dns (line 4): calls network/dns
untaken: [deep.next]"
            .trim()
    );
}

#[test]
fn facts_are_prefilled_and_every_kind_of_question_is_answered() {
    let files = Files::new()
        .library(
            "
stuck: {escalate: desk, reason: Stuck}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  age: {ask: How old?, number: {min: 0, max: 99, unit: years}}
",
        )
        .tree(
            "example",
            "
title: Facts
steps:
  system:
    fact: os
    answers: {windows: apps, macos: apps}
  apps:
    ask: Which apps?
    many: true
    answers: [mail, vpn, web]
    next: speed
  speed:
    ask: How fast?
    number: {min: 0, max: 1000, unit: Mbit/s}
    answers: {below 5: name, 5 to 1000: name, OL: name}
  name:
    ask: Which name?
    text: {pattern: '[a-z]+'}
    next: since
  since:
    ask: Since when?
    date: {max: today}
    next: way
  way:
    next:
      - {when: os == \"macos\" and apps has \"vpn\", end: Mac}
      - {when: audience == \"customer\" and channel == \"self_service\", end: Customer}
      - {when: speed < 5 and known(age) and age > 5, end: Old}
      - {end: Other}
tests:
  asked: {answers: [system: macos, apps: [mail, vpn], speed: 7, name: abc, since: today], ends: Mac}
  known: {facts: {os: windows}, answers: [apps: vpn, speed: OL, name: abc, since: 2026-01-31], ends: Other}
  listed though known: {facts: {os: windows}, answers: [system: windows, apps: vpn], ends: Other}
  a customer:
    facts: {os: windows, audience: customer}
    answers: [apps: none, speed: 4.5, name: unsure]
    ends: stuck
  alone:
    facts: {os: windows}
    audience: customer
    answers: [apps: none, speed: 4.5, name: x, since: 2026-11-21]
    ends: Customer
  old: {facts: {os: windows, age: 9 years}, answers: [apps: [], speed: 4, name: x, since: 2020-01-01], ends: Old}
  too old: {facts: {os: linux, age: 100}, answers: [apps: web], ends: Old}
  tomorrow: {facts: {os: windows}, answers: [apps: web, speed: 4, name: x, since: 2026-11-22], ends: Old}
  not a name: {facts: {os: windows}, answers: [apps: web, speed: 4, name: X9], ends: Old}
",
        );
    assert_eq!(
        told(&files),
        "
ok asked
ok known
FAILED listed though known
  33:57 The walk stands at `apps`, but the test answers `system: windows`.
    `system` was not asked, as its answer is known by then. What is passed silently is left out of `answers`.
    at apps (line 7): Which apps?
ok a customer
ok alone
ok old
FAILED too old
  44:25 `os` cannot be `linux`.
    It takes one of \"windows\", \"macos\".
  44:37 `age` cannot be `100`.
    It takes a number from 0 to 99 years.
FAILED tomorrow
  45:83 `since` does not take `2026-11-22`.
    It takes a date like 2026-01-31, up to today (2026-11-21), `unsure`, `person`.
    at since (line 20): Since when?
FAILED not a name
  46:75 `name` does not take `X9`.
    It takes a line of text of the form `[a-z]+`, `unsure`, `person`.
    at name (line 16): Which name?
untaken: []"
            .trim()
    );
}

#[test]
fn branches_are_the_edges_that_the_author_wrote() {
    check(
        "
title: Branches
steps:
  light:
    ask: Is the light on?
    yes: again
    no: battery
  battery:
    do: Put a new battery in.
    no: stuck
  again:
    limit: {visits: 2, then: {end: Enough}}
    do: Look again.
    next: light
    tried: light
    cannot: stuck
tests:
  once: {answers: [light: yes, again: done, light: no, battery: yes], ends: battery}
  round: {answers: [light: yes, again: done, light: yes, again: tried, light: yes], ends: Enough}
  fails: {answers: [light: no, battery: no], ends: battery}
",
        "
ok once
ok round
FAILED fails
  20:52 The test expects the end `battery`, but the walk ended in `stuck`.
    If that is right, write `ends: stuck`.
    ended in stuck
untaken: [battery.no, again.cannot]",
    );
}

#[test]
fn what_is_not_tested_is_a_finding() {
    let findings = |tree: &str| {
        let compiled = Files::example(tree).compile();
        let again = Files::example(tree).compile();
        let part = compiled.compilation.into_sound_part().unwrap();
        let report = treetest::run(&part, TreeId(0), TODAY).unwrap();
        let found = treetest::findings(&report, &part.scripts[0]);
        let lines = found.iter().map(|finding| {
            let file = again.sources.file(finding.primary.place.file);
            let at = file.position(finding.primary.place.span.start);
            let text = file.slice(finding.primary.place.span);
            format!(
                "{} {}:{} {text}: {}",
                finding.code.name(),
                at.line,
                at.column,
                finding.message
            )
        });
        lines.collect::<Vec<_>>()
    };
    for (code, expected) in [
        (
            Code::NoTests,
            vec!["no-tests 1:8 The router stays dark: the tree `example` has no tests"],
        ),
        (
            Code::UntestedBranch,
            vec![
                "untested-branch 5:10 surface: no test takes `light.yes`",
                "untested-branch 9:9 stuck: no test takes `battery.no`",
                "untested-branch 12:9 stuck: no test takes `surface.no`",
            ],
        ),
    ] {
        let page = code.page();
        let example = |fence: &str| {
            let start = page.find(fence).unwrap() + fence.len();
            page[start..]
                .split("```")
                .next()
                .unwrap()
                .trim_start()
                .to_owned()
        };
        assert_eq!(findings(&example("```yaml fails")), expected);
        assert_eq!(findings(&example("```yaml mended")), [""; 0]);
    }
}

#[test]
fn shipped_trees_pass_their_tests_and_take_every_branch() {
    let part = shipped().compile().compilation.into_sound_part().unwrap();
    assert!(part.left_out.is_empty(), "{:?}", part.left_out);
    let mut wrong = Vec::new();
    for at in 0..part.scripts.len() {
        let report = treetest::run(&part, TreeId(at as u32), TODAY).unwrap();
        let failed = report.tests.iter().flat_map(|test| {
            test.failures
                .iter()
                .map(move |failure| format!("{}: {}", test.name, failure.message))
        });
        let untaken = report.untaken().map(|branch| branch.name.clone());
        wrong.extend(
            failed
                .chain(untaken)
                .map(|what| format!("{}: {what}", report.tree)),
        );
    }
    assert_eq!(wrong, [""; 0]);
}
