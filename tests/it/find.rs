//! `fixpath find`: a caller's own words, misspelled and in a sentence, put the right tree first.

use fixpath::load::search::SearchIndex;
use fixpath::tree::Audience;

use crate::support::{Folder, shipped};

/// What callers say, and the shipped tree that they mean.
const CALLS: [(&str, &str); 80] = [
    ("my internnet does not work at home", "network/line"),
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
    (
        "the internet at home is dead since this morning",
        "network/line",
    ),
    ("wlan keeps disconecting", "network/slow"),
    ("i dont see the office wifi", "network/no_network"),
    ("the vpn client says autentication failed", "network/vpn"),
    ("my wifi is conected but no websites open", "network/wifi"),
    ("paper is stuck in the pirnter", "printing/jam"),
    ("prints come out with black stripes", "printing/quality"),
    ("scan to email does not arrive", "printing/scan"),
    ("it wants a code from an app i dont have", "accounts/mfa"),
    (
        "account is locked out after to many tries",
        "accounts/locked",
    ),
    ("outlook not updating", "mail/not_receiving"),
    ("customer says my emails bounce back", "mail/cannot_send"),
    (
        "people say my voice sounds robotic",
        "meetings/bad_connection",
    ),
    ("i cant hear anyone in the zoom call", "meetings/no_sound"),
    (
        "laptop fell down and doesnt start",
        "devices/will_not_start",
    ),
    ("only one of my two monitors works", "devices/screen"),
    ("bluetooth mouse keeps disconnecting", "devices/peripheral"),
    ("laptop does not charge", "devices/battery"),
    ("computer is frozen", "devices/slow_computer"),
    ("someone is moving my mouse", "security/malware"),
    (
        "i clicked on a link in a strange email",
        "security/phishing",
    ),
    ("my badge is gone", "security/lost_device"),
    ("i deleted a file by accident", "software/lost_file"),
    (
        "i dont have permission to install a program",
        "software/install",
    ),
    (
        "the web page for travel expenses wont load",
        "browser/pages",
    ),
    ("laptop wont switch on at all", "devices/will_not_start"),
    ("the mouse doesnt move anymore", "devices/peripheral"),
    ("outlook keeps asking for my password", "accounts/password"),
    ("update hangs at 30 procent for hours", "software/install"),
    ("it asks me to activate office", "software/install"),
    ("cant open a webpage it says not safe", "browser/pages"),
    (
        "my excel sheet from yesterday dissapeared",
        "software/lost_file",
    ),
    ("my phone does not sync mails anymore", "mail/not_receiving"),
    (
        "internet works for 5 minutes then stops then works again",
        "network/slow",
    ),
    (
        "the little fan thing at the top is there but no pages open",
        "network/wifi",
    ),
    (
        "usb stick found in parking lot, i plugged it in",
        "security/malware",
    ),
    ("spilled coffee over the laptop", "devices/will_not_start"),
    (
        "pc goes on for two seconds and then off again",
        "devices/will_not_start",
    ),
    (
        "the pc thinks and thinks and the hourglass turns",
        "devices/slow_computer",
    ),
    (
        "typed it wrong three times and now i cant get in",
        "accounts/locked",
    ),
    (
        "phone keeps buzzing asking me to approve something i didnt do",
        "accounts/mfa",
    ),
    (
        "chrome says your connection is not private",
        "browser/pages",
    ),
    (
        "my supplier swears he wrote to me but theres nothing",
        "mail/not_receiving",
    ),
    ("printer takes 3 pages at once", "printing/jam"),
    ("cannot reach the intranet from home", "network/vpn"),
    (
        "i sent the salary list to the wrong mueller",
        "security/wrong_recipient",
    ),
    (
        "i used cc instead of bcc for 300 people",
        "security/wrong_recipient",
    ),
    (
        "wrong attachment went to a client",
        "security/wrong_recipient",
    ),
    ("i sit in the lobby and nobody lets me in", "meetings/join"),
    ("teams says someone will let you in soon", "meetings/join"),
    ("my appointments are all one hour off", "meetings/join"),
    ("when i share they only see black", "meetings/share_screen"),
    ("they cant see my screen", "meetings/share_screen"),
    (
        "new colleague starts on monday and needs everything",
        "accounts/access",
    ),
    ("who can give me access to the crm", "accounts/access"),
];

#[test]
fn callers_words_lead_to_the_right_tree() {
    let library = shipped().compile().into_library();
    let index = SearchIndex::new(&library);
    for (words, tree) in CALLS {
        let found = index.find(words, Audience::Agent);
        let names = found.iter().map(|hit| &*library.tree(hit.tree).name);
        let names: Vec<&str> = names.collect();
        assert_eq!(names[0], tree, "{words}: {names:?}");
        assert!(found.is_sorted_by(|a, b| a.score >= b.score), "{words}");
        let least = found[0].score / 8.0;
        assert!(found.iter().all(|hit| hit.score >= least), "{words}");
    }
}

#[test]
fn what_is_found_is_told_as_json_best_first() {
    let folder = Folder::new("find");
    let found = folder.run("find lost my phone --format json");
    let rows: Vec<serde_json::Value> = serde_json::from_str(&found.out).expect("a JSON array");
    assert_eq!(rows[0]["tree"], "security/lost_device");
    assert_eq!(rows[0]["title"], "A device is lost or stolen");
    let scores: Vec<f64> = rows
        .iter()
        .map(|row| row["score"].as_f64().expect("a number"))
        .collect();
    assert!(scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
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
