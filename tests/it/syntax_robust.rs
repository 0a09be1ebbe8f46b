//! No text makes reading panic, and every place that a finding names lies in the file, on whole characters.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;

use super::support::Reading;

/// Trees to be spoiled: those that are shipped, and one with a bit of everything.
static TREES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("trees");
    let mut trees: Vec<String> = ["network/wifi.yaml", "printing/jam.yaml", "fixpath.yaml"]
        .iter()
        .map(|path| fs::read_to_string(root.join(path)).expect("a shipped tree"))
        .collect();
    trees.push(EVERYTHING.to_owned());
    trees
});

const EVERYTHING: &str = "title: \"T \\u00fc\"
symptoms: [a, 'b''s', {c: d}]
steps:
  a: &a
    ask: >-
      Größe 📡
      of it?
    yes: {fix: One, then two}
    no: &out stuck
    unsure: *out
  b:
    do: |2
        1. One ${x}
        2. Two
    no: {goto: a, set: {x: [y, z]}}
    limit: {visits: 3, then: {escalate: t, reason: \"x\"}}
  c: {ask: N, number: {min: 1, max: 2}, answers: {below 1: a, 1 to 2: b}}
  d:
    try: {e: {do: E, odds: 5%}, f: {do: F, takes: 2m}}
    no: *out
tests:
  t: {answers: [a: yes, b: no], ends: stuck}
";

/// What is put in, besides any character.
const PIECES: [&str; 24] = [
    "\n", " ", "\t", ": ", "- ", "\"", "'", "{", "}", "[", "]", ",", " #", "|\n", ">", "&a ", "*a",
    "!x ", "? ", "@", "\\", "\r\n", "\u{2028}", "---\n",
];

/// One change: where, how many characters are taken out, what is put in.
type Change = (Index, usize, String);

fn change() -> impl Strategy<Value = Change> {
    let piece = prop_oneof![
        3 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
        1 => Just(String::new()),
    ];
    (any::<Index>(), 0_usize..4, piece)
}

fn spoil(tree: &str, changes: &[Change]) -> String {
    let mut characters: Vec<char> = tree.chars().collect();
    for (at, taken, piece) in changes {
        let at = at.index(characters.len() + 1);
        let end = (at + taken).min(characters.len());
        characters.splice(at..end, piece.chars());
    }
    characters.into_iter().collect()
}

fn holds(text: &str) -> Result<(), TestCaseError> {
    let tree = Reading::tree(text);
    let library = Reading::library(text);
    for span in tree.spans().into_iter().chain(library.spans()) {
        let found = text.get(span.start as usize..span.end as usize);
        prop_assert!(found.is_some(), "{span:?} in {text:?}");
    }
    for step in &tree.script.steps {
        for word in step.ask.iter().chain(&step.instruction) {
            let length = word.value.len() as u32;
            for range in [0..length, length / 2..length, length..length] {
                let span = fixpath::syntax::inner_span(&tree.source, word, range);
                let found = text.get(span.start as usize..span.end as usize);
                prop_assert!(found.is_some(), "{span:?} of {word:?} in {text:?}");
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(64) })]

    #[test]
    fn any_text(text in "\\PC{0,200}") {
        holds(&text)?;
    }

    #[test]
    fn any_lines(lines in prop::collection::vec(" {0,6}[-a-z:{}\\[\\]\"'|>&*!#,ü 📡]{0,12}", 0..20)) {
        holds(&lines.join("\n"))?;
    }

    #[test]
    fn spoiled_trees(tree in any::<Index>(), changes in prop::collection::vec(change(), 1..6)) {
        let tree = &TREES[tree.index(TREES.len())];
        holds(&spoil(tree, &changes))?;
    }
}
