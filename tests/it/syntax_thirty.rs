//! A file with thirty faults of shape and of YAML gives thirty findings at the right places, in one run.

use super::support::Reading;

const FILE: &str = "\
titel: The printer prints nothing
symptoms: nothing is printed
review_by: 1.5.2027
allow: [vague-anser]
format: 2
stuck: service-desk
steps:
  power:
    ask: Is the printer on?
    hlep: Look for a light: it is green.
    yes: {goto: paper, tree: printing/jam}
    no: {fix: Switch it on, then print again}
  Paper:
    ask: *Is there paper in it?
    yes: queue
    no: {fix: Put paper in}}
  queue:
    do:
      1. Open the queue.
      2. Delete everything.
    wait: 2 minutes
    no: cable
    next: cable
  cable:
    ask:Is the cable plugged in?
    yes: driver
     no: {fix: Plug the cable in}
  driver:
    ask: How old is the driver in days?
    number: {min: 10, max: 1}
    answers:
      below 100: firmware
      below 100: firmware
    unsure:
  firmware:
    do: Press #5 for the \"menu\".
    no: page
    odds: 120
  page:
    ask: Does a \"test page\" work?
    answers: [yes, no]
  queue:
    escalate: printing
    impact: severe
    priority: 3
    impact: low
  office:
    ask: \"Where is the printer?
    text: {pattern: \"a(\", max: 0}
    next: desk
  desk:
    call: printing/desk
tests:
  nothing:
    answers: [power]
";

#[test]
fn thirty_faults_are_thirty_findings() {
    let reading = Reading::tree(FILE);
    let expected = [
        "unknown-key 1:1-1:6",
        "wrong-type 2:11-2:29",
        "bad-value 3:12-3:20",
        "bad-value 4:9-4:20",
        "bad-value 5:9-5:10",
        "wrong-type 6:8-6:20",
        "unknown-key 10:5-10:9",
        "yaml-syntax 10:27-10:28",
        "conflicting-keys 11:24-11:28",
        "split-text 12:15-12:45",
        "bad-name 13:3-13:8",
        "yaml-syntax 14:10-14:11",
        "yaml-syntax 16:28-16:29",
        "folded-list 19:7-20:28",
        "bad-value 21:11-21:20",
        "conflicting-keys 23:5-23:9",
        "yaml-syntax 25:5-25:9",
        "yaml-syntax 27:6-27:8",
        "bad-value 30:28-30:29",
        "duplicate-key 33:7-33:16",
        "bad-value 34:12-34:12",
        "text-cut-off 36:14-36:33",
        "bad-value 38:11-38:14",
        "missing-key 39:3-39:7",
        "duplicate-key 42:3-42:8",
        "bad-value 44:13-44:19",
        "conflicting-keys 45:5-45:13",
        "duplicate-key 46:5-46:11",
        "yaml-syntax 48:10-48:32",
        "bad-value 49:21-49:25",
        "bad-value 49:32-49:33",
        "missing-key 51:3-51:7",
        "missing-key 54:3-54:10",
        "wrong-type 55:15-55:20",
    ];
    assert_eq!(reading.places(), expected);
    assert!(expected.len() >= 30);
}
