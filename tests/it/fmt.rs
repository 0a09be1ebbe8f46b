//! The house style: what `fixpath fmt` makes of a file, and that it says the same afterwards.

use fixpath::diagnostic::Code;
use fixpath::syntax::{FileKind, Limits, NotFormatted, format};

use crate::support::shipped;

fn formatted(text: &str) -> String {
    let once = format(text, FileKind::Tree, &Limits::default()).unwrap();
    let twice = format(&once, FileKind::Tree, &Limits::default()).unwrap();
    assert_eq!(once, twice, "formatting again changes nothing");
    once
}

fn check(before: &str, after: &str) {
    assert_eq!(formatted(before), after);
}

/// The tree of the language's own description.
const WHOLE: &str = include_str!("fmt/whole.yaml");

#[test]
fn the_example_of_the_language_is_in_the_house_style() {
    assert_eq!(formatted(WHOLE), WHOLE);
}

#[test]
fn keys_texts_comments_and_blank_lines_find_their_places() {
    check(
        r#"# head comment

steps:
    # lead a
    a:   # about a
        yes: {fix: "Unplug it, then wait",  # why
              no: b}   # trailing
        no:
          fix: Turn it on
        ask: "Is it: on?"   # q
        help: >
          folded text
          goes on

          here
        # foot of a
    # lead of b


    # second
    b:
      do: |-
              line one
              line two
      no: stuck


      tried:    c
    c: {do: Wait., escalate: desk, reason: 'It''s "broken" #1'}
title: T   # the title
symptoms: [ 'a, b', "no", plain ]
# before tests
tests:
    'the "x"':
       ends: c
       answers: [ a: yes,
         b: no ]
# the end
"#,
        r#"# head comment

title: T   # the title
symptoms:
  - a, b
  - "no"
  - plain

steps:
  # lead a
  a:     # about a
    ask: "Is it: on?"       # q
    help: |
      folded text goes on
      here
    yes:  # trailing
      fix: Unplug it, then wait  # why
      no: b
    no:
      fix: Turn it on
    # foot of a

  # lead of b

  # second
  b:
    do: |-
      line one
      line two
    no: stuck
    tried: c

  c:
    escalate: desk
    reason: |-
      It's "broken" #1
    do: Wait.

# before tests
tests:
  the "x":
    answers: [a: yes, b: no]
    ends: c
# the end
"#,
    );
}

#[test]
fn braces_are_for_names_and_short_ends() {
    check(
        "title: T
stuck: {escalate: desk, reason: Stuck}
steps:
  a: {ask: Why?, no: {goto: b, label: Short}, yes: {do: 'Wait: it comes.', end: Over}}
  b:
    try:
      first: {takes: 2m, do: Do this}
    no: {fix: This is what solved it, cause: Something went wrong that one would not have thought of before it happened at all}
  c:
    run: {command: [ping, -c, '3', 'a b, c'], yes: output has \"x\"}
    ask: Why?
    yes: {tree: x/y}
    no: [1, [2, 3], {a: b}]
tests: {t: {ends: a, answers: [a: yes]}}
",
        "title: T
stuck: {escalate: desk, reason: Stuck}

steps:
  a:
    ask: Why?
    yes:
      end: Over
      do: \"Wait: it comes.\"
    no: {goto: b, label: Short}

  b:
    try:
      first:
        do: Do this
        takes: 2m
    no:
      fix: This is what solved it
      cause: Something went wrong that one would not have thought of before it happened at all

  c:
    ask: Why?
    run: {command: [ping, -c, \"3\", \"a b, c\"], yes: output has \"x\"}
    yes: {tree: x/y}
    no: [1, [2, 3], {a: b}]

tests:
  t:
    answers: [a: yes]
    ends: a
",
    );
}

#[test]
fn what_is_about_the_file_stays_on_top_and_what_is_about_a_key_goes_with_it() {
    check(
        "# the file

# the steps
steps:
  # the end
  a: {end: Over}

# the title

title: T
",
        "# the file

# the title
title: T

# the steps
steps:
  # the end
  a:
    end: Over
",
    );
}

#[test]
fn long_texts_stay_broken_where_the_author_broke_them() {
    let long = "A sentence of some length that goes on and on";
    let folded = format!("    {long}\n    {long}\n    {long}\n");
    for (sign, written) in [(">", ">"), (">-", ">-"), ("", ">-")] {
        check(
            &format!("summary: {sign}\n{}", folded.replace("    ", "      ")),
            &format!("summary: {written}\n{}", folded.replace("    ", "  ")),
        );
    }
    check(
        "summary: A short\n  text\nowner: >-\n  a\n  b\n",
        "summary: A short text\nowner: a b\n",
    );
    // Never broken anew, and never without what the author put between the lines.
    let line = format!("summary: {long} {long} {long}\n");
    check(&line, &line);
    check(
        &format!("summary: >\n  {long}\n\n  {long}\n    deeper\n"),
        &format!("summary: |\n  {long}\n  {long}\n    deeper\n"),
    );
}

#[test]
fn line_ends_and_byte_order_marks_stay() {
    check(
        "\u{feff}title:   T\r\nsteps:\r\n  a:\r\n    do: |\r\n      1\r\n      2\r\n    next: stuck # on\r\n",
        "\u{feff}title: T\r\n\r\nsteps:\r\n  a:\r\n    do: |\r\n      1\r\n      2\r\n    next: stuck # on\r\n",
    );
    check("title:  T\nowner: a\r\n", "title: T\nowner: a\n");
    check("", "");
    check("# nothing but this", "# nothing but this\n");
}

#[test]
fn lists_keep_their_form_and_their_comments() {
    check(
        "title: T
symptoms:
- one # first
# about two
- two

-   three
tags: [a,   # why a
  b]
allow:
  -
    no-tests
steps:
  a:
    next:
    -   goto: b
        when: x == 1   # sometimes
    - # always
      goto: c
    # over
",
        "title: T
symptoms:
  - one # first
  # about two
  - two

  - three
tags:
  - a       # why a
  - b
allow:
  - no-tests

steps:
  a:
    next:
      - when: x == 1   # sometimes
        goto: b
      - # always
        goto: c
    # over
",
    );
}

#[test]
fn anchors_keep_the_order_of_keys() {
    check(
        "title: T
steps:
    a:
      no: &end {fix: Over}
      yes: *end
      ask: Why?
",
        "title: T

steps:
  a:
    no: &end {fix: Over}
    yes: *end
    ask: Why?
",
    );
}

#[test]
fn texts_that_yaml_would_break_are_kept_to_the_letter() {
    let text = |yaml: &str| formatted(&format!("title: T\nsummary: {yaml}\n"));
    for (written, expected) in [
        ("\"  spaces around  \"", "\"  spaces around  \""),
        ("|2-\n    spaces around  ", "|2-\n    spaces around  "),
        ("'a: \"b\"'", "'a: \"b\"'"),
        ("'a: \"b\", ''c'''", "|-\n  a: \"b\", 'c'"),
        ("|-\n  a: b", "|-\n  a: b"),
        ("|-\n  plain", "plain"),
        ("\"\\e[31m\"", "\"\\x1b[31m\""),
        ("'it''s'", "it's"),
        ("'- dash'", "\"- dash\""),
        ("\"\"", "\"\""),
        ("|+\n  two\n\n", "|+\n  two\n\n"),
        ("'#5'", "\"#5\""),
        ("1.10", "1.10"),
        ("'1.10'", "\"1.10\""),
        ("no", "no"),
        ("~", "~"),
        ("a\n  b\n\n  c", "|-\n  a b\n  c"),
        (
            "|\n  kept  \n    deeper\n\n  x",
            "|\n  kept  \n    deeper\n\n  x",
        ),
        ("press #5", "press #5"),
        ("übel 📡", "übel 📡"),
    ] {
        assert_eq!(
            text(written),
            format!("title: T\nsummary: {expected}\n"),
            "{written}"
        );
    }
}

#[test]
fn what_is_mistaken_is_left_alone() {
    let refused = |text: &str| format(text, FileKind::Tree, &Limits::default()).unwrap_err();
    assert_eq!(refused("title: [a\n"), NotFormatted::Syntax);
    assert_eq!(refused("title: a: b\n"), NotFormatted::Syntax);
    assert_eq!(refused("- a\n"), NotFormatted::Unusual);
    assert_eq!(refused("[a]: b\n"), NotFormatted::Unusual);
    assert_eq!(refused("a: 1\n---\nb: 2\n"), NotFormatted::Unusual);
    // YAML has joined the lines: on one line nobody would see it any more.
    let folded =
        "title: T\nsteps:\n  a:\n    do: 1. Unplug it.\n      2. Plug it in.\n    no: stuck\n";
    assert_eq!(
        refused(folded),
        NotFormatted::Mistaken(vec![Code::FoldedList])
    );
    // In quotes `\n` may have been meant as a part of a path.
    assert_eq!(
        refused("title: \"C:\\new\"\n"),
        NotFormatted::Mistaken(vec![Code::TextCutOff])
    );
    let deep = "a: ".to_owned() + &"[".repeat(5_000);
    assert_eq!(refused(&deep), NotFormatted::Syntax);
}

#[test]
fn shipped_files_are_in_the_house_style() {
    for (path, text) in shipped().iter() {
        let kind = if path == "fixpath.yaml" {
            FileKind::Library
        } else {
            FileKind::Tree
        };
        if path.ends_with(".yaml") {
            assert_eq!(
                format(text, kind, &Limits::default()).as_deref(),
                Ok(text),
                "{path}"
            );
        }
    }
}
