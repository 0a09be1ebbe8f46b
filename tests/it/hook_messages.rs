//! What is told to other systems: when, in which words, and by which templates.

use std::fs;
use std::path::Path;

use fixpath::hooks::{Hook, Hooks, Occasion, Written, samples};
use fixpath::session::Session;
use fixpath::store::{CaseId, Outgoing};
use serde_json::Value;

use crate::support::{Files, Start, minute};

/// A desk whose texts hold all that has a meaning in JSON, Markdown or HTML.
fn desk() -> Files {
    Files::split(
        r#"# file: fixpath.yaml
stuck: {escalate: desk, reason: The caller could not go on}
teams:
  desk: {name: Service desk}
  network: {name: Network operations, tier: 2, contact: ext. 4711, hours: 7 to 19}
facts:
  customer_number: {ask: What is your customer number?, text: {pattern: "[0-9]{4}", example: 1234}}
  pin: {ask: What is your PIN?, text: {secret: true}}
# file: example.yaml
title: Connected, but "no internet" & <no> mail
steps:
  pin:
    ask: What is the PIN?
    fact: pin
    next: lights
  lights:
    ask: Is the internet light on the router steady green?
    note: Ask about the globe.
    yes: cable
    no: outage
  cable:
    label: Push the cable in
    cause: The cable was loose
    do: Push the cable in at both ends.
    no: outage
  outage:
    escalate: network
    reason: No light
    impact: high
    urgency: high
    needs: [customer_number]
"#,
    )
}

fn begun() -> Start {
    Start::of(&desk(), "example")
}

/// Handed over at its end, with all that a message can hold.
fn handed_over() -> Session {
    let start = begun().ticket(
        "INC-17",
        "It says \"no route\" \\ since\nthis morning: <b>ä</b> 📡 {{ data }}",
    );
    let mut walk = start.begin().replies("pin: 4711, lights: yes, cable: no");
    walk = walk.reply("outage.needs.customer_number", "1234");
    let mut session = walk.session;
    let note = "Router is \"old\"";
    session.note(note, minute(session.seq())).unwrap();
    session.hand_over("network", minute(session.seq())).unwrap();
    session
}

/// Handed over in the middle, with the least that a message can hold.
fn handed_over_early() -> Session {
    let mut session = begun().begin().session;
    session.hand_over("second-line", minute(1)).unwrap();
    session
}

/// Closed, solved.
fn closed() -> Session {
    let walk = begun().begin();
    let mut session = walk.replies("pin: 1, lights: yes, cable: yes").session;
    session.close(minute(session.seq())).unwrap();
    session
}

fn case() -> CaseId {
    "k3m9-x7p2-4qda".parse().unwrap()
}

fn hook(name: &str) -> Hook {
    Hook {
        name: name.into(),
        url: Written::parse("https://tickets.example/in").unwrap(),
        on: Occasion::ALL.to_vec(),
        template: None,
        secret: None,
        headers: Vec::new(),
    }
}

fn told(session: &Session) -> Outgoing {
    let mut told = Outgoing::of(&Hooks::new(vec![hook("desk")]), session, &case());
    assert_eq!(told.len(), 1);
    told.pop().unwrap()
}

#[test]
fn templates_are_tried_with_what_a_message_really_is() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/hooks/samples");
    for (name, session) in [
        ("handed_over", handed_over()),
        ("handed_over_early", handed_over_early()),
        ("closed", closed()),
    ] {
        let made: Value = serde_json::from_str(&told(&session).body).unwrap();
        let path = folder.join(format!("{name}.json"));
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, format!("{made:#}\n")).unwrap();
        }
        let kept: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        assert_eq!(kept, made, "{name}");
    }
    assert_eq!(samples().len(), 3, "all of them can be read");
}
