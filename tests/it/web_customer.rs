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

#[test]
fn what_a_machine_could_measure_is_asked_and_no_command_leaves_the_server() {
    let tree = "
title: Reach
stuck: {escalate: facilities, reason: Nothing helped}
steps:
  answers:
    ask: Does the gate answer?
    run: {command: [knock, gate-17], timeout: 5s, yes: exit == 0}
    yes: {end: It is there.}
    no: stuck
";
    let folder = Folder::new("web-measure")
        .keeping()
        .file("reach.yaml", tree);
    let site = Site::of(folder, "--library .");
    let page = site.get("/t/reach");
    assert_eq!(page.heading(), "Does the gate answer?");
    assert!(!page.text.contains("knock") && !page.text.contains("gate-17"));
    let token = site.token("helpdesk", "agent");
    let body = serde_json::json!({"tree": "reach", "audience": "customer"});
    let begun = site.call(&token, "POST /api/v1/cases", Some(&body)).is(201);
    assert!(!begun.text.contains("knock"), "{}", begun.text);
    let end = site.press(&page, "choice=yes");
    assert!(end.words().contains("It is there"), "{}", end.words());
}

/// An answer at an earlier question goes back first and is read then: the case is moved in memory before it is refused.
#[test]
fn an_answer_that_does_not_fit_at_an_earlier_question_changes_nothing() {
    let site = lamp("web-earlier-misfit");
    let bulb = site.press(&site.get("/t/lamp"), "choice=yes");
    let (action, mut fields) = bulb.form_with("answer");
    let typed = |fields: &[(String, String)], what: &str| {
        let mut all: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        all.push(("answer", what));
        site.post(&action, &all)
    };
    let ended = typed(&fields, "40");
    assert_ne!(ended.heading(), bulb.heading(), "40 was taken");
    // The browser's way back to the question, and a word where a number is wanted.
    let earlier = site.get(&bulb.path);
    assert_eq!(earlier.heading(), "How many watts has the bulb?");
    fields = earlier.form_with("answer").1;
    assert!(fields.iter().any(|(name, _)| name == "visit"), "{fields:?}");
    let refused = typed(&fields, "lots");
    assert_eq!(refused.status, 422);
    assert_eq!(refused.heading(), "How many watts has the bulb?");
    assert!(refused.text.contains("lots"), "what was typed is shown");
    // Nothing of it counts, and the case goes on.
    let now = site.get(&action);
    assert_eq!(now.heading(), ended.heading());
    let changed = typed(&refused.form_with("answer").1, "100");
    assert!(
        changed.words().contains("Take another bulb."),
        "{}",
        changed.words()
    );
}
