//! What was acknowledged is kept, and nothing of it twice: over a stop under load, another server, another library, the way
//! back, a reload, two tabs.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fixpath::store::{Address, Store};

use crate::support::{Folder, Page, Site};

const TREE: &str = "
title: The lamp stays dark
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged:
    ask: Is the lamp plugged in?
    yes: room
    no: stuck
  room:
    ask: In which room is it?
    text: {max: 40}
    next: bulb
  bulb:
    ask: Is the bulb dark?
    yes: {fix: Change the bulb.}
    no: plugged
";

/// The library of tomorrow: other words, a question more, and the last one is gone.
const TOMORROW: &str = "
title: The lamp stays dark
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  house:
    ask: In which house is it?
    answers:
      north: plugged
      south: plugged
  plugged:
    ask: Is the cable in the wall?
    yes: room
    no: stuck
  room:
    ask: Which room is it?
    text: {max: 40}
    next: {fix: Somebody comes.}
";

const QUIET: &str = "--library . --rate 0 --log none";

fn store(site: &Site) -> String {
    site.folder
        .path()
        .join("kept/cases.db")
        .display()
        .to_string()
}

/// Another server on the same store, with another library.
fn tomorrow(name: &str, site: &Site, tree: &str) -> Site {
    let folder = Folder::new(name).keeping_in(&store(site));
    Site::of(folder.file("lamp.yaml", tree), QUIET)
}

fn today(name: &str) -> Site {
    let folder = Folder::new(name).keeping().file("lamp.yaml", TREE);
    Site::of(folder, QUIET)
}

fn answers(site: &Site, page: &Page) -> usize {
    let name = page.path.split(['/', '-']).nth(2).unwrap();
    let store = Store::open(&Address::File(store(site).into())).unwrap();
    store.events(&store.case(name).unwrap(), 0).unwrap().len() - 1
}

#[test]
fn a_link_opened_tomorrow_shows_the_case_on_its_own_version() {
    let site = today("kept-today");
    let first = site.get("/t/lamp");
    let room = site.press(&first, "choice=yes");
    let other = site.get("/t/lamp");
    site.kill();
    let site_tomorrow = tomorrow("kept-tomorrow", &site, TOMORROW);
    assert_eq!(
        site_tomorrow.get("/t/lamp").heading(),
        "In which house is it?"
    );
    // The link, a reload, and the page that stood open over night.
    assert_eq!(
        site_tomorrow.get(&room.path).heading(),
        "In which room is it?"
    );
    let bulb = site_tomorrow.press(&room, "answer=Kitchen");
    assert_eq!(bulb.heading(), "Is the bulb dark?");
    // Sent once more, as its answer got lost: here and from the first page, too.
    assert_eq!(site_tomorrow.press(&room, "answer=Kitchen").path, bulb.path);
    assert_eq!(site_tomorrow.press(&first, "choice=yes").path, bulb.path);
    // The way back in the browser, and another answer.
    let earlier = site_tomorrow.get(&room.path);
    assert_eq!(earlier.heading(), "In which room is it?");
    assert!(
        earlier.words().contains("you said “Kitchen”"),
        "{}",
        earlier.words()
    );
    let changed = site_tomorrow.press(&earlier, "answer=Hall");
    assert_eq!(changed.heading(), "Is the bulb dark?");
    let earlier = site_tomorrow.get(&room.path).words();
    assert!(earlier.contains("you said “Hall”"), "{earlier}");
    // A page of yesterday that has begun nothing yet: today's first question, and nothing was made up.
    let begun = site_tomorrow.press(&other, "choice=yes");
    assert_eq!(begun.status, 409);
    assert_eq!(begun.heading(), "In which house is it?");
    let words = begun.words();
    assert!(
        words.contains("We have changed these questions a moment ago."),
        "{words}"
    );
    assert!(!words.contains("That does not fit"), "{words}");
    let kept = site.folder.run("cases --format json").succeeds().out;
    assert_eq!(kept.matches("\"case\"").count(), 1, "{kept}");
    // From there it goes on, as from a page of today.
    let told = site_tomorrow.press(&begun, "choice=north");
    assert_eq!(
        (told.status, told.heading().as_str()),
        (200, "Is the cable in the wall?")
    );
}

#[test]
fn of_two_tabs_neither_loses_an_answer_nor_repeats_one() {
    let site = today("kept-tabs");
    let room = site.press(&site.get("/t/lamp"), "choice=yes");
    let (one, two) = (site.get(&room.path), site.get(&room.path));
    let bulb = site.press(&one, "answer=Kitchen");
    // The second tab says something else: it is shown what was said.
    let told = site.press(&two, "answer=Hall");
    assert_eq!(told.heading(), "In which room is it?");
    let words = "You have answered this before: you said “Kitchen”";
    assert!(told.words().contains(words), "{}", told.words());
    assert!(
        told.text.contains("value=\"Hall\""),
        "it was typed: {}",
        told.text
    );
    assert_eq!(answers(&site, &bulb), 2);
    // The same in both is said once.
    assert_eq!(site.press(&two, "answer=Kitchen").path, bulb.path);
    assert_eq!(answers(&site, &bulb), 2);
    // "Back" pressed twice on one page goes back once.
    let back = site.press(&bulb, "do=back");
    assert_eq!(back.heading(), "In which room is it?");
    assert_eq!(
        site.press(&bulb, "do=back").heading(),
        "In which room is it?"
    );
    // Many at once, from one page.
    let page = site.press(&back, "answer=Hall");
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let over = site.press(&page, "choice=yes");
                assert_eq!(over.heading(), "Is the problem solved?", "{}", over.words());
            });
        }
    });
    let over = site.get(page.path.split('?').next().unwrap());
    assert_eq!(over.heading(), "Is the problem solved?");
    assert_eq!(answers(&site, &over), 5, "yes, Kitchen, back, Hall, yes");
}

/// Goes round for ever.
const ROUND: &str = "
title: Round and round
stuck: {escalate: desk, reason: Nothing helped}
steps:
  a: {ask: \"Again?\", yes: b, no: over}
  b: {ask: \"And again?\", yes: a, no: over}
  over: {fix: It is over}
";

/// Walks until nobody answers; gives the case and how many answers were acknowledged.
fn walk(site: &Site, all: &AtomicUsize) -> Option<(String, usize)> {
    let mut page = site.try_once(None, "/t/lamp", &[])?;
    let mut case = None;
    for answers in 0.. {
        let (action, hidden) = page.form_with("choice");
        let hidden = hidden.iter().map(|(name, value)| (&**name, &**value));
        let fields: Vec<(&str, &str)> = hidden.chain([("choice", "yes")]).collect();
        let answered = site.try_once(Some(()), &action, &fields);
        let Some(answered) = answered.filter(|page| page.status == 303) else {
            return case.map(|case| (case, answers));
        };
        all.fetch_add(1, Ordering::Relaxed);
        let to = answered.header("location").unwrap().to_owned();
        let name = to.split(['/', '-']).nth(2).unwrap();
        case = Some(name.to_owned());
        match site
            .try_once(None, &to, &[])
            .filter(|page| page.status == 200)
        {
            Some(next) => page = next,
            None => return case.map(|case| (case, answers + 1)),
        }
    }
    None
}

#[test]
fn a_server_told_to_stop_under_load_has_kept_what_it_acknowledged() {
    let folder = Folder::new("kept-stop").keeping().file("lamp.yaml", ROUND);
    let mut site = Site::of(folder, QUIET);
    let (all, walked) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let id = site.child().id().to_string();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let one = walk(&site, &all);
                walked.lock().unwrap().extend(one);
            });
        }
        while all.load(Ordering::Relaxed) < 200 {
            thread::yield_now();
        }
        let mut kill = std::process::Command::new("kill");
        kill.args(["-TERM", &id]).status().unwrap();
    });
    assert!(site.child().wait().unwrap().success(), "it ended by itself");
    let store = Store::open(&Address::File(store(&site).into())).unwrap();
    let walked = walked.into_inner().unwrap();
    assert!(!walked.is_empty());
    for (case, acknowledged) in walked {
        let kept = store.events(&store.case(&case).unwrap(), 0).unwrap().len() - 1;
        // Of the last one the answer may not have come through.
        assert!(
            kept == acknowledged || kept == acknowledged + 1,
            "{case}: {kept} kept, {acknowledged} acknowledged"
        );
    }
}
