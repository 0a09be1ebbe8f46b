//! The picture of a tree with the way of a case on it.

use fixpath::picture::{Sketch, svg};

use crate::support::{Files, Start, Walk};

const TREE: &str = "title: <T>\nsteps:\n  a: {ask: A?, yes: sub, no: t}\n  sub: {call: other, returns: {good: t, bad: stuck}}\n  t:\n    try:\n      one: {do: One.}\n      two: {do: Two.}\n    no: last\n  last: {ask: L?, yes: stuck, no: {end: E}}\n";

fn walk() -> Walk {
    let files = Files::new()
        .default_library()
        .tree("example", TREE)
        .tree("other", "title: O\nsteps:\n  x: {ask: X?, yes: good, no: bad}\n  good: {return: good}\n  bad: {return: bad}\n");
    Start::of(&files, "example").begin()
}

/// The classes of a step's sign.
fn sign(walk: &Walk, step: &str) -> String {
    let picture = svg(&lit(walk)).unwrap();
    let (before, _) = picture
        .split_once(&format!("\" data-step=\"{step}\""))
        .unwrap();
    before.rsplit_once("class=\"").unwrap().1.to_owned()
}

fn lit(walk: &Walk) -> Sketch {
    let library = walk.session.library();
    Sketch::of(library, library.tree(walk.session.tree())).lit(&walk.session)
}

/// The lines that were walked: `a > b`.
fn ways(walk: &Walk) -> Vec<String> {
    let sketch = lit(walk);
    let walked = sketch.lines.iter().filter(|line| line.is_walked);
    let words = walked.map(|line| {
        format!(
            "{} > {}",
            sketch.signs[line.from].name, sketch.signs[line.to].name
        )
    });
    words.collect()
}

#[test]
fn what_was_walked_is_lit_and_where_it_stands_has_a_ring() {
    let walk = walk();
    assert_eq!(sign(&walk, "a"), "s question start here");
    let walk = walk.reply("a", "yes").reply("x", "yes").reply("one", "no");
    assert_eq!(ways(&walk), ["a > sub", "sub > t", "t > one", "one > two"]);
    assert_eq!(sign(&walk, "a"), "s question start walked");
    assert_eq!(sign(&walk, "two"), "s remedy here");
    assert_eq!(sign(&walk, "last"), "s question");
    let picture = svg(&lit(&walk)).unwrap();
    assert!(picture.contains("<desc>Walked: a, sub, t, one. Now at: two.</desc>"));
    assert_eq!(picture.matches("class=\"ring\"").count(), 1);
    assert_eq!(
        picture
            .matches("wire walked\" marker-end=\"url(#tip-lit)")
            .count(),
        4
    );
}

#[test]
fn only_the_stuck_that_was_come_to_is_lit() {
    let walk = walk().reply("a", "yes").reply("x", "no");
    assert_eq!(sign(&walk, "sub.stuck"), "s escalation here");
    assert_eq!(sign(&walk, "last.stuck"), "s escalation");
    assert_eq!(ways(&walk), ["a > sub", "sub > sub.stuck"]);
}

#[test]
fn going_back_puts_out_what_lay_behind() {
    let walk = walk().reply("a", "no").reply("one", "no").back(2);
    assert_eq!(sign(&walk, "one"), "s remedy");
    assert_eq!(ways(&walk), [""; 0]);
}

#[test]
fn in_a_called_tree_that_tree_is_drawn() {
    let walk = walk().reply("a", "yes");
    assert_eq!(lit(&walk).tree, "other");
    assert_eq!(sign(&walk, "x"), "s question start here");
}

#[test]
fn only_a_lit_picture_has_what_is_for_one() {
    let walk = walk().reply("a", "no");
    let picture = svg(&lit(&walk)).unwrap();
    assert!(picture.contains("aria-label=\"&lt;T&gt;\" class=\"picture lit\""));
    assert!(picture.contains(".ring{") && picture.contains("tip-lit"));
    let library = walk.session.library();
    let plain = svg(&Sketch::of(library, library.tree(walk.session.tree()))).unwrap();
    assert!(!plain.contains(".ring{") && !plain.contains("tip-lit") && !plain.contains("<desc>"));
}
