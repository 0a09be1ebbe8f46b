//! What is kept comes back: every event of every kind of walk, whatever is said in it, with its version of the library.
//! The same on both stores.

use std::sync::Arc;

use fixpath::condition::Value;
use fixpath::session::{Reply, Session, Source, Started};
use fixpath::store::{Filter, Keeper, Kept, Status, StoreError};
use fixpath::tree::{Audience, Channel, Library};

use crate::on_both;
use crate::support::{Dice, Files, Place, begin, begin_with, endless, minute, say, shipped, value};

on_both!(
    random_walks_over_the_shipped_trees_come_back,
    whatever_is_said_is_kept,
    a_version_is_kept_once,
    a_list_shows_how_cases_stand,
    tables_of_a_newer_fixpath_are_refused,
    tables_of_an_older_fixpath_become_todays,
    what_no_fixpath_wrote_is_no_case,
    several_may_open_a_new_store_at_once,
);

/// One more event of any kind; says whether it was allowed.
fn happen(session: &mut Session, dice: &mut Dice<'_>) -> bool {
    let (seq, now) = (session.seq(), minute(session.seq()));
    let step = session.prompt().at().map(|at| at.name().into_owned());
    match dice.roll(14) {
        0 => session.note("a remark: \u{1f600} \0 \u{202e}", now).is_ok(),
        1 => session.park(Some(minute(seq + 90)), now).is_ok(),
        2 | 3 => session.resume(Some("kim"), now).is_ok(),
        4 => session.hand_over("field", now).is_ok(),
        5 => session.take(Some("lee"), Some(Channel::Chat), now).is_ok(),
        6 => {
            let to = session.previous_prompt().unwrap_or(0);
            session.back(seq, to, now).is_ok()
        }
        7 if dice.once_in(8) => session.close(now).is_ok(),
        _ => {
            let words = ["yes", "no", "1", "7", "2026-11-20", "some text", "ABC123"];
            let keys = session
                .public_view()
                .and_then(|view| keys(&view.answers?, dice));
            let answer = keys.unwrap_or_else(|| value(words[dice.roll(words.len())]));
            let reply = match dice.roll(10) {
                0 => Reply::Unsure,
                1 => Reply::Cannot,
                2 => Reply::Tried,
                3 => Reply::Done,
                _ => Reply::Answer(answer),
            };
            let step = step.unwrap_or_default();
            let mut said = |reply| {
                let said = session.reply(seq, &step, reply, Source::Asked, now);
                said.is_ok()
            };
            said(reply) || said(Reply::Done)
        }
    }
}

/// A key of the question, if it has any.
fn keys(answers: &fixpath::session::view::Answers, dice: &mut Dice<'_>) -> Option<Value> {
    use fixpath::session::view::Answers;
    match answers {
        Answers::YesNo { choices } | Answers::Choice { choices } => {
            Some(value(&choices.get(dice.roll(choices.len()))?.key))
        }
        Answers::Many { choices } => {
            let picked = choices.iter().filter(|_| dice.once_in(2));
            Some(Value::Many(
                picked.map(|one| Arc::clone(&one.key)).collect(),
            ))
        }
        _ => None,
    }
}

fn random_walks_over_the_shipped_trees_come_back(place: &Place) {
    let library = Arc::new(shipped().compile().into_library());
    let store = place.open();
    let names: Vec<String> = library
        .trees
        .iter()
        .map(|tree| tree.name.to_string())
        .collect();
    let mut allowed = 0;
    let mut kinds = std::collections::BTreeSet::new();
    for (at, name) in names.iter().enumerate() {
        let numbers: Vec<u8> = (0..200_usize)
            .map(|n| (n * n + n * at + 7 * at) as u8 ^ (n as u8))
            .collect();
        let mut dice = Dice::new(&numbers);
        let mut session = begin(&library, name);
        let mut keeper = Keeper::begin(&store, &session, Some("kim".into())).unwrap();
        while dice.are_left() {
            allowed += usize::from(happen(&mut session, &mut dice));
            keeper.keep(&session, Vec::new()).unwrap();
        }
        for event in session.events() {
            let text = serde_json::to_value(&event.what).unwrap();
            kinds.extend(text.as_object().unwrap().keys().cloned());
        }
        let id = keeper.id().to_string();
        let (again, back) = Keeper::open(&place.open(), &id, &library, None).unwrap();
        assert_eq!(back.events(), session.events(), "{name}");
        assert!(back.same_state(&session), "{name}");
        assert_eq!(again.is_behind(), Ok(false));
        let row = store.case(&id[..6]).unwrap();
        assert_eq!(row.seq, session.seq());
        assert_eq!(
            row.last_at,
            session.events().last().unwrap().at.milliseconds()
        );
        assert_eq!(row.stands, Some(session.standing()));
    }
    assert!(kinds.len() >= 8, "walks of many kinds: {kinds:?}");
    assert!(
        allowed > 10 * names.len(),
        "walks of some length: {allowed}"
    );
    assert_eq!(place.sql("SELECT count(*) FROM library"), "1");
}

fn whatever_is_said_is_kept(place: &Place) {
    let text = "title: Words\nsteps:\n  a:\n    ask: What is it?\n    text: {max: 100}\n    next: over\n  over:\n    fix: Done\n";
    let library = Arc::new(Files::example(text).compile().into_library());
    let mut started = Started::new("example", Audience::Agent, Channel::Phone);
    started.library = Some(Arc::clone(library.hash()));
    started.ticket = Some("INC\0-1 \u{1f600}".into());
    started.words = Some("\0 ' \" \\ \u{fffd} \u{feff} $1 ; DROP TABLE cases; --".into());
    let mut session = begin_with(&library, started);
    let store = place.open();
    let mut keeper = Keeper::begin(&store, &session, Some("ki\0m".into())).unwrap();
    let long = "\u{1f4a9}é".repeat(200_000);
    for note in ["\0", "\\u0000 \\ud800", "\u{10ffff}\u{e000}", &long] {
        session.note(note, minute(session.seq())).unwrap();
        assert_eq!(keeper.keep(&session, Vec::new()), Ok(Kept::Added));
    }
    let row = store.case(&keeper.id().to_string()).unwrap();
    assert_eq!(row.ticket.as_deref(), Some("INC\u{fffd}-1 \u{1f600}"));
    assert_eq!(row.agent.as_deref(), Some("ki\u{fffd}m"));
    let (_, back) = Keeper::open(&place.open(), keeper.id().as_str(), &library, None).unwrap();
    assert_eq!(back.events(), session.events());
    let ticket = store.cases(Filter {
        ticket: Some("INC\0-1 \u{1f600}".to_owned()),
        ..Filter::default()
    });
    assert_eq!(ticket.unwrap().len(), 1, "it is found by what was typed");
}

fn changed(word: &str) -> Arc<Library> {
    let text = format!(
        "title: Round\nsteps:\n  a:\n    ask: {word}?\n    yes: a\n    no: over\n  over:\n    fix: Done\n"
    );
    Arc::new(Files::example(&text).compile().into_library())
}

fn a_version_is_kept_once(place: &Place) {
    let forms = |place: &Place| {
        place
            .sql("SELECT length(form) > 0 FROM library ORDER BY no")
            .replace('t', "1")
            .replace('f', "0")
    };
    let (old, new) = (changed("Once"), changed("Twice"));
    let store = place.open();
    let ids: Vec<String> = [&old, &old, &new]
        .into_iter()
        .map(|library| {
            let keeper = Keeper::begin(&store, &begin(library, "example"), None).unwrap();
            keeper.id().to_string()
        })
        .collect();
    assert_eq!(forms(place), "1\n1");
    // The old ones are walked on their own version, whatever is on the disk today.
    let (_, session) = Keeper::open(&store, &ids[0], &new, None).unwrap();
    assert_eq!(session.library().hash(), old.hash());
    let erase = |id: &str| store.erase(&store.case(id).unwrap()).unwrap();
    erase(&ids[0]);
    assert_eq!(forms(place), "1\n1", "one case needs it still");
    erase(&ids[1]);
    assert_eq!(forms(place), "0\n1", "no case needs it any more");
    let keeper = Keeper::begin(&store, &begin(&old, "example"), None).unwrap();
    assert_eq!(forms(place), "1\n1", "one needs it again");
    let (_, session) = Keeper::open(&place.open(), keeper.id().as_str(), &new, None).unwrap();
    assert_eq!(session.library().hash(), old.hash());
}

fn a_list_shows_how_cases_stand(place: &Place) {
    let library = endless();
    let store = place.open();
    let walked = |agent: &str, words: &[&str], until: Option<u64>| {
        let mut session = begin(&library, "example");
        let mut keeper = Keeper::begin(&store, &session, Some(agent.into())).unwrap();
        words.iter().for_each(|word| say(&mut session, word));
        if let Some(until) = until {
            session.park(Some(minute(until)), minute(9)).unwrap();
        }
        keeper.keep(&session, Vec::new()).unwrap();
        keeper.id().to_string()
    };
    let open = walked("kim", &["yes"], None);
    let late = walked("lee", &["yes", "yes"], Some(500));
    let due = walked("kim", &[], Some(20));
    let list = |filter: Filter| -> Vec<String> {
        let rows = store.cases(filter).unwrap();
        rows.iter().map(|row| row.id.to_string()).collect()
    };
    assert_eq!(
        list(Filter::default()),
        [due.clone(), late.clone(), open.clone()]
    );
    let of = |agent: &str| Filter {
        agent: Some(agent.to_owned()),
        ..Filter::default()
    };
    assert_eq!(list(of("lee")), std::slice::from_ref(&late));
    assert!(list(of("nobody")).is_empty());
    let parked = Filter {
        status: vec![Status::Parked],
        limit: Some(1),
        ..of("kim")
    };
    assert_eq!(list(parked), [due]);
    let in_tree = |tree: &str| Filter {
        tree: Some(tree.to_owned()),
        since: Some(0),
        ..Filter::default()
    };
    assert_eq!(list(in_tree("example")).len(), 3);
    assert_eq!(list(in_tree("other")).len(), 0);
    let before = Filter {
        before: Some(minute(0).milliseconds()),
        ..Filter::default()
    };
    assert_eq!(list(before).len(), 0);
    assert_eq!(
        store.case("zzzz"),
        Err(StoreError::NoSuchCase("zzzz".to_owned()))
    );
    assert!(matches!(store.case(""), Err(StoreError::NoSuchCase(_))));
    assert!(matches!(store.case("%"), Err(StoreError::NoSuchCase(_))));
}

fn tables_of_a_newer_fixpath_are_refused(place: &Place) {
    drop(place.open());
    let known = place.version();
    place.set_version(known + 1);
    let refused = fixpath::store::Store::open(place.address()).unwrap_err();
    assert_eq!(
        refused,
        StoreError::TooNew {
            found: known + 1,
            known
        }
    );
    assert!(refused.to_string().contains("update fixpath"), "{refused}");
    place.set_version(known);
    drop(place.open());
}

fn what_no_fixpath_wrote_is_no_case(place: &Place) {
    let library = endless();
    let store = place.open();
    let mut session = begin(&library, "example");
    let mut keeper = Keeper::begin(&store, &session, None).unwrap();
    say(&mut session, "yes");
    keeper.keep(&session, Vec::new()).unwrap();
    let id = keeper.id().to_string();
    let bodies = [
        r#"{"noted":{"text":"\ud800"}}"#,
        r#"{"flown":{}}"#,
        "",
        r#"{"went_back":{"to":99}}"#,
    ];
    for body in bodies {
        place.run(&format!("UPDATE event SET body = '{body}' WHERE seq = 2"));
        let said = Keeper::open(&store, &id, &library, None).unwrap_err();
        assert!(matches!(said, StoreError::Damaged { .. }), "{body}: {said}");
    }
    place.run("UPDATE library SET form = NULL WHERE 1 = 0");
    place.run("DELETE FROM event WHERE seq = 1");
    assert!(Keeper::open(&store, &id, &library, None).is_err());
}

fn several_may_open_a_new_store_at_once(place: &Place) {
    let barrier = std::sync::Barrier::new(8);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                barrier.wait();
                let store = place.open();
                let library: Arc<Library> = endless();
                Keeper::begin(&store, &begin(&library, "example"), None).unwrap();
            });
        }
    });
    assert_eq!(place.sql("SELECT count(*) FROM cases"), "8");
    assert_eq!(place.sql("SELECT count(*) FROM library"), "1");
}

fn tables_of_an_older_fixpath_become_todays(place: &Place) {
    let session = begin(&endless(), "example");
    let keeper = Keeper::begin(&place.open(), &session, None).unwrap();
    let today = place.version();
    place.run("DROP TABLE sent; DROP INDEX outbox_by_sent; DROP TABLE looker; DROP INDEX cases_by_ticket;");
    place.set_version(2);
    let store = place.open();
    assert_eq!(place.version(), today);
    assert_eq!(store.sent(), Ok(Vec::new()));
    let (_, back) = Keeper::open(&store, keeper.id().as_str(), &endless(), None).unwrap();
    assert_eq!(back.events(), session.events());
}
