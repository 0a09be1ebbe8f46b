//! LANGUAGE.md, "Meaning": ends, calls, leaving, limits.

use crate::support::{Files, Start, Walk, minute};
use fixpath::session::{Prompt, Reply, Source};
use fixpath::tree::{Audience, Channel};

#[test]
fn an_end_is_a_prompt_and_closing_makes_it_final() {
    let mut walk =
        Walk::tree("title: T\nsteps:\n  a: {ask: A?, yes: over, no: over}\n  over: {end: E}\n")
            .reply("a", "yes")
            .stands("over")
            .back(1)
            .stands("a")
            .reply("a", "no")
            .ends("ended")
            .refuses(
                "over",
                "yes",
                "`over` does not take `answer`; it takes no reply: close it, or go back",
            );
    walk.session.close(minute(9)).unwrap();
    assert_eq!(walk.prompt(), "ended");
    let seq = walk.session.seq();
    assert_eq!(
        walk.session
            .back(seq, 1, minute(9))
            .unwrap_err()
            .to_string(),
        "the case is closed"
    );
    walk.replayed();
}

#[test]
fn only_an_end_can_be_closed_and_an_escalation_is_handed_over() {
    let mut walk = Walk::tree(
        "title: T\nsteps:\n  a: {ask: A?, yes: over, no: over}\n  over: {escalate: desk, reason: R}\n",
    );
    let refused = walk.session.close(minute(1)).unwrap_err().to_string();
    assert_eq!(
        refused,
        "the case stands at `a`; only a fix or another end can be closed, and an escalation is handed over"
    );
    let mut walk = walk.reply("a", "yes").ends("escalated");
    assert!(walk.session.close(minute(2)).is_err());
    walk.session.hand_over("desk", minute(3)).unwrap();
    walk.stands("handed over to desk").refuses(
        "a",
        "yes",
        "the case was handed over to desk; somebody has to take it first",
    );
}

#[test]
fn a_fix_is_asked_about_unless_a_person_confirmed_it() {
    let tree = "title: T\nsteps:\n  a: {ask: A?, yes: f, no: g}\n  f: {fix: F, no: more}\n  g: {fix: G}\n  more: {do: M., no: over}\n  over: {end: E}\n";
    let walk = Walk::tree(tree).reply("a", "yes").stands("f.solved");
    walk.clone()
        .reply("f.solved", "yes")
        .stands("f")
        .ends("resolved, confirmed")
        .replayed();
    walk.clone()
        .reply("f.solved", "no")
        .stands("more")
        .replayed();
    walk.clone()
        .reply("f.solved", "unsure")
        .stands("f")
        .ends("resolved")
        .replayed();
    walk.reply("f.solved", "person").stands("stuck");
    Walk::tree(tree)
        .replies("a: no, g.solved: no")
        .stands("stuck")
        .ends("escalated");
}

#[test]
fn a_return_that_nobody_called_for_asks_whether_it_is_solved() {
    let walk =
        Walk::tree("title: T\nsteps:\n  a: {ask: A?, yes: {return: ok}, no: {return: bad}}\n");
    let walk = walk.reply("a", "no").stands("a.no.solved");
    walk.clone().reply("a.no.solved", "no").stands("stuck");
    walk.clone()
        .reply("a.no.solved", "unsure")
        .ends("resolved")
        .replayed();
    walk.reply("a.no.solved", "yes")
        .ends("resolved, confirmed")
        .replayed();
    let check = "title: T\nsteps:\n  a: {do: A., check: Do names resolve?, yes: {return: ok}, no: {return: bad}}\n";
    Walk::tree(check).reply("a", "yes").stands("a.yes.solved");
}

const NEEDS: &str = "# file: fixpath.yaml\nstuck: {escalate: desk, reason: R, needs: [number]}\nfacts:\n  number: {ask: Your number?, text: {}}\n  room: {ask: Your room?, text: {}}\n  apps: {ask: Which?, many: true, answers: [a, b]}\n# file: example.yaml\ntitle: T\nsteps:\n  a: {ask: A?, yes: over, no: over}\n  over: {escalate: network, reason: R, needs: [room, number, apps]}\n";

#[test]
fn needs_are_asked_in_order_and_may_stay_open() {
    let start = || Start::of(&Files::split(NEEDS), "example");
    let walk = start().begin().reply("a", "yes").stands("over.needs.room");
    let walk = walk
        .reply("over.needs.room", "5.12")
        .stands("over.needs.number");
    let walk = walk.refuses(
        "over.needs.number",
        "done",
        "`over.needs.number` does not take `done`; it takes answer, unsure, person",
    );
    let walk = walk
        .reply("over.needs.number", "unsure")
        .reply("over.needs.apps", "none")
        .stands("over");
    assert_eq!(
        walk.facts(),
        ["apps: none (asked)", "room: 5.12 (asked)", "a: yes (asked)"]
    );
    let walk = walk
        .ends("escalated")
        .replayed()
        .back(2)
        .stands("over.needs.number");
    assert_eq!(walk.facts(), ["room: 5.12 (asked)", "a: yes (asked)"]);
    // What is known is not asked.
    let known = start()
        .fact("room", "1")
        .fact("number", "2")
        .begin()
        .reply("a", "no");
    known
        .stands("over.needs.apps")
        .reply("over.needs.apps", "a|b")
        .stands("over");
}

#[test]
fn person_at_what_an_escalation_needs_goes_to_stuck_and_there_on() {
    let walk = Start::of(&Files::split(NEEDS), "example")
        .begin()
        .reply("a", "yes");
    let walk = walk
        .reply("over.needs.room", "person")
        .stands("stuck.needs.number");
    walk.reply("stuck.needs.number", "person")
        .stands("stuck")
        .ends("escalated")
        .replayed();
}

#[test]
fn who_takes_an_escalated_case_stands_before_the_end_as_an_agent() {
    let mut walk = Start::of(&Files::split(NEEDS), "example")
        .customer()
        .begin()
        .reply("a", "yes");
    assert_eq!(
        (walk.session.audience(), walk.session.channel()),
        (Audience::Customer, Channel::SelfService)
    );
    walk = walk
        .reply("over.needs.room", "5.12")
        .reply("over.needs.number", "unsure")
        .reply("over.needs.apps", "a|b");
    walk.session.hand_over("network", minute(9)).unwrap();
    walk.session
        .take(Some("kim"), Some(Channel::Phone), minute(10))
        .unwrap();
    assert_eq!(
        (walk.session.audience(), walk.session.channel()),
        (Audience::Agent, Channel::Phone)
    );
    let walk = walk.stands("a").suggests("yes").replayed();
    assert_eq!(walk.facts(), ["apps: a, b (asked)", "room: 5.12 (asked)"]);
    let walk = walk
        .reply("a", "no")
        .stands("over.needs.number")
        .back(1)
        .stands("a")
        .reply("a", "yes");
    let walk = walk
        .change("room", "6.01")
        .stands("over.needs.number")
        .replayed();
    assert_eq!(
        walk.facts(),
        ["apps: a, b (asked)", "room: 6.01 (asked)", "a: yes (asked)"]
    );
    let walk = walk.back(1).stands("a").replayed();
    assert_eq!(walk.facts(), ["apps: a, b (asked)", "room: 6.01 (asked)"]);
}

#[test]
fn a_parked_case_takes_no_reply_until_it_is_resumed() {
    let mut walk =
        Walk::tree("title: T\nsteps:\n  a: {ask: A?, yes: over, no: over}\n  over: {end: E}\n");
    walk.session.park(Some(minute(99)), minute(1)).unwrap();
    let mut walk = walk
        .stands("parked")
        .refuses("a", "yes", "the case is parked; resume it first");
    assert!(matches!(walk.session.prompt(), Prompt::Parked(Some(until)) if until == minute(99)));
    walk.session.note("rang back", minute(2)).unwrap();
    walk.session.resume(None, minute(3)).unwrap();
    assert_eq!(
        walk.session
            .resume(None, minute(3))
            .unwrap_err()
            .to_string(),
        "the case is not parked"
    );
    walk.stands("a").reply("a", "yes").stands("over").replayed();
}

const CALLS: &str = "# file: example.yaml\ntitle: T\nsteps:\n  c:\n    call: other\n    returns: {good: {goto: g, set: {os: linux}}, bad: stuck}\n  g: {fact: os, answers: {linux: over, macos: over}}\n  over: {end: E}\n# file: other.yaml\ntitle: O\nsteps:\n  a: {ask: A?, answers: {good: good, bad: bad, away: {tree: third}, fix: f}}\n  good: {return: good}\n  bad: {return: bad}\n  f: {do: D., no: bad}\n# file: third.yaml\ntitle: Third\nsteps:\n  z: {ask: Z?, yes: {return: z}, no: {end: E}}\n# file: fixpath.yaml\nstuck: {escalate: desk, reason: R}\nfacts:\n  os: {ask: Which?, answers: [linux, macos]}\n";

#[test]
fn a_call_takes_the_edge_of_the_value_that_came_back() {
    let walk = Walk::files(CALLS).stands("other:a");
    let good = walk.clone().reply("other:a", "good").stands("over");
    assert_eq!(
        good.trail(),
        [
            "~c",
            "other:a: good",
            "~other:good",
            "~g: linux (set)",
            "over: ended"
        ]
    );
    walk.clone()
        .reply("other:a", "bad")
        .stands("stuck")
        .replayed();
    // An end closes the walk inside a called tree too.
    walk.clone()
        .replies("other:a: fix, f: yes")
        .stands("other:f.yes")
        .ends("resolved, confirmed");
    // Leaving empties the stack: the third tree returns to nobody.
    let away = walk
        .reply("other:a", "away")
        .stands("third:z")
        .reply("third:z", "yes");
    away.stands("third:z.yes.solved")
        .back(2)
        .stands("other:a")
        .reply("other:a", "good")
        .stands("over")
        .replayed();
}

#[test]
fn next_of_a_call_takes_every_value() {
    let walk = Walk::files(
        "# file: example.yaml\ntitle: T\nsteps:\n  c: {call: other, next: over}\n  over: {end: E}\n# file: other.yaml\ntitle: O\nsteps:\n  a: {ask: A?, yes: {return: x}, no: {return: y}}\n",
    );
    walk.clone().reply("other:a", "yes").stands("over");
    walk.reply("other:a", "no").stands("over").replayed();
}

#[test]
fn a_person_can_pick_another_tree_and_go_back() {
    let mut walk = Walk::files(CALLS);
    let seq = walk.session.seq();
    walk.session.leave(seq, "third", minute(2)).unwrap();
    let mut walk = walk
        .stands("third:z")
        .back(1)
        .stands("other:a")
        .reply("other:a", "good")
        .stands("over");
    let seq = walk.session.seq();
    assert_eq!(
        walk.session
            .leave(seq, "thrid", minute(2))
            .unwrap_err()
            .to_string(),
        "there is no tree named `thrid`"
    );
    walk.session.leave(seq, "third", minute(2)).unwrap();
    walk.stands("third:z")
        .back(1)
        .stands("over")
        .ends("ended")
        .replayed();
}

#[test]
fn customers_do_not_get_into_trees_for_agents() {
    let files = Files::split(
        "# file: example.yaml\ntitle: T\nsteps:\n  a: {ask: A?, yes: over, no: over}\n  over: {end: E}\n# file: inner.yaml\ntitle: I\naudience: agent\nsteps:\n  a: {ask: A?, yes: over, no: over}\n  over: {end: E}\n",
    );
    let refused = Start::of(&files, "inner").customer().try_begin().err();
    assert_eq!(
        refused.as_deref(),
        Some("the tree `inner` is for agents only")
    );
    let mut walk = Start::of(&files, "example").customer().begin();
    let seq = walk.session.seq();
    assert!(walk.session.leave(seq, "inner", minute(1)).is_err());
    walk.session.take(None, None, minute(2)).unwrap();
    let seq = walk.session.seq();
    walk.session.leave(seq, "inner", minute(3)).unwrap();
    walk.stands("inner:a").replayed();
}

#[test]
fn a_limit_counts_arrivals_since_its_tree_was_entered() {
    let walk = Walk::files(
        "# file: example.yaml\ntitle: T\nsteps:\n  one: {call: other, next: two}\n  two: {call: other, next: over}\n  over: {end: E}\n# file: other.yaml\ntitle: O\nsteps:\n  a: {ask: A?, yes: silent, no: {return: no}}\n  silent:\n    limit: {visits: 2, then: out}\n    next: a\n  out: {return: out}\n",
    );
    let walk = walk
        .replies("other:a: yes, other:a: yes")
        .stands("other:a")
        .reply("other:a", "yes");
    assert_eq!(
        walk.trail()[5..],
        [
            "other:a: yes",
            "~other:silent: limited",
            "~other:out",
            "~two",
            "other:a: open"
        ]
    );
    // In the second call it counts anew; going back takes arrivals off again.
    let walk = walk
        .replies("other:a: yes, other:a: yes")
        .stands("other:a")
        .back(2);
    walk.replies("other:a: yes, other:a: yes")
        .stands("other:a")
        .reply("other:a", "yes")
        .stands("over")
        .replayed();
}

#[test]
fn a_trail_of_ten_thousand_steps_leads_to_stuck() {
    let mut walk = Walk::tree(
        "title: T\nsteps:\n  a: {ask: A?, yes: b, no: over}\n  b:\n    next: a\n  over: {end: E}\n",
    );
    let mut replies = 0;
    while walk.session.prompt().at().unwrap().step.name == "a".into() {
        let seq = walk.session.seq();
        let yes = Reply::yes(true);
        walk.session
            .reply(seq, "a", yes, Source::Asked, minute(seq))
            .unwrap();
        replies += 1;
    }
    assert_eq!(
        (walk.prompt(), walk.session.trail().len(), replies),
        ("stuck".into(), 10_000, 5_000)
    );
    walk.replayed();
}
