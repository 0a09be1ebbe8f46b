//! What YAML does to texts behind the author's back.

use super::support::Reading;

#[test]
fn words_are_words_whatever_yaml_makes_of_them() {
    let reading = Reading::tree(
        "title: no\nsummary: 1.10\ntags: [yes, null, ~, 007, 2026-01-01, 1e3, 0x1F, .5]\nsteps:\n  a: {end: null}\n",
    );
    assert_eq!(reading.places(), [""; 0]);
    let script = &reading.script;
    assert_eq!(&*script.title.as_ref().unwrap().value, "no");
    assert_eq!(&*script.summary.as_ref().unwrap().value, "1.10");
    let tags: Vec<&str> = script.tags.iter().map(|tag| &*tag.value).collect();
    assert_eq!(
        tags,
        ["yes", "null", "~", "007", "2026-01-01", "1e3", "0x1F", ".5"]
    );
}

#[test]
fn a_comma_that_splits_a_text_is_one_finding() {
    let text = "  a:\n    ask: A?\n    yes: {fix: Unplug it, wait, then plug it in, no: stuck}\n    no: stuck\n";
    let reading = Reading::steps(text);
    assert_eq!(
        reading.words(),
        ["split-text Unplug it, wait, then plug it in"]
    );
    assert!(
        reading
            .mended()
            .contains("{fix: \"Unplug it, wait, then plug it in\", no: stuck}")
    );
    let mended = Reading::tree(&reading.mended());
    assert_eq!(mended.places(), [""; 0]);
    // In a list, commas part the entries; an empty value with a colon is empty, not split.
    let reading = Reading::steps("  a: {do: A, tags: [b, c], no:}\n");
    assert_eq!(reading.words(), ["unknown-key tags", "bad-value"]);
}

#[test]
fn lines_that_look_like_a_list_keep_their_lines() {
    for (text, mended) in [
        (
            "    do:\n      1. Unplug it.\n      2. Wait.\n",
            "    do: |\n      1. Unplug it.\n      2. Wait.\n",
        ),
        (
            "    do: 1) Unplug it.\n      2) Wait.\n",
            "    do: |\n      1) Unplug it.\n      2) Wait.\n",
        ),
        (
            "    do: >-\n      - Unplug it.\n      - Wait.\n",
            "    do: |-\n      - Unplug it.\n      - Wait.\n",
        ),
        (
            "    do: \"* Unplug it.\n      * Wait.\"\n",
            "    do: |\n      * Unplug it.\n      * Wait.\n",
        ),
        (
            "    do: >\n      Look.\n\n      | Light | Do |\n      |---|---|\n      | red | Wait |\n",
            "    do: |\n      Look.\n\n      | Light | Do |\n      |---|---|\n      | red | Wait |\n",
        ),
    ] {
        let reading = Reading::steps(&format!("  a:\n{text}    no: stuck\n"));
        assert_eq!(reading.findings.len(), 1, "{text}");
        assert_eq!(reading.findings[0].code.name(), "folded-list");
        let expected = format!("title: T\nsteps:\n  a:\n{mended}    no: stuck\n");
        assert_eq!(reading.mended(), expected);
        let instruction = reading.script.steps[0].instruction.as_ref().unwrap();
        assert!(instruction.value.contains(".\n"), "{}", instruction.value);
        assert_eq!(Reading::tree(&expected).places(), [""; 0]);
    }
}

#[test]
fn a_sentence_that_goes_on_is_no_list() {
    for text in [
        "    do: Wait for the light\n      and press the button.\n",
        "    do: >\n      Wait.\n      2. is later.\n",
        "    do: |\n      1. Wait.\n      2. Press.\n",
        "    do: Version 1.\n      2.5 is out\n      -5 degrees\n",
    ] {
        let reading = Reading::steps(&format!("  a:\n{text}    no: stuck\n"));
        assert_eq!(reading.places(), [""; 0], "{text}");
    }
}

#[test]
fn a_text_that_a_comment_cuts_off() {
    let reading = Reading::steps("  a:\n    do: Press #5 to listen. # or ask\n    no: stuck\n");
    assert_eq!(reading.places(), ["text-cut-off 4:14-4:37"]);
    assert!(
        reading
            .mended()
            .contains("do: \"Press #5 to listen. # or ask\"\n")
    );
    for comment in ["# fine", "#", "## fine", "#\tfine"] {
        let reading = Reading::steps(&format!("  a:\n    do: Press {comment}\n    no: stuck\n"));
        assert_eq!(reading.places(), [""; 0], "{comment}");
    }
    // Names are no texts: what stands behind them is a comment.
    let reading = Reading::steps("  a:\n    do: Press\n    no: stuck #5\n");
    assert_eq!(reading.places(), [""; 0]);
}

#[test]
fn words_that_begin_with_a_sign_of_yaml() {
    let reading = Reading::steps(
        "  a:\n    do: &loud Turn it up.\n    say: !Important Wait.\n    no: stuck\n",
    );
    assert_eq!(
        reading.words(),
        ["text-cut-off &loud", "text-cut-off !Important"]
    );
    let mended = reading.mended();
    assert!(mended.contains("do: \"&loud Turn it up.\"\n    say: \"!Important Wait.\"\n"));
    assert_eq!(Reading::tree(&mended).places(), [""; 0]);
    // An anchor that an alias uses is what it is.
    let reading = Reading::steps("  a:\n    do: A\n    tried: &out stuck\n    no: *out\n");
    assert_eq!(reading.places(), [""; 0]);
}

#[test]
fn a_colon_in_an_entry_of_a_list_of_texts() {
    let reading =
        Reading::tree("title: T\nsymptoms:\n  - Error: no light\nsteps:\n  a: {end: Done}\n");
    assert_eq!(reading.words(), ["text-cut-off Error: no light"]);
    assert_eq!(&*reading.script.symptoms[0].value, "Error: no light");
    assert!(reading.mended().contains("- \"Error: no light\"\n"));
}

#[test]
fn a_backslash_that_becomes_a_line() {
    let reading =
        Reading::steps("  a:\n    ask: \"Is C:\\new there?\"\n    yes: stuck\n    no: stuck\n");
    assert_eq!(reading.places(), ["text-cut-off 4:16-4:18"]);
    assert!(reading.mended().contains("ask: 'Is C:\\new there?'\n"));
    let reading = Reading::steps("  a:\n    do: \"One.\\n\n      Two.\"\n    no: stuck\n");
    assert_eq!(reading.places(), [""; 0], "over several lines it is meant");
}

#[test]
fn a_byte_order_mark_and_other_line_ends_change_nothing() {
    let text =
        "title: T\r\nsteps:\r\n  a:\r\n    do: |\r\n      One.\r\n      Two.\r\n    no: stuck\r\n";
    let reading = Reading::tree(text);
    assert_eq!(reading.places(), [""; 0]);
    let instruction = reading.script.steps[0].instruction.as_ref().unwrap();
    assert_eq!(&*instruction.value, "One.\nTwo.\n");
}

#[test]
fn keys_are_words_too() {
    let reading = Reading::steps(
        "  a:\n    ask: A?\n    answers:\n      yes: b\n      no: b\n      true: b\n      null: b\n      1: b\n  b: {end: Done}\n",
    );
    assert_eq!(reading.places(), [""; 0]);
}
