//! Errors of YAML itself: each is found at its place, in words for people who never programmed, with the edit that
//! mends it; and nothing else is reported because of it.

use super::support::Reading;

/// A tree in which one line is wrong: the finding's place, and the file once its mend is applied, in which nothing is
/// wrong any more.
#[track_caller]
fn mends(steps: &str, place: &str, mended: &str) {
    let reading = Reading::steps(steps);
    assert_eq!(
        reading.places(),
        [format!("yaml-syntax {place}")],
        "{steps}"
    );
    let expected = format!("title: T\nsteps:\n{mended}");
    assert_eq!(reading.mended(), expected);
    assert_eq!(Reading::tree(&expected).places(), [""; 0], "{expected}");
}

/// A tree in which one line is wrong and no edit is sure to mend it.
#[track_caller]
fn finds(steps: &str, place: &str, message: &str) {
    let reading = Reading::steps(steps);
    assert_eq!(
        reading.places(),
        [format!("yaml-syntax {place}")],
        "{steps}"
    );
    let finding = &reading.findings[0];
    assert!(finding.message.contains(message), "{}", finding.message);
    assert!(finding.fix.is_none(), "{:?}", finding.fix);
    assert!(finding.help.is_some());
}

/// A question whose text is given.
fn ask(text: &str) -> String {
    format!("  a:\n    ask: {text}\n    yes: stuck\n    no: stuck\n")
}

#[test]
fn a_text_that_begins_with_a_sign_wants_quotes() {
    for text in [
        "*Is a light on?*",
        "*light*",
        "@home or not?",
        "`ping` works?",
        "%s or more?",
        "& so on?",
        "!!! Is it on?",
        "!Really?",
        "- on?",
        "? on",
        "] on?",
        ", on?",
        "[x] on?",
        "{x} on?",
        "> 5 lights?",
        "|| on?",
    ] {
        let quoted = ask(&format!("\"{text}\""));
        let reading = Reading::steps(&ask(text));
        assert_eq!(reading.findings.len(), 1, "{text}: {:?}", reading.places());
        assert_eq!(reading.findings[0].code.name(), "yaml-syntax", "{text}");
        assert_eq!(reading.mended(), format!("title: T\nsteps:\n{quoted}"));
    }
}

#[test]
fn the_sign_itself_is_the_place() {
    mends(
        &ask("*Is a light on?*"),
        "4:10-4:11",
        &ask("\"*Is a light on?*\""),
    );
}

#[test]
fn columns_count_characters() {
    mends(
        &ask("Größe 📡: groß?"),
        "4:17-4:18",
        &ask("\"Größe 📡: groß?\""),
    );
}

#[test]
fn a_colon_in_a_text_wants_quotes() {
    mends(
        &ask("Look behind it: is it plugged in?"),
        "4:24-4:25",
        &ask("\"Look behind it: is it plugged in?\""),
    );
    mends(
        &ask("It says \"Error\": what now?"),
        "4:25-4:26",
        &ask("'It says \"Error\": what now?'"),
    );
}

#[test]
fn a_text_behind_its_closing_quote_wants_quotes_around_all() {
    mends(
        &ask("\"Device not found\" on the screen?"),
        "4:29-4:43",
        &ask("'\"Device not found\" on the screen?'"),
    );
    mends(&ask("'It's on?'"), "4:14-4:20", &ask("\"'It's on?'\""));
}

#[test]
fn a_quote_that_is_not_closed_is_closed_on_its_line() {
    mends(&ask("\"Is it on?"), "4:10-4:20", &ask("\"Is it on?\""));
    finds(&ask("'Is it on?"), "4:10-4:20", "not closed");
    // Another quote further down does not lead astray.
    let other = "  b:\n    ask: \"Second?\"\n    yes: stuck\n    no: stuck\n";
    let (broken, mended) = (ask("\"Is it on?"), ask("\"Is it on?\""));
    mends(
        &format!("{broken}{other}"),
        "4:10-4:20",
        &format!("{mended}{other}"),
    );
}

#[test]
fn a_quoted_text_that_goes_on_too_far_left_is_indented() {
    mends(
        "  a:\n    ask: \"Is it\n  on?\"\n    yes: stuck\n    no: stuck\n",
        "5:3-5:7",
        "  a:\n    ask: \"Is it\n      on?\"\n    yes: stuck\n    no: stuck\n",
    );
}

#[test]
fn a_backslash_that_means_nothing_wants_single_quotes() {
    mends(
        &ask("\"Is C:\\Users\\it's there?\""),
        "4:16-4:18",
        &ask("'Is C:\\Users\\it''s there?'"),
    );
}

#[test]
fn tabs_are_found_once_and_replaced_everywhere() {
    mends(
        "\ta:\n\t\task: A?\n\t\tyes: stuck\n\t\tno: stuck\n",
        "3:1-3:2",
        "  a:\n    ask: A?\n    yes: stuck\n    no: stuck\n",
    );
    let mixed = Reading::steps("  a:\n\task: A?\n\tyes: stuck\n    no: stuck\n");
    assert_eq!(mixed.places(), ["yaml-syntax 4:1-4:2"]);
}

#[test]
fn a_line_too_deep_is_indented_like_its_sibling() {
    mends(
        "  a:\n    ask: A?\n     yes: stuck\n    no: stuck\n",
        "5:6-5:9",
        "  a:\n    ask: A?\n    yes: stuck\n    no: stuck\n",
    );
}

#[test]
fn a_line_not_deep_enough_is_indented_like_its_sibling() {
    mends(
        "  a:\n    ask: A?\n   yes: stuck\n    no: stuck\n",
        "5:4-5:7",
        "  a:\n    ask: A?\n    yes: stuck\n    no: stuck\n",
    );
}

#[test]
fn list_entries_are_indented_alike() {
    mends(
        "  a:\n    do: A\n    checklist:\n      - one\n     - two\n    no: stuck\n",
        "7:6-7:7",
        "  a:\n    do: A\n    checklist:\n      - one\n      - two\n    no: stuck\n",
    );
}

#[test]
fn a_missing_space_behind_a_colon_is_added() {
    mends(
        "  a:\n    ask:Is it on?\n    yes: stuck\n    no: stuck\n",
        "4:5-4:9",
        &ask("Is it on?"),
    );
    mends(
        "  a:\n    ask: Is it on?\n    yes:stuck\n    no: stuck\n",
        "5:5-5:9",
        &ask("Is it on?"),
    );
    mends(
        "  a:\n    ask:Is it on?\n    yes:stuck\n    no:stuck\n",
        "4:5-4:9",
        &ask("Is it on?"),
    );
}

#[test]
fn a_missing_space_behind_a_dash_is_added() {
    mends(
        "  a:\n    do: A\n    checklist:\n      -one\n      -two\n    no: stuck\n",
        "6:7-6:8",
        "  a:\n    do: A\n    checklist:\n      - one\n      - two\n    no: stuck\n",
    );
}

#[test]
fn a_line_without_a_colon_is_found() {
    finds(
        "  a:\n    ask\n    yes: stuck\n    no: stuck\n",
        "4:5-4:8",
        "neither a key",
    );
    mends(
        "  a:\n    ask: Is it on,\n    or off?\n    yes: stuck\n    no: stuck\n",
        "5:5-5:12",
        "  a:\n    ask: Is it on,\n      or off?\n    yes: stuck\n    no: stuck\n",
    );
}

#[test]
fn brackets_are_closed() {
    mends(
        "  a:\n    ask: A?\n    yes: {fix: Done\n    no: stuck\n",
        "5:10-5:11",
        "  a:\n    ask: A?\n    yes: {fix: Done}\n    no: stuck\n",
    );
    mends(
        "  a:\n    ask: A?\n    yes: {fix: Done]\n    no: stuck\n",
        "5:20-5:21",
        "  a:\n    ask: A?\n    yes: {fix: Done}\n    no: stuck\n",
    );
    mends(
        "  a:\n    ask: A?\n    yes: {fix: Done}}\n    no: stuck\n",
        "5:21-5:22",
        "  a:\n    ask: A?\n    yes: {fix: Done}\n    no: stuck\n",
    );
    mends(
        "  a:\n    ask: A?\n    yes: stuck\n    no: {fix: Done",
        "6:9-6:10",
        "  a:\n    ask: A?\n    yes: stuck\n    no: {fix: Done}",
    );
}

#[test]
fn texts_in_brackets_want_quotes() {
    for (text, column, length) in [
        ("Look: here", 20, 1),
        ("*Look* here", 16, 1),
        ("@home", 16, 1),
        ("Look [here] now", 21, 1),
        ("- so", 16, 1),
    ] {
        mends(
            &format!("  a:\n    ask: A?\n    yes: {{fix: {text}}}\n    no: stuck\n"),
            &format!("5:{column}-5:{}", column + length),
            &format!("  a:\n    ask: A?\n    yes: {{fix: \"{text}\"}}\n    no: stuck\n"),
        );
    }
    mends(
        "  a:\n    ask: A?\n    yes: {fix: \"Look\" here, cause: b}\n    no: stuck\n",
        "5:23-5:27",
        "  a:\n    ask: A?\n    yes: {fix: '\"Look\" here', cause: b}\n    no: stuck\n",
    );
}

#[test]
fn a_block_text_begins_below_its_sign() {
    mends(
        "  a:\n    do: | One.\n      Two.\n    no: stuck\n",
        "4:11-4:15",
        "  a:\n    do: |\n      One.\n      Two.\n    no: stuck\n",
    );
    mends(
        "  a:\n    do: |\n    One.\n    Two.\n    no: stuck\n",
        "5:5-6:9",
        "  a:\n    do: |\n      One.\n      Two.\n    no: stuck\n",
    );
    mends(
        "  a:\n    do: |\n      One.\n     Two.\n    no: stuck\n",
        "6:6-6:10",
        "  a:\n    do: |\n      One.\n      Two.\n    no: stuck\n",
    );
}

#[test]
fn comments_are_parted_from_what_stands_before_them() {
    mends(
        "  a:\n    ask: \"A?\"# really\n    yes: stuck\n    no: stuck\n",
        "4:14-4:15",
        "  a:\n    ask: \"A?\" # really\n    yes: stuck\n    no: stuck\n",
    );
    finds(
        "  a:\n    ask: Is it # really\n      on?\n    yes: stuck\n    no: stuck\n",
        "4:16-4:24",
        "comment",
    );
}

#[test]
fn a_list_and_keys_do_not_mix() {
    finds(
        "  a:\n    do: A\n    - one\n    no: stuck\n",
        "5:5-5:6",
        "no list is",
    );
    finds(
        "  a:\n    do: A\n    checklist:\n      - one\n      two: three\n    no: stuck\n",
        "7:7-7:10",
        "fits no line above",
    );
}

#[test]
fn the_first_key_stands_at_the_left_edge() {
    let reading = Reading::tree("  title: T\nsteps:\n  a: {end: Done}\n");
    assert_eq!(reading.places(), ["yaml-syntax 1:3-1:8"]);
    assert_eq!(reading.mended(), "title: T\nsteps:\n  a: {end: Done}\n");
}

#[test]
fn a_file_is_one_document() {
    let reading = Reading::tree("title: T\nsteps:\n  a: {end: Done}\n---\ntitle: U\n");
    assert_eq!(reading.places(), ["yaml-syntax 4:1-4:4"]);
    let reading = Reading::tree("---\ntitle: T\nsteps:\n  a: {end: Done}\n...\n");
    assert_eq!(reading.places(), [""; 0]);
    let reading = Reading::tree("%YAML 1.2\ntitle: T\nsteps:\n  a: {end: Done}\n");
    assert_eq!(reading.places(), ["yaml-syntax 1:1-1:10"]);
}

#[test]
fn what_stands_in_a_broken_line_is_read_as_it_was_meant() {
    let reading = Reading::steps(&ask("Look: is it on?"));
    let ask = reading.script.steps[0].ask.as_ref().unwrap();
    assert_eq!(&*ask.value, "Look: is it on?");
    assert!(!reading.script.broken);
}

#[test]
fn a_step_that_is_lost_is_not_missed() {
    let reading = Reading::steps("  a:\n    do: A\n    no: b\n  @b:\n    do: B\n    no: stuck\n");
    assert_eq!(reading.words(), ["yaml-syntax @"]);
    assert!(reading.script.broken, "a name may be missing");
    let reading = Reading::steps("  a:\n    do: A\n    no: b\n b:\n    do: B\n    no: stuck\n");
    assert_eq!(reading.words(), ["yaml-syntax b"]);
    assert!(!reading.script.broken, "read on as if it stood right");
}

#[test]
fn all_faults_of_a_file_come_in_one_run() {
    let many: String = (0..40)
        .map(|at| format!("  s{at}:\n    ask: @x\n    yes: stuck\n    no: {{fix: a: b}}\n"))
        .collect();
    assert_eq!(Reading::steps(&many).findings.len(), 80);
}
