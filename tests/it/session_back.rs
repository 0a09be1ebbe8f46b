//! LANGUAGE.md, "Meaning": going back, and changing what was answered.

use crate::support::{Files, Start, Walk, minute, value};
use fixpath::session::{Changing, Reply, Source};

const DESK: &str = r#"# file: fixpath.yaml
stuck: {escalate: desk, reason: R}
facts:
  os: {ask: Which?, answers: [linux, macos]}
  site: {ask: Where?, answers: [north, south]}
# file: example.yaml
title: T
steps:
  system: {fact: os, answers: {linux: restart, macos: restart}}
  restart: {do: Restart it., no: names}
  names: {call: other, returns: {good: place, bad: place}}
  place: {fact: site, answers: {north: show, south: show}}
  show: {ask: "Is ${os} shown?", yes: last, no: last}
  last: {ask: Last?, yes: over, no: over}
  over: {end: E}
# file: other.yaml
title: O
steps:
  ping: {ask: Ping?, yes: good, no: bad}
  good: {return: good}
  bad: {return: bad}
"#;

fn walked() -> Walk {
    start()
        .begin()
        .replies("system: linux, restart: no, other:ping: yes, place: north, show: yes, last: no")
}

fn start() -> Start {
    Start::of(&Files::split(DESK), "example")
}

#[test]
fn back_restores_facts_stack_and_counts_across_calls() {
    let walk = walked().stands("over").back_to("ping").stands("other:ping");
    assert_eq!(
        walk.trail(),
        ["system: linux", "restart: no", "~names", "other:ping: open"]
    );
    assert_eq!(walk.facts(), ["os: linux (asked)"]);
    // The replies from there on are suggested, in their turn.
    let walk = walk
        .suggests("yes")
        .reply("ping", "no")
        .suggests("north")
        .reply("place", "south");
    let walk = walk
        .suggests("yes")
        .reply("show", "yes")
        .suggests("no")
        .reply("last", "no")
        .stands("over");
    walk.replayed();
}

#[test]
fn back_and_the_same_answers_give_the_same_state() {
    let walk = walked();
    let again = walk.clone().back_to("system");
    assert_eq!(again.facts(), [""; 0]);
    let again =
        again.replies("system: linux, restart: no, ping: yes, place: north, show: yes, last: no");
    assert!(again.session.same_state(&walk.session));
}

#[test]
fn one_can_only_go_back_to_earlier_prompts() {
    let mut walk = walked();
    let seq = walk.session.seq();
    let here = walk.visit("over");
    for to in [0, here, 99] {
        let refused = walk
            .session
            .back(seq, to, minute(9))
            .unwrap_err()
            .to_string();
        assert_eq!(
            refused,
            format!("the walk has no earlier prompt with number {to}")
        );
    }
    let begun = start().begin();
    assert_eq!(begun.session.previous_prompt(), None);
}

#[test]
fn what_was_done_stays_done() {
    let walk = walked().back_to("system");
    let done = walk.session.done_before();
    assert_eq!(
        done.iter().map(|done| &*done.step).collect::<Vec<_>>(),
        ["restart"]
    );
    // Also after it was answered otherwise.
    let walk = walk.replies("system: macos, restart: cannot").replayed();
    assert_eq!(walk.session.done_before().len(), 1);
    // A change that keeps the reply keeps it in the trail instead.
    let changed = walked().change("os", "macos");
    assert_eq!(changed.session.done_before(), []);
    assert_eq!(changed.trail()[1], "restart: no");
}

#[test]
fn a_change_gives_the_replies_again_that_still_fit() {
    // `show` uses ${os} in its text: there it stops.
    let walk = walked()
        .change("os", "macos")
        .stands("show")
        .suggests("yes");
    assert_eq!(
        walk.trail(),
        [
            "system: macos",
            "restart: no",
            "~names",
            "other:ping: yes",
            "~other:good",
            "place: north",
            "show: open"
        ]
    );
    let walk = walk
        .reply("show", "yes")
        .stands("last")
        .suggests("no")
        .replayed();
    // Changed back where nothing had been replied since: all is as it was.
    let before = walked();
    let again = before
        .clone()
        .change("system", "macos")
        .change("system", "linux")
        .stands("over");
    assert!(again.session.same_state(&before.session));
    drop(walk);
}

#[test]
fn a_changed_answer_may_lead_elsewhere() {
    let walk = walked().change("ping", "no").stands("over").replayed();
    assert_eq!(walk.trail()[3..5], ["other:ping: no", "~other:bad"]);
    let remedy = walked()
        .change("restart", "yes")
        .stands("restart.yes")
        .ends("resolved, confirmed");
    remedy.change("restart", "no").stands("over").replayed();
}

#[test]
fn a_prefilled_fact_can_be_changed_and_the_walk_is_redone_from_the_start() {
    let walk = start().fact("os", "linux").begin();
    let walk = walk.replies("restart: no, other:ping: yes, place: north, show: yes, last: no");
    let walk = walk.change("os", "macos").stands("show").replayed();
    // Somebody said so by now; it is no longer what was known beforehand.
    assert_eq!(walk.facts(), ["os: macos (asked)", "site: north (asked)"]);
    assert_eq!(walk.trail()[0], "~system: macos (asked)");
    // Going back to the start keeps what it was changed to.
    let walk = walk.back_to("restart");
    assert_eq!(walk.facts(), ["os: macos (asked)"]);
}

#[test]
fn a_change_that_cannot_be_is_refused() {
    let mut walk = walked();
    let refused =
        |walk: &mut Walk, name: &str, word: &str| walk.try_change(name, word).unwrap_err();
    assert_eq!(
        refused(&mut walk, "os", "beos"),
        "that is no answer to `system`; give one of \"linux\", \"macos\""
    );
    assert_eq!(
        refused(&mut walk, "ping", "maybe"),
        "that is no answer to `ping`; give yes or no"
    );
    assert_eq!(
        refused(&mut walk, "over", "yes"),
        "`over` has no answer that could be changed"
    );
    let mut begun = start().begin();
    assert_eq!(
        refused(&mut begun, "site", "north"),
        "there is no fact `site` to set"
    );
    let seq = begun.session.seq();
    let unknown = begun
        .session
        .change(seq, Changing::Fact("oss".into()), value("x"), minute(3));
    assert!(unknown.is_err());
    assert!(walk.session.same_state(&walked().session));
}

#[test]
fn what_an_edge_set_is_changed_by_changing_the_answer() {
    let files = Files::split(&DESK.replace(
        "yes: good, no: bad}",
        "yes: {goto: good, set: {site: south}}, no: bad}",
    ));
    let mut walk = Start::of(&files, "example")
        .begin()
        .replies("system: linux, restart: no, other:ping: yes");
    assert_eq!(
        walk.try_change("site", "north").unwrap_err(),
        "`site` follows from the answer to `ping`; change that answer instead"
    );
    let facts = walk.session.facts();
    let change: Vec<bool> = facts.iter().map(|fact| fact.change.is_some()).collect();
    assert_eq!(change, [true, false]);
    walk.stands("show")
        .change("ping", "no")
        .stands("place")
        .replayed();
}

#[test]
fn going_back_sets_replies_aside_and_a_change_does_not_give_them_again_by_itself() {
    // Somebody went back to `show` to answer it otherwise; then an earlier answer is changed.
    let walk = walked()
        .back_to("show")
        .change("ping", "no")
        .stands("show")
        .suggests("yes");
    walk.replayed();
}

#[test]
fn back_and_change_do_not_grow_out_of_hand() {
    let mut walk = Walk::tree(
        "title: T\nsteps:\n  a: {ask: A?, yes: b, no: over}\n  b: {do: B., no: a}\n  over: {end: E}\n",
    );
    let mut say = |step: &str, yes| {
        let seq = walk.session.seq();
        walk.session
            .reply(seq, step, Reply::yes(yes), Source::Asked, minute(seq))
            .unwrap();
    };
    for _ in 0..4_000 {
        say("a", true);
        say("b", false);
    }
    let before = walk.clone();
    for _ in 0..3 {
        let seq = walk.session.seq();
        walk.session
            .change(seq, Changing::Visit(1), value("yes"), minute(seq))
            .unwrap();
    }
    assert!(walk.session.same_state(&before.session));
    let seq = walk.session.seq();
    walk.session.back(seq, 1, minute(1)).unwrap();
    assert_eq!(walk.session.done_before().len(), 4_000);
    walk.stands("a").suggests("yes");
}
