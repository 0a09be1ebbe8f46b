//! Which kind of step it is, by the keys that it has; and what is read of it.

use fixpath::syntax::{EndKind, Form, Kind, Level, Script, StepNode, System, Target, ValueNode};

use super::support::Reading;

/// The forms of all steps, in a word each.
fn forms(script: &Script) -> Vec<String> {
    let form = |step: &StepNode| match &step.form {
        Form::Question(question) => format!("asks {}", kind(&question.kind)),
        Form::Instruction(_) => "instruction".to_owned(),
        Form::Remedy(_) => "remedy".to_owned(),
        Form::Branch(edges) => format!("branch of {}", edges.len()),
        Form::Call(_) => "call".to_owned(),
        Form::Try(node) => format!("try of {}", node.remedies.len()),
        Form::End(end) => end_kind(&end.kind).to_owned(),
        Form::Broken => "broken".to_owned(),
    };
    script.steps.iter().map(form).collect()
}

fn kind(kind: &Kind) -> &'static str {
    match kind {
        Kind::YesNo => "yes or no",
        Kind::Choice => "choice",
        Kind::Many => "many",
        Kind::Number(_) => "number",
        Kind::Text(_) => "text",
        Kind::Date(_) => "date",
        Kind::Declared => "declared",
    }
}

fn end_kind(kind: &EndKind) -> &'static str {
    match kind {
        EndKind::Fix { .. } => "fix",
        EndKind::Escalate { .. } => "escalate",
        EndKind::Information { .. } => "end",
        EndKind::Return { .. } => "return",
    }
}

#[track_caller]
fn clean(steps: &str) -> Script {
    let reading = Reading::steps(steps);
    assert_eq!(reading.places(), [""; 0], "{steps}");
    assert!(!reading.script.broken);
    reading.script
}

#[test]
fn every_row_of_the_table() {
    let script = clean(
        "  a: {ask: A?, yes: stuck, no: stuck, unsure: stuck}
  b: {ask: B?, do: Look., answers: {x: stuck, y: a}, tried: a, cannot: a}
  c: {ask: C?, answers: [x, y], next: a}
  d: {ask: D?, answers: {x: An x, y: A y}, next: a}
  e: {ask: E?, many: true, answers: {x: An x}, next: a}
  f: {ask: F?, number: {min: 0, max: 9, unit: m, decimals: 1}, next: a}
  g: {ask: G?, number: {}, answers: {below 5: a, 5 to 20: b, above 20: c, OL: d, otherwise: stuck}}
  h: {ask: H?, text: {pattern: '[0-9]+', example: 12, max: 5, secret: yes}, next: a}
  i: {ask: I?, date: {min: 2026-01-01, max: today}, next: a}
  j: {do: J, no: a}
  k: {do: K, check: Better?, yes: {fix: K}, no: a, takes: 4m, odds: 12.5%, label: K, cause: k, wait: 2m}
  l: {do: L, next: a, tried: b, cannot: c}
  m: {next: [{when: f < 5, goto: a}, {when: f > 7, end: Enough}, b]}
  n: {call: other, returns: {ok: a, bad: stuck}}
  o: {call: other, next: a, limit: {visits: 3, then: stuck}}
  p: {fact: os, answers: {x: a, y: b}}
  q: {fact: os, next: a}
  r: {fact: vip, yes: a, no: b}
  s: {ask: S?, next: a}
  t: {say: T, next: a}
",
    );
    assert_eq!(
        forms(&script),
        [
            "asks yes or no",
            "asks choice",
            "asks choice",
            "asks choice",
            "asks many",
            "asks number",
            "asks number",
            "asks text",
            "asks date",
            "remedy",
            "remedy",
            "instruction",
            "branch of 3",
            "call",
            "call",
            "asks declared",
            "asks declared",
            "asks declared",
            "asks yes or no",
            "instruction",
        ]
    );
}

#[test]
fn ends_with_all_that_they_may_have() {
    let script = clean(
        "  a: {fix: Done, cause: C, prevent: P, no: stuck, do: D, help: H, link: https://x.org, say: S, note: N}
  b: {escalate: desk, reason: R, impact: high, urgency: low, needs: [x, y]}
  c: {escalate: desk, priority: 1}
  d: {end: Nothing to do}
  e: {return: ok}
",
    );
    assert_eq!(
        forms(&script),
        ["fix", "escalate", "escalate", "end", "return"]
    );
    let Form::End(end) = &script.steps[0].form else {
        panic!("an end");
    };
    assert!(end.instruction.is_some() && end.shown.is_some());
    assert!(script.steps[0].instruction.is_none(), "it is the end's");
    let Form::End(end) = &script.steps[1].form else {
        panic!("an end");
    };
    let EndKind::Escalate {
        impact, urgency, ..
    } = &end.kind
    else {
        panic!("an escalation");
    };
    assert_eq!(impact.as_ref().unwrap().value, Level::High);
    assert_eq!(urgency.as_ref().unwrap().value, Level::Low);
}

#[test]
fn edges_in_all_their_forms() {
    let script = clean(
        "  a:
    ask: A?
    answers:
      one: b
      two: stuck
      three: {goto: b, label: Three, help: How, set: {os: linux, apps: [x, y]}}
      four: {tree: other/tree}
      five: {goto: stuck}
      six: {escalate: desk, reason: R, label: Six, help: of the end}
  b: {end: B}
",
    );
    let Form::Question(question) = &script.steps[0].form else {
        panic!("a question");
    };
    let targets: Vec<String> = question
        .answers
        .iter()
        .map(|answer| match &answer.edge.as_ref().unwrap().target {
            Target::Step(name) => format!("step {}", name.value),
            Target::Stuck(_) => "stuck".to_owned(),
            Target::Tree(name) => format!("tree {}", name.value),
            Target::End(end) => format!("end, help {}", end.shown.is_some()),
            Target::Broken => "broken".to_owned(),
        })
        .collect();
    assert_eq!(
        targets,
        [
            "step b",
            "stuck",
            "step b",
            "tree other/tree",
            "stuck",
            "end, help true"
        ]
    );
    let extras = question.answers[2].edge.as_ref().unwrap().extras.as_ref();
    let set = &extras.unwrap().set;
    assert!(matches!(&set[0].1, ValueNode::One(word) if &*word.value == "linux"));
    assert!(matches!(&set[1].1, ValueNode::List(words, _) if words.len() == 2));
    let extras = question.answers[5].edge.as_ref().unwrap().extras.as_ref();
    assert!(extras.unwrap().help.is_none(), "it is the end's");
}

#[test]
fn a_try_with_all_that_remedies_may_have() {
    let script = clean(
        "  a:
    try:
      b: {do: B, if: Is it B?, when: x < 5, takes: 2m, odds: 45%, label: B, cause: b}
      c: {do: C, after: [b], check: Better?, wait: 30s, say: S, warn: W, takes: 1h, odds: 5%, yes: {fix: C}}
    order: best
    no: stuck
    limit: {visits: 2, then: stuck}
",
    );
    let Form::Try(node) = &script.steps[0].form else {
        panic!("a try");
    };
    assert!(node.best.is_some());
    assert!(node.remedies[0].remedy.condition.is_some());
    assert_eq!(node.remedies[1].remedy.after.len(), 1);
    assert_eq!(node.remedies[1].wait.as_ref().unwrap().value.as_secs(), 30);
}

#[test]
fn probes_for_one_system_or_all() {
    let script = clean(
        "  a:
    ask: A?
    run: {command: [ping, -c, \"3\", 1.1.1.1], timeout: 10s, yes: exit == 0}
    yes: stuck
    no: stuck
  b:
    ask: B?
    run:
      linux: {command: [x], yes: exit == 0}
      windows: {command: [y, ''], yes: output has \"ok\"}
    yes: stuck
    no: stuck
",
    );
    let probes: Vec<Vec<(Option<System>, usize)>> = script
        .steps
        .iter()
        .map(|step| match &step.form {
            Form::Question(question) => question
                .probe
                .as_ref()
                .unwrap()
                .commands
                .iter()
                .map(|command| (command.system, command.arguments.len()))
                .collect(),
            _ => panic!("a question"),
        })
        .collect();
    assert_eq!(
        probes,
        [
            vec![(None, 4)],
            vec![(Some(System::Linux), 1), (Some(System::Windows), 2)]
        ]
    );
}

#[test]
fn tests_as_lists_and_as_mappings() {
    let reading = Reading::tree(
        "title: T
steps: {a: {end: A}}
tests:
  one:
    facts: {os: linux, apps: [x, y], audience: customer}
    answers: [a: yes, b: [x, y], b.if: no]
    ends: a
  two:
    answers:
      a: yes
      b: no
    audience: agent
    channel: chat
    ends: Some text
",
    );
    assert_eq!(reading.places(), [""; 0]);
    let tests = &reading.script.tests;
    assert_eq!((tests[0].facts.len(), tests[0].answers.len()), (3, 3));
    let facts: Vec<&str> = tests[1]
        .facts
        .iter()
        .map(|(name, _)| &*name.value)
        .collect();
    assert_eq!(facts, ["audience", "channel"]);
    assert_eq!(tests[1].answers.len(), 2);
}

#[test]
fn the_whole_head_of_a_tree() {
    let reading = Reading::tree(
        "format: 1
title: T
summary: S
symptoms: [a, b]
tags: [c]
owner: O
review_by: 2027-05-01
warn: W
check: Better?
audience: agent
allow: [no-tests, vague-answer]
start: a
stuck: {escalate: desk, reason: R, say: S}
steps: {a: {end: A}}
",
    );
    assert_eq!(reading.places(), [""; 0]);
    let script = &reading.script;
    assert!(script.agents_only.is_some() && script.stuck.is_some() && script.start.is_some());
    assert_eq!(script.allow.len(), 2);
    assert_eq!(
        script.review_by.as_ref().unwrap().value.to_string(),
        "2027-05-01"
    );
}

#[test]
fn the_whole_library_file() {
    let reading = Reading::library(
        "format: 1
name: Desk
locale: en
allow: [no-tests]
stuck: {escalate: desk}
teams:
  desk: {name: Service desk, tier: 1, contact: Ring 100, hours: 9 to 5}
  network-desk: {}
facts:
  vip: {ask: Is it a VIP?}
  os: {ask: Which system?, help: Look, answers: [windows, linux]}
  apps: {ask: Which apps?, many: true, answers: {vpn: The VPN, mail: The mail}}
  age: {number: {min: 0, unit: days}}
  phone: {text: {max: 20}}
  since: {date: {max: today}}
priority: {high: {high: 1, medium: 2, low: 3}, medium: {high: 2, medium: 3, low: 4}, low: {high: 3, medium: 4, low: 5}}
glossary: {VPN: the tunnel to the office}
incidents:
  - {title: Mail is late, text: We know., say: Sorry., trees: [mail/x], until: 2027-01-01}
hooks:
  - {url: https://x.org/h, on: [handover, close], template: t.json, secret: HOOK_SECRET, headers: {X-A: b}}
theme: {name: Desk, logo: logo.svg, color: \"#00f\", contact: {phone: +1 2, email: a@b.c, hours: Always}, embed: [https://a.b]}
",
    );
    assert_eq!(reading.places(), [""; 0]);
    let library = &reading.script;
    assert!(!library.broken);
    let kinds: Vec<&str> = library
        .facts
        .as_ref()
        .unwrap()
        .iter()
        .map(|fact| kind(&fact.kind))
        .collect();
    assert_eq!(
        kinds,
        ["yes or no", "choice", "many", "number", "text", "date"]
    );
    assert_eq!(library.priority.as_ref().unwrap().value[2], [3, 4, 5]);
    assert_eq!(library.teams.as_ref().unwrap().len(), 2);
    assert_eq!(library.incidents.len(), 1);
    let named = Reading::library("incidents:\n  mail: {title: Mail is late}\n");
    assert_eq!(named.places(), [""; 0]);
    assert_eq!(named.script.incidents.len(), 1);
}

#[test]
fn an_empty_library_file_is_fine_and_an_empty_tree_is_not() {
    assert_eq!(Reading::library("# nothing yet\n").places(), [""; 0]);
    assert_eq!(
        Reading::tree("# nothing yet\n").places(),
        ["missing-key 1:1-1:1"]
    );
}
