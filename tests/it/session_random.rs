//! Laws of the walk on libraries and walks made up by dice.

use std::collections::HashSet;
use std::sync::Arc;

use fixpath::condition::Value;
use fixpath::handover::{Note, PublicNote};
use fixpath::session::view::Answers;
use fixpath::session::{Changing, Event, Happening, Rejected, Reply, Session, Source, Started};
use fixpath::tree::{Audience, Channel, Library, StepKind};
use proptest::prelude::{ProptestConfig, any, prop};
use proptest::{prop_assert, prop_assert_eq, proptest};

use crate::support::{Dice, FOR_AGENTS, library, minute, value};

pub(crate) fn compiled(numbers: &[u8]) -> Arc<Library> {
    Arc::new(library(&mut Dice::new(numbers)).compile().into_library())
}

pub(crate) fn begin(library: &Arc<Library>, dice: &mut Dice<'_>) -> Session {
    let audience = [Audience::Agent, Audience::Customer][dice.roll(2)];
    let mut started = Started::new("example", audience, Channel::Phone);
    if dice.once_in(3) {
        started
            .facts
            .insert("os".into(), value(["linux", "macos"][dice.roll(2)]));
    }
    if dice.once_in(3) {
        started.facts.insert("pass".into(), value("hunter2"));
    }
    let what = Happening::Started(Box::new(started));
    let event = Event {
        seq: 1,
        at: minute(0),
        what,
    };
    Session::start(Arc::clone(library), event).unwrap()
}

/// A reply that the prompt may or may not take.
pub(crate) fn reply(session: &Session, dice: &mut Dice<'_>) -> Reply {
    match dice.roll(12) {
        0 => Reply::Tried,
        1 => Reply::Cannot,
        2 => Reply::Unsure,
        3 => Reply::None,
        4 => Reply::Person,
        5 => Reply::Answer(value(["yes", "linux", "7", "OL", ""][dice.roll(5)])),
        _ => answer(session, dice),
    }
}

/// A reply that the prompt takes.
fn answer(session: &Session, dice: &mut Dice<'_>) -> Reply {
    let Some(view) = session.public_view() else {
        return Reply::Done;
    };
    let word = match view.answers {
        None => return Reply::Done,
        Some(Answers::YesNo { choices } | Answers::Choice { choices }) => {
            choices[dice.roll(choices.len())].key.to_string()
        }
        Some(Answers::Many { choices }) => {
            let picked = choices
                .iter()
                .filter(|_| dice.once_in(2))
                .map(|choice| Arc::clone(&choice.key));
            return Reply::Answer(Value::Many(picked.collect()));
        }
        Some(Answers::Number { words, .. }) => match (dice.roll(4), words.first()) {
            (0, Some(word)) => word.key.to_string(),
            (number, _) => (number * 3).to_string(),
        },
        Some(Answers::Text { .. }) => "some text".to_owned(),
        Some(Answers::Date { .. }) => "2026-11-20".to_owned(),
    };
    Reply::Answer(value(&word))
}

pub(crate) fn say(session: &mut Session, reply: Reply) -> Result<(), Rejected> {
    let seq = session.seq();
    let step = session
        .prompt()
        .at()
        .map(|at| at.name().into_owned())
        .unwrap_or_default();
    session
        .reply(seq, &step, reply, Source::Asked, minute(seq))
        .map(|_| ())
}

/// Anything that can happen to a case, allowed or not.
fn happen(session: &mut Session, dice: &mut Dice<'_>) -> Result<(), Rejected> {
    let (seq, now) = (session.seq(), minute(session.seq()));
    let some_visit = |session: &Session, dice: &mut Dice<'_>| {
        let passages = session.passages().len();
        session
            .trail()
            .get(dice.roll(passages))
            .and_then(|visit| visit.visit)
            .unwrap_or(99)
    };
    match dice.roll(24) {
        0 => {
            let to = some_visit(session, dice);
            session.back(seq, to, now)?;
        }
        1 => {
            let to = session.previous_prompt().unwrap_or(0);
            session.back(seq, to, now)?;
        }
        2 => {
            let what = Changing::Visit(some_visit(session, dice));
            let to = value(["yes", "no", "two", "macos", "50"][dice.roll(5)]);
            session.change(seq, what, to, now)?;
        }
        3 => {
            let what = Changing::Fact(["os", "remote", "pass", "oss"][dice.roll(4)].into());
            session.change(
                seq,
                what,
                value(["macos", "windows", "no"][dice.roll(3)]),
                now,
            )?;
        }
        4 => drop(session.leave(seq, ["later", "example", "nowhere"][dice.roll(3)], now)?),
        5 => drop(session.note("a remark", now)?),
        6 => drop(session.park(None, now)?),
        7 | 8 => drop(session.resume(None, now)?),
        9 => drop(session.hand_over("desk", now)?),
        10 | 11 => drop(session.take(Some("kim"), Some(Channel::Chat), now)?),
        12 if dice.once_in(4) => drop(session.close(now)?),
        13 => {
            let reply = reply(session, dice);
            let step = ["s0", "s1", "stuck", "s1.solved"][dice.roll(4)];
            let wrong = seq + dice.roll(3) as u64 - 1;
            session.reply(wrong, step, reply, Source::Asked, now)?;
        }
        _ => {
            let reply = reply(session, dice);
            say(session, reply)?;
        }
    }
    Ok(())
}

/// A walk in which anything may happen; what is refused changes nothing.
fn walked(library: &Arc<Library>, numbers: &[u8]) -> Session {
    let mut dice = Dice::new(numbers);
    let mut session = begin(library, &mut dice);
    while dice.are_left() {
        let before = session.clone();
        if happen(&mut session, &mut dice).is_err() {
            assert!(
                session.same_state(&before),
                "what is refused changes nothing"
            );
            assert_eq!(session.events(), before.events());
            assert_eq!(session.done_before(), before.done_before());
        }
    }
    session
}

/// All that a runner shows of a case.
fn shown(session: &Session) -> String {
    let parts = [
        serde_json::to_string(&session.agent_view()).unwrap(),
        serde_json::to_string(&session.trail()).unwrap(),
        serde_json::to_string(&session.facts()).unwrap(),
        serde_json::to_string(&Note::of(session)).unwrap(),
        Note::of(session).markdown(),
    ];
    parts.join("\n")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn events_alone_make_the_case_again(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let library = compiled(&trees);
        let session = walked(&library, &walk);
        let json = serde_json::to_string(session.events()).unwrap();
        prop_assert!(!json.contains("hunter2"));
        let events: Vec<Event> = serde_json::from_str(&json).unwrap();
        let again = Session::replay(Arc::clone(&library), &events).unwrap();
        prop_assert!(again.same_state(&session));
        prop_assert_eq!(again.events(), session.events());
        prop_assert_eq!(again.done_before(), session.done_before());
        prop_assert_eq!(shown(&again), shown(&session));
    }

    #[test]
    fn a_library_from_its_canonical_form_walks_the_same(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..150),
    ) {
        let library = compiled(&trees);
        let again = Arc::new(Library::from_canonical(&library.canonical()).unwrap().with_todays(&library));
        prop_assert_eq!(again.hash(), library.hash());
        let (session, twin) = (walked(&library, &walk), walked(&again, &walk));
        prop_assert_eq!(twin.events(), session.events());
        prop_assert!(twin.same_state(&session));
        prop_assert_eq!(shown(&twin), shown(&session));
    }

    #[test]
    fn back_and_the_same_reply_give_the_same_state(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..200),
        last in prop::collection::vec(any::<u8>(), 12),
    ) {
        let library = compiled(&trees);
        let mut session = walked(&library, &walk);
        let given = reply(&session, &mut Dice::new(&last));
        let before = session.clone();
        if say(&mut session, given.clone()).is_ok() {
            let after = session.clone();
            let (seq, to) = (session.seq(), session.previous_prompt().unwrap());
            session.back(seq, to, minute(seq)).unwrap();
            prop_assert!(session.same_state(&before));
            say(&mut session, given).unwrap();
            prop_assert!(session.same_state(&after));
        }
    }

    #[test]
    fn every_way_back_is_the_way_there(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..120),
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        let mut states = vec![session.clone()];
        while dice.are_left() {
            let reply = reply(&session, &mut dice);
            if say(&mut session, reply).is_ok() {
                states.push(session.clone());
            }
        }
        states.pop();
        while let (Some(state), Some(to)) = (states.pop(), session.previous_prompt()) {
            let seq = session.seq();
            session.back(seq, to, minute(seq)).unwrap();
            prop_assert!(session.same_state(&state));
        }
        prop_assert!(states.is_empty());
    }

    #[test]
    fn a_change_and_a_change_back_give_the_same_state(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..120),
        which in any::<u8>(),
        to in 0..6_usize,
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        while dice.are_left() {
            let reply = reply(&session, &mut dice);
            let _ = say(&mut session, reply);
        }
        let before = session.clone();
        let trail = session.trail();
        let visit = &trail[usize::from(which) % trail.len()];
        let fixpath::session::view::CameView::Answered { value: was, .. } = &visit.came else { return Ok(()) };
        let what = Changing::Visit(visit.visit.unwrap());
        let to = value(["yes", "no", "two", "macos", "50", "three"][to]);
        let seq = session.seq();
        if *was != Value::Secret && session.change(seq, what.clone(), to, minute(seq)).is_ok() {
            session.change(seq + 1, what, was.clone(), minute(seq)).unwrap();
            prop_assert!(session.same_state(&before), "{} {}", shown(&session), shown(&before));
        }
    }

    #[test]
    fn every_walk_ends(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 64),
    ) {
        let library = compiled(&trees);
        let mut session = begin(&library, &mut Dice::new(&walk));
        let mut at = 0;
        while session.outcome().is_none() {
            let mut dice = Dice::new(&walk[at % 32..]);
            at += 1;
            let given = answer(&session, &mut dice);
            let taken = say(&mut session, given.clone());
            prop_assert!(taken.is_ok(), "{given:?}: {taken:?}");
        }
        // What is asked at the last end comes on top.
        prop_assert!(session.passages().len() <= 10_000 + 3);
    }

    #[test]
    fn what_is_left_lies_between_the_fewest_and_the_most(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 64),
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        let mut said = vec![session.steps_left()];
        while session.outcome().is_none() && dice.are_left() {
            let given = answer(&session, &mut dice);
            say(&mut session, given).unwrap();
            said.push(session.steps_left());
        }
        let mut seen = HashSet::new();
        let goes_round = session.trail().iter().any(|visit| !seen.insert((visit.tree.clone(), visit.step.clone())));
        let leaves = session.passages().any(|passage| {
            matches!(library.tree(passage.tree).step(passage.step).kind, StepKind::Leave(_))
        });
        if session.outcome().is_some() && !goes_round {
            for (at, left) in said.iter().enumerate() {
                let real = (said.len() - 1 - at) as u32;
                prop_assert!(left.fewest <= real && (leaves || real <= left.most), "{at} of {said:?}: {real}\n{}", shown(&session));
            }
        }
    }

    #[test]
    fn nothing_for_agents_gets_to_a_customer(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..100),
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        loop {
            let note = PublicNote::of(&session);
            let all = format!(
                "{}{}{}{}{}",
                serde_json::to_string(&session.public_view()).unwrap(),
                serde_json::to_string(&session.public_incidents()).unwrap(),
                serde_json::to_string(&note).unwrap(),
                serde_json::to_string(&session.trail()).unwrap(),
                note.text(),
            );
            prop_assert!(!all.contains(FOR_AGENTS), "{all}");
            if !dice.are_left() {
                break;
            }
            let _ = happen(&mut session, &mut dice);
        }
    }
}
