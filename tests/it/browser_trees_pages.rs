//! Every page of the authors in a real browser, in each state that looks different, as the desk's own tour does it; and the
//! figures that are still being counted.

use std::fs;

use crate::support::browser::SCREEN;
use crate::support::desk::{FAN, LAMP, LIBRARY};
use crate::support::{Browser, Folder, Server, Site, Viewer};

/// With a finding: nothing leads to a step.
const BELL: &str = "title: The bell is silent\nsteps:\n  a:\n    ask: Does it ring at all?\n    yes: {fix: Clean it.}\n    no: stuck\n  lost: {do: Clean it., next: stuck}\n";

fn folder(name: &str) -> Folder {
    let trees = [("lamp", LAMP), ("fan", FAN), ("bell", BELL)];
    Folder::of_desk(name, LIBRARY, &trees).letting_in("ada --role author")
}

/// Some cases that were begun, and a word about the tree.
fn walk(folder: &Folder) {
    for typed in [
        "yes\nno\n",
        "yes\nunsure\n",
        "yes\nfeedback The bulb is never black\nquit\n",
    ] {
        folder.run_with("run lamp --plain --library trees", typed);
    }
}

#[test]
fn every_page_of_the_authors_is_for_everybody() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let site = Site::of_desk(folder("trees-axe"));
    let viewer = Viewer::new(&browser);
    let open = |path: &str| browser.open(&format!("{}/desk/trees{path}", site.origin()));
    site.sign_in(&browser, "ada", "/desk/trees");
    browser.sees("No case has begun yet.");
    viewer.looks_at("Trees");
    open("/fan").sees("Nobody has said anything about it.");
    viewer.looks_at("The fan is loud");
    walk(&site.folder);
    browser.reads_until(&format!("{}/desk/trees", site.origin()), "served now");
    viewer.looks_at("Trees");
    open("/lamp")
        .sees("The bulb is never black")
        .sees("Versions in use");
    browser.is_true("document.querySelector('.drawn img').naturalWidth > 100");
    viewer.looks_at("The lamp stays dark");
    open("/bell").sees("Findings 1");
    viewer.looks_at("The bell is silent");
    // What is saved has errors.
    let fan = site.folder.path().join("trees/fan.yaml");
    fs::write(&fan, FAN.replace("no: stuck", "no: nowhere")).unwrap();
    let trees = format!("{}/desk/trees", site.origin());
    browser.reads_until(&trees, "The last good trees are served");
    viewer.looks_at("Trees");
    open("/fan").sees("The last good trees are served");
    viewer.looks_at("The fan is loud");
    open("/nothing");
    viewer.looks_at("There is nothing at this address.");
    browser.open(&format!("{}/desk/t/fan", site.origin()));
    viewer.looks_at_like("Only who has the role \"agent\" may see this.");
    // And on to what they may see.
    browser.button("To the desk").click();
    browser.asks("Trees");
    viewer.has_approved();
    // A server that starts with a tree that has errors serves the others.
    let broken = folder("trees-axe-broken").file(
        "trees/fan.yaml",
        "title: The fan is loud\nsteps:\n  a: {ask: Is it dusty?, yes: nowhere, no: stuck}\n",
    );
    let broken = Site::of_desk(broken);
    broken.sign_in(&browser, "ada", "/desk/trees");
    browser.sees("Not served, because they or trees that they lead to have errors: fan");
    viewer.looks_at("Trees");
    viewer.has_approved();
}

/// On PostgreSQL, where one can keep the events from being read, so that the count takes as long as one wants.
#[test]
fn what_is_being_counted_is_said_and_comes_by_itself() {
    let (Some(postgres), Some(browser)) = (Server::shared(), Browser::start(SCREEN)) else {
        return;
    };
    let database = postgres.database();
    let trees = [("lamp", LAMP), ("fan", FAN)];
    let folder = Folder::of_desk("trees-counting", LIBRARY, &trees);
    let store = postgres.address(&database).to_string();
    let folder = folder.keeping_in(&store).letting_in("ada --role author");
    walk(&folder);
    let site = Site::of_desk(folder);
    let viewer = Viewer::new(&browser);
    let hold = || {
        postgres.hold(
            &database,
            "LOCK TABLE fixpath.event IN ACCESS EXCLUSIVE MODE",
        )
    };
    let look_again = || browser.run("document.dispatchEvent(new Event('visibilitychange'))");
    let mut held = hold();
    site.sign_in(&browser, "ada", "/desk/trees");
    browser
        .sees("The cases are being counted for the first time: the figures come here in a moment.");
    assert!(browser.words().contains("The lamp stays dark lamp – – – –"));
    viewer.looks_at("Trees");
    // A tree says so, too, and not that nobody came.
    browser.button("The lamp stays dark").click();
    browser.sees("The cases are being counted for the first time");
    let picture = || {
        let drawn = browser.run(
            "return fetch(document.querySelector('.drawn img').src).then(picture => picture.text())",
        );
        drawn.as_str().unwrap().to_owned()
    };
    let drawn = picture();
    assert!(
        drawn.contains("Is the bulb black?") && !drawn.contains("nobody"),
        "{drawn}"
    );
    viewer.looks_at("The lamp stays dark");
    drop(held.stdin.take());
    held.wait().unwrap();
    // Nobody loads the page anew.
    browser.run("window.stays = true");
    while !browser.words().contains("Cases 3 Solved") {
        look_again();
    }
    browser.is_true("window.stays === true");
    assert!(picture().contains("3 cases began here"));
    browser.button("All trees").click();
    browser.sees("The lamp stays dark lamp 3");
    // What was counted stays there while it is counted anew, as the trees were changed.
    let mut held = hold();
    let file = site.folder.path().join("trees/fan.yaml");
    fs::write(file, FAN.replace("Is it dusty?", "Is it full of dust?")).unwrap();
    while !browser.words().contains("Being counted anew.") {
        look_again();
    }
    assert!(browser.words().contains("The lamp stays dark lamp 3"));
    viewer.looks_at("Trees");
    drop(held.stdin.take());
    held.wait().unwrap();
    viewer.has_approved();
}
