//! Every page of the customer in a real browser: axe-core finds nothing on it, light and dark, and nothing is wider than a
//! phone's window, also at twice the size of letters.

use crate::support::browser::PHONE;
use crate::support::{Browser, Folder, Site};

const LIBRARY: &str = "
name: Lamp desk
stuck: {escalate: desk, reason: Nothing else, needs: [callback], do: A colleague takes over.}
teams:
  desk: {name: The lamp desk, tier: 2, contact: ext. 1}
facts:
  callback:
    ask: On which phone number can we reach you today?
    text: {pattern: '[0-9+ ]{3,20}', example: 030 5550142, max: 20}
glossary:
  fuse: the switch in the box on the wall that turns a room's power off
incidents:
  - title: The power is out on Harbour Street
    text: It is known. We expect it back at noon.
    trees: [help/lamp]
theme:
  color: '#7a3e9d'
  contact: {phone: +49 30 901820, email: help@example.org, hours: Mon to Fri}
";

const LAMP: &str = "
title: The lamp stays dark
summary: No light, or a light that comes and goes.
symptoms: [lamp is dark, no light in the kitchen]
start: plugged
warn: Never touch a broken lamp with wet hands.
steps:
  plugged:
    ask: Is the lamp plugged in?
    help: Follow the cable to the **wall**.
    yes: kind
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    no: kind
  kind:
    ask: What kind of lamp is it?
    answers:
      desk lamp: many
      ceiling lamp: {label: A lamp on the ceiling, help: You need a ladder to reach it., goto: fuse}
      candle: {end: We do not mend candles.}
  fuse:
    do: |
      Go to the box on the wall, find the fuse of the room and turn it off.

      1. Wait until everything is dark.
      2. Take a torch.
    checklist: [The fuse is off, The torch is lit]
    link: {url: https://example.org/lamps, label: More about lamps}
    wait: 90s
    next: many
  many:
    ask: What have you seen of these?
    many: true
    answers: {flicker: It flickered, bang: There was a bang, smell: A smell}
    next: watts
  watts:
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    next: since
  since:
    ask: Since which day?
    date: {max: today}
    next: name
  name:
    ask: What is written on it?
    text: {example: Lux 60, max: 40}
    next: code
  code:
    ask: What is your secret word?
    text: {max: 6, secret: true}
    next: tries
  tries:
    try:
      clean: {label: Clean it, do: Wipe the bulb with a dry cloth., takes: 2m}
      shake: {do: Shake the lamp softly.}
    no: {escalate: desk, reason: Tried all, needs: [callback]}
";

const CHAIR: &str = "
title: The chair squeaks
steps:
  oil: {do: Put a drop of oil on the joint., no: {escalate: desk, reason: It squeaks}}
";

fn desk(name: &str) -> Site {
    let folder = Folder::new(name)
        .keeping()
        .file("fixpath.yaml", LIBRARY)
        .file("help/lamp.yaml", LAMP)
        .file("help/chair.yaml", CHAIR);
    Site::of(folder, "--library . --rate 0 --log none")
}

/// The page as it stands is as it should be, in each of these looks.
#[track_caller]
fn is_good(browser: &Browser) {
    for scheme in ["light", "dark"] {
        // Without motion: a colour that is on its way to another is none.
        let looks = [
            ("prefers-color-scheme", scheme),
            ("prefers-reduced-motion", "reduce"),
        ];
        browser.prefer(&looks, false);
        let found = browser.axe();
        assert!(
            found.is_empty(),
            "{scheme}: {}: {found:#?}",
            browser.heading()
        );
    }
    browser.fits();
    // Letters twice as large, as WCAG 1.4.4 asks.
    browser.run("document.documentElement.style.fontSize = '212%'");
    browser.fits();
    browser.run("document.documentElement.style.fontSize = ''");
}

/// Types an answer, where the field is plain or a date's.
fn answer(browser: &Browser, text: &str) {
    browser.run(&format!(
        "document.querySelector('[name=answer]').value = '{text}'"
    ));
    browser.button("Go on").click();
}

#[test]
fn every_page_is_for_everybody() {
    let Some(browser) = Browser::start(PHONE) else {
        return;
    };
    let site = desk("pages-axe");
    let good = |heading: &str| {
        browser.asks(heading);
        is_good(&browser);
    };
    browser.open(&site.origin());
    good("What is the trouble?");
    browser
        .open(&format!("{}/?q=lamp", site.origin()))
        .sees("One thing fits.");
    good("What is the trouble?");
    browser
        .open(&format!("{}/?q=xyzzy", site.origin()))
        .sees("Nothing fits these words.");
    good("What is the trouble?");
    browser.open(&format!("{}/t/help/lamp", site.origin()));
    browser
        .sees("About 2 to 12 steps left")
        .sees("Harbour Street");
    browser.button("How do I find out?").click();
    good("Is the lamp plugged in?");
    browser.button("No").click();
    good("Is the problem solved?");
    browser.button("No").click();
    good("What kind of lamp is it?");
    browser.button("A lamp on the ceiling").click();
    browser.asks("Please do this").sees("1:");
    browser.button("What is “fuse”?").click();
    good("Please do this");
    browser.button("Done, go on").click();
    good("What have you seen of these?");
    browser.button("There was a bang").click();
    browser.button("Go on").click();
    good("How many watts has the bulb?");
    answer(&browser, "much");
    browser.sees("please give a number");
    good("How many watts has the bulb?");
    answer(&browser, "60");
    good("Since which day?");
    answer(&browser, "2026-01-02");
    good("What is written on it?");
    answer(&browser, "Lux");
    good("What is your secret word?");
    answer(&browser, "abc");
    browser.sees("Try this: Clean it");
    good("Is the problem solved?");
    browser.button("No").click();
    browser.sees("Shake the lamp softly.");
    browser.button("No").click();
    good("On which phone number can we reach you today?");
    browser.back();
    browser.sees("This is an earlier question");
    good("Is the problem solved?");
    browser.forward();
    browser.asks("On which phone number can we reach you today?");
    answer(&browser, "030 123");
    good("A person will help you: The lamp desk");
    let code = browser.find(".code").text();
    browser.button("Pass it on").click();
    good("Your case is with The lamp desk.");
    site.folder.run(&format!("take {code}"));
    browser.reload();
    good("A person is working on your case.");
}

#[test]
fn every_end_is_for_everybody() {
    let Some(browser) = Browser::start(PHONE) else {
        return;
    };
    let site = desk("pages-ends");
    let good = |heading: &str| {
        browser.asks(heading);
        is_good(&browser);
    };
    browser.open(&format!("{}/t/help/chair", site.origin()));
    browser.asks("Is the problem solved?");
    browser.button("Yes").click();
    good("Solved. Good to hear!");
    browser.prefer(&[], true);
    browser.fits();
    browser.prefer(&[], false);
    browser.open(&format!("{}/t/help/lamp", site.origin()));
    browser.button("Yes").click();
    browser.asks("What kind of lamp is it?");
    browser.button("Candle").click();
    good("This is what we can tell you");
    browser.button("Thank you, that is all").click();
    good("This case is over.");
    browser.open(&format!("{}/t/nothing", site.origin()));
    good("There is nothing at this address.");
    browser.open(&format!("{}/c/abc", site.origin()));
    good("There is nothing at this address.");
}
