//! Customers in the browser, as a browser without scripts sees it: every answer is kept once, whatever one does with the
//! way back, with two tabs, with a second click.

use crate::support::{Folder, Site};

const TREE: &str = "
title: The lamp stays dark
start: plugged
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  plugged:
    ask: Is the lamp plugged in?
    help: Follow the cable to the wall.
    yes: bulb
    no: plug_it_in
  plug_it_in:
    do: Plug the lamp in.
    ask: Does it shine now?
    yes: {fix: The lamp has power again.}
    no: bulb
  bulb:
    ask: How many watts has the bulb?
    number: {min: 1, max: 200, unit: W}
    answers:
      below 61: {escalate: facilities, reason: Weak bulb}
      otherwise: {fix: Take another bulb.}
";

fn lamp(name: &str) -> Site {
    Site::of(
        Folder::new(name).keeping().file("lamp.yaml", TREE),
        "--library .",
    )
}

#[test]
fn an_answer_counts_once_and_another_one_changes_it() {
    let site = lamp("web-once");
    let first = site.get("/t/lamp");
    assert_eq!(first.heading(), "Is the lamp plugged in?");
    let bulb = site.press(&first, "choice=yes");
    assert_eq!(bulb.heading(), "How many watts has the bulb?");
    // A second click on the page that is still there.
    let again = site.press(&first, "choice=yes");
    assert_eq!(again.path, bulb.path);
    // The way back in the browser, and another answer: it is said that there is one.
    let earlier = site.press(&first, "choice=no");
    assert_eq!(earlier.heading(), "Is the lamp plugged in?");
    assert!(
        earlier.words().contains("you said “yes”"),
        "{}",
        earlier.words()
    );
    let changed = site.press(&earlier, "choice=no");
    assert_eq!(changed.heading(), "Does it shine now?");
    assert!(changed.words().contains("Plug the lamp in."));
}
