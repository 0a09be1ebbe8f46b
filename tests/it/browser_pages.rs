//! Every page of the customer in a real browser: axe-core finds nothing on it, on a phone and on a screen, light and dark,
//! and nothing is wider than the window, also at twice the size of letters. A page that is forgotten here is told.

use serde_json::{Value, json};

use crate::support::browser::PHONE;
use crate::support::{Browser, Folder, Site, Viewer};

pub const LIBRARY: &str = "
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

pub const LAMP: &str = "
title: The lamp stays dark
summary: No light, or a light that comes and goes.
symptoms: [lamp is dark, no light in the kitchen]
start: plugged
warn: Never touch a broken lamp with wet hands.
steps:
  plugged:
    ask: Is the lamp plugged in?
    say: Please look at the cable for me.
    note: Send nobody before this is known.
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

pub const CHAIR: &str = "
title: The chair squeaks
steps:
  oil: {do: Put a drop of oil on the joint., no: {escalate: desk, reason: It squeaks}}
";

/// Known to the search by its title alone.
pub const TABLE: &str = "
title: The table wobbles
steps:
  legs:
    ask: Is a leg short?
    yes: {fix: Put a card below it., prevent: Leave the table where it is.}
    no: {end: Then it is the floor.}
";

/// A table that is wider than a phone.
const LIGHTS: &str = "
title: The lamp blinks
steps:
  compare:
    do: |
      Find your light in the list.

      | Light | What it means | What to do about it | How often it blinks |
      | --- | --- | :---: | ---: |
      | red | There is **no** power on the line | Call_the_electrician_today | 12 |
      | green | All is well | Nothing_at_all_has_to_be_done | 3 |
    no: {escalate: desk, reason: It blinks}
";

fn desk(name: &str) -> Site {
    desk_at(name, 0)
}

/// With so many requests a second.
fn desk_at(name: &str, rate: u32) -> Site {
    let folder = Folder::new(name)
        .keeping()
        .file("fixpath.yaml", LIBRARY)
        .file("help/lamp.yaml", LAMP)
        .file("help/chair.yaml", CHAIR)
        .file("help/table.yaml", TABLE);
    Site::of(folder, &format!("--library . --rate {rate} --log none"))
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
    let viewer = Viewer::new(&browser);
    search(&browser, &site, &viewer);
    walk(&browser, &site, &viewer);
    hand_over(&browser, &site, &viewer);
    ends(&browser, &site, &viewer);
    of_agents(&browser, &site, &viewer);
    what_went_wrong(&browser, &site, &viewer);
    viewer.has_approved_all(
        &["customer.rs", "customer", "prompt.rs", "page.rs"],
        &["/embed.js"],
    );
}

fn search(browser: &Browser, site: &Site, viewer: &Viewer<'_>) {
    browser.open(&site.origin());
    viewer.looks_at("What is the trouble?");
    let find = |words| browser.open(&format!("{}/?q={words}", site.origin()));
    find("lamp").sees("One thing fits.");
    viewer.looks_at("What is the trouble?");
    find("xyzzy").sees("Nothing fits these words.");
    viewer.looks_at("What is the trouble?");
}

/// Every kind of prompt.
fn walk(browser: &Browser, site: &Site, viewer: &Viewer<'_>) {
    browser.open(&format!("{}/t/help/lamp", site.origin()));
    browser
        .sees("About 2 to 12 steps left")
        .sees("Harbour Street");
    browser.button("How do I find out?").click();
    viewer.looks_at("Is the lamp plugged in?");
    browser.button("No").click();
    viewer.looks_at("Is the problem solved?");
    browser.button("No").click();
    viewer.looks_at("What kind of lamp is it?");
    browser.button("A lamp on the ceiling").click();
    browser.asks("Please do this").sees("1:");
    browser.button("What is “fuse”?").click();
    viewer.looks_at("Please do this");
    browser.button("Done, go on").click();
    viewer.looks_at("What have you seen of these?");
    browser.button("There was a bang").click();
    browser.button("Go on").click();
    viewer.looks_at("How many watts has the bulb?");
    answer(browser, "much");
    browser.sees("please give a number");
    viewer.looks_at("How many watts has the bulb?");
    browser.button("What you have told us").click();
    viewer.looks_at("What you have told us");
    browser.button("Go on where you were").click();
    browser.asks("How many watts has the bulb?");
    answer(browser, "60");
    viewer.looks_at("Since which day?");
    answer(browser, "2026-01-02");
    viewer.looks_at("What is written on it?");
    answer(browser, "Lux");
    viewer.looks_at("What is your secret word?");
    answer(browser, "abc");
    browser.sees("Try this: Clean it");
    viewer.looks_at("Is the problem solved?");
    browser.button("No").click();
    browser.sees("Shake the lamp softly.");
    browser.button("No").click();
}

/// From what the team needs to a person who works on it.
fn hand_over(browser: &Browser, site: &Site, viewer: &Viewer<'_>) {
    viewer.looks_at("On which phone number can we reach you today?");
    browser.back();
    browser.sees("This is an earlier question");
    viewer.looks_at("Is the problem solved?");
    browser.forward();
    browser.asks("On which phone number can we reach you today?");
    answer(browser, "030 123");
    viewer.looks_at("A person will help you: The lamp desk");
    let code = browser.find(".code").text();
    browser.button("Pass it on").click();
    viewer.looks_at("Your case is with The lamp desk.");
    site.folder.run(&format!("take {code}"));
    browser.reload();
    viewer.looks_at("A person is working on your case.");
}

fn ends(browser: &Browser, site: &Site, viewer: &Viewer<'_>) {
    let begin = |tree| browser.open(&format!("{}/t/help/{tree}", site.origin()));
    begin("chair").asks("Is the problem solved?");
    browser.button("Yes").click();
    viewer.looks_at("Solved. Good to hear!");
    begin("table").asks("Is a leg short?");
    browser.button("Yes").click();
    browser.asks("Is the problem solved?");
    browser.button("I don’t know").click();
    browser.sees("So that it does not come back");
    viewer.looks_at("This should be solved.");
    begin("table").asks("Is a leg short?");
    browser.button("No").click();
    viewer.looks_at("This is what we can tell you");
    browser.button("Thank you, that is all").click();
    viewer.looks_at("This case is over.");
}

/// A case of the customer's that others put aside or bring to its end.
fn of_agents(browser: &Browser, site: &Site, viewer: &Viewer<'_>) {
    let token = site.token("desk", "agent");
    let deed = |deed: &str, more: Value| {
        let cases = site.folder.run("cases export --all").succeeds().out;
        let case: Value = serde_json::from_str(cases.lines().next().unwrap()).unwrap();
        let case = format!("/api/v1/cases/{}", case["case"].as_str().unwrap());
        let now = site.call(&token, &format!("GET {case}"), None).is(200);
        let mut body = json!({"seq": now.at("/seq")});
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        let deed = format!("POST {case}/{deed}");
        site.call(&token, &deed, Some(&body)).is(200);
        browser.reload();
    };
    browser.open(&format!("{}/t/help/lamp", site.origin()));
    browser.button("Yes").click();
    browser.asks("What kind of lamp is it?");
    let at = browser.address();
    browser.open(at.split('?').next().unwrap());
    deed("park", json!({"until": "2030-01-02T08:00Z"}));
    browser.sees("Until 2030-01-02");
    viewer.looks_at("We have put this aside.");
    deed("resume", json!({}));
    browser.asks("What kind of lamp is it?");
    deed("take", json!({}));
    browser.asks("A person is working on your case.");
    deed(
        "reply",
        json!({"step": "kind", "reply": {"answer": "candle"}}),
    );
    browser.asks("A person is working on your case.");
    deed("close", json!({}));
    viewer.looks_at("Your case is over.");
    browser.open(&format!("{}/t/help/lamp", site.origin()));
    browser.button("No").click();
    browser.asks("Is the problem solved?");
    let at = browser.address();
    browser.open(at.split('?').next().unwrap());
    deed("take", json!({}));
    deed(
        "reply",
        json!({"step": "plug_it_in", "reply": {"answer": true}}),
    );
    deed("close", json!({}));
    viewer.looks_at("Your case is solved.");
}

fn what_went_wrong(browser: &Browser, site: &Site, viewer: &Viewer<'_>) {
    for nothing in ["/t/nothing", "/c/abc", "/nothing"] {
        browser.open(&format!("{}{nothing}", site.origin()));
        viewer.looks_at("There is nothing at this address.");
    }
    // A form of a page of ours that cannot be read.
    browser.open(&format!("{}/t/help/chair", site.origin()));
    browser.run("document.querySelector('[name=new]').value = 'x'; document.querySelector('.answers').submit()");
    viewer.looks_at("This cannot be read: this page is too old; please start anew.");
    let slow = desk_at("pages-many", 1);
    browser.open(&slow.origin());
    browser.asks("What is the trouble?");
    browser.run(
        "return (async () => { while ((await fetch('/')).status !== 429); location.reload() })()",
    );
    browser.sees("Try again");
    viewer.looks_at("That was too much at once.");
    browser.sees("Please wait 1 second and try again.");
}

#[test]
fn a_wide_table_scrolls_within_itself() {
    let Some(browser) = Browser::start(PHONE) else {
        return;
    };
    let folder = Folder::new("pages-table")
        .keeping()
        .file("fixpath.yaml", LIBRARY)
        .file("help/lamp.yaml", LAMP)
        .file("lights.yaml", LIGHTS);
    let site = Site::of(folder, "--library . --rate 0 --log none");
    let viewer = Viewer::new(&browser);
    browser.open(&format!("{}/t/lights", site.origin()));
    browser.asks("Is the problem solved?").sees("All is well");
    browser.is_true("document.querySelector('.table').scrollWidth > document.querySelector('.table').clientWidth");
    browser.is_true("getComputedStyle(document.querySelector('td.right')).textAlign === 'end'");
    viewer.looks_at("Is the problem solved?");
}
