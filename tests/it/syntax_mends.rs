//! What an author did to a sound tree, in one place: one finding says so, and its mend gives the tree back.

use crate::support::Files;

const SOUND: &str = "title: No sound
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
      not red: plug
    unsure: plug

  unmute:
    do: Press the button on the cable.
    no: plug

  plug:
    do: Plug the headset in again.
    no: stuck

tests:
  it was muted:
    answers: [plugged: yes, muted: red, unmute: yes]
    ends: unmute
  it was not plugged in:
    answers: [plugged: no, plug: yes]
    ends: plug
  nothing helps:
    answers: [plugged: yes, muted: not red, plug: no]
    ends: stuck
";

/// The sound tree with one text in it replaced has one finding of this code and words; its mend makes the tree sound.
fn spoil(from: &str, to: &str, says: &str) {
    assert!(SOUND.contains(from), "{from}");
    let compiled = Files::example(&SOUND.replacen(from, to, 1)).compile();
    let messages = compiled.messages();
    assert_eq!(messages.len(), 1, "{to}: {messages:#?}");
    assert!(messages[0].starts_with(says), "{to}: {messages:#?}");
    assert_eq!(compiled.mended("example.yaml"), SOUND, "{to}");
}

#[test]
fn the_tree_is_sound() {
    assert_eq!(Files::example(SOUND).compile().findings(), [""; 0]);
}

#[test]
fn other_signs_for_a_colon() {
    let says = |sign: &str| format!("`{sign}` stands where a colon is wanted");
    for sign in ["->", "=>", "=", "\u{2192}"] {
        spoil("no: stuck", &format!("no {sign} stuck"), &says(sign));
        spoil("red: unmute", &format!("red {sign} unmute"), &says(sign));
    }
}

#[test]
fn signs_around_a_key() {
    let says = "is written with signs around the key";
    for marked in ["**ask**:", "**ask:**", "`ask`:", "_ask_:"] {
        let compiled = Files::example(&SOUND.replacen("ask:", marked, 1)).compile();
        let messages = compiled.messages();
        assert_eq!(messages.len(), 1, "{marked}: {messages:#?}");
        assert!(messages[0].contains(says), "{messages:#?}");
        assert_eq!(compiled.mended("example.yaml"), SOUND);
    }
}

#[test]
fn answers_that_are_only_yes_and_no() {
    let says = "`answers` holds nothing but yes and no";
    let arms = "    yes: {fix: It works}\n    no: stuck\n";
    let sound = SOUND.replacen("again.\n    no: stuck\n", &format!("again.\n{arms}"), 1);
    let nested = sound.replacen(
        arms,
        "    answers:\n      yes: {fix: It works}\n      no: stuck\n",
        1,
    );
    let compiled = Files::example(&nested).compile();
    let messages = compiled.messages();
    assert!(
        messages.len() == 1 && messages[0].starts_with(says),
        "{messages:#?}"
    );
    assert_eq!(compiled.mended("example.yaml"), sound);
}

#[test]
fn brackets_around_a_name() {
    spoil(
        "  unmute:",
        "  [unmute]:",
        "`[unmute]` is a name in brackets",
    );
}

#[test]
fn lines_of_an_answered_mail() {
    let says = "a line begins with `>`";
    spoil("    yes: muted\n", ">     yes: muted\n", says);
    let step = "  unmute:\n    do: Press the button on the cable.\n";
    let answered = ">   unmute:\n>     do: Press the button on the cable.\n";
    spoil(step, answered, says);
}

#[test]
fn a_merge_that_is_not_finished() {
    let line = "    help: Look at its cable.\n";
    let both =
        format!("<<<<<<< HEAD\n{line}=======\n    help: Follow the cable.\n>>>>>>> shorter\n");
    let says = "two versions of these lines stand one below the other";
    spoil(line, &both, says);
}

#[test]
fn a_line_that_is_not_there() {
    spoil(
        "  unmute:\n",
        "",
        "the line `unmute:` is missing above `do`",
    );
    spoil(
        "  plugged:\n",
        "",
        "the line `plugged:` is missing above `ask`",
    );
    spoil(
        "    answers:\n",
        "",
        "the line `answers:` is missing above `red`",
    );
    spoil(
        "tests:\n",
        "",
        "the line `tests:` is missing above `it was muted`",
    );
}

#[test]
fn two_lines_in_one() {
    let says = |name: &str| format!("a line break is missing before `{name}`");
    spoil("muted\n    no:", "muted no:", &says("no"));
    spoil(
        "unmute\n      not red:",
        "unmute not red:",
        &says("not red"),
    );
    spoil("answers:\n      red:", "answers: red:", &says("red"));
    let name = "it was not plugged in";
    spoil(
        &format!("unmute\n  {name}:"),
        &format!("unmute {name}:"),
        &says(name),
    );
}

#[test]
fn a_text_that_goes_on_too_far_left() {
    let compiled =
        Files::example(&SOUND.replacen("on the cable do?", "on\nthe cable do?", 1)).compile();
    let messages = compiled.messages();
    assert_eq!(
        messages,
        ["a text goes on too far left -> indent every line of a text deeper than its key"]
    );
    let mended = compiled.mended("example.yaml");
    assert_eq!(
        mended,
        SOUND.replacen("on the cable do?", "on\n      the cable do?", 1)
    );
}

#[test]
fn a_colon_in_a_text_is_no_line_break() {
    let says = "a colon and a space stand in the middle of a text";
    let text = "Look at this note: it is red";
    let spoiled = SOUND.replacen("Look at its cable.", text, 1);
    let messages = Files::example(&spoiled).compile().messages();
    assert!(
        messages.len() == 1 && messages[0].starts_with(says),
        "{messages:#?}"
    );
}

#[test]
fn a_step_that_is_not_there_is_one_finding() {
    let step = "  plug:\n    do: Plug the headset in again.\n    no: stuck\n\n";
    let compiled = Files::example(&SOUND.replacen(step, "", 1)).compile();
    let edges = compiled.findings();
    assert_eq!(edges, ["unknown-step 7:9 plug"]);
    assert_eq!(compiled.diagnostics()[0].secondary.len(), 3);
}

#[test]
fn a_step_with_a_name_that_none_can_have_is_one_finding() {
    for name in ["1_unmute", "Unmute", "2. unmute", "un\u{43c}ute"] {
        let spoiled = SOUND.replacen("  unmute:", &format!("  {name}:"), 1);
        let codes = Files::example(&spoiled).compile().codes();
        assert_eq!(codes, ["bad-name"], "{name}");
    }
}
