//! The fold itself: parts of the cases in any order make the whole; what it says of remedies in doubt.

use std::sync::Arc;

use fixpath::stats::{Fold, Kind, Nodes, Place, Report, Row, Shown};
use fixpath::tree::Library;
use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, prop_assert_eq, proptest};

use crate::support::{Dice, Files};

const TREE: &str = "title: No internet
check: Is the internet back?
stuck: {escalate: network, reason: Stuck}
steps:
  fixes:
    try:
      first:
        do: Do the first.
        takes: 2m
        odds: 45%
      second:
        do: Do the second.
        takes: 2m
        odds: 15%
      third:
        if: Is it a phone?
        do: Do the third.
        odds: 20%
    no: stuck
";

fn library(text: &str) -> Library {
    Files::new().tree("wifi", text).compile().into_library()
}

const STEPS: [&str; 7] = [
    "fixes",
    "first",
    "second",
    "third",
    "first.yes",
    "first.yes.solved",
    "stuck",
];

fn nodes(library: &Library) -> Arc<Nodes> {
    let places = STEPS.iter().enumerate().map(|(at, step)| {
        let place = Place {
            tree: "wifi".into(),
            step: (*step).into(),
        };
        (at as i64 + 1, place)
    });
    Arc::new(Nodes::new(places, library))
}

fn number(step: &str) -> i64 {
    STEPS.iter().position(|known| *known == step).unwrap() as i64 + 1
}

/// An event as the dice have it, possible or not.
fn thrown(dice: &mut Dice<'_>, at: i64) -> Row<'static> {
    let replies = [
        Some("=yes"),
        Some("=no"),
        Some("tried"),
        Some("unsure"),
        Some("network"),
        Some("resolved"),
        None,
    ];
    Row {
        at,
        kind: Kind::from_number(dice.roll(11) as i64 + 1).unwrap(),
        reply: replies[dice.roll(replies.len())],
        stands: Some(dice.roll(9) as i64),
        shown: Shown::from_number(dice.roll(10) as i64),
        passed: [None, Some("1"), Some("2 7"), Some("8 x")][dice.roll(4)],
    }
}

type Case = (&'static str, Vec<Row<'static>>);

fn count<'c>(nodes: &Arc<Nodes>, cases: impl IntoIterator<Item = &'c Case>) -> Fold {
    let mut fold = Fold::new(Arc::clone(nodes));
    for (tree, rows) in cases {
        fold.case(tree);
        rows.iter().for_each(|row| fold.event(*row));
    }
    fold.finish();
    fold
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn parts_in_any_order_make_the_whole(numbers in vec(any::<u8>(), 600..2000)) {
        let library = library(TREE);
        let nodes = nodes(&library);
        let mut dice = Dice::new(&numbers);
        let mut cases: Vec<Case> = Vec::new();
        while cases.len() < 40 {
            let mut at = 0;
            let rows = (0..dice.roll(12)).map(|_| {
                at += dice.roll(200) as i64 * 97_000;
                thrown(&mut dice, at)
            });
            let rows = rows.collect();
            cases.push((["wifi", "gone"][dice.roll(2)], rows));
        }
        let whole = Report::of(&count(&nodes, &cases), &library);
        prop_assert_eq!(whole.all.cases, 40);
        let mut parts: Vec<Vec<Case>> = vec![Vec::new(); 1 + dice.roll(6)];
        for case in cases.into_iter().rev() {
            let part = dice.roll(parts.len());
            parts[part].push(case);
        }
        let mut folds: Vec<Fold> = parts.iter().map(|part| count(&nodes, part)).collect();
        let mut merged = folds.remove(dice.roll(folds.len()));
        for fold in folds {
            merged.merge(fold);
        }
        prop_assert_eq!(Report::of(&merged, &library), whole);
    }
}

/// So many cases that got a fix from each of the first two, and so many that got none.
fn tried_in_turn(library: &Library, first: usize, second: usize, neither: usize) -> Report {
    let row = |kind, reply, stands, shown| Row {
        at: 0,
        kind,
        reply,
        stands: Some(number(stands)),
        shown: Some(shown),
        passed: None,
    };
    let start = Row {
        passed: Some("1"),
        ..row(Kind::Started, None, "first", Shown::Remedy)
    };
    let fixed = row(Kind::Answered, Some("=yes"), "first.yes", Shown::Confirmed);
    let on = row(Kind::Answered, Some("=no"), "second", Shown::Remedy);
    let stuck = row(Kind::Answered, Some("=no"), "stuck", Shown::Escalation);
    let closed = row(
        Kind::Closed,
        Some("resolved"),
        "first.yes",
        Shown::Confirmed,
    );
    let mut cases: Vec<Case> = vec![("wifi", vec![start, fixed, closed]); first];
    cases.extend(vec![("wifi", vec![start, on, fixed, closed]); second]);
    cases.extend(vec![("wifi", vec![start, on, stuck]); neither]);
    Report::of(&count(&nodes(library), &cases), library)
}

#[test]
fn odds_are_those_of_who_got_there_and_held_against_the_author() {
    let library = library(TREE);
    let report = tried_in_turn(&library, 45, 15, 40);
    let [first, second, third] = report.tree("wifi").unwrap().remedies.as_slice() else {
        panic!("three remedies");
    };
    assert_eq!((first.reached, first.helped), (100, 45));
    // Of all cases it solved 15 %, of those who got there 15 of 55: as the author says, if one looks aright.
    assert_eq!((second.reached, second.helped), (55, 15));
    assert!((second.odds.unwrap().share - 15.0 / 55.0).abs() < 1e-12);
    assert!(!first.author.unwrap().differs && !second.author.unwrap().differs);
    assert_eq!(third.odds, None);
    assert_eq!(
        third.author.unwrap().among_those_who_get_there,
        None,
        "not for all"
    );

    let report = tried_in_turn(&library, 10, 60, 30);
    let remedies = &report.tree("wifi").unwrap().remedies;
    assert!(remedies[0].author.unwrap().differs && remedies[1].author.unwrap().differs);
}

#[test]
fn another_order_is_proposed_only_beyond_doubt() {
    let library_as_written = library(TREE);
    let hints = |library: &Library, first, second, neither| -> Vec<String> {
        let report = tried_in_turn(library, first, second, neither);
        let hints = &report.tree("wifi").unwrap().hints;
        hints
            .iter()
            .map(|hint| format!("{} before {}", hint.remedy, hint.before))
            .collect()
    };
    let as_written = |first, second, neither| hints(&library_as_written, first, second, neither);
    assert_eq!(as_written(10, 60, 30), ["second before first"]);
    // It helps more often those who get there, but not more of all.
    assert!(as_written(45, 40, 15).is_empty());
    // More, but it may be chance.
    assert!(as_written(20, 28, 52).is_empty());
    assert!(as_written(1, 12, 2).is_empty(), "too few");
    // More, but it takes ten times as long.
    let slow = library(&TREE.replacen(
        "takes: 2m\n        odds: 15%",
        "takes: 20m\n        odds: 15%",
        1,
    ));
    assert!(hints(&slow, 10, 60, 30).is_empty());
}
