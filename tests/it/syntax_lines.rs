//! What is missing or too much on a line or around some: one finding says so, and its mend leaves a sound library.

use crate::support::Files;

const LIBRARY: &str = "name: Desk
stuck: {escalate: desk, reason: No luck}
teams:
  desk: {name: Service desk}
facts:
  os:
    ask: Which system is it?
    answers: [windows, macos]
  floors:
    ask: Which floors?
    many: yes
    answers: [a, b]
incidents:
  - title: Mail is down
    text: Mail is down for all.
  - title: Wi-Fi is slow
    text: Wi-Fi is slow for all.
";

const TREE: &str = "title: No sound
symptoms:
  - no sound
  - the headset is silent
steps:
  plugged:
    ask: Is the headset plugged in?
    help: Look at its cable.
    yes: muted
    no: plug

  muted:
    ask: What does the light on the cable do?
    answers:
      red: unmute
      not red: level
    unsure: plug

  level:
    ask: How many bars?
    number: {min: 0, max: 10}
    next: way

  way:
    next:
      - when: level < 2
        goto: unmute
      - {when: level < 5, goto: sys}
      - plug

  sys:
    fact: os
    answers:
      windows: ping
      macos: fl

  fl:
    fact: floors
    next:
      - {when: floors has \"a\", goto: unmute}
      - plug

  ping:
    ask: Does the ping get back?
    run: {command: [ping, -n, \"3\"], timeout: 10s, yes: exit == 0}
    yes: rem
    no: {escalate: desk, reason: No answer}

  rem:
    try:
      one: {do: Use it., takes: 1m, odds: 3%}
      two:
        do: Use that.
        takes: 90s
        odds: 30%
    no: called

  called:
    call: other
    returns:
      good: {end: Fine}
      bad: plug

  unmute:
    do: |
      Press the button.
      Note its light.
    limit: {visits: 3, then: stuck}
    wait: 2m
    no: plug

  plug:
    do: Plug the headset in again.
    check: Is the sound back?
    link: {url: https://example.org, label: The manual}
    no: stuck
";

const OTHER: &str =
    "title: Other\nsteps:\n  a:\n    ask: A?\n    yes: {return: good}\n    no: {return: bad}\n";

fn files() -> Files {
    Files::new()
        .library(LIBRARY)
        .file("t.yaml", TREE)
        .file("other.yaml", OTHER)
}

/// The library with one text in it replaced has one finding of this code and words, and what its mends give.
#[track_caller]
fn found(path: &str, from: &str, to: &str, says: &str) -> String {
    let sound = if path == "t.yaml" { TREE } else { LIBRARY };
    assert!(sound.contains(from), "{from}");
    let compiled = files()
        .replace(path, &sound.replacen(from, to, 1))
        .compile();
    let is_about_tests = |message: &&String| message.starts_with("the tree has no test");
    let messages = compiled.messages();
    let messages: Vec<&String> = messages.iter().filter(|one| !is_about_tests(one)).collect();
    assert_eq!(messages.len(), 1, "{to}: {messages:#?}");
    assert!(messages[0].contains(says), "{to}: {messages:#?}");
    compiled.mended(path)
}

/// One finding, whose mend gives back what was there.
#[track_caller]
fn restored(path: &str, from: &str, to: &str, says: &str) {
    let sound = if path == "t.yaml" { TREE } else { LIBRARY };
    assert_eq!(found(path, from, to, says), sound, "{to}");
}

/// One finding, whose mend gives this in place of what was there.
#[track_caller]
fn mended(path: &str, from: &str, to: &str, says: &str, mend: &str) {
    let sound = if path == "t.yaml" { TREE } else { LIBRARY };
    let wanted = sound.replacen(from, mend, 1);
    assert_eq!(found(path, from, to, says), wanted, "{to}");
    let compiled = files().replace(path, &wanted).compile();
    let errors = compiled.diagnostics().iter();
    let errors = errors.filter(|one| one.severity == fixpath::diagnostic::Severity::Error);
    assert_eq!(errors.count(), 0, "{wanted}");
}

/// A tree with one finding of these words that has no mend.
#[track_caller]
fn told(path: &str, from: &str, to: &str, says: &str) {
    let sound = if path == "t.yaml" { TREE } else { LIBRARY };
    assert_eq!(found(path, from, to, says), sound.replacen(from, to, 1));
}

#[test]
fn the_library_is_sound() {
    let codes = files().compile().codes();
    assert!(codes.iter().all(|code| *code == "no-tests"), "{codes:?}");
}

#[test]
fn a_key_that_is_nearly_one_of_its_mapping_counts_as_that() {
    restored("t.yaml", "    fact: os", "    facts: os", "write `fact`");
    restored("fixpath.yaml", "facts:\n", "fact:\n", "write `facts`");
    restored("t.yaml", "- when: level", "- if: level", "write `when`");
    restored("t.yaml", "label: The", "text: The", "write `label`");
    restored("fixpath.yaml", "    many:", "    multiple:", "write `many`");
    let says = "take it away: what can be picked stands in the declaration";
    let more = "    fact: floors\n    multiple: true";
    told("t.yaml", "    fact: floors", more, says);
}

#[test]
fn a_key_counts_as_what_stands_below_it() {
    restored("fixpath.yaml", "facts:\n", "variables:\n", "write `facts`");
    restored("fixpath.yaml", "teams:\n", "gruppen:\n", "write `teams`");
    restored("t.yaml", "steps:\n", "schritte:\n", "write `steps`");
}

#[test]
fn a_comma_is_missing_in_brackets() {
    for (from, to, key) in [
        (
            "desk, reason: No answer",
            "desk reason: No answer",
            "reason",
        ),
        ("it., takes", "it. takes", "takes"),
        ("1m, odds", "1m odds", "odds"),
        ("0, max", "0 max", "max"),
        ("5, goto", "5 goto", "goto"),
        ("3, then", "3 then", "then"),
        ("org, label", "org label", "label"),
        ("\"3\"], timeout", "\"3\"] timeout", "timeout"),
    ] {
        restored(
            "t.yaml",
            from,
            to,
            &format!("a comma is missing before `{key}`"),
        );
    }
    // A text that holds a key's word and a colon wants quotes.
    let says = "put the text in quotes: `\"See the red note: it is old\"`";
    let mend = "\"See the red note: it is old\"";
    mended(
        "t.yaml",
        "No answer",
        "See the red note: it is old",
        says,
        mend,
    );
}

#[test]
fn a_colon_is_missing() {
    restored("t.yaml", "{visits: 3", "{visits 3", "write `visits: 3`");
    restored("t.yaml", "{min: 0", "{min 0", "write `min: 0`");
    restored("t.yaml", "5, goto: sys", "5, goto sys", "behind `goto`");
    restored(
        "t.yaml",
        "not red: level",
        "not red level",
        "behind `not red`",
    );
    restored("t.yaml", "good: {", "good {", "behind `good`");
}

#[test]
fn a_bracket_is_missing() {
    restored(
        "t.yaml",
        "\"3\"], timeout",
        "\"3\", timeout",
        "the bracket `]` is missing",
    );
    restored(
        "t.yaml",
        "command: [ping",
        "command: ping",
        "the bracket `[` is missing",
    );
    restored(
        "t.yaml",
        "good: {end",
        "good: end",
        "the bracket `{` is missing",
    );
}

#[test]
fn an_edge_without_braces() {
    restored(
        "t.yaml",
        "good: {end: Fine}",
        "good: end: Fine",
        "write `{end: Fine}`",
    );
    for (to, edge) in [
        ("tree: other", "{tree: other}"),
        ("goto: plug", "{goto: plug}"),
        (
            "fix: Unplug it, then wait",
            "{fix: \"Unplug it, then wait\"}",
        ),
        ("escalate: desk, reason: x", "{escalate: desk, reason: x}"),
    ] {
        let (from, to) = ("bad: plug", format!("bad: {to}"));
        mended(
            "t.yaml",
            from,
            &to,
            "the braces around",
            &format!("bad: {edge}"),
        );
    }
}

#[test]
fn dashes_before_answers_that_lead_on() {
    let (red, system) = (
        "      red: unmute\n      not red: level",
        "      windows: ping\n      macos: fl",
    );
    for indent in ["    ", "      "] {
        for (from, parts) in [
            (red, ["red: unmute", "not red: level"]),
            (system, ["windows: ping", "macos: fl"]),
        ] {
            let with = |sign: &str| {
                parts
                    .map(|part| format!("{indent}{sign} {part}"))
                    .join("\n")
            };
            mended(
                "t.yaml",
                from,
                &with("-"),
                "take the dashes away",
                &with(" "),
            );
        }
    }
    let with = |sign: &str| format!("answers:\n      {sign} windows: One\n      {sign} macos: Two");
    let from = "answers: [windows, macos]";
    mended(
        "fixpath.yaml",
        from,
        &with("-"),
        "take the dashes away",
        &with(" "),
    );
}

#[test]
fn a_dash_is_missing() {
    for (from, to) in [
        ("      - when", "      when"),
        ("      - when", "        when"),
        ("      - {when: level", "      {when: level"),
        ("      - plug\n\n  sys", "      plug\n\n  sys"),
        ("      - plug\n\n  sys", "        plug\n\n  sys"),
    ] {
        restored("t.yaml", from, to, "a dash is missing before");
    }
    for to in ["  title: Wi-Fi", "    title: Wi-Fi"] {
        restored(
            "fixpath.yaml",
            "  - title: Wi-Fi",
            to,
            "a dash is missing before `title`",
        );
    }
    restored(
        "fixpath.yaml",
        "  - title: Mail",
        "    title: Mail",
        "a dash is missing before `title`",
    );
}

#[test]
fn the_first_dash_of_a_list_of_texts() {
    for to in [
        "  no sound\n",
        "  -no sound\n",
        "  \u{2013} no sound\n",
        "  \u{2022} no sound\n",
    ] {
        restored(
            "t.yaml",
            "  - no sound\n",
            to,
            "with a dash and a space before it",
        );
    }
}

#[test]
fn lines_that_do_not_belong_to_the_tree() {
    let says = "a file holds one document";
    restored("t.yaml", "sound\nsymptoms", "sound\n---\nsymptoms", says);
    restored("t.yaml", "steps:\n", "---\nsteps:\n", says);
    for fence in ["```yaml\n", "```\n", "~~~\n"] {
        let fenced = format!("{fence}{TREE}{}\n", &fence[..3]);
        restored("t.yaml", TREE, &fenced, "the fence of a code block");
    }
    let says = "a sign that nobody can see stands here, U+0008";
    restored("t.yaml", "Press the", "Press \u{8}the", says);
}

#[test]
fn a_text_below_its_bar_is_indented() {
    let from = "      Press the button.\n      Note its light.\n";
    for lines in [
        vec!["Note: unplug it."],
        vec!["Press the button.", "Note: its light."],
        vec!["1. Press: the button.", "2. Look."],
    ] {
        let with = |indent: &str| {
            lines
                .iter()
                .map(|line| format!("{indent}{line}\n"))
                .collect()
        };
        let (to, mend): (String, String) = (with("    "), with("      "));
        mended("t.yaml", from, &to, "must be indented", &mend);
    }
    restored(
        "t.yaml",
        "    do: |\n",
        "    do: ||\n",
        "nothing stands behind the `|`",
    );
    let says = "begins on the next line";
    restored("t.yaml", "    do: |\n      Press", "    do: | Press", says);
}

#[test]
fn what_no_quotes_mend_is_given_none() {
    restored("t.yaml", "no: called", "no: *called", "write `called`");
    told(
        "t.yaml",
        "no: called",
        "no: *y",
        "is not the name of a step",
    );
    let says = "write `floors has \"a\"`";
    restored("t.yaml", "floors has \"a\"", "\"a\" in floors", says);
    mended(
        "t.yaml",
        "No answer",
        "No luck, on ${os}",
        "quotes",
        "\"No luck, on ${os}\"",
    );
}

#[test]
fn a_name_with_a_hash() {
    let mend = "\"red #1\": unmute";
    mended(
        "t.yaml",
        "red: unmute",
        "red #1: unmute",
        "put the name in quotes",
        mend,
    );
    let mend = "help: \"Dial *21 #\"";
    mended(
        "t.yaml",
        "help: Look at its cable.",
        "help: Dial *21 #",
        "cut off",
        mend,
    );
}

#[test]
fn a_list_of_one() {
    for (from, to) in [
        (
            "escalate: desk, reason: No answer",
            "escalate: [desk], reason: No answer",
        ),
        ("wait: 2m", "wait: [2m]"),
        ("check: Is the sound back?", "check: [Is the sound back?]"),
        ("no: called", "no: [called]"),
    ] {
        restored("t.yaml", from, to, "take the brackets away");
    }
    let (to, mend) = ("no:\n      - called", "no:\n        called");
    mended("t.yaml", "no: called", to, "take the dash away", mend);
}

#[test]
fn the_last_entry_of_next_has_no_key() {
    for word in ["else", "otherwise", "default"] {
        let to = format!("      - {word}: plug\n\n  sys");
        restored("t.yaml", "      - plug\n\n  sys", &to, "write `- plug`");
    }
    let says = "`when` has nothing behind it";
    told("t.yaml", "when: level < 2", "when:", says);
    let says = "an edge may have `goto`, `tree`,";
    told("t.yaml", "no: called", "no: {wohin: called}", says);
}

#[test]
fn names_that_no_step_can_have() {
    restored(
        "t.yaml",
        "no: called",
        "no: -> called",
        "did you mean `called`?",
    );
    restored(
        "t.yaml",
        "no: called",
        "no: goto called",
        "did you mean `called`?",
    );
    told(
        "t.yaml",
        "bad: plug",
        "bad: cable, tone",
        "write the name of one step here",
    );
    mended(
        "t.yaml",
        "bad: plug",
        "bad: {goto: other}",
        "{tree: other}",
        "bad: {tree: other}",
    );
}

#[test]
fn durations_and_shares_as_people_write_them() {
    restored("t.yaml", "takes: 90s", "takes: 1m30s", "write `90s`");
    restored("t.yaml", "takes: 90s", "takes: 1.5m", "write `90s`");
    mended(
        "t.yaml",
        "takes: 90s",
        "takes: 1",
        "write `1m`",
        "takes: 1m",
    );
    told("t.yaml", "wait: 2m", "wait: 0m", "at least a second");
    told("t.yaml", "wait: 2m", "wait: 500d", "at most 366 days");
    for share in ["0.3", ".3", "0,3"] {
        let to = format!("odds: {share}");
        restored("t.yaml", "odds: 30%", &to, "write `30%`");
    }
}

#[test]
fn a_word_of_another_kind_of_step() {
    restored("t.yaml", "    returns:", "    answers:", "write `returns`");
    restored("t.yaml", "    no: called", "    next: called", "write `no`");
    restored(
        "t.yaml",
        "    no: plug\n\n  muted",
        "    yes: plug\n\n  muted",
        "write `no`",
    );
    let run = "    check: Is the sound back?\n    run: {command: [ping, x], yes: exit == 0}";
    told(
        "t.yaml",
        "    check: Is the sound back?",
        run,
        "a remedy cannot have `run`",
    );
}

#[test]
fn limits_of_a_number() {
    let from = "    number: {min: 0, max: 10}\n    next: way";
    let answers = "\n    answers:\n      below 5: way\n      5 to 10: plug";
    for (limits, says) in [
        ("yes", "where any value is fine"),
        ("", "`number` has nothing behind it"),
    ] {
        let to = format!("    number: {limits}{answers}");
        told("t.yaml", from, &to, says);
    }
    restored(
        "t.yaml",
        "{min: 0, max: 10}",
        "0 to 10",
        "write `{min: 0, max: 10}`",
    );
    restored(
        "t.yaml",
        "{min: 0, max: 10}",
        "{min: 10, max: 0}",
        "swap the two",
    );
}
