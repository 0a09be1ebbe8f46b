//! What runners show: filled texts, answers with labels, and nothing for agents in what everybody may see.

use crate::support::{Files, Start, Walk, minute};
use fixpath::session::view::PromptKind;
use fixpath::tree::System;
use serde_json::{Value as Json, json};

const DESK: &str = r##"# file: fixpath.yaml
stuck: {escalate: network, reason: R, priority: 2}
teams:
  network: {name: Network operations, tier: 2, contact: ext. 4711, hours: 7 to 19}
facts:
  os: {ask: Which system?, help: Look at the start button., answers: {windows: Windows 11, macos: macOS}}
  host: {ask: Which host?, text: {example: PC-1}}
glossary:
  DNS: The phone book of the internet.
  router: The box at the wall.
incidents:
  - {title: Mail is slow, trees: [other], text: We are at it.}
  - {title: The line is down, text: "Since 8.", say: Sorry for that., until: 2026-11-21}
  - {title: Over, until: 2026-11-20}
# file: a.svg
<svg/>
# file: other.yaml
title: O
steps:
  a: {end: E}
# file: example.yaml
title: No internet
warn: Do not open the router.
check: Is it back?
steps:
  light:
    ask: Is the DNS light on?
    help: It is at the front.
    warn: Hot!
    image: {src: a.svg, alt: The front}
    link: {url: "https://example.org/", label: More}
    checklist: [Cable in, Power on]
    say: Please look.
    note: Ask twice.
    yes: {goto: restart, label: It is steady, help: No blinking.}
    no: system
  restart:
    do: |
      1. Unplug the router.
      2. Wait.
    wait: 1h
    takes: 4m
    label: Restart
    no: system
  system: {fact: os, answers: {windows: speed, macos: {goto: speed, label: A Mac}}}
  speed:
    ask: Which speed on ${os}?
    number: {min: 0, max: 100, unit: Mbit/s}
    answers: {below 5: ping, 5 to 100: {goto: ping, label: Fast enough}, OL: ping}
  ping:
    ask: Does it answer?
    run: {command: [ping, "-c", "1", "${os}.example"], timeout: 5s, yes: 'exit == 0 and output has "bytes from"'}
    yes: over
    no: over
  over:
    escalate: network
    reason: Too slow on ${os}
    impact: high
    needs: [host]
    do: They take over.
    note: Tell them.
"##;

fn start() -> Start {
    Start::of(&Files::split(DESK), "example")
}

fn public(walk: &Walk) -> Json {
    serde_json::to_value(walk.session.public_view()).unwrap()
}

#[test]
fn a_question_is_shown_with_all_that_belongs_to_it() {
    let walk = start().begin();
    let expected = json!({
        "seq": 1, "visit": 1, "tree": "example", "title": "No internet", "step": "light", "kind": "question",
        "warn": ["Do not open the router.", "Hot!"],
        "ask": "Is the DNS light on?",
        "help": "It is at the front.",
        "checklist": ["Cable in", "Power on"],
        "image": {"src": "a.svg", "alt": "The front"},
        "link": {"url": "https://example.org/", "label": "More"},
        "answers": {"type": "yes_no", "choices": [
            {"key": "yes", "label": "It is steady", "help": "No blinking."},
            {"key": "no"},
        ]},
        "replies": {"answer": true, "done": false, "tried": false, "cannot": false, "unsure": true, "none": false, "person": true},
        "terms": [{"term": "DNS", "meaning": "The phone book of the internet."}, {"term": "router", "meaning": "The box at the wall."}],
    });
    assert_eq!(public(&walk), expected);
    let agent = serde_json::to_value(walk.session.agent_view()).unwrap();
    assert_eq!(
        (&agent["say"], &agent["note"]),
        (&json!("Please look."), &json!("Ask twice."))
    );
    assert_eq!(agent["ask"], "Is the DNS light on?");
}

#[test]
fn the_trees_warning_is_shown_at_its_first_prompt_only() {
    let walk = start().begin().reply("light", "yes");
    assert_eq!(public(&walk).get("warn"), None);
    let back = walk.back(1);
    assert_eq!(public(&back)["warn"][0], "Do not open the router.");
    assert_eq!(
        public(&back)["suggestion"],
        json!({"reply": "answer", "value": true, "shown": "yes"})
    );
}

#[test]
fn a_remedy_shows_its_check_and_a_long_wait_offers_to_park() {
    let view = start()
        .begin()
        .reply("light", "yes")
        .session
        .public_view()
        .unwrap();
    assert_eq!(view.kind, PromptKind::Remedy);
    assert_eq!(view.ask.unwrap().as_str(), "Is it back?");
    assert_eq!(
        view.instruction.unwrap().as_str(),
        "1. Unplug the router.\n2. Wait.\n"
    );
    assert_eq!(
        (view.wait_seconds, view.offer_to_park, view.takes_seconds),
        (Some(3600), true, Some(240))
    );
}

#[test]
fn a_question_about_a_declared_fact_takes_its_words_from_there() {
    let walk = start().begin().reply("light", "no");
    let view = public(&walk);
    assert_eq!(
        (&view["ask"], &view["help"]),
        (&json!("Which system?"), &json!("Look at the start button."))
    );
    let choices =
        json!([{"key": "windows", "label": "Windows 11"}, {"key": "macos", "label": "A Mac"}]);
    assert_eq!(
        view["answers"],
        json!({"type": "choice", "choices": choices})
    );
    let walk = walk.reply("system", "macos");
    let view = public(&walk);
    assert_eq!(view["ask"], "Which speed on macOS?");
    let answers = json!({
        "type": "number", "min": 0.0, "max": 100.0, "unit": "Mbit/s", "decimals": null,
        "words": [{"key": "OL"}],
        "ranges": [{"key": "below 5"}, {"key": "5 to 100", "label": "Fast enough"}],
    });
    assert_eq!(view["answers"], answers);
}

#[test]
fn a_probe_is_shown_as_it_would_run_and_judged_by_its_condition() {
    let walk = start()
        .begin()
        .replies("light: no, system: windows, speed: 7")
        .stands("ping");
    let probe = walk.session.probe(System::Linux).unwrap();
    assert_eq!(probe.arguments, ["ping", "-c", "1", "Windows 11.example"]);
    assert_eq!(probe.timeout.as_secs(), 5);
    let judged = |exit, output: &str| walk.session.judge_probe(System::Linux, exit, output);
    assert_eq!(judged(0, "64 bytes from 1.1.1.1"), Some(true));
    assert_eq!(judged(0, ""), Some(false));
    assert_eq!(judged(1, "64 bytes from 1.1.1.1"), Some(false));
    assert_eq!(walk.back(1).session.probe(System::Linux), None);
}

#[test]
fn an_escalation_shows_agents_where_it_goes() {
    let walk = start()
        .begin()
        .replies("light: no, system: macos, speed: 7, ping: no");
    let need = public(&walk);
    assert_eq!(
        (&need["kind"], &need["step"], &need["ask"]),
        (
            &json!("need"),
            &json!("over.needs.host"),
            &json!("Which host?")
        )
    );
    assert_eq!(need.get("do"), None);
    let mut walk = walk.reply("over.needs.host", "PC-7");
    let view = public(&walk);
    assert_eq!(
        view["end"],
        json!({"outcome": "escalated", "confirmed": false, "team": "Network operations"})
    );
    assert_eq!(view["do"], "They take over.");
    let agent = serde_json::to_value(walk.session.agent_view()).unwrap();
    let escalation = json!({
        "team": "network", "name": "Network operations", "tier": "2", "contact": "ext. 4711", "hours": "7 to 19",
        "reason": "Too slow on macOS", "priority": 2,
        "needs": [{"fact": "host", "ask": "Which host?", "value": "PC-7"}],
    });
    assert_eq!(
        (&agent["escalation"], &agent["note"]),
        (&escalation, &json!("Tell them."))
    );
    walk.session.hand_over("network", minute(9)).unwrap();
    assert_eq!(walk.session.public_view(), None);
    assert_eq!(walk.session.last_view().kind, PromptKind::End);
}

#[test]
fn incidents_are_shown_up_to_their_last_day_and_in_their_trees() {
    let walk = start().begin();
    let shown =
        json!([{"title": "The line is down", "text": "Since 8.", "say": "Sorry for that."}]);
    assert_eq!(
        serde_json::to_value(walk.session.incidents()).unwrap(),
        shown
    );
    let public = json!([{"title": "The line is down", "text": "Since 8."}]);
    assert_eq!(
        serde_json::to_value(walk.session.public_incidents()).unwrap(),
        public
    );
    let other = Start::of(&Files::split(DESK), "other").begin();
    assert_eq!(other.session.incidents().len(), 2);
}

#[test]
fn the_trail_shows_each_text_with_the_facts_of_its_moment() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  name: {ask: Name?, text: {}, next: show}\n  show: {ask: \"Is it ${name}?\", yes: over, no: name}\n  over: {end: \"It is ${name}\"}\n",
    );
    let walk = walk.replies("name: Kim, show: no, name: Bo, show: yes");
    let asked: Vec<String> = walk
        .session
        .trail()
        .iter()
        .map(|visit| {
            visit
                .ask
                .as_ref()
                .or(visit.label.as_ref())
                .unwrap()
                .to_string()
        })
        .collect();
    assert_eq!(
        asked,
        ["Name?", "Is it Kim?", "Name?", "Is it Bo?", "It is Bo"]
    );
}

#[test]
fn a_label_on_an_edge_is_the_answers_label_everywhere() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  a:\n    ask: Which?\n    answers:\n      one: {goto: b, label: The first}\n      two: b\n  b: {ask: \"Is it ${a}?\", yes: {end: E}, no: {end: F}}\n",
    );
    let walk = walk.reply("a", "one");
    assert_eq!(public(&walk)["ask"], "Is it The first?");
    assert_eq!(walk.trail(), ["a: The first", "b: open"]);
    assert_eq!(walk.facts(), ["a: The first (asked)"]);
}
