//! LANGUAGE.md, "Meaning": facts, and questions whose answer is known.

use crate::support::{Files, Start, Walk};
use fixpath::condition::Value;
use fixpath::session::Source;

const FACTS: &str = r#"# file: fixpath.yaml
stuck: {escalate: desk, reason: R}
facts:
  os: {ask: Which system is it?, answers: {windows: Windows 11, macos: macOS, linux: Linux}}
  remote: {ask: Do you work from home?}
  speed: {ask: What does the test show?, number: {min: 0, max: 1000, unit: Mbit/s}}
  since: {ask: Since when?, date: {min: 2026-01-01, max: today}}
  apps: {ask: Which programs fail?, many: true, answers: [mail, vpn]}
  pass: {ask: What is the password?, text: {secret: true, max: 9}}
"#;

fn with_facts(example: &str, more: &str) -> Start {
    Start::of(
        &Files::split(&format!("{FACTS}# file: example.yaml\n{example}{more}")),
        "example",
    )
}

#[test]
fn a_step_fact_is_forgotten_when_its_tree_returns() {
    let walk = with_facts(
        "title: T\nsteps:\n  first: {call: other, next: second}\n  second: {call: other, next: over}\n  over: {end: Done}\n",
        "# file: other.yaml\ntitle: O\nsteps:\n  light:\n    ask: Is it on?\n    yes: look\n    no: look\n  look:\n    next:\n      - {when: light, goto: deeper}\n      - goto: back\n  deeper: {ask: Deeper?, yes: back, no: back}\n  back: {return: ok}\n",
    )
    .begin();
    let walk = walk
        .stands("other:light")
        .reply("light", "yes")
        .stands("other:deeper");
    assert_eq!(walk.facts(), ["other:light: yes (asked)"]);
    let walk = walk.reply("deeper", "no").stands("other:light");
    assert_eq!(walk.facts(), [""; 0]);
    walk.reply("light", "no").stands("over").replayed();
}

#[test]
fn asked_again_a_step_fact_is_overwritten_and_unsure_unsets_it() {
    let walk = Walk::tree(
        "title: T\nsteps:\n  light:\n    ask: Is it on?\n    yes: look\n    no: look\n    unsure: look\n  look:\n    next:\n      - {when: known(light) and light, goto: on}\n      - {when: known(light), goto: off}\n      - goto: dark\n  on: {do: On., next: light}\n  off: {do: Off., next: light}\n  dark: {do: Dark., no: light}\n",
    );
    walk.replies("light: yes, on: done, light: no, off: done, light: yes, on: done, light: unsure")
        .stands("dark")
        .reply("dark", "no")
        .stands("light")
        .replayed();
}

#[test]
fn a_known_question_is_passed_along_the_edge_of_its_value_with_its_set() {
    let example = "title: T\nsteps:\n  system:\n    fact: os\n    answers:\n      windows: {goto: place, set: {remote: yes}}\n      macos: place\n      linux: place\n  place:\n    fact: remote\n    yes: {end: At home}\n    no: {end: Here}\n";
    let walk = with_facts(example, "")
        .fact("os", "windows")
        .begin()
        .stands("place.yes");
    assert_eq!(
        walk.trail(),
        [
            "~system: Windows 11 (prefilled)",
            "~place: yes (set)",
            "place.yes: ended"
        ]
    );
    assert_eq!(
        walk.facts(),
        ["os: Windows 11 (prefilled)", "remote: yes (set)"]
    );
    let asked = with_facts(example, "")
        .begin()
        .reply("system", "linux")
        .stands("place");
    let asked = asked
        .reply_from("place", "no", Source::Claimed)
        .stands("place.no");
    assert_eq!(asked.facts(), ["os: Linux (asked)", "remote: no (claimed)"]);
    asked.replayed();
}

#[test]
fn a_known_question_is_asked_after_all_if_it_says_more() {
    for more in ["do: Look.", "warn: Hot!", "checklist: [one]"] {
        let example = format!(
            "title: T\nsteps:\n  system:\n    fact: remote\n    {more}\n    yes: over\n    no: over\n  over: {{end: E}}\n"
        );
        let walk = with_facts(&example, "").fact("remote", "yes").begin();
        walk.stands("system").suggests("yes (known: prefilled)");
    }
    for more in [
        "help: So.",
        "say: So.",
        "note: So.",
        "image: {src: a.svg, alt: A}",
    ] {
        let example = format!(
            "title: T\nsteps:\n  system:\n    fact: remote\n    {more}\n    yes: over\n    no: over\n  over: {{end: E}}\n"
        );
        let files = format!("{FACTS}# file: a.svg\n<svg/>\n# file: example.yaml\n{example}");
        Start::of(&Files::split(&files), "example")
            .fact("remote", "yes")
            .begin()
            .stands("over");
    }
}

#[test]
fn a_known_question_is_asked_when_the_author_looped_back_to_it() {
    let example = "title: T\nsteps:\n  system: {fact: remote, yes: try_it, no: try_it}\n  try_it: {ask: Again?, yes: system, no: over}\n  over: {end: E}\n";
    let passed = with_facts(example, "")
        .fact("remote", "no")
        .begin()
        .stands("try_it");
    passed
        .reply("try_it", "yes")
        .stands("system")
        .suggests("no (known: prefilled)")
        .replayed();
    let answered = with_facts(example, "")
        .begin()
        .reply("system", "yes")
        .reply("try_it", "yes");
    answered.stands("system").suggests("yes (known: asked)");
}

#[test]
fn entering_the_tree_again_passes_a_known_question_again() {
    let walk = with_facts(
        "title: T\nsteps:\n  one: {call: other, next: two}\n  two: {call: other, next: over}\n  over: {end: E}\n",
        "# file: other.yaml\ntitle: O\nsteps:\n  system: {fact: remote, yes: back, no: back}\n  back: {return: ok}\n",
    );
    walk.begin()
        .reply("other:system", "yes")
        .stands("over")
        .replayed();
}

#[test]
fn a_question_without_a_fact_is_always_asked() {
    let walk = Walk::tree("title: T\nsteps:\n  a: {ask: A?, yes: a, no: over}\n  over: {end: E}\n");
    walk.replies("a: yes, a: yes, a: yes").stands("a");
}

#[test]
fn unsure_leaves_a_shared_fact_unset_even_if_it_was_set_before() {
    let example = "title: T\nsteps:\n  system: {fact: remote, yes: again, no: again, unsure: look}\n  again: {ask: Again?, yes: system, no: over}\n  look:\n    next:\n      - {when: known(remote), end: Known}\n      - goto: unknown\n  unknown: {end: Unknown}\n  over: {end: E}\n";
    let walk = with_facts(example, "").fact("remote", "yes").begin();
    walk.replies("again: yes, system: unsure")
        .stands("unknown")
        .replayed();
}

#[test]
fn the_last_write_counts_and_set_comes_before_the_target() {
    let example = "title: T\nsteps:\n  a:\n    ask: A?\n    yes: {goto: look, set: {os: linux}}\n    no: look\n  look:\n    next:\n      - {when: 'known(os) and os == \"linux\"', end: Penguin}\n      - {end: Else}\n";
    let walk = with_facts(example, "").fact("os", "macos").begin();
    assert_eq!(
        walk.clone().reply("a", "yes").facts(),
        ["os: Linux (set)", "a: yes (asked)"]
    );
    walk.reply("a", "no").stands("look.next.2");
}

#[test]
fn a_start_with_misfits_is_refused_and_lists_what_fits() {
    let start = || with_facts("title: T\nsteps:\n  a: {end: E}\n", "");
    let refused = start()
        .fact("oss", "linux")
        .fact("os", "beos")
        .fact("speed", "1001")
        .try_begin();
    assert_eq!(
        refused.err().unwrap(),
        "`os` cannot be that; give one of \"windows\", \"macos\", \"linux\"; there is no fact `oss` to set; \
         there are apps, os, pass, remote, since, speed; `speed` cannot be that; give a number from 0 to 1000 Mbit/s"
    );
    let prefilled = start()
        .fact("os", "linux")
        .fact("remote", "true")
        .fact("speed", "12,5 mbit/s");
    let prefilled = prefilled
        .fact("since", "2026-11-21")
        .fact("apps", "vpn|mail")
        .fact("pass", "hunter2");
    let walk = prefilled.begin();
    assert_eq!(
        walk.facts(),
        [
            "apps: mail, vpn (prefilled)",
            "os: Linux (prefilled)",
            "pass: •••••• (prefilled)",
            "remote: yes (prefilled)",
            "since: 2026-11-21 (prefilled)",
            "speed: 12.5 Mbit/s (prefilled)",
        ]
    );
    walk.replayed();
    let secret = start()
        .fact("pass", "far too long")
        .try_begin()
        .err()
        .unwrap();
    assert_eq!(
        secret,
        "`pass` cannot be that; give a line of text, at most 9 characters long"
    );
}

#[test]
fn a_secret_is_known_and_nothing_more() {
    let example = "title: T\nsteps:\n  a: {fact: pass, next: look}\n  look:\n    next:\n      - {when: known(pass), goto: over}\n      - {end: E}\n  over: {end: F}\n";
    let mut walk = with_facts(example, "").begin();
    let refused = walk.try_reply("a", "far too long").unwrap_err();
    assert_eq!(
        refused,
        "that is no answer to `a`; give a line of text, at most 9 characters long"
    );
    let walk = walk.reply("a", "hunter2").stands("over").replayed();
    assert_eq!(walk.facts(), ["pass: •••••• (asked)"]);
    assert!(
        !serde_json::to_string(walk.session.events())
            .unwrap()
            .contains("hunter2")
    );
    let again = walk.change("pass", "hunter3").stands("over").replayed();
    assert!(!format!("{:?}", again.session).contains("hunter"));
    assert_eq!(again.back_to("a").suggestion(), Some("••••••".into()));
}

#[test]
fn texts_show_labels_units_and_what_is_not_known() {
    let example = "title: T\nsteps:\n  system: {fact: os, answers: {windows: speed, macos: speed, linux: speed}}\n  speed: {fact: speed, next: which}\n  which: {ask: Which?, many: true, answers: {a: The A, b: B}, next: show}\n  show:\n    ask: On ${os} with ${speed} and ${which}?\n    yes: over\n    no: over\n  over:\n    end: ${os}, ${which}, since ${since} ($${x} ${audience} ${channel})\n";
    let walk = with_facts(example, "")
        .begin()
        .replies("system: windows, speed: 5, which: b|a");
    let ask = walk.session.public_view().unwrap().ask.unwrap();
    assert_eq!(
        ask.as_str(),
        "On Windows 11 with 5 Mbit\\/s and The A\\, B?"
    );
    let walk = walk.reply("show", "no");
    let end = walk
        .session
        .public_view()
        .unwrap()
        .end
        .unwrap()
        .text
        .unwrap();
    assert_eq!(
        end.as_str(),
        "Windows 11, The A\\, B, since not known (${x} agent phone)"
    );
}

#[test]
fn audience_and_channel_are_always_known() {
    let example = "title: T\nsteps:\n  look:\n    next:\n      - {when: 'audience == \"agent\" and channel == \"phone\"', end: Agent}\n      - {end: Customer}\n";
    let start = || with_facts(example, "");
    start().begin().stands("look.next.1");
    start().customer().begin().stands("look.next.2");
}

#[test]
fn answers_are_typed_by_their_question() {
    let example = "title: T\nsteps:\n  code: {ask: Code?, text: {pattern: '[0-9]{3}', example: '007'}, next: day}\n  day: {ask: Day?, date: {max: today}, next: level}\n  level:\n    ask: Level?\n    number: {min: 0, max: 10, decimals: 1, unit: dB}\n    answers: {below 5: over, 5 to 10: over, OL: none_left}\n  over: {end: E}\n  none_left: {end: F}\n";
    let walk = Walk::tree(example);
    let walk = walk.refuses(
        "code",
        "12",
        "that is no answer to `code`; give a line of text like `007`",
    );
    let walk = walk.reply("code", "007").refuses(
        "day",
        "2026-11-22",
        "that is no answer to `day`; give a date like 2026-01-31, up to today (2026-11-21)",
    );
    let walk = walk.reply("day", "2026-11-21").refuses(
        "level",
        "0.25",
        "that is no answer to `level`; give a number from 0 to 10 dB, with at most 1 digit behind the point, or \"OL\"",
    );
    let facts = walk.facts();
    assert_eq!(facts, ["code: 007 (asked)", "day: 2026-11-21 (asked)"]);
    let values: Vec<Value> = walk
        .session
        .facts()
        .into_iter()
        .map(|fact| fact.value)
        .collect();
    assert_eq!(values[0], Value::Text("007".into()));
    assert!(matches!(values[1], Value::Date(_)));
    walk.clone()
        .reply("level", "OL")
        .stands("none_left")
        .replayed();
    walk.reply("level", "5").stands("over").replayed();
}
