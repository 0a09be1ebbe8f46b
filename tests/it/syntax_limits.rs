//! Files that would take a machine down are refused, with one finding.

use fixpath::syntax::Limits;

use super::support::Reading;

#[track_caller]
fn too_large(text: &str, limits: &Limits, place: &str) {
    let reading = Reading::tree_within(text, limits);
    assert_eq!(reading.places(), [format!("too-large {place}")]);
    assert!(reading.script.broken);
}

#[test]
fn bytes() {
    let limits = Limits {
        bytes: 20,
        ..Limits::default()
    };
    too_large("title: The router\nsteps: {}\n", &limits, "1:1-1:18");
}

#[test]
fn steps_and_remedies() {
    let limits = Limits {
        steps: 3,
        ..Limits::default()
    };
    let text =
        "steps:\n  a: {end: A}\n  b:\n    try:\n      c: {do: C}\n      d: {do: D}\n    no: a\n";
    too_large(text, &limits, "6:7-6:8");
}

#[test]
fn depth() {
    let deep = format!("title: {}x{}\n", "[".repeat(70), "]".repeat(70));
    too_large(&deep, &Limits::default(), "1:73-1:73");
    let deep = format!("{}x\n", "- ".repeat(100_000));
    too_large(&deep, &Limits::default(), "1:129-1:129");
    let deep = "{a: ".repeat(80_000);
    assert_eq!(Reading::tree(&deep).findings.len(), 1);
}

#[test]
fn aliases() {
    let limits = Limits {
        aliases: 2,
        ..Limits::default()
    };
    let text = "steps:\n  a: {do: A, tried: &out stuck, cannot: *out, no: *out, unsure: *out}\n";
    too_large(text, &limits, "2:65-2:69");
}

#[test]
fn aliases_of_aliases() {
    let mut text = String::from("title: T\nglossary:\n  - &a0 [x, x, x, x, x, x, x, x]\n");
    for at in 1..30 {
        let before = format!("*a{}, ", at - 1).repeat(8);
        text.push_str(&format!("  - &a{at} [{before}]\n"));
    }
    let reading = Reading::tree(&text);
    assert_eq!(reading.findings.len(), 1);
    assert_eq!(reading.findings[0].code.name(), "too-large");
    // Deep by aliases alone.
    let mut text = String::from("title: T\nglossary:\n  - &a0 [x]\n");
    for at in 1..100 {
        text.push_str(&format!("  - &a{at} [*a{}]\n", at - 1));
    }
    let reading = Reading::tree(&text);
    assert_eq!(reading.findings.len(), 1);
    assert!(reading.findings[0].message.contains("deeper"));
}

#[test]
fn an_alias_of_itself() {
    let reading = Reading::steps("  a: &a\n    do: A\n    no: *a\n");
    assert_eq!(reading.words(), ["yaml-syntax *a"]);
}

#[test]
fn a_long_chain_of_steps_is_read() {
    let steps: String = (0..20_000)
        .map(|at| format!("  s{at}: {{do: A, no: s{}}}\n", (at + 1) % 20_000))
        .collect();
    let reading = Reading::steps(&steps);
    assert_eq!(reading.places(), [""; 0]);
    assert_eq!(reading.script.steps.len(), 20_000);
}

#[test]
fn more_than_a_hundred_thousand_steps_are_too_many() {
    let steps = |count: usize| -> String {
        let steps = (0..count).map(|at| format!(" s{at}: {{end: A}}\n"));
        format!("title: T\nsteps:\n{}", steps.collect::<String>())
    };
    assert_eq!(Reading::tree(&steps(100_000)).places(), [""; 0]);
    too_large(&steps(100_001), &Limits::default(), "100003:2-100003:9");
}

#[test]
fn what_is_not_read_says_how_much_is() {
    let page = fixpath::diagnostic::Code::TooLarge.page();
    let limits = Limits::default();
    assert_eq!(limits.bytes, 8 * 1024 * 1024);
    for told in [
        "8 MiB".to_owned(),
        format!("{} levels", limits.depth),
        "10,000 values".to_owned(),
        "100,000 steps".to_owned(),
    ] {
        assert!(page.contains(&told), "{told}");
    }
    assert_eq!((limits.aliases, limits.steps), (10_000, 100_000));
}
