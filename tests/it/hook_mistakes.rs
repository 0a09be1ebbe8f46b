//! A mistake in a hook is the hook's alone: `check` reports it, walks go on with one line of warning, and what the hook
//! was to be told waits until it is mended. Any other mistake in the library file still stops all walking.

use std::fs;

use crate::support::Folder;
use crate::support::receiver::{Answer, Receiver};

const GOOD: Answer = Answer::Status(200, "", "ok");

const TREE: &str = "title: The router stays dark
stuck: {escalate: desk, reason: No light}
steps:
  light:
    ask: Is the light on?
    yes: {end: Goodbye}
    no: stuck
";

fn desk(name: &str, library: &str) -> Folder {
    Folder::new(&format!("hook-mistake-{name}"))
        .file("trees/fixpath.yaml", library)
        .file("trees/router.yaml", TREE)
        .file("trees/t.json.j2", "{\"a\": {{ data.taem }}}")
        .keeping()
}

fn mend(folder: &Folder, library: &str) {
    fs::write(folder.path().join("trees/fixpath.yaml"), library).unwrap();
}

#[test]
fn one_walks_on_and_the_message_waits_until_the_hook_is_mended() {
    let mistakes = [
        ("template", "url: URL, template: t.json.j2"),
        ("no-template", "url: URL, template: none.json.j2"),
        ("no-url", "on: [handover]"),
        ("no-address", "url: somewhere"),
        ("variable", "url: \"https://${x.example\""),
        ("occasion", "url: URL, on: [handovr]"),
        ("key", "url: URL, secrte: X"),
        ("secret", "url: URL, secret: whsec_abc"),
        ("header", "url: URL, headers: {Authorization: Bearer x}"),
        ("no-map", "URL"),
    ];
    for (name, hook) in mistakes {
        let receiver = Receiver::new(&[GOOD, GOOD]);
        let url = receiver.url("/in");
        let hook = hook.replace("URL", &url);
        let braces = |hook: &str| match name {
            "no-map" => hook.to_owned(),
            _ => format!("{{{hook}}}"),
        };
        let library = format!("hooks:\n  desk: {}\nname: Desk\n", braces(&hook));
        let folder = desk(name, &library);
        folder.run("check").exits(1).says("trees/");
        let ran = folder.run_with("run router --plain", "no\n\n").exits(3);
        assert_eq!(
            ran.err.matches("warning: ").count(),
            1,
            "{name}: {}",
            ran.err
        );
        ran.says("warning: there is a mistake in the hook `desk`, so its messages wait: run `fixpath check`");
        folder
            .run("hooks")
            .succeeds()
            .says("Nothing goes to desk from here: the hook has a mistake, which `fixpath check` shows.")
            .says(" desk ");
        folder.run("hooks send").exits(1).says("0 messages sent");
        assert_eq!(receiver.posted().len(), 0, "{name}");

        mend(
            &folder,
            &format!("hooks:\n  desk: {{url: {url}, on: [handover]}}\n"),
        );
        folder
            .run("hooks retry --all")
            .succeeds()
            .says("1 message sent");
        let posted = receiver.posted();
        assert_eq!(posted.len(), 1, "{name}");
        assert_eq!(posted[0].json()["type"], "case.handed_over", "{name}");
    }
}

#[test]
fn the_other_hooks_are_told_as_always() {
    let receiver = Receiver::new(&[GOOD]);
    let library = format!(
        "hooks:\n  good: {{url: {}}}\n  bad: {{url: nowhere}}\n",
        receiver.url("/in")
    );
    let folder = desk("others", &library);
    folder.run_with("run router --plain", "no\n\n").exits(3);
    folder.run("hooks").succeeds().says(" bad ");
    assert_eq!(receiver.posted().len(), 1);
}

#[test]
fn what_is_no_hook_at_all_stops_nothing_either() {
    let folder = desk("none", "hooks: https://x.example/in\n");
    folder.run("check").exits(1).says("fixpath.yaml:1:8");
    folder
        .run_with("run router --plain", "no\n\n")
        .exits(3)
        .says("warning: there is a mistake in `hooks:`, so something is not sent: run `fixpath check`");
}

#[test]
fn customers_are_not_told_of_it() {
    let folder = desk("customer", "hooks:\n  bad: {url: nowhere}\n");
    let ran = folder
        .run_with("run router --plain --as customer", "no\n\n")
        .exits(3);
    assert!(!ran.err.contains("hook"), "{}", ran.err);
}

#[test]
fn any_other_mistake_in_the_library_file_stops_all_walking() {
    for library in [
        "hooks:\n  bad: {url: nowhere}\ntaems: {}\n",
        "hooks:\n  bad: {url: nowhere\nteams: {}\n",
        "stuck: {escalate: nobody, reason: x}\nteams: {desk: {}}\nhooks: []\n",
    ] {
        let folder = desk("other", library);
        folder
            .run_with("run router --plain", "no\n\n")
            .exits(2)
            .says("run `fixpath check`");
    }
}
