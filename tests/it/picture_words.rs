//! The words on the picture of a tree: nothing is cut off, and what is done in several steps is named by its first line.

use fixpath::picture::{Sketch, svg};

use crate::support::{Files, shipped};

fn sketch(text: &str) -> Sketch {
    let files = Files::new().default_library().tree("example", text);
    let library = files.compile().into_library();
    Sketch::of(&library, library.tree(library.find("example").unwrap()))
}

/// Between two signs of a text.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let (_, rest) = text.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

#[test]
fn every_word_on_a_line_lies_within_the_picture() {
    let library = shipped().compile().into_library();
    for tree in &library.trees {
        let picture = svg(&Sketch::of(&library, tree)).unwrap();
        let width: f64 = between(&picture, " width=\"", "\"").parse().unwrap();
        for label in picture.split("<text class=\"l\" ").skip(1) {
            let x: f64 = between(label, "x=\"", "\"").parse().unwrap();
            let half = between(label, ">", "<").chars().count() as f64 * 3.0;
            assert!(
                x - half >= 0.0 && x + half <= width,
                "{}: {label}",
                tree.name
            );
        }
    }
}

#[test]
fn a_sign_shows_the_first_line_of_what_is_to_be_done() {
    let sketch = sketch(
        "title: T\nsteps:\n  a:\n    do: |\n      Restart **it**.\n\n      1. Off.\n      2. On.\n    no: b\n  b: {do: Wait., next: c1}\n  c1:\n    do: |\n      1. Look.\n      2. Say.\n    next: c\n  c: {end: Bye}\n",
    );
    let texts = |name: &str| {
        let sign = sketch.signs.iter().find(|sign| sign.name == name).unwrap();
        (sign.brief.as_str(), sign.text.as_str())
    };
    assert_eq!(texts("a"), ("Restart it …", "Restart it. 1. Off. 2. On."));
    assert_eq!(texts("b"), ("Wait.", "Wait."));
    assert_eq!(texts("c1"), ("Look …", "1. Look. 2. Say."));
    let picture = svg(&sketch).unwrap();
    assert!(picture.contains(">Restart it …</text>") && !picture.contains(">1. Off"));
}

#[test]
fn what_is_left_after_conditions_says_so() {
    let sketch = sketch(
        "title: T\nsteps:\n  a:\n    ask: Which?\n    many: true\n    answers: [x, y]\n    next:\n      - {when: a has \"x\", goto: b}\n      - {goto: c}\n    unsure: c\n  b: {end: B}\n  c: {end: C}\n",
    );
    let labels: Vec<String> = sketch
        .lines
        .iter()
        .map(|line| line.labels.join(" · "))
        .collect();
    assert_eq!(labels, ["a has \"x\"", "else · unsure"]);
}
