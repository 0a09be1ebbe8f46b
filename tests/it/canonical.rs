//! LANGUAGE.md, "Version": what a case is pinned to, and that it walks the same from the store.

use std::sync::Arc;

use crate::support::{Files, Start, shipped};
use fixpath::tree::Library;

const DESK: &str = r#"# file: fixpath.yaml
name: A desk
stuck: {escalate: network, reason: R}
teams:
  network: {name: Network, tier: 2, contact: ext. 4711, hours: 7 to 19}
facts:
  os: {ask: Which?, answers: [windows, macos]}
glossary: {DNS: A phone book.}
incidents:
  - {title: Down, trees: [example]}
# file: other.yaml
title: O
steps:
  a: {end: E}
# file: example.yaml
title: T
summary: S
symptoms: [nothing works]
tags: [network]
owner: desk
review_by: 2027-01-01
allow: [no-tests]
warn: Hot!
check: Is it back?
steps:
  system:
    fact: os
    answers: {windows: speed, macos: {goto: speed, set: {os: windows}}}
  speed:
    ask: Which speed on ${os}?
    note: Ask twice.
    number: {min: 0, max: 100}
    answers: {below 5: over, 5 to 100: restart}
  restart:
    do: Restart it.
    wait: 2m
    no: over
  over: {escalate: network, reason: Too slow, impact: high}
tests:
  slow:
    answers: [system: windows, speed: 3]
    ends: over
"#;

fn library(text: &str) -> Library {
    Files::split(text).compile().into_library()
}

fn hash(text: &str) -> String {
    library(text).hash().to_string()
}

#[test]
fn what_is_always_that_of_today_does_not_change_the_hash() {
    let pinned = hash(DESK);
    assert_eq!(pinned.len(), 64);
    assert!(
        pinned
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() && !byte.is_ascii_uppercase())
    );
    for (from, to) in [
        ("symptoms: [nothing works]", "symptoms: [nothing at all]"),
        ("tags: [network]", "tags: [wifi]"),
        ("owner: desk", "owner: network"),
        ("review_by: 2027-01-01", "review_by: 2028-01-01"),
        ("allow: [no-tests]", "allow: [long-walk]"),
        ("DNS: A phone book.", "DNS: The phone book."),
        ("title: Down", "title: Up again"),
        ("ext. 4711", "ext. 4712"),
        ("7 to 19", "always"),
        ("name: A desk", "name: Another desk"),
        ("  slow:", "  fast:"),
        ("steps:\n  system:", "steps:   # a remark\n\n  system:"),
        ("{end: E}", "\n    end: E"),
        ("do: Restart it.", "do: 'Restart it.'"),
    ] {
        assert!(DESK.contains(from), "{from}");
        assert_eq!(hash(&DESK.replace(from, to)), pinned, "{from}");
    }
}

#[test]
fn what_a_walk_depends_on_or_shows_changes_the_hash() {
    let pinned = hash(DESK);
    for (from, to) in [
        ("title: T", "title: U"),
        ("warn: Hot!", "warn: Very hot!"),
        ("check: Is it back?", "check: Is it there?"),
        ("note: Ask twice.", "note: Ask once."),
        ("  restart:\n", "  reset:\n"),
        (
            "below 5: over, 5 to 100: restart",
            "5 to 100: restart, below 5: over",
        ),
        ("below 5", "below 6"),
        ("wait: 2m", "wait: 3m"),
        ("impact: high", "impact: low"),
        ("set: {os: windows}", "set: {os: macos}"),
        ("name: Network", "name: Networks"),
        ("reason: R}", "reason: Q}"),
        ("facts:\n", "facts:\n  more: {ask: More?}\n"),
        ("title: T\nsummary", "title: T\naudience: agent\nsummary"),
        ("title: T\nsummary", "title: T\nstart: restart\nsummary"),
        ("max: 100}", "max: 100, unit: dB}"),
        (
            "{ask: Which?, answers: [windows, macos]}",
            "{ask: Which?, answers: [macos, windows]}",
        ),
        (
            "# file: example",
            "# file: third.yaml\ntitle: O\nsteps:\n  a: {end: E}\n# file: example",
        ),
        (
            "stuck: {",
            "priority: {high: {high: 1, medium: 1, low: 1}, medium: {high: 2, medium: 2, low: 2}, low: {high: 3, medium: 3, low: 3}}\nstuck: {",
        ),
    ] {
        assert!(DESK.contains(from), "{from}");
        let text = DESK.replacen(from, to, 1).replace(
            "restart}",
            if to.contains("reset") {
                "reset}"
            } else {
                "restart}"
            },
        );
        assert_ne!(hash(&text), pinned, "{from}");
    }
}

#[test]
fn a_case_starts_only_on_the_library_that_it_is_pinned_to() {
    let library = Arc::new(library(DESK));
    let pinned = |hash: &str| {
        Start::in_library(Arc::clone(&library), "example")
            .pinned(hash)
            .try_begin()
    };
    assert!(pinned(library.hash()).is_ok());
    let refused = pinned(&hash(&DESK.replace("Hot", "Cold"))).err();
    assert_eq!(
        refused.as_deref(),
        Some("the case was started with another version of the library")
    );
}

#[test]
fn a_stored_library_takes_what_is_todays_from_today() {
    let pinned = Library::from_canonical(&library(DESK).canonical()).unwrap();
    assert!(pinned.glossary.is_empty() && pinned.incidents.is_empty());
    let today = DESK
        .replace("ext. 4711", "ext. 4712")
        .replace("name: Network", "name: Networks");
    let today =
        library(&today.replace("# file: other.yaml\ntitle: O\nsteps:\n  a: {end: E}\n", ""));
    let again = pinned.with_todays(&today);
    let team = again.team("network").unwrap();
    assert_eq!(
        &**team.contact.as_ref().unwrap().for_agents().source(),
        "ext. 4712"
    );
    assert_eq!(&**team.name.as_ref().unwrap().0.source(), "Network");
    assert_eq!(again.glossary.len(), 1);
    let trees: Vec<&str> = again.incidents[0]
        .trees
        .iter()
        .map(|tree| &*again.tree(*tree).name)
        .collect();
    assert_eq!(trees, ["example"]);
    assert_eq!(**again.hash(), *hash(DESK));
}

#[test]
fn the_shipped_library_comes_back_the_same() {
    let library = shipped().compile().into_library();
    let bytes = library.canonical();
    let again = Library::from_canonical(&bytes).unwrap();
    assert!(again.canonical() == bytes);
    assert_eq!(again.hash(), library.hash());
}

#[test]
fn damaged_libraries_are_refused_without_a_panic() {
    let bytes = library(DESK).canonical();
    for at in (0..bytes.len()).step_by(5) {
        for byte in [b'x', b'"', b'0', b'}'] {
            let mut damaged = bytes.clone();
            damaged[at] = byte;
            if let Ok(library) = Library::from_canonical(&damaged) {
                Library::from_canonical(&library.canonical()).unwrap();
            }
        }
        assert!(Library::from_canonical(&bytes[..at]).is_err());
    }
    let later = String::from_utf8(bytes)
        .unwrap()
        .replacen("\"format\":1", "\"format\":2", 1);
    let refused = Library::from_canonical(later.as_bytes())
        .unwrap_err()
        .to_string();
    assert_eq!(
        refused,
        "the stored library cannot be read: it has format 2, and this fixpath reads format 1"
    );
}
