//! Texts: what is hard to read, asks two things at once, or is missing.

use fixpath::diagnostic::Code;

use crate::support::Files;

/// Compiles one tree, or several files, and compares the findings.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(Files::split(text).compile().findings(), expected, "{text}");
}

/// A tree with this instruction.
fn says(text: &str) -> String {
    let text: String = text.lines().map(|line| format!("      {line}\n")).collect();
    format!("title: T\nsteps:\n  one:\n    do: |\n{text}    no: stuck\n")
}

const LONG: &str = "one two three four five six seven eight nine ten eleven twelve one two three four five six seven eight nine ten eleven twelve again";

#[test]
fn twenty_five_words_are_the_limit_of_a_sentence() {
    check(&says(&format!("Wait. {LONG}. Go on.")), &[]);
    check(
        &says(&format!("Wait. Now {LONG}. Go on.")),
        &[&format!("hard-to-read 5:13 Now {LONG}.")],
    );
    // Entries of a list and headings are sentences; code is one word.
    check(
        &says(&format!("- {LONG}\n- and again {LONG}").replace(" again", "")),
        &[],
    );
    check(
        &says(&format!("Type `a b c d e f` and {LONG}").replace("one two three", "")),
        &[],
    );
    check(
        &says(&format!("[{LONG}](https://example.org/a) `x`.")),
        &[&format!(
            "hard-to-read 5:8 {LONG}](https://example.org/a) `x`."
        )],
    );
}

#[test]
fn a_sentence_is_found_in_folded_and_quoted_texts() {
    let (first, rest) = LONG.split_at(60);
    check(
        &format!(
            "title: T\nsteps:\n  one:\n    do: >\n      Wait. It is {first}\n      {rest}.\n    no: stuck\n"
        ),
        &[&format!("hard-to-read 5:13 It is {first}")],
    );
    check(
        &format!("title: T\nsteps:\n  one: {{do: 'Don''t wait ü📡. It is {LONG}.', no: stuck}}\n"),
        &[&format!("hard-to-read 3:30 It is {LONG}.")],
    );
}

#[test]
fn long_words_count_from_thirty_words_on() {
    let hard = "Subsequently reinitialise the peripheral configuration. ";
    check(&says(&hard.repeat(5)), &[]);
    let hard = hard.repeat(6);
    check(&says(&hard), &["hard-to-read 4:9 |"]);
    // A long sentence is mended first.
    check(
        &says(&format!("{hard} Now {LONG}.")),
        &[&format!("hard-to-read 5:{} Now {LONG}.", 8 + hard.len())],
    );
}

#[test]
fn words_in_capitals_stand_in_the_glossary_or_in_code() {
    let tree = |glossary: &str| {
        format!(
            "# file: fixpath.yaml
stuck: {{escalate: desk, reason: No way on}}
{glossary}# file: example.yaml
title: The VPN
steps:
  one: {{do: 'Press (WPS) and `ABC`, then WPS again. Use the USB-C port.', no: two}}
  two: {{ask: Is the VPN on?, yes: stuck, no: {{fix: Plug the PC in}}, note: ASAP}}
"
        )
    };
    check(
        &tree(""),
        &[
            "hard-to-read 1:12 VPN",
            "hard-to-read 3:21 WPS",
            "hard-to-read 3:61 USB",
            "hard-to-read 4:61 PC",
        ],
    );
    check(
        &tree(
            "glossary:\n  VPN: the way into the office network\n  wps: a button\n  USB-C: the small port\n  PC: the computer\n",
        ),
        &[],
    );
}

#[test]
fn only_english_texts_for_customers_are_judged() {
    let tree = |locale: &str, more: &str| {
        format!(
            "# file: fixpath.yaml
stuck: {{escalate: desk, reason: No way on}}
locale: {locale}
# file: example.yaml
title: T
{more}steps:
  one: {{do: Press WPS., no: stuck}}
"
        )
    };
    check(&tree("en-GB", ""), &["hard-to-read 3:19 WPS"]);
    check(&tree("de", ""), &[]);
    check(&tree("en", "audience: agent\n"), &[]);
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk, reason: No way on, do: The ABC takes over.}
incidents:
  - {title: The LAN is down, say: ASAP}
# file: example.yaml
title: T
steps:
  one: {say: Press WPS., do: Press it., note: Not the USB, no: stuck}
",
        &[
            "hard-to-read fixpath.yaml:1:52 ABC",
            "hard-to-read fixpath.yaml:3:17 LAN",
        ],
    );
}

#[test]
fn two_question_marks_are_two_questions() {
    let tree = |ask: &str| {
        format!("title: T\nsteps:\n  one: {{ask: '{ask}', yes: stuck, no: {{fix: Done}}}}\n")
    };
    check(
        &tree("Is it on? Is it red?"),
        &["compound-question 3:25 Is it red?"],
    );
    check(&tree("Is it on, or is it off??"), &[]);
    check(
        &tree("Is `a?b` [here](https://example.org/?x=1?y) on?"),
        &[],
    );
    check(
        &tree("点いていますか？赤いですか？"),
        &["compound-question 3:15 点いていますか？赤いですか？"],
    );
}

#[test]
fn images_need_words() {
    let tree = |image: &str| {
        format!(
            "# file: example.yaml
title: T
steps:
  one: {{ask: Is it on?, image: {image}, yes: two, no: stuck}}
  two: {{fix: Done, link: https://example.org}}
# file: light.svg
<svg/>
"
        )
    };
    check(&tree("light.svg"), &["missing-alt 3:25 image"]);
    check(
        &tree("{src: light.svg, alt: light}"),
        &["missing-alt 3:25 image"],
    );
    check(
        &tree("{src: light.svg, alt: The light is at the back}"),
        &[],
    );
}

#[test]
fn an_escalation_says_why() {
    check(
        "# file: fixpath.yaml
stuck: {escalate: desk}
# file: example.yaml
title: T
stuck:
  escalate: desk
steps:
  one: {ask: Is it on?, yes: {escalate: desk}, no: two}
  two: {escalate: desk, do: We call back., reason: R}
",
        &[
            "vague-escalation fixpath.yaml:1:9 escalate",
            "vague-escalation 3:3 escalate",
            "vague-escalation 5:31 escalate",
        ],
    );
}

#[test]
fn a_review_is_overdue_from_the_day_after() {
    let tree = |day: &str| format!("title: T\nreview_by: {day}\nsteps:\n  one: {{end: Over}}\n");
    check(&tree("2026-11-21"), &[]);
    check(&tree("2026-11-20"), &["review-overdue 2:12 2026-11-20"]);
}

#[test]
fn warnings_can_be_allowed() {
    let text = "title: The LAN\nallow: [hard-to-read]\nsteps:\n  one: {end: Over}\n";
    check(text, &[]);
    let text = text.replace("allow: [hard-to-read]\n", "");
    let files = Files::split(&text).allow(Code::HardToRead);
    assert!(files.compile().findings().is_empty());
}

#[test]
fn capitals_for_emphasis_and_in_addresses_are_no_abbreviations() {
    for text in [
        "DO NOT unplug it, and NEVER open it.",
        "LOOK AT THE LIGHT. Press RESET.",
        "Open https://www.example.org/VPN/ABC or www.example.org/VPN.",
        "Write to DESK@EXAMPLE.ORG.",
        "It needs 5 GB, OK?",
        "TAKE A PICTURE OF THE STICKER.",
    ] {
        check(&says(text), &[]);
    }
    for (text, word) in [
        ("Press the WPS button.", "WPS"),
        ("Use THE WPS button.", "WPS"),
        ("Press WPS DNS now.", "WPS"),
    ] {
        let found = Files::split(&says(text)).compile().findings();
        assert!(
            found.first().is_some_and(|finding| finding.ends_with(word)),
            "{text}: {found:?}"
        );
    }
}

#[test]
fn a_question_mark_in_quotation_marks_asks_nobody() {
    let tree = |ask: &str| {
        format!("title: T\nsteps:\n  one: {{ask: '{ask}', yes: stuck, no: {{fix: Done}}}}\n")
    };
    for ask in [
        "Does it say \"Continue?\" or \"Go on?\"",
        "Does it say “Continue?” anywhere?",
        "Steht dort „Weiter?“ oder «Los?»?",
    ] {
        check(&tree(ask), &[]);
    }
    for ask in [
        "Is \"it\" on? Is it \"red\"?",
        "Is it a 27\" screen? Is it red?",
    ] {
        let codes = Files::split(&tree(ask)).compile().codes();
        assert_eq!(codes, ["compound-question"], "{ask}");
    }
}
