//! LANGUAGE.md, "Meaning": a case is a list of events; what does not fit is refused.

use std::sync::Arc;

use crate::support::{Files, Start, Walk, minute};
use fixpath::session::{Event, Happening, Reply, Session, Source};
use fixpath::tree::{Library, StepId, TreeId};

const TREE: &str = "title: T\nsteps:\n  light: {ask: Is it on?, yes: over, no: restart}\n  restart: {do: Restart it., no: kind}\n  kind: {ask: Which?, many: true, answers: [a, b], next: over}\n  over: {end: E}\n";

#[test]
fn a_reply_names_the_number_and_the_prompt_that_it_answers() {
    let mut walk = Walk::tree(TREE).reply("light", "no");
    let mut refused = |seq, step: &str| {
        let reply = walk
            .session
            .reply(seq, step, Reply::yes(false), Source::Asked, minute(3));
        reply.map(|_| ()).unwrap_err().to_string()
    };
    let stale = "this answers prompt 1, but the case has moved on to 2; look at it again";
    assert_eq!(refused(1, "light"), stale);
    assert_eq!(refused(1, "restart"), stale);
    let wrong = "this answers `light`, but the case stands at `restart`; look at it again";
    assert_eq!(refused(2, "light"), wrong);
    assert_eq!(
        refused(3, "restart"),
        "this answers prompt 3, but the case has moved on to 2; look at it again"
    );
    // The same name in another tree is another prompt.
    let (tree, step) = (Arc::from("elsewhere"), Arc::from("restart"));
    let what = Happening::Answered {
        tree,
        step,
        reply: Reply::yes(true),
        source: Source::Asked,
    };
    let elsewhere = walk
        .session
        .apply(Event {
            seq: 3,
            at: minute(3),
            what,
        })
        .unwrap_err()
        .to_string();
    assert_eq!(
        elsewhere,
        "this answers `elsewhere: restart`, but the case stands at `restart`; look at it again"
    );
    walk.reply("restart", "no").stands("kind");
}

#[test]
fn events_hold_the_authors_names_and_read_well() {
    let mut walk = Start::of(&Files::new().tree("example", TREE), "example")
        .ticket("INC-1", "it is dark")
        .begin();
    walk = walk
        .replies("light: no, restart: cannot")
        .reply("kind", "a|b")
        .back(2)
        .reply("restart", "unsure");
    walk.session.note("in a hurry", minute(6)).unwrap();
    walk.session.hand_over("desk", minute(7)).unwrap();
    walk.session.take(Some("kim"), None, minute(8)).unwrap();
    let lines: Vec<String> = walk
        .session
        .events()
        .iter()
        .map(|event| serde_json::to_string(event).unwrap())
        .collect();
    let expected = [
        r#"{"seq":1,"at":"2026-11-21T23:00:00+01:00","what":{"started":{"tree":"example","audience":"agent","channel":"phone","ticket":"INC-1","words":"it is dark"}}}"#,
        r#"{"seq":2,"at":"2026-11-21T23:01:00+01:00","what":{"answered":{"tree":"example","step":"light","reply":{"answer":false},"source":"asked"}}}"#,
        r#"{"seq":3,"at":"2026-11-21T23:02:00+01:00","what":{"answered":{"tree":"example","step":"restart","reply":"cannot","source":"asked"}}}"#,
        r#"{"seq":4,"at":"2026-11-21T23:03:00+01:00","what":{"answered":{"tree":"example","step":"kind","reply":{"answer":["a","b"]},"source":"asked"}}}"#,
        r#"{"seq":5,"at":"2026-11-21T23:04:00+01:00","what":{"went_back":{"to":3}}}"#,
        r#"{"seq":6,"at":"2026-11-21T23:05:00+01:00","what":{"went_back":{"to":2}}}"#,
        r#"{"seq":7,"at":"2026-11-21T23:06:00+01:00","what":{"answered":{"tree":"example","step":"restart","reply":"unsure","source":"asked"}}}"#,
        r#"{"seq":8,"at":"2026-11-21T23:06:00+01:00","what":{"noted":{"text":"in a hurry"}}}"#,
        r#"{"seq":9,"at":"2026-11-21T23:07:00+01:00","what":{"handed_over":{"to":"desk"}}}"#,
        r#"{"seq":10,"at":"2026-11-21T23:08:00+01:00","what":{"taken":{"by":"kim"}}}"#,
    ];
    assert_eq!(lines, expected);
    walk.stands("restart").replayed();
}

#[test]
fn a_replay_stops_at_the_first_event_that_does_not_fit_and_says_why() {
    let walk = Walk::tree(TREE)
        .replies("light: no, restart: no")
        .reply("kind", "a|");
    let events = walk.session.events();
    // The tree has lost an answer since.
    let changed = Files::new().tree("example", &TREE.replace("[a, b]", "[b, c]"));
    let library = Arc::new(changed.default_library().compile().into_library());
    let stopped = Session::replay(library, events).unwrap_err();
    assert_eq!(
        stopped.to_string(),
        "event 4 does not fit: that is no answer to `kind`; give any of \"b\", \"c\", with commas between them"
    );
    assert_eq!((stopped.seq, stopped.session.unwrap().seq()), (4, 3));
    let library = Arc::clone(walk.session.library());
    let without_start = Session::replay(Arc::clone(&library), &events[1..]).unwrap_err();
    assert_eq!(
        without_start.to_string(),
        "event 2 does not fit: a case begins with its start, which has number 1"
    );
    let twice = [
        events[0].clone(),
        Event {
            seq: 2,
            ..events[0].clone()
        },
    ];
    let twice = Session::replay(library, &twice).unwrap_err().to_string();
    assert_eq!(twice, "event 2 does not fit: the case was started already");
}

#[test]
fn what_is_no_event_is_not_read() {
    for json in [
        r#"{"seq":1,"at":"today","what":{"noted":{"text":"x"}}}"#,
        r#"{"seq":1,"at":"2026-11-21T23:00:00+01:00","what":{"forgot":{}}}"#,
        r#"{"seq":1,"at":"2026-11-21T23:00:00+01:00","what":{"answered":{"tree":"t","step":"s","reply":{"answer":null}}}}"#,
        r#"{"seq":-1,"at":"2026-11-21T23:00:00+01:00","what":{"noted":{"text":"x"}}}"#,
    ] {
        assert!(serde_json::from_str::<Event>(json).is_err(), "{json}");
    }
}

#[test]
fn a_loop_in_which_no_step_stops_ends_at_stuck_all_the_same() {
    // No compiler lets it pass: it is made in the stored form.
    let tree = "title: T\nsteps:\n  a:\n    next: b\n  b:\n    next: c\n  c: {end: E}\n";
    let compiled = Files::new()
        .tree("example", tree)
        .default_library()
        .compile()
        .into_library();
    let stored = String::from_utf8(compiled.canonical())
        .unwrap()
        .replace(r#""to":"c""#, r#""to":"a""#);
    let library = Arc::new(Library::from_canonical(stored.as_bytes()).unwrap());
    let walk = Start::in_library(library, "example")
        .begin()
        .stands("stuck");
    assert_eq!(walk.session.passages().len(), 10_000);
}

#[test]
fn the_way_so_far_names_each_edge_that_was_taken() {
    let walk = Walk::files(
        "# file: example.yaml\ntitle: T\nsteps:\n  light: {ask: Is it on?, yes: names, no: names}\n  names: {call: other, returns: {good: over, bad: fixes}}\n  fixes:\n    try:\n      forget: {do: Forget it.}\n      reset: {do: Reset it.}\n    no: over\n  over: {end: E}\n# file: other.yaml\ntitle: O\nsteps:\n  ping: {ask: Ping?, yes: {return: good}, no: {return: bad}}\n",
    );
    let walk = walk
        .replies("light: yes, ping: no, forget: no, reset: tried")
        .back(1)
        .reply("reset", "yes");
    let library = walk.session.library();
    let name = |tree: TreeId, step: StepId| library.tree(tree).step(step).name.to_string();
    let way: Vec<String> = walk
        .session
        .passages()
        .map(|passage| {
            let to = passage.edge.map(|(tree, edge)| {
                name(
                    tree,
                    library.tree(tree).graph().edge_endpoints(edge).unwrap().1,
                )
            });
            let silent = if passage.is_prompt { "" } else { "~" };
            format!(
                "{silent}{} {}",
                name(passage.tree, passage.step),
                to.as_deref().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(
        way,
        [
            "light names",
            "~names -",
            "ping ping.no",
            "~ping.no fixes",
            "~fixes -",
            "forget -",
            "reset reset.yes",
            "reset.yes -"
        ]
    );
}
