//! What is told to other systems: when, in which words, and by which templates.

use std::fs;
use std::path::Path;

use fixpath::hooks::{Hook, Hooks, Occasion, Template, Written, samples};
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
        is_mistaken: false,
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

/// A template of the documentation, filled in with each message.
fn filled(name: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/hooks/{name}.json.j2"));
    let text = fs::read_to_string(path).unwrap();
    let page = include_str!("../../docs/hooks.md");
    assert!(page.contains(&text), "the page shows {name} as it is");
    let template = Template::new(&format!("{name}.json.j2"), &text).unwrap();
    assert_eq!(template.content_type(), "application/json");
    let fill = |message| serde_json::from_str(&template.fill(message).unwrap()).unwrap();
    samples()
        .iter()
        .map(|sample| fill(&sample.message))
        .collect()
}

/// What stands there: a text, or what JSON writes for it.
fn at(made: &Value, place: &str) -> String {
    let found = made
        .pointer(place)
        .unwrap_or_else(|| panic!("nothing at {place}: {made:#}"));
    found
        .as_str()
        .map_or_else(|| found.to_string(), str::to_owned)
}

const TITLE: &str = "Connected, but \"no internet\" & <no> mail";

/// The note in all messages: signs that mean something to JSON, on lines of its own.
fn is_note(text: &str) -> bool {
    text.contains(TITLE) && text.lines().count() > 2
}

#[test]
fn jira_gets_an_issue() {
    let made = filled("jira");
    for made in &made {
        assert_eq!(at(made, "/fields/project/key"), "SUP");
        assert_eq!(at(made, "/fields/issuetype/name"), "Task");
        assert!(at(made, "/fields/summary").starts_with(TITLE));
        assert!(!at(made, "/fields/summary").contains('\n'));
        assert_eq!(at(made, "/fields/labels/1"), "k3m9-x7p2-4qda");
        // The Atlassian Document Format.
        assert_eq!(at(made, "/fields/description/type"), "doc");
        assert_eq!(at(made, "/fields/description/version"), "1");
        assert_eq!(at(made, "/fields/description/content/0/type"), "codeBlock");
        assert_eq!(
            at(made, "/fields/description/content/0/content/0/type"),
            "text"
        );
        assert!(is_note(&at(
            made,
            "/fields/description/content/0/content/0/text"
        )));
    }
    let priorities: Vec<String> = made
        .iter()
        .map(|made| at(made, "/fields/priority/name"))
        .collect();
    assert_eq!(priorities, ["Highest", "Medium", "Medium"]);
}

#[test]
fn zendesk_gets_a_ticket() {
    let made = filled("zendesk");
    for made in &made {
        assert!(at(made, "/ticket/subject").starts_with(TITLE));
        assert!(is_note(&at(made, "/ticket/comment/body")));
        assert_eq!(at(made, "/ticket/comment/public"), "false");
        assert_eq!(at(made, "/ticket/external_id"), "k3m9-x7p2-4qda");
        let tag = at(made, "/ticket/tags/1");
        assert!(!tag.contains(' '), "{tag}");
    }
    let priorities: Vec<String> = made
        .iter()
        .map(|made| at(made, "/ticket/priority"))
        .collect();
    assert_eq!(priorities, ["urgent", "normal", "normal"]);
    assert_eq!(at(&made[0], "/ticket/tags/1"), "to_network");
}

#[test]
fn servicenow_gets_an_incident() {
    let made = filled("servicenow");
    for made in &made {
        assert!(at(made, "/short_description").chars().count() <= 160);
        assert!(is_note(&at(made, "/description")));
        assert_eq!(at(made, "/correlation_id"), "k3m9-x7p2-4qda");
    }
    let levels = |made: &Value| at(made, "/impact") + &at(made, "/urgency");
    assert_eq!(
        made.iter().map(levels).collect::<Vec<_>>(),
        ["11", "22", "22"]
    );
    assert_eq!(at(&made[0], "/assignment_group"), "Network operations");
    assert_eq!(at(&made[1], "/assignment_group"), "second-line");
}

#[test]
fn slack_gets_blocks() {
    for made in filled("slack") {
        assert_eq!(at(&made, "/blocks/0/type"), "header");
        assert_eq!(at(&made, "/blocks/0/text/type"), "plain_text");
        assert!(at(&made, "/blocks/0/text/text").chars().count() <= 150);
        assert_eq!(at(&made, "/blocks/1/type"), "section");
        assert_eq!(at(&made, "/blocks/1/text/type"), "mrkdwn");
        let text = at(&made, "/blocks/1/text/text");
        assert!(text.starts_with("```") && text.ends_with("```"), "{text}");
        assert!(text.contains("&amp; &lt;no&gt; mail"), "{text}");
        assert!(!text.contains('<') && text.chars().count() <= 3000);
        assert!(!at(&made, "/text").is_empty());
    }
}

#[test]
fn teams_gets_a_card() {
    for made in filled("teams") {
        assert_eq!(at(&made, "/type"), "message");
        let of = |place: &str| at(&made, &format!("/attachments/0/{place}"));
        assert_eq!(of("contentType"), "application/vnd.microsoft.card.adaptive");
        assert_eq!(of("content/type"), "AdaptiveCard");
        assert_eq!(of("content/version"), "1.4");
        assert_eq!(of("content/body/0/type"), "TextBlock");
        assert_eq!(of("content/body/1/facts/0/value"), TITLE);
        assert_eq!(of("content/body/1/facts/1/value"), "k3m9-x7p2-4qda");
    }
    let done = at(&filled("teams")[0], "/attachments/0/content/body/2/text");
    assert!(
        done.starts_with("What is the PIN?\n\nIs the internet light"),
        "{done}"
    );
}

#[test]
fn nothing_of_a_message_breaks_out_of_its_text() {
    for (path, text, expected) in [
        ("a.json.j2", "[{{ data.words }}]", None),
        (
            "a.xml.j2",
            "<a>{{ data.title }}</a>",
            Some("<a>Connected, but &quot;no internet&quot; &amp; &lt;no&gt; mail</a>"),
        ),
        ("a.txt.j2", "{{ data.title }}", Some(TITLE)),
    ] {
        let made = Template::new(path, text)
            .unwrap()
            .fill(&samples()[0].message)
            .unwrap();
        match expected {
            Some(expected) => assert_eq!(made, expected),
            None => {
                let read: Vec<String> = serde_json::from_str(&made).unwrap();
                assert!(
                    read[0].contains("\\ since this morning: <b>ä</b> 📡 {{ data }}"),
                    "{read:?}"
                );
            }
        }
    }
}

#[test]
fn other_events_tell_nothing_and_each_occasion_only_who_waits_for_it() {
    let mut walk = begun().begin().session;
    walk.note("hello", minute(1)).unwrap();
    let both = Hooks::new(vec![
        Hook {
            on: vec![Occasion::Close],
            ..hook("close")
        },
        Hook {
            on: vec![Occasion::Handover],
            ..hook("handover")
        },
        hook("both"),
    ]);
    let told = |session: &Session| -> Vec<String> {
        let told = Outgoing::of(&both, session, &case());
        told.into_iter().map(|one| one.hook).collect()
    };
    assert_eq!(told(&walk), [""; 0]);
    assert_eq!(told(&handed_over()), ["handover", "both"]);
    assert_eq!(told(&closed()), ["close", "both"]);
    let ids = |session: &Session| -> Vec<String> {
        let told = Outgoing::of(&both, session, &case());
        told.into_iter().map(|one| one.id).collect()
    };
    assert_eq!(
        ids(&closed()),
        ids(&closed()),
        "the same event, the same id"
    );
    let mut all = [ids(&closed()), ids(&handed_over())].concat();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 4);
}
