//! `fixpath schema`: what can be walked fits it, and what does not fit is a mistake. That it has every key and no other is
//! a test beside the table of keys.

mod validator;

use std::fs;
use std::path::Path;

use proptest::prelude::{ProptestConfig, any, prop};
use proptest::{prop_assert, proptest};
use serde_json::Value;

use crate::support::{Dice, Folder, library, shipped};
use validator::faults;

fn printed(arguments: &str) -> Value {
    let ran = Folder::new(&format!("schema{}", arguments.len())).run(arguments);
    serde_json::from_str(&ran.succeeds().out).unwrap()
}

fn schema_of(path: &str) -> Value {
    use fixpath::syntax::{FileKind, json_schema};
    json_schema(if path.ends_with("fixpath.yaml") {
        FileKind::Library
    } else {
        FileKind::Tree
    })
}

/// A text as an editor reads it: typed by YAML, not by its place.
fn as_editors_read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

#[test]
fn the_command_prints_both() {
    assert_eq!(printed("schema"), schema_of("a.yaml"));
    assert_eq!(printed("schema --library-file"), schema_of("fixpath.yaml"));
    let schema = printed("schema");
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let about = &schema["definitions"]["step"]["properties"]["ask"]["description"];
    assert!(about.as_str().unwrap().contains("question"), "{about}");
}

#[test]
fn shipped_files_fit() {
    let mut seen = 0;
    for (path, text) in shipped().iter().filter(|(path, _)| path.ends_with(".yaml")) {
        assert_eq!(
            faults(&schema_of(path), &as_editors_read(text)),
            [""; 0],
            "{path}"
        );
        seen += 1;
    }
    assert!(seen > 20);
}

#[test]
fn the_examples_of_the_documentation_fit() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut seen = 0;
    for entry in fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let page = fs::read_to_string(path).unwrap();
        for block in page.split("\n```yaml").skip(1) {
            let (info, text) = block.split_once('\n').unwrap();
            let text = text.split("\n```").next().unwrap();
            let has = |word: &str| info.split(' ').any(|known| known == word);
            if has("fails") || text.contains("# file: ") {
                continue;
            }
            let (path, text) = if has("steps") {
                let steps = text.replace('\n', "\n  ");
                ("", format!("title: T\nsteps:\n  {steps}\n"))
            } else {
                let path = if has("library") { "fixpath.yaml" } else { "" };
                (path, text.to_owned())
            };
            assert_eq!(
                faults(&schema_of(path), &as_editors_read(&text)),
                [""; 0],
                "{text}"
            );
            seen += 1;
        }
    }
    assert!(seen > 30, "there are such examples: {seen}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(48) })]

    #[test]
    fn generated_libraries_fit(numbers in prop::collection::vec(any::<u8>(), 0..400)) {
        for (path, text) in library(&mut Dice::new(&numbers)).iter() {
            let faults = faults(&schema_of(path), &as_editors_read(text));
            prop_assert!(faults.is_empty(), "{}: {:?}\n{}", path, faults, text);
        }
    }
}

#[test]
fn short_forms_and_words_of_yaml_fit() {
    for text in [
        "title: 007\nsteps: {a: {ask: yes, yes: stuck, no: b}, b: {end: 1.10}}",
        "title: T\nsteps: {a: {ask: Q, number: {min: -1.5, max: '2'}, next: stuck}}",
        "title: T\nsteps: {a: {ask: Q, answers: [a, 1, true], many: yes, next: [{when: yes, goto: b}, {goto: c}]}}",
        "title: T\nsteps: {a: {ask: Q, answers: {a: A, b: {end: E, do: D}}, image: a.svg, link: tel:1}}",
        "title: T\nsteps: {a: {do: D, wait: 2m, odds: 45%, no: b, limit: {visits: 3, then: {goto: b, set: {f: [x, y]}}}}}",
        "title: T\nsteps: {a: {ask: Q, date: {}, text: {max: '30', secret: true}, next: b}}",
        "title: T\nreview_by: 2027-05-01\nsteps: {a: {end: E}}\ntests: {t: {answers: {a: yes, b: [x]}, ends: 5}}",
        "title: T\nsteps: {a: {ask: Q, run: {linux: {command: [ping, -c, 3], yes: exit == 0}}, yes: b, no: c}}",
    ] {
        assert_eq!(
            faults(&schema_of(""), &as_editors_read(text)),
            [""; 0],
            "{text}"
        );
    }
    let library = "teams: {2: {}, desk: {tier: 2}}\nfacts: {a: {}, b: {ask: Q, answers: [x]}}\nincidents: [{title: T, until: 2026-12-01}]\n";
    assert_eq!(
        faults(&schema_of("fixpath.yaml"), &as_editors_read(library)),
        [""; 0]
    );
}

#[test]
fn mistakes_do_not_fit() {
    let step = |step: &str| format!("title: T\nsteps: {{a: {{{step}}}}}");
    for (text, fault) in [
        ("steps: {a: {end: E}}".to_owned(), ": lacks \"title\""),
        ("title: T\nsteps: {}".to_owned(), "/steps: is empty"),
        (
            "title: T\nsteps: {A: {end: E}}".to_owned(),
            "/steps/A: `A` does not look like",
        ),
        (step("asc: Q"), "/steps/a/asc: no such key"),
        (step("ask: [Q]"), "/steps/a/ask: is no"),
        (step("ask: "), "/steps/a/ask: is no"),
        (
            step("do: D, wait: 2 minutes"),
            "/steps/a/wait: `2 minutes` does not look like",
        ),
        (
            step("escalate: t, impact: big"),
            "/steps/a/impact: is none of",
        ),
        (
            step("escalate: t, priority: 6"),
            "/steps/a/priority: 6 is too large",
        ),
        (
            step("ask: Q, yes: {gotp: b}"),
            "/steps/a/yes: fits none of the forms",
        ),
        (step("ask: Q, number: "), "/steps/a/number: is no"),
        (
            step("ask: Q, next: [{when: x, goto: b, tests: c}]"),
            "/steps/a/next: fits none",
        ),
        (
            step("try: {b: {takes: 2m}}"),
            "/steps/a/try/b: lacks \"do\"",
        ),
        (
            "title: T\nreview_by: May\nsteps: {a: {end: E}}".to_owned(),
            "/review_by: `May` does not look like",
        ),
        (
            "title: T\nsteps: {a: {end: E}}\ntests: {t: {answers: [a]}}".to_owned(),
            "/tests/t: lacks \"ends\"",
        ),
    ] {
        let found = faults(&schema_of(""), &as_editors_read(&text));
        assert!(
            found.iter().any(|found| found.starts_with(fault)),
            "{text}: {found:?}"
        );
    }
}
