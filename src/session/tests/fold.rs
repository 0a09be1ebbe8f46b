//! Starting, replying, passing, ending, going back, changing, replaying.

use std::sync::Arc;

use crate::condition::{FactType, Value};
use crate::session::{
    Changing, Event, Happening, Outcome, Prompt, Rejected, Reply, Session, Source,
};
use crate::tree::{Arm, Library};

use super::maker::{Maker, Walk, at, library};

fn keys(keys: &[&str]) -> FactType {
    FactType::Choice(keys.iter().map(|key| Arc::from(*key)).collect())
}

fn os() -> FactType {
    keys(&["linux", "windows"])
}

fn word(word: &str) -> Value {
    Value::Choice(word.into())
}

/// Lights, restart (a remedy), a tree called in between, and a `try`.
fn desk() -> Arc<Library> {
    let wifi = Maker::new()
        .yes_no("lights", "dns", "restart")
        .remedy("restart", "system")
        .choice("system", Some(0), &[("linux", "dns"), ("windows", "more")])
        .call("dns", 1, &[("works", "solved"), ("fails", "more")])
        .fix("solved", None)
        .try_all(
            "more",
            &[("forget", false), ("private", true), ("reset", false)],
            "again",
        )
        .yes_no("again", "more", "over")
        .escalate("over", &[0, 1])
        .tree("a");
    let dns = Maker::new()
        .yes_no("name", "good", "bad")
        .returns("good", "works")
        .returns("bad", "fails")
        .tree("b");
    library(
        vec![wifi, dns],
        &[("os", os()), ("serial", FactType::Text(Arc::default()))],
    )
}

#[test]
fn a_remedy_that_helps_is_a_confirmed_fix() {
    let mut walk = Walk::start(&desk(), "a");
    walk.stands("a:lights")
        .no()
        .stands("a:restart")
        .yes()
        .stands("a:restart.yes");
    assert_eq!(walk.session.outcome(), Some((Outcome::Resolved, true)));
    walk.session.close(at(9)).unwrap();
    assert!(matches!(
        walk.session.prompt(),
        Prompt::Closed(Outcome::Resolved, true)
    ));
    assert_eq!(
        walk.session.note("late", at(10)).unwrap_err(),
        Rejected::Closed
    );
}

#[test]
fn a_call_comes_back_and_an_unconfirmed_fix_is_asked_about() {
    let mut walk = Walk::start(&desk(), "a");
    walk.yes().stands("b:name").yes().stands("a:solved.solved");
    walk.no()
        .stands("a:stuck")
        .back(1)
        .stands("a:solved.solved");
    walk.say(Reply::Unsure).stands("a:solved");
    assert_eq!(walk.session.outcome(), Some((Outcome::Resolved, false)));
    walk.back(1).yes();
    assert_eq!(walk.session.outcome(), Some((Outcome::Resolved, true)));
}

#[test]
fn a_try_shows_what_was_not_answered_yet() {
    let mut walk = Walk::start(&desk(), "a");
    walk.yes()
        .no()
        .stands("a:forget")
        .no()
        .stands("a:private.if")
        .no();
    walk.stands("a:reset")
        .say(Reply::Tried)
        .stands("a:again")
        .yes();
    // The walk comes back to the `try`: the two remedies answered are left out.
    walk.stands("a:private.if")
        .yes()
        .stands("a:private")
        .say(Reply::Cannot);
    walk.stands("a:again").yes().stands("a:again").no();
    walk.stands("a:over.needs.os")
        .pick("linux")
        .stands("a:over.needs.serial")
        .say(Reply::Unsure);
    walk.stands("a:over");
    assert_eq!(walk.session.outcome(), Some((Outcome::Escalated, false)));
    assert!(walk.session.close(at(99)).is_err());
}

#[test]
fn a_known_question_is_passed_and_asked_on_return() {
    let library = desk();
    let mut walk =
        Walk::start_with(&library, "a", &[("os", Value::Text("windows".into()))]).unwrap();
    walk.no().no().stands("a:forget");
    let wrong = Walk::start_with(
        &library,
        "a",
        &[("os", word("beos")), ("oss", word("linux"))],
    );
    let message = wrong.err().unwrap().to_string();
    assert_eq!(
        message,
        "`os` cannot be that; give one of \"linux\", \"windows\"; there is no fact `oss` to set; there are os, serial"
    );
}

#[test]
fn going_back_restores_everything() {
    let library = desk();
    let mut walk = Walk::start(&library, "a");
    let mut states = vec![walk.session.clone()];
    for reply in [
        Reply::yes(false),
        Reply::yes(false),
        Reply::Answer(word("linux")),
        Reply::yes(false),
        Reply::yes(false),
        Reply::yes(true),
        Reply::Cannot,
        Reply::Tried,
        Reply::yes(false),
        Reply::Unsure,
    ] {
        walk.say(reply);
        states.push(walk.session.clone());
    }
    walk.stands("a:over");
    states.pop();
    for state in states.iter().rev() {
        walk.back(1);
        assert!(walk.session.same_state(state), "{}", walk.name());
    }
    // What was replied is suggested again, all the way.
    while let Some(crate::session::Suggestion::SetAside(reply)) =
        walk.session.prompt().at().and_then(|at| at.suggestion)
    {
        let reply = reply.clone();
        walk.say(reply);
    }
    walk.stands("a:over");
}

#[test]
fn a_change_keeps_what_fits() {
    let library = desk();
    let mut walk = Walk::start(&library, "a");
    walk.no()
        .no()
        .pick("windows")
        .no()
        .stands("a:private.if")
        .yes()
        .stands("a:private");
    let before = walk.session.clone();
    let change = |walk: &mut Walk, key: &str| {
        let seq = walk.session.seq();
        walk.session
            .change(seq, Changing::Fact("os".into()), word(key), at(50))
            .unwrap();
    };
    change(&mut walk, "linux");
    walk.stands("b:name");
    change(&mut walk, "windows");
    walk.stands("a:private");
    assert!(walk.session.same_state(&before));
}

#[test]
fn stale_and_wrong_replies_change_nothing() {
    let library = desk();
    let mut walk = Walk::start(&library, "a");
    walk.no();
    let before = walk.session.clone();
    let mut reply = |seq, step: &str, reply| {
        walk.session
            .reply(seq, step, reply, Source::Asked, at(5))
            .unwrap_err()
            .to_string()
    };
    assert_eq!(
        reply(1, "lights", Reply::yes(true)),
        "this answers prompt 1, but the case has moved on to 2; look at it again"
    );
    assert_eq!(
        reply(2, "lights", Reply::yes(true)),
        "this answers `lights`, but the case stands at `restart`; look at it again"
    );
    assert_eq!(
        reply(2, "restart", Reply::None),
        "`restart` does not take `none`; it takes answer, tried, cannot, unsure, person"
    );
    assert_eq!(
        reply(2, "restart", Reply::Answer(word("maybe"))),
        "that is no answer to `restart`; give yes or no"
    );
    assert!(walk.session.same_state(&before) && walk.session.events() == before.events());
}

#[test]
fn events_survive_the_way_through_json() {
    let library = desk();
    let mut walk = Walk::start_with(&library, "a", &[("serial", Value::Text("7".into()))]).unwrap();
    walk.no().no().pick("windows").back(2).say(Reply::Cannot);
    walk.session.note("rude", at(7)).unwrap();
    let json = serde_json::to_string(walk.session.events()).unwrap();
    assert!(json.starts_with(
        r#"[{"seq":1,"at":"2026-11-21T23:26:40+01:00","what":{"started":{"tree":"a","audience":"agent","channel":"phone","facts":{"serial":"7"}}}},{"seq":2,"at":"2026-11-21T23:27:40+01:00","what":{"answered":{"tree":"a","step":"lights","reply":{"answer":false},"source":"asked"}}}"#
    ), "{json}");
    let events: Vec<Event> = serde_json::from_str(&json).unwrap();
    let again = Session::replay(library, &events).unwrap();
    assert!(again.same_state(&walk.session));
    assert_eq!(again.events(), walk.session.events());
}

#[test]
fn a_replay_stops_at_what_does_not_fit() {
    let library = desk();
    let mut walk = Walk::start(&library, "a");
    walk.no().no();
    let mut events = walk.session.events().to_vec();
    events[2].what = Happening::WentBack { to: 17 };
    let stopped = Session::replay(library, &events).unwrap_err();
    assert_eq!(
        stopped.to_string(),
        "event 3 does not fit: the walk has no earlier prompt with number 17"
    );
    assert_eq!(stopped.session.unwrap().seq(), 2);
}

#[test]
fn a_silent_loop_ends_at_stuck() {
    let tree = Maker::new()
        .branch("here", "there")
        .branch("there", "here")
        .tree("a");
    let mut walk = Walk::start(&library(vec![tree], &[]), "a");
    walk.stands("a:stuck");
    assert_eq!(walk.session.state.trail.len(), 10_000);
}

#[test]
fn a_limit_counts_arrivals_along_the_trail() {
    let tree = Maker::new()
        .yes_no("again", "again", "over")
        .with("again", |step| step.limit = Some(2))
        .edge("again", Arm::Limit, "over")
        .escalate("over", &[])
        .tree("a");
    let mut walk = Walk::start(&library(vec![tree], &[]), "a");
    walk.yes().stands("a:again").yes().stands("a:over");
    walk.back(1)
        .stands("a:again")
        .back(1)
        .yes()
        .stands("a:again")
        .yes()
        .stands("a:over");
}

#[test]
fn what_an_edge_sets_is_known_before_its_target_is_looked_at() {
    let tree = Maker::new()
        .ask("start", crate::tree::QuestionKind::YesNo, None)
        .edge_setting("start", Arm::Yes, "system", &[(0, word("linux"))])
        .edge("start", Arm::No, "system")
        .choice(
            "system",
            Some(0),
            &[("linux", "penguin"), ("windows", "pane")],
        )
        .instruction("penguin", "leave")
        .instruction("pane", "leave")
        .leave("leave", 0)
        .tree("a");
    let mut walk = Walk::start(&library(vec![tree], &[("os", os())]), "a");
    walk.yes().stands("a:penguin");
    let seq = walk.session.seq();
    let refused = walk
        .session
        .change(seq, Changing::Fact("os".into()), word("windows"), at(5));
    assert_eq!(
        refused.unwrap_err().to_string(),
        "`os` follows from the answer to `start`; change that answer instead"
    );
    walk.say(Reply::Done)
        .stands("a:start")
        .no()
        .stands("a:penguin");
    walk.back(1)
        .stands("a:start")
        .back(1)
        .stands("a:penguin")
        .back(1)
        .no()
        .stands("a:system");
}

#[test]
fn who_takes_an_escalation_stands_before_it_and_knows_what_was_asked() {
    let library = desk();
    let mut walk = Walk::start(&library, "a");
    walk.yes()
        .no()
        .stands("a:forget")
        .no()
        .no()
        .no()
        .stands("a:again")
        .no();
    walk.pick("linux").say(Reply::Unsure).stands("a:over");
    walk.session.hand_over("desk", at(20)).unwrap();
    assert!(matches!(walk.session.prompt(), Prompt::HandedOver(to) if **to == *"desk"));
    walk.session.take(Some("kim"), None, at(21)).unwrap();
    walk.stands("a:again").no().stands("a:over.needs.serial");
    walk.back(1)
        .stands("a:again")
        .no()
        .stands("a:over.needs.serial");
}

#[test]
fn the_way_so_far_names_each_edge_that_was_taken() {
    let library = desk();
    let mut walk = Walk::start(&library, "a");
    walk.yes().no().no().no();
    walk.stands("a:reset").say(Reply::Tried).back(1).yes();
    let way: Vec<String> = walk
        .session
        .passages()
        .map(|passage| {
            let name = |tree: crate::tree::TreeId, step| {
                let tree = library.tree(tree);
                format!("{}:{}", tree.name, tree.step(step).name)
            };
            let to = passage.edge.map(|(tree, edge)| {
                let target = library.tree(tree).graph().edge_endpoints(edge).unwrap().1;
                name(tree, target)
            });
            let how = if passage.is_prompt { "" } else { "~" };
            format!(
                "{how}{} {}",
                name(passage.tree, passage.step),
                to.as_deref().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(
        way,
        [
            "a:lights a:dns",
            "~a:dns -",
            "b:name b:bad",
            "~b:bad a:more",
            "~a:more -",
            "a:forget -",
            "a:private.if -",
            "a:reset a:reset.yes",
            "a:reset.yes -",
        ]
    );
}

#[test]
fn a_library_walks_the_same_from_its_canonical_form() {
    let library = desk();
    let again = Arc::new(Library::from_canonical(&library.canonical()).unwrap());
    assert_eq!(again.canonical(), library.canonical());
    assert_eq!(again.hash(), library.hash());
    let mut walk = Walk::start(&library, "a");
    walk.no().no().pick("linux").no().yes();
    let replayed = Session::replay(again, walk.session.events()).unwrap();
    assert!(replayed.same_state(&walk.session));
}

#[test]
fn damaged_libraries_are_refused_without_a_panic() {
    let bytes = desk().canonical();
    for at in (0..bytes.len()).step_by(7) {
        for byte in [b'x', b'"', b'0', b'}'] {
            let mut damaged = bytes.clone();
            damaged[at] = byte;
            if let Ok(library) = Library::from_canonical(&damaged) {
                let _ = Library::from_canonical(&library.canonical()).unwrap();
            }
        }
        assert!(Library::from_canonical(&bytes[..at]).is_err());
    }
}
