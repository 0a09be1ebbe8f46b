//! `theme:` of the library file: what pages make of it, and what is wrong in it.

use fixpath::tree::{Library, Theme};

use crate::support::Files;

const TREE: &str = "title: T\nstuck: {escalate: desk, reason: R}\nsteps:\n  a: {ask: A?, yes: stuck, no: {end: E}}\n";

fn files(theme: &str) -> Files {
    Files::new()
        .library(&format!("theme:\n{theme}"))
        .tree("a", TREE)
        .file("img/logo.svg", "<svg/>")
}

fn theme(theme: &str) -> Theme {
    files(theme).compile().into_library().theme
}

/// What is wrong, with what is said to it and the mended line.
fn wrong(line: &str) -> Vec<String> {
    let files = files(&format!("  {line}\n"));
    let compiled = files.compile();
    let told = compiled
        .diagnostics()
        .iter()
        .filter(|finding| finding.code.name() != "no-tests");
    let mut told: Vec<String> = told
        .map(|finding| format!("{}: {}", finding.code.name(), finding.message))
        .collect();
    let mended = compiled.mended("fixpath.yaml");
    let mended = mended.lines().nth(1).unwrap_or_default().trim();
    if mended != line {
        told.push(mended.to_owned());
    }
    told
}

#[test]
fn all_of_it_can_be_read() {
    let theme = theme(
        "  name: Help from IT\n  logo: ./img/logo.svg\n  color: \"#0057B8\"\n  contact: {phone: +49 (30) 555-0100, email: help@example.org, hours: Mon to Fri}\n  embed: [https://Intranet.example.org, 'http://localhost:8000']\n",
    );
    assert_eq!(&**theme.name.unwrap().0.source(), "Help from IT");
    assert_eq!(theme.logo.as_deref(), Some("img/logo.svg"));
    let accent = theme.accent.unwrap();
    assert_eq!(accent.on_light.to_string(), "#0057b8");
    assert_ne!(accent.on_dark, accent.on_light);
    assert_eq!(theme.contact.dial().as_deref(), Some("+49305550100"));
    assert_eq!(theme.contact.email.as_deref(), Some("help@example.org"));
    assert_eq!(&**theme.contact.hours.unwrap().0.source(), "Mon to Fri");
    assert_eq!(
        theme.embed,
        [
            "https://intranet.example.org".into(),
            "http://localhost:8000".into()
        ]
    );
}

#[test]
fn without_it_there_is_an_empty_one() {
    let library = Files::new().tree("a", TREE).compile().into_library();
    assert_eq!(library.theme, Theme::default());
    assert!(library.theme.contact.is_empty());
}

#[test]
fn a_colour_that_cannot_be_read_is_told_with_one_that_can() {
    assert_eq!(
        wrong("color: orange"),
        [
            "low-contrast: white on `orange` is hard to read",
            "color: \"#a36a00\""
        ]
    );
    let accent = theme("  color: orange\n").accent.unwrap();
    assert_eq!(
        accent.on_light.to_string(),
        "#9e6600",
        "pages hold to it all the same"
    );
}

#[test]
fn what_is_no_colour_is_told() {
    assert_eq!(
        wrong("color: #0057b8"),
        [
            "bad-value: `color` has nothing behind it: YAML takes `#0057b8` for a comment",
            "color: \"#0057b8\""
        ]
    );
    assert_eq!(
        wrong("color: 0057b8"),
        [
            "bad-value: `color` cannot be `0057b8`",
            "color: \"#0057b8\""
        ]
    );
    assert_eq!(
        wrong("color: nawy"),
        ["bad-value: `color` cannot be `nawy`", "color: navy"]
    );
    assert_eq!(
        wrong("color: '#00ff'"),
        ["bad-value: `color` cannot be `#00ff`"]
    );
    assert_eq!(
        wrong("color: # later"),
        ["bad-value: `color` has nothing behind it"]
    );
}

#[test]
fn a_logo_is_a_picture_of_the_library() {
    assert_eq!(wrong("logo: img/logo.svg"), [""; 0]);
    assert_eq!(
        wrong("logo: logo.svg"),
        ["missing-file: there is no file `logo.svg`"]
    );
    assert_eq!(
        wrong("logo: ../logo.svg"),
        ["missing-file: there is no file `../logo.svg`"]
    );
    assert_eq!(
        wrong("logo: /etc/logo.svg"),
        ["missing-file: there is no file `/etc/logo.svg`"]
    );
    assert_eq!(
        wrong("logo: https://a.b/l.svg"),
        ["missing-file: there is no file `https://a.b/l.svg`"]
    );
    assert_eq!(
        wrong("logo: fixpath.yaml"),
        ["bad-value: `logo` cannot be `fixpath.yaml`"]
    );
}

#[test]
fn only_origins_may_embed() {
    assert_eq!(
        wrong("embed: [intranet.example.org/start]"),
        [
            "bad-value: an entry of `embed` cannot be `intranet.example.org/start`",
            "embed: [https://intranet.example.org]"
        ]
    );
    assert_eq!(
        wrong("embed: ['*']"),
        ["bad-value: an entry of `embed` cannot be `*`"]
    );
    assert_eq!(
        wrong("embed: [\"https://a.b; script-src *\"]"),
        ["bad-value: an entry of `embed` cannot be `https://a.b; script-src *`"]
    );
}

#[test]
fn a_person_is_reached_by_what_can_be_dialled_or_written_to() {
    assert_eq!(
        wrong("contact: {phone: ask Kim, email: help at example}"),
        [
            "bad-value: `phone` cannot be `ask Kim`",
            "bad-value: `email` cannot be `help at example`"
        ]
    );
}

#[test]
fn a_misspelled_key_gets_the_nearest() {
    assert_eq!(
        wrong("colour: navy"),
        ["unknown-key: the theme has no key `colour`", "color: navy"]
    );
}

#[test]
fn it_is_always_that_of_today_and_no_part_of_a_version() {
    let old = files("  name: Old\n").compile().into_library();
    let new = files("  name: New\n").compile().into_library();
    assert_eq!(old.hash(), new.hash());
    let stored = Library::from_canonical(&old.canonical()).unwrap();
    assert_eq!(stored.theme, Theme::default());
    assert_eq!(stored.with_todays(&new).theme, new.theme);
}
