//! Authors in a real browser: how the trees do, what is wrong with them, and what becomes of a file that is saved.

use std::fs;

use crate::support::browser::{PHONE, SCREEN};
use crate::support::desk::{LAMP, LIBRARY};
use crate::support::{Browser, Folder, Site};

/// With a finding: nothing leads to a step.
const FAN: &str = "title: The fan is loud\nsteps:\n  a:\n    ask: Is it dusty?\n    yes: {fix: Clean it.}\n    no: stuck\n  lost: {do: Clean it., next: stuck}\n";

fn desk(name: &str) -> Site {
    let trees = [("lamp", LAMP), ("fan", FAN)];
    let folder = Folder::of_desk(name, LIBRARY, &trees);
    let folder = folder.letting_in("ada --role author").letting_in("ben");
    for typed in ["yes\nno\n", "yes\nunsure\n", "yes\n"] {
        folder.run_with("run lamp --plain --library trees", typed);
    }
    Site::of_desk(folder)
}

/// The row of a table that begins with these words.
fn row(browser: &Browser, words: &str) -> String {
    let found = browser.run(&format!(
        "return [...document.querySelectorAll('tbody tr')].find(row => row.innerText.includes('{words}'))?.innerText ?? ''"
    ));
    let found = found.as_str().unwrap_or_default();
    found.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn an_author_sees_how_a_tree_does_and_what_is_wrong_with_it() {
    let Some(browser) = Browser::start(SCREEN) else {
        return;
    };
    let site = desk("browser-trees");
    site.folder
        .run_with(
            "run lamp --plain --library trees",
            "yes\nfeedback The bulb is never black\nquit\n",
        )
        .exits(4);
    site.sign_in(&browser, "ada", "/desk/trees");
    browser.asks("Trees");
    // What is used most comes first: four cases, two handed over, two unfinished; one word of feedback, no finding.
    assert_eq!(
        row(&browser, "The lamp stays dark"),
        "The lamp stays dark lamp 4 – 2 2 1 –"
    );
    assert_eq!(
        row(&browser, "The fan is loud"),
        "The fan is loud fan – – – – – 1"
    );
    assert!(browser.find("tbody a").text().contains("lamp"));
    // One version, which all cases are on.
    browser.sees("served now");
    browser.button("The lamp stays dark").click();
    browser.asks("The lamp stays dark");
    browser
        .sees("kept by Facilities")
        .sees("Feedback 1")
        .sees("The bulb is never black")
        .sees("Nothing is wrong with it");
    // Half of them stay at the second step: that stands out.
    let second = row(&browser, "Is the bulb black?");
    let counted = "Is the bulb black? bulb 4 2 50 % – 1 – – – ";
    assert!(second.starts_with(counted), "{second}");
    browser.is_true("document.querySelector('.drawn img').naturalWidth > 100");
    let picture = browser.run(
        "return fetch(document.querySelector('.drawn img').src).then(picture => picture.text())",
    );
    let picture = picture.as_str().unwrap();
    for counted in ["4 cases began here", "4 cases, 2 left here"] {
        assert!(picture.contains(counted), "{counted}: {picture}");
    }
    browser.button("All trees").click();
    browser.button("The fan is loud").click();
    browser.asks("The fan is loud");
    browser
        .sees("Findings 1")
        .sees("trees/fan.yaml:7 Warning")
        .sees("Nobody has come here yet.");
    // Who only walks with callers has no business here.
    let Some(of_ben) = Browser::start(PHONE) else {
        return;
    };
    site.sign_in(&of_ben, "ben", "/desk");
    assert!(!of_ben.words().contains("Trees"));
    of_ben.open(&format!("{}/desk/trees", site.origin()));
    of_ben.sees("Only who has the role \"author\" may see this.");
}

#[test]
fn a_file_that_is_saved_is_served_and_one_with_errors_is_not() {
    let Some(browser) = Browser::without_scripts(PHONE) else {
        return;
    };
    let site = desk("browser-trees-live");
    let file = site.folder.path().join("trees/fan.yaml");
    let save = |text: &str| fs::write(&file, text).unwrap();
    let trees = format!("{}/desk/trees", site.origin());
    site.sign_in(&browser, "ada", "/desk/trees");
    browser.asks("Trees").sees("The fan is loud");
    assert!(!browser.words().contains("last good"));
    // A case begins on what is served now.
    let Some(customer) = Browser::start(PHONE) else {
        return;
    };
    customer.open(&format!("{}/t/lamp", site.origin()));
    customer.button("Yes").click();
    customer.asks("Is the bulb black?");
    let begun = customer.address();
    save("title: The fan is loud\nsteps:\n  a: {ask: Is it dusty?, yes: nowhere, no: stuck}\n");
    browser.reads_until(&trees, "The last good trees are served");
    browser
        .sees("trees/fan.yaml:3 Error")
        .sees("nowhere")
        .sees("The fan is loud")
        .fits();
    browser.open(&format!("{trees}/fan"));
    browser.sees("The last good trees are served");
    customer.open(&format!("{}/t/fan", site.origin()));
    customer.asks("Is it dusty?");
    save(
        "title: The fan roars\nsteps:\n  a: {ask: Is it dusty?, yes: {fix: Clean it.}, no: stuck}\n",
    );
    browser.reads_until(&trees, "The fan roars");
    assert!(!browser.words().contains("last good"));
    // No case is on it yet; the one that had begun goes on with what it began with.
    assert!(!browser.words().contains("served now"));
    customer.open(&format!("{}/t/fan", site.origin()));
    customer.button("Yes").click();
    customer.asks("Is the problem solved?");
    customer.open(&begun);
    customer.button("Yes").click();
    customer
        .asks("Is the problem solved?")
        .sees("Take another bulb.");
    browser.reads_until(&trees, "served now").fits();
    assert_eq!(browser.all("tbody code").len(), 2, "versions in use");
}
