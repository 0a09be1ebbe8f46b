//! How far it is: the fewest and the most prompts till an end.

use fixpath::tree::{Library, TreeId};

use crate::support::{Files, Start, Walk, shipped};

/// What is left at the start of a tree, and after each reply: `2-5`.
fn left(files: Files, replies: &[(&str, &str)]) -> Vec<String> {
    let mut walk = Start::of(&files, "example").begin();
    let mut said = vec![words(&walk)];
    for (step, reply) in replies {
        walk = walk.reply(step, reply);
        said.push(words(&walk));
    }
    said
}

fn words(walk: &Walk) -> String {
    let left = walk.session.steps_left();
    format!("{}-{}", left.fewest, left.most)
}

#[test]
fn every_prompt_counts_and_the_end_does_not() {
    let tree = "title: T\nsteps:\n  a: {ask: A?, yes: b, no: c}\n  b: {do: B., next: c}\n  c: {do: C., no: over}\n  over: {end: E}\n";
    assert_eq!(
        left(
            Files::example(tree),
            &[("a", "yes"), ("b", "done"), ("c", "yes")]
        ),
        ["2-3", "2-2", "1-1", "0-0"]
    );
}

#[test]
fn an_unconfirmed_fix_is_asked_about_and_may_lead_on() {
    let tree = "title: T\nsteps:\n  a: {ask: A?, yes: f, no: g}\n  f: {fix: F, no: more}\n  g: {fix: G}\n  more: {do: M., next: over}\n  over: {end: E}\n";
    assert_eq!(
        left(
            Files::example(tree),
            &[("a", "yes"), ("f.solved", "no"), ("more", "done")]
        ),
        ["2-3", "1-2", "1-1", "0-0"]
    );
}

#[test]
fn of_a_try_one_remedy_may_do_and_all_may_be_needed() {
    let tree = "title: T\nsteps:\n  t:\n    try:\n      a: {do: A.}\n      b: {if: Is it a phone?, do: B.}\n      c: {do: C.}\n    no: over\n  over: {end: E}\n";
    assert_eq!(
        left(
            Files::example(tree),
            &[("a", "no"), ("b.if", "no"), ("c", "no")]
        ),
        ["1-4", "2-3", "1-1", "0-0"]
    );
}

#[test]
fn a_loop_counts_each_of_its_steps_once() {
    let tree = "title: T\nsteps:\n  a: {ask: A?, yes: b, no: over}\n  b: {do: B., next: c}\n  c: {ask: C?, yes: a, no: d}\n  d: {do: D., next: over}\n  over: {end: E}\n";
    assert_eq!(
        left(
            Files::example(tree),
            &[("a", "yes"), ("b", "done"), ("c", "yes")]
        ),
        ["1-5", "3-5", "2-5", "1-5"]
    );
}

#[test]
fn a_called_tree_counts_and_so_does_what_comes_after_it() {
    let files = Files::new()
        .default_library()
        .tree(
            "example",
            "title: T\nsteps:\n  a: {ask: A?, yes: c, no: over}\n  c: {call: sub, returns: {good: over, bad: d}}\n  d: {do: D., next: over}\n  over: {end: E}\n",
        )
        .tree(
            "sub",
            "title: S\nsteps:\n  x: {ask: X?, yes: good, no: y}\n  y: {ask: Y?, yes: bad, no: gone}\n  good: {return: good}\n  bad: {return: bad}\n  gone: {escalate: desk, reason: R}\n",
        );
    assert_eq!(
        left(
            files,
            &[("a", "yes"), ("x", "no"), ("y", "yes"), ("d", "done")]
        ),
        ["1-4", "1-3", "1-2", "1-1", "0-0"]
    );
}

#[test]
fn a_question_whose_answer_may_be_known_may_be_passed() {
    let files = Files::new()
        .library("stuck: {escalate: desk, reason: R}\nfacts:\n  os: {ask: Which?, answers: [mac, pc]}\n  number: {ask: Which number?, text: {}}\n")
        .tree(
            "example",
            "title: T\nsteps:\n  a: {ask: A?, yes: b, no: b}\n  b: {fact: os, answers: {mac: over, pc: d}}\n  d: {do: D., next: over}\n  over: {escalate: desk, reason: R, needs: [number]}\n",
        );
    assert_eq!(
        left(
            files,
            &[("a", "yes"), ("b", "mac"), ("over.needs.number", "7")]
        ),
        ["1-4", "1-3", "1-1", "0-0"]
    );
}

#[test]
fn a_chain_of_ninety_thousand_steps_is_counted() {
    let steps: String = (0..90_000)
        .map(|at| format!("  s{at}: {{ask: A?, yes: over, no: s{}}}\n", at + 1))
        .collect();
    let tree = format!(
        "title: T\nsteps:\n{steps}  s90000: {{ask: A?, yes: over, no: over}}\n  over: {{end: E}}\n"
    );
    let library = Files::example(&tree).compile().into_library();
    let tree = library.tree(TreeId(0));
    let left = library.steps_left(TreeId(0), tree.start());
    assert_eq!((left.fewest, left.most), (1, 10_000));
}

#[test]
fn the_shipped_trees_say_something_that_helps_and_so_do_their_stored_versions() {
    let library = shipped().compile().into_library();
    let stored = Library::from_canonical(&library.canonical()).unwrap();
    for (at, tree) in library.trees.iter().enumerate() {
        let id = TreeId(at as u32);
        for (step, about) in tree.steps() {
            let left = library.steps_left(id, step);
            let place = (&tree.name, &about.name);
            assert!(
                left.fewest <= left.most && left.most <= 30,
                "{place:?}: {left:?}"
            );
            assert_eq!(stored.steps_left(id, step), left, "{place:?}");
        }
        assert!(
            library.steps_left(id, tree.start()).most >= 5,
            "{}",
            tree.name
        );
    }
}
