//! Agents in a real browser: a case by the keys of the terminal, the same without a script, two agents on one case, two
//! tabs of one.

use crate::support::browser::{ENTER, ESCAPE, PHONE, SCREEN};
use crate::support::desk::{FAN, LIBRARY};
use crate::support::{Browser, Folder, Site};

const LAMP: &str = "
title: The lamp stays dark
symptoms: [no light]
start: plugged
steps:
  plugged:
    say: Please look at the cable for me.
    ask: Is the lamp plugged in?
    yes: where
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    ask: Does it shine now?
    yes: {fix: The lamp has power again.}
    no: where
  where:
    fact: room
    next: kind
  kind:
    ask: What kind of lamp is it?
    answers: {desk lamp: bulb, ceiling lamp: bulb}
  bulb:
    ask: Is the bulb black?
    yes: {fix: Take another bulb.}
    no: stuck
";

fn desk(name: &str) -> Site {
    let trees = [("lamp", LAMP), ("fan", FAN)];
    let folder = Folder::of_desk(name, LIBRARY, &trees);
    Site::of_desk(folder.letting_in("maria").letting_in("ben"))
}

/// A new case of the lamp.
#[track_caller]
fn begin(browser: &Browser, site: &Site) {
    browser.open(&format!("{}/desk/t/lamp", site.origin()));
    browser.asks("The lamp stays dark");
    browser.find("main button").click();
    browser.asks("Is the lamp plugged in?");
}

/// The section at the side with this heading, in words.
fn side(browser: &Browser, heading: &str) -> String {
    let found = browser.run(&format!(
        "return [...document.querySelectorAll('aside section')].find(at => at.querySelector('h2').innerText.endsWith('{heading}'))?.innerText ?? ''"
    ));
    let found = found.as_str().unwrap_or_default();
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_case_is_walked_by_the_keys_of_the_terminal() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let site = desk("browser-desk-keys");
    site.sign_in(&browser, "maria", "/desk");
    browser.let_copy();
    browser.sees("You have no open case.");
    // Found as one types, then begun with Enter alone.
    browser.field("Start a case").write("no light");
    browser.button("The lamp stays dark").click();
    browser.asks("The lamp stays dark");
    assert_eq!(
        browser.field("In the caller’s own words").property("value"),
        "no light"
    );
    browser.field("Ticket").write(&format!("INC-7{ENTER}"));
    browser.asks("Is the lamp plugged in?");
    browser
        .sees("Ticket INC-7")
        .sees("Please look at the cable for me.");
    browser.keys("n");
    browser.asks("Does it shine now?");
    browser.keys("b");
    browser.asks("Is the lamp plugged in?");
    browser.keys("n");
    browser.asks("Does it shine now?");
    // A note: the key folds the field open and the focus is in it, so that letters are letters.
    browser.keys("+");
    browser.is_true("document.activeElement.id === 'note-text'");
    browser.keys("quiet caller");
    browser.button("Add the note").click();
    browser.sees("Your note is added.");
    assert!(side(&browser, "Notes").contains("quiet caller"));
    browser.asks("Does it shine now?");
    browser.keys("n");
    // A field has the focus as soon as it is there.
    browser.asks("Which room is it?");
    browser.is_true("document.activeElement.name === 'answer'");
    browser.keys(&format!("B 12{ENTER}"));
    browser.asks("What kind of lamp is it?");
    assert!(side(&browser, "What is known").contains("B 12"));
    browser.keys("2");
    browser.asks("Is the bulb black?");
    // A fact is corrected at the side, and the walk goes on from where it was.
    browser.button("Correct: room").click();
    browser.asks("Which room is it?");
    browser.find("[name=answer]").clear().write("C 3");
    browser.button("Go on").click();
    browser.asks("Is the bulb black?");
    let known = side(&browser, "What is known");
    assert!(known.contains("C 3") && !known.contains("B 12"), "{known}");
    let way = side(&browser, "The way so far");
    for came in [
        "Does it shine now? no",
        "What kind of lamp is it? ceiling lamp",
    ] {
        assert!(way.contains(came), "{came}: {way}");
    }
    is_lit(&browser);
    // The note, with one key.
    browser.keys("v");
    browser.sees("Copied.");
    let copied = browser.run("return navigator.clipboard.readText()");
    let copied = copied.as_str().unwrap().to_owned();
    for told in ["INC-7", "C 3", "quiet caller", "Does it shine now? no"] {
        assert!(copied.contains(told), "{told}: {copied}");
    }
    // Another tree, by typing.
    browser.keys("/");
    browser.is_true("document.activeElement.id === 'tree-words'");
    browser.keys("loud fan");
    browser.find("#trees .pick").click();
    browser.asks("Is it dusty?");
    // Put aside, seen in the queue, and taken up.
    browser.keys("q");
    browser.is_true("document.querySelector('#park').open");
    browser.keys(&ESCAPE.to_string());
    browser.is_true("!document.querySelector('#park').open");
    // To what is known; then once more, for a key that bounces is one press.
    browser.keys("f");
    browser.is_true("location.hash === '#facts'");
    browser.keys("z");
    browser.find("#park-for option[value=tomorrow]").click();
    browser.button("Park the case").click();
    browser.sees("Parked Until");
    browser.button("Queue").click();
    browser.sees("Parked 1").sees("INC-7");
    browser.find("#parked + .cases a").click();
    browser.sees("It stands at: Is it dusty?");
    browser.keys("1");
    browser.asks("Is it dusty?");
    browser.keys("y");
    browser.asks("Is the problem solved?");
    browser.find("[value=yes]").click();
    browser.sees("Solved");
    browser.button("Close the case").click();
    browser.asks("Solved, and confirmed");
    browser.button("Sign out").click();
    browser.asks("Sign in to the desk");
    browser.back();
    browser.reload();
    browser.asks("Sign in to the desk");
}

/// The picture of the tree is drawn when it is looked at, and the way so far stands out.
#[track_caller]
fn is_lit(browser: &Browser) {
    browser.button("The picture of the tree").click();
    browser.is_true("document.querySelector('.map img').naturalWidth > 100");
    let picture = browser.run(
        "return fetch(document.querySelector('.map img').src).then(picture => picture.text())",
    );
    let picture = picture.as_str().unwrap();
    let way = "<desc>Walked: plugged, plug_it_in, where, kind. Now at: bulb.</desc>";
    assert!(picture.contains(way), "{picture}");
}

#[test]
fn a_case_is_walked_without_a_script() {
    let Some(browser) = Browser::without_scripts(PHONE) else {
        return;
    };
    let site = desk("browser-desk-plain");
    site.sign_in(&browser, "maria", "/desk?q=loud");
    // On from the door to where one wanted to go.
    browser.sees("The fan is loud").fits();
    browser.field("Start a case").clear().write("no light");
    browser.button("Find").click();
    browser.button("The lamp stays dark").click();
    browser.button("Begin").click();
    browser.asks("Is the lamp plugged in?").fits();
    browser.button("No").click();
    browser.asks("Does it shine now?");
    browser.find("#add-note summary").click();
    browser.find("#note-text").write("quiet caller");
    browser.button("Add the note").click();
    browser.sees("Your note is added.").sees("quiet caller");
    browser.find("[value=no]").click();
    browser.asks("Which room is it?");
    browser.find("[name=answer]").write("B 12");
    browser.button("Go on").click();
    browser.asks("What kind of lamp is it?");
    browser.button("Correct: room").click();
    browser.find("[name=answer]").clear().write("C 3");
    browser.button("Go on").click();
    browser.asks("What kind of lamp is it?").sees("C 3").fits();
    browser.find("#another-tree summary").click();
    browser.find("#tree-words").write("loud fan");
    browser.find("#another-tree .small").click();
    browser.find("#trees .pick").click();
    browser.asks("Is it dusty?");
    browser.button("Don’t know").click();
    browser.sees("This goes to").asks("Field service").fits();
    // Nothing that only a script does is offered.
    assert!(!browser.find("button.script").is_seen());
    browser.button("E-mail to the customer").click();
    browser.sees("The note of case");
    browser.button("Back to the case").click();
    browser.button("Hand it over").click();
    browser.sees("Handed over to").fits();
    let code = browser.find(".code").text();
    site.folder
        .run(&format!("take {code} --agent ben --library trees --plain"))
        .says("C 3");
}

#[test]
fn two_agents_on_one_case_see_each_other() {
    let (Some(maria), Some(ben)) = (Browser::start(SCREEN), Browser::start(PHONE)) else {
        return;
    };
    let site = desk("browser-desk-live");
    site.sign_in(&maria, "maria", "/desk");
    begin(&maria, &site);
    let case = maria.find("[data-case]").property("dataset")["case"].clone();
    let case = format!("/desk/c/{}", case.as_str().unwrap());
    maria.keys("y");
    maria.asks("Which room is it?");
    site.sign_in(&ben, "ben", &case);
    ben.asks("Which room is it?");
    ben.sees("maria is looking at this case, too.").fits();
    maria.sees("ben is looking at this case, too.");
    // Both type; one is quicker. The other sees it at once, and keeps what she had typed.
    maria.find("[name=answer]").write("the cellar");
    ben.find("[name=answer]").write("B 12");
    ben.button("Go on").click();
    ben.asks("What kind of lamp is it?");
    maria.asks("What kind of lamp is it?");
    maria
        .sees("ben went on with this case. This is where it stands now.")
        .sees("You had typed: the cellar");
    assert!(side(&maria, "What is known").contains("B 12"));
    // A note of one does not take the other's words away.
    ben.find("#add-note summary").click();
    ben.find("#note-text").write("I ring them");
    maria.keys("1");
    maria.asks("Is the bulb black?");
    ben.asks("Is the bulb black?");
    assert_eq!(ben.find("#note-text").property("value"), "I ring them");
    ben.button("Add the note").click();
    ben.sees("Your note is added.");
    maria.sees("I ring them");
    drop(ben);
    maria.is_true("document.querySelector('#others').textContent === ''");
    assert_eq!(maria.axe(), Vec::<String>::new());
}

#[test]
fn who_is_signed_out_meanwhile_keeps_what_they_typed() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let site = desk("browser-desk-out");
    site.sign_in(&browser, "maria", "/desk");
    begin(&browser, &site);
    let case = browser.address();
    browser.find("#add-note summary").click();
    browser.find("#note-text").write("quiet caller");
    let first = browser.new_tab();
    browser.open(&case).asks("Is the lamp plugged in?");
    browser.button("Sign out").click();
    browser.asks("Sign in to the desk");
    let second = browser.new_tab();
    let is_kept = |why: &str| {
        browser.to_tab(&first);
        browser.button("Add the note").click();
        browser.sees(why).asks("Is the lamp plugged in?");
        assert_eq!(browser.find("#note-text").property("value"), "quiet caller");
    };
    is_kept("You are signed out. What you typed is still here");
    // Signed in again, but not on the page from before.
    browser.to_tab(&second);
    site.sign_in(&browser, "maria", "/desk");
    is_kept("This page is from before you signed in, or was not made here. Nothing was changed");
    browser.reload();
    assert!(!browser.words().contains("quiet caller"));
    browser.find("#add-note summary").click();
    browser.find("#note-text").write("quiet caller");
    browser.button("Add the note").click();
    browser.sees("Your note is added.");
}

#[test]
fn two_tabs_of_one_agent_lose_nothing() {
    let Some(browser) = Browser::without_scripts(SCREEN) else {
        return;
    };
    let site = desk("browser-desk-tabs");
    site.sign_in(&browser, "maria", "/desk");
    begin(&browser, &site);
    let case = browser.address();
    let first = browser.new_tab();
    browser.open(&case).asks("Is the lamp plugged in?");
    browser.button("Yes").click();
    browser.asks("Which room is it?");
    let second = browser.new_tab();
    browser.to_tab(&first);
    // The same press in the other tab is done already; another one is told so, with a way back to it.
    browser.button("Yes").click();
    browser.asks("Which room is it?");
    assert!(!browser.words().contains("quicker"));
    browser.to_tab(&second);
    browser.find("[name=answer]").write("B 12");
    browser.button("Go on").click();
    browser.asks("What kind of lamp is it?");
    browser.to_tab(&first);
    browser.find("[name=answer]").write("the cellar");
    browser.button("Go on").click();
    browser.asks("What kind of lamp is it?");
    browser
        .sees("was quicker. “Which room is it?” was answered: “B 12”")
        .sees("You had typed: the cellar");
    browser.button("Back to that question").click();
    browser.asks("Which room is it?");
    browser.reload();
    browser.asks("Which room is it?");
}
