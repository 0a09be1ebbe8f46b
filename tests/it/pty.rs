//! The real binary in a pseudo terminal: what a person sees, types and gets back.

use crate::support::Folder;
use crate::support::pty::{Pty, Start, fixpath};

const LAMP: &str = "
title: The lamp stays dark
steps:
  plug:
    ask: Is it plugged in?
    help: Follow the cable to the wall.
    say: Could you look at the plug for me?
    yes: bulb
    no: {end: Plug it in}
  bulb:
    ask: Which bulb is in it?
    answers: {led: name, halogen: name}
  name:
    ask: Who are you?
    text: {example: Ada}
    next: pause
  pause:
    do: Let it cool down.
    wait: 10m
    no: parts
  parts:
    ask: Which of these do you have?
    answers: {fuse: last, cable: last, socket: last, switch: last, dimmer: last, lamp: last, bulb: last, key: last, 日本の電球: last, cord: last}
  last:
    do: Try another room.
    no: {escalate: desk, reason: Dark everywhere}
";

fn lamp(name: &str) -> Folder {
    Folder::new(name)
        .file(
            "fixpath.yaml",
            "stuck: {escalate: desk, reason: The script did not help}\n",
        )
        .file("lamp.yaml", LAMP)
}

fn run<'a>() -> Start<'a> {
    fixpath(&["run", "lamp"])
}

/// Starts, and waits for the first prompt.
fn start(folder: &Folder) -> Pty {
    let mut pty = run().start(folder.path());
    pty.see("y  yes");
    pty
}

#[test]
fn a_walk_by_keys_ends_with_the_note_and_a_sane_terminal() {
    let folder = lamp("pty-walk");
    let mut pty = start(&folder);
    pty.see("Is it plugged in?")
        .see("│ Could you look at the plug for me?");
    pty.send("y")
        .see("Which bulb is in it?")
        .send("2")
        .see("Who are you?");
    pty.send("Ada 日本")
        .see("> Ada 日本")
        .send("\r")
        .see("Let it cool down.")
        .see("left");
    pty.send(" ")
        .see_no("any key skips")
        .send("n")
        .see("Which of these do you have?");
    pty.send("soket")
        .see("▸ socket")
        .send("\r")
        .see("Try another room.");
    pty.send("n").see("This goes to: desk").send("\r");
    let (code, screen) = pty.end();
    assert_eq!(code, 3, "{screen}");
    assert!(screen.contains("Who are you?  → Ada 日本"), "{screen}");
    assert!(
        screen.contains("Dark everywhere"),
        "the note is printed:\n{screen}"
    );
}

#[test]
fn what_was_typed_early_goes_where_it_belongs() {
    let folder = lamp("pty-early");
    let mut pty = run().start(folder.path());
    pty.send("y1Ada\rn");
    pty.see("Which of these do you have?");
    let screen = pty.screen();
    for answered in [
        "plugged in?  → yes",
        "in it?  → led",
        "Who are you?  → Ada",
        "cool down.  → did not help",
    ] {
        assert!(screen.contains(answered), "{answered}:\n{screen}");
    }
}

#[test]
fn back_goes_as_far_as_one_likes_and_suggests_what_was_answered() {
    let folder = lamp("pty-back");
    let mut pty = start(&folder);
    pty.send("y")
        .see("Which bulb")
        .send("1")
        .see("Who are you?");
    pty.send("\x1b")
        .see("Press a key")
        .send("b")
        .see("led  (Enter keeps this)");
    pty.send("b")
        .see("yes  (Enter keeps this)")
        .send("\r")
        .see("Which bulb");
}

#[test]
fn ctrl_c_leaves_the_terminal_sane_and_prints_the_note_so_far() {
    let folder = lamp("pty-ctrl-c");
    let mut pty = start(&folder);
    pty.send("y").see("Which bulb").send("\x03");
    let (code, screen) = pty.end();
    assert_eq!(code, 4);
    assert!(screen.contains("Not finished"), "{screen}");
}

#[test]
fn a_signal_leaves_it_sane_too() {
    let folder = lamp("pty-signal");
    for signal in ["INT", "TERM"] {
        let mut pty = start(&folder);
        pty.send("y").see("Which bulb");
        pty.signal(signal);
        let (code, screen) = pty.end();
        assert_eq!(code, 4, "{signal}");
        assert!(screen.contains("Not finished"), "{screen}");
    }
}

#[test]
fn ctrl_c_in_a_menu_leaves_it_sane() {
    let folder = lamp("pty-menu");
    let mut pty = start(&folder);
    pty.send("y")
        .see("Which bulb")
        .send("f")
        .see("Correct which answer?")
        .send("\x03");
    let (code, screen) = pty.end();
    assert_eq!(code, 4, "{screen}");
}

#[test]
fn an_earlier_answer_is_corrected_from_the_menu() {
    let folder = lamp("pty-correct");
    let mut pty = start(&folder);
    pty.send("y")
        .see("Which bulb")
        .send("1")
        .see("Who are you?")
        .send("\x1b")
        .see("Press a key");
    pty.send("f")
        .see("❯ Which bulb is in it? → led")
        .send("\r")
        .see("Correct:")
        .send("2");
    pty.see("Corrected: Which bulb is in it? → halogen")
        .see("Who are you?");
    // Keys typed before the menu is there count in it.
    pty.send("\x1b")
        .see("Press a key")
        .send("f\x1b[A\r")
        .see("Correct: Is it plugged in?")
        .send("n")
        .see("Plug it in");
}

#[test]
fn a_paste_is_text_or_nothing() {
    let folder = lamp("pty-paste");
    let mut pty = start(&folder);
    pty.send("\x1b[200~y\r2\ry\x1b[201~")
        .see("A pasted text answers nothing here.");
    pty.send("y")
        .see("Which bulb")
        .send("1")
        .see("Who are you?");
    pty.send("\x1b[200~Ada\ny\nn\n\x1b[201~")
        .see("> Ada y n")
        .send("\r")
        .see("→ Ada y n");
}

#[test]
fn nothing_is_coloured_with_no_color_and_words_carry_the_meaning() {
    let folder = lamp("pty-no-color");
    let mut pty = run().env("NO_COLOR", "1").start(folder.path());
    pty.see("│ Say").send("y").see("Which bulb").send("\x03");
    let raw = pty.raw();
    pty.end();
    let colored = ["\x1b[3", "\x1b[4", "\x1b[9", ";3", ";9"]
        .iter()
        .filter(|code| {
            raw.match_indices(**code).any(|(at, code)| {
                let rest = &raw[at + code.len()..];
                let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
                digits.len() == 1 && rest[digits.len()..].starts_with(['m', ';'])
            })
        });
    assert_eq!(colored.count(), 0, "{raw:?}");
    let mut pty = start(&folder);
    pty.send("\x03");
    assert!(pty.raw().contains("36m"), "without it there are colours");
    pty.end();
}

#[test]
fn a_dumb_terminal_is_walked_line_by_line() {
    let folder = lamp("pty-dumb");
    let mut pty = run().env("TERM", "dumb").start(folder.path());
    pty.see("Answer: yes or no")
        .send("yes\r")
        .see("1. led")
        .send("\x03");
    let raw = pty.raw();
    let (code, screen) = pty.end();
    assert_eq!(code, 4);
    assert!(!raw.contains('\x1b'), "{raw:?}");
    assert!(screen.contains("Not finished"), "{screen}");
}

#[test]
fn the_width_follows_the_window() {
    let folder = lamp("pty-resize");
    let mut pty = run().size(100, 40).start(folder.path());
    pty.see("y  yes")
        .send("y")
        .see("Which bulb")
        .send("b")
        .see("(Enter keeps this)");
    pty.resize(30, 40)
        .see("│ Could you look at the\n  │ plug for me?");
    pty.resize(100, 40)
        .see("│ Could you look at the plug for me?");
    let screen = pty.screen();
    assert_eq!(
        screen.matches("Follow the cable").count(),
        1,
        "nothing of the old block is left:\n{screen}"
    );
    pty.send("\x03");
    pty.end();
}

#[test]
fn no_key_waits_for_another_one_when_the_window_changes_with_it() {
    let folder = lamp("pty-resize-key");
    let mut pty = run().size(80, 40).start(folder.path());
    pty.see("y  yes").send("y").see("Which bulb").send("1");
    pty.see("Who are you?");
    let mut typed = String::new();
    for (at, letter) in ('a'..='z').cycle().take(60).enumerate() {
        pty.resize(if at % 2 == 0 { 100 } else { 80 }, 40);
        pty.send(&letter.to_string());
        typed.push(letter);
        pty.see(&typed);
    }
    pty.send("\x03");
    pty.end();
}

#[test]
fn a_prompt_higher_than_the_window_scrolls_and_is_not_repeated() {
    let folder = lamp("pty-low");
    let mut pty = run().size(60, 8).start(folder.path());
    pty.see("y  yes")
        .send("\x1b[B")
        .see("▸ y")
        .send("\x1b[B")
        .see("▸ n")
        .send("\x1b[B")
        .see("▸ y");
    let all = pty.all();
    assert_eq!(all.matches("Is it plugged in?").count(), 1, "{all}");
    pty.send("\r").see("Which bulb");
    pty.send("\x03");
    pty.end();
}

#[test]
fn what_was_answered_can_be_scrolled_back_to() {
    let folder = lamp("pty-scroll");
    let mut pty = run().size(80, 12).start(folder.path());
    pty.see("y  yes")
        .send("y")
        .see("Which bulb")
        .send("1")
        .see("Who are you?")
        .send("Ada\r")
        .see("cool down");
    let all = pty.all();
    for answered in ["plugged in?  → yes", "in it?  → led", "Who are you?  → Ada"] {
        assert_eq!(all.matches(answered).count(), 1, "{answered}:\n{all}");
    }
}

#[test]
fn the_trouble_is_searched_while_it_is_typed() {
    let folder = lamp("pty-search").file(
        "print/jam.yaml",
        "title: Paper is stuck in the printer\nsteps:\n  a: {ask: Is the tray closed?, yes: {end: Good}, no: {end: Close it}}\n",
    );
    let mut pty = fixpath(&[]).start(folder.path());
    pty.see("What is the trouble?").see("The lamp stays dark");
    pty.send("papre in the pritner")
        .see_no("The lamp stays dark")
        .send("\r")
        .see("Is the tray closed?");
    pty.send("n").see("Close it").send("\r");
    let (code, screen) = pty.end();
    assert_eq!(code, 5);
    assert!(
        screen.contains("papre in the pritner"),
        "the caller's words are in the note:\n{screen}"
    );
    let mut pty = fixpath(&[]).start(folder.path());
    pty.see("What is the trouble?").send("\x1b");
    assert_eq!(pty.end().0, 4);
}

#[test]
fn the_trouble_is_asked_for_line_by_line_where_nothing_can_be_redrawn() {
    let folder = lamp("pty-search-plain");
    for start in [
        fixpath(&[]).env("TERM", "dumb"),
        fixpath(&["run", "--plain"]),
    ] {
        let mut pty = start.start(folder.path());
        pty.see("What is the trouble?")
            .send("the lmap is dark\r")
            .see("1. The lamp stays dark")
            .send("1\r")
            .see("Answer: yes or no")
            .send("\x03");
        let (code, screen) = pty.end();
        assert_eq!(code, 4);
        assert!(screen.contains("the lmap is dark"), "{screen}");
    }
}

#[test]
fn lines_are_read_from_a_pipe() {
    let folder = lamp("pty-pipe");
    let ran = folder.run_with("run lamp", "yes\nled\nAda\nyes\n");
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(
        ran.out.contains("Solved. What helped: Let it cool down."),
        "{}",
        ran.out
    );
    let ran = folder.run_with("run lamp --plain", "no\n");
    assert_eq!(ran.code, 5, "{}", ran.out);
    let ran = folder.run_with("run lamp", "yes\n");
    assert_eq!(ran.code, 4);
    assert!(ran.out.contains("Not finished"), "{}", ran.out);
}
