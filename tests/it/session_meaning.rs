//! The session walks as the section "Meaning" says, read as plainly as possible: the same replies are taken, and they
//! lead to the same prompts, with the same facts, trail and outcome, on libraries and walks made up by dice.

use fixpath::condition::Value;
use fixpath::session::{Changing, Session};
use fixpath::tree::{Audience, Channel};
use proptest::prelude::{ProptestConfig, any, prop};
use proptest::proptest;

use crate::session_random::{begin, compiled, reply, say};
use crate::support::meaning::Meaning;
use crate::support::{Dice, minute, value};

/// The plain reading of how a session began.
fn meaning_of(session: &Session) -> Meaning {
    let started = session.started().unwrap();
    Meaning::begin(
        session.library(),
        &started.tree,
        started.audience,
        started.channel,
        &started.facts,
    )
}

fn assert_same(session: &Session, meaning: &Meaning) {
    let prompt = session.prompt();
    let at = prompt.at().expect("the walk stands somewhere");
    let name = format!("{}:{}", at.tree.name, at.name());
    assert_eq!(name, meaning.prompt());
    let context = || format!("at {name}");
    assert_eq!(at.offer, meaning.offer(), "{}", context());
    assert_eq!(session.outcome(), meaning.outcome(), "{}", context());
    let facts = session.facts().into_iter().map(|fact| match &fact.tree {
        Some(tree) => format!("{tree}:{} = {}", fact.name, fact.value),
        None => format!("{} = {}", fact.name, fact.value),
    });
    let mut facts: Vec<String> = facts.collect();
    facts.sort();
    assert_eq!(facts, meaning.facts(), "{}", context());
    let trail: Vec<_> = session
        .passages()
        .map(|passage| (passage.tree, passage.step, passage.is_prompt))
        .collect();
    assert_eq!(trail, meaning.trail(), "{}", context());
}

/// Replies on both sides; what one refuses the other refuses.
fn reply_both(session: &mut Session, meaning: &mut Meaning, dice: &mut Dice<'_>) {
    let given = reply(session, dice);
    let prompt = meaning.prompt();
    let taken = say(session, given.clone());
    assert_eq!(
        taken.is_ok(),
        meaning.reply(&given),
        "{given:?} at {prompt}: {taken:?}"
    );
}

fn back_both(session: &mut Session, meaning: &mut Meaning, dice: &mut Dice<'_>) {
    let prompts = 1 + dice.roll(3);
    let mut went = 0;
    while went < prompts
        && let Some(to) = session.previous_prompt()
    {
        let seq = session.seq();
        session.back(seq, to, minute(seq)).unwrap();
        went += 1;
    }
    assert!(meaning.back(went));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn replies_and_ways_back_lead_where_the_plain_reading_says(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        let mut meaning = meaning_of(&session);
        assert_same(&session, &meaning);
        while dice.are_left() {
            if dice.once_in(6) {
                back_both(&mut session, &mut meaning, &mut dice);
            } else {
                reply_both(&mut session, &mut meaning, &mut dice);
            }
            assert_same(&session, &meaning);
        }
    }

    #[test]
    fn a_changed_answer_leads_where_the_plain_reading_says(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..100),
        which in any::<u8>(),
        to in 0..6_usize,
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        let mut meaning = meaning_of(&session);
        while dice.are_left() {
            reply_both(&mut session, &mut meaning, &mut dice);
        }
        if meaning.replies() == 0 {
            return Ok(());
        }
        let at = usize::from(which) % meaning.replies();
        let prompts = session.trail().into_iter().filter_map(|visit| visit.visit);
        let visit = prompts.collect::<Vec<u64>>()[at];
        let to: Value = value(["yes", "no", "two", "macos", "50", "three"][to]);
        let seq = session.seq();
        let changed = session.change(seq, Changing::Visit(visit), to.clone(), minute(seq));
        assert_eq!(changed.is_ok(), meaning.change(at, to), "{changed:?}");
        assert_same(&session, &meaning);
    }

    #[test]
    fn who_takes_a_case_stands_where_the_plain_reading_says(
        trees in prop::collection::vec(any::<u8>(), 150),
        walk in prop::collection::vec(any::<u8>(), 0..80),
    ) {
        let library = compiled(&trees);
        let mut dice = Dice::new(&walk);
        let mut session = begin(&library, &mut dice);
        let mut meaning = meaning_of(&session);
        while dice.are_left() && session.outcome().is_none() {
            reply_both(&mut session, &mut meaning, &mut dice);
        }
        let now = minute(session.seq());
        session.hand_over("desk", now).unwrap();
        session.take(Some("kim"), Some(Channel::Chat), now).unwrap();
        meaning.take(Channel::Chat);
        assert_same(&session, &meaning);
        assert_eq!(session.audience(), Audience::Agent);
    }
}
