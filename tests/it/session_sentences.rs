//! Sentences of "Meaning" that no law over made-up walks can hold, because they are about words, limits and numbers.

use crate::support::{Files, Start, Walk};

/// The priority that agents see at an end with these keys.
fn priority(keys: &str, library: &str) -> serde_json::Value {
    let library = format!("stuck: {{escalate: desk, reason: R}}\n{library}");
    let tree = format!(
        "title: T\nsteps:\n  a: {{ask: A?, yes: b, no: stuck}}\n  b: {{escalate: desk, reason: R{keys}}}\n"
    );
    let files = Files::new().library(&library).tree("example", &tree);
    let walk = Start::of(&files, "example").begin().reply("a", "yes");
    let view = serde_json::to_value(walk.session.agent_view()).unwrap();
    view["escalation"]["priority"].clone()
}

#[test]
fn impact_and_urgency_give_the_priority_and_one_alone_takes_medium() {
    for (keys, expected) in [
        ("", 3),
        (", impact: high", 2),
        (", urgency: high", 2),
        (", impact: low", 4),
        (", urgency: low", 4),
        (", impact: high, urgency: high", 1),
        (", impact: high, urgency: low", 3),
        (", impact: low, urgency: high", 3),
        (", impact: low, urgency: low", 5),
        (", priority: 4", 4),
    ] {
        assert_eq!(priority(keys, ""), expected, "{keys}");
    }
    let own = "priority:\n  high: {high: 2, medium: 1, low: 1}\n  medium: {high: 5, medium: 4, low: 1}\n  low: {high: 1, medium: 1, low: 1}\n";
    assert_eq!(priority(", impact: medium", own), 4);
    assert_eq!(priority(", urgency: high", own), 5);
    assert_eq!(priority("", own), 3);
}

const FACTS: &str = "# file: fixpath.yaml\nstuck: {escalate: desk, reason: R}\nfacts:\n  home: {ask: At home?}\n  room: {ask: Which room?, text: {max: 10}}\n# file: example.yaml\ntitle: T\nsteps:\n  a: {ask: A?, yes: {goto: b, set: {home: true}}, no: {goto: b, set: {home: no}}}\n  b: {fact: room, next: c}\n  c:\n    next:\n      - {when: home and room == \"5.12\", end: There}\n      - {when: room == \"5.12\", end: Here}\n      - {end: Elsewhere}\n";

#[test]
fn yes_no_facts_take_true_and_false_wherever_they_are_set() {
    let start = || Start::of(&Files::split(FACTS), "example");
    for (word, shown) in [
        ("true", "yes"),
        ("yes", "yes"),
        ("false", "no"),
        ("no", "no"),
    ] {
        let walk = start().fact("home", word).begin();
        assert_eq!(walk.facts(), [format!("home: {shown} (prefilled)")]);
    }
    let walk = start().begin().reply("a", "yes");
    assert_eq!(walk.facts()[0], "home: yes (set)");
}

#[test]
fn texts_are_trimmed_and_then_compared_exactly() {
    let walk = || Start::of(&Files::split(FACTS), "example").begin();
    let room = |room: &str| walk().reply("a", "yes").reply("b", room);
    room("  5.12 ").stands("c.next.1").replayed();
    room("5.12.").stands("c.next.3");
    walk()
        .reply("a", "no")
        .reply("b", "5.12")
        .stands("c.next.2");
    let upper = FACTS.replace("\"5.12\"", "\"hall\"");
    let walk = Start::of(&Files::split(&upper), "example").begin();
    walk.replies("a: yes, b: Hall").stands("c.next.3");
}

#[test]
fn and_and_or_look_at_the_left_side_first() {
    let text = "title: T\nsteps:\n  a: {ask: A?, yes: b, no: b, unsure: b}\n  b:\n    next:\n      - {when: known(a) and a, end: Yes}\n      - {when: not known(a) or a, end: Unknown}\n      - {end: No}\n";
    Walk::tree(text).reply("a", "yes").stands("b.next.1");
    Walk::tree(text).reply("a", "unsure").stands("b.next.2");
    Walk::tree(text).reply("a", "no").stands("b.next.3");
}

#[test]
fn a_remedy_is_known_by_the_fix_of_its_yes_its_label_or_its_first_line() {
    let fix = |remedy: &str| {
        let text = format!("title: T\nsteps:\n  a:\n{remedy}    no: stuck\n");
        let walk = Walk::tree(&text)
            .reply("a", "yes")
            .ends("resolved, confirmed");
        let end = walk.session.end_view().unwrap();
        end.fix.unwrap().as_str().to_owned()
    };
    let steps = "    do: |\n      Restart it.\n\n      1. Off.\n      2. On.\n";
    assert_eq!(fix(steps), "Restart it.");
    assert_eq!(
        fix(&format!("{steps}    yes: {{fix: It hung}}\n")),
        "It hung"
    );
    let tried = "    try:\n      r:\n        do: |\n          Restart it.\n          1. Off.\n        label: A restart\n    no: stuck\n";
    let text = format!("title: T\nsteps:\n  a:\n{tried}");
    let walk = Walk::tree(&text)
        .reply("r", "yes")
        .ends("resolved, confirmed");
    assert_eq!(
        walk.session.end_view().unwrap().fix.unwrap().as_str(),
        "A restart"
    );
}
