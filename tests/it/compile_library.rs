//! What trees have to do with each other and with the library file: `stuck`, rings of calls, incidents, names; which
//! trees can be walked although others are broken; what silences a finding.

use fixpath::diagnostic::{Code, Severity};
use fixpath::tree::StepKind;

use crate::support::Files;

/// Compiles files (see [`Files::split`]) and compares the errors.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().errors(), expected);
}

const PLUG: &str = "title: Plug\nsteps:\n  plug: {do: Push it in., no: stuck}\n";

#[test]
fn each_tree_needs_a_way_out_for_who_cannot_go_on() {
    let files = Files::new()
        .library("name: Desk\n")
        .tree("a", PLUG)
        .tree(
            "b",
            &format!("stuck: {{escalate: desk, reason: None}}\n{PLUG}"),
        )
        .tree("c", PLUG);
    let expected = ["no-stuck a.yaml:1:8 Plug", "no-stuck c.yaml:1:8 Plug"];
    assert_eq!(files.compile().errors(), expected);
    // A `stuck` that could not be read was meant to be one.
    let broken = Files::new().library("stuck: desk\n").tree("a", PLUG);
    assert_eq!(
        broken.compile().errors(),
        ["wrong-type fixpath.yaml:1:8 desk"]
    );
}

#[test]
fn the_librarys_stuck_reads_shared_facts_alone() {
    check(
        "# file: fixpath.yaml
stuck:
  escalate: desk
  reason: No way on with ${os} and ${plug}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
# file: example.yaml
title: Plug
steps:
  plug: {ask: Is it in?, yes: stuck, no: {end: Push it in}}
",
        &["unknown-fact fixpath.yaml:3:38 plug"],
    );
}

#[test]
fn nothing_is_filled_in_in_a_title() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
facts:
  os: {ask: Which system?, answers: [windows, macos]}
  age: {ask: \"How old is your ${os}?\", number: {min: 0}}
# file: example.yaml
title: Plug on ${os}, $${literally}
steps:
  plug: {ask: Is it in?, yes: stuck, no: {end: Push it in}}
",
        &["bad-template fixpath.yaml:4:33 os", "bad-template 1:18 os"],
    );
}

#[test]
fn a_ring_of_calls_is_reported_once() {
    let call = |tree: &str| format!("title: T\nsteps:\n  go: {{call: {tree}, next: stuck}}\n");
    let files = Files::new()
        .default_library()
        .tree("b", &call("c"))
        .tree("c", &call("d"))
        .tree("d", &call("b"))
        .tree("outside", &call("c"))
        .tree("self", &call("self"));
    let compiled = files.compile();
    let rings: Vec<_> = compiled
        .diagnostics()
        .iter()
        .filter(|finding| finding.code == Code::RecursiveCall)
        .collect();
    assert_eq!(
        compiled.errors(),
        [
            "recursive-call b.yaml:3:14 c",
            "recursive-call self.yaml:3:14 self"
        ]
    );
    assert_eq!(rings[0].secondary.len(), 2);
    assert_eq!(rings[1].message, "`self` calls itself");
}

#[test]
fn a_tree_that_two_files_hold() {
    let files = Files::new()
        .default_library()
        .tree("a", PLUG)
        .file("a.yml", PLUG);
    assert_eq!(files.compile().errors(), ["bad-name a.yml:1:1"]);
}

#[test]
fn incidents_name_trees() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on}
incidents:
  - {title: Down, text: It is down., trees: [exmaple]}
# file: example.yaml
title: Plug
steps:
  plug: {do: Push it in., no: stuck}
",
        &["unknown-tree fixpath.yaml:3:46 exmaple"],
    );
}

#[test]
fn trees_that_lead_to_no_broken_one_can_be_walked() {
    let compiled = Files::new()
        .library(
            "
stuck: {escalate: desk, reason: No way on}
incidents:
  - {title: Broken, text: It is down., trees: [broken]}
  - {title: Sound, text: It is down., trees: [sound, broken]}
  - {title: All, text: It is down.}
",
        )
        .tree("broken", "title: B\nsteps:\n  plug: {do: Push it in., no: nowhere}\n")
        .tree("calls", "title: C\nsteps:\n  go: {call: broken, next: stuck}\n")
        .tree("leads", "title: L\nsteps:\n  go: {ask: Well?, yes: {tree: calls}, no: stuck}\n")
        .tree("plug", PLUG)
        .tree("sound", "title: S\nsteps:\n  go: {ask: Well?, yes: {tree: plug}, no: called}\n  called: {call: plug, next: stuck}\n")
        .compile();
    assert_eq!(compiled.errors(), ["unknown-step broken.yaml:3:31 nowhere"]);
    let names = |names: &[std::sync::Arc<str>]| names.join(" ");
    let broken = compiled.compilation.broken_trees();
    assert_eq!(names(&broken), "broken calls leads");
    let part = compiled.compilation.into_sound_part().unwrap();
    assert_eq!(names(&part.left_out), "broken calls leads");
    let library = part.library;
    let plug = library.find("plug").unwrap();
    let sound = library.tree(library.find("sound").unwrap());
    assert_eq!(library.trees.len(), 2);
    for (_, step) in sound.steps() {
        match &step.kind {
            StepKind::Leave(to) => assert_eq!(*to, plug),
            StepKind::Call(call) => assert_eq!(call.tree, plug),
            _ => {}
        }
    }
    let shown: Vec<_> = library
        .incidents
        .iter()
        .map(|incident| (&**incident.title.0.source(), incident.trees.len()))
        .collect();
    assert_eq!(shown, [("Sound", 1), ("All", 0)]);
}

#[test]
fn an_error_in_the_library_file_breaks_every_tree() {
    let compiled = Files::new()
        .library("stuck: {escalate: dsk, reason: No way on}\nteams: {desk: {name: Desk}}\n")
        .tree("a", PLUG)
        .compile();
    assert_eq!(compiled.compilation.broken_trees().join(" "), "a");
    assert!(compiled.compilation.into_sound_part().is_err());
}

#[test]
fn errors_keep_the_library_in() {
    let compiled =
        Files::example("title: B\nsteps:\n  plug: {do: Push it in., no: nowhere}\n").compile();
    let findings = compiled.compilation.into_library().unwrap_err();
    assert_eq!(findings[0].code, Code::UnknownStep);
}

#[test]
fn warnings_can_be_silenced_and_counted_as_errors() {
    let vague = "title: B\nsteps:\n  plug: {do: Push it in., no: desk}\n  desk: {escalate: desk}\n";
    let of = |files: &Files| {
        let compiled = files.compile();
        let found = compiled.diagnostics();
        found
            .iter()
            .filter(|finding| finding.code == Code::VagueEscalation)
            .map(|finding| finding.severity)
            .collect::<Vec<_>>()
    };
    let files = Files::example(vague);
    assert_eq!(of(&files), [Severity::Warning]);
    assert_eq!(of(&files.clone().strict()), [Severity::Error]);
    assert!(
        files
            .clone()
            .strict()
            .compile()
            .compilation
            .into_library()
            .is_err()
    );
    assert_eq!(of(&files.allow(Code::VagueEscalation).strict()), []);
    let allowed = format!("allow: [vague-escalation]\n{vague}");
    assert_eq!(of(&Files::example(&allowed)), []);
    let other = Files::example(vague).tree("other", &allowed);
    assert_eq!(of(&other), [Severity::Warning]);
    let library = "stuck: {escalate: desk, reason: No way on}\nallow: [vague-escalation]\n";
    assert_eq!(
        of(&Files::new().library(library).tree("example", vague)),
        []
    );
}

#[test]
fn a_language_is_written_as_a_tag() {
    let library =
        |locale: &str| format!("locale: {locale}\nstuck: {{escalate: desk, reason: No way on}}\n");
    let tree = "title: T\nsteps:\n  one: {end: Over}\n";
    for locale in ["en", "de", "de-DE", "en_GB", "EN", "zh-Hant-TW", "nds"] {
        let files = Files::new().library(&library(locale)).tree("example", tree);
        assert_eq!(files.compile().findings(), [""; 0], "{locale}");
    }
    for (locale, help) in [
        ("english", "write `en`"),
        ("Deutsch", "write `de`"),
        ("Klingon", "write the short tag"),
        ("en_US.UTF-8", "write the short tag"),
    ] {
        let files = Files::new().library(&library(locale)).tree("example", tree);
        let compiled = files.compile();
        let [finding] = compiled.diagnostics() else {
            panic!("{locale}: {:?}", compiled.findings());
        };
        assert_eq!(finding.code.name(), "bad-value", "{locale}");
        let said = finding.help.as_deref().unwrap_or_default();
        assert!(said.starts_with(help), "{locale}: {said}");
    }
}

#[test]
fn a_picture_lies_beside_the_trees_or_at_a_safe_address() {
    for (src, says, help) in [
        (
            "http://x.org/a.png",
            "begins with `https://`",
            "write `https://x.org/a.png`",
        ),
        (
            "www.x.org/a.png",
            "begins with `https://`",
            "write `https://www.x.org/a.png`",
        ),
        (
            "//x.org/a.png",
            "begins with `https://`",
            "write `https://x.org/a.png`",
        ),
        (
            "data:image/png;base64,AA",
            "is no picture",
            "put the picture beside",
        ),
        (
            "../a.png",
            "lies outside of the library",
            "put the picture beside",
        ),
        (
            "C:/a.png",
            "lies outside of the library",
            "put the picture beside",
        ),
    ] {
        let text = format!(
            "title: T\nsteps:\n  one: {{do: Wait., image: {{src: \"{src}\", alt: A}}, next: stuck}}\n"
        );
        let compiled = Files::example(&text).compile();
        let [finding] = compiled.diagnostics() else {
            panic!("{src}: {:?}", compiled.findings());
        };
        assert_eq!(finding.code.name(), "missing-file", "{src}");
        assert!(finding.message.contains(says), "{src}: {}", finding.message);
        let said = finding.help.as_deref().unwrap_or_default();
        assert!(said.starts_with(help), "{src}: {said}");
    }
}
