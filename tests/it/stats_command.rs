//! `fixpath stats` as a person sees it: walks through the real program, and what it then says.

use crate::support::{Folder, Ran};

const WIFI: &str = "title: No internet
check: Is the internet back?
stuck: {escalate: network, reason: The script did not help}
steps:
  scope:
    ask: Does it fail on every device?
    yes: restart
    no: forget
  restart:
    do: Restart the router.
    no: stuck
  forget:
    do: Forget the network and join it again.
    no: stuck
";

/// A folder with a tree, and walks through it that are kept.
fn desk(name: &str, walks: &[(&str, i32)]) -> Folder {
    let folder = Folder::new(name).file("trees/wifi.yaml", WIFI);
    for (typed, code) in walks {
        folder
            .run_with("run wifi --plain --store cases.db", typed)
            .exits(*code);
    }
    folder
}

const WALKS: [(&str, i32); 5] = [
    ("yes\nyes\n", 0),
    ("yes\nyes\n", 0),
    ("yes\nno\n", 3),
    ("no\nyes\n", 0),
    ("no\n", 4),
];

/// What it prints, every time taken for none: the walks take what they take.
fn timeless(ran: &Ran) -> String {
    let time = regex::Regex::new(r" +\d+ s\b").unwrap();
    time.replace_all(&ran.out, " TIME").into_owned()
}

#[test]
fn all_trees_are_told_as_a_table() {
    let folder = desk("stats-table", &WALKS);
    let ran = folder.run("stats --store cases.db").succeeds();
    assert_eq!(ran.err, "");
    let expected = "5 cases

  resolved, confirmed  3
  resolved, claimed    0
  escalated            1
  ended without a fix  0
  left unfinished      1
  (of the unfinished 0 open, 1 parked)
  time of those that came to an end: half up to TIME, nine in ten up to TIME

By the tree in which they began

TREE  CASES  CONFIRMED  CLAIMED  ESCALATED  ENDED  UNFINISHED  MEDIAN  90 %
wifi      5          3        0          1      0           1 TIME TIME

Handed over, whatever came of it

CASES  RESOLVED SINCE  TEAM     REASON
    1               0  network  The script did not help (wifi: stuck)

Times are working time, without what a case lay parked, handed over or untouched for more than 4 h; at most 0.8 % off.
`fixpath stats TREE` shows a tree step by step, and what helped there.
";
    assert_eq!(timeless(&ran), expected);
}

#[test]
fn one_tree_is_told_step_by_step() {
    let folder = desk("stats-tree", &WALKS);
    let ran = folder.run("stats wifi --store cases.db").succeeds();
    for said in [
        "wifi: No internet\n5 cases began here\n",
        "STEP         REACHED  LEFT HERE  MEDIAN  90 %\n",
        "scope              5          0 TIME TIME\n",
        "restart            3          0 TIME TIME\n",
        "restart.yes        2          0       -     -\n",
        "forget             2          1 TIME TIME\n",
        "What helped: odds among those who got there, not among all cases\n",
        "REMEDY   GOT THERE  CARRIED OUT  HELPED  ODDS, 95 % INTERVAL\n",
        "restart          3            3       2  too few cases\n",
        "forget           2            1       1  too few cases\n",
        "From 20 cases on, odds are said.\n",
    ] {
        assert!(
            timeless(&ran).contains(said),
            "{said:?} is not said:\n{}",
            ran.out
        );
    }
    // By its file, too.
    let by_file = folder
        .run("stats trees/wifi.yaml --store cases.db")
        .succeeds();
    assert_eq!(by_file.out, ran.out);
    folder
        .run("stats wify --store cases.db")
        .exits(2)
        .says("did you mean `wifi`?");
}

#[test]
fn json_and_csv_say_the_same() {
    let folder = desk("stats-json", &WALKS);
    let ran = folder
        .run("stats wifi --store cases.db --format json")
        .succeeds();
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["odds"]["among"], "those who got there");
    let tree = &json["trees"][0];
    assert_eq!(tree["cases"], 5);
    assert_eq!(tree["handed_over"][0]["reason"], "The script did not help");
    assert_eq!(tree["remedies"][0]["helped"], 2);
    assert!(tree["remedies"][0]["odds"].is_null());
    assert_eq!(tree["steps"][0]["reached"], 5);
    assert_eq!(
        tree["ways"][0],
        serde_json::json!({"from": "forget", "to": "forget.yes", "cases": 1})
    );
    let csv = folder
        .run("stats wifi --store cases.db --format csv")
        .succeeds()
        .out;
    let mut lines = csv.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("tree,step,kind,in_tree,reached,left_here")
    );
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("wifi,scope,question,yes,5,0,0,0,")
    );
    let trees = folder
        .run("stats --store cases.db --format csv")
        .succeeds()
        .out;
    assert!(trees.contains("\nwifi,yes,5,3,0,1,0,0,1,0,"), "{trees}");
}

#[test]
fn of_nothing_little_is_said() {
    let folder = desk("stats-none", &WALKS[..1]);
    let none = folder.run("stats --store other.db").succeeds();
    assert_eq!(none.out, "No cases are kept here.\n");
    let since = folder
        .run("stats --since 2999-01-01 --store cases.db")
        .succeeds();
    assert!(
        since
            .out
            .starts_with("No cases are kept here, begun since 2999-01-01")
    );
    folder
        .run("stats --since yesterday --store cases.db")
        .exits(2);
    folder.run("stats --store none").exits(2).says("--store");
}
