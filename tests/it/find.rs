//! `fixpath find`: a caller's own words, misspelled and in a sentence, put the right tree first.

use crate::support::Folder;

/// What callers say, and the shipped tree that they mean.
const CALLS: [(&str, &str); 24] = [
    ("my printer wont print", "printing/offline"),
    ("pritner offline", "printing/offline"),
    ("there is paper stuck in the machine", "printing/jam"),
    (
        "the wifi says connected but pages do not load",
        "network/wifi",
    ),
    ("i forgot my pasword", "accounts/password"),
    ("my acount is locked", "accounts/locked"),
    (
        "the code on my phone for signing in never arrives",
        "accounts/mfa",
    ),
    ("it wants a bitlocker recovery key", "accounts/recovery_key"),
    ("nobody hears me in the meeting", "meetings/no_sound"),
    ("camera is black in teams", "meetings/camera"),
    (
        "got a weird mail asking for my bank details",
        "security/phishing",
    ),
    ("i think i have a virus", "security/malware"),
    ("lost my phone on the train", "security/lost_device"),
    ("lapptop does not turn on", "devices/will_not_start"),
    (
        "computer very slow since this morning",
        "devices/slow_computer",
    ),
    ("screen flickers", "devices/screen"),
    ("battery empty after an hour", "devices/battery"),
    ("my keybord types wrong letters", "devices/peripheral"),
    ("cant open the shared folder", "network/shared_drive"),
    ("vpn does not connect from home", "network/vpn"),
    ("email stuck in outbox", "mail/cannot_send"),
    ("i do not get any mail", "mail/not_receiving"),
    ("my mailbox is full", "mail/mailbox_full"),
    ("excel keeps crashing", "software/crashes"),
];

#[test]
fn callers_words_lead_to_the_right_tree() {
    let folder = Folder::new("find");
    for (words, tree) in CALLS {
        let found = folder.run(&format!("find {words} --format json"));
        let rows: Vec<serde_json::Value> = serde_json::from_str(&found.out).expect("a JSON array");
        assert_eq!(rows[0]["tree"], tree, "{words}");
        assert!(rows[0]["title"].is_string() && rows[0]["score"].is_number());
        let scores: Vec<f64> = rows
            .iter()
            .filter_map(|row| row["score"].as_f64())
            .collect();
        assert!(scores.is_sorted_by(|a, b| a >= b), "best first: {words}");
    }
}

#[test]
fn an_unknown_name_offers_the_nearest() {
    let folder = Folder::new("find_near");
    folder
        .run("run network/wfi --plain")
        .exits(2)
        .says("did you mean `network/wifi`?");
    folder
        .run("run wifi --plain")
        .exits(2)
        .says("did you mean `network/wifi`?");
}

#[test]
fn a_tree_that_is_fine_is_walked_beside_a_broken_one() {
    let good = "title: Good\nstuck: {escalate: desk, reason: Stuck}\nsteps:\n  a:\n    do: Restart it.\n    no: stuck\n";
    let folder = Folder::new("find_broken")
        .file("trees/good.yaml", good)
        .file("trees/bad.yaml", "title: Bad\nsteps: 7\n");
    folder
        .run_with("run good --plain", "yes\n")
        .exits(0)
        .says("Resolved");
    folder.run("run bad --plain").exits(2).says("has errors");
}
