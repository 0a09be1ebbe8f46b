//! A customer in a real browser, without a script and with one: whatever one does with it, no answer is lost or counted
//! twice.

use crate::support::browser::{ENTER, PHONE, SCREEN, SPACE, TAB};
use crate::support::{Browser, Folder, Site};

const TREE: &str = "
title: The lamp stays dark
start: plugged
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged:
    ask: Is the lamp plugged in?
    yes: watts
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    ask: Does it shine now?
    yes: {fix: The lamp has power again.}
    no: watts
  watts:
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    answers:
      below 61: colour
      otherwise: {fix: Take another bulb.}
  colour:
    ask: Which colour is its light?
    answers: {warm: {escalate: facilities, reason: Weak bulb}, cold: {end: That is as it should be.}}
";

fn lamp(name: &str) -> Site {
    Site::of(
        Folder::new(name).keeping().file("lamp.yaml", TREE),
        "--library . --rate 0 --log none",
    )
}

/// How many cases there are, and how many answers were given in the newest.
fn kept(site: &Site) -> (usize, usize) {
    let cases = site.folder.run("cases export --all").succeeds().out;
    let newest: serde_json::Value = serde_json::from_str(cases.lines().next().unwrap()).unwrap();
    let id = newest["case"].as_str().unwrap();
    let events = site.folder.run(&format!("cases show {id} --events"));
    let answers = events.succeeds().out.matches("{\"answered\":").count();
    (cases.lines().count(), answers)
}

/// From the start page to a code that an agent takes, and nothing lost on the way.
fn walks_to_a_person(browser: &Browser, site: &Site) {
    browser.open(&site.origin()).asks("What is the trouble?");
    browser.field("in your own words").write("lamp is dark");
    browser.button("Find help").click();
    browser.button("The lamp stays dark").click();
    browser.asks("Is the lamp plugged in?").fits();
    browser.button("No").click();
    browser.asks("Does it shine now?").sees("Plug the lamp in.");
    browser.button("No").click();
    browser.asks("How many watts has the bulb?").fits();
    browser.find("[name=answer]").write("lots");
    browser.button("Go on").click();
    browser.sees("please give a number from 1 to 200 W");
    assert_eq!(browser.find("[name=answer]").property("value"), "lots");
    browser.find("[name=answer]").clear().write("40");
    browser.button("Go on").click();
    browser.asks("Which colour is its light?");
    browser.button("Talk to a person").click();
    browser.sees("A person will help you").fits();
    browser.field("How can we reach you?").write("ext. 77");
    let code = browser.find(".code").text();
    browser.button("Pass it on").click();
    browser.sees("Your case is with").sees(&code).fits();
    let taken = site.folder.run(&format!("take {code}")).out;
    for said in ["40 W", "ext. 77", "lamp is dark"] {
        assert!(taken.contains(said), "{said}: {taken}");
    }
    browser.reload();
    browser.sees("A person is working on your case.");
}

#[test]
fn a_customer_comes_to_an_agent_without_a_script() {
    let Some(browser) = Browser::without_scripts(PHONE) else {
        return;
    };
    walks_to_a_person(&browser, &lamp("browser-plain"));
}

#[test]
fn a_customer_comes_to_an_agent_with_scripts() {
    let Some(browser) = Browser::start(PHONE) else {
        return;
    };
    walks_to_a_person(&browser, &lamp("browser-script"));
}

/// Back, reload, another answer, a second tab, a link that is opened tomorrow.
fn wanders(browser: &Browser, site: &Site, tomorrow: &Browser) {
    browser.open(&format!("{}/t/lamp", site.origin()));
    browser.asks("Is the lamp plugged in?");
    browser.button("Yes").click();
    browser.asks("How many watts has the bulb?");
    browser.reload();
    browser.asks("How many watts has the bulb?");
    assert_eq!(kept(site), (1, 1), "a reload answers nothing");
    // The way back, to the prompt before there was a case, and the same answer again: nothing changes.
    browser.back();
    browser.asks("Is the lamp plugged in?");
    browser.button("Yes").click();
    browser.asks("How many watts has the bulb?");
    assert_eq!(kept(site).0, 1, "the same answer again");
    browser.back();
    browser.asks("Is the lamp plugged in?");
    // Another answer there changes it, if need be after it was said that there was one; there is no second case.
    let is_said = browser.words().contains("you said “yes”");
    browser.button("No").click();
    if !is_said {
        browser.sees("you said “yes”");
        browser.button("No").click();
    }
    browser.asks("Does it shine now?");
    assert_eq!(kept(site).0, 1, "one case");
    browser.button("No").click();
    browser.asks("How many watts has the bulb?");
    let link = browser.address();
    browser.find("[name=answer]").write("40");
    browser.button("Go on").click();
    browser.asks("Which colour is its light?");
    let standing = browser.address();
    // A second tab, where the page before is looked at, and then the same prompt stands as in the first.
    let first = browser.new_tab();
    browser.open(&link).sees("you said “40 W”");
    browser.button("Go on where you were").click();
    browser.asks("Which colour is its light?");
    let second = browser.new_tab();
    browser.open(&standing).asks("Which colour is its light?");
    browser.button("Cold").click();
    browser.sees("That is as it should be.");
    let answers = kept(site);
    browser.to_tab(&second);
    browser.button("Cold").click();
    browser.sees("That is as it should be.");
    browser.to_tab(&first);
    browser.button("Warm").click();
    browser.sees("you said “cold”");
    assert_eq!(kept(site), answers, "the other tabs came too late");
    tomorrow.open(&link).sees("This is an earlier question");
    tomorrow.button("Go on where you were").click();
    tomorrow.sees("That is as it should be.");
    assert_eq!(kept(site), answers, "looking changes nothing");
}

#[test]
fn going_about_loses_nothing_without_a_script() {
    let (Some(browser), Some(tomorrow)) = (
        Browser::without_scripts(SCREEN),
        Browser::without_scripts(PHONE),
    ) else {
        return;
    };
    wanders(&browser, &lamp("browser-about-plain"), &tomorrow);
}

#[test]
fn going_about_loses_nothing_with_scripts() {
    let (Some(browser), Some(tomorrow)) = (Browser::start(SCREEN), Browser::start(PHONE)) else {
        return;
    };
    wanders(&browser, &lamp("browser-about"), &tomorrow);
}

#[test]
fn a_double_click_answers_once() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let site = lamp("browser-double");
    browser.open(&format!("{}/t/lamp", site.origin()));
    browser.asks("Is the lamp plugged in?");
    // Two clicks in one turn: no page can come between them.
    browser.run("const yes = document.querySelector('[value=yes]'); yes.click(); yes.click()");
    browser.asks("How many watts has the bulb?");
    assert_eq!(kept(&site), (1, 1));
    // The same past the script: the form itself is sent twice.
    browser.run(
        "const field = document.querySelector('[name=answer]'); field.value = '40';\
         const query = () => new URLSearchParams(new FormData(field.form));\
         const sent = [1, 2].map(() => fetch(field.form.action, {method: 'POST', body: query()}));\
         return Promise.all(sent).then(() => location.assign(field.form.action))",
    );
    browser.asks("Which colour is its light?");
    assert_eq!(kept(&site), (1, 2));
}

#[test]
fn a_keyboard_alone_is_enough() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let site = lamp("browser-keys");
    browser.open(&site.origin()).asks("What is the trouble?");
    tab_to(&browser, "Say it in your own words");
    browser.keys(&format!("dark lamp{ENTER}"));
    browser.sees("One thing fits.");
    tab_to(&browser, "The lamp stays dark");
    browser.keys(&ENTER.to_string());
    browser.asks("Is the lamp plugged in?");
    tab_to(&browser, "Yes");
    browser.keys(&SPACE.to_string());
    browser.asks("How many watts has the bulb?");
    // The focus is on what is new, so that it is read aloud, and the field is the next stop.
    let focus = browser.focus();
    assert!(focus.starts_with("How many watts"), "{focus}");
    browser.keys(&format!("{TAB}40{ENTER}"));
    browser.asks("Which colour is its light?");
    // One key an answer, until they are turned off.
    tab_to(&browser, "Turn off keys");
    browser.keys(&ENTER.to_string());
    browser.keys("1");
    browser.asks("Which colour is its light?");
    browser.keys(&ENTER.to_string());
    browser.keys("2");
    browser.sees("That is as it should be.");
}

/// Tab by tab to the stop with these words, whose focus is to be seen.
#[track_caller]
fn tab_to(browser: &Browser, words: &str) {
    for _ in 0..30 {
        browser.keys(&TAB.to_string());
        if browser.focus().contains(words) {
            let ring = browser.run("return getComputedStyle(document.activeElement).outlineStyle");
            assert_eq!(ring, "solid", "the focus on {words} is to be seen");
            return;
        }
    }
    panic!("no tab leads to {words:?}: {}", browser.words());
}

#[test]
fn what_cannot_be_sent_is_said_and_kept() {
    let Some(browser) = Browser::start(PHONE) else {
        return;
    };
    let site = lamp("browser-offline");
    browser.open(&format!("{}/t/lamp", site.origin()));
    browser.button("Yes").click();
    browser.asks("How many watts has the bulb?");
    browser.find("[name=answer]").write("40");
    browser.offline(true);
    browser.button("Go on").click();
    browser.sees("There is no connection right now.");
    assert_eq!(browser.find("[name=answer]").property("value"), "40");
    browser.offline(false);
    browser.button("Go on").click();
    browser.asks("Which colour is its light?");
    assert_eq!(kept(&site), (1, 2));
}

#[test]
fn what_was_not_solved_after_all_goes_on_behind_what_was_done() {
    let Some(browser) = Browser::start(PHONE) else {
        return;
    };
    let site = lamp("browser-again");
    browser.open(&format!("{}/t/lamp", site.origin()));
    browser.button("No").click();
    browser.asks("Does it shine now?");
    browser.button("Yes").click();
    browser.asks("Is the problem solved?");
    browser.button("Yes").click();
    browser.asks("Solved. Good to hear!");
    browser.button("It is not solved after all").click();
    browser.asks("A person will help you: facilities");
    browser.sees("We go on where you were.");
    assert_eq!(kept(&site).0, 2);
    browser.back();
    browser.asks("Solved. Good to hear!");
}
